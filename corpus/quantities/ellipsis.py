"""What is not said again: "6 million homes, including 1.5 million in Oss", "by 2 litres to 9".

The second may be said first: "hundreds if not thousands of gulls".
"""

from __future__ import annotations

import re
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
_AND_DID = ending(rf"\b(?:and|but|while){GAP}(?:[a-z]+ed|left|hurt|shot|lost|won|took){GAP}")
_HARMED = re.compile(
    r"\b(?:kill|wound|injur|hurt|shot|shoot|arrest|detain|rescu|trap|evacuat)[a-z]{0,4}\b",
    re.IGNORECASE,
)
_VERB = ending(rf"(?P<verb>\b[a-z]{{3,14}}){GAP}(?:about{GAP}|only{GAP}|just{GAP})?")
_OUT_OF = starting(rf"(?:Out{GAP})?Of{GAP}(?:the|its|their){GAP}")
_SHARED = starting(
    rf"(?:,|,?{GAP}(?:and|or|if{GAP}not))(?:{GAP}(?:perhaps|maybe|possibly|even))?{GAP}\Z"
)
_ENDS = starting(
    rf"{GAP}(?:(?:more|fewer|less){GAP}than|of{GAP}(?:whom|them|which)|injured|wounded|killed|hurt"
    rf"|missing|remain(?:s|ed)?|survived|died|fled|left|who|that|which|per|each|in|from|at|on|for|to(?!{GAP}(?:[0-9]|two|three|four|five))|last|this|the|a|an|were|are|was|had|have"
    rf"|did|by|after|before|during|since|as)\b"
    rf"|{GAP}(?:and|but|while){GAP}[^\W\d_]|[.,;:)]|\s*\Z"
)
_PART_OF_THEM = starting(rf"{GAP}(?:(?:more|fewer|less){GAP}than|of{GAP}(?:whom|them|which))\b")
_SUFFERED = starting(rf"{GAP}(?:injured|wounded|killed|hurt|missing)\b")
_WHERE = starting(rf"{GAP}(?P<word>for|in|at|among)\b")
_SECOND = ending(rf"\b(?:and|but|while|against|versus|compared{GAP}(?:with|to)){GAP}")
_FAR = 150


def apply(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with what bare counts take over from a figure said before them.

    A count takes what an earlier one of its sentence counts; after "to" or "by" also the unit of
    a measure, after "by" that of a percentage. A level after "to" is no percentage, but may be
    one of the points counted before it. A count joined to the next takes what that one counts.
    """
    complete: list[Quantity] = []
    last: Quantity | None = None
    counted: Quantity | None = None
    for item in found:
        if complete and _is_shared(page, complete[-1], item):
            complete[-1] = _counting_the_same(complete[-1], item)
        if item.kind == "share" and counted and _is_share_of(page, counted, item):
            item = _counting_the_same(item, counted)
        if complete and _is_twin(page, complete[-1], item):
            item = replace(item, kind=complete[-1].kind, unit=complete[-1].unit, score=0.7)
        if last is not None and _is_bare(page, item) and not _is_cut_off(page, complete[-1], item):
            item = _taken_over(page, last, counted, item)
        if item.kind in ("percent", "measure") or (item.kind == "count" and item.concept):
            last = item
            counted = item if item.kind == "count" else counted
        complete.append(item)
    return complete


def _is_shared(page: Page, first: Quantity, item: Quantity) -> bool:
    """Tell whether two counts stand together, and what is counted is said with the second."""
    between = page.text[first.span.end : min(item.span.start, first.span.end + 24)]
    return (
        first.kind == item.kind == "count"
        and first.concept is None
        and item.concept_span is not None
        and item.concept_span.start > item.span.start
        and bool(_SHARED.match(between))
    )


def _is_bare(page: Page, item: Quantity) -> bool:
    return (
        item.kind == "count"
        and item.concept is None
        and item.rule == "count"
        and bool(_ENDS.match(page.text, item.span.end))
    )


def _is_cut_off(page: Page, before: Quantity, item: Quantity) -> bool:
    """Tell "took two towns, with 17 dead and 60 hurt", no towns, from "nine men fell, two hurt"."""
    bare = before.kind == "count" and before.concept is None
    return bare and bool(_SUFFERED.match(page.text, item.span.end))


def _is_share_of(page: Page, counted: Quantity, item: Quantity) -> bool:
    """Tell "300 men, a third of whom left" from a share that says what it is of."""
    if item.concept or not _PART_OF_THEM.match(page.text, item.span.end):
        return False
    return counted.span.start >= max(page.sentence(item.span.start).start, item.span.start - _FAR)


def _is_twin(page: Page, first: Quantity, item: Quantity) -> bool:
    """Tell "81 years for women and 76 for men", two of one kind, by the word after both."""
    if first.kind not in ("percent", "measure", "duration", "money") or not _is_bare(page, item):
        return False
    one, other = _WHERE.match(page.text, first.span.end), _WHERE.match(page.text, item.span.end)
    near = item.span.start - first.span.end < 40 and first.rule != "age"
    return bool(
        near and one and other and one["word"] == other["word"]
        and _SECOND.search(page.before(item.span.start, 20))
    )  # fmt: skip


def _taken_over(page: Page, last: Quantity, counted: Quantity | None, item: Quantity) -> Quantity:
    before = page.before(item.span.start, 40)
    link = _LINK.search(before)
    if not (
        link
        or _PART_OF_THEM.match(page.text, item.span.end)
        or (counted and _is_said_alike(page, counted, item, before))
    ):
        return item
    word = link["link"].lower() if link else ""
    if last.kind == "percent" and word in ("to", "at") and counted:
        last = counted
    if (
        item.span.start - last.span.end > _FAR
        or last.span.start < page.sentence(item.span.start).start
    ):
        return item
    if last.kind == "count":
        return _counting_the_same(item, last)
    if word == "by" or (word == "to" and last.kind == "measure"):
        return replace(item, kind=last.kind, unit=last.unit, score=0.7)
    return item


def _is_said_alike(page: Page, counted: Quantity, item: Quantity, before: str) -> bool:
    """Tell "killed 49 people and wounded 53", "Oss named five people, while Brill named six", and
    "Out of the 140 members, 84 left".
    """
    if did := _AND_DID.search(before):
        ahead = page.before(counted.span.start, 40)
        return not _HARMED.search(did[0]) or bool(_HARMED.search(ahead))
    if before.endswith(", ") and _OUT_OF.match(page.text, page.sentence(item.span.start).start):
        return True
    verb = _VERB.search(before)
    first = _VERB.search(page.before(counted.span.start, 40)) if verb else None
    return bool(verb and first and verb["verb"].lower() == first["verb"].lower())


def _counting_the_same(item: Quantity, other: Quantity) -> Quantity:
    return replace(
        item,
        concept=other.concept,
        concept_head=other.concept_head,
        concept_span=other.concept_span,
        score=0.7,
    )
