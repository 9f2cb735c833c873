"""Calendar expressions, and what they resolve to once the article's date is known.

A rule of `corpus.quantities.dates` builds an `Expression` without knowing when the article was
published; `resolve` turns it into EDTF (levels 0 and 1), a first and last day, and TIMEX3.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import MAXYEAR, date, timedelta
from typing import Any

FORMS = (
    "day", "month", "year", "quarter", "half", "season", "decade", "century", "weekday", "offset",
    "fiscal", "either", "clock", "set", "duration",
)  # fmt: skip
UNITS = (
    "second", "minute", "hour", "day", "weekend", "week", "fortnight", "month", "quarter", "year",
    "decade", "century", "millennium",
)  # fmt: skip
UNKNOWN = "the article's date is not known to the day"
BROAD = 11
"""Number of months that "last", "next" and plain month names look back or ahead."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A calendar expression as the words give it.

    `form` says which of the other fields count. day, month, year: a missing `year` is found by
    `direction`. quarter, half, season: `number` of `year`. decade: `year` is its first; `number`
    is 100 for "the 1900s". century: `number`, negative before Christ. weekday: `number` 1 (Monday)
    to 7. offset: `count` units of `unit` from `anchor`, 0 being the current one. either: a numeric
    day and month that may be either way round. fiscal: `year`. duration: `count` of `unit`, vague
    without. set: every `unit`, or every weekday `number`. clock: `clock` alone.

    `part` is early, mid, late, start or end. `bound` is since, until, or None. `last` makes a range
    that starts with this expression and ends with that one. `anchor` is "publication" or
    "previous" (the period named before: "a year earlier").
    """

    form: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    number: int | None = None
    unit: str | None = None
    count: str | None = None
    direction: str | None = None
    part: str | None = None
    bound: str | None = None
    anchor: str = "publication"
    clock: str | None = None
    last: Expression | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the fields that say something, ready for JSON."""
        found: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None and value != field.default:
                found[field.name] = value.to_json() if isinstance(value, Expression) else value
        return found

    @classmethod
    def from_json(cls, given: object) -> Expression:
        """Return the expression that `to_json` wrote.

        Raises:
            ValueError: naming the key that is unknown or has a value of the wrong kind.
        """
        return _from_json(given, depth=0)


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of days, both ends included, as signed YYYYMMDD; None is open."""

    earliest: int | None
    latest: int | None
    edtf: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What an expression says once it is resolved; `unresolved` is the reason when it is not."""

    edtf: str | None = None
    earliest: int | None = None
    latest: int | None = None
    unresolved: str | None = None
    timex_type: str = "DATE"
    timex_value: str | None = None


@dataclass(frozen=True, slots=True)
class _Period:
    """A resolved stretch: EDTF, the first and last day as (year, month, day), TIMEX3 value."""

    edtf: str
    first: tuple[int, int, int]
    last: tuple[int, int, int]
    timex: str


def resolve(
    expression: Expression, published: Interval | None = None, anchor: Interval | None = None
) -> Resolved:
    """Return what `expression` means in an article published on `published`.

    Relative expressions resolve when every day of `published` gives the same answer; `anchor`
    is the period named before, for "a year earlier". Never raises for a well-formed expression:
    what cannot be resolved carries its reason.
    """
    if expression.form == "duration":
        return Resolved(timex_type="DURATION", timex_value=_duration_timex(expression))
    if expression.form == "set":
        return Resolved(
            unresolved="a repeated time has no single date",
            timex_type="SET", timex_value=_set_timex(expression),
        )  # fmt: skip
    if expression.last is not None:
        return _resolve_range(expression, published, anchor)
    period, reason = _period_for(expression, published, anchor)
    if period is None:
        return Resolved(
            unresolved=reason, timex_type=_timex_type(expression), timex_value=_open_timex(expression)
        )
    return _finish(expression, period)


