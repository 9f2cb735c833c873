"""How far an attribution is to be trusted: how likely its content and its source are right."""

from __future__ import annotations

from collections.abc import Sequence
from math import log, tanh
from operator import mul

SUREST = 1e-4


def evidence(cue: float, content: float, source: float | None) -> list[float]:
    """Return what the score weighs: a constant, log odds of the parts, a missing source.

    The parts are probabilities: of the cue, and the mean ones of the words of content and source.
    """
    return [
        1.0,
        _log_odds(cue),
        _log_odds(content),
        0.0 if source is None else _log_odds(source),
        float(source is None),
    ]


def trusted(weights: Sequence[float], weighed: Sequence[float]) -> float:
    """Return the probability that `weights` give to evidence."""
    return (1 + tanh(sum(map(mul, weights, weighed)) / 2)) / 2


def _log_odds(chance: float) -> float:
    """Return the logarithm of the odds, of chances nearer to 0 or 1 than SUREST the same."""
    chance = min(max(chance, SUREST), 1 - SUREST)
    return log(chance / (1 - chance))
