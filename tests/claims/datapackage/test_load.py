"""A package taken in again: the same tables, or nothing at all."""

import hashlib
import io
import json
import zipfile

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.http import QueryDict

from claims import verify
from claims.curation import articles as article_rulings
from claims.datapackage import write
from claims.datapackage.check import Damaged, opened
from claims.datapackage.load import load
from claims.datapackage.scope import scope_of
from claims.filters.readers import Reader
from claims.models import (
    Article,
    Attribution,
    Change,
    Claim,
    ClaimVoice,
    Evidence,
    IdentityJudgement,
    Note,
    Outlet,
    Ruling,
    Run,
    Speaker,
    Topic,
)
from tests.claims import make
from tests.claims.datapackage import rich

pytestmark = pytest.mark.django_db

MADE = "2031-03-09T12:00:00+00:00"


@pytest.fixture(autouse=True)
def _one_change(monkeypatch):
    """Let every package be as of the same change: what is taken in is a change too."""
    monkeypatch.setattr("claims.feed.as_of", lambda reader: 7)


def package(path, reader, question=""):
    """Write a package of the database; return its tables by name."""
    asked = QueryDict(question)
    found = write.files(
        lambda: scope_of(asked, reader, everything=reader == Reader.EDITOR), created=MADE
    )
    path.write_bytes(b"".join(write.zipped(found)))
    archive = zipfile.ZipFile(path)
    return {name: archive.read(name).decode() for name in archive.namelist()}


def emptied():
    """Empty the database, apart from accounts."""
    Ruling.objects.update(replaced=None)
    Claim.objects.update(successor=None)
    Speaker.objects.update(canonical=None)
    Topic.objects.update(parent=None)
    for model in (Ruling, IdentityJudgement, ClaimVoice, Claim, Attribution, Article, Speaker):
        model.objects.all().delete()
    for model in (Run, Outlet, Topic, Change):
        model.objects.all().delete()


def taken_in(path):
    """Take a package into the emptied database."""
    emptied()
    with opened(path) as found:
        return load(found, make.editor("importer"))


@pytest.mark.parametrize("reader", list(Reader))
@pytest.mark.parametrize("seed", range(3))
def test_a_package_taken_in_and_written_again_has_the_same_tables(tmp_path, seed, reader):
    rich.fill(seed)
    assert not list(verify.faults())
    before = package(tmp_path / "one.zip", reader)
    taken_in(tmp_path / "one.zip")
    after = package(tmp_path / "two.zip", reader)
    for name, table in before.items():
        assert after[name] == table, name
    assert len(before) == 16


@pytest.mark.parametrize("reader", [Reader.EVERYBODY, Reader.EDITOR])
def test_what_was_taken_in_is_consistent(tmp_path, reader):
    rich.fill(7)
    package(tmp_path / "one.zip", reader)
    taken_in(tmp_path / "one.zip")
    files = {"claim", "article", "attribution", "speaker", "evidence", "role", "run"}
    faults = [fault for fault in verify.faults() if fault.row.split()[0] in files]
    assert not faults


def test_a_filtered_package_comes_back_as_it_is(tmp_path):
    rich.fill(4, articles=9)
    before = package(tmp_path / "one.zip", Reader.EVERYBODY, "kind=count&kind=date")
    assert before["claims.csv"].count("\n") > 2
    taken_in(tmp_path / "one.zip")
    after = package(tmp_path / "two.zip", Reader.EVERYBODY, "kind=count&kind=date")
    names = before.keys() - {"evidence.csv", "datapackage.json"}
    assert {name: after[name] for name in names} == {name: before[name] for name in names}


def test_words_that_are_not_in_a_package_are_blank_and_their_digest_is_kept(tmp_path):
    house = make.outlet(text_policy=Outlet.TextPolicy.PASSAGE)
    article = make.article(outlet=house)
    make.accepted(article)
    digest, length = article.text_sha256, len(article.body.text)
    package(tmp_path / "one.zip", Reader.EVERYBODY)
    taken_in(tmp_path / "one.zip")
    (stored,) = Article.objects.all()
    sentence = (
        "The harbour office counted 3.74 million passengers in 2030, Lena Ortiz said on Tuesday."
    )
    assert len(stored.body.text) == length
    assert stored.body.text.strip("█") == sentence
    assert (stored.text_sha256, stored.unread) == (digest, Article.REDACTED)
    assert stored.redacted_sha256 not in ("", digest)


