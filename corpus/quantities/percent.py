"""Percentages: "12.5%", "40 percent", "3 per cent", "2 percentage points", "50 basis points"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from corpus.numbers import exact
from corpus.patterns import GAP, HYPHEN, ending, starting
from corpus.quantities.base import Quantity
from corpus.quantities.hedges import is_margin
from corpus.quantities.nouns import concept_of, counting
from corpus.quantities.page import WINDOW, Page
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


_POINTS = starting(rf"{GAP}points?(?!\w|{HYPHEN}|{GAP}of\b)")
_LEVEL_AFTER = starting(
    rf"{GAP}to{GAP}(?:about{GAP}|just{GAP})?[0-9.]{{1,6}}(?:%|{GAP}per{GAP}?cent\b)"
)
_SAME = ending(rf"\bor{GAP}(?:[a-z]{{4,8}}{GAP})?")
_INDEX = frozenset(
    ("index", "indices", "dow", "nasdaq", "nikkei", "ftse", "stock", "stocks", "share", "shares",
     "sensex", "nifty", "dax", "p", "goal", "goals", "game", "games", "match", "league", "table",
     "scored", "season", "rebounds", "assists")
)  # fmt: skip
"""Words of markets and games; "p" is the end of "S&P"."""
_ERROR = frozenset(("error", "errors"))
_MARGIN = frozenset(("margin", "margins"))
_MOST_POINTS = 60


def points(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with points told beside a percentage read as percentage points.

    "42 percent, two points less than in 2027"; not the points of an index or of a game. So are
    those of a margin of error.
    """
    told: list[Quantity] = []
    percent: Quantity | None = None
    for item in found:
        if (
            item.kind == "count"
            and item.concept_head == "point"
            and _is_of_percent(page, item, percent)
        ):
            end = item.concept_span.end if item.concept_span else item.span.end
            item = replace(
                item, span=Span(item.span.start, end), kind="percent", unit="pp",
                concept=None, concept_head=None, concept_span=None,
            )  # fmt: skip
        elif item.kind == "percent":
            percent = item
        told.append(item)
    return told


def _is_of_percent(page: Page, item: Quantity, percent: Quantity | None) -> bool:
    end = item.span.end
    if not _POINTS.match(page.text, end) or Fraction(item.value or item.low or 0) > _MOST_POINTS:
        return False
    sentence = page.sentence(item.span.start)
    start = max(sentence.start, item.span.start - 160)
    if _is_said_again(page, item) or _is_of_an_index(page, start, end):
        return False
    if percent is not None and percent.span.start >= max(sentence.start, end - 200):
        return True
    if page.first(_ERROR, start, end) is not None and page.first(_MARGIN, start, end) is not None:
        return True
    return bool(_LEVEL_AFTER.match(page.text, end + len(" points")))


def _is_said_again(page: Page, item: Quantity) -> bool:
    """Tell "0.8 percent, or 31 points" from "41 percent, plus or minus 3 points"."""
    before = page.before(item.span.start, 24)
    return bool(_SAME.search(before)) and not is_margin(page, item)


def _is_of_an_index(page: Page, start: int, end: int) -> bool:
    """Tell whether a word of markets or of games stands before the points or after them."""
    stop = min(page.sentence(end - 1).end, end + WINDOW)
    return page.first(_INDEX, start, stop) is not None


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
