"""Redaction: the words are nowhere any more, and everything else still stands and verifies."""

import io
import json
import os
import threading
import time
import unicodedata

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims import gate, identity, jobs, runs, search, verify
from claims.curation import articles, pointing, records, review, samples
from claims.curation import evidence as stated
from claims.ingest import Options, import_bytes, importing
from claims.models import (
    Alias,
    Article,
    ArticleText,
    Change,
    Claim,
    Evidence,
    Outlet,
    Reading,
    Role,
    SavedQueue,
    SourceFile,
    Speaker,
    Tombstone,
)
from claims.redaction import files, preview_name, redact_name, redact_text
from claims.redaction.black import all_black, blackener, pattern_of
from claims.runs import readings, run_engine
from claims.runs.pointing import read_marked
from claims.succession import resplit, stretches, supersede
from tests.claims import make

pytestmark = pytest.mark.django_db

PRIVATE = (
    "Ferry counts rise at Saltmere\n\n"
    "The harbour office counted 3.74 million passengers in 2030, Zoë Plantedsen said on Tuesday.\n"
    "At least 1,200 of them travelled with a bicycle, Plantedsen said, and the city was glad.\n"
)
OTHER = (
    "Choir of 60 sings for the pilots\n\n"
    "The choir sang for 60 minutes, and ZOË\u00a0PLANTEDSEN led 200 singers through old songs.\n"
    "Its treasurer, Ada Rao, said that 14 more concerts would follow before the end of the year.\n"
)


@pytest.fixture(autouse=True)
def _committed(request, monkeypatch):
    """Let what waits for a commit happen at once: the transaction of most tests never ends."""
    if not request.node.get_closest_marker("django_db").kwargs.get("transaction"):
        monkeypatch.setattr(transaction, "on_commit", lambda then: then())


@pytest.fixture
def chief():
    return make.editor("chief")


@pytest.fixture
def stored(chief):
    """Return an article about somebody, ruled on, logged, sampled and mentioned elsewhere."""
    import_bytes(PRIVATE.encode(), "one.txt", Options(outlet="The Saltmere Courier"))
    line = {"text": OTHER, "byline": "By Zoë Plantedsen", "extra note": "Zoë Plantedsen"}
    import_bytes(json.dumps(line).encode(), "two.jsonl", Options())
    assert not [step for step in run_engine(Article.objects.all()) if step.error]
    review.reject(
        Claim.objects.filter(surface="60"), actor=chief, reason="as Zoë Plantedsen wrote to us"
    )
    claim = Claim.objects.get(surface="3.74 million")
    review.correct(
        claim, {"concept": "guests of Zoë Plantedsen"}, actor=chief, version=claim.version
    )
    samples.draw("May", size=50, seed=1, actor=chief)
    return Article.objects.get(headline__startswith="Ferry")


def everything():
    """Return all that the database and the files hold, as one text in lower case."""
    with connection.cursor() as cursor:
        tables = [
            name
            for name in connection.introspection.table_names(cursor)
            if name.startswith(("claims_", "django_admin"))
        ]
        said = []
        for name in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            said += [repr(row) for row in cursor.fetchall()]
    for file in SourceFile.objects.all():
        with file.file.open("rb") as bytes_of:
            said.append(bytes_of.read().decode())
    return " ".join(said).encode().decode("unicode_escape", "replace").lower()


def faults():
    return list(verify.faults())


def read():
    """Let the engine read every article there is to read."""
    assert not [step.error for step in run_engine(Article.objects.all()) if step.error]


def name_gone(chief, *names):
    """Black names out, and look that everything else still fits."""
    stone = redact_name(names, reason="court order 1", actor=chief)
    assert faults() == []
    return stone


def text_gone(article, chief):
    """Remove a text, and look that everything else still fits."""
    article.refresh_from_db()
    redact_text(article, reason="court order 1", actor=chief, version=article.version)
    assert faults() == []


def to_import(chief, name="one.txt", text=PRIVATE):
    given = {"outlet": "The Saltmere Courier", "visibility": "public", "published": ""}
    return jobs.to_import(text.encode(), name, given, extract=False, actor=chief)


def work():
    jobs.work("worker", jobs.Stop(), idle=False)


