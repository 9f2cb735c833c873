"""Which voice a figure has: somebody's, through whom, the article's own, or not to be told."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.attribution.base import Attribution
from corpus.attribution.read import chain, merely_reports
from corpus.quotes import Quotation
from corpus.spans import Span

BRACKET_RE = re.compile(r"\[[^\[\]\n]{1,400}\]")
OPEN_AT_ONCE = 16
"""Number of contents around one place that are looked at; hostile texts nest deeper."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """The voice of one figure: `state` is attributed, own or undetermined.

    `voices` are the numbers of the attributions, nearest first, and `chain` their speakers;
    `speaker` is the first of them that does more than pass on what another one says. An
    undetermined figure has `candidates`; `attribution` is the nearest one, if there is any.
    """

    state: str
    attribution: int | None = None
    speaker: str | None = None
    chain: tuple[str, ...] = ()
    voices: tuple[int, ...] = ()
    candidates: tuple[str, ...] = ()


OWN = Vouched("own")


def voices(
    text: str,
    places: Sequence[Span],
    found: Sequence[Attribution],
    quotations: Sequence[Quotation],
    sentences: Sequence[Span],
) -> list[Vouched]:
    """Return the voice for each of `places`, which are sorted."""
    brackets = [Span(*match.span()) for match in BRACKET_RE.finditer(text)]
    return [
        OWN if _in_brackets(place, brackets, quotations) else _voice(around, found)
        for place, around in zip(places, _holding(places, found), strict=True)
    ]


def _holding(
    places: Sequence[Span], found: Sequence[Attribution]
) -> Iterator[list[tuple[Span, Attribution]]]:
    """Yield, for each place, the contents that hold it, smallest first."""
    contents = sorted(
        ((span, a.n) for a in found for span in a.content), key=lambda one: (one[0].start, one[1])
    )
    around: list[tuple[Span, int]] = []
    at = 0
    for place in places:
        while at < len(contents) and contents[at][0].start <= place.start:
            around.append(contents[at])
            at += 1
        around = [one for one in around if one[0].end > place.start][-OPEN_AT_ONCE:]
        here = [(span, found[n]) for span, n in around if span.end >= place.end]
        yield sorted(here, key=lambda one: (len(one[0]), -_depth(found, one[1].n), one[1].n))


def _depth(found: Sequence[Attribution], n: int) -> int:
    return sum(1 for _ in chain(found, n))


def _in_brackets(
    place: Span, brackets: Sequence[Span], quotations: Sequence[Quotation]
) -> bool:
    """Tell whether an editor's hand put the words into somebody's quotation."""
    at = bisect_right(brackets, place.start, key=lambda one: one.start) - 1
    if at < 0 or not brackets[at].holds(place):
        return False
    last = bisect_left(quotations, place.end, key=lambda one: one.span.start)
    return any(one.span.holds(place) for one in quotations[max(0, last - OPEN_AT_ONCE) : last])


def _voice(around: Sequence[tuple[Span, Attribution]], found: Sequence[Attribution]) -> Vouched:
    if not around:
        return OWN
    path = list(chain(found, around[0][1].n))[::-1]
    nearest = path[0]
    if nearest.speaker is None:
        return Vouched("undetermined", nearest.n, candidates=nearest.candidates)
    named = [attribution for attribution in path if attribution.speaker]
    distinct = [
        one for n, one in enumerate(named) if one.speaker not in {o.speaker for o in named[:n]}
    ]
    telling = [one for one in distinct if not merely_reports(one)]
    return Vouched(
        state="attributed",
        attribution=nearest.n,
        speaker=(telling or distinct)[0].speaker,
        chain=tuple(one.speaker or "" for one in distinct),
        voices=tuple(one.n for one in distinct),
    )
