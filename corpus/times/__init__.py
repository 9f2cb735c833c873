"""Every time of a text as TIMEX3 marks it: dates and durations, and words that claim nothing."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise

from corpus.findings import Reading
from corpus.patterns import GAP, HYPHEN, ending, starting
from corpus.times.marks import Time, from_claims
from corpus.times.words import RULES, Context

__all__ = ["Time", "times"]


def times(reading: Reading, text: str) -> list[Time]:
    """Return the times of `text`, whose reading is `reading`, left to right, none overlapping.

    A claim goes before a word of time: "last year" is marked as it was read. Words such as
    "now", "daily" and "recent years" state nothing to check and stand here alone.
    """
    taken = from_claims(reading, text)
    context = Context(text, reading, sorted(taken))
    for rule in RULES:
        for time in rule(context):
            place = bisect_left(taken, time)
            before = taken[place - 1].end if place else 0
            after = taken[place].start if place < len(taken) else len(text)
            if before <= time.start and time.end <= after:
                taken.insert(place, time)
    return _joined(taken, text)


_OPENING = ending(rf"\b(?:from|between)(?:{GAP}the)?{GAP}")
_TO = starting(
    rf"{GAP}?(?:{HYPHEN}|~){GAP}?\Z|{GAP}(?P<word>to|and|till?|until|through){GAP}(?:the{GAP})?\Z"
)
_TO_THE_END = starting(rf"(?:the{GAP})?end\b")


def _joined(found: list[Time], text: str) -> list[Time]:
    """Return the marks with the days of the whole on both ends of "from Monday to 9 May"."""
    joined = list(found)
    for place, (first, last) in enumerate(pairwise(found)):
        match = _TO.match(text[first.end : min(last.start, first.end + 20)])
        if match is None or not (first.first and last.last) or first.first > last.last:
            continue
        if (first.first, first.last) == (last.first, last.last):
            continue  # of one claim, whose marks have its days
        before = text[max(0, first.start - 16) : first.start]
        if match["word"] not in ("and", "to") or _OPENING.search(before):
            until = last.last if _TO_THE_END.match(text, last.start) else last.first or last.last
            joined[place] = replace(first, first=first.first, last=until)
            joined[place + 1] = replace(last, first=first.first, last=until)
    return joined
