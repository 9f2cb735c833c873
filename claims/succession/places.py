"""Where the words of one text stand in another."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from corpus.sentences import sentences
from corpus.spans import Span

Shift = Callable[[Span], Span | None]
"""Where a span of the old text stands in the new one; None where it does not stand whole."""

_WORD_RE: Final = re.compile(r"\w+|[^\w\s]")


def alike(old: str, new: str) -> Shift:
    """Return where spans of `old` stand in `new`.

    Sentences that both have in the same order stand for each other; within stretches of changed
    sentences, words do.
    """
    places: dict[int, int] = {}
    for mine, others in _changed_stretches(old, new, places):
        _pair(_words(old, mine), _words(new, others), old, new, places)
    starts = sorted(places)

    def shift(span: Span) -> Span | None:
        at = bisect_right(starts, span.start) - 1
        if at < 0:
            return None
        begin = places[starts[at]] + span.start - starts[at]
        moved = Span(begin, begin + len(span))
        return moved if moved.cut(new) == span.cut(old) else None

    return shift


def differences(old: str, new: str) -> list[tuple[str, str]]:
    """Return the sentences that are in one text only, in order: ("removed" or "added", words)."""
    mine, others = sentences(old), sentences(new)
    found: list[tuple[str, str]] = []
    for tag, a, b, c, d in _compared(mine, others, old, new).get_opcodes():
        if tag != "equal":
            found += [("removed", span.cut(old)) for span in mine[a:b]]
            found += [("added", span.cut(new)) for span in others[c:d]]
    return found


def _changed_stretches(
    old: str, new: str, places: dict[int, int]
) -> Iterator[tuple[Sequence[Span], Sequence[Span]]]:
    """Put the starts of common sentences into `places`; yield the stretches between them."""
    mine, others = sentences(old), sentences(new)
    for tag, a, b, c, d in _compared(mine, others, old, new).get_opcodes():
        if tag == "equal":
            _pair_equal(mine[a:b], others[c:d], places)
        elif tag == "replace":
            yield mine[a:b], others[c:d]


def _pair(
    mine: Sequence[Span], others: Sequence[Span], old: str, new: str, places: dict[int, int]
) -> None:
    for block in _compared(mine, others, old, new).get_matching_blocks():
        size = block.size
        _pair_equal(mine[block.a : block.a + size], others[block.b : block.b + size], places)


def _pair_equal(mine: Sequence[Span], others: Sequence[Span], places: dict[int, int]) -> None:
    places.update((one.start, other.start) for one, other in zip(mine, others, strict=True))


def _compared(
    mine: Sequence[Span], others: Sequence[Span], old: str, new: str
) -> "SequenceMatcher[str]":
    return SequenceMatcher(None, [span.cut(old) for span in mine], [o.cut(new) for o in others])


def _words(text: str, stretch: Sequence[Span]) -> list[Span]:
    return [
        Span(match.start(), match.end())
        for line in stretch
        for match in _WORD_RE.finditer(text, line.start, line.end)
    ]