def test_a_name_is_nowhere_any_more_and_everything_else_stands(stored, chief):
    assert "plantedsen" in everything()
    seen = preview_name(["Zoë Plantedsen", "Plantedsen"])
    assert seen.counts["articletext"] == 2
    assert set(seen.articles) == set(Article.objects.all())
    before = Claim.objects.get(surface="3.74 million")
    redact_name(["Zoë Plantedsen", "Plantedsen"], reason="court order 1", actor=chief)
    assert "plantedsen" not in everything()
    assert faults() == []
    after = Claim.objects.get(pk=before.pk)
    assert (after.value, after.start, after.status) == (before.value, before.start, before.status)
    assert "█" in after.concept
    assert ArticleText.objects.get(pk=stored.pk).text == PRIVATE.strip().replace(
        "Zoë Plantedsen", "███ ██████████"
    ).replace("Plantedsen", "██████████")
    assert not search.articles_matching("plantedsen", Article.objects.all()).exists()


def test_a_tombstone_says_that_and_why_but_not_what(stored, chief):
    redact_name(["Plantedsen"], reason="court order 1", actor=chief, subject="x")
    stone = Tombstone.objects.get()
    assert (stone.what, stone.reason, stone.actor) == ("name", "court order 1", chief)
    assert stone.counts["articletext"] == 2
    entry = Change.objects.get(action="redact")
    assert (entry.object_type, entry.actor) == ("tombstone", chief)
    assert len(stone.digest) == 64


def test_the_same_file_again_brings_nothing_back(stored, chief):
    redact_name(["Zoë Plantedsen", "Plantedsen"], reason="court order 1", actor=chief)
    report = import_bytes(PRIVATE.encode(), "one.txt", Options(outlet="The Saltmere Courier"))
    assert (report.count("known"), report.count("new")) == (1, 0)
    list(run_engine(Article.objects.all()))
    assert "plantedsen" not in everything()
    assert faults() == []


def test_two_forms_of_one_article_stay_two_speakers(chief):
    article = make.article("Ada Planted said it. Ada Plantes said it.\n")
    for name in ("Ada Planted", "Ada Plantes"):
        make.speaker(name, article=article)
    redact_name(["Ada Planted", "Ada Plantes"], reason="order", actor=chief)
    assert Speaker.objects.filter(article=article, name="███ ███████").count() == 2
    assert faults() == []


def test_only_whole_words_go(chief):
    article = make.article("Ann counted 12 annexes. ANN left.\n")
    redact_name(["Ann"], reason="order", actor=chief)
    assert ArticleText.objects.get(pk=article.pk).text == "███ counted 12 annexes. ███ left.\n"


@pytest.mark.parametrize("forms", [[], [" "], ["Al"], ["Ada Rao", "."]])
def test_a_name_too_short_is_refused(forms, chief):
    with pytest.raises(gate.Refused, match="too short"):
        redact_name(forms, reason="order", actor=chief)
    with pytest.raises(gate.Refused, match="too short"):
        preview_name(forms)


def test_without_a_reason_nothing_is_removed(stored, chief):
    with pytest.raises(gate.Refused, match="reason"):
        redact_name(["Plantedsen"], reason=" ", actor=chief)
    with pytest.raises(gate.Refused, match="changed since"):
        redact_text(stored, reason="order", actor=chief, version=99)
    assert "plantedsen" in everything()


def test_a_text_is_nowhere_any_more_and_its_figures_stay(stored, chief):
    articles.correct(
        stored,
        {"headline": "Ferry counts plantedly rise"},
        actor=chief,
        version=Article.objects.get(pk=stored.pk).version,
    )
    values = set(stored.claims.values_list("pk", "value", "edtf", "status"))
    version = Article.objects.get(pk=stored.pk).version
    redact_text(stored, reason="a claim of copyright", actor=chief, version=version)
    left = everything()
    for words in ("harbour office", "travelled with", "guests of", "passengers", "plantedly"):
        assert words not in left
    assert "treasurer" in left  # the other article keeps its words
    assert set(stored.claims.values_list("pk", "value", "edtf", "status")) == values
    stored.refresh_from_db()
    assert (stored.visibility, stored.unread) == ("withdrawn", "redacted")
    assert faults() == []
    list(run_engine(Article.objects.all()))
    assert not stored.claims.filter(missing=True).exists()


def test_a_text_in_json_lines_goes_from_its_line(stored, chief):
    other = Article.objects.exclude(pk=stored.pk).get()
    redact_text(other, reason="order", actor=chief, version=other.version)
    assert "treasurer" not in everything()
    assert "harbour office" in everything()
    assert faults() == []


