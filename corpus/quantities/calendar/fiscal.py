"""Fiscal years: their days where the text tells the last one, their two years, or a reason."""

from __future__ import annotations

from datetime import MAXYEAR, date, timedelta

from corpus.quantities.calendar.expression import Expression
from corpus.quantities.calendar.periods import Period

UNTOLD = "a fiscal year, and the text does not say when it begins"
EITHER = "a fiscal year that may be named after the year it begins or ends in"
LEAP = 2024
"""A year that has all days."""
NAMED_BY_ITS_END = 4
"""From this month on, a fiscal year that ends in it has the name of the year it ends in."""


def why_unresolved(expression: Expression) -> str | None:
    """Return why a fiscal year has no days whenever the article was published; None if it may."""
    last = expression.last
    if last is None:
        return UNTOLD
    if last.form == "day" and _end(last, last.year or LEAP) is None:
        return "no such day"
    named_alone = last.form == "day" and last.year is None and expression.year is not None
    return EITHER if named_alone and (last.month or 0) < NAMED_BY_ITS_END else None


def fiscal(expression: Expression, today: date | None) -> Period | None:
    """Return the fiscal year, or a quarter of it; None if it has none such, or needs `today`.

    "2024/25" without its last day lies somewhere in two years, each approximate.
    """
    last, named = expression.last, expression.year
    assert last is not None
    if last.form == "year":
        assert named is not None
        assert last.year is not None
        edtf = f"{named:04d}~/{last.year:04d}~"
        return Period(edtf, (named, 1, 1), (last.year, 12, 31), f"{named:04d}")
    year = last.year or named
    if year is None and today is None:
        return None
    end = _end(last, year) if year else _nearest(expression, today)
    begin = _end(last, end.year - 1) if end and end.year > 1 else None
    if begin is None or end is None:
        return None
    return _period(begin + timedelta(1), end, expression.number, named or end.year)


def _end(last: Expression, year: int) -> date | None:
    """Return the last day in this year; 28 February stands for the end of that month."""
    try:
        if last.month == 2 and (last.day or 0) >= 28:
            return date(year, 3, 1) - timedelta(1)
        return date(year, last.month or 0, last.day or 0)
    except ValueError:
        return None


def _nearest(expression: Expression, today: date | None) -> date | None:
    """Return the end of the year that holds `today`, or `count` years on; or the one just told."""
    assert today is not None
    assert expression.last is not None
    if not 2 < today.year < MAXYEAR - 2:
        return None
    ends = [_end(expression.last, today.year + away) for away in range(-1, 3)]
    coming = next((at for at, day in enumerate(ends) if day and day >= today), 0)
    told = -1 if expression.last.direction == "past" else 0
    count = int(expression.count) if expression.count else told
    return _end(expression.last, today.year - 1 + coming + count)


def _period(first: date, last: date, quarter: int | None, name: int) -> Period | None:
    whole = first.day == 1
    if quarter is not None:
        if not whole:
            return None
        month = first.year * 12 + first.month - 1 + 3 * (quarter - 1)
        first = date(month // 12, month % 12 + 1, 1)
        last = date((month + 3) // 12, (month + 3) % 12 + 1, 1) - timedelta(1)
    ends = [day.isoformat()[: 7 if whole else 10] for day in (first, last)]
    timex = f"{name:04d}" + (f"-Q{quarter}" if quarter else "")
    return Period(
        "/".join(ends),
        (first.year, first.month, first.day),
        (last.year, last.month, last.day),
        timex,
    )
