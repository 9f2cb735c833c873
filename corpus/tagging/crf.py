"""The likeliest labels of many sequences at once, when each label depends on the one before."""

from __future__ import annotations

import numpy as np

from corpus.tagging.arrays import Floats, Ints


def best_labels(scores: Floats, lengths: Ints, steps: Floats, begin: Floats) -> Ints:
    """Return the label of each item of sequences that lie one after another in `scores`.

    `scores` has a row for each item and a column for each label; `lengths` are at least 1. To the
    scores on a path come `begin[label]` of its first item and `steps[label, next label]` between
    two. Of equal paths the one with the lower labels, seen from the end, is taken.
    """
    order = np.argsort(-lengths, kind="stable")
    rank = np.argsort(order, kind="stable")
    place = np.arange(len(scores)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    lane = np.repeat(rank, lengths)
    longest = int(lengths.max())
    laid = np.zeros((longest, len(lengths), scores.shape[1]), np.float32)
    laid[place, lane] = scores
    # The longest sequences come first, so those that still run are always the first ones.
    running = np.searchsorted(-lengths[order], -np.arange(longest), "left").tolist()
    chosen = np.zeros(laid.shape, np.int32)
    best = laid[0] + begin
    for at in range(1, longest):
        paths = best[: running[at], :, None] + steps
        chosen[at, : running[at]] = paths.argmax(1)
        best[: running[at]] = paths.max(1) + laid[at, : running[at]]
    return _followed(chosen, best.argmax(1), running)[place, lane]


def _followed(chosen: Ints, last: Ints, running: list[int]) -> Ints:
    """Return the labels of all paths, followed back from the labels in which they end."""
    labels = np.zeros(chosen.shape[:2], np.int32)
    lanes = np.arange(len(last))
    for at in range(len(chosen) - 1, -1, -1):
        still = running[at]
        labels[at, :still] = last[:still]
        last[:still] = chosen[at, lanes[:still], last[:still]]
    return labels
