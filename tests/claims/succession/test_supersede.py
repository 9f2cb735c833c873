"""A later version of an article takes its place; rulings go with words that stand in both."""

import pytest

from claims import gate, verify
from claims.curation import articles, evidence, review, undo
from claims.history import Stale
from claims.models import (
    Article,
    Byline,
    Claim,
    IdentityJudgement,
    Note,
    Speaker,
    Succession,
)
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


def named(*, by):
    """Let an editor have a name in public."""
    Byline.objects.get_or_create(user=by, defaults={"name": by.username})
    return by


def test_undo_puts_the_new_version_back_as_it_was(versions):
    old, new = versions
    editor = named(by=make.editor())
    note = Note(claim=claim(old, "1,200"), text="Counted twice.")
    evidence.add(note, actor=editor)
    said = claim(old, "1,200").attribution
    review.set_speaker_of_attribution(
        said, make.speaker("Somebody Else"), actor=editor, version=said.version
    )
    before = [(one.surface, one.speaker) for one in new.claims.order_by("start")]
    outcome, _ = replace(old, new)
    assert claim(new, "1,200").note_rows.get().text == "Counted twice."
    undo.undo(outcome.batch, actor=editor)
    assert [(one.surface, one.speaker) for one in new.claims.order_by("start")] == before
    assert not claim(new, "1,200").note_rows.current().exists()
    assert list(verify.faults()) == []
    replace(old, new)
    assert claim(new, "1,200").note_rows.current().count() == 1
    assert str(claim(new, "1,200").speaker) == "Somebody Else"
    assert list(verify.faults()) == []


def test_what_people_ruled_on_the_article_is_put_into_its_columns(versions):
    old, new = versions
    given = {"byline": "By Ada Rao", "published": "2031-03-13", "url": "https://a.example/1"}
    articles.correct(old, given, actor=make.editor(), version=old.version)
    outcome, _ = replace(old, new)
    new.refresh_from_db()
    assert (new.byline, new.published, new.url) == tuple(given.values())
    assert list(verify.faults()) == []
    undo.undo(outcome.batch, actor=make.editor())
    new.refresh_from_db()
    assert (new.byline, new.published, new.url) == ("", "", "")
    assert list(verify.faults()) == []


def test_people_ruled_not_to_be_the_same_are_never_joined(versions):
    old, new = versions
    IdentityJudgement.objects.all().delete()
    Speaker.objects.update(canonical=None)
    mine = Speaker.objects.get(article=old, name="Lena Ortiz")
    theirs = Speaker.objects.get(article=new, name="Lena Ortiz")
    other = make.speaker("Lena M. Ortiz")
    make.same(mine, other)
    make.same(theirs, other, verdict="different")
    replace(old, new)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert mine.head != theirs.head
    assert list(verify.faults()) == []


def test_only_who_may_withdraw_lets_a_public_article_go(versions):
    old, new = versions
    Article.objects.filter(pk=new.pk).update(visibility="draft")
    seen = dict(Article.objects.values_list("pk", "version"))
    with pytest.raises(gate.Refused, match="only chief editors withdraw"):
        supersede(old, new, actor=make.member("editor", "plain"), versions=seen)
    supersede(old, new, actor=make.member("chief editor", "chief"), versions=seen)
