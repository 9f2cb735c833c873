"""Many rulings at once: all or none, each on the version that was seen."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims import tokens
from claims.curation import undo
from claims.models import Change, Claim, Ruling
from tests.claims import make

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/claims/rulings/"
PIERS = "Piers\n\n" + "".join(f"Pier {n} had {n + 40} boats.\n" for n in range(30))


@pytest.fixture
def claims():
    article = make.article(PIERS)
    return [make.claim(article, f"{n + 40} boats", value=str(n + 40)) for n in range(6)]


class Sender:
    """A program that rules on many claims."""

    def __init__(self, user, *, writes=True):
        self.client = Client(enforce_csrf_checks=True)
        self.headers = {"Authorization": f"Token {tokens.make(user, writes=writes)}"}

    def send(self, rulings):
        body = rulings if isinstance(rulings, str) else json.dumps({"rulings": rulings})
        return self.client.post(
            ADDRESS, body, content_type="application/json", headers=self.headers
        )


@pytest.fixture
def sender():
    return Sender(make.editor())


def ruling(claim, name="accept", body=None, **more):
    asked = {"uid": claim.uid, "ruling": name, "version": claim.version} | more
    return asked | ({"body": body} if body is not None else {})


def again(claims):
    return [Claim.objects.get(pk=claim.pk) for claim in claims]


def test_all_that_is_asked_is_done(claims, sender):
    topic = make.topic("ships")
    asked = [
        ruling(claims[0]),
        ruling(claims[1], "reject", {"reason": "a year"}),
        ruling(claims[2], "accept", {"voice": True}),
        ruling(claims[3], "correct", {"value": "47", "concept": "yachts"}),
        ruling(claims[4], "add-topic", {"topic": "on-record:ships"}),
        ruling(claims[5], "accept"),
    ]
    answer = sender.send(asked)
    assert answer.status_code == 200, answer.content
    now = again(claims)
    assert [c.status for c in now] == [
        *("accepted", "rejected", "accepted", "proposed", "proposed", "accepted")
    ]
    assert (now[2].voice_status, now[3].value, now[3].concept) == ("confirmed", "47", "yachts")
    assert list(now[4].topics.all()) == [topic]
    results = answer.json()["results"]
    assert [row["uid"] for row in results] == [claim.uid for claim in claims]
    assert [row["version"] for row in results] == [claim.version for claim in now]
    assert results[0]["change"] == results[5]["change"], "asked alike: one action"
    assert len({row["change"] for row in results}) == 5
    logged = Change.objects.filter(batch__in=[row["change"] for row in results])
    assert set(logged.values_list("actor__username", flat=True)) == {"editor"}
    assert {Claim.objects.get(pk=row.object_id) for row in logged} == set(claims)


def test_one_undo_takes_back_what_was_asked_alike(claims, sender):
    answer = sender.send([ruling(claim) for claim in claims])
    undo.undo(answer.json()["results"][0]["change"], actor=make.editor())
    assert {claim.status for claim in again(claims)} == {"proposed"}


def test_one_stale_claim_refuses_all(claims, sender):
    Claim.objects.filter(pk=claims[3].pk).update(version=7)
    answer = sender.send([ruling(claim) for claim in claims])
    assert (answer.status_code, answer["Content-Type"]) == (412, "application/problem+json")
    (item,) = answer.json()["items"]
    assert (item["item"], item["uid"], item["version"]) == (3, claims[3].uid, 7)
    assert {claim.status for claim in again(claims)} == {"proposed"}
    assert not Ruling.objects.exists()


REFUSED = [
    # the second ruling, what is said of it
    ({"ruling": "accept", "body": {"vioce": True}}, "vioce: is no field here"),
    ({"ruling": "correct", "body": {"value": "many"}}, "value"),
    ({"ruling": "correct", "body": {"start": 1, "end": 2}}, "moved by a PATCH"),
    ({"ruling": "add-topic", "body": {"topic": "no:such"}}, "there is no 'no:such'"),
    ({"ruling": "confirm"}, "nobody confirms what nobody else accepted"),
    ({"ruling": "reject", "body": {"reason": "a\u0000b"}}, "reason"),
    ({"uid": "000000000000"}, "there is no such claim"),
]


@pytest.mark.parametrize(("other", "why"), REFUSED)
def test_one_ruling_that_cannot_be_done_refuses_all(claims, sender, other, why):
    answer = sender.send([ruling(claims[0]), ruling(claims[1]) | other])
    assert answer.status_code == 400
    (item,) = answer.json()["items"]
    assert item["item"] == 1
    assert why in item["detail"]
    assert again(claims)[0].status == "proposed"
    assert not Ruling.objects.exists()


def test_a_claim_is_ruled_on_once(claims, sender):
    answer = sender.send([ruling(claims[0]), ruling(claims[0], "reject")])
    assert answer.json()["items"][0]["detail"] == "this claim is ruled on twice"


MALFORMED = [
    "[]",
    "{}",
    '{"rulings": []}',
    '{"rulings": 3}',
    '{"rulings": [3]}',
    '{"rulings": [{"uid": "000000000000", "ruling": "undo", "version": 1}]}',
    '{"rulings": [{"uid": "000000000000", "ruling": "accept", "version": "1"}]}',
    '{"rulings": [{"uid": "000000000000", "ruling": "accept"}]}',
    '{"rulings": [], "more": 1}',
    json.dumps({"rulings": [{"uid": "0" * 12, "ruling": "accept", "version": 1}] * 201}),
]


@pytest.mark.parametrize("body", MALFORMED)
def test_what_is_no_batch_is_refused(sender, body):
    answer = sender.send(body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["errors"]


def test_only_those_who_may_rule_send_batches(claims, client):
    asked = [ruling(claims[0])]
    refused = {
        Sender(make.user("researcher")).send(asked).status_code,
        Sender(make.editor(), writes=False).send(asked).status_code,
    }
    assert refused == {403}
    body = json.dumps({"rulings": asked})
    assert client.post(ADDRESS, body, content_type="application/json").status_code == 401
    assert again(claims)[0].status == "proposed"


def test_what_is_asked_alike_costs_the_same_for_2_and_6_claims(claims, sender):
    def cost(some):
        with CaptureQueriesContext(connection) as captured:
            assert sender.send([ruling(claim) for claim in some]).status_code == 200
        return len(captured)

    sender.send([])
    assert cost(claims[:2]) >= cost(claims[2:])


def test_an_editor_is_told_the_versions_that_a_batch_sends_back(claims, sender, editor, researcher):
    question = "/api/v1/claims/?status=proposed&fields=uid&expand=version"
    rows = editor.get(question).json()["results"]
    asked = [
        {"uid": row["uid"], "ruling": "accept", "version": row["expanded"]["version"]["version"]}
        for row in rows
    ]
    assert len(asked) == 6
    hidden = researcher.get(question).json()["results"]
    assert {str(row["expanded"]) for row in hidden} == {"{'version': None}"}
    assert sender.send(asked).status_code == 200
