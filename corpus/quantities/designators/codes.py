"""Codes and models: "A320", "COVID-19", "5G", "H1N1"; and digits that are not one number."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.numbers import Figure
from corpus.patterns import GAP, HYPHEN, ending, starting
from corpus.quantities.base import Designator
from corpus.quantities.page import Page
from corpus.spans import Span

_STEM = ending(rf"(?<!\w)(?P<stem>[A-Za-z][A-Za-z0-9]{{0,15}}{HYPHEN})", flags=0)
_NO_STEMS = frozenset(
    (
        "mid",
        "pre",
        "post",
        "sub",
        "non",
        "early",
        "late",
        "since",
        "about",
        "roughly",
        "some",
        "to",
        "and",
    )
)
_TAIL = starting(rf"[A-Za-z0-9]{{1,10}}(?:{HYPHEN}[A-Za-z0-9]{{1,10}}){{0,3}}")
_PARTED = starting(
    rf"[0-9]{{1,3}} \. [0-9]{{1,4}}"
    rf"(?={GAP}?(?:%|per{GAP}?cent\b|million\b|billion\b|points?\b|km\b|kg\b))"
)
_THEIR = ending(rf"\b(?:his|her|their|your|my|our){GAP}(?:(?:early|mid|late)(?:{GAP}|{HYPHEN}))?")
_FORMULA_AFTER = starting(r"(?:\+[0-9]{1,2}){1,3}(?![\w%])")


def find_codes(page: Page) -> Iterator[Designator]:
    """Yield digits joined to letters that are no unit, and formulas of the form "3+3"."""
    for figure in page.figures():
        start, end = figure.span.start, figure.span.end
        written = figure.span.cut(page.text)
        if match := _FORMULA_AFTER.match(page.text, end):
            yield Designator(Span(start, match.end()), "formula")
        elif figure.prefix:
            tail = _TAIL.match(page.text, end) if figure.suffix else None
            yield Designator(Span(start - len(figure.prefix), tail.end() if tail else end), "code")
        elif (
            not figure.spelled
            and (stem := _STEM.search(page.text[max(0, start - 17) : start]))
            and stem["stem"][:-1].lower() not in _NO_STEMS
            and written.replace(".", "").isdigit()
        ):
            yield Designator(Span(start - len(stem[0]), end + len(figure.suffix)), "code")
        elif (
            figure.suffix
            and figure.form == "cardinal"
            and figure.suffix.lower() not in ("k", "m", "b")
        ):
            tail = _TAIL.match(page.text, end)
            yield Designator(Span(start, tail.end() if tail else end), _why(page, figure))


def _why(page: Page, figure: Figure) -> str:
    """Tell the "20s" that someone is in from a code."""
    tens = figure.suffix == "s" and 10 <= figure.value < 120 and figure.value % 10 == 0
    start = figure.span.start
    return "age group" if tens and _THEIR.search(page.before(start, 16)) else "code"


def find_parted(page: Page) -> Iterator[Designator]:
    """Yield what is left of "6.2 %" where a tool has set blanks around the point: "6 . 2 %"."""
    for figure in page.figures():
        if not figure.spelled and (match := _PARTED.match(page.text, figure.span.start)):
            yield Designator(Span(figure.span.start, match.end()), "digits set apart")


def find_refused(page: Page) -> Iterator[Designator]:
    """Yield runs of digits that are no number, with the reason why they were not read."""
    for figure in page.refused():
        yield Designator(figure.span, figure.refused or "not one number")
