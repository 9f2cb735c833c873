"""Rulings over the API: who may, what is refused, what comes back, and what the log says."""

import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from claims import tokens, verify
from claims.models import Change, Claim
from claims.runs import pointing, run_engine
from tests.claims import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    article = make.article(outlet=make.outlet())
    return make.claim(article, voices=[make.attribution(article, make.speaker())])


class Caller:
    """A program of an account: it reads a claim and rules on what it read."""

    def __init__(self, claim, user=None, *, writes=True):
        self.client = Client(enforce_csrf_checks=True)
        self.address = f"/api/v1/claims/{claim.uid}/"
        user = user or make.editor()
        self.headers = {"Authorization": f"Token {tokens.make(user, writes=writes)}"}

    def read(self):
        answer = self.client.get(f"{self.address}", headers=self.headers)
        self.headers["If-Match"] = answer["ETag"]
        return answer.json()

    def send(self, method, path, body, **headers):
        sent = {name: value for name, value in (self.headers | headers).items() if value}
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.generic(
            method, f"{self.address}{path}", data, "application/json", headers=sent
        )

    def rule(self, name, body=None, **headers):
        return self.send("POST", f"{name}/", body or {}, **headers)

    def correct(self, fields, **headers):
        return self.send("PATCH", "", fields, **headers)


@pytest.fixture
def caller(claim):
    found = Caller(claim)
    found.read()
    return found


def again(claim):
    return Claim.objects.get(pk=claim.pk)


RULINGS = [
    # ruling, body, status, voice status
    ("accept", {}, "accepted", "unreviewed"),
    ("accept", {"voice": True}, "accepted", "confirmed"),
    ("accept", {"voice": False}, "accepted", "unreviewed"),
    ("confirm-voice", {}, "proposed", "confirmed"),
    ("reject", {}, "rejected", "unreviewed"),
    ("reject", {"reason": "a year, not a count"}, "rejected", "unreviewed"),
]


@pytest.mark.parametrize(("ruling", "body", "status", "voice"), RULINGS)
def test_a_ruling_answers_with_the_claim_as_it_is_now(claim, caller, ruling, body, status, voice):
    answer = caller.rule(ruling, body)
    assert answer.status_code == 200, answer.content
    row = again(claim)
    assert (row.status, row.voice_status) == (status, voice) == (answer.json()["status"], voice)
    assert caller.read() == answer.json()
    assert caller.headers["If-Match"] == answer["ETag"]
    entry = Change.objects.of(claim).first()
    assert (str(entry.batch), entry.origin) == (answer["Change"], "api")


def test_a_reason_is_kept_with_the_ruling(claim, caller):
    caller.rule("reject", {"reason": "a year, not a count"})
    assert claim.rulings.get(field="status").reason == "a year, not a count"


def test_what_was_done_last_is_undone_and_so_is_what_is_named(claim, caller):
    first = caller.rule("accept")["Change"]
    caller.read()
    caller.correct({"value": "3700000"})
    caller.read()
    assert caller.rule("undo").status_code == 200
    assert (again(claim).value, again(claim).status) == ("3740000", "accepted")
    caller.read()
    assert caller.rule("undo", {"change": first}).status_code == 200
    assert again(claim).status == "proposed"
    caller.read()
    nothing = caller.rule("undo")
    assert (nothing.status_code, list(nothing.json()["errors"])) == (400, ["change"])


def test_what_cannot_be_undone_says_why(claim, caller):
    first = caller.rule("accept")["Change"]
    make.rule(claim, {"value": "1"})
    Claim.objects.filter(pk=claim.pk).update(version=99)
    caller.read()
    answer = caller.rule("undo", {"change": first})
    assert (answer.status_code, "changed since" in answer.json()["detail"]) == (409, True)


def test_a_claim_goes_back_into_the_queue(claim, caller):
    caller.rule("reject")
    caller.read()
    assert caller.rule("restore").json()["status"] == "proposed"


def test_topics_come_and_go(claim, caller):
    make.topic("transport")
    assert caller.rule("add-topic", {"topic": "on-record:transport"}).json()["topics"] == [
        "on-record:transport"
    ]
    caller.read()
    assert caller.rule("remove-topic", {"topic": "on-record:transport"}).json()["topics"] == []


@pytest.mark.parametrize("topic", ["on-record:nothing", "", None, 5])
def test_a_topic_that_is_not_there_is_named(claim, caller, topic):
    answer = caller.rule("add-topic", {"topic": topic})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["topic"])


