"""Days by month name: "9 March 2021", "July 2 to 3", "Monday, Oct. 26", "the 4th of July"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.patterns import GAP, HYPHEN
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.dates.words import (
    DAY,
    MONTH,
    MONTHS,
    SHORT_WEEKDAY,
    YEAR,
    date_at,
    direction,
    is_month,
    month_number,
)
from corpus.quantities.page import Page
from corpus.spans import Span

_TO = rf"(?:{GAP}?{HYPHEN}{GAP}?|{GAP}(?:to|and|through|until|or){GAP})"
_WEEKDAY = rf"(?:{SHORT_WEEKDAY},?{GAP})?"
_COMMA_YEAR = rf"(?:(?:{GAP}?,{GAP}?|[/-]|{GAP}(?:in{GAP}|of{GAP})?)(?P<year>{YEAR}))?"
_MONTH_FIRST = re.compile(
    rf"(?<!\w){_WEEKDAY}(?P<month>{MONTH})(?:{GAP}?(?:the{GAP})?|[/-])(?P<day>{DAY})"
    rf"(?:{_TO}(?:(?P<month2>{MONTH}){GAP})?(?P<day2>{DAY}))?{_COMMA_YEAR}",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"(?<![\w.,/]){_WEEKDAY}(?:the{GAP})?(?:(?P<day1>{DAY})(?:{GAP}(?P<month1>{MONTH}))?{_TO}"
    rf")?(?<![\w.,])(?P<day>{DAY}){GAP}(?:of{GAP})?"
    rf"(?P<month>{MONTH})(?![A-Za-z]){_COMMA_YEAR}",
    re.IGNORECASE,
)


def find_days(page: Page) -> Iterator[Quantity]:
    """Yield days named by month and number, alone or as a range, with or without a year."""
    for pattern, reach in ((_MONTH_FIRST, 16), (_DAY_FIRST, 60)):
        for match in page.scan(pattern, MONTHS, reach):
            month = match["month"]
            if not (is_month(month) or match["year"]) or not page.is_free(Span(*match.span())):
                continue
            first, last = (month, match["day"]), None
            if pattern is _MONTH_FIRST and match["day2"]:
                last = match["month2"] or month, match["day2"]
            elif pattern is _DAY_FIRST and match["day1"]:
                first, last = (match["month1"] or month, match["day1"]), first
            yield _quantity(page, match, first, last)


def _quantity(
    page: Page, match: re.Match[str], first: tuple[str, str], last: tuple[str, str] | None
) -> Quantity:
    start, end = match.span()
    year = int(match["year"]) if match["year"] else None
    way = None if year else direction(page, Span(start, end))
    until = _day(last, year, way) if last else None
    return date_at(page, start, end, "day", _day(first, year, way, until))


def _day(
    day: tuple[str, str], year: int | None, way: str | None, last: Expression | None = None
) -> Expression:
    """Return the day of ("March", "9th")."""
    number = int(day[1].rstrip("stndrhSTNDRH"))
    return Expression("day", year, month_number(day[0]), number, direction=way, last=last)
