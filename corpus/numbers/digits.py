"""Numbers in digits: grouped, with decimals, powers and fractions; or the reason for none."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from corpus.numbers.numerals import LETTERS, SIGNS, Figure, why_refused
from corpus.numbers.spelled import cardinal, scaled_part
from corpus.patterns import GAP, HYPHEN
from corpus.spans import Span

_GROUPS = re.compile(
    r"(?<![\w.,-])(?:[1-9][0-9]{0,2}(?:[\u00a0\u2009\u202f][0-9]{3}){1,4}"
    r"|(?<=[a-z$€£][ R(])[1-9][0-9]{0,2}(?: [0-9]{3}){1,2}"
    r"|(?<![^\r\n])[1-9][0-9]{0,2}(?: [0-9]{3}){1,2}|[1-9][0-9]{0,2}(?:, [0-9]{3}){0,3}, 000)"
    r"(?:\.[0-9]+)?(?![\w,]|[ .][0-9]| (?:MAX|Max)\b)"
)
"""Groups apart: "40 000" where nothing else stands before, and "80, 000", which ends in noughts."""

_LIST = re.compile(r"[0-9]{1,2}(?:,[0-9]{1,2}){2,11}")
"""Short numbers one beside the other: "on pages 22,24,26"."""

_ENGLISH = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})(?![0-9])"
)
_CONTINENTAL = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+,[0-9]+|(?:\.[0-9]{3}){2,})")
_SWAP = str.maketrans(".,", ",.")
_NAME_BEFORE = re.compile(r"[A-Z][a-z]+\.? \Z")
_LETTERS_AFTER = re.compile(r"[A-Za-zµ]{1,6}")
_LETTERS_BEFORE = re.compile(r"[A-Za-zµ]{1,6}\Z")
_THEN_FRACTION = re.compile(
    rf"(?:{GAP}|{HYPHEN})?(?:(?P<sign>[{''.join(SIGNS)}])|(?P<top>[0-9]{{1,2}})/"
    rf"(?P<bottom>[0-9]{{1,2}})(?![0-9/]))"
)
_TICK = re.compile(
    rf"(?:[ ]|{HYPHEN})?(?:(?P<sign>[½¼¾])|(?P<top>[0-9]{{1,2}})/(?P<bottom>2|4|8|16|32)(?![0-9/]))"
)
"""The part of a cent after a price with two decimals: "5.82-1/2"."""
_OVER = re.compile(r"/([0-9]{1,3})(?![0-9/.,]|\w)")
_POWER = re.compile(r"\^(?P<power>[+-]?[0-9]{1,6})(?![\w^])|[eE](?P<e>[+-]?[0-9]{1,6})(?!\w)")
_TIMES_TEN = re.compile(r" ?[x×*] ?10\^(?P<ten>[+-]?[0-9]{1,6})(?![\w^])")
_MOST_POWER = 30


def read_digits(text: str, run: re.Match[str], *, continental: bool = False) -> Figure:
    """Return the figure that begins with the digits of `run`, well-formed or refused.

    In a `continental` text the comma is the decimal sign and the point parts the thousands.
    """
    first, end, written = _extent(text, run)
    if continental:
        written = written.translate(_SWAP)
    before = _LETTERS_BEFORE.search(text[max(0, first - 6) : first])
    after = _LETTERS_AFTER.match(text, end)
    prefix, suffix = before[0] if before else "", after[0] if after else ""
    refused = why_refused(written)
    if refused is None and (power := _too_high(text, end)):
        refused, end = "too high a power", power.end()
    if refused:
        span = Span(first, end)
        return Figure(span, "cardinal", Fraction(0), prefix=prefix, suffix=suffix, refused=refused)
    value = Fraction(written.replace(",", ""))
    if raised := _power(text, end, written, value):
        return cardinal(text, first, raised[1], raised[0])
    if suffix.lower() in ("st", "nd", "rd", "th") and value.denominator == 1 and not prefix:
        return Figure(Span(first, end + 2), "ordinal", value)
    over = _OVER.match(text, end)
    if over and _is_fraction(text, first, written, over):
        return scaled_part(text, first, over.end(), value / int(over[1]), prefix=prefix)
    if prefix:
        return replace(cardinal(text, first, end, value, suffix=suffix), prefix=prefix)
    if suffix.lower() in LETTERS and len(suffix) > 1:
        return cardinal(text, first, end + len(suffix), value, LETTERS[suffix.lower()])
    mixed = None if suffix else _then_fraction(text, first, end, written, value)
    return mixed or cardinal(text, first, end, value, suffix=suffix)


def _then_fraction(text: str, first: int, end: int, written: str, value: Fraction) -> Figure | None:
    """Read "5 1/2", and the half of a cent in "5.82-1/2"; after one decimal it is refused."""
    if "." not in written:
        more = _THEN_FRACTION.match(text, end)
        part = _part(more) if more else Fraction(1)
        return cardinal(text, first, more.end(), value + part) if more and part < 1 else None
    tick = _TICK.match(text, end)
    if tick is None:
        return None
    if len(written.split(".")[1]) != 2 or _part(tick) >= 1:
        return Figure(Span(first, tick.end()), "cardinal", Fraction(0), refused="not one number")
    return cardinal(text, first, tick.end(), value + _part(tick) / 100)


def _extent(text: str, run: re.Match[str]) -> tuple[int, int, str]:
    """Return where the digits begin and end, and the number they write: ".5", "40 000"."""
    first, end = run.span()
    written = run[0]
    if groups := _GROUPS.match(text, first):
        name = _NAME_BEFORE.search(text[max(0, first - 12) : first])
        if not (name and " " in groups[0] and "," not in groups[0]):  # "on May 5 300 people came"
            return first, groups.end(), "".join(groups[0].replace(", ", "").split())
    if _LIST.fullmatch(written) or (text[first - 1 : first] == "," and len(written) < 36):
        end = first + len(written.split(",")[0])
        return first, end, text[first:end]
    before = text[max(0, first - 2) : first]
    if before.endswith(".") and written.isdigit() and not (before[0].isalnum() or before == ".."):
        return first - 1, end, f".{written}"
    return first, end, written


def is_continental(text: str, found: list[Figure]) -> bool:
    """Tell whether the text proves by itself that it writes 1.234,5 for 1,234.5.

    It has at least two numbers that can be nothing else, and none in the English way.
    """
    proofs = 0
    for figure in found:
        written = figure.span.cut(text)
        if figure.refused:
            proofs += bool(_CONTINENTAL.fullmatch(written))
        elif _ENGLISH.match(written):
            return False
    return proofs > 1


def _too_high(text: str, end: int) -> re.Match[str] | None:
    """Find the power of "1e400" and "2^99999", whose values no text means."""
    match = _TIMES_TEN.match(text, end) or _POWER.match(text, end)
    high = match and any(abs(int(power)) > _MOST_POWER for power in match.groups() if power)
    return match if high else None


def _power(text: str, end: int, written: str, value: Fraction) -> tuple[Fraction, int] | None:
    """Read "1.3e6", "6.2 x 10^-4" and "2.5^3", and say where they end; "12E6" may be a code."""
    if match := _TIMES_TEN.match(text, end):
        return value * Fraction(10) ** int(match["ten"]), match.end()
    match = _POWER.match(text, end)
    if match is None or not value:
        return None
    if match["power"]:
        return value ** int(match["power"]), match.end()
    if "." in written or text[end + 1] in "+-" or (len(written) == 1 and text[end] == "e"):
        return value * Fraction(10) ** int(match["e"]), match.end()
    return None


def _is_fraction(text: str, first: int, written: str, over: re.Match[str]) -> bool:
    """Tell "7/10" from a date and from a division by zero."""
    return (
        written.isdigit()
        and len(written) <= 3
        and int(over[1]) > 0
        and text[first - 1 : first] != "/"
    )


def _part(more: re.Match[str]) -> Fraction:
    if more["sign"]:
        return SIGNS[more["sign"]]
    return Fraction(int(more["top"]), int(more["bottom"]) or 1)
