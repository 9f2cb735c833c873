"""Measures: "12 km", "38 °C", "5,000 tonnes", "a 200-mile road", "52,000 barrels a day"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain, pairwise

from corpus import lexicon
from corpus.numbers import Figure, exact
from corpus.patterns import GAP, HYPHEN, any_of, ending, longest, starting
from corpus.quantities.base import Quantity
from corpus.quantities.nouns import concept_of, counting, noun_follows, plural_follows
from corpus.quantities.page import Page
from corpus.spans import Span

_UNITS = lexicon.load("units")["unit"]
FORMS: dict[str, str] = {form.lower(): unit["code"] for unit in _UNITS for form in unit["forms"]}
SYMBOLS: dict[str, str] = {symbol: unit["code"] for unit in _UNITS for symbol in unit["symbols"]}

_WRITTEN = FORMS | {form.replace(" ", "-"): code for form, code in FORMS.items()}
NAMES: dict[str, str] = {unit["code"]: unit.get("name") or unit["forms"][:2][-1] for unit in _UNITS}

_BESIDE = starting(rf"{GAP}|{HYPHEN}")
_SYMBOL = starting(
    rf"(?:{GAP}|{HYPHEN}(?=[A-Za-z]{{2}}))?(?P<unit>{any_of(SYMBOLS)})(?![\w²³])", flags=0
)
_SHARED = starting(rf"{HYPHEN}{GAP}(?:or|and|to){GAP}[0-9][0-9.]{{0,6}}(?:{HYPHEN}|{GAP})(?=[a-z])")
_THEN = re.compile(rf",?{GAP}")
_INCHES = starting(rf"{GAP}?in(?!\w|{GAP}(?:the|a|an|his|her|its|[A-Z0-9]))", flags=0)
_MARKS = starting(r"['’′](?P<inches>1[01]|[0-9])(?:[\"”″]|['’′]{2})(?!\w)")
_COLD = re.compile(r"(?:(?<![0-9] )(?<=\s)\u2013|\bto [a-z]{3,12} - )\Z")
_LENGTHS = ("m", "km", "mi", "ft", "yd", "nmi", "in", "cm")
_OF_A_PLACE = starting(rf"{GAP}of{GAP}(?:(?:the|an?|its|their|his|her|each)\b|(?-i:[A-Z]))")
_BY_LETTER = starting(rf"{GAP}?(?P<unit>[CF])(?![\w’'-]|[.][A-Z]|{GAP}[A-Z])", flags=0)
_WEATHER = re.compile(
    r"\b(?:temperatures?|heat(?:wave)?|cold|colder|frost|freez(?:e|ing)|warm(?:er|th|ing)?|hot(?:ter)?"
    r"|mercury|weather|degrees|fever|thermometer|snow|overnight|oven)\b",
    re.IGNORECASE,
)
_TEMPERATURES = ("°C", "°F", "deg")
_SHIPS = lexicon.words("units", "ships")
_LENGTH = starting(rf"{GAP}(?:of|from|away|long|wide|deep|tall|off|ahead|behind|down|apart|to)\b")
_PAID = ending(
    rf"\b(?:paid|pays?|paying|costs?|costing|worth|spen[dt]|spending|rais(?:e|ed|ing)|bid|fee{GAP}of"
    rf"|valued{GAP}at|sold{GAP}for|bought{GAP}for){GAP}(?:about{GAP}|nearly{GAP}|around{GAP}|over{GAP})?"
)
_SMALLER = {"ft": ("in", 12), "lb": ("oz", 16), "stone": ("lb", 14)}


def find_measures(page: Page) -> Iterator[Quantity]:
    """Yield measures in the unit the text uses; nothing is converted."""
    for figure, following in pairwise(chain(page.figures(), [None])):
        if figure is None or figure.prefix or figure.form == "ordinal":
            continue
        found = _unit_after(page, figure)
        if found is None:
            other = _SHARED.match(page.text, figure.span.end)
            if other and (shared := longest(FORMS, page.text, other.end())):
                value, code = exact(figure.value), shared[0]
                yield Quantity(figure.span, "measure", "measure", value, unit=code)
            continue
        end, code = found
        if marks := _MARKS.match(page.text, figure.span.end):
            figure = replace(figure, value=figure.value + Fraction(int(marks["inches"]), 12))
        elif following and (more := _smaller_after(page, end, code, following)):
            figure, end = replace(figure, value=figure.value + more[1]), more[0]
        elif code in _TEMPERATURES:
            figure = _below_zero(page, figure)
        span = Span(figure.span.start, end)
        measure = Quantity(span, "measure", "measure", exact(figure.value), unit=code)
        away = code in _LENGTHS and _OF_A_PLACE.match(page.text, end)
        yield measure if away else counting(concept_of(page, end), measure)


def _below_zero(page: Page, figure: Figure) -> Figure:
    """Read "–7 °C" and "to convert - 20 degrees" as below zero.

    Before other units an en dash parts two ends, and a dash between blanks two clauses.
    """
    start = figure.span.start
    dash = _COLD.search(page.text[max(0, start - 18) : start])
    if dash is None:
        return figure
    place = start - (1 if dash[0] == "\u2013" else 2)
    return replace(figure, value=-figure.value, span=Span(place, figure.span.end))


def _smaller_after(page: Page, end: int, code: str, figure: Figure) -> tuple[int, Fraction] | None:
    """Read the inches of "6 feet 2 inches": where they end, and what part of a foot they are."""
    if code not in _SMALLER or not _THEN.fullmatch(page.text[end : figure.span.start][:4]):
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
        if match["unit"] == "m" and _means_a_million(page, figure, match.end()):
            return None
        if glued or (len(match["unit"]) > 1 and not figure.suffix):
            return match.end(), SYMBOLS[match["unit"]]
    if (marks := _MARKS.match(page.text, end)) and 0 < figure.value < 10:
        return marks.end(), "ft"
    if (letter := _BY_LETTER.match(page.text, end)) and _is_of_weather(page, figure):
        return letter.end(), f"°{letter['unit']}"
    lead = None if figure.suffix else _BESIDE.match(page.text, end)
    form = lead and longest(_WRITTEN, page.text, lead.end())
    if lead is None or form is None:
        return None
    if form[0] == "yd" and lead[0].isspace() and _builds_ships(page, form[1]):
        return None
    return form[1], form[0]


def _is_of_weather(page: Page, figure: Figure) -> bool:
    """Tell "-12C" and "a high of 38C" from seat 38C and a vitamin."""
    start, end = figure.span.start, figure.span.end
    if figure.spelled or not -100 < figure.value < 1000:
        return False
    if figure.value >= 0 and noun_follows(page, end + len(figure.suffix)):
        return False
    return bool(_WEATHER.search(page.before(start)) or _WEATHER.search(page.after(end)))


def _means_a_million(page: Page, figure: Figure, end: int) -> bool:
    """Tell "2.5m people" and "paid 5m" from "a 100m race"."""
    return plural_follows(page, end) or bool(_PAID.search(page.before(figure.span.start, 24)))


def _builds_ships(page: Page, end: int) -> bool:
    """Tell the yards that build ships, where the text speaks of ships, from a length."""
    return bool(page.places(_SHIPS)) and not _LENGTH.match(page.text, end)
