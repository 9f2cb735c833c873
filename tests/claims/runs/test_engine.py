"""The engine over stored articles, and again with a newer version."""

import random
from dataclasses import replace

import pytest

from claims import verify
from claims.curation import articles, review
from claims.matching import Matched
from claims.models import Article, Claim, Reading, Run
from claims.runs import Counts, apply, read_article, run_engine, start_run, to_read
from corpus import extract
from corpus.findings import FindingsError
from corpus.tagging import best_tier
from tests.claims import make

pytestmark = pytest.mark.django_db

SENTENCES = (
    "The harbour office counted {n} passengers in 2030, Lena Ortiz said on Tuesday.\n"
    "The city spent €{n} million on 9 March 2031, and {m} percent of it on piers.\n"
    "At least {n} bicycles came within {m} days.\n"
)


@pytest.fixture
def engine(monkeypatch):
    """Let a test change the engine: its version, and what it makes of each finding."""

    def bump(version, change=lambda claim: claim):
        def newer(text, *given, **named):
            reading = real(text, *given, **named)
            kept = [change(claim) for claim in reading.claims]
            claims = tuple(claim for claim in kept if claim is not None)
            return replace(reading, engine=version, claims=claims)

        monkeypatch.setattr(extract, "ENGINE", version)
        monkeypatch.setattr(extract, "extract", newer)

    real = extract.extract
    return bump


def articles_given(number):
    return [
        make.article(SENTENCES.format(n=100 + n, m=2 + n), published="2031-05-08")
        for n in range(number)
    ]


def run(**given):
    return [step.counts for step in run_engine(Article.objects.all(), **given)]


def test_a_run_reads_articles_counts_and_ends():
    articles_given(2)
    total = sum(run(), Counts())
    row = Run.objects.get()
    assert (row.engine, row.tier, row.origin) == (extract.ENGINE, best_tier(), "engine")
    matched = {name: row.counts.pop(f"speakers_{name}") for name in Matched.__slots__}
    assert matched["compared"] >= 2
    assert row.counts == {"articles": 2, "new": total.new} | dict.fromkeys(
        ("same", "changed", "gone", "orphaned", "to_confirm", "fallbacks"), 0
    )
    assert total.new == Claim.objects.count() >= 12
    assert row.ended
    assert not list(verify.faults())


def test_a_stopped_run_is_resumed_where_it_stood():
    articles_given(3)
    first = start_run()
    steps = run_engine(Article.objects.all(), first)
    next(steps)
    steps.close()
    second = start_run()
    assert second == first
    left = to_read(second, Article.objects.all())
    assert left.count() == 2
    assert len(list(run_engine(left, second))) == 2
    first.refresh_from_db()
    assert (first.counts["articles"], first.ended is None) == (3, False)
    assert start_run() != first


def test_a_staged_reading_is_applied_and_not_made_again(monkeypatch):
    (article,) = articles_given(1)
    row = start_run()
    staged = read_article(row, article)
    monkeypatch.setattr(extract, "extract", None)
    assert read_article(row, article) == staged
    assert "readings not applied; run extract_claims (1)" in list(verify.notes())
    assert apply(staged).new == Claim.objects.count() > 0


def test_articles_are_read_once_by_a_version_unless_asked_again(engine):
    articles_given(2)
    run()
    assert not to_read(start_run(), Article.objects.all()).exists()
    assert to_read(start_run(), Article.objects.all(), again=True).count() == 2
    engine("99")
    assert to_read(start_run(), Article.objects.all()).count() == 2


def test_an_article_that_cannot_be_stored_is_noted_and_the_run_goes_on(monkeypatch):
    first, _ = articles_given(2)
    real = extract.extract

    def fragile(text, *given, **named):
        if text == first.body.text:
            raise FindingsError("claims[0].start: broken")
        return real(text, *given, **named)

    monkeypatch.setattr(extract, "extract", fragile)
    failed, fine = run_engine(Article.objects.all())
    assert (failed.article, failed.error) == (first, "claims[0].start: broken")
    assert fine.counts.new > 0
    (error,) = Run.objects.get().errors
    assert (error["article"], error["message"]) == (first.pk, "claims[0].start: broken")
    assert list(to_read(start_run(), Article.objects.all())) == [first]


def test_fifty_rulings_hold_when_a_newer_engine_reads_again(engine):
    """Accepted, corrected and rejected claims against an engine that changes nearly everything."""
    articles_given(12)
    run()
    chance, editor = random.Random(7), make.editor()
    claims = list(Claim.objects.order_by("pk"))
    ruled = chance.sample(claims, 50)
    accepted, corrected, rejected = ruled[:20], ruled[20:30], ruled[30:]
    pks = [[claim.pk for claim in group] for group in (accepted, corrected, rejected)]
    review.accept(Claim.objects.filter(pk__in=pks[0]), actor=editor, voice=True)
    for claim in corrected:
        review.correct(claim, {"concept": "corrected"}, actor=editor, version=claim.version)
    review.reject(Claim.objects.filter(pk__in=pks[2]), actor=editor)
    said = ("status", "voice_status", "value", "low", "edtf", "surface", "speaker", "concept")
    touched = [claim.pk for claim in ruled]

    def rows():
        return {row["id"]: row for row in Claim.objects.values("id", "uid", *said)}

    before = rows()
    lost = []

    def change(claim):
        luck = chance.random()
        if luck < 0.2:
            lost.append(claim)
            return None
        if luck < 0.6 and claim.value:
            return replace(claim, value=str(int(float(claim.value)) + 1), concept="other")
        return replace(claim, concept=None, voice="own", attribution=None, speaker=None, chain=(),
                       voices=())  # fmt: skip

    engine("99", change)
    total = sum(run(), Counts())
    after = rows()
    assert [pk for pk in touched if after[pk] != before[pk]] == []
    assert not Claim.objects.queue().filter(pk__in=pks[2]).exists()
    assert set(after) == set(before)
    missing = Claim.objects.filter(missing=True)
    assert missing.count() == len(lost) == total.gone + total.orphaned
    assert {claim.orphaned for claim in missing.filter(pk__in=touched)} == {True}
    assert {claim.gone for claim in missing.exclude(pk__in=touched)} == {True}
    assert not list(verify.faults())
    engine("100")
    run()
    assert not Claim.objects.filter(missing=True).exists()
    again = rows()
    assert [pk for pk in touched if again[pk] != before[pk]] == []


def test_a_date_that_was_given_is_the_engines_to_use():
    (article,) = articles_given(1)
    run()
    tuesday = Claim.objects.get(surface__contains="Tuesday")
    assert (tuesday.edtf, tuesday.unresolved) == ("2031-05-06", "")
    article.refresh_from_db()
    assert article.published_basis == "given"


def test_a_date_that_an_editor_took_away_does_not_come_back():
    (article,) = articles_given(1)
    run()
    article.refresh_from_db()
    articles.correct(article, {"published": ""}, actor=make.editor(), version=article.version)
    assert not Claim.objects.get(surface__contains="Tuesday").edtf
    run()
    assert not Claim.objects.get(surface__contains="Tuesday").edtf
    article.refresh_from_db()
    assert article.published == ""


def test_an_empty_run_ends_at_once():
    assert run() == []
    assert Run.objects.get().ended
    assert not Reading.objects.exists()
