"""How the light reader's score is learnt: what counts as right, and the weights."""

import numpy as np
import pytest

from corpus.spans import Span
from corpus.tagging.base import Tagged
from corpus.tagging.frames import Frame
from corpus.training.light_trust import right, taught


def frame(source, content):
    return Frame(source, (Span(50, 54),), content, 0.9, 0.9 if source else None)


@pytest.mark.parametrize(
    ("source", "content", "expected"),
    [
        ((Span(0, 8),), (Span(60, 80),), True),
        ((Span(4, 8),), (Span(60, 72),), True),
        ((Span(0, 6),), (Span(60, 80), Span(82, 84)), True),
        ((Span(0, 8),), (Span(60, 68),), False),
        ((Span(20, 28),), (Span(60, 80),), False),
        ((), (Span(60, 80),), False),
        ((), (Span(90, 99),), True),
        ((Span(0, 8),), (Span(90, 99),), False),
    ],
)
def test_right_is_the_same_source_and_half_the_words(source, content, expected):
    marked = [
        Tagged((Span(0, 8),), (Span(50, 54),), (Span(60, 80),), 1.0),
        Tagged((), (Span(50, 54),), (Span(90, 99),), 1.0),
    ]
    assert right(frame(source, content), marked) is expected


def test_the_weights_give_the_shares_that_were_seen():
    evidence = np.array([[1.0, 0.0]] * 400 + [[1.0, 1.0]] * 400)
    good = np.array([1.0, 0.0, 0.0, 0.0] * 100 + [1.0, 1.0, 1.0, 0.0] * 100)
    chance = 1 / (1 + np.exp(-evidence @ taught(evidence, good)))
    assert chance[0] == pytest.approx(0.25, abs=0.02)
    assert chance[-1] == pytest.approx(0.75, abs=0.02)
