"""Fiscal years: "fiscal 2024", "FY2024/25", "last fiscal year", "the fiscal year ended March 31".

A fiscal year begins where a company or a state says so: "fiscal 2024" ends in January 2025 for
one shop and in March 2024 for another. It has days only where the text tells its last one. Source:
the reporting calendars of the United States (ends 30 September), the United Kingdom, India and
Japan (31 March), Australia (30 June), and of retail chains (near 31 January).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.patterns import GAP, HYPHEN, any_of, starting
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.dates.words import (
    DAY,
    DIRECTIONS,
    MONTH,
    YEAR,
    YEAR_DIGITS,
    date_at,
    direction,
    month_number,
)  # fmt: skip
from corpus.quantities.page import Page
from corpus.spans import Span

_NEXT = rf"(?:/|{HYPHEN})(?P<next>20[0-9]{{2}}|[0-9]{{2}})(?![\w]|[,.][0-9])"
_FISCAL = re.compile(
    rf"(?<![\w.,$£€/+-])(?:(?P<first>{YEAR_DIGITS})(?:(?:/|{HYPHEN})(?P<then>20[0-9]{{2}}|[0-9]{{2}})"
    rf")?{GAP}(?:fiscal|financial){GAP}year"
    rf"|(?:(?P<way>{any_of(DIRECTIONS)}){GAP})?(?:fiscal|financial){GAP}year(?!{GAP}?[0-9])"
    rf"|(?:(?:fiscal|financial)(?:{GAP}year)?{GAP}|FY{GAP}?)(?:(?P<year>{YEAR})|(?<=FY)"
    rf"(?P<short>[0-9]{{2}}))(?:{_NEXT})?)(?![\w-])",
    re.IGNORECASE,
)
_ENDED = starting(
    rf",?{GAP}(?:(?:which|that){GAP})?(?P<verb>ended|ends|ending|will{GAP}end|closed|closes)"
    rf"(?:{GAP}on)?{GAP}(?:(?P<month>{MONTH}){GAP}(?P<day>{DAY})"
    rf"|(?P<day2>{DAY}){GAP}(?P<month2>{MONTH}))(?:,?{GAP}(?P<year>{YEAR}))?"
)


def find_fiscal_years(page: Page) -> Iterator[Quantity]:
    """Yield fiscal years; the last day, where it is told, is the `last` of the expression."""
    for match in page.scan(_FISCAL, ("fiscal", "financial", "fy"), reach=25):
        expression = _named(match)
        ended = _ENDED.match(page.text, match.end())
        if ended:
            way = direction(page, Span(*ended.span()))
            if ended["verb"].lower() == "ended":
                way = "past"
            year = int(ended["year"]) if ended["year"] else None
            named = expression.last.year if expression.last else None
            last = Expression(
                "day", year or named,
                month_number(ended["month"] or ended["month2"]),
                int((ended["day"] or ended["day2"]).rstrip("stndrhSTNDRH")), direction=way,
            )  # fmt: skip
            expression = replace(expression, last=last)
        if expression != Expression("fiscal"):  # "its fiscal year" tells nothing
            yield date_at(page, *match.span(), "fiscal year", expression)


def _named(match: re.Match[str]) -> Expression:
    """Return the fiscal year by its name: of one year, of two, or "last"."""
    if match["way"]:
        return Expression("fiscal", count=str(DIRECTIONS[match["way"].lower()]))
    if match["short"]:
        year = 2000 + int(match["short"])
    elif match["year"] or match["first"]:
        year = int(match["year"] or match["first"])
    else:
        return Expression("fiscal")
    then = match["next"] or match["then"]
    if then and (year + 1) % 100 == int(then) % 100:
        return Expression("fiscal", year, last=Expression("year", year + 1))
    return Expression("fiscal", year)


def join(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with the last day of the fiscal year given to each that names one.

    Only where the text tells one such day: two companies may keep two calendars.
    """
    years = [item.calendar for item in found if item.calendar and item.calendar.form == "fiscal"]
    days = {(one.last.month, one.last.day) for one in years if one.last and one.last.form == "day"}
    if len(days) != 1:
        return found
    ((month, day),) = days
    return [_ending(item, month, day) for item in found]


def _ending(item: Quantity, month: int | None, day: int | None) -> Quantity:
    expression = item.calendar
    if expression is None or expression.form != "fiscal":
        return item
    if expression.last and expression.last.form == "day":
        return item
    year = expression.last.year if expression.last else None
    last = Expression("day", year, month, day)
    return replace(item, calendar=replace(expression, last=last))