def _resolve_range(
    expression: Expression, published: Interval | None, anchor: Interval | None
) -> Resolved:
    """Resolve both ends; an end without its own year takes the other's."""
    assert expression.last is not None
    first, last = replace(expression, last=None), expression.last
    if first.year is None and last.year is not None and first.form in ("day", "month", "quarter"):
        first = replace(first, year=last.year)
    start, end = resolve(first, published, anchor), resolve(last, published, anchor)
    reason = start.unresolved or end.unresolved
    if reason or start.earliest is None or end.latest is None or not start.edtf or not end.edtf:
        return Resolved(unresolved=reason or "a range with an open end", timex_value=start.timex_value)
    if start.earliest > end.latest:
        return Resolved(unresolved="the range ends before it begins", timex_value=start.timex_value)
    edtf = f"{start.edtf.split('/')[0]}/{end.edtf.split('/')[-1]}"
    return Resolved(edtf, start.earliest, end.latest, timex_value=start.timex_value)


def _finish(expression: Expression, period: _Period) -> Resolved:
    earliest: int | None = _stamp(period.first)
    latest: int | None = _stamp(period.last)
    edtf = period.edtf
    if expression.part:
        edtf = "/".join(f"{end}~" for end in _plain_ends(edtf, period))
    if expression.clock and re.fullmatch(r"[0-9]{2}:[0-9]{2}", expression.clock):
        edtf = f"{edtf}T{expression.clock}:00"
    if expression.bound == "since":
        edtf, latest = f"{edtf.split('/')[0]}/..", None
    elif expression.bound == "until":
        edtf, earliest = f"../{edtf.split('/')[-1]}", None
    timex = f"{period.timex}T{expression.clock}" if expression.clock else period.timex
    return Resolved(edtf, earliest, latest, None, _timex_type(expression), timex)


def _plain_ends(edtf: str, period: _Period) -> list[str]:
    """Return the ends of an interval that may be marked `~`: "199X" has to be spelled out."""
    if "X" in edtf:
        return [f"{period.first[0]:04d}", f"{period.last[0]:04d}"]
    return edtf.split("/")


def _stamp(day: tuple[int, int, int]) -> int:
    """Return a day as a signed YYYYMMDD whose order is the order of days, also before year 0."""
    year, month, number = day
    return year * 10000 + month * 100 + number


# --- periods that need no article date ---------------------------------------------------------


def _year(year: int) -> _Period:
    name = f"{year:04d}" if year >= 0 else f"-{-year:04d}"
    return _Period(name, (year, 1, 1), (year, 12, 31), name)


def _month(year: int, month: int) -> _Period:
    name = f"{year:04d}-{month:02d}"
    return _Period(name, (year, month, 1), (year, month, _days_in(year, month)), name)


def _day(day: date) -> _Period:
    name, parts = day.isoformat(), (day.year, day.month, day.day)
    return _Period(name, parts, parts, name)


def _months(year: int, first: int, last: int, timex: str) -> _Period:
    edtf = f"{year:04d}-{first:02d}/{year:04d}-{last:02d}"
    return _Period(edtf, (year, first, 1), (year, last, _days_in(year, last)), timex)


def _days(first: date, last: date, timex: str) -> _Period:
    edtf = f"{first.isoformat()}/{last.isoformat()}"
    return _Period(edtf, (first.year, first.month, first.day), (last.year, last.month, last.day), timex)


def _quarter(year: int, number: int) -> _Period:
    return _months(year, 3 * number - 2, 3 * number, f"{year:04d}-Q{number}")


def _half(year: int, number: int) -> _Period:
    return _months(year, 6 * number - 5, 6 * number, f"{year:04d}-H{number}")


def _season(year: int, number: int) -> _Period:
    return replace(_year(year), timex=f"{year:04d}-{('SP', 'SU', 'FA', 'WI')[number - 1]}")


def _decade(year: int, years: int = 10) -> _Period:
    digits = 2 if years == 100 else 3
    stem = f"{year:04d}"[:digits]
    return _Period(stem + "X" * (4 - digits), (year, 1, 1), (year + years - 1, 12, 31), stem)


