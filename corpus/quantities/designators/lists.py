"""Enumerators: the "(1)" and "2." that only number the parts of a list."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.numbers import Figure
from corpus.patterns import starting
from corpus.quantities.base import Designator
from corpus.quantities.page import Page

_STOP = starting(r"[.)](?=\s)")


def find_enumerators(page: Page) -> Iterator[Designator]:
    """Yield small numbers in brackets, or at the head of a line, that count on from 1."""
    expected = {"(": 1, "": 1}
    waiting: dict[str, list[Figure]] = {"(": [], "": []}
    for figure in page.figures():
        form = _form(page, figure)
        if form is None:
            continue
        if figure.value == 1:
            waiting[form], expected[form] = [figure], 2
        elif figure.value == expected[form]:
            expected[form] += 1
            for one in (*waiting[form], figure):
                yield Designator(one.span, "enumerator")
            waiting[form] = []


def _form(page: Page, figure: Figure) -> str | None:
    """Tell "(1)" and, at the head of a line, "1." and "1)" from every other number."""
    start, end = figure.span.start, figure.span.end
    if figure.spelled or figure.form != "cardinal" or end - start > 2:
        return None
    if page.text.startswith(")", end) and page.text.startswith("(", start - 1):
        return "("
    line = page.text[max(0, start - 4) : start].rpartition("\n")
    at_head = not line[2].strip() and bool(line[1] or start < 4)
    return "" if at_head and _STOP.match(page.text, end) else None
