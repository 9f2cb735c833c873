"""Words of time that are no claims: "now", "daily", "recent years", "the latest quarter"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from corpus import lexicon
from corpus.findings import Reading
from corpus.patterns import GAP, HYPHEN, any_of, starting
from corpus.quantities.dates.holidays import HOLIDAYS, holiday
from corpus.quantities.dates.words import UNITS
from corpus.times.marks import Time, day_of

REFERENCES = lexicon.mapping("times", "references")
SETS = lexicon.mapping("times", "sets")
PARTS = lexicon.mapping("times", "parts")
LETTERS = {"second": "TXS", "minute": "TXM", "hour": "TXH", "day": "XD", "week": "XW",
           "month": "XM", "year": "XY", "decade": "XDE", "century": "XCE", "weekend": "XWE",
           "quarter": "XQ"}  # fmt: skip
_PLURALS = any_of(word for word in UNITS if word in
                  ("seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades",
                   "centuries", "weekends"))  # fmt: skip

_REFERENCE = re.compile(rf"(?<![\w-])(?P<words>{any_of(REFERENCES)})(?![\w-])", re.IGNORECASE)
_NO_REFERENCE = starting(rf"{GAP}(?:after|before|afterwards|as){GAP}")
_SET = re.compile(rf"(?<![\w-])(?P<words>{any_of(SETS)})(?![\w-])", re.IGNORECASE)
_EVERY = re.compile(
    rf"(?<![\w-])(?:each|every){GAP}(?P<other>other{GAP}|second{GAP})?"
    rf"(?:(?P<unit>hour|day|weekend|week|month|quarter|year|decade)|(?P<part>{any_of(PARTS)}))(?!\w)",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    rf"(?<![\w-])all{GAP}(?P<unit>day|week|weekend|month|year)(?![\w-])", re.IGNORECASE
)
_COUNTS = {word: number for word, number in lexicon.load("numbers")["units"].items() if number > 1}
_LENGTH = re.compile(
    rf"(?<![\w-])(?:(?:the{GAP})?past{GAP}(?P<unit>week|fortnight|month|year|decade|century|quarter)"
    rf"|one{HYPHEN}(?P<ones>hour|day|week|month|year)"
    rf"|(?:(?:the{GAP})?(?:past|last|next|coming){GAP})?(?P<count>{any_of(_COUNTS)}|[1-9][0-9]?){GAP}"
    rf"(?P<units>nights|weekends|quarters(?!{GAP}of)))(?![\w-])",
    re.IGNORECASE,
)
_LENGTHS = {
    "fortnight": "P2W", "decade": "P10Y", "century": "P100Y",
    "nights": "PXD", "weekends": "PXWE", "quarters": "PXQ",
}  # fmt: skip
_HOLIDAY = re.compile(
    rf"(?<![\w-])(?:(?P<way>last|next|this){GAP})?(?P<name>{any_of(HOLIDAYS)})(?![\w-])",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    rf"(?<![\w-])(?:(?:over|during|for|in|within|of|through){GAP}(?P<bare>(?:the{GAP})?{_PLURALS}"
    rf"(?:{GAP}(?:or|and|to){GAP}{_PLURALS})?)(?!{GAP}ago)"
    rf"|(?P<near>(?:(?:the{GAP})?(?:past|last|next|coming|recent|first|early|final|following)"
    rf"(?:{GAP}(?:few|several|couple(?:{GAP}of)?|many))?|the{GAP}few|few){GAP}{_PLURALS}"
    rf"(?:{GAP}(?:or|and|to){GAP}{_PLURALS}|{GAP}ahead)?)"
    rf"|(?P<alone>{_PLURALS})(?={GAP}(?:before|after|later){GAP}))(?!\w|{HYPHEN})",
    re.IGNORECASE,
)


_QUARTER = re.compile(r"[0-9]{4}-[QH][1-4]")


class Context:
    """What a rule looks at: the text, when it was published, the quarters that claims name."""

    def __init__(self, text: str, reading: Reading, known: list[Time]) -> None:
        self.text = text
        self.reading = reading
        told = {
            claim.start
            for claim in reading.claims
            if claim.calendar
            and claim.calendar.form in ("quarter", "half")
            and claim.calendar.direction != "future"
        }
        self.quarters = [
            time
            for time in known
            if _QUARTER.fullmatch(time.value)
            and any(at in told for at in range(time.start, time.end))
        ]

    @property
    def today(self) -> date | None:
        """The day of publication, where it is known to the day."""
        known = self.reading.published
        return day_of(known.earliest) if known.earliest == known.latest else None

    def reported(self, place: int) -> str | None:
        """Return the quarter or half last told of before `place`, else the last that ended."""
        place = bisect_left(self.quarters, place, key=_start)
        if place:
            return self.quarters[place - 1].value
        today = self.today
        if today is None:
            return None
        quarter = today.year * 4 + (today.month - 1) // 3 - 1
        return f"{quarter // 4}-Q{quarter % 4 + 1}"


def _start(time: Time) -> int:
    return time.start


def find_references(context: Context) -> Iterator[Time]:
    """Yield "now", "recently", "the future": before, at or after the time of writing."""
    for match in _REFERENCE.finditer(context.text):
        value = REFERENCES[_words(match["words"])]
        today = context.today if value == "PRESENT_REF" else None
        if not _NO_REFERENCE.match(context.text, match.end()):
            yield Time(*match.span(), "DATE", value, today, today)


def find_sets(context: Context) -> Iterator[Time]:
    """Yield "daily", "each month", "every other day", "every morning"."""
    for match in _SET.finditer(context.text):
        yield Time(*match.span(), "SET", SETS[_words(match["words"])])
    for match in _EVERY.finditer(context.text):
        count = "2" if match["other"] else "1"
        if match["part"]:
            value = PARTS[match["part"].lower()]
        elif match["unit"].lower() == "weekend" and not match["other"]:
            value = "XXXX-WXX-WE"
        else:
            value = "P" + LETTERS[match["unit"].lower()].replace("X", count)
        yield Time(*match.span(), "SET", value)


def find_wholes(context: Context) -> Iterator[Time]:
    """Yield "all day", "all week": one whole unit."""
    for match in _WHOLE.finditer(context.text):
        value = LETTERS[match["unit"].lower()].replace("X", "1")
        yield Time(*match.span(), "DURATION", f"P{value}")


def find_lengths(context: Context) -> Iterator[Time]:
    """Yield lengths that are no claims: "the past year", "a one-day trip", "two nights"."""
    for match in _LENGTH.finditer(context.text):
        unit = (match["unit"] or match["ones"] or match["units"]).lower()
        count = (match["count"] or "1").lower()
        value = _LENGTHS.get(unit) or f"P{LETTERS[unit]}"
        yield Time(*match.span(), "DURATION", value.replace("X", str(_COUNTS.get(count, count))))


def find_holidays(context: Context) -> Iterator[Time]:
    """Yield "Christmas", "last Labor Day": the nearest. One with its year is a claim."""
    today = context.today
    if today is None:
        return
    for match in _HOLIDAY.finditer(context.text):
        way, rule = (match["way"] or "").lower(), HOLIDAYS[_words(match["name"])]
        days = [holiday(rule, year) for year in range(today.year - 1, today.year + 2)]
        if way == "last":
            days = [one for one in days if one < today]
        elif way == "next":
            days = [one for one in days if one > today]
        day = min(days, key=lambda one: abs(one - today))
        yield Time(*match.span(), "DATE", day.isoformat(), day, day)


def find_vague(context: Context) -> Iterator[Time]:
    """Yield lengths of time without a number: "for weeks", "the past few years", "days before"."""
    for match in _VAGUE.finditer(context.text):
        group = match.lastgroup or "bare"
        word = re.split(r"\s+", match[group].lower())
        unit = next(UNITS[one] for one in word if one in UNITS)
        yield Time(*match.span(group), "DURATION", f"P{LETTERS[unit]}")


_LATEST = re.compile(
    rf"(?<![\w-])(?:(?:(?:the{GAP})?(?:end|beginning|start|middle){GAP}of{GAP})?the{GAP}"
    rf"(?:(?:latest|most{GAP}recent|full|fiscal){GAP}(?P<what>quarter|period|year)"
    rf"|(?P<unit>quarter|weekend|week|month|year))(?P<ended>(?={GAP}end(?:ed|ing)\b))?"
    rf"|(?P<earlier>(?:the{GAP})?year{HYPHEN}(?:earlier|ago)(?:{GAP}(?:quarter|period))?)"
    rf"|(?P<close>year{HYPHEN}end))(?![\w-]|{GAP}(?:earlier|later|ago|before|after|to{GAP}come|of"
    rf"|[0-9]))",
    re.IGNORECASE,
)


def find_periods(context: Context) -> Iterator[Time]:
    """Yield periods named by "the" alone: the latest quarter, the weekend, year-earlier results."""
    for match in _LATEST.finditer(context.text):
        value = _period(context, match)
        if value is not None:
            kind = "DURATION" if value.startswith("P") else "DATE"
            yield Time(*match.span(), kind, value)


def _period(context: Context, match: re.Match[str]) -> str | None:
    today = context.today
    if match["ended"] is not None and (match["what"] or match["unit"]).lower() == "year":
        return "P1Y"
    what = (match["what"] or match["unit"] or "").lower()
    if what in ("quarter", "period"):
        return context.reported(match.start())
    if match["earlier"]:
        reported = context.reported(match.start())
        return reported and f"{int(reported[:4]) - 1}{reported[4:]}"
    if today is None:
        return None
    if match["close"]:
        return f"{today.year}-12-31"
    if what == "year":
        return f"{today.year}"
    if what == "month":
        return f"{today.year}-{today.month:02d}"
    if what == "weekend":
        today -= timedelta(today.weekday() + 1)
    year, week, _ = today.isocalendar()
    return f"{year}-W{week:02d}" + ("-WE" if what == "weekend" else "")


def _words(found: str) -> str:
    return " ".join(found.lower().replace("’", "'").split())


RULES: tuple[Callable[[Context], Iterator[Time]], ...] = (
    find_holidays,
    find_wholes,
    find_lengths,
    find_vague,
    find_references,
    find_sets,
    find_periods,
)
"""Each yields what it finds; what overlaps a claim or an earlier find is dropped."""
