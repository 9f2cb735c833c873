"""Words that editors mark: claims the engine missed, claims that move, voices; all undone."""

import pytest

from claims import gate, verify
from claims.curation import pointing, review, undo
from claims.history import Stale
from claims.models import Attribution, Change, Claim, Run
from claims.runs.pointing import marking_run, read_marked, trimmed
from tests.claims import make
from tests.claims.runs.test_apply import on, read

pytestmark = pytest.mark.django_db

TEXT = (
    "Ferry counts rise at Saltmere 🛳\n\n"
    "The office counted 3.74 million passengers in 2030, Lena Ortiz said.\n"
    "At least 1,200 of them had a bicycle, and Unit 44 carried them.\n"
)


def marked(article, words, nth=0):
    return read_marked(article, *make.span_of(article.body.text, words, nth=nth))


def fields_of(marked, **edits):
    """Return what a form says that shows the engine's reading, with some fields edited."""
    names = ("kind", "value", "low", "high", "comparator", "vague", "unit", "per", "concept")
    read_there = {name: marked.finding[name] or "" for name in names}
    return read_there | {"vague": bool(marked.finding["vague"])} | edits


def add(article, words, **edits):
    found = marked(article, words)
    claim, _ = pointing.mark_claim(
        article, found, fields_of(found, **edits), run=marking_run(), actor=make.editor()
    )
    claim.refresh_from_db()
    return claim


def last_batch():
    return Change.objects.order_by("-pk").first().batch


def clean():
    """Tell whether nothing is wrong; the builders of tests do not count an article's claims."""
    return not [fault for fault in verify.faults() if "claim_count" not in fault.message]


# What the engine reads there

READ = [
    ("3.74 million", {"value": "3740000", "kind": "count"}, True),
    ("3.74 million passengers in", {"value": "3740000", "kind": "count"}, True),
    ("At least 1,200 of them", {"low": None, "value": "1200", "comparator": ">="}, True),
    ("2030", {"kind": "date", "edtf": "2030"}, True),
    ("44", {"kind": "count", "value": "44"}, True),
    ("a bicycle", {"kind": "count", "value": None, "rule": ""}, False),
    ("carried them", {"value": None, "low": None, "edtf": None}, False),
]


@pytest.mark.parametrize(("words", "expected", "found"), READ)
def test_the_engine_reads_the_words_that_are_marked(words, expected, found):
    article = make.article(TEXT)
    seen = marked(article, words)
    assert {name: seen.finding[name] for name in expected} == expected
    assert bool(seen.finding["rule"]) == found
    assert (seen.place.surface, seen.finding["surface"]) == (words, words)
    assert TEXT[seen.place.start : seen.place.end] == words


def test_blanks_at_the_ends_of_a_selection_are_left_out():
    start, end = make.span_of(TEXT, " 3.74 million ")
    assert trimmed(TEXT, start, end).cut(TEXT) == "3.74 million"


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (-1, 4), (0, 10_000), (31, 33)])
def test_what_marks_no_words_is_refused(start, end):
    with pytest.raises(gate.Refused, match="marks no words"):
        read_marked(make.article(TEXT), start, end)


def test_too_many_words_are_no_claim():
    article = make.article("One " + "very " * 100 + "long line.\n")
    with pytest.raises(gate.Refused, match="at most 400"):
        read_marked(article, 0, 450)


def test_a_marked_claim_has_the_stored_voice_of_its_place():
    article = make.article(TEXT)
    said = make.attribution(article, make.speaker())
    assert marked(article, "3.74 million").chain == [said.pk]
    assert marked(article, "44").chain == []


def test_a_figure_that_the_engine_gives_to_the_article_has_no_voice():
    article = make.article(TEXT)
    said = make.attribution(article, make.speaker())
    start, end = make.sentence_around(TEXT, *make.span_of(TEXT, "a bicycle"))
    Attribution.objects.filter(pk=said.pk).update(content=[[start, end]])
    own = marked(article, "1,200")
    assert (own.chain, own.finding["voice"]) == ([], "own")
    unread = marked(article, "a bicycle")
    assert (unread.chain, unread.finding["voice"]) == ([said.pk], "attributed")