def test_the_command_shows_first_and_removes_with_yes(stored, chief):
    out = io.StringIO()
    call_command("redact", "--name", "Plantedsen", stdout=out)
    assert "articletext: 2 rows" in out.getvalue()
    assert "Nothing was changed" in out.getvalue()
    call_command("redact", "--article", stored.uid, stdout=out)
    assert Tombstone.objects.count() == 0
    with pytest.raises(CommandError, match="--by: name an account"):
        call_command("redact", "--name", "Plantedsen", "--yes", "--reason", "order")
    with pytest.raises(CommandError, match="reason: say on what ground"):
        call_command("redact", "--name", "Plantedsen", "--yes", "--by", "chief")
    with pytest.raises(CommandError, match="No article has the uid"):
        call_command("redact", "--article", "nothing")
    given = ("--yes", "--by", "chief", "--reason", "order")
    call_command("redact", "--name", "Plantedsen", *given, stdout=out)
    call_command("redact", "--article", stored.uid, *given, stdout=out)
    assert Tombstone.objects.count() == 2
    assert "plantedsen" not in everything()


def test_a_chief_editor_removes_a_text_in_two_steps(client, stored, chief):
    client.force_login(chief)
    address = reverse("admin:claims_tombstone_text", args=[stored.pk])
    assert stored.uid in client.get(address).content.decode()
    stored.refresh_from_db()
    data = {"reason": "order", "uid": "wrong", "version": stored.version}
    assert "another article" in client.post(address, data).content.decode()
    client.post(address, data | {"uid": stored.uid})
    assert Tombstone.objects.get().what == "text"
    page = client.get(reverse("admin:claims_article_change", args=[stored.pk])).content.decode()
    assert "Remove the text" not in page
    assert client.get(reverse("admin:claims_tombstone_text", args=[10**6])).status_code == 404


def test_a_chief_editor_removes_a_name_in_two_steps(client, stored, chief):
    client.force_login(chief)
    address = reverse("admin:claims_tombstone_name")
    speaker = Speaker.objects.filter(name__contains="Plantedsen").first()
    assert speaker.name in client.get(f"{address}?speaker={speaker.pk}").content.decode()
    data = {"forms_of_name": "Plantedsen\n\n", "reason": "order"}
    assert "articletext" in client.post(address, data).content.decode()
    assert "too short" in client.post(address, data | {"forms_of_name": "A"}).content.decode()
    assert Tombstone.objects.count() == 0
    client.post(address, data | {"confirmed": "yes"})
    assert Tombstone.objects.get().what == "name"
    assert "Remove a name" in client.get("/admin/claims/tombstone/").content.decode()


def test_editors_without_the_right_come_nowhere_near(client, stored):
    client.force_login(make.user("visitor", is_staff=True))
    for address in (
        reverse("admin:claims_tombstone_name"),
        reverse("admin:claims_tombstone_text", args=[stored.pk]),
    ):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    ("names", "text", "left"),
    [
        (["Zoe Planted"], "Zoe  Planted left.", "███  ███████ left."),
        (["Zoe Planted"], "Zoe\n\u00a0Planted left.", "███\n\u00a0███████ left."),
        (["Zoe Planted"], "Zoe, Planted left.", "Zoe, Planted left."),
        (["Zo\u00eb"], "ZOE\u0308 left.", "████ left."),
        (["Zoe\u0308"], "Zo\u00eb left.", "███ left."),
        (["Zoe"], "Zoe\u0308 left.", "Zoe\u0308 left."),
        (["Ada", "Ada Rao"], "Ada Rao left.", "███ ███ left."),
        (["Ада"], "АДА left.", "███ left."),
        (["O'Neill-1"], "o'neill-1 left.", "█'█████-█ left."),
        (["Ann"], "Annexes of Anna_Ann.", "Annexes of Anna_Ann."),
    ],
)
def test_a_name_goes_however_it_is_spelled_and_lengths_stay(names, text, left):
    black = blackener(pattern_of(names))
    assert black(text) == left
    assert len(all_black(text)) == len(text)


@pytest.mark.parametrize("name", ["Zo\u00eb Plantedsen", "\U0001d4d0da Plantedsen", "Жоя Цветова"])
def test_a_name_beyond_ascii_goes_from_json_too(name, chief):
    import_bytes(PRIVATE.replace("Zoë Plantedsen", name).encode(), "one.txt", Options())
    read()
    claim = Claim.objects.get(surface="3.74 million")
    review.correct(claim, {"concept": f"guests of {name}"}, actor=chief, version=claim.version)
    name_gone(chief, name)
    assert name.lower() not in everything()
    for model in (Reading, Claim, Change):
        assert not [row for row in model.objects.all() if name in repr(vars(row))]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_goes_from_texts_that_write_accents_otherwise(form, chief):
    text = unicodedata.normalize(form, PRIVATE)
    import_bytes(text.encode(), "one.txt", Options())
    read()
    other = "NFD" if form == "NFC" else "NFC"
    name_gone(chief, unicodedata.normalize(other, "Zoë Plantedsen"))
    left = ArticleText.objects.get().text
    assert "2030, ███" in left
    assert len(left) == len(text.strip())


