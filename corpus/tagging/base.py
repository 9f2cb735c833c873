"""Attributions in the training set's form, and what every reader of them offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from corpus.spans import Span

Paragraphs = Sequence[Span | None]
"""All paragraphs of an article in order; None stands in the place of one that is not read."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """One cue with the words it gives and the one it gives them to.

    `source` is empty where the text names none; each part may stand in several stretches, in the
    order of the text. `score` is between 0 and 1.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Fallback:
    """A stretch of the text that was read with less care than asked for, and why.

    `reason` is "long article" where the tier below read the stretch, or "many cues" where only
    the likeliest cues in it were read.
    """

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What readers found in an article, in the order of the cues; `tier` names the best of them.

    `others` names the tiers of the paragraphs, by number, that another one read, if only in part.
    """

    tagged: Sequence[Tagged]
    fallbacks: Sequence[Fallback]
    tier: str
    others: Mapping[int, str] = field(default_factory=dict)

    def tier_of(self, paragraph: int) -> str:
        """Return the name of the tier that read a paragraph."""
        return self.others.get(paragraph, self.tier)


class Tagger(Protocol):
    """A reader of attributions; `tier` names it in each run and each attribution."""

    @property
    def tier(self) -> str:
        """The name of the tier, "main" or "light"."""

    def read(self, text: str, paragraphs: Paragraphs) -> Heard:
        """Return the attributions in `paragraphs` of `text`, and where a bound was hit."""
