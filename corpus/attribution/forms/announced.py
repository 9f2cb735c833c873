"""Figures and points that somebody announces: "N presented some figures: ...", "four proposals"."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.attribution.drafts import Draft
from corpus.attribution.page import Sentence
from corpus.attribution.phrases import phrase_before
from corpus.lexicon import load

GIVEN, GIVERS = frozenset(load("cues")["given"]), frozenset(load("cues")["givers"])
NEAR, FAR = 5, 28
"""Numbers of tokens after the verb within which the noun, and the colon, stand."""


def find(here: Sentence) -> Iterator[Draft]:
    """Yield whoever presents figures; what follows the sentence is theirs as well."""
    for at in here.where(GIVERS, 1):
        if not here.free(at):
            continue
        noun = next((n for n in range(at + 1, at + 1 + NEAR) if here.lower(n) in GIVEN), None)
        subject = phrase_before(here, at)
        if noun is None or subject is None or here.lower(noun - 1) in ("the", "these", "those"):
            continue
        colon = _colon(here, noun)
        rest = None if colon is None else here.stretch(colon, len(here.words))
        if colon is None and _closed(here, noun):
            continue
        cue, source = here.stretch(at, noun + 1), here.stretch(*subject)
        yield Draft(source, cue, [rest] if rest else [], gives=True)


def _colon(here: Sentence, noun: int) -> int | None:
    for at in range(noun + 1, min(noun + FAR, len(here.words))):
        if here.lower(at) == ":":
            return at
        if here.lower(at) == ",":
            return None
    return None


def _closed(here: Sentence, noun: int) -> bool:
    """Tell whether what is given is told in the sentence itself: "details of", "data showing"."""
    return here.lower(noun + 1) not in (".", "at", "in", "on", "to", "during")
