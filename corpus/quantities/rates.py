"""Rates: "per week", "a day", "each year", "/h" after a figure or what it counts."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, pairwise

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
    rf"(?:(?P<many>100|1,000|10,000|100,000|hundred|thousand|million|billion){GAP})?"
    rf"(?P<any>(?:(?:square|cubic){GAP})?[A-Za-z]{{2,15}})(?!\w)"
    rf"|/(?P<symbol>(?-i:{any_of(SYMBOLS)}))(?!\w)"
    rf"|{GAP}(?P<adverb>annually|daily|weekly|monthly|yearly|hourly)(?!\w)"
)
_LATE = starting(
    rf"[^.;:,!?\n]{{0,90}}?{GAP}(?:(?:each|every|per){GAP}(?P<what>day|week|month|year|hour"
    rf"|quarter)|(?P<adverb>annually))(?!\w)"
)
_PER_AGAIN = starting(rf"{GAP}(?:per|an?|each|every){GAP}(?P<what>{any_of(UNITS)})(?!\w)")
_ADVERBS = {
    "annually": "year",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "hourly": "hour",
}
_OPEN = re.compile(rf"{GAP}?\((?:or{GAP}|about{GAP})?")
_KINDS = ("count", "money", "percent", "measure", "share", "duration")


def apply(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with what they are counted per, in the singular: "day", "barrel".

    The 100,000 of "40 per 100,000 people" belongs to the rate, and is no quantity by itself.
    """
    rated: list[Quantity] = []
    for item, following in pairwise(chain(found, [None])):
        if item is None or (rated and rated[-1].per and item.span.start < _end(page, rated[-1])):
            continue
        rated.append(_rated(page, item, following) if item.kind in _KINDS else item)
        if len(rated) > 1:
            rated[-2:] = _rated_in_both(page, *rated[-2:])
    return rated


def _rated_in_both(page: Page, first: Quantity, item: Quantity) -> tuple[Quantity, Quantity]:
    """Read "C$6 (US$4.46) per share": the rate belongs to both amounts."""
    between = page.text[max(first.span.end, _end(page, first)) : item.span.start][:12]
    alike = first.kind == item.kind in ("money", "measure") and _OPEN.fullmatch(between)
    if alike and not (first.per and item.per):
        per = first.per or item.per
        return replace(first, per=per), replace(item, per=per)
    return first, item


def _rated(page: Page, item: Quantity, following: Quantity | None) -> Quantity:
    if match := _near(page, item):
        return replace(item, per=_per(page, match, following))
    if item.kind == "count" and item.concept_span:
        stop = following.span.start if following else len(page.text)
        stop = min(page.sentence(item.span.start).end, stop)
        end = max(item.span.end, item.concept_span.end)
        if match := _LATE.match(page.text, end, max(end, stop)):
            return replace(item, per=(match["what"] or "year").lower())
    return item


def _near(page: Page, item: Quantity) -> re.Match[str] | None:
    """Find the rate right after a figure or after what it counts."""
    stop = page.sentence(item.span.start).end
    bracket = page.text.startswith(")", item.span.end)
    match = _NEAR.match(page.text, item.span.end + bracket, stop)
    if match is None and item.concept_span and item.concept_span.start >= item.span.end:
        match = _NEAR.match(page.text, item.concept_span.end, stop)
    return match


def _end(page: Page, item: Quantity) -> int:
    match = _near(page, item)
    return match.end() if match else 0


def _per(page: Page, match: re.Match[str], following: Quantity | None) -> str:
    """Return what a rate is per, in the singular and in words: "hectare per year"."""
    if match["adverb"]:
        return _ADVERBS[match["adverb"].lower()]
    if match["many"] and following and following.span.start == match.start("many"):
        counted = NAMES.get(following.unit or "") or following.concept
        return f"{following.value} {counted}" if counted else str(following.value)
    word = match["what"] or match["any"] or match["symbol"]
    code = SYMBOLS.get(word) or FORMS.get(" ".join(word.lower().split()))
    per = NAMES[code] if code else UNITS.get(word.lower()) or singular(word.lower())
    if match["many"]:
        return f"{match['many'].lower()} {per}"
    again = _PER_AGAIN.match(page.text, match.end())
    return f"{per} per {UNITS[again['what'].lower()]}" if again else per
