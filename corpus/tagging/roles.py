"""From the network's probabilities to attributions: cues, then source and content of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.spans import Span
from corpus.tagging.base import Tagged
from corpus.tagging.runtime import Floats
from corpus.tagging.trust import evidence, trusted
from corpus.tagging.windows import Window

LEAST_CUE = 0.3
"""Probability from which a piece may be part of a cue."""
LEAST_ASKED = 0.5
"""Probability from which a cue is asked about."""
TRUST = (-2.55, 0.46, 0.20, 0.19, 0.64)
"""Weights of the evidence for an attribution, as `corpus.training.main_trust` learns them."""
LEAST_SCORE = 0.35
"""Score from which an attribution is kept."""
LEAST_CONTENT = 0.3
"""Probability from which a piece belongs to the content."""
LEAST_SOURCE = 0.15
"""Probability from which the likeliest source is taken where no piece is labelled as one."""
NONE, SOURCE, CONTENT = 0, 1, 3
"""Label of a piece without a role, and those that begin a source and a content.

Labels that begin something are odd; the one after each goes on with it.
"""


@dataclass(frozen=True, slots=True)
class Cue:
    """The pieces `[start, end)` of a window that may be a cue, and how likely they are one."""

    start: int
    end: int
    chance: float


def shares(scores: Floats) -> Floats:
    """Return the probabilities that belong to scores, along the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    found: Floats = raised / raised.sum(-1, keepdims=True)
    return found


def candidates(window: Window, chances: Floats) -> list[Cue]:
    """Return what may be a cue among the window's own pieces, left to right.

    `chances` has a row for each piece: not a cue, first of a cue, further on in one.
    """
    likely = 1 - chances[:, 0]
    labels = np.where(likely < LEAST_CUE, 0, 1 + (chances[:, 2] >= chances[:, 1]))
    first, last = window.own
    return [
        Cue(start, end, chance)
        for start, end in runs(by_words(window, labels), 1)
        if first <= start < last and (chance := float(likely[start:end].max())) >= LEAST_ASKED
    ]


def likeliest(cues: Sequence[Cue], most: int) -> list[Cue]:
    """Return the `most` likeliest cues, left to right."""
    kept = sorted(cues, key=lambda cue: (-cue.chance, cue.start))[:most]
    return sorted(kept, key=lambda cue: cue.start)


def runs(labels: Sequence[int], first: int) -> list[tuple[int, int]]:
    """Return the stretches of pieces labelled `first`, then `first + 1`; the latter may begin."""
    found: list[tuple[int, int]] = []
    start = None
    for at, label in enumerate([*labels, NONE]):
        goes_on = start is not None and label == first + 1
        if start is not None and not goes_on:
            found.append((start, at))
            start = None
        if start is None and label in (first, first + 1):
            start = at
    return found


def by_words(window: Window, labels: NDArray[np.int64]) -> list[int]:
    """Return the labels with each word labelled as its first piece is; no word begins twice."""
    words = np.array(window.words)
    found = labels[words]
    goes_on = (words < np.arange(len(words))) & (found % 2 == 1)
    return [int(label) for label in found + goes_on]


def attribution(window: Window, cue: Cue, roles: Floats) -> Tagged | None:
    """Return the attribution of a cue, or None if nothing is said or too little is sure."""
    found = weighed(window, cue, roles)
    if found is None or (score := trusted(TRUST, found[1])) < LEAST_SCORE:
        return None
    return replace(found[0], score=score)


def weighed(window: Window, cue: Cue, roles: Floats) -> tuple[Tagged, list[float]] | None:
    """Return the attribution of a cue and the evidence for it, or None if nothing is said.

    `roles` has a row for each piece: no role, first or further piece of a source, of a content.
    Of several sources the surest is kept. The score is still the cue's probability.
    """
    by_content = roles[:, CONTENT] + roles[:, CONTENT + 1]
    likely = np.where(by_content >= LEAST_CONTENT, CONTENT + 1, NONE)
    if not (contents := runs(by_words(window, likely), CONTENT)):
        return None
    by_source = roles[:, SOURCE] + roles[:, SOURCE + 1]
    labels = by_words(window, roles.argmax(-1))
    sources = runs(labels, SOURCE) or _likeliest_source(window, by_source, labels, cue)
    best = sorted(sources, key=lambda run: -_mean(by_source, [run]))[:1]
    said = [(cue.start, cue.end)]
    tagged = Tagged(
        _places(window, best), _places(window, said), _places(window, contents), cue.chance
    )
    source = _mean(by_source, best) if best else None
    return tagged, evidence(cue.chance, _mean(by_content, contents), source)


def _mean(chances: Floats, stretches: Sequence[tuple[int, int]]) -> float:
    return float(np.concatenate([chances[start:end] for start, end in stretches]).mean())


def _likeliest_source(
    window: Window, by_source: Floats, labels: Sequence[int], cue: Cue
) -> list[tuple[int, int]]:
    """Return the stretch without a role that is most likely a source, if any is at all."""
    free = np.array(labels) == NONE
    free[cue.start : cue.end] = False
    open_to = np.where(free, by_source, 0)
    peak = int(open_to.argmax())
    near = open_to >= max(LEAST_SOURCE, float(open_to[peak]) / 2)
    stretches = runs(by_words(window, np.where(near, SOURCE + 1, NONE)), SOURCE)
    return [(start, end) for start, end in stretches if start <= peak < end]


def _places(window: Window, stretches: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """Return the words of stretches of pieces as spans of the text."""
    return tuple(
        Span(window.places[start][0], window.places[end - 1][1]) for start, end in stretches
    )
