"""Stretches so full of dates and figures that nobody wrote them to be read: refused, each whole.

A timetable of 1,000 hours, a thousand birthdays in columns and the days of a whole year, one a
line, are read; pages of nothing but days are not.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.quantities.base import Designator
from corpus.quantities.dates.words import DAY_PARTS, MONTHS, SEASONS, UNITS, WEEKDAYS
from corpus.quantities.page import Page
from corpus.spans import Span

MANY, WITHIN = 3000, 24_000
"""So many marks (words of the calendar, runs of digits) that begin within so many code points."""
WHY = "one of too many dates in one place"
_WORDS = frozenset((*MONTHS, *WEEKDAYS, *SEASONS, *UNITS, *DAY_PARTS, "q", "h"))


def find_crowds(page: Page) -> Iterator[Designator]:
    """Yield the stretches, from the first mark of each to the end of the word of its last."""
    marks = sorted([*page.places(_WORDS), *page.digits])
    begin = end = -1
    for first, last in zip(marks, marks[MANY - 1 :], strict=False):
        if last - first >= WITHIN:
            continue
        if first > end >= 0:
            yield _stretch(page, begin, end)
            begin = -1
        begin, end = first if begin < 0 else begin, last
    if end >= 0:
        yield _stretch(page, begin, end)


def _stretch(page: Page, begin: int, end: int) -> Designator:
    while end < len(page.text) and not page.text[end].isspace():
        end += 1
    return Designator(Span(begin, end), WHY)
