"""Clock times: "8:30 p.m.", "15:00 GMT", "noon", alone or as part of the day beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.patterns import APOSTROPHE, GAP, starting
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.page import Page
from corpus.spans import Span

_HALF = r"(?:(?P<half>[aApP])\.?[mM]\b\.?)"
_HOUR = r"[0-9](?<![\w.,/$€£+-].)(?<![0-9]:.)"
_ZONE = (
    rf"(?i:{GAP}(?:GMT|UTC|BST|CET|EST|EDT|CST|CDT|MST|MDT|PST|PDT|ET|PT|IST|JST|(?:local"
    rf"|Beijing|Eastern|Pacific){GAP}time))"
)
_CLOCK = re.compile(
    rf"(?:(?P<hour>{_HOUR}(?:(?<=[0-2])[0-9])?)(?P<sep>[:.])(?P<minute>[0-5][0-9])"
    rf"(?P<second>:[0-5][0-9])?"
    rf"(?![0-9:]|[.,][0-9])(?:{GAP}?{_HALF})?"
    rf"|(?P<full>{_HOUR}(?:(?<=[01])[0-9])?)(?:{GAP}?{_HALF.replace('half', 'day')}|{GAP}(?i:o{APOSTROPHE}?clock))"
    rf")(?!\w)(?P<zone>{_ZONE})?",
)
_WORD = re.compile(
    rf"(?<![\w.,/$€£+-])(?P<word>noon|midnight)(?!\w)(?P<zone>{_ZONE})?", re.IGNORECASE
)
_BESIDE = starting(rf"(?:,?{GAP}|,?{GAP}(?:on|at|at{GAP}about){GAP})\Z")
_WORDS = {"noon": "12:00", "midnight": "00:00"}


def find_clocks(page: Page) -> Iterator[Quantity]:
    """Yield clock times; "8.30" needs a.m., p.m. or a time zone, "8:30" is one as it stands."""
    for match in _CLOCK.finditer(page.text):
        if clock := _clock(match):
            yield _at(match, clock)
    for match in page.scan(_WORD, _WORDS):
        yield _at(match, _WORDS[match["word"].lower()])


def _at(match: re.Match[str], clock: str) -> Quantity:
    calendar = Expression("clock", clock=clock)
    return Quantity(Span(*match.span()), "date", "clock", calendar=calendar)


def _clock(match: re.Match[str]) -> str | None:
    half = (match["half"] or match["day"] or "").lower()
    if match["sep"] == "." and not half and not match["zone"]:
        return None
    hour, minute = int(match["hour"] or match["full"]), match["minute"] or "00"
    if hour > 23 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute}{match['second'] or ''}"


def join(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with each clock time made part of the day it stands beside."""
    joined: list[Quantity] = []
    for item in found:
        pair = _joined(page, joined[-1], item) if joined else None
        if pair is None:
            joined.append(item)
        else:
            joined[-1] = pair
    return joined


def _joined(page: Page, first: Quantity, last: Quantity) -> Quantity | None:
    if (first.rule == "clock") == (last.rule == "clock"):
        return None
    clock, day = (first, last) if first.rule == "clock" else (last, first)
    between = page.text[first.span.end : last.span.start]
    if day.calendar is None or clock.calendar is None or len(between) > 10:
        return None
    whole_day = day.calendar.form in ("day", "weekday", "set") or day.rule == "day word"
    if not whole_day or day.calendar.last or not _BESIDE.match(between):
        return None
    calendar = replace(day.calendar, clock=clock.calendar.clock)
    return replace(day, span=Span(first.span.start, last.span.end), calendar=calendar)
