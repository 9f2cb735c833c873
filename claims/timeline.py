"""A picture of figures over time: where points, ranges, arrows and ticks stand in it.

Plain geometry: a template draws it as SVG. Dates are days as `corpus.edtf.bounds` gives them
(signed YYYYMMDD), values are rounded numbers. A figure with an open bound gets an arrow, one whose
date is an interval a line across it; what has no date at all cannot be drawn and is counted.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 720
HEIGHT: Final = 320
LEFT: Final = 84
RIGHT: Final = 44
TOP: Final = 30
BOTTOM: Final = 44

_ARROW: Final = 22.0
_ALIKE: Final = 1e-9
"""Values that differ by less of themselves are drawn as one."""

_STEPS: Final = (1, 2, 5, 10)
_MONTH_STEPS: Final = (1, 2, 3, 6)
_DAY_STEPS: Final = (1, 2, 5, 10, 20)
_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_DAYS_BEFORE: Final = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


Scale = Callable[[float], float]
"""Where a day or a value stands in the picture."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure to draw: its value or bounds, the days it was stated between, what it says.

    None is an open bound; a plain value has both bounds alike. `rough`: about, nearly, vague.
    """

    low: float | None
    high: float | None
    first: int | None
    last: int | None
    says: str
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid and the words beside it."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn figure: its middle, and where its bars and arrows end; a date open at one end has
    no such end.

    `kind` is point, range, above (open upwards) or below.
    """

    kind: str
    x: float
    y: float
    left: float | None
    right: float | None
    top: float
    bottom: float
    says: str
    rough: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn, in units of the view box."""

    shapes: list[Shape]
    across: list[Tick]
    up: list[Tick]
    undated: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def drawn(figures: Sequence[Figure]) -> Picture | None:
    """Return the picture of figures; None if no two could be told apart in it, or none is dated."""
    dated = [one for one in figures if one.first is not None or one.last is not None]
    known = [one for one in dated if one.low is not None or one.high is not None]
    if len(known) < 2:
        return None
    days = [_day(end) for one in known for end in (one.first, one.last) if end is not None]
    values = [end for one in known for end in (one.low, one.high) if end is not None]
    across, first, last = _date_ticks(min(days), max(days))
    up, low, high = _value_ticks(min(values), max(values))

    def x(day: float) -> float:
        return _scaled(day, first, last, LEFT, WIDTH - RIGHT)

    def y(value: float) -> float:
        return _scaled(value, low, high, HEIGHT - BOTTOM, TOP)

    return Picture(
        shapes=[_shape(one, x, y) for one in known],
        across=[Tick(x(day), words) for day, words in across],
        up=[Tick(y(value), words) for value, words in up],
        undated=len(figures) - len(known),
    )


def nice_step(span: float, most: int) -> float:
    """Return the smallest of 1, 2, 5 times a power of ten that cuts `span` into at most `most`.

    >>> nice_step(7, 5), nice_step(0.3, 5), nice_step(4200, 6)
    (2.0, 0.1, 1000.0)
    """
    power = math.floor(math.log10(span / most))
    return next(
        step
        for step in (float(f"{factor}e{power}") for factor in _STEPS)
        if span / step <= most * (1 + 1e-9)
    )


def _value_ticks(low: float, high: float) -> tuple[list[tuple[float, str]], float, float]:
    """Return ticks at round values, and the first and last of them, which hold all values."""
    if high - low <= abs(high) * _ALIKE:
        around = abs(low) / 2 or 1.0
        low, high = low - around, high + around
    elif 0 < low < high / 3:
        low = 0.0
    step = nice_step(high - low, 5)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    places = max(0, -math.floor(math.log10(step)))
    ticks = [(number * step, _number(number * step, places)) for number in range(first, last + 1)]
    return ticks, first * step, last * step


def _number(value: float, places: int) -> str:
    size = abs(value)
    for scale, name in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
        if size >= scale:
            return f"{value / scale:,.6g}{name}"
    return f"{value:,.{places}f}"


def _date_ticks(first: float, last: float) -> tuple[list[tuple[float, str]], float, float]:
    """Return ticks at the beginnings of years, months or days; the axis reaches past both ends."""
    pad = max((last - first) * 0.04, 1.0)
    first, last = first - pad, last + pad
    span = last - first
    if span > 3 * 365:
        ticks = _years(first, last, max(1, int(nice_step(span / 365, 8))))
    elif span > 60:
        ticks = _months(first, last, next(n for n in _MONTH_STEPS if span / 30 / n <= 8 or n == 6))
    else:
        ticks = _days(first, last, next(n for n in _DAY_STEPS if span / n <= 5 or n == 20))
    return [one for one in ticks if first <= one[0] <= last], first, last


def _years(first: float, last: float, step: int) -> Iterable[tuple[float, str]]:
    begin, end = _year_of(first) // step * step, _year_of(last) + 1
    for year in range(begin, end + 1, step):
        yield _day(year * 10_000 + 101), str(year) if year > 0 else f"{1 - year} BC"


def _months(first: float, last: float, step: int) -> Iterable[tuple[float, str]]:
    for year in range(_year_of(first), _year_of(last) + 1):
        for month in range(1, 13, step):
            words = f"{_MONTHS[month - 1]} {year}"
            yield _day(year * 10_000 + month * 100 + 1), words


def _days(first: float, last: float, step: int) -> Iterable[tuple[float, str]]:
    for year in range(_year_of(first), _year_of(last) + 1):
        for month in range(1, 13):
            for day in range(1, 31 if month != 2 else 28, step):
                words = f"{day} {_MONTHS[month - 1]} {year}"
                yield _day(year * 10_000 + month * 100 + day), words


def _year_of(day: float) -> int:
    return math.floor(day / 365.2425)


def _day(stamp: int) -> float:
    """Return a signed YYYYMMDD as a number of days; even enough for a picture, in any year."""
    year, rest = divmod(stamp, 10_000)
    month, day = divmod(rest, 100)
    leap = month > 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    before = 365 * year + (year - 1) // 4 - (year - 1) // 100 + (year - 1) // 400
    return before + _DAYS_BEFORE[month - 1] + leap + day


def _scaled(value: float, low: float, high: float, begin: float, end: float) -> float:
    return round(begin + (value - low) / (high - low) * (end - begin), 1)


def _shape(one: Figure, x: Scale, y: Scale) -> Shape:
    left, right = (None if end is None else x(_day(end)) for end in (one.first, one.last))
    days = [end for end in (left, right) if end is not None]
    low, high = (None if end is None else y(end) for end in (one.low, one.high))
    if low is None:
        assert high is not None  # `drawn` leaves out what has no bound at all
        kind, at, low = "below", high, high + _ARROW
    elif high is None:
        kind, at, high = "above", low, low - _ARROW
    else:
        kind, at = ("point" if low == high else "range"), (low + high) / 2
    return Shape(kind, sum(days) / len(days), at, left, right, high, low, one.says, one.rough)
