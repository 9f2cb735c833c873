"""The light reader of attributions: cues by their words, then source and content for each cue.

It needs numpy and its tables, no parser and no transformer; `corpus/weights/light.md` says what
the tables were trained on and how well they read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO

import numpy as np

from corpus.spans import Span
from corpus.tagging.base import Tagged
from corpus.tagging.crf import best_labels
from corpus.tagging.features import MARK, Flags, Ints, Tokens, Vocabulary, tokens
from corpus.tagging.network import (
    CONTENT,
    CUE,
    OTHER,
    SOURCE,
    Floats,
    Pairs,
    Tables,
    cue_chances,
    encoded,
    label_scores,
)

# An attribution is kept whose cue's probability times its content's mean one reaches this.
LEAST_SCORE = 0.28
# A source that the best labels leave out is read all the same if one token is this likely.
LEAST_SOURCE = 0.6
# Bounds: cues in a passage (the likeliest are read), and tokens read at a time.
MOST_CUES = 16
AT_A_TIME = 2048

Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LexicalTagger:
    """A reader of attributions from weight tables."""

    vocabulary: Vocabulary
    tables: Tables
    tier: str = "light"

    def tag(self, text: str, paragraphs: Sequence[Span]) -> list[Tagged]:
        """Return the attributions in `paragraphs` of `text`, in the order of their cues."""
        found = tokens(text, paragraphs, self.vocabulary)
        return [tagged for part in _parts(found) for tagged in self._tagged(part)]

    def likely(self, text: str, paragraphs: Sequence[Span]) -> list[float]:
        """Return for each paragraph the probability of its likeliest cue; 0.0 for a blank one."""
        chances = [0.0] * len(paragraphs)
        for part in _parts(tokens(text, paragraphs, self.vocabulary)):
            by_token = cue_chances(encoded(part, self.tables), self.tables)
            highest = np.maximum.reduceat(by_token, part.bounds[:-1])
            for home, chance in zip(part.homes.tolist(), highest.tolist(), strict=True):
                chances[home] = max(chances[home], chance)
        return chances

    def _tagged(self, part: Tokens) -> Iterator[Tagged]:
        vectors = encoded(part, self.tables)
        chances = cue_chances(vectors, self.tables)
        heads = _heads(chances, part.bounds)
        if not len(heads):
            return
        pairs = Pairs.of(heads, part.bounds)
        scores = label_scores(part, vectors, chances, heads, pairs, self.tables)
        labels = best_labels(scores, pairs.lengths, self.tables["steps"], self.tables["begin"])
        likely = _shares(scores)
        end = 0
        for head, length in zip(heads.tolist(), pairs.lengths.tolist(), strict=True):
            here = slice(end, end := end + length)
            first = int(pairs.tokens[here.start])
            frame = _frame(part, first, head, labels[here], likely[here])
            if frame and (score := float(chances[head]) * frame.score) >= LEAST_SCORE:
                yield Tagged(frame.source, frame.cue, frame.content, score)


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


def _heads(chances: Floats, bounds: Ints) -> Ints:
    """Return the tokens that may be heads of cues, the likeliest of each passage."""
    heads = np.flatnonzero(chances >= LEAST_SCORE).astype(np.int32)
    passages = np.searchsorted(bounds, heads, "right")
    order = np.lexsort((heads, -chances[heads], passages))
    ranked = passages[order]
    rank = np.arange(len(heads)) - np.searchsorted(ranked, ranked, "left")
    kept: Ints = np.sort(heads[order[rank < MOST_CUES]])
    return kept


def _shares(scores: Floats) -> Floats:
    """Return the probabilities of the labels, each row on its own."""
    raised = np.exp(scores - scores.max(1, keepdims=True))
    shares: Floats = raised / raised.sum(1, keepdims=True)
    return shares


def _frame(part: Tokens, first: int, head: int, labels: Ints, likely: Floats) -> Tagged | None:
    """Return what the labels of one passage say of a cue, with its content's mean probability.

    `first` is the passage's first token. None if no word is content.
    """
    content = [
        run for run in _runs(labels == CONTENT) if _has_word(part, first + run[0], first + run[1])
    ]
    if not content:
        return None
    spans = [
        tuple(
            Span(int(part.starts[first + run[0]]), int(part.ends[first + run[1] - 1]))
            for run in runs
        )
        for runs in (_source(labels, likely[:, SOURCE]), [_cue(labels, head - first)], content)
    ]
    return Tagged(*spans, float(likely[labels == CONTENT, CONTENT].mean()))


def _source(labels: Ints, likely: Floats) -> list[Run]:
    """Return the stretch most likely to be the source; none if no token is likely enough."""
    if labelled := _runs(labels == SOURCE):
        return [max(labelled, key=lambda run: float(likely[slice(*run)].sum()))]
    free = np.where(labels == OTHER, likely, 0)
    best = int(free.argmax())
    if free[best] < LEAST_SOURCE:
        return []
    return [run for run in _runs(free >= free[best] / 2) if run[0] <= best < run[1]]


def _cue(labels: Ints, head: int) -> Run:
    """Return the stretch of the cue around its head."""
    inside = labels == CUE
    inside[head] = True
    return next(run for run in _runs(inside) if run[0] <= head < run[1])


def _runs(flags: Flags) -> list[Run]:
    """Return the stretches where `flags` are set, ends excluded."""
    edges = np.flatnonzero(np.diff(flags, prepend=False, append=False)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def _has_word(part: Tokens, start: int, end: int) -> bool:
    """Tell whether the tokens `[start, end)` are more than punctuation."""
    return bool((part.shapes[start:end] < MARK).any())
