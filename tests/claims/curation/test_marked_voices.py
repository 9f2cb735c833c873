"""Voices that editors mark by pointing at words: they hold, and they are undone."""

import pytest

from claims import gate
from claims.curation import pointing, undo
from claims.history import Stale
from claims.models import Attribution, Claim
from claims.runs.pointing import marking_run
from tests.claims import make
from tests.claims.curation.test_pointing import TEXT, clean, last_batch
from tests.claims.runs.test_apply import on, read

pytestmark = pytest.mark.django_db


def mark_voice(claim, speaker, *, version=None, manner="indirect", **words):
    text = claim.article.body.text
    return pointing.mark_voice(
        claim,
        speaker,
        {name: make.span_of(text, said) for name, said in words.items()},
        manner=manner,
        run=marking_run(),
        actor=make.editor(),
        version=claim.version if version is None else version,
    )


def test_marked_words_give_a_claim_its_voice():
    claim = make.claim(make.article(TEXT))
    lena = make.speaker()
    mark_voice(claim, lena, source="Lena Ortiz", cue="said")
    claim.refresh_from_db()
    said = Attribution.objects.get()
    assert (claim.voice, claim.speaker, claim.voice_status) == ("attributed", lena, "confirmed")
    assert claim.attribution == said
    assert (said.tier, said.gone, said.machine) == ("editor", False, {})
    assert said.source == [make.span_of(TEXT, "Lena Ortiz")]
    assert clean()


def test_a_marked_voice_takes_the_place_of_the_nearest_only():
    article = make.article(make.TEXT)
    lena = make.attribution(article, make.speaker())
    office = make.attribution(article, make.speaker("harbour office", kind="organisation"))
    claim = make.claim(article, voices=[lena, office])
    mark_voice(claim, make.speaker("Tom Brandt"), cue="said")
    names = claim.voices.order_by("position").values_list("speaker__name", flat=True)
    assert list(names) == ["Tom Brandt", "harbour office"]


def test_no_later_reading_touches_a_voice_that_an_editor_marked():
    article = make.article(make.TEXT)
    read(article, on("3.74 million"))
    claim = Claim.objects.get()
    mark_voice(claim, make.speaker("Tom Brandt"), source="Lena Ortiz", cue="said")
    told = make.attribution_on(make.TEXT, "Lena Ortiz")
    voiced = on("3.74 million", voice="attributed", attribution=0, voices=[0], chain=["Lena Ortiz"])
    read(article, voiced | {"speaker": "Lena Ortiz"}, attributions=[told], engine="1.1")
    claim.refresh_from_db()
    assert claim.speaker.name == "Tom Brandt"
    assert claim.attribution.tier == "editor"
    assert not claim.attribution.gone
    assert clean()


def test_a_marked_voice_is_undone():
    claim = make.claim(make.article(TEXT))
    mark_voice(claim, make.speaker(), source="Lena Ortiz")
    undo.undo(last_batch(), actor=make.editor())
    claim.refresh_from_db()
    assert (claim.voice, claim.attribution, claim.voice_status) == ("own", None, "unreviewed")
    assert Attribution.objects.get().gone
    assert clean()


def test_a_voice_marked_anew_lets_the_first_marking_go_until_undone():
    claim = make.claim(make.article(TEXT))
    mark_voice(claim, make.speaker(), source="Lena Ortiz")
    claim.refresh_from_db()
    mark_voice(claim, make.speaker(), source="Lena Ortiz", cue="said")
    first, second = Attribution.objects.order_by("pk")
    assert (first.gone, second.gone) == (True, False)
    undo.undo(last_batch(), actor=make.editor())
    claim.refresh_from_db()
    assert claim.attribution == first
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.gone, second.gone) == (False, True)
    assert clean()


def test_a_voice_needs_words_a_manner_and_a_claim_as_it_was_shown():
    claim = make.claim(make.article(TEXT))
    with pytest.raises(gate.Refused, match="mark who speaks"):
        mark_voice(claim, make.speaker())
    with pytest.raises(gate.Refused, match="manner"):
        mark_voice(claim, make.speaker(), manner="sung", cue="said")
    with pytest.raises(Stale):
        mark_voice(claim, make.speaker(), version=0, cue="said")
    other = make.speaker("a clerk", kind="role", article=make.article("Another.\n"))
    with pytest.raises(gate.Refused, match="known to this article"):
        mark_voice(claim, other, cue="said")
    assert not Attribution.objects.exists()
