"""Calendar expressions, and what they resolve to once the article's date is known.

A rule of `corpus.quantities.dates` builds an `Expression` without knowing when the article was
published; `resolve` turns it into EDTF (levels 0 and 1), a first and last day, and TIMEX3.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, timedelta

from corpus.quantities.calendar.expression import Expression
from corpus.quantities.calendar.fiscal import LEAP, fiscal, why_unresolved
from corpus.quantities.calendar.periods import Period, absolute, relative, shifted
from corpus.quantities.calendar.timex import duration_timex, open_timex, set_timex, timex_type

__all__ = ["Expression", "Interval", "Resolved", "resolve"]

UNKNOWN = "the article's date is not known to the day"


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


def resolve(
    expression: Expression, published: Interval | None = None, anchor: Interval | None = None
) -> Resolved:
    """Return what `expression` means in an article published on `published`.

    Relative expressions resolve when every day of `published` gives the same answer; `anchor`
    is the period named before, for "a year earlier". Never raises for a well-formed expression:
    what cannot be resolved carries its reason.
    """
    if expression.form == "duration":
        return Resolved(timex_type="DURATION", timex_value=duration_timex(expression))
    if expression.form == "set":
        return Resolved(
            unresolved="a repeated time has no single date",
            timex_type="SET", timex_value=set_timex(expression),
        )  # fmt: skip
    if expression.last is not None and expression.last.form == "clock":
        return _resolve_hours(expression, published, anchor)
    if expression.last is not None and expression.form != "fiscal":
        return _resolve_range(expression, published, anchor)
    period, reason = _period_for(expression, published, anchor)
    if period is None:
        return Resolved(
            unresolved=reason,
            timex_type=timex_type(expression),
            timex_value=open_timex(expression),
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
    if _is_backwards(start, end) and expression.year is None and expression.last.year is None:
        # "from November to March"
        if last.direction == "future":
            end = resolve(replace(last, year=_year_of(start) + 1), published, anchor)
        else:
            start = resolve(replace(first, year=_year_of(end) - 1), published, anchor)
    reason = start.unresolved or end.unresolved
    if reason or start.earliest is None or end.latest is None or not start.edtf or not end.edtf:
        return Resolved(
            unresolved=reason or "a range with an open end", timex_value=start.timex_value
        )
    if _is_backwards(start, end):
        return Resolved(unresolved="the range ends before it begins", timex_value=start.timex_value)
    edtf = f"{start.edtf.split('/')[0]}/{end.edtf.split('/')[-1]}"
    return Resolved(edtf, start.earliest, end.latest, timex_value=start.timex_value)


def _year_of(resolved: Resolved) -> int:
    return (resolved.earliest or 0) // 10000


def _is_backwards(start: Resolved, end: Resolved) -> bool:
    return bool(start.earliest and end.latest and start.earliest > end.latest)


def _resolve_hours(
    expression: Expression, published: Interval | None, anchor: Interval | None
) -> Resolved:
    """Resolve "Monday from 1 to 3 pm"; hours that end before they begin end on the next day."""
    assert expression.last is not None
    first = resolve(replace(expression, last=None), published, anchor)
    day = _as_day(first.earliest or 0)
    begin, end = expression.clock or "", expression.last.clock or ""
    if first.edtf is None or day is None:
        return first
    if end < begin and day < date.max:
        day += timedelta(1)
    latest = _stamp((day.year, day.month, day.day))
    edtf = f"{first.edtf}/{day.isoformat()}T{end}" + (":00" if len(end) == 5 else "")
    return replace(first, edtf=edtf, latest=latest)


def _finish(expression: Expression, period: Period) -> Resolved:
    earliest: int | None = _stamp(period.first)
    latest: int | None = _stamp(period.last)
    edtf = period.edtf
    if expression.part:
        edtf = "/".join(f"{end}~" for end in _plain_ends(edtf, period))
    if expression.clock and expression.clock[0].isdigit():
        edtf = f"{edtf}T{expression.clock}" + (":00" if len(expression.clock) == 5 else "")
    if expression.bound == "since":
        edtf, latest = f"{edtf.split('/')[0]}/..", None
    elif expression.bound == "until":
        edtf, earliest = f"../{edtf.split('/')[-1]}", None
    timex = f"{period.timex}T{expression.clock}" if expression.clock else period.timex
    return Resolved(edtf, earliest, latest, None, timex_type(expression), timex)


def _plain_ends(edtf: str, period: Period) -> list[str]:
    """Return the ends of an interval that may be marked `~`: "199X" has to be spelled out."""
    if "X" in edtf:
        return [f"{period.first[0]:04d}", f"{period.last[0]:04d}"]
    return edtf.split("/")


def _stamp(day: tuple[int, int, int]) -> int:
    """Return a day as a signed YYYYMMDD whose order is the order of days, also before year 0."""
    year, month, number = day
    return year * 10000 + month * 100 + number


def _period_for(
    expression: Expression, published: Interval | None, anchor: Interval | None
) -> tuple[Period | None, str | None]:
    """Return the period, or None and the reason why there is none."""
    if expression.form == "either":
        return None, "day and month may be either way round"
    if expression.form == "clock":
        return None, "a clock time without its day"
    if expression.form == "fiscal":
        if reason := why_unresolved(expression):
            return None, reason
        if period := fiscal(expression, None):
            return period, None
    elif expression.year is not None or expression.form == "century":
        period = absolute(expression)
        return period, None if period else "no such day"
    if expression.day and not absolute(replace(expression, year=LEAP, month=expression.month or 1)):
        return None, "no such day"
    if expression.anchor == "event":
        return None, "counted from an event, not from a date"
    if expression.anchor == "previous" and anchor is None:
        return None, "the period it is counted from is not known"
    base = published if expression.anchor == "publication" else anchor or published
    if base is None or base.earliest is None or base.latest is None:
        return None, UNKNOWN
    first, last = _as_day(base.earliest), _as_day(base.latest)
    if first is None or last is None:
        return None, UNKNOWN
    try:
        named = base is anchor and expression.unit == "year"
        period = shifted(first, last, int(expression.count or 0)) if named else None
        same = period is not None or first == last
        period = period or _seen_from(expression, first)
        same = same or _seen_from(expression, last) == period
    except (ValueError, OverflowError):
        return None, "out of the calendar"
    if period is None or not same:
        return None, UNKNOWN
    if period.first[0] < 1 or period.last[0] > MAXYEAR:
        return None, "out of the calendar"
    return period, None


def _seen_from(expression: Expression, today: date) -> Period | None:
    if expression.form == "fiscal":
        return fiscal(expression, today)
    return relative(expression, today)


def _as_day(stamp: int) -> date | None:
    try:
        return date(stamp // 10000, stamp // 100 % 100, stamp % 100)
    except ValueError:
        return None
