"""When an article was published, when its events took place, and how either is known.

The two are kept apart: "will close on Tuesday, the 28th anniversary of …" dates the event alone.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from corpus.edtf import bounds, stamp
from corpus.lexicon import load
from corpus.patterns import GAP, any_of
from corpus.quantities import Found
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression, Interval, resolve
from corpus.quantities.dates.words import WEEKDAY, direction, weekday_number
from corpus.quantities.page import Page
from corpus.sentences import sentences
from corpus.spans import Span
from corpus.split import Part

ISO_TIME = re.compile(
    r"(?P<day>-?[0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9:.,]{2,15}(?:Z|[+-][0-9:]{2,5})?"
)
URL_DATE = re.compile(
    r"[/_-](?P<year>19[0-9]{2}|20[0-9]{2})(?P<mark>[/_-]?)(?P<month>0[1-9]|1[0-2])"
    r"(?:(?P=mark)(?P<day>0[1-9]|[12][0-9]|3[01]))?(?=[/_.?#-]|$)"
)
UPDATE = re.compile(r"\b(?:updated|modified)\b[^0-9]{0,20}\Z", re.IGNORECASE)

EVENTS = {
    name: event["date"] for event in load("anniversaries")["event"] for name in event["names"]
}
BY_NAME = {" ".join(name.lower().replace("’", "'").split()): day for name, day in EVENTS.items()}
ANNIVERSARY = re.compile(
    rf"\b(?P<ordinal>[0-9]{{1,3}}(?=st|nd|rd|th)|[a-z]{{3,9}}(?:[- ][a-z]{{3,9}})?)(?:st|nd|rd|th)?"
    rf"{GAP}anniversary{GAP}of{GAP}(?:the{GAP})?(?P<name>{any_of(EVENTS)})(?!\w)",
    re.IGNORECASE,
)
NAMED_DAY = re.compile(WEEKDAY, re.IGNORECASE)
# What may stand between a weekday and the anniversary it is: ", which marks the".
APPOSITION = re.compile(
    r"(?:\s|,|—|–|-|\(|\b(?:which|that|a|day|date|marking|marks|marked|is|was|also|falls|fell|on|the)\b)"
    r"{1,14}",
    re.IGNORECASE,
)
# A plan: "would no longer be updated from Tuesday" is no proof that Tuesday has come.
PLAN = re.compile(
    r"\b(?:will|would|shall|should|may|might|could|can|must|plans?|planned|due|expected|scheduled|set"
    r"|to be)\b"
)
MANY = 20
"""Date lines and anniversaries beyond this number are not looked at."""

CONFIDENCE = {
    "given": 1.0,
    "metadata": 0.98,
    "dateline": 0.9,
    "url": 0.8,
    "inferred": 0.7,
    "none": 0.0,
}


@dataclass(frozen=True, slots=True)
class Published:
    """When an article was published.

    `earliest` and `latest` are signed YYYYMMDD, both included, None if open. `basis` is given,
    metadata, dateline, url, inferred or none; `evidence` the words of the article that say so.
    `conflicts` are the dates (EDTF) that its other sources give and that are more than a day off.
    """

    edtf: str | None = None
    earliest: int | None = None
    latest: int | None = None
    basis: str = "none"
    evidence: Span | None = None
    confidence: float = 0.0
    conflicts: tuple[str, ...] = ()

    @property
    def interval(self) -> Interval | None:
        """The days in question, or None if nothing is known."""
        return Interval(self.earliest, self.latest, self.edtf) if self.edtf else None


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A weekday that the text says is an anniversary, and the day that this makes it."""

    weekday: Quantity
    expression: Expression
    name: Span
    evidence: Span
    day: date

    @property
    def interval(self) -> Interval:
        number = stamp(self.day.year, self.day.month, self.day.day)
        return Interval(number, number, self.day.isoformat())