def _century(number: int) -> _Period:
    if number < 0:
        first, last = number * 100 + 1, number * 100 + 100
        return _Period(f"{_year(first).edtf}/{_year(last).edtf}", (first, 1, 1), (last, 12, 31), f"BC{-number:02d}")
    first, last = number * 100 - 99, number * 100
    return _Period(f"{first:04d}/{last:04d}", (first, 1, 1), (last, 12, 31), f"{number - 1:02d}")


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _period_for(
    expression: Expression, published: Interval | None, anchor: Interval | None
) -> tuple[_Period | None, str | None]:
    """Return the period, or None and the reason why there is none."""
    if expression.form == "either":
        return None, "day and month may be either way round"
    if expression.form == "fiscal":
        return None, "a fiscal year, and the text does not say when it begins"
    if expression.form == "clock":
        return None, "a clock time without its day"
    if expression.year is not None or expression.form == "century":
        period = _absolute(expression)
        return period, None if period else "no such day"
    base = anchor if expression.anchor == "previous" else published
    if expression.anchor == "previous" and base is None:
        return None, "the period it is counted from is not known"
    if base is None or base.earliest is None or base.latest is None:
        return None, UNKNOWN
    first, last = _as_day(base.earliest), _as_day(base.latest)
    if first is None or last is None:
        return None, UNKNOWN
    try:
        period = _relative(expression, first)
        same = first == last or _relative(expression, last) == period
    except (ValueError, OverflowError):
        return None, "out of the calendar"
    return (period, None) if same and period is not None else (None, UNKNOWN)


