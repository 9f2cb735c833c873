"""Percentages: "12.5%", "40 percent", "3 per cent", "2 percentage points", "50 basis points"."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.numbers import exact
from corpus.patterns import GAP, HYPHEN, starting
from corpus.quantities.base import Quantity
from corpus.quantities.nouns import concept_of, counting
from corpus.quantities.page import Page
from corpus.spans import Span

_SIGN = starting(
    rf"(?P<points>(?:{GAP}|{HYPHEN})(?:percentage|%|percent){HYPHEN}?{GAP}?points?\b|{GAP}?pp\b"
    rf"|{GAP}ppts?\b)"
    rf"|(?P<basis>{GAP}(?:basis{GAP}points?|bps)\b)"
    rf"|{GAP}?[%％]|pc\b|(?:{GAP}|{HYPHEN})(?:percent|per{GAP}cent|pct|percentage)(?!\w)"
)
_OF_A_POINT = starting(
    rf"(?:{GAP}of)?{GAP}an?{GAP}(?:(?P<points>percentage{GAP}point)|(?P<basis>basis{GAP}point)"
    rf"|percent|per{GAP}cent)(?!\w)"
)


def find_percent(page: Page) -> Iterator[Quantity]:
    """Yield percentages. The unit is "%", "pp" for percentage points, "bp" for basis points.

    None is ever turned into another. The concept is what the percentage is of.
    """
    for figure in page.figures():
        after = _SIGN if figure.form == "cardinal" else _OF_A_POINT
        match = after.match(page.text, figure.span.end)
        if match is None or figure.prefix or figure.form == "ordinal":
            continue
        unit = "pp" if match["points"] else "bp" if match["basis"] else "%"
        span = Span(figure.span.start, match.end())
        percent = Quantity(span, "percent", "percent", exact(figure.value), unit=unit)
        yield counting(concept_of(page, match.end()), percent)
