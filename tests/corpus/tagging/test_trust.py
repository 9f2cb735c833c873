"""What speaks for an attribution, and how likely that makes it right."""

from __future__ import annotations

import pytest

from corpus.tagging.trust import evidence, trusted

EVIDENCE = [
    # probabilities of cue, content and source, what is weighed
    (0.5, 0.5, 0.5, [1.0, 0.0, 0.0, 0.0, 0.0]),
    (0.5, 0.5, None, [1.0, 0.0, 0.0, 0.0, 1.0]),
    (0.9, 0.1, 0.5, [1.0, 2.2, -2.2, 0.0, 0.0]),
    (1.0, 0.0, 0.5, [1.0, 9.21, -9.21, 0.0, 0.0]),
]


@pytest.mark.parametrize(("cue", "content", "source", "weighed"), EVIDENCE)
def test_what_is_weighed_is_the_odds_of_the_parts(
    cue: float, content: float, source: float | None, weighed: list[float]
) -> None:
    assert evidence(cue, content, source) == pytest.approx(weighed, abs=0.01)


@pytest.mark.parametrize(
    ("weights", "chance"), [([0.0, 0.0], 0.5), ([2.2, 0.0], 0.9), ([0.0, -2.2], 0.1)]
)
def test_the_score_is_a_probability(weights: list[float], chance: float) -> None:
    assert trusted(weights, [1.0, 1.0]) == pytest.approx(chance, abs=0.01)
