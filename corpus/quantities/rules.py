"""The rules in their order: the first to take a span keeps it; then what the words around add."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from corpus.quantities import ages, counts, dates, durations, hedges, money, percent
from corpus.quantities.base import Designator, Quantity
from corpus.quantities.page import Page

Rule = Callable[[Page], Iterator[Quantity] | Iterator[Designator]]
Pass = Callable[[Page, list[Quantity]], list[Quantity]]

RULES: tuple[Rule, ...] = (
    ages.find_ages,
    *dates.RULES,
    money.find_money,
    percent.find_percent,
    durations.find_durations,
    counts.find_counts,
)
"""Each yields what it finds; a find that overlaps an earlier one is dropped."""

PASSES: tuple[Pass, ...] = (hedges.apply,)
"""Each returns the quantities with something added, joined or dropped; none looks at another run."""
