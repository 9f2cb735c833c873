"""The commands: what they print, where they fail, with which exit code."""

import io
import json
import signal
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from claims import ingest
from claims.curation import review
from claims.management.commands import extract_claims
from claims.models import Article, ArticleText, Claim, Reading, Run
from claims.runs import engine
from corpus import extract
from corpus.findings import FindingsError
from tests.claims import make

pytestmark = pytest.mark.django_db


def run(*command, **options):
    """Run a command; return its standard output and its standard error."""
    out, err = io.StringIO(), io.StringIO()
    call_command(*command, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def fails(*command, **options):
    """Run a command that must fail; return its message, standard error and exit code."""
    err = io.StringIO()
    with pytest.raises(CommandError) as failed:
        call_command(*command, stdout=io.StringIO(), stderr=err, **options)
    assert "Traceback" not in err.getvalue()
    return str(failed.value), err.getvalue(), failed.value.returncode


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(make.TEXT)
    (folder / "b.jsonl").write_text('{"text": "7 ships came."}\n{"text": "8 ships came."}\n')
    return folder


def test_texts_are_imported_and_the_next_step_is_named(texts):
    out, err = run("import_texts", str(texts), outlet="The Courier", visibility="public")
    assert out == "2 files: 3 new articles, 0 already known.\nNow run: manage.py extract_claims\n"
    assert err == ""
    assert set(Article.objects.values_list("outlet__name", "visibility")) == {
        ("The Courier", "public")
    }


def test_texts_imported_again_are_said_to_be_known(texts):
    run("import_texts", str(texts))
    (texts / "a.txt").rename(texts / "z.txt")
    out, _ = run("import_texts", str(texts), verbosity=2)
    assert out == (
        "b.jsonl: the same bytes as before: 0 new, 2 already known\n"
        "z.txt: the same bytes as before: 0 new, 1 already known\n"
        "2 files: 0 new articles, 3 already known.\n"
    )


def test_what_is_left_out_is_named_and_the_exit_code_tells(texts):
    (texts / "c.bin").write_bytes(bytes(range(256)) * 9)
    (texts / "d.jsonl").write_text('{"text": 7}\n{"text": "9 ships came."}\n')
    message, err, code = fails("import_texts", str(texts), str(texts / "nowhere.txt"))
    assert message == "Left out: 2 files, 1 text. All others are stored."
    assert err.splitlines() == [
        "c.bin: binary data, not text; skipped",
        "d.jsonl, line 1: key text: missing, or not a string",
        f"{texts}/nowhere.txt: No such file or directory; skipped",
    ]
    assert code == 1
    assert Article.objects.count() == 4


def test_a_text_that_is_no_article_is_named_without_a_line(texts, monkeypatch):
    monkeypatch.setattr(ingest, "LONGEST_ARTICLE", 5)
    _, err, _ = fails("import_texts", str(texts / "a.txt"))
    assert err.startswith("a.txt: text: ")


def test_standard_input_is_imported(monkeypatch):
    stdin = type("Stdin", (), {"buffer": io.BytesIO(b'{"text": "7 ships came."}\n')})
    monkeypatch.setattr(sys, "stdin", stdin)
    run("import_texts", "-")
    assert Article.objects.get().placements.get().source_file.name == "standard input"


REFUSED = [
    (("import_texts", "{empty}"), "No file in {empty}. Nothing was imported."),
    (("import_texts", "{empty}", "--url", "ftp://x"), "--url: 'ftp://x' does not begin"),
    (("import_texts", "{empty}", "--published", "soon"), "--published: 'soon' is no EDTF date"),
    (("extract_claims", "7", "8"), "No article with id 7, 8. Nothing was changed."),
    (("load_findings", "{empty}/nowhere"), "Left out: 1 line"),
    (("score_engine", "--gold", "{empty}", "--seeds", "{empty}"), None),
]


@pytest.mark.parametrize(("command", "message"), REFUSED)
def test_a_command_fails_in_plain_words(tmp_path, command, message):
    filled = [part.replace("{empty}", str(tmp_path)) for part in command]
    if message is None:
        assert "Editors' rulings" in run(*filled)[0]
        return
    failed, _, code = fails(*filled)
    assert failed.startswith(message.replace("{empty}", str(tmp_path)))
    assert code == 1


def test_claims_are_extracted_once(texts):
    run("import_texts", str(texts))
    out, _ = run("extract_claims")
    number = Claim.objects.count()
    assert out.startswith(
        f"Engine {extract.ENGINE}, light tier: 3 articles read. Claims: {number} n"
    )
    again, _ = run("extract_claims")
    assert "0 articles read" in again
    assert "use --again" in again
    more, _ = run("extract_claims", str(Article.objects.first().pk), again=True)
    assert "1 article read. Claims: 0 new" in more
    assert Claim.objects.count() == number


def test_an_article_that_cannot_be_read_is_named(texts, monkeypatch):
    def broken(*given, **named):
        raise FindingsError("claims[0].start: broken")

    run("import_texts", str(texts / "a.txt"))
    monkeypatch.setattr(extract, "extract", broken)
    message, err, _ = fails("extract_claims")
    article = Article.objects.get()
    assert message == "1 article could not be read; left unchanged."
    assert err == f"Article {article.pk} ({article}): claims[0].start: broken\n"


def test_readings_made_elsewhere_are_loaded(texts, tmp_path):
    run("import_texts", str(texts))
    file = tmp_path / "readings.jsonl"
    readings = [extract.extract(text).to_json()
                for text in ArticleText.objects.values_list("text", flat=True)]  # fmt: skip
    file.write_text("".join(json.dumps(one) + "\n" for one in readings))
    out, _ = run("load_findings", str(file))
    number = Claim.objects.count()
    assert out.startswith(f"{file}: 3 readings. Claims: {number} new, 0 same")
    with file.open("a") as end:
        end.write("{}\n")
    message, err, _ = fails("load_findings", str(file))
    assert message == "Left out: 1 line. All others are stored."
    assert err == f"{file}, line 4: text_sha256: missing, or no short text\n"
    assert Claim.objects.count() == number


def test_readings_come_from_standard_input_too(monkeypatch):
    make.article(make.TEXT)
    data = json.dumps(extract.extract(make.TEXT).to_json()).encode()
    monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": io.BytesIO(data)}))
    assert run("load_findings", "-")[0].startswith("-: 1 reading. Claims: ")


def test_verify_is_quiet_about_what_is_in_order_and_names_what_is_not(texts):
    run("import_texts", str(texts))
    run("extract_claims")
    assert run("verify")[0] == "No fault found.\n"
    Run.objects.update(ended=None)
    assert run("verify")[0].startswith("Note: runs not finished; start them again (1).\n")
    claim = Claim.objects.first()
    Claim.objects.filter(pk=claim.pk).update(is_public=True)
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"1 fault found\. Nothing was changed"):
        call_command("verify", stdout=out)
    assert f"claim {claim.pk}: is_public: True is stored; " in out.getvalue()


