"""Scope: the date and the place a figure is about, where they stand with it in the sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import chain, pairwise

from corpus.patterns import GAP, ending, starting
from corpus.quantities.base import Quantity
from corpus.quantities.nouns import noun_follows
from corpus.quantities.page import Page
from corpus.quantities.places import place_of

_SAYING = ending(
    r"\b(?:said|says|told|reported|announced|added|noted|stated|according|revealed|disclosed|confirmed"
    r"|estimated|claimed|argued|warned)\b[^.;!?]{0,60}"
)
_SAYS = starting(r"\s(?:said|told|reported|announced|revealed|disclosed|confirmed|warned|that)\b")
_BASELINE = ending(
    r"\b(?:from|than|compared (?:with|to)|versus|against)\s(?:(?:in|on|at|during)\s)?"
    r"(?:the\s|that of\s|this (?:time|point|stage)\s)?"
)
_MULTIPLE = ending(
    r"\b(?:times|twice|double|triple|half)\s(?:what|as|the)\b[^,;.]{0,40}\s(?:in|on|at)\s"
)
_MULTIPLES = frozenset(("times", "twice", "double", "triple", "half"))
_UNTIL = frozenset(("for", "to", "until", "till"))
_PUT_OFF = ending(
    r"\b(?:adjourned|listed|postponed|deferred|(?:re)?scheduled|put off|moved)\b[^,;.]{0,40}"
    r"\s(?:for|to|until|till)\s"
)
_COMPARES = re.compile(
    r"\b(?:compared (?:with|to)|against|versus|than|from|double|triple|twice|times)(?!\w)"
)
"""What parts a figure from another one that it is compared with, and from that one's date."""

_TURN = re.compile(r";|\baccording to\b|,\s(?:although|though|but|and)\s(?!in\b|by\b|of\b)")
"""What begins another clause, about which a date said in passing before it says nothing."""

_ASIDE = re.compile(
    rf",{GAP}(?:which|who|whose|where|when|(?:[a-z]{{3,12}}ed|built|born|bought|sold|held|made|found"
    rf"|set{GAP}up|seen|shown|taken|given|written|lost|left|won|torn{GAP}down){GAP}"
    rf"(?:in|on|at|by|during|since|for|from|to|with|as|under|after|into)|dat(?:ed|ing))(?!\w)"
)
_ASIDE_ENDS = re.compile(r",(?![0-9])|[;:)]")
_OF_A_NAME = ending(
    rf"(?P<when>\b[a-z]{{2,8}}{GAP})?(?:\b(?:the|its|their|his|her|an?)|[’']s){GAP}"
)
_SUM_OF = re.compile(rf"(?:{GAP}[a-z]{{2,14}}){{1,3}}{GAP}of{GAP}")
_WHEN = frozenset(("in", "at", "during", "for", "on", "by", "before", "after", "until"))
_RECORD_SINCE = ending(
    r"\b(?:[a-z]{3,12}est|worst|best|least|most|first|only|record|time)\b[^,;:.]{0,40}\ssince\s"
    r"(?:the\s)?"
)
_KINDS = ("count", "money", "percent", "measure", "share")
_FAR = 120


