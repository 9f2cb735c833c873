"""Quarters, halves, decades and centuries: Q1 2025", "the third quarter", "the 1990s", "mid-20th
century".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus import lexicon
from corpus.numbers import ORDINALS
from corpus.patterns import APOSTROPHE, GAP, HYPHEN, any_of
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.dates.words import YEAR, YEAR_DIGITS, date_at, direction
from corpus.quantities.page import Page
from corpus.spans import Span

_NTH = (
    rf"(?:{any_of(word for word, number in ORDINALS.items() if number <= 4)}|[1-4](?:st|nd|rd"
    rf"|th)|final|last)"
)
_OF_YEAR = (
    rf"(?:(?:{GAP}|{HYPHEN})(?:of{GAP})?(?:(?P<fiscal>fiscal|financial{GAP}year){GAP})?(?P<year>{YEAR})"
    rf"|{GAP}of{GAP}(?P<which>last|this|next){GAP}year)"
)
_QUARTER = re.compile(
    rf"(?<!\w)(?:(?P<nth>{_NTH})(?:{GAP}|{HYPHEN})(?P<what>quarter|half)|(?P<letter>[QH])"
    rf"(?P<number>[1-4])){_OF_YEAR}?(?!\w)",
    re.IGNORECASE,
)
_QUARTERS = ("quarter", "half", "q", "h")
_YEAR_FIRST = re.compile(
    rf"(?<!\w)(?P<year>{YEAR_DIGITS})(?:{GAP}|{HYPHEN})?(?:(?P<letter>[QHqh])"
    rf"(?P<number>[1-4])|(?P<nth>{_NTH}){GAP}(?P<what>quarter|half))(?!\w)"
)
_ORDINAL = (
    rf"(?:{any_of(word for word, number in ORDINALS.items() if number <= 20)}|twenty{HYPHEN}"
    rf"first|[1-9][0-9]?(?:st|nd|rd|th))"
)
_CENTURY = re.compile(
    rf"(?<!\w)(?:(?P<half>first|second|latter|last){GAP}half{GAP}of{GAP}(?:the{GAP})?)?"
    rf"(?P<nth>{_ORDINAL})(?:{GAP}|{HYPHEN})century"
    rf"(?:{GAP}(?P<bc>BCE?))?(?:{APOSTROPHE}s{GAP}(?P<later>first|second){GAP}half)?(?!\w)",
    re.IGNORECASE,
)
_DECADES: dict[str, int] = lexicon.load("calendar")["decades"]
_DIGITS = re.compile(
    rf"(?P<year>[12](?<![\w.,$€£].)(?:(?<=1)[0-9]{{2}}|(?<=2)0[0-9])0){APOSTROPHE}?s(?!\w)"
    rf"|(?P<short>[0-9](?<={APOSTROPHE}.)(?<![\w.,$€£]..)0)s(?!\w)"
)
_DECADE = re.compile(
    rf"(?<![\w.,$£€])(?P<lead>the{GAP}|nineteen{GAP})(?P<word>{any_of(_DECADES)})(?!\w)",
    re.IGNORECASE,
)


def find_quarters(page: Page) -> Iterator[Quantity]:
    """Yield quarters and halves of years. Without a year, "half" is left to other rules."""
    found = (
        *page.scan(_YEAR_FIRST, _QUARTERS, reach=24),
        *page.scan(_QUARTER, _QUARTERS, reach=12),
    )
    for match in found:
        if match["nth"] and match["nth"].lower() == "last" and not match["year"]:
            continue
        form = (
            "quarter" if (match["what"] or match["letter"]).lower() in ("quarter", "q") else "half"
        )
        groups = match.groupdict()
        number = int(match["number"]) if match["number"] else _nth(match["nth"], form)
        if (form == "half" and (number > 2 or not (match["year"] or groups.get("which")))) or (
            match["number"] and not match["year"] and match["letter"].islower()
        ):
            continue
        yield _quarter(page, match, form, number)


def _quarter(page: Page, match: re.Match[str], form: str, number: int) -> Quantity:
    groups = match.groupdict()
    year = int(match["year"]) if match["year"] else None
    way = None
    if groups.get("which"):
        way = "future" if match["which"].lower() == "next" else "past"
    elif year is None:
        way = direction(page, Span(*match.span()))
    expression = Expression(form, year, number=number, direction=way)
    if groups.get("fiscal"):
        expression = Expression("fiscal", year, number=number if form == "quarter" else None)
    return date_at(page, *match.span(), form, expression)


def _nth(word: str, form: str) -> int:
    word = word.lower()
    if word in ("final", "last"):
        return 4 if form == "quarter" else 2
    return ORDINALS[word] if word in ORDINALS else int(word[:-2])


def find_centuries(page: Page) -> Iterator[Quantity]:
    """Yield centuries; halves of them are ranges of years."""
    for match in page.scan(_CENTURY, ("century",), reach=64):
        word = re.sub(r"\s+", "-", match["nth"].lower())
        number = int(word[:-2]) if word[0].isdigit() else ORDINALS.get(word, 21)
        half = (match["half"] or match["later"] or "").lower()
        if match["bc"]:
            number = -number
        expression = Expression("century", number=number)
        if half and number > 0:
            start = number * 100 - (99 if half == "first" else 49)
            expression = Expression("year", start, last=Expression("year", start + 49))
        yield date_at(page, *match.span(), "century", expression)


def find_decades(page: Page) -> Iterator[Quantity]:
    """Yield decades; "the 1900s" is a hundred years, "the nineties" is read as the 1990s."""
    for match in page.at_digits(_DIGITS):
        start, short = match.start(), match["short"]
        expression = Expression("decade", int(match["year"] or 1900 + int(short)))
        if short:
            start -= 1  # the apostrophe
        elif match["year"].endswith("00") and match["year"] != "2000":
            expression = replace(expression, number=100)
        yield date_at(page, start, match.end(), "decade", expression)
    for match in page.scan(_DECADE, _DECADES, reach=12):
        expression = Expression("decade", 1900 + _DECADES[match["word"].lower()])
        spelled = match["lead"].lower().startswith("nineteen")
        start = match.start() if spelled else match.start("word")
        yield date_at(page, start, match.end(), "decade", expression)
