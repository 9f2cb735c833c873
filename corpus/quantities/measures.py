"""Measures: "12 km", "38 °C", "5,000 tonnes", "a 200-mile road", "52,000 barrels a day"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain, pairwise

from corpus import lexicon
from corpus.numbers import Figure, exact
from corpus.patterns import GAP, HYPHEN, any_of, starting
from corpus.quantities.base import Quantity
from corpus.quantities.nouns import concept_of, counting, plural_follows
from corpus.quantities.page import Page
from corpus.spans import Span

_UNITS = lexicon.load("units")["unit"]
FORMS: dict[str, str] = {form.lower(): unit["code"] for unit in _UNITS for form in unit["forms"]}
SYMBOLS: dict[str, str] = {symbol: unit["code"] for unit in _UNITS for symbol in unit["symbols"]}

NAMES: dict[str, str] = {unit["code"]: unit.get("name") or unit["forms"][:2][-1] for unit in _UNITS}

_FORM = starting(rf"(?:{GAP}|{HYPHEN})(?P<unit>{any_of(FORMS)})(?!\w)")
_SYMBOL = starting(
    rf"(?:{GAP}|{HYPHEN}(?=[A-Za-z]{{2}}))?(?P<unit>{any_of(SYMBOLS)})(?![\w²³])", flags=0
)
_SHARED = starting(
    rf"{HYPHEN}{GAP}(?:or|and|to){GAP}[0-9][0-9.]{{0,6}}(?:{HYPHEN}|{GAP})"
    rf"(?P<unit>{any_of(FORMS)})(?!\w)"
)
_BESIDE = re.compile(rf",?{GAP}")
_INCHES = starting(rf"{GAP}in(?!\w|{GAP}(?:the|a|an|his|her|its|[A-Z0-9]))", flags=0)
_SMALLER = {"ft": ("in", 12), "lb": ("oz", 16), "stone": ("lb", 14)}


def find_measures(page: Page) -> Iterator[Quantity]:
    """Yield measures in the unit the text uses; nothing is converted."""
    for figure, following in pairwise(chain(page.figures(), [None])):
        if figure is None or figure.prefix or figure.form == "ordinal":
            continue
        found = _unit_after(page, figure)
        if found is None:
            if shared := _SHARED.match(page.text, figure.span.end):
                code = FORMS[" ".join(shared["unit"].lower().split())]
                yield Quantity(figure.span, "measure", "measure", exact(figure.value), unit=code)
            continue
        end, code = found
        if following and (more := _smaller_after(page, end, code, following)):
            figure, end = replace(figure, value=figure.value + more[1]), more[0]
        span = Span(figure.span.start, end)
        measure = Quantity(span, "measure", "measure", exact(figure.value), unit=code)
        yield counting(concept_of(page, end), measure)


def _smaller_after(page: Page, end: int, code: str, figure: Figure) -> tuple[int, Fraction] | None:
    """Read the inches of "6 feet 2 inches": where they end, and what part of a foot they are."""
    if code not in _SMALLER or not _BESIDE.fullmatch(page.text[end : figure.span.start][:4]):
        return None
    smaller, parts = _SMALLER[code]
    found = _unit_after(page, figure)
    if found is None and (inches := _INCHES.match(page.text, figure.span.end)):
        found = inches.end(), "in"
    if found is None or found[1] != smaller or not 0 < figure.value < parts:
        return None
    return found[0], figure.value / parts


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
