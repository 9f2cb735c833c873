"""Figures of judgement: how often two judges agree, and how often a reading is wrong."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

Z95: Final = 1.959963984540054
"""The 97.5 % point of the normal distribution, for intervals of 95 %."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, with the 95 % interval of the share; ends between 0 and 1."""

    count: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The share itself; None of nothing."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond chance, at most 1, with its 95 % interval."""

    value: float
    low: float
    high: float


def share(count: int, of: int) -> Share:
    """Return a share with its score interval (E. B. Wilson 1927); of nothing it is 0 to 1."""
    if not of:
        return Share(count, of, 0.0, 1.0)
    p, square = count / of, Z95 * Z95
    middle = (p + square / (2 * of)) / (1 + square / of)
    reach = Z95 * sqrt(p * (1 - p) / of + square / (4 * of * of)) / (1 + square / of)
    return Share(count, of, max(0.0, middle - reach), min(1.0, middle + reach))


def kappa(pairs: Sequence[tuple[str, str]]) -> Kappa | None:
    """Return the agreement of two judges beyond chance (J. Cohen 1960), with his standard error.

    None where it is not defined: without pairs, or if both always say one and the same thing.
    """
    if not pairs:
        return None
    n = len(pairs)
    agreed = sum(one == other for one, other in pairs) / n
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(first[name] * second[name] for name in first) / (n * n)
    if chance == 1:
        return None
    value = (agreed - chance) / (1 - chance)
    reach = Z95 * sqrt(agreed * (1 - agreed) / n) / (1 - chance)
    return Kappa(value, max(-1.0, value - reach), min(1.0, value + reach))