def test_a_second_editor_confirms(claim, settings):
    settings.SECOND_EDITOR = ["all"]
    first, second = (Caller(claim, make.member("editor", name)) for name in ("ada", "bert"))
    first.read()
    assert first.rule("accept").json()["label"].startswith("accepted by one editor")
    first.read()
    own = first.rule("confirm")
    assert (own.status_code, own.json()["errors"]["second"][:6]) == (400, "nobody")
    second.read()
    assert second.rule("confirm").status_code == 200
    assert again(claim).is_public


CORRECTIONS = [
    # fields sent, what the answer says
    ({"value": "1/3"}, {"value": "1/3", "number_low": 1 / 3}),
    ({"value": None, "low": "3", "high": "4"}, {"value": None, "low": "3", "high": "4"}),
    ({"unit": "EUR", "kind": "money"}, {"unit": "EUR", "kind": "money"}),
    ({"concept": " travellers  by sea "}, {"concept": "travellers by sea"}),
    ({"scope_edtf": "2030", "scope_place": "Saltmere"}, {"scope_earliest": 20300101}),
    ({"vague": True, "comparator": ">="}, {"vague": True, "comparator": ">="}),
    ({"change": {"direction": "increase"}}, {"change": {"direction": "increase"}}),
    ({"voice": "own", "chain": []}, {"voice": "own", "speaker": None}),
    ({"modality": "planned", "per": "year"}, {"modality": "planned", "per": "year"}),
]


@pytest.mark.parametrize(("fields", "said"), CORRECTIONS, ids=lambda one: ",".join(one))
def test_fields_are_corrected(claim, caller, fields, said):
    answer = caller.correct(fields | {"reason": "as printed"})
    assert answer.status_code == 200, answer.content
    assert {name: answer.json()[name] for name in said} == said
    assert set(claim.rulings.values_list("reason", flat=True)) == {"as printed"}


def test_a_speaker_is_named_by_any_uid_of_the_voice(claim, caller):
    voss = make.speaker("Mara Voss")
    assert caller.correct({"speaker": voss.uid}).json()["speaker"] == "Mara Voss"
    caller.read()
    office = make.speaker("harbour office", kind="organisation")
    chain = [voss.uid, office.uid]
    assert [one["uid"] for one in caller.correct({"chain": chain}).json()["chain"]] == chain
    caller.read()
    assert caller.correct({"speaker": None}).json()["chain"] == []


def test_a_voice_that_the_claim_has_stays_the_row_of_its_article(claim, caller):
    own = claim.speaker
    head = make.speaker("Lena M. Ortiz")
    make.same(own, head)
    caller.read()
    answer = caller.correct({"speaker": own.head.uid, "concept": "travellers"})
    assert answer.status_code == 200
    assert again(claim).speaker_id == own.pk
    assert not claim.rulings.filter(field="chain").exists()


def test_a_claim_moves_to_other_words_and_is_read_anew():
    article = make.article("Nine boats left the port in 2030.\nTen boats came back.\n")
    list(run_engine(type(article).objects.all()))
    claim = Claim.objects.get(surface="Nine")
    caller = Caller(claim)
    caller.read()
    start = article.body.text.index("boats")
    taken = caller.correct({"start": 0, "end": 4})
    assert taken.status_code == 200, taken.content
    caller.read()
    moved = caller.correct({"start": start, "end": start + 5, "value": "9", "kind": "count"})
    assert (moved.json()["surface"], moved.json()["value"]) == ("boats", "9")
    assert list(verify.faults()) == []


@pytest.mark.django_db(transaction=True)
def test_the_engine_reads_marked_words_before_anything_is_locked(monkeypatch):
    article = make.article("Nine boats left the port in 2030.\n")
    claim, inside = make.claim(article, "Nine"), []
    read = pointing.extracted

    def seen(*given):
        inside.append(connection.in_atomic_block)
        return read(*given)

    monkeypatch.setattr(pointing, "extracted", seen)
    caller = Caller(claim)
    caller.read()
    assert caller.correct({"start": 0, "end": 10}).json()["surface"] == "Nine boats"
    assert inside == [False]


WRONG = [
    # fields sent, the field that is named
    ({"colour": "red"}, "colour"),
    ({"status": "accepted"}, "status"),
    ({"uid": "000000000000"}, "uid"),
    ({"version": 1}, "version"),
    ({"is_public": True}, "is_public"),
    ({"value": 3.5}, "value"),
    ({"value": "1e400"}, "value"),
    ({"value": "NaN"}, "value"),
    ({"value": "9" * 600}, "value"),
    ({"value": "1", "low": "2"}, "value"),
    ({"low": "5", "high": "4", "value": ""}, "low"),
    ({"kind": "colour"}, "kind"),
    ({"kind": []}, "kind"),
    ({"vague": "perhaps"}, "vague"),
    ({"concept": "a\x00b"}, "concept"),
    ({"concept": "\ud800"}, "concept"),
    ({"edtf": "yesterday"}, "edtf"),
    ({"change": {"direction": "sideways"}}, "change"),
    ({"change": []}, "change"),
    ({"chain": ["000000000000"]}, "chain"),
    ({"chain": "000000000000"}, "chain"),
    ({"chain": [["a"]]}, "chain"),
    ({"speaker": 5}, "speaker"),
    ({"speaker": "x", "chain": []}, "speaker"),
    ({"start": 3}, "start"),
    ({"start": True, "end": 4}, "start"),
    ({"start": -1, "end": 4}, "start"),
    ({"start": 4, "end": 2}, "span"),
    ({"start": 0, "end": 99999}, "span"),
    ({"reason": "x" * 501}, "reason"),
]


