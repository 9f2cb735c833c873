"""Windows: what the main tier is shown at a time, a paragraph or a stretch of a long one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.quotes import quotations
from corpus.spans import Span, joined
from corpus.tagging.base import Paragraphs
from corpus.tagging.wordpiece import Piece, WordPieces

LONGEST = 254
"""Number of word pieces in a window; the model sees two more, for its start and its end."""
SHORTEST = 3
"""Number of word pieces of a paragraph; fewer hold no attribution."""
SHARED = 62
"""Number of word pieces which two windows on one paragraph have in common."""
WAYS = 3
"""Number of ways in which a word can be written; what stands in quotation marks comes after."""


@dataclass(frozen=True, slots=True)
class Window:
    """Word pieces of one paragraph: their numbers, their looks, and their places in the text.

    `looks` tells how a word is written and whether it stands in quotation marks. `words` tells
    for each piece where in the window its word begins. `own` is the
    range of pieces (end excluded) whose cues are read here and in no other window; `paragraph`
    numbers the paragraph.
    """

    numbers: tuple[int, ...]
    looks: tuple[int, ...]
    places: tuple[tuple[int, int], ...]
    words: tuple[int, ...]
    own: tuple[int, int]
    paragraph: int

    @property
    def span(self) -> Span:
        """The stretch of the text it shows; it has at least one piece."""
        return Span(self.places[0][0], self.places[-1][1])

    def __len__(self) -> int:
        return len(self.numbers)


def windows(pieces: WordPieces, text: str, paragraphs: Paragraphs) -> Iterator[Window]:
    """Yield the windows on `paragraphs` of `text`, in the order of the text."""
    quoted = joined(quotation.inner for quotation in quotations(text))
    ends = [span.end for span in quoted]
    for number, paragraph in enumerate(paragraphs):
        if paragraph is None:
            continue
        if len(read := pieces.read(text, paragraph)) < SHORTEST:
            continue
        looks = [case for _, _, _, case in read]
        for at, (_, start, end, case) in enumerate(read):
            after = bisect_left(ends, end)
            if after < len(quoted) and quoted[after].start <= start:
                looks[at] = case + WAYS
        inside = [piece in pieces.inside for piece, _, _, _ in read]
        yield from _cut(read, looks, inside, number)


def _cut(
    read: Sequence[Piece], looks: Sequence[int], inside: Sequence[bool], paragraph: int
) -> Iterator[Window]:
    """Yield the windows on one paragraph, each cue's place in the one that shows most around it."""
    step = LONGEST - SHARED
    for start in range(0, max(len(read) - SHARED, 1), step):
        shown = read[start : start + LONGEST]
        last = start + LONGEST >= len(read)
        begins = [0 if inside[start + at] else at for at in range(len(shown))]
        yield Window(
            tuple(number for number, _, _, _ in shown),
            tuple(looks[start : start + LONGEST]),
            tuple((begin, end) for _, begin, end, _ in shown),
            tuple(accumulate(begins, max)),
            (SHARED // 2 if start else 0, len(shown) if last else LONGEST - SHARED // 2),
            paragraph,
        )