# Claims that were missed


def test_a_missed_claim_is_accepted_with_the_engines_reading_beside_it():
    article = make.article(TEXT)
    claim = add(article, "3.74 million")
    assert (claim.value, claim.status, claim.surface) == ("3740000", "accepted", "3.74 million")
    assert set(claim.rulings.values_list("field", flat=True)) == {"made", "span", "status"}
    assert claim.first_run.origin == Run.Origin.EDITOR
    article.refresh_from_db()
    assert article.claim_count == 1
    assert clean()


def test_an_editor_overrules_field_by_field():
    claim = add(make.article(TEXT), "3.74 million", value="3700000", concept="riders")
    assert (claim.value, claim.concept, claim.machine["value"]) == ("3700000", "riders", "3740000")
    fields = set(claim.rulings.values_list("field", flat=True))
    assert fields == {"made", "span", "status", "value", "concept"}


def test_words_that_are_a_claim_already_are_refused():
    article = make.article(TEXT)
    claim = make.claim(article)
    with pytest.raises(gate.Refused, match="is a claim already: count, proposed"):
        add(article, "3.74 million")
    review.reject(Claim.objects.filter(pk=claim.pk), actor=make.editor())
    with pytest.raises(gate.Refused, match="rejected"):
        add(article, "3.74 million")
    assert Claim.objects.count() == 1


SENSELESS = [
    {"value": "many"},
    {"value": "3", "low": "2"},
    {"kind": "wish"},
    {"low": "5", "high": "4", "value": ""},
]


@pytest.mark.parametrize("edits", SENSELESS)
def test_a_senseless_claim_is_not_stored(edits):
    with pytest.raises(gate.Refused):
        add(make.article(TEXT), "3.74 million", **edits)


def test_a_claim_that_an_editor_made_is_never_gone_because_an_engine_misses_it():
    article = make.article(TEXT)
    claim = add(article, "a bicycle", value="1200")
    for engine in ("1.0", "1.1", "1.2"):
        read(article, engine=engine)
        claim.refresh_from_db()
        assert (claim.gone, claim.orphaned, claim.status) == (False, False, "accepted")
    assert Claim.objects.current().get() == claim
    assert clean()


def test_an_engine_that_finds_it_later_finds_the_same_claim():
    article = make.article(TEXT)
    claim = add(article, "3.74 million")
    finding = make.finding_on(TEXT, "3.74 million", concept="riders")
    read(article, finding)
    claim.refresh_from_db()
    assert Claim.objects.count() == 1
    assert (claim.concept, claim.to_confirm, claim.missing) == ("passengers", True, False)


def test_a_claim_the_engine_had_lost_comes_back_when_an_editor_marks_it():
    article = make.article(TEXT)
    read(article, make.finding_on(TEXT, "3.74 million"))
    lost = Claim.objects.get()
    read(article, engine="1.1")
    lost.refresh_from_db()
    assert lost.gone
    assert add(article, "3.74 million") == lost
    assert Claim.objects.current().count() == 1
    undo.undo(last_batch(), actor=make.editor())
    lost.refresh_from_db()
    assert lost.gone
    assert clean()


def test_marking_a_claim_is_undone_and_done_again():
    article = make.article(TEXT)
    claim = add(article, "3.74 million", value="3700000")
    undo.undo(last_batch(), actor=make.editor())
    claim.refresh_from_db()
    article.refresh_from_db()
    assert (claim.gone, article.claim_count) == (True, 0)
    undo.undo(last_batch(), actor=make.editor())
    claim.refresh_from_db()
    assert (claim.gone, claim.value, claim.status) == (False, "3700000", "accepted")
    assert clean()


# Claims that move


def move(claim, words, *, version=None, **edits):
    found = marked(claim.article, words)
    return pointing.move_claim(
        claim,
        found.place,
        fields_of(found, **edits),
        actor=make.editor(),
        version=version or claim.version,
    )


