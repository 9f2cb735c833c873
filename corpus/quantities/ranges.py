"""Ranges: "between 40 and 55 trucks", "$400 to $600", "3-5 percent": one claim with two ends.

"from 3.1 to 3.6 percent" after a verb of movement is no range but a change that ends at 3.6. Two
bounds said one after the other, "more than 40 but fewer than 60", are a range too.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from corpus.numbers import LETTERS, exact, figures
from corpus.patterns import GAP, HYPHEN, ending, starting
from corpus.quantities.base import Change, Quantity
from corpus.quantities.changes import direction_before, direction_in
from corpus.quantities.designators.scores import is_vote
from corpus.quantities.page import Page
from corpus.spans import Span

_TO = starting(
    rf"(?:{GAP}?{HYPHEN}{GAP}?|{GAP}?[—~]{GAP}?|{HYPHEN}{GAP}to{GAP}|{GAP}(?:to|through|or|and)(?:{GAP}(?:about"
    rf"|around|nearly|almost|at{GAP}least|up{GAP}to|as{GAP}(?:many|much|high){GAP}as|even"
    rf"|possibly|perhaps))?{GAP})\Z"
)
_DOZEN = ending(rf"{GAP}dozen")
_CLOSE = re.compile(rf"{HYPHEN}")
_SAID_BETWEEN = re.compile(
    rf"(?:{GAP}(?!(?:to|or|and|but|that|who|which)\b)[a-z]{{2,12}}){{1,2}}(?={GAP}to{GAP})"
)
_AND_BOUND = re.compile(rf",?{GAP}(?:and|but|yet|though)(?:{GAP}(?:is|are|was|were))?{GAP}")
_SHIFT = ending(
    rf"\b(?:go|goes|going|went|gone|mov(?:e|es|ed|ing)|chang(?:e|es|ed|ing)|shift(?:s|ed|ing)?|swung"
    rf"|swing(?:s|ing)?|switch(?:es|ed|ing)?|revis(?:e|es|ed|ing)|adjust(?:s|ed|ing)?"
    rf"|accelerat(?:e|es|ed|ing))\b[^.;:()]{{0,40}}from(?:{GAP}[a-z]{{2,7}}){{0,2}}{GAP}"
)
_LOWER, _UPPER = (">", ">="), ("<", "<=")
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
_FAR = 60
_LEVELS = ("count", "money", "percent", "measure")
_KINDS = ("count", "money", "percent", "measure", "duration", "ordinal")


def join(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with the two ends of each range made one."""
    joined: list[Quantity] = []
    for quantity in _closely_joined(page, found):
        if joined and (pair := _joined(page, joined[-1], quantity)):
            joined[-1] = pair
        elif len(joined) > 1 and (
            moved := _moved_between_dates(page, joined[-2], joined[-1], quantity)
        ):
            joined[-2:] = [joined[-1], moved]
        elif joined and (level := _level_and_start(page, joined[-1], quantity)):
            joined[-1] = level
        else:
            joined.append(_next_step(page, joined[-1], quantity) if joined else quantity)
    return joined


