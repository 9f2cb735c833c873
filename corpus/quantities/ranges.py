"""Ranges: "between 40 and 55 trucks", "$400 to $600", "3-5 percent": one claim with two ends.

"from 3.1 to 3.6 percent" after a verb of movement is no range but a change that ends at 3.6.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from corpus.numbers import LETTERS, exact, figures
from corpus.patterns import GAP, HYPHEN, ending, starting
from corpus.quantities.base import Change, Quantity
from corpus.quantities.changes import direction_before, direction_in
from corpus.quantities.page import Page
from corpus.spans import Span

_TO = starting(
    rf"(?:{GAP}?{HYPHEN}{GAP}?|{GAP}?[—~]{GAP}?|{GAP}(?:to|through|or|and)(?:{GAP}(?:about"
    rf"|around|nearly|almost|at{GAP}least|up{GAP}to))?{GAP})\Z"
)
_BETWEEN = ending(
    rf"\b(?P<word>between|from|anywhere{GAP}between|ranging{GAP}from|ranges?{GAP}from"
    rf"|ranged{GAP}from)(?:{GAP}(?:about|around|roughly|approximately|just|as{GAP}few{GAP}as"
    rf"|as{GAP}low{GAP}as|up{GAP}to))?{GAP}"
)
_WHEN = re.compile(rf",?{GAP}(?:(?:in|on|at|during|by|as{GAP}of){GAP})?(?:the{GAP})?")
_TO_ONLY = re.compile(rf",?{GAP}to(?:{GAP}(?:about|around|nearly|almost|just{GAP}over))?{GAP}")
_FROM = re.compile(rf",?{GAP}(?:up{GAP}|down{GAP})?from{GAP}")
_TO_BEFORE = ending(
    rf"\bto(?:{GAP}(?:an?|about|around|nearly|almost|just|some|record)){{0,2}}{GAP}"
)
_LEVELS = ("count", "money", "percent", "measure")
_KINDS = ("count", "money", "percent", "measure", "duration", "ordinal")


def join(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with the two ends of each range made one."""
    joined: list[Quantity] = []
    for quantity in found:
        if joined and (pair := _joined(page, joined[-1], quantity)):
            joined[-1] = pair
        elif len(joined) > 1 and (
            moved := _moved_between_dates(page, joined[-2], joined[-1], quantity)
        ):
            joined[-2:] = [joined[-1], moved]
        elif joined and (level := _level_and_start(page, joined[-1], quantity)):
            joined[-1] = level
        else:
            joined.append(quantity)
    return joined


def _moved_between_dates(
    page: Page, first: Quantity, date: Quantity, last: Quantity
) -> Quantity | None:
    """Read "from 3.1 percent in 2019 to 3.6 percent": the claim of the end, with its start."""
    if date.kind != "date" or first.unit != last.unit or not _are_ends(first, last):
        return None
    opening = _BETWEEN.search(page.before(first.span.start, 40))
    if (
        opening is None
        or not _WHEN.fullmatch(page.text[_end(first) : date.span.start])
        or not _TO_ONLY.fullmatch(page.text[date.span.end : last.span.start])
    ):
        return None
    start, end = Fraction(first.value or 0), Fraction(last.value or 0)
    return _moved(first, last, start, "increase" if start < end else "decrease")


def _level_and_start(page: Page, last: Quantity, first: Quantity) -> Quantity | None:
    """Read "rose to 3.6 percent from 3.1 percent", the start told after the end."""
    between = page.text[_end(last) : min(first.span.start, _end(last) + 12)]
    if not _are_ends(first, last) or not _FROM.fullmatch(between):
        return None
    if first.unit != last.unit or not _TO_BEFORE.search(page.before(last.span.start, 20)):
        return None
    direction = direction_in(page, last.span.start)
    rises = Fraction(first.value or 0) < Fraction(last.value or 0)
    if direction != ("increase" if rises else "decrease"):
        return None
    return _moved(first, last, Fraction(first.value or 0), direction)


def _are_ends(first: Quantity, last: Quantity) -> bool:
    """Tell whether two quantities can be the start and the end of one movement."""
    if not first.value or not last.value or first.kind != last.kind or last.change:
        return False
    heads = {first.concept_head, last.concept_head} - {None}
    return first.kind in _LEVELS and len(heads) < 2


def _end(item: Quantity) -> int:
    """Return where a quantity ends with what it counts."""
    return max(item.span.end, item.concept_span.end if item.concept_span else 0)


def _joined(page: Page, first: Quantity, last: Quantity) -> Quantity | None:
    between = page.text[first.span.end : last.span.start]
    if len(between) > 14 or first.vague or last.vague or first.low or last.low or first.change:
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
    named = opening is not None and word in ("and", "to")
    if low >= high or (not named and _is_step(page, first, last)):
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
