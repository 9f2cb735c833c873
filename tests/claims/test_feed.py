"""The changes feed: who follows it ends with exactly what the lists hold, whoever wrote it how."""

import importlib
import os
import random
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from claims import export, feed, verify
from claims.api import changes as changing
from claims.api import rows
from claims.curation import review
from claims.filters.readers import Reader
from claims.migrations import _watches
from claims.models import Article, Claim, FeedEntry
from claims.redaction import redact_text
from tests.claims import make, writing
from tests.claims.following import ASKED, Follower, differing, listed

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
SECONDS = os.environ.get("ON_RECORD_FOLLOWING_SECONDS", "4")


@pytest.fixture(autouse=True)
def _no_quotas(monkeypatch):
    monkeypatch.setattr("claims.api.views.ReadView.throttle_classes", [])


@pytest.fixture
def clients():
    found = {name: Client() for name in ASKED}
    found["researcher"].force_login(make.user("researcher"))
    found["editor"].force_login(make.editor())
    return found


def commit():
    """Let the database do what it does at commit; the transaction of a test never ends."""
    connection.check_constraints()


def of(claim):
    return Claim.objects.filter(pk=claim.pk)


def correct(claim, **fields):
    claim.refresh_from_db()
    review.correct(claim, fields, actor=make.editor(), version=claim.version)


@pytest.fixture
def editor():
    return make.editor()


def changes(client, question=""):
    commit()
    return client.get(f"/api/v1/changes/?{question}").json()


@pytest.mark.parametrize("seed", range(2))
def test_whoever_follows_ends_with_exactly_what_the_lists_hold(clients, seed, monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda then: None)
    chance = random.Random(seed)
    writing.fill()
    followers = {name: Follower(client) for name, client in clients.items()}
    for _ in range(40):
        writing.at_random(chance)
        for follower in followers.values():
            if chance.random() < 0.3:
                commit()
                follower.step(chance.choice([1, 2, 7, 50]))
    commit()
    for name, follower in followers.items():
        there = listed(clients[name], name)
        rows = follower.catch_up(chance.choice([1, 3, 200])).rows
        assert rows == there, (name, differing(rows, there))
        again = Follower(clients[name]).catch_up(7).rows
        assert again == there, (name, differing(again, there))


@pytest.mark.parametrize("act", sorted(set(writing.ACTIONS), key=lambda act: act.__name__))
def test_no_way_of_writing_is_missed(clients, act, monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda then: None)
    writing.fill()
    review.accept(Claim.objects.all(), actor=make.editor(), voice=True)
    commit()
    followers = {name: Follower(client).catch_up() for name, client in clients.items()}
    for seed in range(4):
        writing.at_random(random.Random(seed), [act])
        commit()
        for follower in followers.values():
            follower.catch_up()
    for name, follower in followers.items():
        there = listed(clients[name], name)
        assert follower.rows == there, (name, differing(follower.rows, there))


def test_an_object_comes_once_where_it_changed_last_and_says_what_happened(client):
    claim, editor = make.claim(), make.editor()
    assert changes(client, "kind=claim")["results"] == []
    review.accept(of(claim), actor=editor)
    created = changes(client, "kind=claim")
    assert [(one["uid"], one["event"]) for one in created["results"]] == [(claim.uid, "created")]
    assert created["results"][0]["row"] == client.get("/api/v1/claims/").json()["results"][0]
    correct(claim, value="1")
    correct(claim, concept="travellers")
    since = f"kind=claim&since={created['seq']}"
    (corrected,) = changes(client, since)["results"]
    assert (corrected["event"], corrected["row"]["value"]) == ("corrected", "1")
    after = f"kind=claim&since={corrected['seq']}"
    correct(claim, concept="people")
    assert [one["event"] for one in changes(client, after)["results"]] == ["updated"]
    review.reject(of(claim), actor=editor)
    (removed,) = changes(client, after)["results"]
    assert (removed["event"], removed["row"], removed["target"]) == ("removed", None, None)
    assert changes(client, f"since={removed['seq']}&kind=claim")["results"] == []


def test_what_was_never_public_is_in_no_answer_and_leaves_no_gap_in_a_page(client):
    draft = make.article(f"1. {make.TEXT}", visibility=Article.Visibility.DRAFT)
    for n in range(2, 7):
        make.claim(make.article(f"{n}. {make.TEXT}"))
    hidden = make.accepted(draft)
    shown = [make.accepted(make.article(f"{n}. {make.TEXT}")) for n in range(7, 9)]
    found = changes(client, "kind=claim&page_size=2")
    assert {one["uid"] for one in found["results"]} == {one.uid for one in shown}
    assert found["more"] is False
    everything = str([changes(client), changes(client, "since=1&kind=article")])
    assert hidden.uid not in everything
    assert draft.uid not in everything


