"""Weekdays: "on Monday", "last Friday", "Tuesday night"; the tense tells which one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.patterns import GAP
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.dates.words import WEEKDAY, date_at, direction, weekday_number
from corpus.quantities.page import Page
from corpus.spans import Span

_PARTS_OF_DAY = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
_WEEKDAY = re.compile(
    rf"(?<![\w-])(?:(?P<way>last|next|this|every|each){GAP})?(?P<day>{WEEKDAY})"
    rf"(?:{GAP}(?P<part>{'|'.join(_PARTS_OF_DAY)}))?(?![\w-])",
    re.IGNORECASE,
)


def find_weekdays(page: Page) -> Iterator[Quantity]:
    """Yield weekdays; "every Monday" is a set, with no date of its own."""
    for match in _WEEKDAY.finditer(page.text):
        if not match["day"][0].isupper():
            continue
        way = (match["way"] or "").lower()
        number = weekday_number(match["day"])
        if way in ("every", "each"):
            expression = Expression("set", number=number)
        else:
            expression = Expression(
                "weekday", number=number,
                direction=_direction(page, match, way),
                count={"last": "-1", "next": "1"}.get(way),
                clock=_PARTS_OF_DAY.get((match["part"] or "").lower()),
            )  # fmt: skip
        yield date_at(page, match.start(), match.end(), "weekday", expression)


def _direction(page: Page, match: re.Match[str], way: str) -> str:
    if way in ("last", "next"):
        return "past" if way == "last" else "future"
    return direction(page, Span(*match.span())) or "past"
