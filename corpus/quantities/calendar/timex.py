"""TIMEX3 types and values of calendar expressions."""

from __future__ import annotations

from dataclasses import replace

from corpus.quantities.calendar.expression import Expression

_LETTERS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "weekend": "WE", "week": "W",
    "fortnight": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE",
    "millennium": "ML",
}  # fmt: skip


def duration_timex(expression: Expression) -> str:
    letter = _LETTERS[expression.unit or "day"]
    count = expression.count or "X"
    if expression.unit == "fortnight" and count.isdigit():
        count = str(2 * int(count))
    return f"PT{count}{letter[1]}" if letter[0] == "T" else f"P{count}{letter}"


def set_timex(expression: Expression) -> str:
    if expression.number is not None:
        clock = f"T{expression.clock}" if expression.clock else ""
        return f"XXXX-WXX-{expression.number}{clock}"
    return duration_timex(replace(expression, count=expression.count or "1"))


def timex_type(expression: Expression) -> str:
    return "TIME" if expression.clock else "DATE"


def open_timex(expression: Expression) -> str | None:
    """Return the TIMEX3 value of what could not be resolved, as far as the words give it."""
    if expression.form == "fiscal" and expression.year is not None:
        return f"{expression.year:04d}" + (f"-Q{expression.number}" if expression.number else "")
    if expression.form == "weekday" and expression.month is None:
        return f"XXXX-WXX-{expression.number}"
    if expression.form == "day" and expression.month is None:
        return f"XXXX-XX-{expression.day:02d}"
    if expression.form == "day" and expression.year is None:
        return f"XXXX-{expression.month:02d}-{expression.day:02d}"
    if expression.form == "month":
        return f"XXXX-{expression.month:02d}"
    if expression.form == "quarter":
        return f"XXXX-Q{expression.number}"
    if expression.form == "clock":
        return f"T{expression.clock}"
    return None
