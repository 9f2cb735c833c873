"""Dates put into words: what EDTF says, for readers who do not read EDTF."""

import re
from typing import Final

from corpus.edtf import bounds

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_SEASONS: Final = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_PARTS = re.compile(
    r"(?P<year>Y?-?[0-9X]{4,9})(?:-(?P<month>[0-9X]{2}))?(?:-(?P<day>[0-9X]{2}))?"
    r"(?P<sign>[?~%]?)\Z"
)
_DOUBT: Final = {"": "", "?": " (uncertain)", "~": "", "%": " (uncertain)"}


def in_words(edtf: str) -> str:
    """Return a date as a reader writes it; the empty text for none.

    Raises:
        ValueError: if the text is no EDTF date of levels 0 and 1.

    >>> in_words("2031-03-09"), in_words("2014~"), in_words("19XX"), in_words("-0043")
    ('9 March 2031', 'circa 2014', '1900 to 1999', '44 BC')
    >>> in_words("2025-07-07/.."), in_words("2025-01/2025-03")
    ('7 July 2025 or later', 'January 2025 to March 2025')
    """
    if not edtf:
        return ""
    bounds(edtf)
    first, slash, last = edtf.partition("/")
    if not slash:
        return _date(first)
    if first in {"", ".."}:
        return f"{_date(last)} or earlier"
    return f"{_date(first)} or later" if last in {"", ".."} else f"{_date(first)} to {_date(last)}"


def _date(edtf: str) -> str:
    return _PARTS.sub(_of_parts, edtf)


def _of_parts(match: re.Match[str]) -> str:
    year, month, day, sign = match.group("year", "month", "day", "sign")
    words = _year(year)
    if month and "X" not in month:
        words = f"{_SEASONS.get(month) or _MONTHS[int(month) - 1]} {words}"
        if day and "X" not in day:
            words = f"{int(day)} {words}"
    return "circa " * (sign in {"~", "%"}) + words + _DOUBT[sign]


def _year(written: str) -> str:
    digits = written.removeprefix("Y")
    if "X" in digits:
        ends = sorted(int(digits.replace("X", digit)) for digit in "09")
        return f"{_numbered(ends[0])} to {_numbered(ends[1])}"
    return _numbered(int(digits))


def _numbered(year: int) -> str:
    return str(year) if year > 0 else f"{1 - year} BC"
