"""Articles as a person arranges them: which line of a file belongs to which article, or to none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.readers import BOM
from corpus.split.articles import Placed
from corpus.split.lines import BYLINE, METADATA, SECTION, SHORT, Line, lines_of

LEFT_OUT = "left out by an editor"


def cut_lines(text: str, cuts: Iterable[int] = ()) -> list[Line]:
    """Return the lines of `text` that are not blank, those cut in two that hold one of `cuts`.

    A cut is the code point that the second line begins with; one at the edge of a line, or
    between lines, cuts nothing.
    """
    start = len(BOM) if text.startswith(BOM) else 0
    places = sorted(set(cuts))
    lines: list[Line] = []
    for line in lines_of(text, start):
        within = [place for place in places if line.span.start < place < line.span.end]
        lines.extend(_cut(text, line, within) if within else [line])
    return lines


def _cut(text: str, line: Line, places: Sequence[int]) -> Iterator[Line]:
    """Yield the pieces of a line, each with the kind that its own words have."""
    for start, end in pairwise((line.span.start, *places, line.span.end)):
        for piece in lines_of(text[start:end], 0):
            yield replace(piece, span=piece.span.shift(start))


def arranged(lines: Sequence[Line], numbers: Sequence[int | None]) -> list[Placed | str]:
    """Return the place of each line, given the number of its article, or None for no article.

    The first line of an article is its headline if it looks like one; a section label may stand
    above it.
    """
    begun: set[int] = set()
    placed: list[Placed | str] = []
    for line, number in zip(lines, numbers, strict=True):
        if number is None:
            placed.append(LEFT_OUT)
            continue
        role = {METADATA: "metadata", BYLINE: "byline"}.get(line.kind, "body")
        if role == "body" and number not in begun:
            role = {SHORT: "headline", SECTION: "section"}.get(line.kind, "body")
            if role != "section":
                begun.add(number)
        placed.append(Placed(number, role))
    return placed
