"""Hedges: "at least", "nearly", "or more" turn the comparator and have a span of their own."""

from __future__ import annotations

from dataclasses import replace

from corpus import lexicon
from corpus.patterns import GAP, HYPHEN, any_of, ending, starting
from corpus.quantities.base import Quantity
from corpus.quantities.page import Page
from corpus.spans import Span

BEFORE = lexicon.mapping("hedges", "before")
AFTER = lexicon.mapping("hedges", "after")
SIGNS = lexicon.mapping("hedges", "signs")
_SIZES = lexicon.words("hedges", "sizes")
_BETWEEN = (
    rf"(?:{GAP}(?:the(?:{GAP}ages?{GAP}of)?|(?:an?{GAP})?{any_of(_SIZES)}(?:{GAP}of)?|a|an|its"
    rf"|their|by))"
)
_BEFORE = ending(
    rf"(?<!\w)(?P<hedge>{any_of(BEFORE)}){_BETWEEN}?{GAP}|(?P<sign>{any_of(SIGNS)}){GAP}?"
)
_LAST_WORDS = frozenset(words.split()[-1] for words in BEFORE) | frozenset(
    ("the", "of", "a", "an", "its", "their", "by", *_SIZES)
)
_OPENING = "([{\"'“‘«—–-"
_SIGN = tuple({words[-1] for words in SIGNS})
_WHERE = ("within", "over", "under", "above", "below", "near", "beyond", "around")
_ADDS = ending(r"\b(?:adds?|added|adding) ")
_PLUS = starting(r"\+(?![\w+])")
_GLUED = starting(rf"{HYPHEN}(?P<hedge>odd|plus|ish)(?!\w)")
_AFTER = starting(rf"{GAP}(?P<hedge>{any_of(AFTER)})(?!\w)")
_EITHER_WAY = ending(
    rf"\bplus(?:{GAP}or{GAP}|[ /-])minus[\s-]|(?:±|\+(?: or |/| / )?[-\u2212]){GAP}?"
)
_WINDOW = starting(rf"(?:the|next|past|last|previous|coming|first|final|preceding|following){GAP}")


def apply(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with their hedges; dates have bounds of their own and stay.

    A margin ("plus or minus 3 points") keeps its value and is less certain.
    """
    ends = [0, *(quantity.span.end for quantity in found)]
    return [
        quantity if quantity.kind == "date" else _hedged(page, quantity, end)
        for quantity, end in zip(found, ends, strict=False)
    ]


def _hedged(page: Page, quantity: Quantity, previous: int) -> Quantity:
    if is_margin(page, quantity):
        return replace(quantity, score=min(quantity.score, 0.6))
    if quantity.comparator != "=" or _WINDOW.match(quantity.span.cut(page.text)):
        return quantity
    return _told_before(page, quantity, previous) or _told_after(page, quantity) or quantity


def is_margin(page: Page, quantity: Quantity) -> bool:
    """Tell whether "plus or minus" or its sign stands before: how far off a figure may be."""
    start = quantity.span.start
    return bool(_EITHER_WAY.search(page.text[max(0, start - 20) : start]))


def _told_before(page: Page, quantity: Quantity, previous: int) -> Quantity | None:
    before = page.before(quantity.span.start, 40)
    last = before.rsplit(None, 1)[-1:]
    word = last[0].lower().lstrip(_OPENING) if last else ""
    if word not in _LAST_WORDS and not word.endswith(_SIGN):
        return None
    match = _BEFORE.search(before)
    if match is None:
        return None
    place = quantity.span.start - len(match[0])
    said = match["hedge"] or match["sign"]
    words = " ".join(said.lower().split())
    comparator = BEFORE.get(words) or SIGNS[words]
    if (
        comparator == "="
        or (quantity.kind == "ordinal" and words in _WHERE)
        or _is_period(quantity, match[0], place - previous)
        or _ADDS.search(page.before(place, 8))
    ):
        return None
    return replace(quantity, comparator=comparator, hedge_span=Span(place, place + len(said)))


def _told_after(page: Page, quantity: Quantity) -> Quantity | None:
    """Read "40+", "40-odd", "40 or more", "40 boats or so"."""
    end = quantity.span.end
    if _PLUS.match(page.text, end):
        return replace(quantity, comparator=">=", hedge_span=Span(end, end + 1))
    counted = quantity.concept_span.end if quantity.concept_span else end
    for pattern, start in ((_GLUED, end), (_AFTER, end), (_AFTER, max(end, counted))):
        match = pattern.match(page.text, start)
        if match and match.end() <= page.sentence(end - 1).end:
            span = Span(match.start("hedge"), match.end("hedge"))
            words = " ".join(match["hedge"].lower().split())
            return replace(quantity, comparator=AFTER[words], hedge_span=span)
    return None


def _is_period(quantity: Quantity, words: str, distance: int) -> bool:
    """Tell "7.5 percent over two years" and "over the two years" from "over two years", a bound."""
    said = words.lower().split()
    if quantity.kind != "duration" or said[0] not in ("over", "within"):
        return False
    return 0 <= distance < 12 or said[-1] in ("the", "its", "their")