def link(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with `scope_span`, the nearest date of the sentence, and `place_span`.

    A date just after the figure goes before one that opens the sentence. The day on which
    something was said, and the baseline of a change, are no scope; nor is a date of another
    clause, of an aside ("founded in 1987"), of a name ("the 2019 law") or of what the figure is
    compared with.
    """
    dates = [
        item
        for before, item in pairwise(chain([None], found))
        if item
        and item.kind == "date"
        and not _is_baseline(page, before, item)
        and not _is_no_scope(page, item)
    ]
    told: list[Quantity] = []
    for number, item in enumerate(found):
        if item.kind in _KINDS:
            item = _scoped(page, item, dates, found[number + 1 : number + 4])
        told.append(item)
    return told


def _scoped(
    page: Page, item: Quantity, dates: list[Quantity], following: list[Quantity]
) -> Quantity:
    sentence = page.sentence(item.span.start)
    started = item.change.span if item.change and item.change.start else None
    best: tuple[int, Quantity] | None = None
    nearest = max(sentence.start, item.span.start - 2 * _FAR)
    first = bisect_left(dates, nearest, key=_start)
    last = bisect_left(dates, min(sentence.end, item.span.end + _FAR), key=_start)
    for date in dates[first:last]:
        after = date.span.start - item.span.end
        distance = after if after >= 0 else 40 + item.span.start - date.span.end
        at_start = started is not None and 0 <= date.span.start - started.end < 2
        if distance > _FAR + 40 or at_start:
            continue  # "to 40 from 35 a year earlier"
        if (best is None or distance < best[0]) and _is_of(page, item, date, following):
            best = (distance, date)
    place = place_of(page, item)
    if best is None and place is None:
        return item
    return replace(item, scope_span=best[1].span if best else None, place_span=place)


def _is_of(page: Page, item: Quantity, date: Quantity, following: list[Quantity]) -> bool:
    """Tell whether a date of the sentence is in the same clause as the figure, or before all."""
    if _is_aside(page, item, date) or not _is_named_by(page, item, date):
        return False
    if date.span.start < item.span.start:
        opens = page.sentence(date.span.start).start + 24 > date.span.start
        between = page.text[date.span.end : item.span.start]
        return opens or not _TURN.search(between)
    figures = [
        other
        for other in following
        if other.kind in _KINDS and item.span.end <= other.span.start < date.span.start
    ]
    if figures and page.before(date.span.start, 5).endswith(" for "):
        return False
    return not any(_is_parted(page, *pair) for pair in pairwise([item, *figures]))


def _is_parted(page: Page, item: Quantity, other: Quantity) -> bool:
    """Tell whether a new clause begins between two figures, or one is compared with the other."""
    stop = min(other.span.start, other.hedge_span.start if other.hedge_span else len(page.text))
    between = page.text[item.span.end : stop]
    return bool(_TURN.search(between)) or (
        len(between) < 60 and _is_alike(item, other) and bool(_COMPARES.search(between))
    )


def _is_named_by(page: Page, item: Quantity, date: Quantity) -> bool:
    """Tell "its 2019 budget of $3 million" and "in the 2019 vote" from "the 2019 law"."""
    name = _OF_A_NAME.search(page.before(date.span.start, 20)) if date.rule == "year" else None
    if name is None or (name["when"] or "").strip().lower() in _WHEN:
        return True
    between = page.text[date.span.end : item.span.start][:40]
    return bool(_SUM_OF.fullmatch(between)) or not noun_follows(page, date.span.end)


def _is_alike(item: Quantity, other: Quantity) -> bool:
    heads = {item.concept_head, other.concept_head} - {None}
    return item.kind == other.kind and item.unit == other.unit and len(heads) < 2


def _is_aside(page: Page, item: Quantity, date: Quantity) -> bool:
    """Tell whether one of the two stands in an aside between commas, and the other does not."""
    first, last = sorted((item.span, date.span))
    start = page.sentence(first.start).start
    for match in _ASIDE.finditer(page.text, max(start, first.start - _FAR), last.start):
        closed = _ASIDE_ENDS.search(page.text, match.end(), last.start)
        if (closed is not None and match.start() < first.start < closed.start()) or (
            match.start() >= first.end and closed is None and last is date.span
        ):
            return True
    return False


def _start(date: Quantity) -> int:
    return date.span.start


def _is_baseline(page: Page, before: Quantity | None, date: Quantity) -> bool:
    """Tell whether the figure just before a date is compared with it: "down a third since 2019"."""
    change = before.change if before else None
    return change is not None and date.span.cut(page.text) == change.baseline


def _is_no_scope(page: Page, date: Quantity) -> bool:
    """Tell whether the date is that of a statement ("she said on Monday") or a baseline."""
    before = page.before(date.span.start)
    words = before.split()
    if _BASELINE.search(before[-40:]) or ("since" in words and _RECORD_SINCE.search(before[-60:])):
        return True
    if not _MULTIPLES.isdisjoint(words) and _MULTIPLE.search(before):
        return True
    if not _UNTIL.isdisjoint(words[-1:]) and _PUT_OFF.search(before):
        return True
    return date.rule in ("weekday", "day word") and bool(
        _SAYING.search(before) or _SAYS.match(page.after(date.span.end, 24))
    )
