"""The likeliest path of labels, against every path tried."""

from itertools import pairwise, product

import numpy as np
import pytest

from corpus.tagging.crf import best_labels


def best_by_trying(scores, steps, begin):
    def value(path):
        inner = sum(steps[a, b] for a, b in pairwise(path))
        return begin[path[0]] + inner + sum(scores[i, label] for i, label in enumerate(path))

    return list(max(product(range(scores.shape[1]), repeat=len(scores)), key=value))


@pytest.mark.parametrize(
    "lengths", [[1], [4], [3, 5, 1], [2, 2, 2], [1, 6]], ids=lambda lengths: str(lengths)
)
def test_each_sequence_gets_the_best_of_all_paths(lengths):
    chance = np.random.default_rng(sum(lengths))
    scores = chance.normal(size=(sum(lengths), 3)).astype(np.float32)
    steps = chance.normal(size=(3, 3)).astype(np.float32)
    begin = chance.normal(size=3).astype(np.float32)
    expected = []
    for end, length in zip(np.cumsum(lengths), lengths, strict=True):
        expected += best_by_trying(scores[end - length : end], steps, begin)
    assert best_labels(scores, np.array(lengths), steps, begin).tolist() == expected


def test_a_step_that_costs_much_is_not_taken():
    scores = np.array([[2, 0], [0, 1], [2, 0]], np.float32)
    free, dear = np.zeros((2, 2), np.float32), np.array([[0, -9], [-9, 0]], np.float32)
    begin = np.zeros(2, np.float32)
    assert best_labels(scores, np.array([3]), free, begin).tolist() == [0, 1, 0]
    assert best_labels(scores, np.array([3]), dear, begin).tolist() == [0, 0, 0]
