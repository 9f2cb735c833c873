"""Dates in words, as speech is written down: "the fourth of July", "nineteen ninety-six"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus import lexicon
from corpus.patterns import GAP, HYPHEN, any_of
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.dates.words import (
    MONTH,
    MONTHS,
    YEAR,
    date_at,
    direction,
    is_month,
    month_number,
)
from corpus.quantities.page import Page
from corpus.spans import Span

_WORDS = lexicon.load("numbers")
UNITS: dict[str, int] = _WORDS["units"]
TEENS: dict[str, int] = _WORDS["teens"]
TENS: dict[str, int] = _WORDS["tens"]
ORDINALS: dict[str, int] = _WORDS["ordinals"]
_JOIN = rf"(?:{GAP}|{HYPHEN})"
_UNIT = any_of(word for word, number in UNITS.items() if 1 <= number <= 9)
_TEEN = any_of([*TEENS, *(word for word, number in UNITS.items() if number >= 10)])
_TWO_DIGITS = rf"(?:{any_of(TENS)}(?:{_JOIN}{_UNIT})?|{_TEEN})"
_YEAR = (
    rf"(?:(?P<hundreds>sixteen|seventeen|eighteen|nineteen|twenty)"
    rf"(?:{GAP}hundred(?:{GAP}(?:and{GAP})?(?P<rest>{_TWO_DIGITS}|{_UNIT}))?"
    rf"|{GAP}(?:and{GAP})?(?P<tens>{_TWO_DIGITS})|{_JOIN}oh{_JOIN}(?P<unit>{_UNIT}))"
    rf"|(?P<thousand>two{GAP}thousand)(?:{GAP}(?:and{GAP})?(?P<over>{_TWO_DIGITS}|{_UNIT}))?)(?!\w)"
)
_NTH = (
    rf"(?:(?:twenty|thirty){_JOIN}{any_of(word for word, n in ORDINALS.items() if n <= 9)}"
    rf"|{any_of(word for word, n in ORDINALS.items() if n <= 30)}|[0-3]?[0-9](?:st|nd|rd|th))"
)
_AFTER = rf"(?:,?{GAP}(?:in{GAP}|of{GAP})?(?:(?P<year>{YEAR})|{_YEAR}))"
_DAY_OF_MONTH = re.compile(
    rf"(?<![\w-])(?<!\ba )(?<!\bone )(?:the{GAP})?(?P<day>{_NTH}){GAP}(?:day{GAP})?of{GAP}"
    rf"(?P<month>{MONTH})(?![\w-]){_AFTER}?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"(?<![\w-])(?P<month>{MONTH}){GAP}(?:the{GAP})?(?P<day>{_NTH})(?![\w-])"
    rf"(?:{_AFTER}|(?!{GAP}[a-z])|(?={GAP}(?:at|to|through|until|and|was|is|were|are|will)\b))",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(
    rf"(?<![\w-])(?:(?P<day>[0-3]?[0-9](?:st|nd|rd|th)?){GAP})?(?P<month>{MONTH}),?{GAP}"
    rf"(?:of{GAP})?{_YEAR}",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"(?<![\w-])(?:(?P<named>(?:the{GAP})?year{GAP})|(?P<inside>in{GAP}))?{_YEAR}"
    rf"(?!{_JOIN}(?:million|thousand|hundred|percent|per))",
    re.IGNORECASE,
)
_YEAR_WORDS = ("sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thousand")
_NUMBERS = UNITS | TEENS | TENS | {word: n for word, n in ORDINALS.items() if n <= 30}


def find_spoken_dates(page: Page) -> Iterator[Quantity]:
    """Yield days and months with a spelled ordinal or year, and spelled years by themselves.

    "Two thousand" is a year only after "the year" or a month; "twenty twenty" also after "in".
    """
    for pattern, reach in ((_DAY_OF_MONTH, 45), (_MONTH_DAY, 0), (_MONTH_YEAR, 10)):
        for match in page.scan(pattern, MONTHS, reach):
            if is_month(match["month"]):
                yield _date(page, match)
    for match in page.scan(_ALONE, _YEAR_WORDS, reach=20):
        old = (match["hundreds"] or "twenty").lower() != "twenty" and match["tens"]
        if match["named"] or old or (match["inside"] and not match["thousand"]):
            start = match.end("inside") if match["inside"] else match.start()
            yield date_at(page, start, match.end(), "year", Expression("year", _year(match)))


def _date(page: Page, match: re.Match[str]) -> Quantity:
    spoken = match["hundreds"] or match["thousand"]
    year = _year(match) if spoken else None
    if "year" in match.re.groupindex and match["year"]:
        year = int(match["year"])
    month = month_number(match["month"])
    way = None if year else direction(page, Span(*match.span()))
    if match["day"]:
        expression = Expression("day", year, month, _number(match["day"]), direction=way)
        return date_at(page, *match.span(), "day", expression)
    return date_at(page, *match.span(), "month", Expression("month", year, month, direction=way))


def _year(match: re.Match[str]) -> int:
    if match["thousand"]:
        return 2000 + _number(match["over"] or "")
    rest = match["rest"] or match["tens"] or match["unit"] or ""
    return 100 * _number(match["hundreds"]) + _number(rest)


def _number(words: str) -> int:
    """Return what "twenty-third", "ninety six" or "4th" comes to; 0 for nothing."""
    if words[:1].isdigit():
        return int(words.rstrip("stndrhSTNDRH"))
    return sum(_NUMBERS[word] for word in re.split(rf"{_JOIN}", words.lower()) if word)
