"""Dates in digits alone: "2021-03-09", "09/03/2021", "9.3.2021"; TIMEX3 and ISO 8601 order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.patterns import ending
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.dates.words import direction
from corpus.quantities.page import Page
from corpus.spans import Span

# A pattern looks back from behind its first digit: the engine skips fast to a plain digit.
_ISO = re.compile(
    r"(?P<y>[12](?<![\w/.-].)[0-9]{3})(?P<sep>[-/.])(?P<m>0[1-9]|1[0-2])(?P=sep)(?P<d>0[1-9]"
    r"|[12][0-9]|3[01])"
    r"(?:[T ](?P<clock>(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)(?::[0-5][0-9])?)"
    r"(?:\.[0-9]{1,6})?Z?)?(?![\w/-]"
    r"|\.[0-9])"
)
_OTHER = re.compile(
    r"(?P<a>[0-9](?<![\w/.-].)(?:(?<=[0-3])[0-9])?)(?P<sep>[-/.])(?P<b>[0-3]?[0-9])"
    r"(?P=sep)(?P<y>[12][0-9]{3}|[0-9]{2})(?![\w/-]|\.[0-9])"
)
_NO_YEAR = re.compile(
    r"(?P<a>[0-9](?:(?<=[0-3])[0-9])?)/(?P<b>[0-3]?[0-9])"
    r"(?![\w/%]|[.,][0-9]|\s(?:of|the)\b)"
)
_ASKS = ending(r"(?:\b(?:on|by|until|since)|day)\s")


def find_numeric_dates(page: Page) -> Iterator[Quantity]:
    """Yield dates in digits. 03/04/2021 may be March or April: it stays unresolved."""
    for match in page.at_digits(_ISO):
        yield _quantity(
            match, _day(int(match["y"]), int(match["m"]), int(match["d"]), match["clock"])
        )
    for match in page.at_digits(_OTHER):
        expression = _either_way(match)
        if expression is not None:
            yield _quantity(match, expression)
    for match in page.at_digits(_NO_YEAR):
        expression = _without_year(match)
        if expression is not None and _ASKS.search(page.before(match.start(), 8)):
            way = direction(page, Span(*match.span()))
            yield _quantity(match, replace(expression, direction=way))


def _day(year: int, month: int, day: int, clock: str | None = None) -> Expression:
    return Expression("day", year, month, day, clock=None if (clock or "24")[:2] == "24" else clock)


def _either_way(match: re.Match[str]) -> Expression | None:
    first, second = int(match["a"]), int(match["b"])
    year = int(match["y"])
    if len(match["y"]) == 2:
        if match["sep"] != "/":
            return None
        year += 2000 if year < 50 else 1900
    if not (min(first, second) >= 1 and max(first, second) <= 31):
        return None
    if match["sep"] == "." and second <= 12:
        return _day(year, second, first)
    if first > 12 and second <= 12:
        return _day(year, second, first)
    if second > 12 and first <= 12:
        return _day(year, first, second)
    if max(first, second) > 12:
        return None
    return _day(year, first, second) if first == second else Expression("either", year)


def _without_year(match: re.Match[str]) -> Expression | None:
    """Return "on 11/20" as a day; what may be a fraction as well ("2/3") is left to others."""
    first, second = sorted((int(match["a"]), int(match["b"])))
    return Expression("day", month=first, day=second) if 1 <= first <= 12 < second <= 31 else None


def _quantity(match: re.Match[str], expression: Expression) -> Quantity:
    return Quantity(Span(*match.span()), "date", "numeric date", calendar=expression)
