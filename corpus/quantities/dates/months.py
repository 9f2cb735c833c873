"""Months: "March 2021", "in July", "last May", "April to June 2020"; seasons: "summer 2019"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.patterns import GAP, HYPHEN, any_of, ending
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.dates.words import (
    DIRECTIONS,
    MONTH,
    MONTHS,
    SEASONS,
    YEAR,
    date_at,
    direction,
    is_month,
    month_number,
)  # fmt: skip
from corpus.quantities.page import Page
from corpus.spans import Span

_MONTH = re.compile(
    rf"(?:(?<![\w-])|(?<=\bmid-)|(?<=\blate-))(?:(?P<way>last|next|this){GAP})?(?P<month>{MONTH})"
    rf"(?:{GAP}?(?:{HYPHEN}|to{GAP}|and{GAP}|through{GAP}){GAP}?(?P<month2>{MONTH}))?"
    rf"(?:,?{GAP}(?:of{GAP})?(?:(?P<year>{YEAR})|(?P<which>last|this|next){GAP}year))?(?!\w)",
    re.IGNORECASE,
)
_SEASON = re.compile(
    rf"(?<!\w)(?:(?P<way>last|this|next){GAP})?(?:the{GAP})?(?P<season>{any_of(SEASONS)})"
    rf"(?:{GAP}(?:of{GAP})?(?P<year>{YEAR}))?(?!\w)",
    re.IGNORECASE,
)
_ASKS = ending(
    rf"(?:\b(?:in|since|until|till|by|of|from|to|before|after|during|early|mid|late|between"
    rf"|through|"
    rf"for|every|each|on|and|the|around|end of){GAP}|mid{HYPHEN}|\()"
)
_IN = ending(rf"\b(?:in|since|until|till|early|mid|late){GAP}")
_BEFORE_SMALL = ending(rf"\b(?:in|since|until|till|between|from){GAP}")
_STRAY_DAY = ending(r"(?<![0-9.,])[0-9]{1,2}\s")
_NAME_FOLLOWS = re.compile(rf"{GAP}[A-Z][a-z]")
_SHORT = frozenset(name for name in MONTHS if len(name) < 5 or name == "march") - {"june", "july"}


def find_months(page: Page) -> Iterator[Quantity]:
    """Yield months and seasons. A bare "May" needs a preposition, a year, "last" or the like."""
    for match in page.scan(_MONTH, MONTHS, reach=8):
        if is_month(match["month"]) and _is_month(page, match):
            yield _month(page, match)
    for match in page.scan(_SEASON, SEASONS, reach=14):
        if match["year"]:
            expression = Expression("season", int(match["year"]), number=_season(match))
            yield date_at(page, match.start("season"), match.end(), "season", expression)
        elif match["way"]:
            count = str(DIRECTIONS[match["way"].lower()])
            expression = Expression("season", number=_season(match), count=count)
            yield date_at(page, match.start(), match.end(), "season", expression)


def _is_month(page: Page, match: re.Match[str]) -> bool:
    if _STRAY_DAY.search(page.before(match.start(), 4)):  # "32 January" is no month
        return False
    if match["year"] or match["which"] or match["way"]:
        return True
    if not match["month"][0].isupper():
        return len(match["month"]) > 3 and bool(_BEFORE_SMALL.search(page.before(match.start(), 9)))
    if match["month"].lower().rstrip(".") in _SHORT:
        named = _NAME_FOLLOWS.match(page.text, match.end()) and not _IN.search(
            page.before(match.start(), 12)
        )
        return not named and bool(_ASKS.search(page.before(match.start(), 12)))
    return bool(_ASKS.search(page.before(match.start(), 12))) or not _NAME_FOLLOWS.match(
        page.text, match.end()
    )


def _season(match: re.Match[str]) -> int:
    return SEASONS[match["season"].lower()]


def _month(page: Page, match: re.Match[str]) -> Quantity:
    year = int(match["year"]) if match["year"] else None
    span = Span(*match.span())
    which = match["which"] or ("this" if (match["way"] or "").lower() == "this" else None)
    count = str(DIRECTIONS[which.lower()]) if which else None  # of the year: "July last year"
    way: str | None = None
    if match["way"] and not which:
        way = "future" if match["way"].lower() == "next" else "past"
    elif year is None and count is None:
        way = direction(page, span)
    first = Expression("month", year, month_number(match["month"]), direction=way, count=count)
    if match["month2"]:
        first = replace(first, last=replace(first, month=month_number(match["month2"])))
    return date_at(page, span.start, span.end, "month", first)