def test_who_was_wrongly_heard_is_not_known_when_the_voice_is_put_right_at_once(client):
    article = make.article()
    wrong = make.speaker("Planted Wrong", article=article, privacy="public")
    right = make.speaker("Lena Ortiz", privacy="public")
    claim = make.accepted(article, voices=[make.attribution(article, wrong)])
    correct(claim, chain=[right.pk], voice_status="confirmed")
    commit()
    found = changes(client)
    assert wrong.uid not in str(found)
    assert right.uid in str(found)
    assert client.get(f"/api/v1/speakers/{wrong.uid}/").status_code == 404


def test_old_uids_that_were_public_are_gone_and_others_were_never_there(client, editor):
    shown, never = make.accepted(), make.claim(make.article(f"1. {make.TEXT}", visibility="draft"))
    commit()
    review.reject(Claim.objects.all(), actor=editor)
    commit()
    answers = [client.get(f"/api/v1/claims/{one.uid}/") for one in (shown, never)]
    assert [one.status_code for one in answers] == [410, 404]
    assert answers[0].json()["detail"] == "It was here, and was withdrawn."
    article = shown.article
    assert client.get(f"/api/v1/articles/{article.uid}/").status_code == 200
    redact_text(article, reason="order", actor=editor, version=article.version)
    commit()
    for address in (f"articles/{article.uid}", f"claims/{shown.uid}"):
        told = client.get(f"/api/v1/{address}/").json()["detail"]
        assert told == "It was removed for legal reasons."


