"""From labels to attributions: the stretches of source, cue and content of each cue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from corpus.spans import Span
from corpus.tagging.arrays import Floats, Ints
from corpus.tagging.features import MARK, Tokens
from corpus.tagging.network import CONTENT, CUE, OTHER, SOURCE, Pairs
from corpus.tagging.trust import evidence

# A source that the labels leave out is read all the same if one token is this likely, with the
# tokens beside it that are half as likely.
LEAST_SOURCE = 0.6


@dataclass(frozen=True, slots=True)
class Frame:
    """The places of a cue's source and content, and of the cue, with how sure they are.

    `content_share` and `source_share` are mean probabilities of a token's label, the second one
    None without a source.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    content_share: float
    source_share: float | None

    def evidence(self, cue_chance: float) -> list[float]:
        """Return what the score weighs."""
        return evidence(cue_chance, self.content_share, self.source_share)


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens `[start, end)` of one label; `sure` is the sum of its probabilities."""

    start: int
    end: int
    sure: float


def _share(runs: list[Run]) -> float:
    return sum(run.sure for run in runs) / sum(run.end - run.start for run in runs)


def frames(
    part: Tokens, heads: Ints, pairs: Pairs, labels: Ints, likely: Floats
) -> Iterator[Frame | None]:
    """Yield for each cue of `heads` what the labels of its pairs say, or None without content.

    `likely` has the probability of each label of each pair.
    """
    ends = np.cumsum(pairs.lengths)
    begins = ends - pairs.lengths
    firsts = pairs.tokens[begins]
    labels = labels.copy()
    labels[begins + heads - firsts] = CUE
    by_cue = _runs(part, pairs, labels, likely)
    for head, first, begin, end, runs in zip(
        heads.tolist(), firsts.tolist(), begins.tolist(), ends.tolist(), by_cue, strict=True
    ):
        if not (content := runs[CONTENT]):
            yield None
            continue
        source = [max(runs[SOURCE], key=lambda run: run.sure)] if runs[SOURCE] else []
        source = source or _likely_source(labels[begin:end], likely[begin:end], first)
        yield Frame(
            source=_spans(part, source),
            cue=_spans(part, [run for run in runs[CUE] if run.start <= head < run.end]),
            content=_spans(part, content),
            content_share=_share(content),
            source_share=_share(source) if source else None,
        )


def _runs(part: Tokens, pairs: Pairs, labels: Ints, likely: Floats) -> list[dict[int, list[Run]]]:
    """Return for each cue its runs by label, content that is nothing but punctuation left out."""
    edge = np.ones(len(labels) + 1, np.bool_)
    edge[1:-1] = (labels[1:] != labels[:-1]) | (pairs.cues[1:] != pairs.cues[:-1])
    edges = np.flatnonzero(edge)
    starts, ends = edges[:-1], edges[1:]
    words = np.add.reduceat(part.shapes[pairs.tokens] < MARK, starts, dtype=np.int32)
    sure = np.add.reduceat(likely[np.arange(len(labels)), labels], starts)
    label = labels[starts]
    kept = (label != OTHER) & ((label != CONTENT) | (words > 0))
    by_cue: list[dict[int, list[Run]]] = [
        {SOURCE: [], CUE: [], CONTENT: []} for _ in range(len(pairs.lengths))
    ]
    rows = (pairs.cues[starts], label, pairs.tokens[starts], pairs.tokens[ends - 1], sure)
    for cue, kind, first, last, total in zip(*(row[kept].tolist() for row in rows), strict=True):
        by_cue[cue][kind].append(Run(first, last + 1, total))
    return by_cue


def _likely_source(labels: Ints, likely: Floats, first: int) -> list[Run]:
    """Return the run around the likeliest source in a passage that begins with token `first`."""
    free = np.where(labels == OTHER, likely[:, SOURCE], 0)
    best = int(free.argmax())
    if (least := free[best] / 2) < LEAST_SOURCE / 2:
        return []
    start, end = best, best + 1
    while start and free[start - 1] >= least:
        start -= 1
    while end < len(free) and free[end] >= least:
        end += 1
    return [Run(first + start, first + end, float(free[start:end].sum()))]


def _spans(part: Tokens, runs: list[Run]) -> tuple[Span, ...]:
    return tuple(Span(int(part.starts[run.start]), int(part.ends[run.end - 1])) for run in runs)
