"""Backups of a database with files: round trips, refusals, and plain words; on both databases."""

import hashlib
import json
import re
from datetime import UTC, datetime
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims import backup, ingest, redaction, search, verify
from claims.backup import archive, state
from claims.curation import review
from claims.models import Article, Claim, FeedEntry, Job, SourceFile
from tests.claims import make
from tests.claims.management.test_commands import fails, run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def filled(tmp_path):
    """Store three articles of two files, their claims, rulings, and a file not imported yet."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(make.TEXT)
    (folder / "b.jsonl").write_text('{"text": "7 ships came."}\n{"text": "8 ships — là."}\n')
    run("import_texts", str(folder), outlet="The Courier", visibility="public")
    run("extract_claims")
    review.accept(Claim.objects.filter(surface="3.74 million"), actor=make.editor())
    waiting = b"9 ships waited.\n"
    name = ingest.keep(waiting, hashlib.sha256(waiting).hexdigest())
    Job.objects.create(kind="import", options={"file": name, "name": "c.txt"})
    return folder


def rows():
    """Return every row of every table, as text."""
    found = {}
    for table in state.tables():
        quoted = connection.ops.quote_name(table)
        found[table] = sorted(map(repr, state.ask(f"SELECT * FROM {quoted}")))
    return found


def made(tmp_path, name="backups"):
    return backup.make(tmp_path / name).path


def emptied():
    """Leave the database as a new one is."""
    call_command("flush", interactive=False, verbosity=0)
    FeedEntry.objects.all().delete()  # those of rows that went after it, where triggers make them


def forget_files(media):
    for path in media.rglob("*"):
        if path.is_file():
            path.unlink()


def test_a_backup_restored_to_an_empty_installation_is_the_same(filled, tmp_path, media):
    before = rows()
    files = {path.name: path.read_bytes() for path in media.rglob("*") if path.is_file()}
    out, _ = run("backup", str(tmp_path / "backups"))
    path = re.match(r"(\S+\.zip): .*, 3 files, .* bytes\. It reads back whole\.", out)[1]
    emptied()
    forget_files(media)
    out, _ = run("restore", path)
    assert re.match(r"Restored: made 20\S+ by release [0-9.]+ on \w+, [0-9,]+ rows\.", out)
    assert out.endswith("No fault found.\n")
    assert rows() == before
    assert {path.name: path.read_bytes() for path in media.rglob("*") if path.is_file()} == files
    assert search.claims_matching("passengers", Claim.objects.all()).exists()


def test_rows_stored_after_a_restore_get_numbers_of_their_own(filled, tmp_path):
    path = made(tmp_path)
    last = Article.objects.order_by("pk").last().pk
    Article.objects.get(pk=make.article("10 ships came.").pk).delete()
    emptied()
    backup.restore(path)
    assert make.article("11 ships came.").pk > last


def test_what_is_not_empty_is_left_unless_it_is_to_be_replaced(filled, tmp_path):
    before, path = rows(), made(tmp_path)
    make.article("12 ships came.")
    message, _, _ = fails("restore", str(path))
    assert message == (
        "The database is not empty. With --replace all that it holds is lost. Nothing was changed."
    )
    assert Article.objects.count() == 4
    run("restore", str(path), "--replace")
    assert rows() == before


def test_a_damaged_archive_changes_nothing(filled, tmp_path, media):
    path = made(tmp_path)
    data = path.read_bytes()
    emptied()
    forget_files(media)
    for cut in (0, 1, 100, len(data) // 2, len(data) - 1):
        path.write_bytes(data[:cut])
        message, _, code = fails("restore", str(path))
        assert "is no backup of On Record" in message
        assert message.endswith("Nothing was restored.")
    for place in range(0, len(data), len(data) // 20):
        path.write_bytes(data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :])
        message, _, code = fails("restore", str(path), "--replace")
        assert message.endswith("Nothing was restored.")
        assert code == 1
    assert state.is_empty()
    assert not any(file.is_file() for file in media.rglob("*"))


def changed(path, tmp_path, **said):
    """Return a backup that says other things of itself, with a digest that is right."""
    with ZipFile(path) as file:
        members = [(name, file.read(name)) for name in file.namelist() if name != "manifest.json"]
        manifest = json.loads(file.read("manifest.json")) | said
    target = tmp_path / "changed.zip"
    target.unlink(missing_ok=True)
    said = archive.Manifest.read(json.dumps(manifest).encode())
    archive.write(target, [(name, [data]) for name, data in members], said)
    return target


def test_what_another_database_or_a_newer_release_made_is_refused(filled, tmp_path):
    path = made(tmp_path)
    emptied()
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    message, _, _ = fails("restore", str(changed(path, tmp_path, engine=other)))
    assert message == (
        f"It is a backup of {other}, and DATABASE_URL names {connection.vendor}. "
        "Nothing was changed."
    )
    newer = changed(path, tmp_path, release="9.0", migrations=["claims.0999_later"])
    message, _, _ = fails("restore", str(newer))
    assert message.startswith("Release 9.0 made it, which has claims.0999_later and this one")
    assert state.is_empty()


def test_what_an_older_release_made_is_migrated(filled, tmp_path):
    call_command("migrate", "claims", "0016_searchable_log", verbosity=0)
    path = made(tmp_path)
    call_command("migrate", verbosity=0)
    claims = Claim.objects.count()
    emptied()
    out, _ = run("restore", str(path))
    assert out.endswith("No fault found.\n")
    assert Claim.objects.count() == claims > 0
    assert "claims.0017_bylines" in state.migrations(state.ask)


@pytest.mark.parametrize("said", [{"counts": {"claims_claim": 99}}, {"counts": {"nothing": 1}}])
def test_rows_that_are_not_those_described_leave_the_database_as_it_was(said, filled, tmp_path):
    path = changed(made(tmp_path), tmp_path, **said)
    before = rows()
    with pytest.raises(backup.BadArchive):
        backup.restore(path, replace=True)
    assert rows() == before


def test_words_that_were_removed_since_are_not_brought_back(filled, tmp_path):
    path = made(tmp_path)
    chief = make.member("chief editor")
    article = Article.objects.order_by("pk").first()
    redaction.redact_text(article, reason="An order.", actor=chief, version=article.version)
    before = rows()
    message, _, _ = fails("restore", str(path), "--replace")
    assert "the backup would bring them back" in message
    assert rows() == before


def test_a_redacted_file_is_kept_as_it_is_now(filled, tmp_path, media):
    article = Article.objects.order_by("pk").first()
    chief = make.member("chief editor")
    redaction.redact_text(article, reason="An order.", actor=chief, version=article.version)
    assert list(verify.faults()) == []
    path = made(tmp_path)
    emptied()
    forget_files(media)
    run("restore", str(path))
    assert SourceFile.objects.exclude(redacted_sha256="").count() == 1


def test_a_file_that_is_missing_or_damaged_is_named_and_all_else_is_kept(filled, tmp_path, media):
    one, other = (media / file.file.name for file in SourceFile.objects.order_by("pk"))
    one.unlink()
    other.write_bytes(b"other words")
    message, err, code = fails("backup", str(tmp_path / "backups"))
    assert message == "The backup is written, but files of the storage are not in order."
    assert f"sources/{one.parent.name}/{one.name}: No such file or directory" in err
    assert f"sources/{other.parent.name}/{other.name}: its bytes do not have the digest" in err
    assert code == 1
    (path,) = (tmp_path / "backups").glob("*.zip")
    assert run("restore", str(path), "--check")[0].startswith(f"{path} is whole: made ")


def test_an_archive_may_be_looked_at_without_being_restored(filled, tmp_path):
    path, before = made(tmp_path), rows()
    assert "is whole: made" in run("restore", str(path), "--check")[0]
    assert rows() == before
    message, _, _ = fails("restore", str(tmp_path / "nowhere.zip"))
    assert message.startswith("FileNotFoundError: ")
    assert message.endswith("Nothing was restored.")


def test_only_the_last_backups_are_kept(tmp_path, monkeypatch):
    for second in range(1, 4):
        moment = datetime(2031, 5, 8, 10, 0, second, tzinfo=UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        out, _ = run("backup", str(tmp_path), keep=2)
    assert out.endswith("1 older backup removed.\n")
    assert [path.name[-10:] for path in sorted(tmp_path.glob("*.zip"))] == [
        "100002.zip",
        "100003.zip",
    ]
    assert (
        fails("backup", str(tmp_path), keep=0)[0] == "--keep: give 1 or more. No backup was made."
    )
    with pytest.raises(CommandError, match="File exists"):
        run("backup", str(tmp_path))
    assert not list(tmp_path.glob(".backup-*")), "nothing half made is left"
