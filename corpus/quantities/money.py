"""Money: "$1.4 billion", "2.5m euros", "Rs 30 crore", "an 886 million-US dollar budget"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain, pairwise

from corpus import lexicon
from corpus.numbers import LETTERS, Figure, exact
from corpus.patterns import GAP, HYPHEN, any_of, ending, longest, starting
from corpus.quantities.base import Quantity
from corpus.quantities.page import Page
from corpus.spans import Span

_CURRENCIES = lexicon.load("currencies")["currency"]
SIGNS = {
    written: entry["code"]
    for entry in _CURRENCIES
    for sign in entry["signs"]
    for written in (sign, re.sub(r"(?<=[A-Za-z])\$", " $", sign))
}
TRANSLITERATED = {"PS": "GBP", "Y=": "JPY", "#": "GBP"}
"""What some agencies' plain ASCII makes of the pound and yen signs."""

NAMES = {name: entry["code"] for entry in _CURRENCIES for name in entry["names"]}
MINOR = {name: entry["code"] for entry in _CURRENCIES for name in entry["minor"]}
PARTS = {entry["code"]: entry.get("parts", 100) for entry in _CURRENCIES}

_SIGN = ending(
    rf"(?<![A-Za-z])(?P<minus>[-\u2212](?<!\w[-\u2212]))?(?P<sign>{any_of(SIGNS)}){GAP}?", flags=0
)
_SCALES = LETTERS | {"mm": 10**6}
_SCALE = starting(rf"{GAP}?(?P<scale>{any_of(_SCALES)})(?!\w)")
_TO_NAME = starting(rf"(?:{GAP}|{HYPHEN})?(?:{GAP}?(?P<scale>{any_of(LETTERS)}){GAP})?(?=[^\W\d_])")
_BESIDE = starting(rf"{GAP}|{HYPHEN}")
_ASCII_SIGN = ending(rf"(?<![A-Za-z0-9])(?P<sign>{any_of(TRANSLITERATED)})", flags=0)
_AND = re.compile(rf"(?:{GAP}and)?{GAP}")
_STOP = starting(r"\s*\Z|[.;!?](?![0-9])")
_CODE = starting(
    rf"{GAP}?(?P<scale>[kKMB]|[mb]n|)"
    rf"(?P<sign>{any_of(sign for sign in SIGNS if not sign.isalpha() or len(sign) == 3)})"
    rf"(?!\w)",
    flags=0,
)
_POUNDS = starting(rf"(?:{GAP}|{HYPHEN})(?P<name>pounds?)(?!\w)")
_WEIGHED = starting(rf"{GAP}(?:of{GAP}[a-z]|in{GAP}weight|heavier|lighter|overweight)")
_PRICED = ending(
    r"\b(?:prices?|costs?|cost|costing|paid|pays?|paying|salar(?:y|ies)|worth|fined|fees?|fares?|rents?"
    r"|wages?|bills?|spent|spend|spending|earn(?:s|ed|ing)?|bail|loans?|debts?|grants?|donated|savings"
    r"|tax(?:es)?|bonus|pension|budget|stole|reward|profits?|turnover)\b[^;:]{0,60}"
)
_GRAND = starting(
    rf"{GAP}grand(?=[.,;:!?)\"”]|\s*\Z|{GAP}(?:an?|each|per|for|in|on|to|from|of|and|or|more|less|up|down)\b)"
)
_FOLDED = {name.lower(): code for name, code in NAMES.items()}
_MINOR_FOLDED = {name.lower(): code for name, code in MINOR.items()}


_PRICE = starting(rf"{GAP}(?:an?|per|each|off|more|less|for{GAP}each)\b|/")
_DOLLAR = re.compile(r"\$")
_DOLLARS = {code for sign, code in SIGNS.items() if "$" in sign}
_LETTERED = re.compile(
    rf"(?<![A-Za-z])(?P<sign>{any_of(sign for sign in SIGNS if '$' in sign[:-1] + sign[1:])})"
    rf"(?![A-Za-z])"
)
_IN_DOLLARS = re.compile(
    rf"(?:figures|amounts|prices|values|sums)(?:{GAP}(?:are|here|quoted|given|stated))?{GAP}(?:are{GAP})?"
    rf"in{GAP}(?=[a-z])",
    re.IGNORECASE,
)


def _bare_dollar(page: Page) -> tuple[str, float]:
    """Return what "$" alone means in the text, and how sure that is.

    The text may say so ("all figures in Canadian dollars"). One that writes "US$" and one other
    dollar's sign means the other by the bare sign; else it is that of the United States.
    """
    for said in page.scan(_IN_DOLLARS, ("figures", "amounts", "prices", "values", "sums")):
        name = longest(_FOLDED, page.text, said.end())
        if name and name[0] in _DOLLARS:
            return name[0], 0.9
    around = (
        page.text[max(0, sign.start() - 4) : sign.end() + 2] for sign in _DOLLAR.finditer(page.text)
    )
    named = {SIGNS[_plain_sign(sign["sign"])] for sign in map(_LETTERED.search, around) if sign}
    if "USD" in named and len(named) == 2:
        return (named - {"USD"}).pop(), 0.6
    return "USD", 0.8


def _name(text: str, place: int) -> tuple[str, int, int] | None:
    """Read a currency by name after a figure: its code, the scale before it, where it ends."""
    lead = _TO_NAME.match(text, place)
    name = lead and longest(_FOLDED, text, lead.end())
    if lead is None or name is None:
        return None
    return name[0], LETTERS[lead["scale"].lower()] if lead["scale"] else 1, name[1]