def _as_day(stamp: int) -> date | None:
    try:
        return date(stamp // 10000, stamp // 100 % 100, stamp % 100)
    except ValueError:
        return None


def _absolute(expression: Expression) -> _Period | None:
    year, number = expression.year or 0, expression.number or 1
    if expression.form == "day":
        return _checked_day(year, expression.month or 0, expression.day or 0)
    makers: dict[str, Callable[[], _Period]] = {
        "month": lambda: _month(year, expression.month or 1),
        "year": lambda: _year(year),
        "quarter": lambda: _quarter(year, number),
        "half": lambda: _half(year, number),
        "season": lambda: _season(year, number),
        "decade": lambda: _decade(year, number if number > 1 else 10),
        "century": lambda: _century(number),
    }
    return makers[expression.form]() if expression.form in makers else None


def _checked_day(year: int, month: int, day: int) -> _Period | None:
    if 1 <= year <= MAXYEAR:
        try:
            return _day(date(year, month, day))
        except ValueError:
            return None
    return None


# --- periods counted from a day ------------------------------------------------------------------


def _relative(expression: Expression, today: date) -> _Period | None:
    """Return the period `expression` names on the day `today`."""
    if expression.form == "weekday":
        return _day(_weekday(expression, today))
    if expression.form == "offset":
        return _offset(expression.unit or "day", _count(expression), today)
    if expression.form == "day":
        return _nearest_day(expression, today)
    if expression.form == "month":
        months = today.year * 12 + today.month - 1
        wanted = (expression.month or 1) - 1
        return _month(_nearest(wanted, months, 12, expression.direction) // 12, wanted + 1)
    if expression.form == "quarter":
        quarters = today.year * 4 + (today.month - 1) // 3
        wanted = (expression.number or 1) - 1
        return _quarter(_nearest(wanted, quarters, 4, expression.direction) // 4, wanted + 1)
    if expression.form == "half":
        return _half(today.year, expression.number or 1)
    if expression.form == "season":
        return _season(today.year + _count(expression), expression.number or 1)
    return None


def _count(expression: Expression) -> int:
    return int(expression.count or 0)


def _weekday(expression: Expression, today: date) -> date:
    """Return the nearest such day: not after `today` for the past, not before for the future.

    "last Monday" is strictly before, "next Monday" strictly after.
    """
    number = expression.number or 1
    strict = 1 if _count(expression) else 0
    if expression.direction == "future":
        start = today + timedelta(strict)
        return start + timedelta((number - start.isoweekday()) % 7)
    start = today - timedelta(strict)
    return start - timedelta((start.isoweekday() - number) % 7)


def _nearest(wanted: int, now: int, cycle: int, direction: str | None) -> int:
    """Return the number congruent to `wanted` that is nearest to `now` in `direction`."""
    back = now - (now - wanted) % cycle
    ahead = now + (wanted - now) % cycle
    if direction == "future":
        return ahead
    if direction == "past" or now - back <= ahead - now:
        return back
    return ahead


def _nearest_day(expression: Expression, today: date) -> _Period | None:
    found = []
    for year in range(today.year - 8, today.year + 9):
        period = _checked_day(year, expression.month or 0, expression.day or 0)
        if period is not None:
            found.append(date(*period.first))
    if expression.direction == "past":
        found = [day for day in found if day <= today]
    elif expression.direction == "future":
        found = [day for day in found if day >= today]
    nearest = min(found, key=lambda day: (abs((day - today).days), day), default=None)
    return _day(nearest) if nearest else None


def _offset(unit: str, count: int, today: date) -> _Period | None:
    """Return the period of one `unit`, `count` of them after the one that holds `today`."""
    if unit == "day":
        return _day(today + timedelta(count))
    if unit in ("week", "fortnight", "weekend"):
        monday = today - timedelta(today.weekday()) + timedelta(7 * count * (2 if unit == "fortnight" else 1))
        year, week, _ = monday.isocalendar()
        name = f"{year:04d}-W{week:02d}"
        if unit == "weekend":
            return _days(monday + timedelta(5), monday + timedelta(6), f"{name}-WE")
        return _days(monday, monday + timedelta(6), name)
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


# --- TIMEX3 ----------------------------------------------------------------------------------------

_LETTERS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "weekend": "WE", "week": "W",
    "fortnight": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE",
    "millennium": "ML",
}  # fmt: skip


def _duration_timex(expression: Expression) -> str:
    letter = _LETTERS[expression.unit or "day"]
    count = expression.count or "X"
    if expression.unit == "fortnight" and count.isdigit():
        count = str(2 * int(count))
    return f"PT{count}{letter[1]}" if letter[0] == "T" else f"P{count}{letter}"


def _set_timex(expression: Expression) -> str:
    if expression.number is not None:
        return f"XXXX-WXX-{expression.number}"
    return _duration_timex(replace(expression, count=expression.count or "1"))


def _timex_type(expression: Expression) -> str:
    return "TIME" if expression.clock else "DATE"


def _open_timex(expression: Expression) -> str | None:
    """Return the TIMEX3 value of what could not be resolved, as far as the words give it."""
    if expression.form == "fiscal":
        return f"{expression.year:04d}"
    if expression.form == "weekday":
        return f"XXXX-WXX-{expression.number}"
    if expression.form == "day" and expression.year is None:
        return f"XXXX-{expression.month:02d}-{expression.day:02d}"
    if expression.form == "month":
        return f"XXXX-{expression.month:02d}"
    if expression.form == "quarter":
        return f"XXXX-Q{expression.number}"
    if expression.form == "clock":
        return f"T{expression.clock}"
    return None


# --- JSON ------------------------------------------------------------------------------------------

_NUMBERS = {"year": (-9999, 9999), "month": (1, 12), "day": (1, 31), "number": (-100, 100)}
_CHOICES = {
    "form": FORMS, "unit": UNITS, "direction": ("past", "future"),
    "part": ("early", "mid", "late", "start", "end"), "bound": ("since", "until"),
    "anchor": ("publication", "previous"),
}  # fmt: skip
_SHAPES = {"count": re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?"), "clock": re.compile(r"[0-9]{2}:[0-9]{2}|[A-Z]{2}")}


def _from_json(given: object, depth: int) -> Expression:
    if not isinstance(given, dict) or depth > 1 or given.get("form") not in FORMS:
        raise ValueError("a calendar expression is an object with a known form")
    found: dict[str, Any] = {}
    for key, value in given.items():
        if key == "last":
            found[key] = _from_json(value, depth + 1)
        elif not _is_good(key, value):
            raise ValueError(f"{key} of a calendar expression: {value!r} is not allowed")
        else:
            found[key] = value
    return Expression(**found)


def _is_good(key: object, value: object) -> bool:
    if key in _NUMBERS:
        low, high = _NUMBERS[str(key)]
        return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    if key in _CHOICES:
        return value in _CHOICES[str(key)]
    return key in _SHAPES and isinstance(value, str) and bool(_SHAPES[str(key)].fullmatch(value))