def _closely_joined(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with ends joined by a hyphen made one: "from 24 to 33-35 billion"."""
    joined: list[Quantity] = []
    for quantity in found:
        if (
            joined
            and joined[-1].span.end + 1 == quantity.span.start
            and _CLOSE.match(page.text, joined[-1].span.end)
            and (pair := _joined(page, joined[-1], quantity))
        ):
            joined[-1] = pair
        else:
            joined.append(quantity)
    return joined


def bound(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with two bounds made one range: "more than 40 but fewer than 60"."""
    joined: list[Quantity] = []
    for quantity in found:
        if joined and (pair := _bounded(page, joined[-1], quantity)):
            joined[-1] = pair
        else:
            joined.append(quantity)
    return joined


def _bounded(page: Page, first: Quantity, last: Quantity) -> Quantity | None:
    if "=" in (first.comparator, last.comparator):
        return None
    bounds = {first.comparator: first, last.comparator: last}
    low = next((bounds[sign] for sign in _LOWER if sign in bounds), None)
    high = next((bounds[sign] for sign in _UPPER if sign in bounds), None)
    if not (low and high and low.value and high.value and last.hedge_span):
        return None
    between = page.text[first.end : last.hedge_span.start]
    if not (_same_kind(first, last) and len(between) < 12 and _AND_BOUND.fullmatch(between)):
        return None
    if Fraction(low.value) >= Fraction(high.value):
        return None
    said = last if last.concept or last.unit else first
    span = Span(first.span.start, last.span.end)
    return replace(
        said, span=span, value=None, low=low.value, high=high.value, comparator="=",
        hedge_span=first.hedge_span,
    )  # fmt: skip


def _next_step(page: Page, last: Quantity, item: Quantity) -> Quantity:
    """Read "from $160 to $180 to $200": the third value moves on from the second."""
    between = page.text[last.end : min(item.span.start, last.end + 20)]
    if (
        not (last.change and last.change.start and last.value and _TO_ONLY.fullmatch(between))
        or not item.value
        or (last.kind, last.unit) != (item.kind, item.unit)
    ):
        return item
    rises = Fraction(last.value) < Fraction(item.value)
    return _moved(last, item, Fraction(last.value), "increase" if rises else "decrease")


def _moved_between_dates(
    page: Page, first: Quantity, date: Quantity, last: Quantity
) -> Quantity | None:
    """Read "from 3.1 percent in 2019 to 3.6 percent": the claim of the end, with its start."""
    if date.kind != "date" or first.unit != last.unit or not _are_ends(first, last):
        return None
    opening = _BETWEEN.search(page.before(first.span.start, 40))
    if (
        opening is None
        or not _WHEN.fullmatch(page.text[first.end : date.span.start])
        or not _TO_ONLY.fullmatch(page.text[date.span.end : last.span.start])
    ):
        return None
    start, end = Fraction(first.value or 0), Fraction(last.value or 0)
    return _moved(first, last, start, "increase" if start < end else "decrease")


def _level_and_start(page: Page, last: Quantity, first: Quantity) -> Quantity | None:
    """Read "rose to 3.6 percent from 3.1 percent", the start told after the end."""
    between = page.text[last.end : min(first.span.start, last.end + 12)]
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


def _joined(page: Page, first: Quantity, last: Quantity) -> Quantity | None:
    """Return the range, or the movement, of two quantities that stand together."""
    if last.span.start - first.span.end > _FAR or not first.value:
        return None
    if first.vague or last.vague or first.low or first.change:
        return None
    between = page.text[first.span.end : min(last.span.start, first.span.end + 40)]
    opening = _BETWEEN.search(page.before(first.span.start, 40))
    link = _link(page, first, last, between, opening is not None)
    if link is None or not _same_kind(first, last) or is_vote(page, first.span.start):
        return None
    word = link.strip(" \t\r\n-").split(" ")[0].lower()
    start = opening["word"].lower() if opening else ""
    if word == "and" and not start.endswith("between"):
        return None
    low = _scaled(page, first, last)
    if start == "from" and word == "to" and (moved := _movement(page, first, last, low)):
        return moved
    named = opening is not None and word in ("and", "to")
    if not last.value or (not named and word != "or" and _is_step(page, first, last)):
        return None
    if not _is_range(low, Fraction(last.value), word, last.kind):
        return None
    return _range(first, last, low)


def _movement(page: Page, first: Quantity, last: Quantity, low: Fraction) -> Quantity | None:
    """Read "rose from 3 to 4 percent", "going from 40 to 30 boats"; the values say which way."""
    direction = direction_in(page, first.span.start)
    end = Fraction(last.value or last.low or 0)
    falls = end < low and bool(last.unit or last.concept)
    if not (direction or falls or _SHIFT.search(page.before(first.span.start, 60))):
        return None
    if end != low and last.kind != "ordinal":
        direction = "decrease" if end < low else "increase"
    return _moved(first, last, low, direction) if direction else None


def _link(page: Page, first: Quantity, last: Quantity, between: str, opened: bool) -> str | None:
    """Return the words that join two ends; what is counted may be said with the first as well."""
    if first.concept_head == last.concept_head and first.span.end < first.end < last.span.start:
        between = page.text[first.end : last.span.start][:40]
    if opened and (said := _SAID_BETWEEN.match(between)):
        between = between[said.end() :]
    return between if len(between) < 24 and _TO.match(between) else None


def _is_range(low: Fraction, high: Fraction, word: str, kind: str) -> bool:
    return low < high and (word != "or" or kind == "ordinal" or high - low <= 10 or low * 2 >= high)


def _range(first: Quantity, last: Quantity, low: Fraction) -> Quantity:
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
    if first.kind != last.kind or (first.kind == "count" and not first.concept):
        return False
    return direction_before(page, first.span.start) is not None


def _same_kind(first: Quantity, last: Quantity) -> bool:
    """Tell whether two quantities may be ends of one range: the first may lack its unit."""
    if last.kind not in _KINDS or (
        last.rule == "age" and first.kind != "count" and first.rule != "age"
    ):
        return False
    if first.kind == "count":
        return first.concept is None or first.concept_head == last.concept_head
    if first.kind == "money" and last.kind == "count":
        return last.concept is None
    return first.kind == last.kind and first.unit == last.unit


def _scaled(page: Page, first: Quantity, last: Quantity) -> Fraction:
    """Return the first end; "2 to 3 million" hands its scale down to the 2."""
    low, high = Fraction(first.value or 0), Fraction(last.value or last.low or 0)
    own, scale = scale_of(page, first), scale_of(page, last)
    if own == 1 and scale > 1 and low <= high / scale:
        return low * scale
    return low


def scale_of(page: Page, item: Quantity) -> Fraction:
    """Return what the scale word of a quantity multiplies by, as money reads it ("2.5m")."""
    found = figures(item.span.cut(page.text))
    if not found:  # "a week"
        return Fraction(1)
    figure = found[-1]
    if figure.spelled and _DOZEN.search(item.span.cut(page.text)):
        return Fraction(12)
    if figure.scale == 1 and figure.suffix.lower() in LETTERS and item.kind == "money":
        return Fraction(LETTERS[figure.suffix.lower()])
    return figure.scale


def _moved(first: Quantity, last: Quantity, start: Fraction, direction: str) -> Quantity:
    change = Change(direction, start=exact(start), span=first.span)
    return replace(last, change=change)