@pytest.mark.parametrize(("fields", "named"), WRONG, ids=lambda one: str(one)[:40])
def test_what_makes_no_sense_is_refused_by_name_and_changes_nothing(claim, caller, fields, named):
    answer = caller.correct(fields)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert named in answer.json()["errors"], answer.json()
    assert again(claim).version == claim.version
    assert not Change.objects.of(claim).exists()


BODIES = [
    # what is sent, status
    ("[" * 50_000, 400),
    ("{" * 3 + "}", 400),
    ("[]", 400),
    ('"words"', 400),
    ("null", 400),
    ('{"value": NaN}', 400),
    ('{"value": 1' + "0" * 5000 + "}", 400),
    (b"\xff\xfe", 400),
    ('{"reason": "' + "x" * 100_001 + '"}', 413),
    ("", 200),
]


@pytest.mark.parametrize(("body", "status"), BODIES, ids=lambda one: str(one)[:12])
def test_no_body_breaks_the_server(claim, caller, body, status):
    answer = caller.correct(body)
    assert answer.status_code == status, answer.content[:300]
    assert again(claim).version == claim.version


def test_other_kinds_of_body_are_refused(claim, caller):
    answer = caller.client.post(f"{caller.address}accept/", {"a": 1}, headers=caller.headers)
    assert (answer.status_code, answer["Content-Type"]) == (415, "application/problem+json")


def test_a_question_beside_a_ruling_is_refused(claim, caller):
    answer = caller.send("POST", "accept/?force=yes", {})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["force"])


# Who may


def tries(claim, headers):
    client = Client(enforce_csrf_checks=True)
    address = f"/api/v1/claims/{claim.uid}/"
    ways = [("PATCH", ""), ("POST", "accept/"), ("POST", "reject/"), ("POST", "undo/")]
    answers = [
        client.generic(method, address + path, "{}", "application/json", headers=headers)
        for method, path in ways
    ]
    return {answer.status_code for answer in answers}


@pytest.mark.parametrize(
    ("role", "writes", "status"),
    [
        ("researcher", True, 403),
        ("admin", True, 403),
        ("editor", False, 403),
        ("editor", True, 428),
        ("chief editor", True, 428),
    ],
)
def test_a_token_rules_as_far_as_it_and_its_owner_may(claim, role, writes, status):
    token = tokens.make(make.member(role), writes=writes)
    assert tries(claim, {"Authorization": f"Token {token}"}) == {status}


def test_nobody_else_may(claim):
    assert tries(claim, {}) == {401}
    assert tries(claim, {"Authorization": "Token wrong"}) == {401}


def test_rights_that_end_end_with_the_next_request(claim):
    user = make.member("editor")
    caller = Caller(claim, user)
    caller.read()
    user.groups.clear()
    assert caller.rule("accept").status_code == 403


def test_a_session_needs_its_token_against_forgery(claim):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.editor())
    address = f"/api/v1/claims/{claim.uid}/"
    tag = client.get(address)["ETag"]
    sent = {"path": f"{address}accept/", "data": "{}", "content_type": "application/json"}
    assert client.post(**sent, headers={"If-Match": tag}).status_code == 403
    client.get("/account/")
    token = client.cookies["csrftoken"].value
    answer = client.post(**sent, headers={"If-Match": tag, "X-CSRFToken": token})
    assert answer.status_code == 200


def test_what_is_not_there_is_not_there(claim, caller):
    caller.address = "/api/v1/claims/000000000000/"
    assert caller.rule("accept").status_code == 404
    assert caller.rule("dance").status_code == 404


def test_writing_has_a_quota_of_its_own(claim, caller, settings):
    cache.clear()
    settings.API_RATES = settings.API_RATES | {"write": {"anonymous": "", "user": "2/min"}}
    answers = [caller.correct({}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert caller.client.get(caller.address, headers=caller.headers).status_code == 200


def test_one_ruling_costs_a_fixed_number_of_queries(claim, caller, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        assert caller.rule("accept").status_code == 200
