"""Attributions in the training set's form, and what every reader of them offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.spans import Span


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


class Tagger(Protocol):
    """A reader of attributions; `tier` names it in each run and each attribution."""

    tier: str

    def tag(self, text: str, paragraphs: Sequence[Span]) -> list[Tagged]:
        """Return the attributions in `paragraphs` of `text`, in the order of their cues."""