def test_rulings_come_back_as_those_of_whoever_imports(tmp_path):
    make.accepted(voice_status="confirmed")
    package(tmp_path / "one.zip", Reader.EVERYBODY)
    taken_in(tmp_path / "one.zip")
    (claim,) = Claim.objects.all()
    rulings = claim.rulings.standing()
    assert {(row.field, row.value) for row in rulings} == {
        ("status", "accepted"),
        ("voice_status", "confirmed"),
    }
    assert {row.actor for row in rulings} == {User.objects.get(username="importer")}
    assert all(row.reason.startswith("as in the data package ") for row in rulings)
    assert (claim.last_run.origin, claim.last_run.tier) == ("file", "package")
    entry = Change.objects.get(object_type="article")
    assert (entry.action, entry.origin) == ("import package", "import")


def test_an_article_without_claims_keeps_how_far_it_is_reviewed(tmp_path):
    done = make.article("Nothing here\n\nQuite still.\n", headline="Done")
    article_rulings.correct(done, {"complete": True}, actor=make.editor(), version=1)
    begun = make.article("Something there\n\n17 boats.\n", headline="Begun")
    make.claim(begun, "17", status="rejected")
    make.article("Elsewhere\n\n18 boats.\n", headline="Not yet")
    before = package(tmp_path / "one.zip", Reader.EVERYBODY)
    assert [line.rsplit(",", 1)[1] for line in before["articles.csv"].splitlines()] == [
        *("review", "complete", "partly", "untouched"),
    ]
    taken_in(tmp_path / "one.zip")
    assert package(tmp_path / "two.zip", Reader.EVERYBODY)["articles.csv"] == before["articles.csv"]


def test_voices_of_one_name_stay_apart(tmp_path):
    article = make.article()
    one, other = (make.speaker(privacy=privacy) for privacy in ("public", "unknown"))
    assert one == other
    other = Speaker.objects.create(name=one.name, kind=one.kind, privacy="public", is_public=True)
    voices = [
        make.attribution(article, row, cue=cue) for row, cue in ((one, "said"), (other, "she said"))
    ]
    made = make.accepted(article, voices=voices, voice_status="confirmed")
    make.rule(made, {"chain": [other.pk, one.pk]})
    before = package(tmp_path / "one.zip", Reader.EVERYBODY)
    assert before["voices.csv"].count(one.uid) == before["voices.csv"].count(other.uid) == 1
    taken_in(tmp_path / "one.zip")
    assert package(tmp_path / "two.zip", Reader.EVERYBODY)["voices.csv"] == before["voices.csv"]


def test_rows_out_of_the_order_of_the_claims_are_refused(tmp_path):
    article = make.article()
    voice = make.attribution(article, make.speaker(privacy="public"))
    for words in ("3.74 million", "1,200"):
        make.accepted(article, words, voices=[voice], voice_status="confirmed")
    before = package(tmp_path / "one.zip", Reader.EVERYBODY)
    _, first, second = before["voices.csv"].splitlines(keepends=True)
    target = altered(tmp_path / "one.zip", "voices.csv", first + second, second + first)
    with pytest.raises(Damaged, match="are not in the order of the claims"):
        taken_in(target)


def test_a_database_that_holds_something_is_left_alone(tmp_path):
    make.accepted()
    package(tmp_path / "one.zip", Reader.EVERYBODY)
    make.editor("importer")
    with pytest.raises(CommandError, match="holds articles already") as refused:
        call_command("import_package", str(tmp_path / "one.zip"), "--as", "importer")
    assert str(refused.value).endswith("Nothing was imported.")
    assert Article.objects.count() == 1


