"""When one key may accept a figure and its voice together: the one rule that says so."""

from collections.abc import Sequence

from claims.models import Attribution, Claim

MARGIN = 0.8
"""The score from which on an attribution may be accepted without a second key."""

NAMED = frozenset({"name", "surname", "part of the name", "label", "author"})
"""How a voice was found where the lit words themselves name it; a pronoun does not."""


def is_certain(claim: Claim, chain: Sequence[int], voices: Sequence[Attribution]) -> bool:
    """Tell whether figure and voice of a claim may be accepted by one key.

    `chain` holds the ids of the claim's speakers and `voices` the attributions whose words are
    lit up, both nearest first. Each of these must name its speaker in lit words, be direct speech
    or stand in the claim's own sentence, and reach `MARGIN`; together they must be the chain.
    """
    if claim.voice != Claim.Voice.ATTRIBUTED or not chain or claim.machine.get("candidates"):
        return False
    if [voice.speaker_id for voice in voices] != list(chain):
        return False
    return all(_is_sure(claim, voice) for voice in voices)


def lit(voice: Attribution) -> list[list[int]]:
    """Return the spans of an attribution that are lit up as who speaks."""
    spans = list(voice.source)
    if voice.mention and voice.mention not in spans:
        spans.append(voice.mention)
    return spans


def _is_sure(claim: Claim, voice: Attribution) -> bool:
    return (
        voice.speaker_id is not None
        and not voice.gone
        and bool(voice.source)
        and voice.resolved_by in NAMED
        and voice.machine.get("stance", "asserted") == "asserted"
        and not voice.candidates
        and voice.score >= MARGIN
        and (voice.manner == Attribution.Manner.DIRECT or in_sentence(claim, voice))
    )


def in_sentence(claim: Claim, voice: Attribution) -> bool:
    """Tell whether source and cue stand in the claim's own sentence."""
    spans = [*voice.source, *voice.cue]
    return all(claim.sentence_start <= start and end <= claim.sentence_end for start, end in spans)
