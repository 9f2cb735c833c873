"""TIMEX3 marks of claims: the spans TIMEX3 draws, wider than a claim's, and both ends of ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from corpus import lexicon
from corpus.findings import Claim, Reading
from corpus.patterns import GAP, HYPHEN, any_of, ending, starting
from corpus.quantities.calendar import Expression, Interval, resolve
from corpus.quantities.calendar.expression import UNITS
from corpus.spans import Span

_HEDGE = ending(rf"\b{any_of(lexicon.words('times', 'hedges'))}{GAP}")
_THE = ending(rf"\bthe(?:{GAP}fiscal)?(?:{GAP}|{HYPHEN})")
_WINDOW = ending(rf"\bthe(?:{GAP}(?:next|past|last|coming|first))?{GAP}")
_OPENING = starting(rf"(?:between|from){GAP}")
_TO = starting(rf".*?(?P<to>{GAP}?{HYPHEN}{GAP}?|/|{GAP}(?:to|and|through|until|or){GAP})(?=\S)")
_AGO = starting(rf"{GAP}(?:ago|earlier|before)(?!\w)")
_OR_SO = starting(rf"{GAP}or{GAP}so\b")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DURATIONS = frozenset(UNITS)
_IN_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_IN_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_HALVES = {"year": "PXY6M", "day": "PXDT12H", "hour": "PTXH30M", "minute": "PTXM30S"}
"""A length and a half as TIMEX3 writes "2 1/2 years", by its unit."""
_THE_PAST = starting(rf"the{GAP}past{GAP}(?=[a-z])")
_IN_YEARS = {"decade": "P10Y", "century": "P100Y"}
"""What TIMEX3 makes of "the past decade"; two decades are decades."""
_THE_FORMS = ("quarter", "half", "decade", "century")


@dataclass(frozen=True, slots=True, order=True)
class Time:
    """One TIMEX3 mark at `[start, end)`.

    `type` is DATE, TIME, DURATION or SET. `first` and `last` are the days of a date, both
    included; None is open, or not known. Both ends of "from 2014 to 2018" have the days from the
    first end to where the last begins, and "two months ago" the day so long ago, as sets made for
    assistants count them.
    """

    start: int
    end: int
    type: str
    value: str
    first: date | None = field(default=None, compare=False)
    last: date | None = field(default=None, compare=False)
    hours: tuple[str, ...] = field(default=(), compare=False)

    def to_json(self) -> dict[str, object]:
        """Return the mark as scorers read it; the `range` of a date ends with the day after."""
        found: dict[str, object] = {
            "start": self.start, "end": self.end, "type": self.type, "value": self.value,
        }  # fmt: skip
        if self.hours:
            found["range"] = list(self.hours)
        elif self.type == "DATE" and (self.first or self.last):
            after = self.last + timedelta(1) if self.last else None
            found["range"] = [day.isoformat() if day else None for day in (self.first, after)]
        return found


def from_claims(reading: Reading, text: str) -> list[Time]:
    """Return the marks of the claims that have a TIMEX3 value, left to right."""
    published = reading.published.interval
    return [time for claim in reading.claims for time in _marks(claim, text, published)]


def _marks(claim: Claim, text: str, published: Interval | None) -> Iterator[Time]:
    expression = claim.calendar
    if claim.kind == "duration" and claim.low and claim.high and claim.unit in _DURATIONS:
        yield _stretch(claim, text)
    if expression is None or claim.timex_type is None:
        return
    ranged = expression.last is not None and expression.form != "fiscal"
    if ranged and not _has_hours(expression) and (halves := _halves(claim, text)):
        yield from _ends(claim, expression, halves, published)
        return
    kind, value, end = _read(claim, expression, claim.timex_type, text, published)
    before = text[max(0, claim.start - 24) : claim.start]
    widened = [_HEDGE] if claim.rule == "ago" else []
    if kind == "DURATION":
        widened = [_THE, _HEDGE]
        if more := _OR_SO.match(text, end):
            end = more.end()
    elif expression.form in _THE_FORMS:
        widened = [_THE]
    words = next((match[0] for one in widened if (match := one.search(before))), "")
    if value:
        days = _days(claim, expression, published)
        yield Time(claim.start - len(words), end, kind, value, *days, _hours(claim, expression))


def _stretch(claim: Claim, text: str) -> Time:
    """Return "two to three weeks" as TIMEX3 has it: its value is the lower end."""
    length = Expression("duration", unit=claim.unit, count=claim.low)
    window = _WINDOW.search(text[max(0, claim.start - 24) : claim.start])
    start = claim.start - (len(window[0]) if window else 0)
    return Time(start, claim.end, "DURATION", resolve(length).timex_value or "")


def _read(
    claim: Claim, expression: Expression, kind: str, text: str, published: Interval | None
) -> tuple[str, str | None, int]:
    """Return type, value and end of a mark where TIMEX3 sees another thing than the claim."""
    if kind == "DURATION" and claim.vague and (ago := _AGO.match(text, claim.end)):
        return "DATE", "PAST_REF", ago.end()
    if expression.anchor == "event" and expression.unit != "day":
        length = replace(expression, form="duration", count=(expression.count or "").lstrip("-"))
        words = claim.surface[: -len("before")].rstrip()  # or "after", whose blank goes as well
        return "DURATION", resolve(length).timex_value, claim.start + len(words)
    if claim.value == "1" and claim.unit in _IN_YEARS and _THE_PAST.match(claim.surface):
        return kind, _IN_YEARS[claim.unit], claim.end
    if kind == "DURATION" and "/" in claim.surface and (claim.value or "").endswith(".5"):
        whole, half = (claim.value or "").split(".")[0], _HALVES.get(expression.unit or "")
        return kind, half and half.replace("X", whole), claim.end
    if expression.form == "fiscal" and expression.count is None and expression.year is None:
        return "DURATION", "P1Y", claim.end
    if claim.timex_value is None and expression.form == "fiscal":
        anew = resolve(Expression("offset", unit="year", count=expression.count), published)
        return kind, anew.timex_value, claim.end
    if claim.rule == "ahead" and expression.unit not in ("day", "week", "fortnight", "month"):
        return "DURATION", resolve(replace(expression, form="duration")).timex_value, claim.end
    if expression.part == "end" and _DAY.fullmatch(claim.timex_value or ""):
        return "TIME", f"{claim.timex_value}T23:59:59", claim.end  # "the end of tomorrow"
    if claim.timex_value is None and expression.anchor == "previous":
        anew = resolve(replace(expression, anchor="publication"), published)
        return kind, anew.timex_value, claim.end
    return kind, claim.timex_value, claim.end


def _days(
    claim: Claim, expression: Expression, published: Interval | None
) -> tuple[date | None, date | None]:
    """Return the first and last day; of "two months ago" the day so long ago; of "the 15th
    century", whose value is 14, the years 1400 to 1499."""
    first, last = day_of(claim.earliest), day_of(claim.latest)
    if claim.rule in ("ago", "ahead") and expression.anchor == "publication" and published:
        today = day_of(published.earliest)
        if today and (day := counted(today, expression)):
            first = last = day
    if expression.form == "century" and first and last and first.year > 1:
        first, last = first.replace(year=first.year - 1), last.replace(year=last.year - 1)
    return first, last


