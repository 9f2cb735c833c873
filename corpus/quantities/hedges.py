"""Hedges: "at least", "nearly", "or more" turn the comparator and have a span of their own."""

from __future__ import annotations

from dataclasses import replace

from corpus import lexicon
from corpus.patterns import GAP, any_of, ending, starting
from corpus.quantities.base import Quantity
from corpus.quantities.page import Page
from corpus.spans import Span

BEFORE = lexicon.mapping("hedges", "before")
AFTER = lexicon.mapping("hedges", "after")
SIGNS = lexicon.mapping("hedges", "signs")
_BEFORE = ending(
    rf"(?<!\w)(?P<hedge>{any_of(BEFORE)})(?:{GAP}(?:the(?:{GAP}ages?{GAP}of)?"
    rf"|a|an|its|their|by|total(?:{GAP}of)?))?{GAP}"
    rf"|(?P<sign>{any_of(SIGNS)}){GAP}?"
)
_ADDS = ending(r"\b(?:adds?|added|adding) ")
_PLUS = starting(r"\+(?![\w+])")
_AFTER = starting(rf"{GAP}(?P<hedge>{any_of(AFTER)})(?!\w)")
_WINDOW = starting(rf"(?:the|next|past|last|previous|coming|first|final|preceding|following){GAP}")


def apply(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with their hedges; dates have bounds of their own and stay."""
    ends = [0, *(quantity.span.end for quantity in found)]
    return [
        quantity if quantity.kind == "date" else _hedged(page, quantity, end)
        for quantity, end in zip(found, ends, strict=False)
    ]


def _hedged(page: Page, quantity: Quantity, previous: int) -> Quantity:
    if quantity.comparator != "=" or _WINDOW.match(quantity.span.cut(page.text)):
        return quantity
    end = quantity.span.end
    if match := _BEFORE.search(page.before(quantity.span.start, 32)):
        place = quantity.span.start - len(match[0])
        words = " ".join((match["hedge"] or match["sign"]).lower().split())
        comparator = BEFORE.get(words) or SIGNS[words]
        span = Span(place, place + len(match["hedge"] or match["sign"]))
        if (
            comparator != "="
            and not _is_period(quantity, words, place - previous)
            and not _ADDS.search(page.before(place, 8))
        ):
            return replace(quantity, comparator=comparator, hedge_span=span)
    if _PLUS.match(page.text, end):
        return replace(quantity, comparator=">=", hedge_span=Span(end, end + 1))
    place = quantity.concept_span.end if quantity.concept_span else end
    for start in (end, max(end, place)):
        if (match := _AFTER.match(page.text, start)) and match.end() <= page.sentence(end - 1).end:
            span = Span(match.start("hedge"), match.end("hedge"))
            comparator = AFTER[" ".join(match["hedge"].lower().split())]
            return replace(quantity, comparator=comparator, hedge_span=span)
    return quantity


def _is_period(quantity: Quantity, words: str, distance: int) -> bool:
    """Tell "7.5 percent over two years", a period, from "over two years", a bound."""
    return quantity.kind == "duration" and words in ("over", "within") and 0 <= distance < 12