def test_the_command_says_what_came_in(tmp_path):
    make.accepted()
    package(tmp_path / "one.zip", Reader.EVERYBODY)
    emptied()
    make.editor("importer")
    out, err = io.StringIO(), io.StringIO()
    options = {"stdout": out, "stderr": err, "verbosity": 2}
    call_command("import_package", str(tmp_path / "one.zip"), "--as", "importer", **options)
    assert {"articles: 1 row", "claims: 1 row", "voices: 0 rows"} <= set(
        out.getvalue().splitlines()
    )
    assert "checking claims\n" in err.getvalue()


def test_the_command_wants_an_account(tmp_path):
    with pytest.raises(CommandError, match=r"--as nobody: no such account\. Nothing was imported"):
        call_command("import_package", str(tmp_path / "one.zip"), "--as", "nobody")


def altered(path, name, old, new):
    """Write a package with other bytes in a table, described as if they were right."""
    archive = zipfile.ZipFile(path)
    files = {one: archive.read(one) for one in archive.namelist()}
    assert old.encode() in files[name], files[name]
    files[name] = files[name].replace(old.encode(), new.encode(), 1)
    about = json.loads(files["datapackage.json"])
    for one in about["resources"]:
        if one["path"] == name:
            one["hash"] = f"sha256:{hashlib.sha256(files[name]).hexdigest()}"
            one["bytes"] = len(files[name])
    files["datapackage.json"] = json.dumps(about).encode()
    target = path.with_name("altered.zip")
    with zipfile.ZipFile(target, "w") as written:
        for one, data in files.items():
            written.writestr(one, data)
    return target


FORGED = [
    ("claims.csv", "3.74 million,", "3.74 billion,", "does not stand in its passage"),
    ("claims.csv", "3740000,", "3e99,", "value: '3e99' is neither a decimal"),
    ("claims.csv", ",count,", ",weight,", "kind: 'weight' is none of"),
    ("claims.csv", "asserted", "guessed", "modality"),
    ("articles.csv", ",untouched", ",finished", "review"),
    ("articles.csv", ",public,", ",hidden,", "visibility"),
    ("articles.csv", f",{len(make.TEXT)},", ",9000000,", "characters: 9000000"),
    ("articles.csv", "2031-05-08,20310508", "someday,20310508", "articles"),
    ("texts.csv", "Ferry counts", "Ferry  counts", "has not its length"),
    ("texts.csv", "3.74 million", "3.75 million", "stands at"),
    ("outlets.csv", "Courier", "Cour\x00ier", "NUL"),
    ("topics.csv", "on-record:transport,", "on-record:traffic,", "key: on-record:traffic is not"),
    ("articles.csv", '"[', '"[7,', "texts: 'int' object"),
    ("evidence.csv", ",9,20,", ",,20,", "evidence and notes"),
    ("evidence.csv", "2031-06-01", "yesterday", "retrieved: 'yesterday' is no day"),
    ("notes.csv", "uid,claim,text,byline\r\n", "uid,claim,text,byline\r\nX-1", "uid: 'X-1"),
]


@pytest.mark.parametrize(("name", "old", "new", "why"), FORGED)
def test_a_forged_package_is_refused_and_nothing_is_stored(tmp_path, name, old, new, why):
    house = make.outlet(text_policy=Outlet.TextPolicy.FULL)
    parts = [{"role": "headline", "start": 0, "end": 29}]
    article = make.article(outlet=house, published="2031-05-08", parts=parts)
    made = make.claim(article)
    make.topic()
    by = {"author": make.editor(), "approved_by": make.editor(), "byline": "Desk"}
    Note.objects.create(claim=made, text="A note.", **by)
    words = {"article": article, "start": 9, "end": 20, "quotation": make.TEXT[9:20]}
    Evidence.objects.create(claim=made, relation="context", retrieved="2031-06-01", **words, **by)
    package(tmp_path / "one.zip", Reader.EDITOR)
    target = altered(tmp_path / "one.zip", name, old, new)
    emptied()
    make.editor("importer")
    with pytest.raises(CommandError, match=why) as refused:
        call_command("import_package", str(target), "--as", "importer")
    assert str(refused.value).endswith("Nothing was imported.")
    assert not Article.objects.exists()
    assert not Outlet.objects.exists()
