"""What a calendar expression says before the article's date is known, and its JSON form."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

FORMS = (
    "day", "month", "year", "quarter", "half", "season", "decade", "century", "weekday", "offset",
    "week", "fiscal", "either", "clock", "set", "duration",
)  # fmt: skip
UNITS = (
    "second", "minute", "hour", "day", "weekend", "week", "fortnight", "month", "quarter", "year",
    "decade", "century", "millennium",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expression:
    """A calendar expression as the words give it.

    `form` says which of the other fields count. day, month, year: a missing `year` is found by
    `direction`, as is the month of "the 18th"; `number` is the weekday of "Friday the 26th".
    quarter, half, season: `number` of `year`. decade: `year` is its first; `number` is 100 for
    "the 1900s". century: `number`, negative before Christ. weekday: `number` 1 (Monday) to 7;
    with a `month`, the `count`-th of it, -1 the last. week: that of a `day`; or the `number`-th of
    a `month`, -1 the last; or else of the year, as ISO 8601 counts. offset: `count` units of `unit`
    from `anchor`, 0 being the current one. either: a numeric day and month that may be either way
    round. fiscal: `year`, or `count` years from the one that holds the article's date; `number`
    is a quarter of it; `last` is its last day where the text tells it, or the second of the two
    years of its name. duration: `count` of `unit`, vague without. set: every `unit`, or every
    weekday `number`. clock: `clock` alone.

    `part` is early, mid, late, start or end. `bound` is since, until, or None. `last` makes a range
    that starts with this expression and ends with that one. `anchor` is "publication",
    "previous" (the period named before: "a year earlier"), "reported" (the quarter named before,
    or else publication: "a loss of $3 million a year ago") or "event" ("a week before the vote").
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


_NUMBERS = {"year": (-9999, 9999), "month": (1, 12), "day": (1, 31), "number": (-100, 100)}
_CHOICES = {
    "form": FORMS, "unit": UNITS, "direction": ("past", "future"),
    "part": ("early", "mid", "late", "start", "end"), "bound": ("since", "until"),
    "anchor": ("publication", "previous", "reported", "event"),
}  # fmt: skip
_NEEDS = {
    "day": ("day",), "month": ("month",), "year": ("year",), "quarter": ("number",),
    "half": ("number",), "season": ("number",), "decade": ("year",), "century": ("number",),
    "weekday": ("number",), "offset": ("unit", "count"), "clock": ("clock",),
    "duration": ("unit",),
}  # fmt: skip
_LIMITS = {
    "day": (1, 7), "week": (-1, 53),
    "quarter": (1, 4), "half": (1, 2), "season": (1, 4), "weekday": (1, 7), "set": (1, 7),
    "decade": (10, 100), "century": (-99, 99), "fiscal": (1, 4),
}  # fmt: skip
_SHAPES = {
    "count": re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?"),
    "clock": re.compile(r"[0-9]{2}:[0-9]{2}(?::[0-9]{2})?|[A-Z]{2}"),
}


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
    expression = Expression(**found)
    _require(expression)
    return expression


def _require(expression: Expression) -> None:
    """Refuse an expression that lacks what its form needs.

    Raises:
        ValueError: naming the form and the field.
    """
    for name in _NEEDS.get(expression.form, ()):
        if getattr(expression, name) is None:
            raise ValueError(f"a calendar expression of form {expression.form} needs {name}")
    named = (expression.year, expression.count, expression.last)
    if expression.form == "fiscal" and named == (None, None, None):
        raise ValueError("a calendar expression of form fiscal needs year, count or last")
    low, high = _LIMITS.get(expression.form, (-99, 100))
    if expression.number is not None and not low <= expression.number <= high:
        raise ValueError(f"number of a calendar expression: {expression.number} is not allowed")


def _is_good(key: object, value: object) -> bool:
    if key in _NUMBERS:
        low, high = _NUMBERS[str(key)]
        return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    if key in _CHOICES:
        return value in _CHOICES[str(key)]
    return key in _SHAPES and isinstance(value, str) and bool(_SHAPES[str(key)].fullmatch(value))