def published(
    text: str, parts: Sequence[Part], found: Found, given: str | None = None, url: str | None = None
) -> Published:
    """Return when an article was published: as given, or as printed, or as its words prove.

    Raises:
        ValueError: if `given` is no EDTF date.
    """
    printed = (
        from_given(given) if given is not None else None,
        _from_metadata(text, parts, found),
        _from_dateline(parts, found),
        _from_url(url),
    )
    answers = [answer for answer in printed if answer is not None]
    if not answers:
        return _from_events(text, parts, found) or Published()
    best, *others = answers
    conflicts = (other.edtf for other in others if other.edtf and _is_far(best, other))
    return replace(best, conflicts=tuple(dict.fromkeys(conflicts)))


def _is_far(one: Published, other: Published) -> bool:
    """Tell whether two dates have no day in common, nor two that follow each other.

    A dateline is often of the day before: that is no conflict.
    """
    pairs = (one.latest, other.earliest), (other.latest, one.earliest)
    return any(
        last is not None and first is not None and _after(last) < first for last, first in pairs
    )


def _after(day: int) -> int:
    """Return the day after a YYYYMMDD, as far as the calendar goes."""
    try:
        following = date(day // 10_000, day // 100 % 100, day % 100) + timedelta(1)
    except (ValueError, OverflowError):
        return day
    return stamp(following.year, following.month, following.day)


def from_given(given: str) -> Published:
    """Return the date that came with the article: EDTF, or an ISO date with a time of day.

    Raises:
        ValueError: if it is neither.
    """
    timed = ISO_TIME.fullmatch(given.strip())
    return _known(timed["day"] if timed else given.strip(), "given")


def events(text: str, found: Found, known: Published) -> dict[Span, Interval]:
    """Return the calendar expressions of events that the text dates itself, by place.

    "Tuesday, the 30th anniversary of …" is that anniversary's day. Unless the article's
    date is known to the day, so are its other plain Tuesdays seen from the same side, and the
    same day of the month without a year.
    """
    anchors = list(islice(_anchors(text, found), MANY))
    bound = {anchor.weekday.span: anchor.interval for anchor in anchors}
    if known.earliest is not None and known.earliest == known.latest:
        return bound
    for quantity, expression in _dates(found):
        for anchor in anchors:
            if not anchor.name.holds(quantity.span) and _means(expression, anchor):
                bound.setdefault(quantity.span, anchor.interval)
    return bound


def _known(edtf: str, basis: str, evidence: Span | None = None) -> Published:
    earliest, latest = bounds(edtf)
    return Published(edtf, earliest, latest, basis, evidence, CONFIDENCE[basis])


def _from_metadata(text: str, parts: Sequence[Part], found: Found) -> Published | None:
    """Read the lines that give dates of publication; one of an update only sets a last day."""
    updated: Published | None = None
    body = [part.span for part in parts if part.role == "body"]
    lines = [
        part
        for part in parts
        # Between paragraphs a date heads what it tells of.
        if part.role == "metadata" and not (body and body[0] < part.span < body[-1])
    ]
    for part in lines[:MANY]:
        for quantity, day in _full_days(found, part.span):
            if UPDATE.search(text[part.span.start : quantity.span.start]):
                updated = updated or _known(f"../{day}", "metadata", quantity.span)
            else:
                return _known(day, "metadata", quantity.span)
    return updated


def _from_dateline(parts: Sequence[Part], found: Found) -> Published | None:
    for part in parts:
        if part.role == "dateline":
            for quantity, day in _full_days(found, part.span):
                return _known(day, "dateline", quantity.span)
    return None


def _from_url(url: str | None) -> Published | None:
    """Read `/2031/05/06/`, `-2031-05-06.` or `/20310506-` in an address; at least the month."""
    for match in URL_DATE.finditer((url or "")[:2000]):
        day = "-".join(part for part in match.group("year", "month", "day") if part)
        try:
            return _known(day, "url")
        except ValueError:  # the 31st of a short month
            continue
    return None


def _from_events(text: str, parts: Sequence[Part], found: Found) -> Published | None:
    """Return the open interval that begins with the latest day the text reports on as past."""
    proofs = [
        (anchor.day.isoformat(), anchor.evidence)
        for anchor in _anchors(text, found)
        if anchor.expression.direction == "past" and not _planned(text, anchor.weekday.span)
    ]
    proofs += _told_with_weekday(text, parts, found)
    if not proofs:
        return None
    day, evidence = max(proofs, key=lambda proof: proof[0])
    return _known(f"{day}/..", "inferred", evidence)


def _planned(text: str, day: Span) -> bool:
    """Tell whether the clause before a day speaks of a plan."""
    clause = re.split(r"[.;:\n]", text[max(0, day.start - 120) : day.start])[-1]
    return PLAN.search(clause) is not None


def _told_with_weekday(
    text: str, parts: Sequence[Part], found: Found
) -> Iterator[tuple[str, Span]]:
    """Yield full dates told in the past tense with their weekday, as only news of late has them."""
    named = [
        (quantity.span, day)
        for quantity, day in _full_days(found)
        if (weekday := NAMED_DAY.match(text, quantity.span.start))
        and date.fromisoformat(day).isoweekday() == weekday_number(weekday[0])
    ]
    if named:
        page = Page(text, sentences(text, parts))
        for span, day in named:
            if direction(page, span) == "past" and not _planned(text, span):
                yield day, span


def _dates(found: Found) -> list[tuple[Quantity, Expression]]:
    return [
        (quantity, quantity.calendar)
        for quantity in found.quantities
        if isinstance(quantity.calendar, Expression)
    ]


def _full_days(found: Found, within: Span | None = None) -> Iterator[tuple[Quantity, str]]:
    """Yield the dates (within a span) that give day, month and year, as YYYY-MM-DD."""
    for quantity, expression in _dates(found):
        outside = within is not None and not within.holds(quantity.span)
        if outside or expression.form != "day" or expression.year is None:
            continue
        resolved = resolve(expression)
        if resolved.edtf is not None and resolved.earliest == resolved.latest:
            yield quantity, resolved.edtf[:10]


def _anchors(text: str, found: Found) -> Iterator[_Anchor]:
    """Yield the weekdays said to be an anniversary whose day is known and is such a weekday."""
    weekdays = [(q, e) for q, e in _dates(found) if e.form == "weekday"]
    if not weekdays or "anniversary" not in text.lower():
        return
    starts = [quantity.span.start for quantity, _ in weekdays]
    for match in ANNIVERSARY.finditer(text):
        day = _anniversary(match)
        name = Span(*match.span("name"))
        after = bisect(starts, match.start())
        for quantity, expression in weekdays[max(0, after - 1) : after + 1]:
            number = expression.number
            if day and day.isoweekday() == number and _apposed(text, quantity.span, match):
                ends = (quantity.span.start, quantity.span.end, *match.span())
                yield _Anchor(quantity, expression, name, Span(min(ends), max(ends)), day)


def _apposed(text: str, weekday: Span, match: re.Match[str]) -> bool:
    start, end = (
        (weekday.end, match.start())
        if weekday.end <= match.start()
        else (match.end(), weekday.start)
    )
    return end - start <= 60 and APPOSITION.fullmatch(text, start, end) is not None


def _anniversary(match: re.Match[str]) -> date | None:
    """Return the day of "the 28th anniversary of …"."""
    began = date.fromisoformat(BY_NAME[" ".join(match["name"].lower().replace("’", "'").split())])
    try:
        return began.replace(year=began.year + int(match["ordinal"]))
    except ValueError:
        return None


def _means(expression: Expression, anchor: _Anchor) -> bool:
    """Tell whether a relative date, seen from the same day as the anchor's, is the anchor's day."""
    if expression.last or expression.year is not None:
        return False
    if expression.form == "weekday":
        sides = {expression.direction, anchor.expression.direction} - {None}
        same = expression.number == anchor.expression.number and expression.count is None
        return same and len(sides) < 2
    return expression.form == "day" and (expression.month, expression.day) == (
        anchor.day.month,
        anchor.day.day,
    )
