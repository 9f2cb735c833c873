"""What is not said again: "6 million homes, including 1.5 million in Oss", "by 2 litres to 9"."""

from __future__ import annotations

from dataclasses import replace

from corpus.patterns import GAP, ending, starting
from corpus.quantities.base import Quantity
from corpus.quantities.page import Page

_LINK = ending(
    rf"\b(?P<link>and|or|including|with|versus|against|compared{GAP}(?:with|to)|from|to|than|while"
    rf"|by|of{GAP}(?:whom|which|them)|at)"
    rf"(?:{GAP}(?:only|just|some|about|around|nearly|almost|another|more{GAP}than|at{GAP}least|over"
    rf"|an{GAP}average{GAP}of|a{GAP}record|the)){{0,2}}{GAP}"
)
_ENDS = starting(
    rf"{GAP}(?:who|that|which|per|each|in|from|at|on|for|to|last|this|the|a|an|were|are|was|had|have"
    rf"|did|by|after|before|during|since|as)\b|[.,;:)]|\s*\Z"
)
_FAR = 150


def apply(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with what bare counts take over from a figure said before them.

    A count takes what an earlier one of its sentence counts; after "to" or "by" also the unit of
    a measure, after "by" that of a percentage. A level after "to" is no percentage, but may be
    one of the points counted before it.
    """
    complete: list[Quantity] = []
    last: Quantity | None = None
    counted: Quantity | None = None
    for item in found:
        if last is not None and _is_bare(page, item):
            item = _taken_over(page, last, counted, item)
        if item.kind in ("percent", "measure") or (item.kind == "count" and item.concept):
            last = item
            counted = item if item.kind == "count" else counted
        complete.append(item)
    return complete


def _is_bare(page: Page, item: Quantity) -> bool:
    return (
        item.kind == "count"
        and item.concept is None
        and item.rule == "count"
        and bool(_ENDS.match(page.text, item.span.end))
    )


def _taken_over(page: Page, last: Quantity, counted: Quantity | None, item: Quantity) -> Quantity:
    link = _LINK.search(page.before(item.span.start, 40))
    if link is None:
        return item
    word = link["link"].lower()
    if last.kind == "percent" and word in ("to", "at") and counted:
        last = counted
    if (
        item.span.start - last.span.end > _FAR
        or last.span.start < page.sentence(item.span.start).start
    ):
        return item
    if last.kind == "count":
        return replace(
            item,
            concept=last.concept,
            concept_head=last.concept_head,
            concept_span=last.concept_span,
            score=0.7,
        )
    if word == "by" or (word == "to" and last.kind == "measure"):
        return replace(item, kind=last.kind, unit=last.unit, score=0.7)
    return item
