"""The light reader of attributions: cues by their words, then source and content for each cue.

It needs numpy and its tables, no parser and no transformer; `corpus/weights/light.md` says what
the tables were trained on and how well they read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO

import numpy as np

from corpus.spans import Span
from corpus.tagging.arrays import Floats, Ints
from corpus.tagging.base import Fallback, Heard, Paragraphs, Tagged
from corpus.tagging.crf import best_labels
from corpus.tagging.features import Tokens, Vocabulary, tokens
from corpus.tagging.frames import Frame, frames
from corpus.tagging.network import (
    Pairs,
    Tables,
    cue_chances,
    encoded,
    label_scores,
)
from corpus.tagging.trust import trusted

# A token this likely is read as the head of a cue; an attribution is kept with this score, which
# is the probability that content and source are right, learnt from the cue's probability, the mean
# ones of content and source, and whether there is a source.
LEAST_CUE, LEAST_SCORE = 0.25, 0.36
# Bounds: cues in a passage (the likeliest are read), tokens read at a time, and tokens that are
# read again for the cues among them; news has a third of these.
MOST_CUES = 8
AT_A_TIME = 2048
MOST_AGAIN = 8192


@dataclass(frozen=True, slots=True)
class LexicalTagger:
    """A reader of attributions from weight tables."""

    vocabulary: Vocabulary
    tables: Tables
    tier: str = "light"

    def read(self, text: str, paragraphs: Paragraphs) -> Heard:
        """Return the attributions in `paragraphs` of `text`, and where a bound was hit."""
        trust = self.tables["trust"].tolist()
        tagged: list[Tagged] = []
        crowded: list[Span] = []
        for chance, frame in self.frames(text, paragraphs, crowded):
            if (score := trusted(trust, frame.evidence(chance))) >= LEAST_SCORE:
                tagged.append(Tagged(frame.source, frame.cue, frame.content, score))
        return Heard(tagged, [Fallback(span, "many cues") for span in crowded], self.tier)

    def frames(
        self, text: str, paragraphs: Paragraphs, crowded: list[Span] | None = None
    ) -> Iterator[tuple[float, Frame]]:
        """Yield all that may be attributions, with their cues' probabilities, in order of cues.

        The stretches that hold more cues than are read are added to `crowded`.
        """
        for part in _parts(tokens(text, paragraphs, self.vocabulary)):
            yield from self._frames(part, [] if crowded is None else crowded)

    def _frames(self, part: Tokens, crowded: list[Span]) -> Iterator[tuple[float, Frame]]:
        vectors = encoded(part, self.tables)
        chances = cue_chances(vectors, self.tables)
        heads, full = _heads(chances, part.bounds)
        for passage in full.tolist():
            first, last = part.bounds[passage], part.bounds[passage + 1] - 1
            crowded.append(Span(int(part.starts[first]), int(part.ends[last])))
        if not len(heads):
            return
        pairs = Pairs.of(heads, part.bounds)
        scores = label_scores(part, vectors, chances, heads, pairs, self.tables)
        labels = best_labels(scores, pairs.lengths, self.tables["steps"], self.tables["begin"])
        found = frames(part, heads, pairs, labels, _shares(scores))
        for chance, frame in zip(chances[heads].tolist(), found, strict=True):
            if frame:
                yield chance, frame


@cache
def lexical_tagger() -> LexicalTagger:
    """Return the reader with the tables that come with this package."""
    with files("corpus.weights").joinpath("light.npz").open("rb") as file:
        return read_tagger(file)


def read_tagger(file: IO[bytes]) -> LexicalTagger:
    """Return the reader whose tables stand in `file`, a numpy archive as training writes it.

    Tables of whole numbers are stored with the step of each of their columns.
    """
    with np.load(file, allow_pickle=False) as archive:
        stored = {name: archive[name] for name in archive.files}
    words, suffixes = (
        {word: row for row, word in enumerate(bytes(stored.pop(name)).decode().split("\n"), 1)}
        for name in ("words", "suffixes")
    )
    tables = {
        name: table.astype(np.float32) * stored.get(f"{name}_scale", np.float32(1))
        for name, table in stored.items()
        if not name.endswith("_scale")
    }
    return LexicalTagger(Vocabulary(words, suffixes), tables)


def _parts(found: Tokens) -> Iterator[Tokens]:
    """Yield `found` in parts of whole passages, each with about AT_A_TIME tokens."""
    bounds = found.bounds.tolist()
    first = 0
    for last in range(1, len(bounds)):
        if last == len(bounds) - 1 or bounds[last + 1] - bounds[first] > AT_A_TIME:
            yield found.part(first, last)
            first = last


def _heads(chances: Floats, bounds: Ints) -> tuple[Ints, Ints]:
    """Return the tokens that may be heads of cues, and the passages that had too many of them."""
    heads = np.flatnonzero(chances >= LEAST_CUE).astype(np.int32)
    passages = np.searchsorted(bounds, heads, "right").astype(np.int32) - 1
    order = np.lexsort((heads, -chances[heads], passages))
    ranked = passages[order]
    few = np.arange(len(heads)) - np.searchsorted(ranked, ranked, "left") < MOST_CUES
    likeliest = np.argsort(-chances[heads[order]], kind="stable")
    again = np.diff(bounds)[ranked] * few
    few[likeliest] &= np.cumsum(again[likeliest]) <= MOST_AGAIN
    kept: Ints = np.sort(heads[order[few]])
    full: Ints = np.unique(ranked[~few])
    return kept, full


def _shares(scores: Floats) -> Floats:
    """Return the probabilities of the labels, each row on its own."""
    raised = np.exp(scores - scores.max(1, keepdims=True))
    shares: Floats = raised / raised.sum(1, keepdims=True)
    return shares
