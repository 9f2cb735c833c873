"""Clock times: "8:30 p.m.", "15:00 GMT", "noon", "half past ten", "from 3 to 5pm", "4 in the
morning", alone or as part of the day beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus import lexicon
from corpus.patterns import APOSTROPHE, GAP, HYPHEN, any_of, ending, starting
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.page import Page
from corpus.spans import Span

_LISTS = lexicon.load("numbers")
_NUMBERS: dict[str, int] = _LISTS["units"] | _LISTS["teens"] | {"twenty": 20, "twenty-five": 25}
_HOURS = tuple(word for word, number in _NUMBERS.items() if 1 <= number <= 12)
_HALF = r"(?:[aApP]\.[mM]\b\.?|[aApP][mM]\b)"
_DIGIT = rf"[0-9](?:(?<![\w.,/$€£+-].)(?<![0-9]:.)|(?<=[0-9mM]{HYPHEN}.))"
_ZONE = (
    rf"(?i:{GAP}(?:GMT|UTC|BST|CET|EST|EDT|CST|CDT|MST|MDT|PST|PDT|ET|PT|IST|JST|(?:local"
    rf"|Beijing|Eastern|Pacific){GAP}time))"
)
_OCLOCK = rf"(?i:o{APOSTROPHE}?clock)"
_PART = (
    rf"(?:,?{GAP}(?:in{GAP}the{GAP}(?P<part>morning|afternoon|evening)|at{GAP}(?P<night>night)))"
)
_DAY_PART = rf",?{GAP}(?:in{GAP}the{GAP}(?:morning|afternoon|evening)|at{GAP}night)"
_CLOCK = re.compile(
    rf"(?:(?P<hour>{_DIGIT}(?:(?<=[0-2])[0-9])?)(?P<sep>[:.])(?P<minute>[0-5][0-9])"
    rf"(?P<second>:[0-5][0-9])?(?![0-9:]|[.,][0-9])(?:{GAP}?(?P<half>{_HALF}))?"
    rf"|(?P<full>{_DIGIT}(?:(?<=[01])[0-9])?)(?:{GAP}?(?P<day>{_HALF})|{GAP}{_OCLOCK}|(?={_DAY_PART}))"
    rf")(?!\w){_PART}?(?P<zone>{_ZONE})?"
)
_WORD = re.compile(
    rf"(?<![\w.,/$€£+-])(?:(?P<word>noon|midnight|midday)"
    rf"|(?P<spoken>{any_of(_HOURS)}){GAP}{_OCLOCK}{_PART}?)(?!\w)(?P<zone>{_ZONE})?",
    re.IGNORECASE,
)
_PAST = re.compile(
    rf"(?<![\w.,/$€£+-])(?:(?P<half>half)|(?:a{GAP})?(?P<quarter>quarter)"
    rf"|(?P<count>{any_of(_NUMBERS)}|[0-5]?[0-9])(?:{GAP}(?P<minutes>min(?:ute)?s?))?){GAP}"
    rf"(?P<side>past|to){GAP}(?P<hour>{any_of(_HOURS)}|1[0-2]|[1-9])(?:{GAP}{_OCLOCK})?{_PART}?"
    rf"(?![\w:%-]|[.,][0-9])",
    re.IGNORECASE,
)
_FROM = ending(
    rf"(?:\b(?P<lead>from|between){GAP})?(?<![\w.,:/$€£+-])(?P<hour>[0-2]?[0-9])"
    rf"(?::(?P<minute>[0-5][0-9]))?(?:{GAP}?{HYPHEN}{GAP}?|{GAP}(?P<word>to|and|until|till){GAP})"
)
_AT = ending(
    rf"\b(?:at|about|around|by|before|after|until|till|since|from|past|circa|and|to|than){GAP}"
)
_TO = starting(rf"(?:{GAP}?{HYPHEN}{GAP}?|{GAP}(?P<word>to|and|until|till){GAP})\Z")
_LEAD = ending(rf"\b(?P<lead>from|between){GAP}")
_BESIDE = starting(
    rf",?{GAP}?(?:(?P<word>on|at|of|around|before|after|by|until|later{GAP}than|earlier{GAP}than"
    rf")(?:{GAP}about|{GAP}around)?{GAP})?\Z"
)
_BOUNDS = {"before": "<", "by": "<", "until": "<", "earlier": "<", "after": ">", "later": ">"}
_WORDS = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}
_TOLD = re.compile(r"[ap]\.?m\b|noon|midnight|morning|afternoon|evening|night", re.IGNORECASE)
"""What tells the half of the day: "tonight at 1 a.m." is no 13:00."""
_LATE = ("afternoon", "evening", "night")


def find_clocks(page: Page) -> Iterator[Quantity]:
    """Yield clock times; "8.30" needs a.m., p.m. or a time zone, "8:30" is one as it stands."""
    for match in page.scan(_PAST, ("past", "to"), reach=28):
        if clock := _minutes_past(match):
            yield _at(match, clock)
    for match in page.at_digits(_CLOCK):
        if clock := _clock(page, match):
            yield _at(match, clock)
    for match in page.scan(_WORD, (*_WORDS, *_HOURS)):
        if match["word"]:
            yield _at(match, _WORDS[match["word"].lower()])
        else:
            yield _at(match, _time(_NUMBERS[match["spoken"].lower()], 0, _half(match)))


def _at(match: re.Match[str], clock: str) -> Quantity:
    calendar = Expression("clock", clock=clock)
    return Quantity(Span(*match.span()), "date", "clock", calendar=calendar)


def _half(match: re.Match[str]) -> str:
    """Return "a", "p" or nothing for "in the morning", "at night"."""
    part = (match["part"] or match["night"] or "").lower()
    return "p" if part in _LATE else part and "a"


def _time(hour: int, minute: int, half: str) -> str:
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute:02d}"


def _minutes_past(match: re.Match[str]) -> str | None:
    """Return the time of "half past ten", "quarter to nine", "20 minutes past 8"."""
    hour = match["hour"].lower()
    number = int(hour) if hour.isdigit() else _NUMBERS[hour]
    if match["half"] or match["quarter"]:
        count = 30 if match["half"] else 15
    else:
        word = match["count"].lower().replace(" ", "-")
        count = int(word) if word.isdigit() else _NUMBERS[word]
    to = match["side"].lower() == "to"
    if to and not (match["quarter"] or match["minutes"]):
        return None  # "five to nine" is as often a score
    if to:
        number, count = (number - 1) or 12, 60 - count
    return _time(number, count, _half(match)) if 0 < count < 60 else None


def _clock(page: Page, match: re.Match[str]) -> str | None:
    half = (match["half"] or match["day"] or "")[:1].lower() or _half(match)
    if match["sep"] == "." and not half and not match["zone"]:
        return None
    bare = match["full"] and not match["day"] and (match["part"] or match["night"])
    if bare and not _AT.search(page.before(match.start(), 8)):
        return None  # "killed 4 in the morning"
    hour, minute = int(match["hour"] or match["full"]), int(match["minute"] or 0)
    if hour > 23 or (half and not 1 <= hour <= 12):
        return None
    return _time(hour, minute, half) + (match["second"] or "")


def join(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with both ends of a range of hours joined, then with their day."""
    ranged: list[Quantity] = []
    for item in found:
        if pair := _range(page, ranged[-1] if ranged else None, item):
            while ranged and ranged[-1].span.overlaps(pair.span):
                ranged.pop()
            ranged.append(pair)
        else:
            ranged.append(item)
    joined: list[Quantity] = []
    for item in ranged:
        day = _joined(page, joined[-1], item) if joined else None
        if day is None:
            joined.append(item)
        else:
            joined[-1] = day
    return joined