def test_the_engine_is_scored_on_gold_and_on_rulings(texts):
    run("import_texts", str(texts))
    run("extract_claims")
    first, second = Claim.objects.order_by("pk")[:2]
    review.accept(Claim.objects.filter(pk=first.pk), actor=make.editor(), voice=True)
    review.reject(Claim.objects.filter(pk=second.pk), actor=make.editor())
    out, _ = run("score_engine", errors=True)
    gold, rulings = out.split("Editors' rulings\n")
    assert gold.startswith("Gold marks\n")
    assert "voices right: 1 of 1 (1.000), whole chain: 1" in rulings
    (total,) = [line.split() for line in rulings.splitlines() if line.startswith("all")]
    assert total[1:4] == ["1", "2", "1"]
    assert f"wrong '{second.surface}'" in rulings


def test_a_corrected_claim_that_is_read_as_before_is_missed_and_wrong(texts):
    run("import_texts", str(texts / "b.jsonl"))
    run("extract_claims")
    claim = Claim.objects.order_by("pk").first()
    review.correct(claim, {"value": "70"}, actor=make.editor(), version=claim.version)
    review.accept(Claim.objects.filter(pk=claim.pk), actor=make.editor())
    out, _ = run("score_engine", errors=True)
    rulings = out.split("Editors' rulings\n")[1]
    assert "voices right: 0 of 0" in rulings
    assert f"missed '{claim.surface}'" in rulings
    assert f"wrong '{claim.surface}'" in rulings


def test_an_accepted_claim_counts_without_its_voice(texts):
    run("import_texts", str(texts / "b.jsonl"))
    run("extract_claims")
    review.accept(Claim.objects.all(), actor=make.editor())
    rulings = run("score_engine")[0].split("Editors' rulings\n")[1]
    (total,) = [line.split() for line in rulings.splitlines() if line.startswith("all")]
    assert total[1:4] == ["2", "2", "2"]
    assert "voices right: 0 of 0" in rulings


