"""A name is nowhere any more, however it was spelled; everything else stands and verifies."""

import threading
import time
import unicodedata

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import gate, identity, search
from claims.curation import evidence as stated
from claims.curation import records, review
from claims.ingest import Options, import_bytes
from claims.models import (
    Alias,
    Article,
    ArticleText,
    Change,
    Claim,
    Evidence,
    Outlet,
    Reading,
    SavedQueue,
    Speaker,
    Tombstone,
)
from claims.redaction import preview_name, redact_name
from claims.redaction.black import all_black, blackener, pattern_of
from claims.runs import run_engine
from tests.claims import make
from tests.claims.redaction.removals import PRIVATE, everything, faults, name_gone, read

pytestmark = pytest.mark.django_db


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
