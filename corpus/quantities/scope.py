"""Scope: the date and the place a figure is about, where they stand with it in the sentence."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from corpus.patterns import ending, starting
from corpus.quantities.base import Quantity
from corpus.quantities.page import Page
from corpus.quantities.places import place_of

_SAYING = ending(
    r"\b(?:said|says|told|reported|announced|added|noted|stated|according|revealed|disclosed|confirmed"
    r"|estimated|claimed|argued|warned)\b[^.;!?]{0,60}"
)
_SAYS = starting(r"\s(?:said|told|reported|announced|revealed|disclosed|confirmed|warned|that)\b")
_BASELINE = ending(
    r"\b(?:from|than|compared (?:with|to)|versus|against)\s(?:in\s)?(?:the\s|that of\s)?"
)
_KINDS = ("count", "money", "percent", "measure", "share")
_FAR = 120


def link(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with `scope_span`, the nearest date of the sentence, and `place_span`.

    A date just after the figure goes before one that opens the sentence. The day on which
    something was said, and the baseline of a change, are no scope.
    """
    dates = [item for item in found if item.kind == "date"]
    return [_scoped(page, item, dates) if item.kind in _KINDS else item for item in found]


def _scoped(page: Page, item: Quantity, dates: list[Quantity]) -> Quantity:
    sentence = page.sentence(item.span.start)
    baseline = item.change.baseline if item.change else None
    best: tuple[int, Quantity] | None = None
    nearest = max(sentence.start, item.span.start - 2 * _FAR)
    first = bisect_left(dates, nearest, key=_start)
    last = bisect_left(dates, min(sentence.end, item.span.end + _FAR), key=_start)
    for date in dates[first:last]:
        after = date.span.start - item.span.end
        distance = after if after >= 0 else 40 + item.span.start - date.span.end
        if distance > _FAR + 40 or date.span.cut(page.text) == baseline or _is_no_scope(page, date):
            continue
        if best is None or distance < best[0]:
            best = (distance, date)
    place = place_of(page, item)
    if best is None and place is None:
        return item
    return replace(item, scope_span=best[1].span if best else None, place_span=place)


def _start(date: Quantity) -> int:
    return date.span.start


def _is_no_scope(page: Page, date: Quantity) -> bool:
    """Tell whether the date is that of a statement ("she said on Monday") or a baseline."""
    if _BASELINE.search(page.before(date.span.start, 24)):
        return True
    return date.rule in ("weekday", "day word") and bool(
        _SAYING.search(page.before(date.span.start)) or _SAYS.match(page.after(date.span.end, 24))
    )
