"""Holidays with their year: "Christmas 2021", "Thanksgiving Day, 2019".

A holiday without its year is marked for TIMEX3 alone (see `corpus.times.words`). Source: the fixed
days are those of the calendar; the moving ones are set by 5 U.S.C. 6103 (United States).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from corpus import lexicon
from corpus.patterns import GAP, any_of
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.dates.words import YEAR, date_at
from corpus.quantities.page import Page

HOLIDAYS = {name.lower(): day for name, day in lexicon.mapping("times", "days").items()}
_HOLIDAY = re.compile(
    rf"(?<![\w-])(?P<name>{any_of(HOLIDAYS)}),?{GAP}(?:(?:of|in){GAP})?(?P<year>{YEAR})",
    re.IGNORECASE,
)
FIRST_WORDS = frozenset(re.split("[^a-z]", name)[0] for name in HOLIDAYS)


def find_holidays(page: Page) -> Iterator[Quantity]:
    """Yield holidays whose year stands beside them."""
    for match in page.scan(_HOLIDAY, FIRST_WORDS):
        name, year = " ".join(match["name"].lower().replace("’", "'").split()), int(match["year"])
        day = holiday(HOLIDAYS[name], year)
        expression = Expression("day", year, day.month, day.day)
        yield date_at(page, *match.span(), "holiday", expression)


def holiday(rule: str, year: int) -> date:
    """Return the day of "12-25", or of "11 4 4", the fourth Thursday of November."""
    if "-" in rule[1:3]:
        return date(year, int(rule[:2]), int(rule[3:]))
    month, number, weekday = map(int, rule.split())
    if number < 0:
        last = date(year, month + 1, 1) - timedelta(1)
        return last - timedelta((last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (number - 1))
