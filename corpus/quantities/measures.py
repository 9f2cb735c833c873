"""Measures: "12 km", "38 °C", "5,000 tonnes", "a 200-mile road", "52,000 barrels a day"."""

from __future__ import annotations

from collections.abc import Iterator

from corpus import lexicon
from corpus.numbers import Figure, exact
from corpus.patterns import GAP, HYPHEN, any_of, starting
from corpus.quantities.base import Quantity
from corpus.quantities.nouns import concept_of, counting, plural_follows
from corpus.quantities.page import Page
from corpus.spans import Span

_UNITS = lexicon.load("units")["unit"]
FORMS = {form.lower(): unit["code"] for unit in _UNITS for form in unit["forms"]}
SYMBOLS = {symbol: unit["code"] for unit in _UNITS for symbol in unit["symbols"]}

_FORM = starting(rf"(?:{GAP}|{HYPHEN})(?P<unit>{any_of(FORMS)})(?!\w)")
_SYMBOL = starting(rf"{GAP}?(?P<unit>{any_of(SYMBOLS)})(?![\w²³])", flags=0)


def find_measures(page: Page) -> Iterator[Quantity]:
    """Yield measures in the unit the text uses; nothing is converted."""
    for figure in page.figures():
        if figure.prefix or figure.form == "ordinal":
            continue
        found = _unit_after(page, figure)
        if found is None:
            continue
        end, code = found
        span = Span(figure.span.start, end)
        measure = Quantity(span, "measure", "measure", exact(figure.value), unit=code)
        yield counting(concept_of(page, end), measure)


def _unit_after(page: Page, figure: Figure) -> tuple[int, str] | None:
    """Return where the unit after `figure` ends and its code; None if there is none.

    Symbols of one letter count only when glued to the digits ("5 m" may be millions).
    """
    end = figure.span.end
    if match := _SYMBOL.match(page.text, end):
        glued = match.start("unit") == end
        if match["unit"] == "m" and plural_follows(page, match.end()):
            return None  # "2.5m people"
        if glued or (len(match["unit"]) > 1 and not figure.suffix):
            return match.end(), SYMBOLS[match["unit"]]
    if not figure.suffix and (match := _FORM.match(page.text, end)):
        return match.end(), FORMS[" ".join(match["unit"].lower().split())]
    return None