def test_blanks_between_words_do_not_hide_a_name(chief):
    text = PRIVATE.replace("Zoë Plantedsen said", "Zoe  Plantedsen said").replace(
        "Plantedsen said, and", "she said, and"
    )
    import_bytes(text.encode(), "one.txt", Options())
    read()
    article = Article.objects.get()
    start = article.body.text.index("Zoe")
    claim = Claim.objects.get(surface="3.74 million")
    for end in (start + 15, start + 3):
        row = Evidence(claim=claim, relation="context", article=article, start=start, end=end)
        stated.add(row, actor=chief)
    name_gone(chief, "Zoe Plantedsen")
    assert "plantedsen" not in everything()
    assert list(Evidence.objects.order_by("pk").values_list("quotation", flat=True)) == [
        "███  ██████████",
        "███",
    ]


def test_a_saved_queue_no_longer_asks_for_the_name(chief):
    for name, query in (("a", "q=Lena+Ort%C3%ADz&x=1"), ("b", "q=Lena+Rao&x=")):
        SavedQueue.objects.create(editor=chief, name=name, query=query)
    name_gone(chief, "Lena Ortíz")
    assert list(SavedQueue.objects.values_list("query", flat=True)) == ["x=1", "q=Lena+Rao&x="]


def test_rows_that_must_differ_differ_in_black_too(chief):
    article = make.article("Ada Planted said it.\n")
    speaker = make.speaker("Eva Marrow", article=article)
    for form in ("Ada Planted", "Eva Planted"):
        Alias.objects.create(speaker=speaker, form=form, name_key=form.lower())
    make.outlet("Eva Planted")
    name_gone(chief, "Ada Planted", "Eva Planted")
    forms = set(Alias.objects.values_list("form", flat=True))
    assert {form[:11] for form in forms} == {"███ ███████"}
    assert len(forms) == 2
    assert Outlet.objects.get().name.startswith("███ ███████")


def test_versions_rise_with_what_is_blacked_out(chief):
    article = make.article()
    speaker, other = make.speaker("Lena Ortiz"), make.speaker("Ada Rao")
    read()
    claim = Claim.objects.get(surface="3.74 million")
    article.refresh_from_db()
    name_gone(chief, "Lena Ortiz")
    other.refresh_from_db()
    assert other.version == 1
    for row in (speaker, article, claim):
        before = row.version
        row.refresh_from_db()
        assert row.version > before


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


def jobs_options(job):
    job.refresh_from_db()
    return job.options


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


def glued(chief):
    """Return an article of two reports, and the two that an editor made of it."""
    import_bytes((PRIVATE + CHOIR).encode(), "one.txt", Options(outlet="The Saltmere Courier"))
    read()
    file, old = SourceFile.objects.get(), Article.objects.get()
    starts = [one.start for one in stretches(file, 0)]
    first = old.body.text.index("The choir")
    owners = {start: "second" for start in starts if start >= first}
    *_, made = resplit(file, 0, owners, actor=chief, versions={old.pk: old.version})
    read()
    return old, *made


CHOIR = (
    "The choir of Saltmere sang for 60 minutes on Friday, and 200 people came to listen to it.\n"
    "Its treasurer, Ada Rao, said that 14 more concerts would follow before the year ended.\n"
)


def test_the_text_goes_from_what_it_came_from_but_not_its_neighbours(chief):
    old, ferry, choir = glued(chief)
    text_gone(ferry, chief)
    left = everything()
    assert "harbour office" not in left
    assert "bicycle" not in left
    assert "treasurer" in left
    assert CHOIR.strip() in ArticleText.objects.get(pk=old.pk).text
    assert "█" not in ArticleText.objects.get(pk=choir.pk).text
    assert Article.objects.get(pk=choir.pk).unread == ""


def test_the_text_goes_from_what_came_of_it(chief):
    old, ferry, choir = glued(chief)
    text_gone(old, chief)
    assert "harbour office" not in everything()
    assert "treasurer" not in everything()
    states = Article.objects.values_list("visibility", "unread")
    assert set(states) == {("withdrawn", "redacted")}


