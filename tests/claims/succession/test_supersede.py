"""A later version of an article takes its place; rulings go with words that stand in both."""

import pytest

from claims import gate, verify
from claims.curation import review, undo
from claims.history import Stale
from claims.models import Article, Claim, Succession
from claims.runs import run_engine
from claims.succession import supersede
from claims.succession.places import alike
from corpus.spans import Span
from tests.claims import make

pytestmark = pytest.mark.django_db

FIRST = (
    "Ferry counts rise at Saltmere\n\n"
    "The harbour office counted 3.74 million passengers in 2030, Lena Ortiz said on Tuesday.\n"
    "At least 1,200 of them travelled with a bicycle, she said.\n"
    "The city spent 412 million euros on 9 March 2031.\n"
)
LATER = (
    "Ferry counts rise at Saltmere\n\n"
    "Correction: an earlier version named another sum.\n"
    "The harbour office of the city counted 3.74 million passengers in 2030, Lena Ortiz said.\n"
    "At least 1,200 of them travelled with a bicycle, she said.\n"
    "The city spent 214 million euros on 9 March 2031.\n"
)


@pytest.fixture
def versions():
    """Return an article and a later version of it, both read."""
    old, new = make.article(FIRST), make.article(LATER)
    assert not [step for step in run_engine(Article.objects.all()) if step.error]
    return old, new


def claim(article, surface):
    return Claim.objects.get(article=article, surface=surface)


def replace(old, new):
    seen = dict(Article.objects.values_list("pk", "version"))
    return supersede(old, new, actor=make.editor(), versions=seen)


def test_rulings_go_to_the_same_words_and_what_found_no_place_is_told(versions):
    old, new = versions
    for words in ("3.74 million", "1,200", "412 million euros"):
        review.accept(Claim.objects.filter(pk=claim(old, words).pk), actor=make.editor())
    _, carried = replace(old, new)
    assert [one.surface for one in carried.left] == ["412 million euros"]
    assert carried.ruled == 2
    assert {claim(new, words).status for words in ("3.74 million", "1,200")} == {"accepted"}
    assert claim(new, "214 million euros").status == "proposed"
    assert claim(old, "1,200").successor == claim(new, "1,200")
    assert not Claim.objects.current().filter(article=old).exists()
    assert list(verify.faults()) == []


def test_a_later_ruling_on_the_new_version_stays(versions):
    old, new = versions
    review.correct(claim(old, "1,200"), {"value": "1"}, actor=make.editor(), version=1)
    review.correct(claim(new, "1,200"), {"value": "2"}, actor=make.editor(), version=1)
    replace(old, new)
    assert claim(new, "1,200").value == "2"


def test_an_unread_version_gets_the_claims_with_their_rulings():
    old = make.article(FIRST)
    list(run_engine(Article.objects.all()))
    new = make.article(LATER)
    review.accept(Claim.objects.filter(surface="1,200"), actor=make.editor(), voice=True)
    replace(old, new)
    assert claim(new, "1,200").speaker.name == "Lena Ortiz"
    list(run_engine(Article.objects.filter(pk=new.pk)))
    assert claim(new, "1,200").voice_status == "confirmed"
    assert claim(new, "214 million euros").status == "proposed"
    assert list(verify.faults()) == []


def test_undo_brings_the_earlier_version_back(versions):
    old, new = versions
    review.accept(Claim.objects.filter(pk=claim(old, "1,200").pk), actor=make.editor())
    outcome, _ = replace(old, new)
    undo.undo(outcome.batch, actor=make.editor())
    assert claim(old, "1,200").status == "accepted"
    assert claim(new, "1,200").status == "proposed"
    assert Claim.objects.current().filter(article=old).exists()
    assert list(verify.faults()) == []


def test_what_makes_no_sense_is_refused(versions):
    old, new = versions
    with pytest.raises(gate.Refused, match="its own place"):
        replace(old, old)
    with pytest.raises(Stale):
        supersede(old, new, actor=make.editor(), versions={old.pk: 99})
    replace(old, new)
    with pytest.raises(gate.Refused, match="was superseded by another"):
        replace(old, new)
    assert Succession.objects.count() == 1


@pytest.mark.parametrize(
    ("old", "new", "words", "there"),
    [
        ("One. Two boats. Three.", "Zero. One. Two boats. Three.", "Two", 11),
        ("Two grey boats came.", "Two old grey boats came.", "grey boats", 8),
        ("Two grey boats came.", "Two grey old boats came.", "grey boats", None),
        ("Two boats came.", "Nothing of this.", "Two", None),
        ("", "Words.", "", None),
        ("A boat. A boat. 5 boats.", "A boat. 5 boats.", "5", 8),
        ("𝟚 x 12 boats.", "𝟚𝟚 y 12 boats.", "12", 5),
    ],
)
def test_where_words_of_one_text_stand_in_another(old, new, words, there):
    at = old.index(words)
    span = Span(at, at + len(words)) if words else Span(0, 1)
    moved = alike(old, new)(span)
    assert (moved.start if moved else None) == there
    assert moved is None or moved.cut(new) == words
