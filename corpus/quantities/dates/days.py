"""Days by month name: "9 March 2021", "July 2 to 3", "Monday, Oct. 26", "the 4th of July"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.patterns import GAP, HYPHEN
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.dates.words import (
    DAY,
    MONTH,
    SHORT_WEEKDAY,
    YEAR,
    date_at,
    direction,
    month_number,
)
from corpus.quantities.page import Page
from corpus.spans import Span

_TO = rf"(?:{GAP}?{HYPHEN}{GAP}?|{GAP}(?:to|and|through|until|or){GAP})"
_WEEKDAY = rf"(?:{SHORT_WEEKDAY},?{GAP})?"
_COMMA_YEAR = rf"(?:(?:,{GAP}?|{GAP}(?:in{GAP}|of{GAP})?)(?P<year>{YEAR}))?"
_MONTH_FIRST = re.compile(
    rf"(?<!\w){_WEEKDAY}(?P<month>{MONTH}){GAP}?(?:the{GAP})?(?P<day>{DAY})"
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
    for match in _MONTH_FIRST.finditer(page.text):
        if _is_month(match["month"]):
            first = _day(match["month"], match["day"])
            last = _day(match["month2"] or match["month"], match["day2"]) if match["day2"] else None
            yield _quantity(page, match, first, last)
    for match in _DAY_FIRST.finditer(page.text):
        if _is_month(match["month"]):
            last = _day(match["month"], match["day"])
            if match["day1"]:
                first = _day(match["month1"] or match["month"], match["day1"])
                yield _quantity(page, match, first, last)
            else:
                yield _quantity(page, match, last, None)


def _is_month(name: str) -> bool:
    """Tell a month from the verbs "may" and "march": a month's name is capitalised."""
    return name[0].isupper()


def _day(month: str, day: str) -> Expression:
    number = int(re.match(r"[0-9]+", day)[0])  # type: ignore[index]
    return Expression("day", month=month_number(month), day=number)


def _quantity(
    page: Page, match: re.Match[str], first: Expression, last: Expression | None
) -> Quantity:
    start, end = match.span()
    year = int(match["year"]) if match["year"] else None
    way = None if year else direction(page, Span(start, end))
    first = replace(first, year=year, direction=way)
    if last is not None:
        first = replace(first, last=replace(last, year=year, direction=way))
    return date_at(page, start, end, "day", first)
