"""Rates: "per week", "a day", "each year", "/h" after a figure or what it counts."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus import lexicon
from corpus.patterns import GAP, HYPHEN, any_of, starting
from corpus.quantities.base import Quantity
from corpus.quantities.dates.words import UNITS
from corpus.quantities.measures import FORMS, NAMES, SYMBOLS
from corpus.quantities.nouns import singular
from corpus.quantities.page import Page

_PER_WHAT = lexicon.words("units", "per")
_NEAR = starting(
    rf"(?:(?:{GAP}|{HYPHEN})an?(?:{GAP}|{HYPHEN})|{GAP}(?:each|every){GAP}|/)"
    rf"(?P<what>{any_of((*UNITS, *_PER_WHAT))})"
    rf"(?!\w|{HYPHEN}|{GAP}(?:ago|earlier|later|before|after|half))"
    rf"|(?:{GAP}|{HYPHEN})per(?:{GAP}|{HYPHEN})"
    rf"(?P<any>(?:(?:square|cubic){GAP})?[A-Za-z]{{2,15}})(?!\w)"
    rf"|/(?P<symbol>(?-i:{any_of(SYMBOLS)}))(?!\w)"
    rf"|{GAP}(?P<adverb>annually|daily|weekly|monthly|yearly|hourly)(?!\w)"
)
_LATE = starting(
    rf"[^.;:,!?\n]{{0,90}}?{GAP}(?:(?:each|every|per){GAP}(?P<what>day|week|month|year|hour"
    rf"|quarter)|(?P<adverb>annually))(?!\w)"
)
_ADVERBS = {
    "annually": "year",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "hourly": "hour",
}
_KINDS = ("count", "money", "percent", "measure", "share", "duration")


def apply(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with what they are counted per, in the singular: "day", "barrel"."""
    nexts = [item.span.start for item in found[1:]] + [len(page.text)]
    return [
        _rated(page, item, stop) if item.kind in _KINDS else item
        for item, stop in zip(found, nexts, strict=False)
    ]


def _rated(page: Page, item: Quantity, following: int) -> Quantity:
    ends = [item.span.end]
    if item.concept_span and item.concept_span.start >= item.span.end:
        ends.append(item.concept_span.end)
    stop = page.sentence(item.span.start).end
    for end in ends:
        match = _NEAR.match(page.text, end, stop)
        if match:
            return replace(item, per=_per(match))
    if item.kind == "count" and item.concept_span:
        match = _LATE.match(page.text, ends[-1], max(ends[-1], min(stop, following)))
        if match:
            return replace(item, per=(match["what"] or "year").lower())
    return item


def _per(match: re.Match[str]) -> str:
    """Return what a rate is per, in the singular and in words."""
    if match["adverb"]:
        return _ADVERBS[match["adverb"].lower()]
    word = match["what"] or match["any"] or match["symbol"]
    if code := SYMBOLS.get(word) or FORMS.get(" ".join(word.lower().split())):
        return NAMES[code]
    return UNITS.get(word.lower()) or singular(word.lower())