def test_a_claim_moves_to_the_words_marked_and_says_what_they_say():
    claim = make.claim(make.article(TEXT), "1,200", value="1200")
    move(claim, "3.74 million passengers")
    claim.refresh_from_db()
    assert (claim.surface, claim.value) == ("3.74 million passengers", "3740000")
    assert claim.passage.startswith("The office counted")
    assert claim.machine["surface"] == "1,200"
    assert clean()


def test_a_moved_claim_stays_where_it_is_whatever_is_read_later():
    article = make.article(make.TEXT)
    read(article, on("3.74 million"))
    claim = Claim.objects.get()
    move(claim, "3.74 million passengers")
    for engine, finding in (("1.1", on("3.74 million")), ("1.2", on("3.74 million passengers"))):
        read(article, finding, engine=engine)
        claim.refresh_from_db()
        assert Claim.objects.count() == 1
        assert (claim.surface, claim.to_confirm) == ("3.74 million passengers", False)
    assert clean()


def test_an_engine_that_finds_both_places_of_a_moved_claim_proposes_the_one_it_left():
    article = make.article(make.TEXT)
    read(article, on("1,200", value="1200"))
    moved = Claim.objects.get()
    move(moved, "3.74 million")
    for engine in ("1.1", "1.2"):
        read(article, on("3.74 million"), on("1,200", value="1200"), engine=engine)
        moved.refresh_from_db()
        other = Claim.objects.exclude(pk=moved.pk).get()
        assert (moved.surface, moved.missing) == ("3.74 million", False)
        assert (other.surface, other.status) == ("1,200", "proposed")
    read(article, on("1,200", value="1200"), engine="1.3")
    moved.refresh_from_db()
    assert (moved.surface, moved.missing) == ("3.74 million", False)
    assert clean()


def test_a_claim_moves_onto_words_where_the_engine_lost_another():
    article = make.article(make.TEXT)
    read(article, on("3.74 million"), on("1,200", value="1200"))
    read(article, on("1,200", value="1200"), engine="1.1")
    moved = Claim.objects.current().get()
    move(moved, "3.74 million")
    read(article, on("3.74 million"), engine="1.2")
    assert Claim.objects.current().get() == moved
    assert clean()


def test_words_that_a_claim_has_left_can_be_marked():
    article = make.article(make.TEXT)
    read(article, on("3.74 million"))
    left = Claim.objects.get()
    move(left, "1,200")
    claim = add(article, "3.74 million")
    assert Claim.objects.current().count() == 2
    read(article, on("3.74 million"), engine="1.1")
    for row, surface in ((left, "1,200"), (claim, "3.74 million")):
        row.refresh_from_db()
        assert (row.surface, row.gone, row.orphaned and row == claim) == (surface, False, False)
    assert Claim.objects.count() == 2
    assert clean()


def test_a_move_is_undone():
    claim = make.claim(make.article(TEXT), "1,200", value="1200")
    move(claim, "3.74 million")
    undo.undo(last_batch(), actor=make.editor())
    claim.refresh_from_db()
    assert (claim.surface, claim.value) == ("1,200", "1200")
    assert clean()


def test_a_stale_move_tells_both_places():
    claim = make.claim(make.article(TEXT), "1,200", value="1200")
    with pytest.raises(Stale) as stale:
        move(claim, "3.74 million", version=claim.version + 1)
    assert stale.value.fields["surface"] == ("3.74 million", "1,200")
    assert stale.value.fields["value"] == ("3740000", "1200")


def test_a_claim_does_not_move_onto_another():
    article = make.article(TEXT)
    make.claim(article)
    with pytest.raises(gate.Refused, match="already"):
        move(make.claim(article, "1,200"), "3.74 million")


def test_a_place_is_checked_against_the_text():
    claim = make.claim(make.article(TEXT))
    for place, why in (
        (pointing.Place(0, 3, "Ham", [0, 10], "k"), "stands at"),
        (pointing.Place(0, 401, "x" * 401, [0, 401], "k"), "at most 400"),
    ):
        with pytest.raises(gate.Refused, match=why):
            pointing.move_claim(claim, place, {}, actor=make.editor(), version=claim.version)