def counted(today: date, expression: Expression) -> date | None:
    """Return the day that lies so many days, weeks, months or years from `today`.

    None for other units, and beyond the calendar.
    """
    count, unit = int(expression.count or 0), expression.unit or ""
    try:
        if unit in _IN_DAYS:
            return today + timedelta(_IN_DAYS[unit] * count)
        if unit in _IN_MONTHS:
            months = today.year * 12 + today.month - 1 + _IN_MONTHS[unit] * count
            last = _end(date(months // 12, months % 12 + 1, 1))
            return last.replace(day=min(today.day, last.day))
    except (OverflowError, ValueError):
        return None
    return None


def _end(day: date) -> date:
    """Return the last day of the month."""
    following = day.replace(day=28) + timedelta(4)
    return following - timedelta(following.day)


def _hours(claim: Claim, expression: Expression) -> tuple[str, ...]:
    """Return both ends of "Monday from 1 to 3 pm"; nothing for other dates."""
    return tuple(claim.edtf.split("/")) if _has_hours(expression) and claim.edtf else ()


def _has_hours(expression: Expression) -> bool:
    return expression.last is not None and expression.last.form == "clock"


def _halves(claim: Claim, text: str) -> tuple[Span, Span] | None:
    """Return where the two ends of a written range stand; None for "the first half"."""
    opening = _OPENING.match(claim.surface)
    start = claim.start + (opening.end() if opening else 0)
    match = _TO.match(text, start, claim.end)
    if match is None:
        return None
    return Span(start, match.start("to")), Span(match.end(), claim.end)


def _ends(
    claim: Claim, expression: Expression, halves: tuple[Span, Span], published: Interval | None
) -> Iterator[Time]:
    assert expression.last is not None
    first = replace(expression, last=None, year=expression.year or expression.last.year)
    last = replace(expression.last, year=expression.last.year or expression.year)
    ends = [resolve(end, published) for end in (first, last)]
    until = claim.latest if last.part == "end" else ends[1].earliest
    whole = day_of(claim.earliest), day_of(until)
    for span, found in zip(halves, ends, strict=True):
        if found.timex_value:
            yield Time(span.start, span.end, found.timex_type, found.timex_value, *whole)


def day_of(stamp: int | None) -> date | None:
    """Return a day of our era up to the year 9998 from its YYYYMMDD."""
    if stamp is None or not 10000 < stamp < 99990000:
        return None
    return date(stamp // 10000, stamp // 100 % 100, stamp % 100)
