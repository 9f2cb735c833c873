"""From an expression to a stretch of days: by its own year, or counted from a given day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, timedelta

from corpus.quantities.calendar.expression import Expression


@dataclass(frozen=True, slots=True)
class Period:
    """A resolved stretch: EDTF, the first and last day as (year, month, day), TIMEX3 value."""

    edtf: str
    first: tuple[int, int, int]
    last: tuple[int, int, int]
    timex: str


def _year(year: int) -> Period:
    name = f"{year:04d}" if year >= 0 else f"-{-year:04d}"
    return Period(name, (year, 1, 1), (year, 12, 31), name)


def _month(year: int, month: int) -> Period:
    name = f"{year:04d}-{month:02d}"
    return Period(name, (year, month, 1), (year, month, _days_in(year, month)), name)


def _day(day: date) -> Period:
    name, parts = day.isoformat(), (day.year, day.month, day.day)
    return Period(name, parts, parts, name)


def _months(year: int, first: int, last: int, timex: str) -> Period:
    edtf = f"{year:04d}-{first:02d}/{year:04d}-{last:02d}"
    return Period(edtf, (year, first, 1), (year, last, _days_in(year, last)), timex)


def _days(first: date, last: date, timex: str) -> Period:
    edtf = f"{first.isoformat()}/{last.isoformat()}"
    return Period(
        edtf, (first.year, first.month, first.day), (last.year, last.month, last.day), timex
    )


def _quarter(year: int, number: int) -> Period:
    return _months(year, 3 * number - 2, 3 * number, f"{year:04d}-Q{number}")


def _half(year: int, number: int) -> Period:
    return _months(year, 6 * number - 5, 6 * number, f"{year:04d}-H{number}")


def _season(year: int, number: int) -> Period:
    return replace(_year(year), timex=f"{year:04d}-{('SP', 'SU', 'FA', 'WI')[number - 1]}")


def _decade(year: int, years: int = 10) -> Period:
    digits = 2 if years == 100 else 3
    stem = f"{year:04d}"[:digits]
    return Period(stem + "X" * (4 - digits), (year, 1, 1), (year + years - 1, 12, 31), stem)


def _century(number: int) -> Period:
    if number < 0:
        first, last = number * 100 + 1, number * 100 + 100
        return Period(
            f"{_year(first).edtf}/{_year(last).edtf}",
            (first, 1, 1),
            (last, 12, 31),
            f"BC{-number:02d}",
        )
    first, last = number * 100 - 99, number * 100
    return Period(f"{first:04d}/{last:04d}", (first, 1, 1), (last, 12, 31), f"{number - 1:02d}")


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def absolute(expression: Expression) -> Period | None:
    year, number = expression.year or 0, expression.number or 1
    if expression.form == "day":
        return _checked_day(year, expression.month or 0, expression.day or 0)
    if expression.form in ("weekday", "week"):
        return in_weeks(expression, year)
    makers: dict[str, Callable[[], Period]] = {
        "month": lambda: _month(year, expression.month or 1),
        "year": lambda: _year(year),
        "quarter": lambda: _quarter(year, number),
        "half": lambda: _half(year, number),
        "season": lambda: _season(year, number),
        "decade": lambda: _decade(year, number if number > 1 else 10),
        "century": lambda: _century(number),
    }
    return makers[expression.form]() if expression.form in makers else None


def _checked_day(year: int, month: int, day: int) -> Period | None:
    if 1 <= year <= MAXYEAR:
        try:
            return _day(date(year, month, day))
        except ValueError:
            return None
    return None


def relative(expression: Expression, today: date) -> Period | None:
    """Return the period `expression` names on the day `today`."""
    if expression.form in ("weekday", "week") and expression.month and not expression.day:
        months = today.year * 12 + today.month - 1
        year = _nearest(expression.month - 1, months, 12, expression) // 12
        return in_weeks(expression, year)
    if expression.form == "week":
        if expression.day is None:
            return in_weeks(expression, today.year)
        day = _nearest_day(expression, today)
        return day and _week(date(*day.first))
    if expression.form == "weekday":
        return _day(_weekday(expression, today))
    if expression.form == "offset":
        return _offset(expression.unit or "day", _count(expression), today)
    if expression.form == "day":
        return _nearest_day(expression, today)
    if expression.form == "month":
        if expression.count is not None:
            return _month(today.year + _count(expression), expression.month or 1)
        months = today.year * 12 + today.month - 1
        wanted = (expression.month or 1) - 1
        return _month(_nearest(wanted, months, 12, expression) // 12, wanted + 1)
    if expression.form == "quarter":
        quarters = today.year * 4 + (today.month - 1) // 3
        wanted = (expression.number or 1) - 1
        return _quarter(_nearest(wanted, quarters, 4, expression) // 4, wanted + 1)
    if expression.form == "half":
        return _half(today.year, expression.number or 1)
    if expression.form == "season":
        return _season(today.year + _count(expression), expression.number or 1)
    return None


def shifted(first: date, last: date, years: int) -> Period | None:
    """Return the same quarter, half or month `years` on; None if the days are none of these."""
    year, begin, length = first.year + years, first.month, last.month - first.month + 1
    whole = first.day == 1 and (last + timedelta(1)).day == 1 and first.year == last.year
    if not whole:
        return None
    if length == 1:
        return _month(year, begin)
    if length == 3 and begin % 3 == 1:
        return _quarter(year, begin // 3 + 1)
    if length == 6 and begin % 6 == 1:
        return _half(year, begin // 6 + 1)
    return None


def _week(day: date) -> Period:
    """Return the week that holds `day`, Monday to Sunday."""
    monday = day - timedelta(day.weekday())
    year, week, _ = monday.isocalendar()
    return _days(monday, monday + timedelta(6), f"{year:04d}-W{week:02d}")


def in_weeks(expression: Expression, year: int) -> Period | None:
    """Return a week of `year`, or the n-th such weekday of a month; None if there is none.

    A week belongs to the month, as to the year, that has its Thursday.
    """
    month, number = expression.month, expression.number or 1
    if not 1 < year < MAXYEAR:
        return None
    if expression.form == "weekday":
        found = _nth_weekday(year, month or 1, _count(expression), number)
        return _day(found) if found else None
    if expression.day:
        period = _checked_day(year, month or 0, expression.day)
        return period and _week(date(*period.first))
    if month is None:
        last = date(year, 12, 28).isocalendar()[1]
        return _week(date.fromisocalendar(year, number, 1)) if 0 < number <= last else None
    thursday = _nth_weekday(year, month, number, 4)
    return _week(thursday) if thursday else None


def _nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """Return the n-th such weekday of a month, -1 being the last; None if it has fewer."""
    days = [date(year, month, number + 1) for number in range(_days_in(year, month))]
    found = [day for day in days if day.isoweekday() == weekday]
    return found[nth - 1 if nth > 0 else -1] if nth <= len(found) else None


def _count(expression: Expression) -> int:
    return int(expression.count or 0)


def _weekday(expression: Expression, today: date) -> date:
    """Return the nearest such day: not after `today` for the past, not before for the future.

    "last Monday" is that of the week before, "next Monday" that of the week after.
    """
    number = expression.number or 1
    if expression.count is not None:
        monday = today - timedelta(today.weekday())
        return monday + timedelta(7 * _count(expression) + number - 1)
    if expression.direction == "future":
        return today + timedelta((number - today.isoweekday()) % 7)
    return today - timedelta((today.isoweekday() - number) % 7)


def _nearest(wanted: int, now: int, cycle: int, expression: Expression) -> int:
    """Return the number congruent to `wanted` that is nearest to `now` in the direction.

    A name without its year lies within five sixths of a year: "may", said in June of what was
    due in May, is the month just gone.
    """
    back = (now - wanted) % cycle
    ahead = (wanted - now) % cycle
    direction = expression.direction
    near = 5 * cycle // 6
    if direction == "past" and back > near > ahead:
        direction = "future"
    elif direction == "future" and ahead >= near > back:
        direction = "past"
    if direction == "future" or (direction is None and ahead < back):
        return now + ahead
    return now - back


FAR, NEAR = timedelta(300), timedelta(65)
"""A day without its year is not so far off where the same day of another year is so near."""


def _candidates(expression: Expression, today: date) -> Iterator[date]:
    """Yield the days near `today` with the number, month and weekday of the expression."""
    months = [expression.month] if expression.month else range(1, 13)
    away = 8 if expression.month else 2
    for year in range(today.year - away, today.year + away + 1):
        for month in months:
            period = _checked_day(year, month, expression.day or 0)
            if period and expression.number in (None, date(*period.first).isoweekday()):
                yield date(*period.first)


def _nearest_day(expression: Expression, today: date) -> Period | None:
    if expression.count is not None:  # "the 21st of this month"
        month = today.year * 12 + today.month - 1 + _count(expression)
        return _checked_day(month // 12, month % 12 + 1, expression.day or 0)
    found = list(_candidates(expression, today))
    back = max((day for day in found if day <= today), default=None)
    ahead = min((day for day in found if day >= today), default=None)
    if back is None or ahead is None:
        return None  # at the ends of the calendar
    future = expression.direction == "future"
    near, far = sorted((today - back, ahead - today))
    if expression.direction is None or (far > FAR and near < NEAR):
        future = ahead - today < today - back
    return _day(ahead if future else back)


def _offset(unit: str, count: int, today: date) -> Period | None:
    """Return the period of one `unit`, `count` of them after the one that holds `today`."""
    if unit == "day":
        return _day(today + timedelta(count))
    if unit in ("week", "fortnight", "weekend"):
        monday = (
            today
            - timedelta(today.weekday())
            + timedelta(7 * count * (2 if unit == "fortnight" else 1))
        )
        week = _week(monday)
        if unit == "weekend":
            return _days(monday + timedelta(5), monday + timedelta(6), f"{week.timex}-WE")
        return week
    if unit == "month":
        months = today.year * 12 + today.month - 1 + count
        return _month(months // 12, months % 12 + 1)
    if unit == "quarter":
        quarters = today.year * 4 + (today.month - 1) // 3 + count
        return _quarter(quarters // 4, quarters % 4 + 1)
    if unit == "year":
        return _year(today.year + count)
    if unit == "decade":
        return _decade((today.year // 10 + count) * 10)
    if unit == "century":
        return _century((today.year - 1) // 100 + 1 + count)
    return None