def test_the_text_goes_from_earlier_and_later_versions(chief):
    first = make.article(PRIVATE)
    second = make.article(PRIVATE.replace("2030", "2031"))
    third = make.article(PRIVATE.replace("2030", "2032"))
    read()
    for one, other in ((first, second), (second, third)):
        versions = dict(Article.objects.values_list("pk", "version"))
        supersede(one, other, actor=chief, versions=versions)
    text_gone(second, chief)
    assert "harbour office" not in everything()


def test_a_record_of_json_lines_keeps_what_is_another_articles(chief):
    data = json.dumps({"text": PRIVATE + CHOIR, "byline": "By Zoë Plantedsen"}).encode()
    import_bytes(data, "two.jsonl", Options())
    read()
    file, old = SourceFile.objects.get(), Article.objects.get()
    first = old.body.text.index("The choir")
    owners = {one.start: "b" for one in stretches(file, 1) if one.start >= first}
    *_, made = resplit(file, 1, owners, actor=chief, versions={old.pk: old.version})
    text_gone(made[0], chief)
    assert "plantedsen" not in everything()
    assert "treasurer" in everything()


def test_an_article_that_changed_what_it_shares_is_not_removed(chief, monkeypatch):
    article = make.article()
    answers = iter([({article.pk: []}, {}), ({}, {})])
    monkeypatch.setattr("claims.redaction.texts.covered", lambda _: next(answers))
    with pytest.raises(gate.Refused, match="changed since"):
        redact_text(article, reason="order", actor=chief, version=article.version)


def test_words_that_editors_pointed_at_never_come_back(stored, chief):
    claim = Claim.objects.get(surface="3.74 million")
    start = stored.body.text.index("3.74 million passengers")
    marked = read_marked(stored, start, start + len("3.74 million passengers"))
    pointing.move_claim(claim, marked.place, {}, actor=chief, version=claim.version)
    text_gone(stored, chief)
    assert "passengers" not in everything()
    review.accept(Claim.objects.filter(pk=claim.pk), actor=chief)
    assert Claim.objects.get(pk=claim.pk).surface == "█.██ ███████ ██████████"
    assert faults() == []


def test_voices_known_from_elsewhere_keep_their_names(stored, chief):
    known = make.speaker("The harbour office", kind="organisation")
    role = Role.objects.create(
        speaker=Speaker.objects.filter(article=stored).first(), title="head", evidence="a letter"
    )
    named = Speaker.objects.get(article=stored, name="Zoë Plantedsen")
    Alias.objects.create(speaker=named, form="Zoë", name_key="")
    make.same(known, Speaker.objects.get(article=stored, kind="organisation"))
    text_gone(stored, chief)
    assert Speaker.objects.get(pk=known.pk).name == "The harbour office"
    assert not Speaker.objects.filter(article=stored, name__contains="Plantedsen").exists()
    assert not Alias.objects.exists()
    role.refresh_from_db()
    assert role.version in {1, 2}


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


def test_identities_are_locked_before_any_row_changes(chief, monkeypatch):
    make.speaker("Lena Ortiz")
    written = []
    monkeypatch.setattr(
        identity, "lock", lambda: written.append([one["sql"][:30] for one in context])
    )
    with CaptureQueriesContext(connection) as context:
        redact_name(["Lena Ortiz"], reason="order", actor=chief)
    assert not [sql for sql in written[0] if sql.startswith("UPDATE")]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_one_who_waits_for_him(monkeypatch):
    chief = make.editor("chief")
    speaker = make.speaker("Lena Ortiz")
    real, first, outcomes = identity.lock, threading.Event(), []

    def lock():
        real()
        first.set()
        time.sleep(1)

    def done(action):
        try:
            outcomes.append(action() is not None)
        finally:
            connection.close()

    monkeypatch.setattr(identity, "lock", lock)
    edit = threading.Thread(
        target=done,
        args=[lambda: records.edit(speaker, {"privacy": "private"}, actor=chief, version=1)],
    )
    edit.start()
    first.wait(20)
    done(lambda: redact_name(["Lena Ortiz"], reason="order", actor=chief))
    edit.join(60)
    assert outcomes == [True, True]
    speaker.refresh_from_db()
    assert (speaker.name, speaker.privacy, speaker.version) == ("████ █████", "private", 3)


@pytest.mark.parametrize("number", ["9" * 18, "9" * 30, "9" * 5000, "²", "x"])
def test_an_address_that_names_no_speaker_shows_an_empty_form(number, client, chief):
    client.force_login(chief)
    address = reverse("admin:claims_tombstone_name")
    assert client.get(f"{address}?speaker={number}").status_code == 200
