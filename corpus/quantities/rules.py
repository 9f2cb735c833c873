"""The rules in their order: the first to take a span keeps it; then what the words around add."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from corpus.quantities import (
    ages,
    changes,
    conversions,
    counts,
    dates,
    designators,
    durations,
    ellipsis,
    hedges,
    measures,
    modality,
    money,
    ordinals,
    percent,
    ranges,
    rates,
    scope,
    shares,
    vague,
)  # fmt: skip
from corpus.quantities.base import Designator, Quantity
from corpus.quantities.dates import clocks, fiscal, holidays
from corpus.quantities.page import Page

Rule = Callable[[Page], Iterator[Quantity | Designator]]
Pass = Callable[[Page, list[Quantity]], list[Quantity]]

RULES: tuple[Rule, ...] = (
    dates.find_crowds,
    holidays.find_holidays,  # before "Day 2021" is taken for a number
    *designators.FIRST,
    ages.find_ages,
    *dates.RULES,
    money.find_money,
    percent.find_percent,
    vague.find_vague,
    durations.find_durations,
    measures.find_measures,
    *designators.LAST,
    ordinals.find_ordinals,
    shares.find_ratios,
    shares.find_shares,
    counts.find_counts,
)
"""Each yields what it finds; a find that overlaps an earlier one is dropped."""

PASSES: tuple[Pass, ...] = (
    clocks.join,
    fiscal.join,
    ellipsis.apply,
    ranges.join,
    hedges.apply,
    ranges.bound,
    shares.join,
    percent.points,
    changes.apply,
    conversions.apply,
    rates.apply,
    scope.link,
    modality.mark,
)
"""Each returns the quantities with something added, joined or dropped; none looks at another
run.
"""