def _minor_name(text: str, place: int) -> tuple[str, int] | None:
    """Read "cents" or "pence" after a figure: the code of the currency and where they end."""
    lead = _BESIDE.match(text, place)
    return longest(_MINOR_FOLDED, text, lead.end()) if lead else None


def find_money(page: Page) -> Iterator[Quantity]:
    """Yield amounts of money; the value is in whole units of an ISO 4217 currency.

    A bare "$" is read by the text's context.
    """
    dollar = _bare_dollar(page) if "$" in page.text else ("USD", 0.8)
    for figure, following in pairwise(chain(page.figures(), [None])):
        if figure is None or figure.form != "cardinal":
            continue
        quantity = _signed(page, figure, dollar) or _named(page, figure, dollar[0])
        if quantity is None:
            continue
        yield (following and _with_minor(page, quantity, following)) or quantity


def _with_minor(page: Page, whole: Quantity, figure: Figure) -> Quantity | None:
    """Read "3 dollars and 50 cents" as one amount, and "3 dollars 50" where a sentence ends."""
    between = page.text[whole.span.end : min(figure.span.start, whole.span.end + 8)]
    if whole.rule != "money" or not _AND.fullmatch(between) or figure.form != "cardinal":
        return None
    code, value = whole.unit or "", Fraction(whole.value or 0)
    if value.denominator != 1 or not page.text[whole.span.end - 1].isalpha():
        return None
    if not 0 < figure.value < PARTS[code]:
        return None
    name = _minor_name(page.text, figure.span.end)
    if name and name[0] != code:
        return None
    if name is None and (figure.value < 10 or not _STOP.match(page.text, figure.span.end)):
        return None
    end = name[1] if name else figure.span.end
    return _quantity(whole.span.start, end, value + figure.value / PARTS[code], code)


def _signed(page: Page, figure: Figure, dollar: tuple[str, float]) -> Quantity | None:
    before = page.text[max(0, figure.span.start - 8) : figure.span.start]
    match = _SIGN.search(before)
    if match is None:
        return _ascii_signed(page, figure, before)
    start, end = figure.span.start - len(match[0]), figure.span.end
    value = -figure.value if match["minus"] else figure.value
    scale = _SCALE.match(page.text, end)
    if scale and figure.scale == 1:
        value, end = value * _SCALES[scale["scale"].lower()], scale.end()
    if name := _name(page.text, end):
        end = name[2]
    code = SIGNS[_plain_sign(match["sign"])]
    score = 0.8 if match["sign"] == "¥" else 0.95
    if match["sign"] == "$":
        code, score = (name[0], 0.9) if name else dollar
    return _quantity(start, end, value, code, score)


def _ascii_signed(page: Page, figure: Figure, before: str) -> Quantity | None:
    """Read "PS8.1bn" as pounds; "PS5" is a console."""
    match = _ASCII_SIGN.search(before)
    if match is None:
        return None
    end, value = figure.span.end, figure.value
    if (scale := _SCALE.match(page.text, end)) and figure.scale == 1:
        value, end = value * _SCALES[scale["scale"].lower()], scale.end()
    if end - figure.span.start < 2 or (match["sign"] == "#" and value < 10**6):
        return None
    code = TRANSLITERATED[match["sign"]]
    return _quantity(figure.span.start - len(match[0]), end, value, code, 0.7)


def _named(page: Page, figure: Figure, dollar: str) -> Quantity | None:
    end, value = figure.span.end, figure.value
    if figure.prefix:
        return None
    if figure.suffix.lower() in LETTERS:
        end, value = end + len(figure.suffix), value * LETTERS[figure.suffix.lower()]
    if name := _name(page.text, end):
        return _quantity(figure.span.start, name[2], value * name[1], name[0])
    if grand := _GRAND.match(page.text, end):
        code = "GBP" if "£" in page.text else dollar
        return _quantity(figure.span.start, grand.end(), value * 1000, code, 0.5)
    if figure.suffix == "p":
        return _minor(figure.span.start, end + 1, value, "GBP", 0.7)
    if figure.suffix == "c" and _PRICE.match(page.text, end + 1):
        return _minor(figure.span.start, end + 1, value, dollar, 0.6)
    if small := _minor_name(page.text, end):
        return _minor(figure.span.start, small[1], value, small[0])
    if (pounds := _POUNDS.match(page.text, end)) and (
        figure.scale >= 10**6 or "£" in page.text or _is_a_price(page, figure, pounds.end())
    ):
        return _quantity(figure.span.start, pounds.end(), value, "GBP", 0.7)
    if code_match := _CODE.match(page.text, end):
        if code_match["scale"]:
            value *= LETTERS[code_match["scale"].lower()]
        code = SIGNS[_plain_sign(code_match["sign"])]
        return _quantity(figure.span.start, code_match.end(), value, code)
    return None


def _is_a_price(page: Page, figure: Figure, end: int) -> bool:
    """Tell pounds that are paid from pounds of flour, in a text without a sign of money."""
    if "$" in page.text or _WEIGHED.match(page.text, end):
        return False
    return bool(_PRICED.search(page.before(figure.span.start)))


def _quantity(start: int, end: int, value: Fraction, code: str, score: float = 0.9) -> Quantity:
    return Quantity(Span(start, end), "money", "money", exact(value), unit=code, score=score)


def _minor(start: int, end: int, value: Fraction, code: str, score: float = 0.9) -> Quantity:
    """Return so many hundredths of a currency ("19 cents") in whole units of it."""
    amount = _quantity(start, end, value / PARTS[code], code, score)
    return replace(amount, rule="minor money")


def _plain_sign(sign: str) -> str:
    return " ".join(sign.split())
