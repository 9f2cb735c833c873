"""Vague amounts: "dozens of", "hundreds of workers", "several hours": a low bound and no value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus import lexicon
from corpus.numbers import CARDINALS
from corpus.patterns import GAP, HYPHEN, any_of, ending, longest, starting
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.dates.words import UNITS
from corpus.quantities.measures import FORMS
from corpus.quantities.money import NAMES
from corpus.quantities.nouns import concept_after, concept_of, counting
from corpus.quantities.page import Page
from corpus.spans import Span

LOW: dict[str, str] = lexicon.load("vague")["low"]
_VAGUE = re.compile(rf"(?<![\w-])(?P<words>{any_of(LOW)})(?![\w-])", re.IGNORECASE)
_UNIT = starting(
    rf"(?:{GAP}of)?(?:{GAP}|{HYPHEN})(?:more{GAP}|long{GAP})?(?P<unit>{any_of(UNITS)})(?!\w)"
)
_OF = starting(rf"(?P<of>{GAP}of)?{GAP}")
_FOLDED = {name.lower(): code for name, code in NAMES.items()}
_MAJORITY = re.compile(
    rf"(?<!\w)(?:(?:the|a){GAP}(?:vast{GAP}|great{GAP}|overwhelming{GAP}|large{GAP}|clear{GAP}"
    rf")?majority)(?!{GAP}(?:leader|party|owner|owned|stake|shareholder|vote|opinion|rule|view"
    rf"|in|on|for|at|government|coalition|report|decision)|{HYPHEN})(?!\w)",
    re.IGNORECASE,
)
_WORDS = frozenset(word for words in LOW for word in words.split()) - {"a", "of", "few"}
_COUNTED = ending(rf"(?:[0-9]|\b{any_of(CARDINALS)}){GAP}")
_SCORES_OF = starting(rf"{GAP}of\b")


def find_vague(page: Page) -> Iterator[Quantity]:
    """Yield vague counts, durations and money with the least they can mean as `low`."""
    for match in page.scan(_VAGUE, _WORDS, reach=8):
        words = " ".join(match["words"].lower().split())
        if words in ("scores", "tens") and not _SCORES_OF.match(page.text, match.end()):
            continue
        if _COUNTED.search(page.before(match.start(), 16)):
            continue  # "three dozens"
        yield _vague(page, match, LOW[words])
    for match in page.scan(_MAJORITY, ("majority",), reach=24):
        yield Quantity(Span(*match.span()), "share", "majority", low="1/2", vague=True)


def _vague(page: Page, match: re.Match[str], low: str) -> Quantity:
    start, end = match.span()
    if unit := _UNIT.match(page.text, end):
        name = UNITS[unit["unit"].lower()]
        if name not in ("night", "quarter", "weekend"):
            return Quantity(
                Span(start, unit.end()), "duration", "vague", low=low, vague=True, unit=name,
                calendar=Expression("duration", unit=name),
            )  # fmt: skip
    if of := _OF.match(page.text, end):
        if of["of"] and (money := longest(_FOLDED, page.text, of.end())):
            span = Span(start, money[1])
            return Quantity(span, "money", "vague", low=low, vague=True, unit=money[0])
        if measure := longest(FORMS, page.text, of.end()):
            span = Span(start, measure[1])
            return Quantity(span, "measure", "vague", low=low, vague=True, unit=measure[0])
    vague = Quantity(Span(start, end), "count", "vague", low=low, vague=True, score=0.8)
    return counting(concept_of(page, end) or concept_after(page, end), vague)
