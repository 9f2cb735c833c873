"""Nothing brings removed words back: no upload, no reading under way, no kill."""

import io
import json
import os

import pytest
from django.core.management import call_command
from django.db import connection

from claims import runs
from claims.ingest import Options, import_bytes, importing
from claims.models import (
    Article,
    ArticleText,
    Claim,
    Reading,
    SourceFile,
    Tombstone,
)
from claims.redaction import files, redact_name
from claims.runs import readings, run_engine
from claims.succession import supersede
from tests.claims import make
from tests.claims.redaction.removals import (
    OTHER,
    PRIVATE,
    everything,
    faults,
    jobs_options,
    name_gone,
    text_gone,
    to_import,
    work,
)

pytestmark = pytest.mark.django_db


def test_bytes_that_wait_to_be_imported_lose_the_name_too(chief):
    to_import(chief)
    to_import(chief)
    line = json.dumps({"text": OTHER})
    to_import(chief, "two.jsonl", line)
    name_gone(chief, "Zoë Plantedsen", "Plantedsen")
    to_import(chief)
    work()
    import_bytes(PRIVATE.encode(), "one.txt", Options())
    assert faults() == []
    assert "plantedsen" not in everything()
    assert Article.objects.count() == SourceFile.objects.count() == 2


def test_waiting_bytes_that_are_no_text_or_not_there_are_left(chief, media):
    job = to_import(chief, text="\x00" * 500)
    name_gone(chief, "Plantedsen")
    (media / job.options["file"]).unlink()
    name_gone(chief, "Plantedsen")
    assert "redacted_sha256" not in jobs_options(job)


def test_the_same_upload_after_a_removal_makes_no_second_article(chief):
    import_bytes(PRIVATE.encode(), "one.txt", Options(outlet="The Saltmere Courier"))
    name_gone(chief, "Plantedsen")
    job = to_import(chief)
    work()
    job.refresh_from_db()
    assert (job.state, job.source_file) == ("done", SourceFile.objects.get())
    assert Article.objects.count() == 1
    assert faults() == []


def test_an_import_that_was_stopped_goes_on_without_the_words(chief):
    data = "".join(json.dumps({"text": text}) + "\n" for text in (PRIVATE, OTHER)).encode()
    next(importing(data, "two.jsonl", Options()))
    name_gone(chief, "Zoë Plantedsen", "Plantedsen")
    report = import_bytes(data, "two.jsonl", Options())
    assert (report.count("known"), report.count("new")) == (1, 1)
    assert "plantedsen" not in everything()
    assert faults() == []


def test_an_import_under_way_stops_at_words_that_were_removed(chief):
    data = "".join(json.dumps({"text": text}) + "\n" for text in (PRIVATE, OTHER)).encode()
    steps = importing(data, "two.jsonl", Options())
    next(steps)
    name_gone(chief, "Zoë Plantedsen", "Plantedsen")
    outcome, _ = next(steps)
    assert (outcome.outcome, "words were removed" in outcome.message) == ("refused", True)
    assert "plantedsen" not in everything()


@pytest.mark.parametrize("what", ["text", "name"])
def test_a_reading_under_way_brings_nothing_back(what, chief, monkeypatch):
    article = make.article(PRIVATE)
    real = readings.extracted

    def slow(*given, **options):
        found = real(*given, **options)
        if what == "text":
            text_gone(article, chief)
        else:
            name_gone(chief, "Zoë Plantedsen", "Plantedsen")
        return found

    monkeypatch.setattr(readings, "extracted", slow)
    (step,) = run_engine(Article.objects.all())
    assert "words were removed" in step.error
    assert not Reading.objects.exists()
    assert "plantedsen" not in everything()


def test_a_staged_reading_is_applied_without_the_name(chief):
    make.article(PRIVATE)
    run = runs.begin_run(staging=True)
    assert not [step for step in run_engine(Article.objects.all(), run) if step.error]
    name_gone(chief, "Zoë Plantedsen", "Plantedsen", "million passengers", "3.74")
    assert not [step for step in runs.apply_run(run) if step.error]
    assert "plantedsen" not in everything()
    assert Claim.objects.filter(surface__contains="█.██").exists()
    assert faults() == []


@pytest.mark.parametrize("what", ["text", "superseded"])
def test_a_staged_reading_of_what_is_gone_is_not_applied(what, chief):
    article, later = make.article(PRIVATE), make.article(OTHER)
    run = runs.begin_run(staging=True)
    assert not [step for step in run_engine(Article.objects.all(), run) if step.error]
    if what == "text":
        text_gone(article, chief)
    else:
        supersede(article, later, actor=chief, versions={})
    errors = [step.error for step in runs.apply_run(run) if step.article == article]
    assert "since it was read" in errors[0]
    assert not Claim.objects.filter(article=article).exists()
    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_a_removal_rolled_back_leaves_database_and_file_as_they_were(monkeypatch):
    chief = make.editor("chief")
    import_bytes(PRIVATE.encode(), "one.txt", Options())

    def killed(**fields):
        raise KeyboardInterrupt

    monkeypatch.setattr(Tombstone.objects, "create", killed)
    with pytest.raises(KeyboardInterrupt):
        redact_name(["Plantedsen"], reason="order", actor=chief)
    file = SourceFile.objects.get()
    assert (files.bytes_left(file.file.name, ""), file.redacted_sha256) == (PRIVATE.encode(), "")
    assert "Plantedsen" in ArticleText.objects.get().text
    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_a_removal_killed_after_its_commit_is_named_and_finished(monkeypatch, media):
    chief = make.editor("chief")
    import_bytes(PRIVATE.encode(), "one.txt", Options())
    job = to_import(chief, text=OTHER)
    names = ["Zoë Plantedsen", "Plantedsen"]
    with monkeypatch.context() as killed:
        killed.setattr(files, "_replace", lambda name, digest: None)
        redact_name(names, reason="order", actor=chief)
    found = [fault.message for fault in faults()]
    assert len(found) == 2
    assert all("run redact --finish" in one for one in found)
    file = SourceFile.objects.get()
    assert b"Plantedsen" not in files.bytes_left(file.file.name, file.redacted_sha256)
    old = media / "sources" / "00" / ".left"
    old.parent.mkdir(parents=True, exist_ok=True)
    old.write_bytes(b"Plantedsen")
    os.utime(old, (0, 0))
    out = io.StringIO()
    call_command("redact", "--finish", stdout=out)
    assert "gone from the files" in out.getvalue()
    assert not old.exists()
    assert faults() == []
    assert "plantedsen" not in everything()
    assert b"PLANTEDSEN" not in (media / job.options["file"]).read_bytes()


@pytest.mark.django_db(transaction=True)
def test_files_are_looked_through_before_the_transaction(monkeypatch):
    chief = make.editor("chief")
    for number in (12, 13, 14):
        import_bytes(f"There were {number} ferries.\n".encode(), f"{number}.txt", Options())
    seen = []
    real = files.bytes_left
    monkeypatch.setattr(
        files, "bytes_left", lambda *given: seen.append(connection.in_atomic_block) or real(*given)
    )
    redact_name(["Nobody Here"], reason="order", actor=chief)
    assert seen == [False] * 3