def _range(page: Page, first: Quantity | None, last: Quantity) -> Quantity | None:
    """Return "10am to 12pm", "from 3 to 5pm", "8-9 a.m." as one; None for a time alone."""
    if last.rule != "clock" or last.calendar is None or last.calendar.clock is None:
        return None
    start = begin = None
    if first and first.rule == "clock" and first.calendar:
        match = _TO.match(page.text[first.span.end : last.span.start])
        led = _LEAD.search(page.before(first.span.start, 10))
        if match and (led or (match["word"] or "").lower() != "and"):
            start = first.span.start - (len(led[0]) if led else 0)
            begin = _same_half(page, first, last)
    elif bare := _FROM.search(page.before(last.span.start, 24)):
        word, lead = (bare["word"] or "").lower(), (bare["lead"] or "").lower()
        if int(bare["hour"]) < 24 and (lead or word != "and"):
            start = last.span.start - len(bare[0])
            begin = _before(int(bare["hour"]), int(bare["minute"] or 0), last.calendar.clock)
    if start is None or begin is None:
        return None
    calendar = Expression("clock", clock=begin, last=last.calendar)
    return replace(last, span=Span(start, last.span.end), calendar=calendar)


def _same_half(page: Page, first: Quantity, last: Quantity) -> str | None:
    """Return when "from 7:00 to 8:00pm" begins: its first end takes the half of the day."""
    assert first.calendar is not None
    assert last.calendar is not None
    clock, until = first.calendar.clock or "", last.calendar.clock or ""
    if re.search("[apAP]", first.span.cut(page.text)):  # am, pm, noon, half past
        return clock
    return _before(int(clock[:2]), int(clock[3:5]), until)


def _before(hour: int, minute: int, until: str) -> str:
    """Return the last such time before `until`; "10 to 2pm" begins in the morning."""
    if hour > 12 or int(until[:2]) < 12:
        return _time(hour, minute, "")
    late = _time(hour, minute, "p") if hour else "00:00"
    return late if late < until else _time(hour, minute, "a")


def _joined(page: Page, first: Quantity, last: Quantity) -> Quantity | None:
    if (first.rule == "clock") == (last.rule == "clock"):
        return None
    clock, day = (first, last) if first.rule == "clock" else (last, first)
    between = page.text[first.span.end : last.span.start]
    if day.calendar is None or clock.calendar is None or len(between) > 20:
        return None
    if (day.calendar.clock or "M")[0].isdigit():
        return None  # "Monday at 4pm, 5pm": it has its hour
    whole_day = day.calendar.form in ("day", "weekday", "set") or day.rule == "day word"
    match = _BESIDE.match(between)
    if not whole_day or day.calendar.last or not match:
        return None
    word = (match["word"] or "").lower().split(" ")[0]
    if word in _BOUNDS and clock is first:
        return None  # "at noon before Monday"
    comparator = _BOUNDS.get(word, day.comparator)
    told = _TOLD.search(clock.span.cut(page.text)) is not None
    calendar = _with_hours(day.calendar, clock.calendar, told)
    span = Span(first.span.start, last.span.end)
    return replace(day, span=span, calendar=calendar, comparator=comparator)


def _with_hours(day: Expression, clock: Expression, told: bool) -> Expression:
    """Return a day with its hours; 9:30 of a night is 21:30, unless its half is told."""
    begin, end = clock.clock or "", (clock.last and clock.last.clock) or ""
    if not told and day.clock in ("AF", "EV", "NI"):
        begin, end = _later(begin), _later(end)
    last = replace(clock.last, clock=end) if clock.last else None
    return replace(day, clock=begin, last=last)


def _later(clock: str) -> str:
    return _time(int(clock[:2]), int(clock[3:5]), "p") if clock and clock < "12" else clock
