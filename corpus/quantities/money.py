"""Money: "$1.4 billion", "2.5m euros", "Rs 30 crore", "an 886 million-US dollar budget"."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from corpus import lexicon
from corpus.numbers import LETTERS, Figure, exact
from corpus.patterns import GAP, HYPHEN, any_of, ending, starting
from corpus.quantities.base import Quantity
from corpus.quantities.page import Page
from corpus.spans import Span

_CURRENCIES = lexicon.load("currencies")["currency"]
SIGNS = {sign: entry["code"] for entry in _CURRENCIES for sign in entry["signs"]}
NAMES = {name: entry["code"] for entry in _CURRENCIES for name in entry["names"]}
MINOR = {name: entry["code"] for entry in _CURRENCIES for name in entry["minor"]}

_SIGN = ending(
    rf"(?<![A-Za-z])(?P<minus>[-\u2212](?<!\w[-\u2212]))?(?P<sign>{any_of(SIGNS)}){GAP}?", flags=0
)
_SCALE = starting(rf"{GAP}?(?P<scale>{any_of(LETTERS)})(?!\w)")
_NAME = starting(
    rf"(?:{GAP}|{HYPHEN})?(?:{GAP}?(?P<scale>{any_of(LETTERS)}){GAP})?(?P<name>{any_of(NAMES)})"
    rf"(?!\w)"
)
_MINOR = starting(rf"(?:{GAP}|{HYPHEN})(?P<name>{any_of(MINOR)})(?!\w)")
_CODE = starting(
    rf"{GAP}?(?P<sign>{any_of(sign for sign in SIGNS if not sign.isalpha() or len(sign) == 3)})"
    rf"(?!\w)",
    flags=0,
)
_POUNDS = starting(rf"(?:{GAP}|{HYPHEN})(?P<name>pounds?)(?!\w)")
_FOLDED = {name.lower(): code for name, code in NAMES.items()}


def find_money(page: Page) -> Iterator[Quantity]:
    """Yield amounts of money; the value is in whole units of an ISO 4217 currency."""
    for figure in page.figures():
        if figure.form == "cardinal":
            quantity = _signed(page, figure) or _named(page, figure)
            if quantity is not None:
                yield quantity


def _signed(page: Page, figure: Figure) -> Quantity | None:
    match = _SIGN.search(page.text[max(0, figure.span.start - 8) : figure.span.start])
    if match is None:
        return None
    start, end = figure.span.start - len(match[0]), figure.span.end
    value = -figure.value if match["minus"] else figure.value
    scale = _SCALE.match(page.text, end)
    if scale and figure.scale == 1:
        value, end = value * LETTERS[scale["scale"].lower()], scale.end()
    if name := _NAME.match(page.text, end):
        end = name.end()
    code = SIGNS[" ".join(match["sign"].split())]
    score = 0.8 if match["sign"] in ("$", "¥") else 0.95
    return _quantity(start, end, value, code, score)


def _named(page: Page, figure: Figure) -> Quantity | None:
    end, value = figure.span.end, figure.value
    if figure.prefix:
        return None
    if figure.suffix.lower() in LETTERS:
        end, value = end + len(figure.suffix), value * LETTERS[figure.suffix.lower()]
    if name := _NAME.match(page.text, end):
        if name["scale"]:
            value *= LETTERS[name["scale"].lower()]
        return _quantity(
            figure.span.start, name.end(), value, _FOLDED[" ".join(name["name"].lower().split())]
        )
    if figure.suffix == "p":
        return _quantity(figure.span.start, end + 1, value / 100, "GBP", 0.7)
    if name := _MINOR.match(page.text, end):
        code = MINOR[" ".join(name["name"].lower().split())]
        return _quantity(figure.span.start, name.end(), value / 100, code)
    if (name := _POUNDS.match(page.text, end)) and (figure.scale >= 10**6 or "£" in page.text):
        return _quantity(figure.span.start, name.end(), value, "GBP", 0.7)
    if code_match := _CODE.match(page.text, end):
        return _quantity(
            figure.span.start, code_match.end(), value, SIGNS[" ".join(code_match["sign"].split())]
        )
    return None


def _quantity(start: int, end: int, value: Fraction, code: str, score: float = 0.9) -> Quantity:
    return Quantity(Span(start, end), "money", "money", exact(value), unit=code, score=score)
