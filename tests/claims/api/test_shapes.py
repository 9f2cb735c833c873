"""Rows are made from values, not by serializers: they are what the documented shapes say."""

import random

import pytest
from rest_framework import serializers

from claims.api import shapes
from claims.models import Article, Claim, Outlet, Speaker
from tests.claims import make
from tests.claims.api.test_choosing import ROWS

pytestmark = pytest.mark.django_db

TEXT = "Counts\n\n" + "".join(f"Pier {n} had {n + 40} boats, they said.\n" for n in range(60))
FINDINGS = [
    {"kind": "count", "value": "41", "vague": True, "comparator": ">="},
    {"kind": "share", "value": "1/3", "concept": None},
    {"kind": "money", "low": "1.5", "high": "2000000000000.25", "unit": "EUR", "per": "week"},
    {"kind": "percent", "value": "-3", "unit": "pp", "change": {"direction": "decrease"}},
    {"kind": "date", "edtf": "-0044-03-15"},
    {"kind": "date", "edtf": None, "unresolved": "no date to count from"},
    {"kind": "count", "scope": {"edtf": "2030/..", "place": "Saltmere", "span": [0, 6]}},
    {"kind": "duration", "value": "0.00001", "unit": "s", "modality": "planned"},
]
PLAIN = {
    serializers.CharField: str,
    serializers.ChoiceField: str,
    serializers.IntegerField: int,
    serializers.FloatField: float,
    serializers.BooleanField: bool,
    serializers.DictField: dict,
    serializers.DateField: str,
    serializers.DateTimeField: str,
}


def faults(field, value, place):
    """Yield where a value of an answer is not of the very type its field documents."""
    if value is None:
        if not field.allow_null:
            yield f"{place}: null"
    elif isinstance(field, serializers.Serializer):
        if value.keys() != field.fields.keys():
            yield f"{place}: {sorted(value.keys() ^ field.fields.keys())}"
        for name in value.keys() & field.fields.keys():
            yield from faults(field.fields[name], value[name], f"{place}.{name}")
    elif isinstance(field, serializers.ListSerializer | serializers.ListField):
        if not isinstance(value, list):
            yield f"{place}: no list"
        for one in value:
            yield from faults(field.child, one, f"{place}[]")
    elif not isinstance(field, serializers.JSONField):
        if type(value) is not PLAIN[type(field)]:
            yield f"{place}: {value!r}"
        if isinstance(field, serializers.ChoiceField) and value not in field.choices:
            yield f"{place}: {value!r} is no choice"


@pytest.fixture
def everything():
    """Make rows of every kind there is, in every state, put together by chance."""
    chance = random.Random(20310310)
    outlets = [make.outlet(f"{p} outlet", text_policy=p) for p in Outlet.TextPolicy] + [None]
    for n, visibility in enumerate(["public", "public", "public", "draft", "withdrawn"] * 2):
        outlet = outlets[n % 4]
        dated = {"published": chance.choice(["", "2031-03", "1999/..", "2020~"])}
        article = make.article(
            TEXT + str(n), outlet=outlet, visibility=Article.Visibility(visibility), **dated
        )
        for place, finding in enumerate(chance.sample(FINDINGS, 6)):
            claim = make.claim(
                article,
                f"{place + 40} boats",
                voices=voices(article, chance),
                status=chance.choice([None, "accepted", "accepted", "rejected"]),
                voice_status=chance.choice([None, "confirmed"]),
                **finding,
            )
            make.tag(claim, make.topic(f"t{place % 3}", parent=make.topic("all")))
    make.run(ended=None, counts={"new": 3})


def voices(article, chance):
    names = chance.sample(["Lena Ortiz", "Tom Brandt", "harbour office", "an expert"], 2)
    kinds = {"harbour office": Speaker.Kind.ORGANISATION, "an expert": Speaker.Kind.ROLE}
    made = list[object]()
    for name in names[: chance.randint(0, 2)]:
        kind = kinds.get(name, Speaker.Kind.PERSON)
        local = article if kind == Speaker.Kind.ROLE else None
        privacy = Speaker.Privacy.PUBLIC if name != "Tom Brandt" else Speaker.Privacy.PRIVATE
        who = make.speaker(name, kind=kind, article=local, privacy=privacy)
        made.append(make.attribution(article, who, parent=made[-1] if made else None))
    return made


STATES = {
    "client": "",
    "researcher": "&status=accepted&status=proposed",
    "editor": "&status=accepted&status=proposed&status=rejected"
    "&visibility=public&visibility=draft&visibility=withdrawn",
}


@pytest.mark.parametrize("reader", STATES)
def test_every_row_of_every_list_is_as_documented(everything, request, reader):
    client, sent = request.getfixturevalue(reader), {}
    for name, shape in ROWS.items():
        asked = STATES[reader] if name == "claims" else ""
        answer = client.get(f"/api/v1/{name}/?page_size=200{asked}")
        if (reader, name) == ("client", "runs"):
            assert answer.status_code == 401
            continue
        rows = sent[name] = answer.json()["results"]
        assert rows, name
        found = [fault for row in rows for fault in faults(shape(), row, name)]
        assert found == []
    assert {row["kind"] for row in sent["claims"]} == {one["kind"] for one in FINDINGS}
    if reader == "editor":
        assert len(sent["claims"]) == Claim.objects.count() == 60


def test_every_object_is_as_documented(everything, client):
    one = client.get("/api/v1/claims/").json()["results"][0]
    objects = [
        (f"claims/{one['uid']}", shapes.ClaimDetail),
        (f"articles/{one['article']}", shapes.ArticleDetail),
        (f"outlets/{Outlet.objects.first().pk}", shapes.OutletRow),
    ]
    for address, shape in objects:
        found = client.get(f"/api/v1/{address}/").json()
        assert list(faults(shape(), found, address)) == []


WRONG = [
    # what is sent, what is said
    ({"uid": "a", "name": "b", "kind": "person", "article": None}, 0),
    ({"uid": None, "name": "b", "kind": "person", "article": None}, 1),
    ({"uid": 7, "name": "b", "kind": "person", "article": None}, 1),
    ({"uid": "a", "name": "b", "kind": "dog", "article": None}, 1),
    ({"uid": "a", "name": "b", "kind": "person"}, 1),
]


@pytest.mark.parametrize(("sent", "number"), WRONG)
def test_the_comparison_finds_what_is_wrong(sent, number):
    assert len(list(faults(shapes.SpeakerRow(), sent, "row"))) == number