@pytest.mark.parametrize(
    ("question", "parameter"),
    [
        ("since=x", "since"),
        ("since=-1", "since"),
        ("since=", "since"),
        ("since=1&since=2", "since"),
        ("since=99999", "since"),
        ("kind=run", "kind"),
        ("kind=", "kind"),
        ("kind=claim&kind=claim", "kind"),
        ("page_size=0", "page_size"),
        ("page_size=201", "page_size"),
        ("page_size=1&page_size=2", "page_size"),
        ("cursor=1", "cursor"),
        ("x", "x"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_by_name(client, question, parameter):
    answer = client.get(f"/api/v1/changes/?{question}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [parameter]


def test_the_next_address_goes_on_for_ever(client):
    make.accepted()
    first = changes(client, "page_size=1&kind=claim&kind=article")
    assert first["more"] is True
    second = client.get(first["next"]).json()
    assert second["more"] is False
    assert client.get(second["next"]).json()["next"] == second["next"]
    make.accepted(make.article(f"1. {make.TEXT}"))
    commit()
    assert len(client.get(second["next"]).json()["results"]) == 1


@pytest.mark.parametrize("number", [1, 12])
def test_a_page_takes_four_statements_however_long(client, number, django_assert_num_queries):
    for n in range(number):
        article = make.article(f"{n}. {make.TEXT}")
        ortiz = make.speaker("Lena Ortiz", article=article, privacy="public")
        told = [make.attribution(article, ortiz)]
        make.accepted(article, voices=told, voice_status="confirmed")
    commit()
    with django_assert_num_queries(4):
        found = client.get("/api/v1/changes/").json()
    assert len(found["results"]) == 3 * number


@pytest.mark.django_db(transaction=True)
def test_the_rows_of_a_page_are_of_one_moment(client, monkeypatch):
    claim = make.accepted()
    before = client.get("/api/v1/changes/?kind=claim").json()

    def write():
        correct(claim, value="5")
        connection.close()

    def meanwhile(entries, reader, read=changing._rows):
        assert connection.in_atomic_block
        if connection.vendor == "postgresql":  # the tests' SQLite is in memory: readers lock it
            writer = threading.Thread(target=write)
            writer.start()
            writer.join()
        return read(entries, reader)

    with monkeypatch.context() as patched:
        patched.setattr(changing, "_rows", meanwhile)
        assert client.get("/api/v1/changes/?kind=claim").json() == before
    if connection.vendor == "postgresql":
        found = client.get(f"/api/v1/changes/?kind=claim&since={before['seq']}").json()["results"]
        assert [one["row"]["value"] for one in found] == ["5"]


def test_as_of_is_the_number_of_the_last_change(client, django_assert_num_queries):
    assert feed.as_of(Reader.EDITOR) == 0
    make.accepted()
    commit()
    newest = FeedEntry.objects.order_by("-seq").first().seq
    with django_assert_num_queries(1):
        assert feed.as_of(Reader.EDITOR) == newest
    assert client.get("/api/v1/").json()["as_of"] == newest
    answer = client.get("/api/v1/claims.csv")
    assert (answer["As-Of"], b"".join(answer.streaming_content).count(b"\n")) == (str(newest), 2)
    make.claim(make.article(f"1. {make.TEXT}", visibility="draft"))
    commit()
    assert feed.as_of(Reader.EDITOR) > feed.as_of(Reader.EVERYBODY)


def test_every_column_that_a_list_shows_is_watched():
    watched = {}
    for watch in _watches.WATCHES:
        if "UPDATE" in watch.events:
            watched.setdefault(watch.table, set()).update(watch.columns)
    fixed = {"uid"}  # never changes
    paths = {column.source for column in export.COLUMNS if "__" not in column.source} - {""}
    of_claim = {Claim._meta.get_field(path).column for path in paths}
    assert of_claim | {"second", "voice_status", "speaker_id", "ultimate_id"} <= (
        watched["claims_claim"] | fixed
    )
    shown = {path for path in rows._AS_STORED if path != "review"}
    assert shown <= watched["claims_article"] | fixed
    beside = {column.source for column in export.COLUMNS if column.source.startswith("article__")}
    beside = {path.removeprefix("article__") for path in beside if "outlet__" not in path}
    assert beside <= {*_watches.IN_CLAIMS} | fixed


@pytest.mark.django_db(transaction=True)
def test_triggers_are_dropped_and_made_again_and_number_what_has_no_number(client):
    claim = make.accepted()
    commit()
    before = FeedEntry.objects.get(uid=claim.uid).seq
    migration = importlib.import_module("claims.migrations._feed")
    with connection.schema_editor(atomic=False) as editor:
        migration.drop(apps, editor)
    other = make.accepted(make.article(f"1. {make.TEXT}"))
    assert not FeedEntry.objects.filter(uid=other.uid).exists()
    with connection.schema_editor(atomic=False) as editor:
        migration.create(apps, editor)
    entry = FeedEntry.objects.get(uid=other.uid)
    assert entry.everybody == entry.seq > before
    assert FeedEntry.objects.get(uid=claim.uid).seq == before
    correct(claim, value="1")
    entry = FeedEntry.objects.get(uid=claim.uid)
    assert entry.corrected == entry.seq > before


@pytest.mark.django_db(transaction=True)
def test_what_is_deleted_is_told_of_as_removed(client):
    claim = make.accepted()
    before = changes(client)["seq"]
    claim.article.delete()
    found = changes(client, f"since={before}")["results"]
    assert {(one["kind"], one["event"]) for one in found} == {
        ("article", "removed"),
        ("claim", "removed"),
    }


def test_eight_writers_and_who_follows_them_end_with_the_same(environment):
    follow = [sys.executable, "-m", "tests.claims.following", SECONDS, "1"]
    done = subprocess.run(follow, env=environment, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-4000:]
    assert "rows of everybody" in done.stdout


@pytest.fixture
def environment(tmp_path, install):
    """Return what a program needs to work on a new database of its own."""
    address = f"sqlite:///{install(tmp_path)}/on_record.sqlite3"
    name = f"following_{os.getpid()}"
    if connection.vendor == "postgresql":
        parts = connection.settings_dict
        login = f"{parts['USER']}:{parts['PASSWORD']}@{parts['HOST']}:{parts['PORT']}"
        address = f"postgres://{login}/{name}"
        _apart(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
    found = os.environ | {
        **{"ON_RECORD_DATA": str(tmp_path), "ON_RECORD_MODE": "development", "DEBUG": "0"},
        **{"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "claims.settings"},
        **{"THROTTLE_USER": "1000000/min", "THROTTLE_ANONYMOUS": "1000000/min"},
        "PYTHONPATH": str(ROOT),
    }
    if connection.vendor == "postgresql":
        manage = [sys.executable, ROOT / "manage.py", "migrate", "--verbosity=0"]
        subprocess.run(manage, env=found, check=True)
    yield found
    if connection.vendor == "postgresql":
        _apart(f"DROP DATABASE {name}")


def _apart(*statements):
    """Run statements in no transaction, on a connection of their own."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
def test_the_example_of_the_readme_ends_with_the_public_claims(live_server):
    gone = make.accepted(make.article(f"1. {make.TEXT}"))
    claim = make.accepted()
    review.reject(of(gone), actor=make.editor())
    readme = (ROOT / "README.md").read_text()
    start = readme.index("    import json, urllib.request")
    code = readme[start : readme.index("\n`event` is", start)]
    told = {}
    exec(textwrap.dedent(code).replace("http://127.0.0.1:8000", live_server.url), told)
    assert list(told["rows"]) == [claim.uid]


def test_what_has_no_number_or_a_wrong_record_is_a_fault(editor):
    claim, other = make.accepted(), make.claim(make.article(f"1. {make.TEXT}", visibility="draft"))
    assert [one for one in verify.faults() if one.row in {"changes feed", "public record"}] == []
    FeedEntry.objects.filter(uid=claim.uid).delete()
    claim.public_changes.update(kind="withdrawn")
    other.public_changes.create(version=1, kind="published", origin="editor")
    found = [one for one in verify.faults() if one.row in {"changes feed", "public record"}]
    assert [one.message for one in found] == [
        f"claim {claim.pk} has no number in the changes feed; any change of it gives it one",
        f"claim {claim.pk} is public; the record of what everybody saw has it withdrawn",
        f"claim {other.pk} is not public; the record of what everybody saw has it shown",
    ]
