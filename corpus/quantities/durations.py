"""Durations: "three and a half years", "a 90-minute call", "20 consecutive years"."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from corpus.numbers import exact
from corpus.patterns import GAP, HYPHEN, any_of, ending, starting
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.dates.words import UNITS
from corpus.quantities.page import Page
from corpus.spans import Span

_NAMES = tuple(word for word in UNITS if UNITS[word] not in ("night", "weekend", "quarter"))
_ADJECTIVE = (
    "consecutive|straight|full|whole|more|long|additional|extra|solid|successive|working"
    "|calendar|business|other|further"
)
_UNIT = starting(
    rf"(?:{GAP}|{HYPHEN})(?:(?:{_ADJECTIVE}){GAP})?(?P<unit>{any_of(_NAMES)})(?!\w|{HYPHEN}"
    rf"(?:on|over)\b)"
)
_HALF = starting(
    rf"(?:(?:{GAP}of)?{GAP}an?)?(?:{GAP}|{HYPHEN})"
    rf"(?P<unit>second|hour|day|week|century|decade|year|month|minute)(?!\w)"
)
_WINDOW = ending(
    rf"(?<!\w)(?:the{GAP})?(?:next|past|last|previous|coming|first|final|preceding|following"
    rf"|latest){GAP}"
)
_ONES = (
    "minute", "hour", "day", "week", "fortnight", "month", "year", "decade", "century",
    "millennium",
)  # fmt: skip
_ONE = starting(
    rf"(?:{'|'.join(_ONES)})(?![\w-]|{GAP}(?:ago|earlier|later|before|after|half|year))"
)
_ARTICLE = ending(
    rf"(?<!\w)(?:more{GAP}than|over|nearly|almost|about|around|at{GAP}least|less{GAP}than|under"
    rf"|within|for|took|lasted|lasting|in){GAP}(?P<article>an?{GAP})"
)
_THE_PAST = ending(rf"\bthe{GAP}past{GAP}")
_PAST_ONE = starting(r"(?:week|fortnight|month|year|decade|century)(?![\w-])")
_GLUED = {
    "h": "hour",
    "hr": "hour",
    "hrs": "hour",
    "min": "minute",
    "mins": "minute",
    "sec": "second",
    "yr": "year",
    "yrs": "year",
}


def find_durations(page: Page) -> Iterator[Quantity]:
    """Yield durations in their own unit, never converted; "the next" joins the span."""
    for figure in page.figures():
        if figure.prefix or figure.form == "ordinal":
            continue
        start, end = figure.span.start, figure.span.end
        pattern = _HALF if figure.form == "fraction" else _UNIT
        if match := pattern.match(page.text, end):
            if figure.spelled and figure.value == 1 and match["unit"].lower() in ("day", "time"):
                continue  # "one day" is as often "some day"
            if window := _WINDOW.search(page.before(start, 24)):
                start -= len(window[0])
            yield _duration(start, match.end(), figure.value, UNITS[match["unit"].lower()])
        elif figure.suffix in _GLUED and figure.form == "cardinal":
            yield _duration(start, end + len(figure.suffix), figure.value, _GLUED[figure.suffix])
    for place in page.places(_ONES):
        before = _ARTICLE.search(page.text[max(0, place - 20) : place])
        match = before and _ONE.match(page.text, place)
        if past := _past(page, place):
            unit = UNITS[page.text[place : past[1]].lower()]
            yield _duration(*past, Fraction(1), unit)
        elif before and match:
            start = place - len(before["article"])
            yield _duration(start, match.end(), Fraction(1), UNITS[match[0].lower()])


def _past(page: Page, place: int) -> tuple[int, int] | None:
    """Return the span of "the past decade", a stretch of time that no date rule reads."""
    before = _THE_PAST.search(page.text[max(0, place - 12) : place])
    match = before and _PAST_ONE.match(page.text, place)
    return (place - len(before[0]), match.end()) if before and match else None


def _duration(start: int, end: int, value: Fraction, unit: str) -> Quantity:
    written = exact(value)
    count = written if "/" not in written and len(written) < 10 else None
    return Quantity(
        Span(start, end), "duration", "duration", written, unit=unit,
        calendar=Expression("duration", unit=unit, count=count),
    )  # fmt: skip
