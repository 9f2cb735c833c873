"""The builders make rows that fit together."""

import pytest

from claims.models import Claim
from tests.claims import make

pytestmark = pytest.mark.django_db


def test_a_claim_marks_the_words_that_stand_in_its_article():
    claim = make.claim(make.article(), "€412 million", kind="money", value="412000000", unit="EUR")
    assert claim.article.body.text[claim.start : claim.end] == "€412 million"
    assert (claim.value, claim.number_low, claim.unit) == ("412000000", 412e6, "EUR")
    assert (claim.status, claim.voice, claim.is_public) == ("proposed", "own", False)


def test_a_claim_with_voices_has_a_chain():
    article = make.article()
    told = make.attribution(article, make.speaker("Lena Ortiz"))
    office = make.attribution(article, make.speaker("the harbour office", kind="organisation"))
    claim = make.claim(article, voices=[told, office])
    assert (claim.voice, claim.speaker.name, claim.ultimate.name) == (
        "attributed",
        "Lena Ortiz",
        "the harbour office",
    )
    assert [voice.position for voice in claim.voices.all()] == [0, 1]


def test_an_accepted_claim_of_a_public_article_is_public():
    assert make.accepted(make.article(published="2031-05-08")) in Claim.objects.public()
    assert make.accepted(make.article("In all 7 ships\n", visibility="draft"), "7 ships") not in (
        Claim.objects.public()
    )


def test_an_editor_has_every_right_and_a_user_none():
    assert make.editor().has_perm("claims.change_claim")
    assert not make.user().has_perm("claims.view_claim")
