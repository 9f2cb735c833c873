"""The gate: what no write path lets into the database, with the same verdict on every database."""

import math
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any
from urllib.parse import urlsplit

MAX_DIGITS = 40
MAX_EXPONENT = 30

_BAD = re.compile("[\x00\ud800-\udfff]")
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?\Z")
_RATIONAL = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)/([0-9]+(?:\.[0-9]+)?)\Z")


class Refused(ValueError):
    """Something the gate does not let pass; the text names the field and what is wrong with it."""


def text(field: str, value: str, *, longest: int | None = None) -> str:
    """Return `value` unchanged.

    Raises:
        Refused: if it holds NUL or a lone surrogate, or more than `longest` code points.
    """
    if found := _BAD.search(value):
        name = "NUL" if found[0] == "\x00" else f"lone surrogate U+{ord(found[0]):04X}"
        raise Refused(f"{field}: {name} at character {found.start()} is not text")
    if longest is not None and len(value) > longest:
        raise Refused(f"{field}: {len(value)} characters; at most {longest} are kept")
    return value


def line(field: str, value: str, *, longest: int = 500) -> str:
    """Return `value` as one trimmed line, for names and headlines typed by people.

    Raises:
        Refused: as `text`, or if it holds control characters.
    """
    kept = " ".join(text(field, value).split())
    for character in kept:
        if unicodedata.category(character) == "Cc":
            raise Refused(f"{field}: control character U+{ord(character):04X}")
    return text(field, kept, longest=longest)


def address(field: str, value: str, *, longest: int = 1000) -> str:
    """Return a web address, or the empty text.

    Raises:
        Refused: as `line`, or if it does not begin with http:// or https:// and a host.
    """
    kept = line(field, value, longest=longest)
    try:
        parts = urlsplit(kept)
    except ValueError as error:
        raise Refused(f"{field}: {kept[:80]!r} is no address: {error}") from error
    if kept and (parts.scheme not in {"http", "https"} or not parts.hostname or " " in kept):
        raise Refused(f"{field}: {kept[:80]!r} does not begin with http:// or https:// and a host")
    return kept


def data(field: str, value: Any) -> Any:
    """Return JSON-like `value` unchanged; every string and number inside passes the gate.

    Raises:
        Refused: for NUL, lone surrogates, NaN and infinities anywhere inside, naming the place.
    """
    if isinstance(value, str):
        return text(field, value)
    if isinstance(value, float) and not math.isfinite(value):
        raise Refused(f"{field}: {value} is no finite number")
    if isinstance(value, Mapping):
        for key, inner in value.items():
            data(f"{field}.{text(field, str(key))}", inner)
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            data(f"{field}[{place}]", inner)
    return value


def exact(field: str, value: str) -> str:
    """Return an exact value: a decimal in plain digits ("-0.5") or a rational ("1/3").

    Raises:
        Refused: for anything else (exponents, infinities, other scripts' digits), for more than
            `MAX_DIGITS` digits, or for a rational over zero.
    """
    if len(value) > 2 * MAX_DIGITS + 4:
        raise Refused(f"{field}: {len(value)} characters are too long for a value")
    if not _DECIMAL.match(value):
        rational = _RATIONAL.match(value)
        if rational is None:
            raise Refused(f"{field}: {value!r} is neither a decimal (12.5) nor a rational (1/3)")
        if Fraction(rational[2]) == 0:
            raise Refused(f"{field}: {value!r} divides by zero")
    if any(len(re.sub(r"[-.]", "", part)) > MAX_DIGITS for part in value.split("/")):
        raise Refused(f"{field}: more than {MAX_DIGITS} digits")
    return value


def fraction(value: str) -> Fraction:
    """Return an exact value as a number, to compute with."""
    top, _, bottom = value.partition("/")
    return Fraction(top) / Fraction(bottom or 1)


def rounded(value: str | None) -> float | None:
    """Return an exact value as the nearest double, for filters and sorting; zero has no sign.

    Raises:
        ValueError: if there is none.
    """
    if value is None:
        return None
    double = float(fraction(value) if "/" in value else value) or 0.0
    if not math.isfinite(double):
        raise ValueError(f"{value} has no double")
    return double


def decimal(field: str, value: str) -> Decimal:
    """Return a query's plain decimal.

    Raises:
        Refused: for NaN, infinities and exponents beyond ±`MAX_EXPONENT`.
    """
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise Refused(f"{field}: {value[:40]!r} is not a number") from error
    if not number.is_finite() or abs(number.adjusted()) > MAX_EXPONENT:
        raise Refused(f"{field}: {value[:40]!r} is out of range")
    return number


def span(field: str, start: int, end: int, surface: str, of: str) -> None:
    """Check that `of[start:end]` is `surface`, and that the span is not empty.

    Raises:
        Refused: naming the span and what stands there instead.
    """
    if not 0 <= start < end <= len(of):
        raise Refused(f"{field}: [{start}, {end}) is no span of a text of {len(of)} characters")
    if of[start:end] != surface:
        raise Refused(
            f"{field}: {of[start:end][:60]!r} stands at [{start}, {end}), not {surface[:60]!r}"
        )
