"""Weekdays: "on Monday", "last Friday", "Tuesday night"; the tense tells which one is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.numbers import ORDINALS
from corpus.patterns import APOSTROPHE, GAP, HYPHEN, any_of, ending, starting
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.dates.words import (
    DAY_PARTS,
    DIRECTIONS,
    WEEKDAY,
    WEEKDAYS,
    date_at,
    direction,
    weekday_number,
)  # fmt: skip
from corpus.quantities.page import Page
from corpus.spans import Span

_WEEKDAY = re.compile(
    rf"(?<![\w-])(?:(?P<week>last|next|this){GAP}week(?:,?{GAP}on)?{GAP})?(?:(?P<way>last|next|this|every|each|every{GAP}other|(?:the{GAP})?(?:previous"
    rf"|following)){GAP})?(?P<day>{WEEKDAY})(?P<days>s(?!\w))?"
    rf"(?:{GAP}(?:in{GAP}the{GAP}|early{GAP}|late{GAP})?(?P<part>{any_of(DAY_PARTS)})(?P<many>s)?)?"
    rf"(?:{GAP}of{GAP}(?:the{GAP})?(?P<week2>last|next|this|following|previous|coming){GAP}week)?"
    rf"(?![\w-])",
    re.IGNORECASE,
)
_SEAM = re.compile(rf"\s+|{HYPHEN}")
_NTH = {word: number for word, number in ORDINALS.items() if number <= 30} | {
    f"{tens}{seam}{word}": ten + number
    for tens, ten in (("twenty", 20), ("thirty", 30))
    for word, number in ORDINALS.items()
    for seam in " -"
    if number <= (9 if ten == 20 else 1)
}
_OF_MONTH = starting(
    rf",?{GAP}(?:(?:the{GAP})?(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)"
    rf"|the{GAP}(?P<word>{any_of(_NTH)}))"
    rf"(?=[.,;:!?)\n]|\Z|{GAP}(?:at|from|to|when|if|he|she|they|it|of{GAP}this{GAP}month)\b)"
)
_NAMES = frozenset(name + s for name in WEEKDAYS if len(name) > 5 for s in ("", "s"))
_WAYS = {"last": "-1", "previous": "-1", "next": "1", "following": "1"}
_OWNS = starting(rf"{APOSTROPHE}s(?!\w)")
_WILL = re.compile(r"\A[^.;:,]{1,60}?\b(?:will|shall|would|is expected|are expected|could|may)\b")
_AT = starting(rf"{GAP}at{GAP}[0-9]")
_LED = ending(rf"(?:\A|\b(?:on|by|until|till|since|from|to|or|and|for){GAP})")


def find_weekdays(page: Page) -> Iterator[Quantity]:
    """Yield weekdays; "every Monday" is a set, with no date of its own.

    A weekday in small letters needs a preposition or "next" before it or a part of the day after.
    """
    for match in page.scan(_WEEKDAY, _NAMES, reach=24):
        way = (match["way"] or "").lower().removeprefix("the").strip()
        small = not match["day"][0].isupper() and not way and not match["part"]
        led = _LED.search(page.before(match.start(), 8)) or _AT.match(page.text, match.end())
        if small and not led:
            continue
        number = weekday_number(match["day"])
        clock = DAY_PARTS.get((match["part"] or "").lower())
        if way[:4] in ("ever", "each") or match["days"] or match["many"]:
            expression = Expression("set", number=number, clock=clock)
        else:
            week = (match["week"] or match["week2"] or "").lower()
            expression = Expression(
                "weekday", number=number, direction=_direction(page, match, way),
                count=str(DIRECTIONS[week]) if week else _WAYS.get(way), clock=clock,
            )  # fmt: skip
            if day := _OF_MONTH.match(page.text, match.end()):
                yield date_at(page, match.start(), day.end(), "day", _numbered(page, match, day))
                continue
        yield date_at(page, match.start(), match.end(), "weekday", expression)


def _numbered(page: Page, match: re.Match[str], day: re.Match[str]) -> Expression:
    """Return "Friday the 26th": the nearest Friday that is one."""
    number = int(day["day"] or _NTH[_SEAM.sub(" ", day["word"].lower())])
    return Expression(
        "day", day=number, number=weekday_number(match["day"]),
        direction=direction(page, Span(*match.span())),
        clock=DAY_PARTS.get((match["part"] or "").lower()),
    )  # fmt: skip


def _direction(page: Page, match: re.Match[str], way: str) -> str:
    if way in _WAYS:
        return "past" if _WAYS[way] == "-1" else "future"
    span = Span(*match.span())
    if _OWNS.match(page.text, span.end):  # "Friday's vote": of the week that was, unless it will be
        return "future" if _WILL.search(page.after(span.end)) else "past"
    return direction(page, span) or "past"
