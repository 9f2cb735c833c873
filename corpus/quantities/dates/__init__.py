"""Rules for calendar expressions, one file for each way of writing them; `RULES` is their order."""

from __future__ import annotations

from corpus.quantities.dates.clocks import find_clocks
from corpus.quantities.dates.crowds import find_crowds
from corpus.quantities.dates.days import find_days
from corpus.quantities.dates.fiscal import find_fiscal_years
from corpus.quantities.dates.monthdays import find_month_days
from corpus.quantities.dates.months import find_months
from corpus.quantities.dates.numeric import find_numeric_dates
from corpus.quantities.dates.periods import find_centuries, find_decades, find_quarters
from corpus.quantities.dates.relative import find_ago, find_day_words, find_neighbours
from corpus.quantities.dates.spoken import find_spoken_dates
from corpus.quantities.dates.weekdays import find_weekdays
from corpus.quantities.dates.weeks import find_weeks
from corpus.quantities.dates.years import find_years

__all__ = ["RULES", "find_crowds"]

RULES = (
    find_numeric_dates,
    find_clocks,
    find_weeks,
    find_spoken_dates,
    find_days,
    find_quarters,
    find_centuries,
    find_decades,
    find_fiscal_years,
    find_months,
    find_weekdays,
    find_ago,
    find_month_days,
    find_neighbours,
    find_day_words,
    find_years,
)
