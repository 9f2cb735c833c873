"""The engine against rulings: what counts as right, wrong, missed, and what does not count."""

import pytest

from claims.curation import review
from claims.models import Claim, Reading
from claims.runs import apply, compare_readings, read_article, score_rulings, start_run
from tests.claims import make

pytestmark = pytest.mark.django_db

TEXT = "Some 40 boats sank in 2019. It rained for two hours, and 84 of the 140 crews stayed."


@pytest.fixture
def article():
    """An article that the engine has read."""
    made = make.article(TEXT)
    apply(read_article(start_run(), made))
    return made


def claims(words):
    return Claim.objects.filter(surface=words)


def counted(kind):
    """Return how many of a kind are ruled right, found and right."""
    tally = score_rulings().kinds[kind]
    return tally.gold, tally.found, tally.right


def test_what_nobody_ruled_on_does_not_count(article):
    assert Claim.objects.count() > 3
    total = score_rulings().total
    assert (total.gold, total.found) == (0, 0)


def test_an_accepted_claim_that_is_found_is_right(article):
    review.accept(claims("40"), actor=make.editor())
    assert counted("count") == (1, 1, 1)


def test_a_rejected_claim_that_is_found_again_is_wrong(article):
    review.reject(claims("40"), actor=make.editor())
    assert counted("count") == (0, 1, 0)


def test_a_rejected_claim_that_is_found_no_more_does_not_count(article):
    make.claim(article, "crews", kind="count", value="7", status=Claim.Status.REJECTED)
    assert counted("count") == (0, 0, 0)


def test_a_claim_that_an_editor_added_is_missed(article):
    make.accepted(article, "boats", kind="count", value="1")
    result = score_rulings()
    assert counted("count") == (1, 0, 0)
    assert result.errors == [f"{article.uid}: missed 'boats'"]


def test_a_corrected_value_counts_though_nobody_accepted_it_yet(article):
    claim = claims("40").get()
    review.correct(claim, {"value": "41"}, actor=make.editor(), version=claim.version)
    assert counted("count") == (1, 1, 0)


def test_a_corrected_concept_alone_is_no_ruling_on_the_figure(article):
    claim = claims("40").get()
    review.correct(claim, {"concept": "ferries"}, actor=make.editor(), version=claim.version)
    assert counted("count") == (0, 0, 0)


def test_the_counts_inside_an_accepted_share_are_not_wrong(article):
    review.accept(Claim.objects.filter(kind="share"), actor=make.editor())
    assert counted("share") == (1, 1, 1)
    assert counted("count") == (0, 0, 0)


def test_a_finding_on_most_of_the_words_of_a_missed_claim_is_wrong(article):
    make.accepted(article, "rained for two hours", kind="duration", value="3", unit="hour")
    make.accepted(article, "two hours,", kind="duration", value="3", unit="hour")
    assert counted("duration") == (2, 1, 0)


def test_an_engine_that_reads_as_before_gains_and_loses_nothing(article):
    make.article("Nobody has read this text of 5 lines.")
    assert compare_readings() == ([], [])


def test_what_the_latest_reading_lacks_is_gained_and_what_it_has_alone_is_lost(article):
    reading = Reading.objects.get()
    first, *others = reading.data["claims"]
    reading.data["claims"] = [first | {"value": "41"}, *others]
    reading.save()
    gained, lost = compare_readings()
    assert [one.says for one in gained] == ["'40' ~ 40 boat 2019 (own)"]
    assert [one.says for one in lost] == ["'40' ~ 41 boat 2019 (own)"]
    assert gained[0].within == "Some 40 boats sank in 2019."
