"""Weeks by their day, their month or their number: "the week of May 4", "the last week of July",
"week 31 of 2027"; and weekdays and last days of a month: "the first Monday in May".

A week is Monday to Sunday and belongs to the month, as to the year, that has its Thursday (ISO
8601). "The last week of July" is no "last week".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.numbers import ORDINALS
from corpus.patterns import GAP, any_of
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.dates.words import (
    DAY,
    MONTH,
    MONTHS,
    WEEKDAY,
    YEAR,
    date_at,
    direction,
    is_month,
    month_number,
    weekday_number,
)  # fmt: skip
from corpus.quantities.page import Page
from corpus.spans import Span

_FIFTH = any_of(word for word, number in ORDINALS.items() if number <= 5)
_NTH = rf"(?P<nth>{_FIFTH}|[1-5](?:st|nd|rd|th)|last|final){GAP}"
_MONTH_YEAR = rf"(?P<month>{MONTH})(?![A-Za-z])(?:,?{GAP}(?:of{GAP})?(?P<year>{YEAR}))?"
_OF_MONTH = re.compile(
    rf"(?<![\w-])(?:the{GAP})?{_NTH}(?:full{GAP})?(?P<what>week|day|{WEEKDAY}){GAP}(?:of|in){GAP}"
    rf"{_MONTH_YEAR}",
    re.IGNORECASE,
)
_OF_DAY = re.compile(
    rf"(?<![\w-])(?:the{GAP})?week{GAP}(?:of|beginning|commencing|starting)(?:{GAP}on)?{GAP}"
    rf"(?:{_MONTH_YEAR.split('(?:,?')[0]}{GAP}(?P<day>{DAY})(?:,?{GAP}(?P<year>{YEAR}))?"
    rf"|(?P<day2>{DAY}){GAP}(?P<month2>{MONTH})(?![A-Za-z])(?:{GAP}(?P<year2>{YEAR}))?"
    rf"|the{GAP}(?P<day3>[0-3]?[0-9](?:st|nd|rd|th)))(?!\w)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"(?<![\w-])(?:(?P<iso>calendar|the){GAP})?week{GAP}(?P<number>[0-5]?[0-9])(?![\w.,:%-]?[0-9])"
    rf"(?:(?:,?{GAP}(?:of{GAP}|in{GAP})?)(?P<year>{YEAR})|(?!{GAP}(?:of|to|and)\b))(?![\w-])",
)
_SURE = 20
"""From this number on, "week 31" is one of the year and hardly of a season, a term or a trial."""


def find_weeks(page: Page) -> Iterator[Quantity]:
    """Yield weeks, and weekdays of a month, by their place in it."""
    for match in page.scan(_OF_MONTH, MONTHS, reach=50):
        if is_month(match["month"]) and (expression := _nth(page, match)):
            yield date_at(page, *match.span(), "week", expression)
    for match in page.scan(_OF_DAY, ("week",), reach=8):
        yield date_at(page, *match.span(), "week", _of_day(page, match))
    for match in page.scan(_NUMBER, ("week",), reach=12):
        number, year = int(match["number"]), int(match["year"]) if match["year"] else None
        if 1 <= number <= 53 and (year or match["iso"] or number >= _SURE):
            yield date_at(page, *match.span(), "week", Expression("week", year, number=number))


def _nth(page: Page, match: re.Match[str]) -> Expression | None:
    word, what = match["nth"].lower(), match["what"].lower()
    number = -1 if word in ("last", "final") else ORDINALS.get(word) or int(word[0])
    year, month = int(match["year"]) if match["year"] else None, month_number(match["month"])
    way = None if year else direction(page, Span(*match.span()))
    if what == "week":
        return Expression("week", year, month, number=number, direction=way)
    if what != "day":
        weekday = weekday_number(what)
        return Expression("weekday", year, month, number=weekday, count=str(number), direction=way)
    if number > 0 or month == 2:  # "the third day of May"; February's last day is of its year
        return None
    return Expression("day", year, month, 30 if month in (4, 6, 9, 11) else 31, direction=way)


def _of_day(page: Page, match: re.Match[str]) -> Expression:
    year, month = match["year"] or match["year2"], match["month"] or match["month2"]
    day = match["day"] or match["day2"] or match["day3"]
    expression = Expression(
        "week", int(year) if year else None, month_number(month) if month else None,
        int(day.rstrip("stndrhSTNDRH")),
    )  # fmt: skip
    return (
        expression if year else replace(expression, direction=direction(page, Span(*match.span())))
    )
