"""Number words and their values, and the figure they make."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from corpus import lexicon
from corpus.spans import Span

_LISTS = lexicon.load("numbers")
UNITS: dict[str, int] = _LISTS["units"]
TEENS: dict[str, int] = _LISTS["teens"]
TENS: dict[str, int] = _LISTS["tens"]
SCALES: dict[str, int] = _LISTS["scales"]
LETTERS: dict[str, int] = _LISTS["letters"]
ORDINALS: dict[str, int] = _LISTS["ordinals"]
PARTS: dict[str, int] = _LISTS["parts"]
SIGNS = {sign: Fraction(value) for sign, value in _LISTS["signs"].items()}

CARDINALS = UNITS | TEENS | TENS
BIG_SCALES = ("million", "billion", "trillion", "crore")
SMALL_ORDINALS = tuple(word for word, value in ORDINALS.items() if value < 10)
NOUGHTS = ("nought", "naught")
"""Read only beside "point": "come to naught" is no number."""
CROWD, CROWDED = 60, 1000
"""So many figures within so many code points are a table or noise, and are not read."""
CROWDED_WHY = "one of too many figures in one place"
MOST_DIGITS = 24
MOST = 10**MOST_DIGITS
"""A figure of more digits before its point is refused: no newspaper means it as a number."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written, before anything is known of what it counts.

    `form` is cardinal, ordinal or fraction. A figure that is `refused` says why, and its value is
    0 and means nothing. `mantissa` is the value before its scale word ("2.5" of "2.5 million"): a
    range hands the scale down to its first end. `prefix` and `suffix` are letters glued to digits
    ("RM79", "5G"); they stand outside the span. `spelled` tells words from digits.
    """

    span: Span
    form: str
    value: Fraction
    mantissa: Fraction | None = None
    spelled: bool = False
    prefix: str = ""
    suffix: str = ""
    refused: str | None = None

    @property
    def scale(self) -> Fraction:
        """What the scale word multiplied by; 1 if there was none."""
        if not self.value or not self.mantissa:
            return Fraction(1)
        return self.value / self.mantissa


def exact(value: Fraction) -> str:
    """Return `value` as plain digits where they are finite, else as a rational ("1/3").

    >>> exact(Fraction(5, 2)), exact(Fraction(1, 3)), exact(Fraction(2_500_000))
    ('2.5', '1/3', '2500000')
    """
    rest, places = value.denominator, 0
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    for prime in (2, 5):
        while rest % prime == 0:
            rest, places = rest // prime, places + 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    whole, decimals = digits[: len(digits) - places], digits[len(digits) - places :].rstrip("0")
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


_WESTERN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")
_PLAIN = re.compile(r"[0-9]*(?:\.[0-9]+)?")


def why_refused(written: str) -> str | None:
    """Say why a run of digits is no number that can be relied on; None if it is one."""
    whole = written.split(".")[0]
    if not written.isascii():
        return "digits of another script"
    if len(whole.replace(",", "")) > MOST_DIGITS or len(written) > 2 * MOST_DIGITS:
        return "too many digits"
    if not any(form.fullmatch(written) for form in (_PLAIN, _WESTERN, _INDIAN)):
        return "not one number"
    if len(whole) > 1 and whole[0] == "0":
        return "leading zero"
    return None
