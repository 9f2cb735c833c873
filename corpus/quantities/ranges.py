"""Ranges: "between 40 and 55 trucks", "$400 to $600", "3-5 percent": one claim with two ends.

"from 3.1 to 3.6 percent" after a verb of movement is no range but a change that ends at 3.6.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from corpus.numbers import LETTERS, exact, figures
from corpus.patterns import GAP, HYPHEN, ending, starting
from corpus.quantities.base import Change, Quantity
from corpus.quantities.changes import direction_before, direction_in
from corpus.quantities.page import Page
from corpus.spans import Span

_TO = starting(
    rf"(?:{GAP}?{HYPHEN}{GAP}?|{GAP}?[—~]{GAP}?|{GAP}(?:to|or|and)(?:{GAP}(?:about|around"
    rf"|nearly|almost|at{GAP}least|up{GAP}to))?{GAP})\Z"
)
_BETWEEN = ending(
    rf"\b(?P<word>between|from|anywhere{GAP}between|ranging{GAP}from|ranges?{GAP}from"
    rf"|ranged{GAP}from)(?:{GAP}(?:about|around|roughly|approximately|just|as{GAP}few{GAP}as"
    rf"|as{GAP}low{GAP}as))?{GAP}"
)
_KINDS = ("count", "money", "percent", "measure", "duration", "ordinal")


def join(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with the two ends of each range made one."""
    joined: list[Quantity] = []
    for quantity in found:
        pair = _joined(page, joined[-1], quantity) if joined else None
        if pair is None:
            joined.append(quantity)
        else:
            joined[-1] = pair
    return joined


def _joined(page: Page, first: Quantity, last: Quantity) -> Quantity | None:
    between = page.text[first.span.end : last.span.start]
    if len(between) > 14 or first.vague or last.vague or first.low or last.low:
        return None
    match = _TO.match(between)
    if match is None or not first.value or not last.value or not _same_kind(first, last):
        return None
    word = between.strip(" \t\r\n").split(" ")[0].lower()
    opening = _BETWEEN.search(page.before(first.span.start, 40))
    if word == "and" and not (opening and opening["word"].lower().endswith("between")):
        return None
    low, high = _scaled(page, first, last), Fraction(last.value)
    if word == "or" and (low >= high or (last.kind != "ordinal" and high - low > 10)):
        return None
    moved = opening is not None and opening["word"].lower() == "from" and word == "to"
    if moved and (direction := direction_in(page, first.span.start)):
        return _moved(first, last, low, direction)
    if low >= high or _is_step(page, first, last):
        return None
    kind, unit = (first.kind, first.unit) if first.kind == "money" else (last.kind, last.unit)
    return replace(
        last,
        span=Span(first.span.start, last.span.end),
        kind=kind,
        value=None,
        low=exact(low),
        high=last.value,
        unit=unit,
        calendar=None,
    )


def _is_step(page: Page, first: Quantity, last: Quantity) -> bool:
    """Tell "rose by $43 million to $419 million", an amount and a level, from a range."""
    if first.kind != last.kind or first.kind == "count":
        return False
    return direction_before(page, first.span.start) is not None


def _same_kind(first: Quantity, last: Quantity) -> bool:
    """Tell whether two quantities may be ends of one range: the first may lack its unit."""
    if last.kind not in _KINDS or (last.rule == "age" and first.kind != "count"):
        return False
    if first.kind == "count":
        return first.concept is None or first.concept_head == last.concept_head
    if first.kind == "money" and last.kind == "count":
        return last.concept is None
    return first.kind == last.kind and first.unit == last.unit


def _scaled(page: Page, first: Quantity, last: Quantity) -> Fraction:
    """Return the first end; "2 to 3 million" hands its scale down to the 2."""
    low, high = Fraction(first.value or 0), Fraction(last.value or 0)
    own, scale = _scale(page, first), _scale(page, last)
    if own == 1 and scale > 1 and low <= high / scale:
        return low * scale
    return low


def _scale(page: Page, item: Quantity) -> Fraction:
    """Return what the scale word of a quantity multiplies by, as money reads it ("2.5m")."""
    figure = next(iter(figures(item.span.cut(page.text))), None)
    if figure is None:  # "a week"
        return Fraction(1)
    if figure.scale == 1 and figure.suffix.lower() in LETTERS and item.kind == "money":
        return Fraction(LETTERS[figure.suffix.lower()])
    return figure.scale


def _moved(first: Quantity, last: Quantity, start: Fraction, direction: str) -> Quantity:
    change = Change(direction, start=exact(start), span=first.span)
    return replace(last, change=change)