def test_what_this_engine_reads_otherwise_than_the_stored_readings_is_listed(texts):
    run("import_texts", str(texts / "b.jsonl"))
    run("extract_claims")
    for reading in Reading.objects.order_by("pk")[:1]:
        reading.data["claims"] = []
        reading.save()
    lines = run("score_engine", compare=True)[0].splitlines()
    assert lines[0].startswith("+ ")
    assert lines[0].endswith("count '7' 7 ship (own) in '7 ships came.'")
    assert lines[-1].split() == ["all", "1", "gained", "0", "lost"]


def test_gold_that_does_not_fit_its_text_is_named(tmp_path):
    (tmp_path / "a.toml").write_text('file = "a.txt"\n[[article]]\nheadline = "x"\n')
    message, _, _ = fails("score_engine", "--gold", str(tmp_path), "--seeds", str(tmp_path))
    assert message.startswith("The gold marks cannot be read: ")


def test_a_staged_run_is_applied_or_dropped_by_command(texts):
    run("import_texts", str(texts))
    out, _ = run("extract_claims", "--stage")
    first = Run.objects.get()
    assert f"Nothing is applied. Now: apply_run {first.pk}, or drop_run {first.pk}." in out
    assert not Claim.objects.exists()
    assert "readings removed" in run("drop_run", str(first.pk))[0]
    run("extract_claims", "--stage")
    second = Run.objects.latest("pk")
    out, _ = run("apply_run", str(second.pk))
    assert f"{Claim.objects.count()} new" in out
    assert Claim.objects.exists()


def test_a_worker_does_what_there_is_and_listens_to_signals(monkeypatch):
    heard = {}
    monkeypatch.setattr(signal, "signal", heard.setdefault)
    out, _ = run("work", "--until-done")
    assert "0 jobs brought to an end" in out
    assert set(heard) == {signal.SIGTERM, signal.SIGINT}


@pytest.mark.parametrize("command", ["apply_run", "drop_run"])
def test_a_run_that_is_not_staged_or_not_there_is_refused(texts, command):
    assert fails(command, "77")[0] == "There is no run 77. Nothing was changed."
    run("import_texts", str(texts))
    run("extract_claims")
    message, _, _ = fails(command, str(Run.objects.get().pk))
    assert "is applied: only a staged run" in message
    assert "Nothing was changed." in message


def test_articles_that_cannot_be_applied_are_named(texts, monkeypatch):
    run("import_texts", str(texts))
    run("extract_claims", "--stage")

    def refuse(reading):
        raise ValueError("no room")

    monkeypatch.setattr("claims.runs.staged.apply", refuse)
    message, _, _ = fails("apply_run", str(Run.objects.get().pk))
    assert "could not be applied" in message


def test_ctrl_c_leaves_whole_articles_and_exits_with_130(texts, monkeypatch):
    run("import_texts", str(texts))
    real, steps = engine.take, []

    def interrupted(reading):
        steps.append(reading)
        if len(steps) == 2:
            raise KeyboardInterrupt
        return real(reading)

    monkeypatch.setattr(engine, "take", interrupted)
    message, _, code = fails("extract_claims")
    assert message.startswith("\nStopped.")
    assert code == 130
    monkeypatch.setattr(engine, "take", real)
    out, _ = run("extract_claims")
    assert "2 articles read" in out


@pytest.mark.parametrize("error", [OSError("disk full"), DatabaseError("disk full")])
def test_what_a_disk_or_a_database_refuses_is_one_line(texts, monkeypatch, error):
    def refused(*given, **named):
        raise error

    monkeypatch.setattr(extract_claims, "start_run", refused)
    message, _, code = fails("extract_claims")
    assert message.startswith(f"{type(error).__name__}: disk full.")
    assert code == 1


def test_a_progress_bar_is_drawn_on_a_terminal_only(texts, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    call_command("import_texts", str(texts), stdout=io.StringIO())
    assert "0/2" in shown.getvalue()


UNMIGRATED = [
    # command, the function that meets the database, what it says, what the command says
    ("verify", "verify.verify.faults", "no such table: x", "migrate first. Nothing was changed."),
    (
        "score_engine",
        "score_engine.score_rulings",
        'relation "x" does not exist\nLINE 1',
        "migrate",
    ),
    ("export_claims", "export_claims._ask", "no such table: x", "migrate first. No file was"),
    ("extract_claims", "extract_claims.start_run", "disk full", "disk full. All that was reported"),
]


@pytest.mark.parametrize(("command", "function", "problem", "message"), UNMIGRATED)
def test_a_database_that_cannot_answer_is_told_in_one_line(
    monkeypatch, command, function, problem, message
):
    def fail(*given, **named):
        raise DatabaseError(problem)

    monkeypatch.setattr(f"claims.management.commands.{function}", fail)
    error, _, _ = fails(command)
    assert message in error
    assert "\n" not in error
