"""Texts that programs send to be read: the engine's own answer, within bounds, kept nowhere."""

import json

import pytest
from django.apps import apps

from corpus.extract import extract
from tests.claims import make

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/extract/"


def sent(client, body, **headers):
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(ADDRESS, data, content_type="application/json", headers=headers)


def test_the_answer_is_the_engines(researcher):
    answer = sent(researcher, {"text": make.TEXT, "published": "2031-03-12", "id": "a1"})
    assert answer.status_code == 200
    read = answer.json()
    assert read == extract(make.TEXT, "2031-03-12", id="a1").to_json()
    assert "3.74 million" in {claim["surface"] for claim in read["claims"]}
    assert all(make.TEXT[c["start"] : c["end"]] == c["surface"] for c in read["claims"])


def test_what_means_nothing_is_sent_back(researcher):
    read = sent(researcher, {"text": "Nine boats sank.", "desk": {"n": 1}}).json()
    assert read["extra"] == {"desk": {"n": 1}}


def test_nothing_is_stored(researcher):
    sent(researcher, {"text": "warm up the session"})
    counted = {model: model.objects.count() for model in apps.get_app_config("claims").get_models()}
    assert sent(researcher, {"text": make.TEXT}).status_code == 200
    assert {model: model.objects.count() for model in counted} == counted


BAD = [
    # body, status, what is named
    ({}, 400, "body"),
    ({"text": 7}, 400, "body"),
    ([], 400, "body"),
    ("[", 400, None),
    ("[" * 90_000, 400, None),
    ({"text": "Nine boats.", "published": "soon"}, 400, "published"),
    ({"text": "Nine boats.", "published": 7}, 400, "body"),
    ({"text": "a" * 100_000}, 413, None),
]


@pytest.mark.parametrize(("body", "status", "named"), BAD)
def test_what_cannot_be_read_is_refused_by_name(researcher, body, status, named):
    answer = sent(researcher, body)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert list(answer.json().get("errors", ())) == ([named] if named else [])


def test_a_parameter_is_refused(researcher):
    answer = researcher.post(f"{ADDRESS}?tier=main", "{}", content_type="application/json")
    assert list(answer.json()["errors"]) == ["tier"]


def test_it_is_for_those_who_are_signed_in_unless_a_setting_says_otherwise(client, settings):
    assert sent(client, {"text": "Nine boats sank."}).status_code == 401
    settings.EXTRACT_FOR_EVERYBODY = True
    assert sent(client, {"text": "Nine boats sank."}).status_code == 200


def test_reading_texts_has_a_quota_of_its_own(researcher, settings):
    settings.API_RATES = settings.API_RATES | {"extract": {"anonymous": "", "user": "1/min"}}
    text = {"text": "Nine boats sank."}
    assert [sent(researcher, text).status_code for _ in range(2)] == [200, 429]
    assert researcher.get("/api/v1/topics/").status_code == 200
