"""Figures written in digits or words: where they stand and what they are worth, exactly.

"2.5 million", "half a million", "one and a half", "three dozen", "12,34,567", "5 1/2", "one-third",
"21st", "1.3e6". A run of digits that is not one well-formed number is refused whole, never
half-read.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from corpus.numbers.digits import is_continental, read_digits
from corpus.numbers.numerals import (
    CARDINALS,
    CROWD,
    CROWDED,
    CROWDED_WHY,
    LETTERS,
    NOUGHTS,
    ORDINALS,
    PARTS,
    SCALES,
    SIGNS,
    TEENS,
    TENS,
    UNITS,
    Figure,
    exact,
)
from corpus.numbers.spelled import cardinal, read_spelled, scaled_part
from corpus.patterns import GAP, places_of
from corpus.spans import Span

__all__ = [
    "CARDINALS", "CROWD", "CROWDED", "CROWDED_WHY", "LETTERS", "ORDINALS", "TEENS", "TENS", "UNITS",
    "Figure", "exact", "figures",
]  # fmt: skip

_DIGITS = re.compile(rf"[\d{''.join(SIGNS)}](?:(?<=\d)(?:\d|[.,](?=\d))*)?")
"""Digits of any script, so that those of others are refused whole, and one-sign fractions."""

_WORDS = (*CARDINALS, *ORDINALS, *PARTS, *SCALES, *NOUGHTS)
_DENSE = re.compile(r"[A-Za-z]+|[\d½⅓⅔¼¾](?:[^\S\n]?[^\w\s]{0,2}\s?[^\W\d_]?\d){0,200}")
"""A word, or digits with little between them, taken together where nothing is read."""
_OVER = re.compile(rf"{GAP}over{GAP}", re.IGNORECASE)
_OF = re.compile(rf"{GAP}of\b")
_PHRASE_ENDS = re.compile(r"\s{0,3}(?:\Z|[.;:!?)](?![0-9]))")


def figures(text: str, places: Mapping[str, Sequence[int]] | None = None) -> list[Figure]:
    """Return every figure of `text`, left to right; they never overlap.

    `places` are those of all its words (`corpus.patterns.places_of`), where they are known.
    """
    places = places_of(text) if places is None else places
    words = sorted(place for word in set(_WORDS) for place in places.get(word, ()))
    found = list(_figures(text, words))
    if is_continental(text, found):
        found = list(_figures(text, words, continental=True))
    return _parts_over(text, found)


def _figures(text: str, words: list[int], *, continental: bool = False) -> Iterator[Figure]:
    last: deque[int] = deque(maxlen=CROWD)
    waiting = iter(words)
    word = next(waiting, len(text))
    run = _DIGITS.search(text)
    done = 0
    while run or word < len(text):
        place = run.start() if run and run.start() < word else word
        if len(last) == CROWD and place - last[0] < CROWDED:
            figure: Figure | None = _unread(text, place)
            last.extend([place] * CROWD)
        elif run and place < word:
            figure = _read_digits(text, run, continental=continental)
        else:
            figure = read_spelled(text, place, done)
        done = place + 1
        if figure is not None:
            yield figure
            last.append(place)
            done = figure.span.end
        while word < done:
            word = next(waiting, len(text))
        if run and run.start() < done:
            run = _DIGITS.search(text, done)


def _unread(text: str, place: int) -> Figure:
    """Return what stands in a table or in noise: refused, and not looked at any further."""
    match = _DENSE.match(text, place)
    end = match.end() if match else place + 1
    return Figure(Span(place, end), "cardinal", Fraction(0), refused=CROWDED_WHY)


def _read_digits(text: str, run: re.Match[str], *, continental: bool) -> Figure:
    if run[0] in SIGNS:
        read = scaled_part if _OF.match(text, run.end()) else cardinal
        return read(text, *run.span(), SIGNS[run[0]])
    return read_digits(text, run, continental=continental)


def _parts_over(text: str, found: list[Figure]) -> list[Figure]:
    """Join "one over twenty" into 1/20, where nothing is counted after it."""
    joined: list[Figure] = []
    for figure in found:
        before = joined[-1] if joined else figure
        if (
            before.value == 1
            and figure.form == before.form == "cardinal"
            and figure.value > 1
            and figure.value.denominator == 1
            and _OVER.fullmatch(text[before.span.end : figure.span.start][:12])
            and _PHRASE_ENDS.match(text, figure.span.end)
        ):
            span = Span(before.span.start, figure.span.end)
            joined[-1] = Figure(span, "fraction", 1 / figure.value)
        else:
            joined.append(figure)
    return joined
