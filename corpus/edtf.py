"""Dates as text: EDTF (ISO 8601-2:2019) levels 0 and 1, and the days it covers.

Read are years (`2014`, `-0044`, `Y17000`), months, days, unspecified digits at the end (`19XX`,
`201X`, `2014-XX`), qualifiers (`?`, `~`, `%`), seasons (`2014-21` to `-24`: without a place
the whole year), intervals of these, open (`..`) and unknown (empty) ends. Not read: clock times.
"""

import re
from calendar import monthrange

_DATE_RE = re.compile(
    r"(?P<year>-?[0-9]{4}|-?[0-9]{3}X|-?[0-9]{2}XX|Y-?[0-9]{5,9})"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<qualifier>[?~%])?"
)
_OPEN = {"", ".."}
_SEASONS = range(21, 25)


def bounds(edtf: str) -> tuple[int | None, int | None]:
    """Return the first and the last day covered, as signed YYYYMMDD, both included.

    An open or unknown end is None. The year 0 is 1 BC, so `-0043` is 44 BC. Qualifiers do not
    widen the interval.

    Raises:
        ValueError: if the text is no EDTF date of levels 0 and 1, or ends before it starts.

    >>> bounds("2014~"), bounds("2025-01/2025-03"), bounds("19XX"), bounds("2025-07-07/..")
    ((20140101, 20141231), (20250101, 20250331), (19000101, 19991231), (20250707, None))
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _date(edtf, edtf)
    if first in _OPEN and last in _OPEN:
        raise ValueError(f"{edtf!r} is open at both ends")
    start = None if first in _OPEN else _date(first, edtf)[0]
    end = None if last in _OPEN else _date(last, edtf)[1]
    if start is not None and end is not None and start > end:
        raise ValueError(f"{edtf!r} ends before it starts")
    return start, end


def stamp(year: int, month: int, day: int) -> int:
    """Return a day as a signed YYYYMMDD that sorts by time, before the year 0 too.

    >>> stamp(-43, 3, 15) < stamp(-43, 3, 16) < stamp(0, 1, 1) < stamp(2025, 7, 7)
    True
    """
    return year * 10_000 + month * 100 + day


def between(first: int | None, last: int | None) -> str | None:
    """Return the EDTF of the days from `first` to `last`, as `bounds` gives them; None if neither.

    >>> between(20250704, 20250707), between(20250707, 20250707), between(-429685, None)
    ('2025-07-04/2025-07-07', '2025-07-07', '-0043-03-15/..')
    """
    if first is None and last is None:
        return None
    if first == last and first is not None:
        return _day(first)
    return "/".join(".." if day is None else _day(day) for day in (first, last))


def _day(day: int) -> str:
    year, rest = divmod(day, 10_000)
    written = f"{year:05d}" if year < 0 else f"{year:04d}" if year < 10_000 else f"Y{year}"
    return written if year >= 10_000 else f"{written}-{rest // 100:02d}-{rest % 100:02d}"


def _date(text: str, whole: str) -> tuple[int, int]:
    match = _DATE_RE.fullmatch(text)
    if match is None:
        raise ValueError(f"{whole!r} is no EDTF date, such as 2025-04-28, 2014~ or 2025-07-07/..")
    first, last = _years(match["year"])
    month, day = match["month"], match["day"]
    if month in {None, "XX"} or (first != last):
        if day not in {None, "XX"} or (first != last and month not in {None, "XX"}):
            raise ValueError(f"{whole!r} gives a part after one that is not specified")
        return stamp(first, 1, 1), stamp(last, 12, 31)
    return _in_year(first, int(month), day, whole)


def _in_year(year: int, month: int, day: str | None, whole: str) -> tuple[int, int]:
    if month in _SEASONS and day is None:
        return stamp(year, 1, 1), stamp(year, 12, 31)
    if not 1 <= month <= 12:
        raise ValueError(f"{whole!r} has no month {month}")
    days = monthrange(2000 + year % 400, month)[1]  # the calendar repeats every 400 years
    if day in {None, "XX"}:
        return stamp(year, month, 1), stamp(year, month, days)
    if not 1 <= int(day) <= days:
        raise ValueError(f"{whole!r} has no day {day}")
    return stamp(year, month, int(day)), stamp(year, month, int(day))


def _years(text: str) -> tuple[int, int]:
    """Return the first and last year of "2014", "201X", "19XX", "-0044" or "Y17000"."""
    digits = text.lstrip("Y")
    ends = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    return min(ends), max(ends)
