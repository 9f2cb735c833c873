"""Dates counted from another: "three weeks ago", "last year", "earlier this month", "yesterday"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus import lexicon
from corpus.numbers import Figure, exact
from corpus.patterns import APOSTROPHE, GAP, HYPHEN, any_of, ending, starting
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.dates.words import DAY_PARTS, DIRECTIONS, UNITS, date_at
from corpus.quantities.page import Page

_SINGULAR = tuple(
    word for word in UNITS if word == UNITS[word] and word not in ("second", "minute", "night")
)
_LONG = tuple(word for word in UNITS if UNITS[word] not in ("second", "minute", "night"))
_NEIGHBOUR = re.compile(
    rf"(?<!\w)(?:(?:earlier|later){GAP})?(?P<the>the{GAP})?(?P<way>{any_of(DIRECTIONS)}){GAP}"
    rf"(?:calendar{GAP})?(?P<unit>{any_of(_SINGULAR)})(?![\w-])",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    rf"(?<!\w)(?:the{GAP}(?P<day>day){GAP}(?P<side>before|after)"
    rf"(?:{GAP}(?P<whole>yesterday|tomorrow))?"
    rf"|the{GAP}(?P<period>{any_of(_SINGULAR)}){GAP}(?P<beyond>before{GAP}last|after{GAP}next)"
    rf"|(?:an?|one|the){GAP}(?P<unit>{any_of(_SINGULAR)}){GAP}(?:or{GAP}so{GAP})?"
    rf"(?P<way>ago|earlier|later|before|after|prior))(?!\w)",
    re.IGNORECASE,
)
_SIDES = ("ago", "earlier", "later", "before", "after", "prior")
_THEN = starting(
    rf"(?:{GAP}|{HYPHEN})(?P<unit>{any_of(_LONG)}){GAP}(?P<way>ago|earlier|later|back"
    rf"|(?P<side>from|after|before){GAP}(?P<day>now|today|tomorrow|yesterday))(?!\w)"
)
_UNIT = starting(rf"{GAP}(?P<unit>{any_of(_LONG)})(?![\w-]|{APOSTROPHE}|{GAP}(?:of|from)\b)")
_IN = ending(rf"\bin{GAP}(?:about{GAP}|around{GAP}|just{GAP}|another{GAP})?")
_IN_ONE = re.compile(
    rf"(?<!\w)in{GAP}(?P<one>an?{GAP}(?P<unit>{any_of(_SINGULAR)}))"
    rf"(?![\w-]|{APOSTROPHE}|{GAP}(?:of|from|row|bid|series)\b)",
    re.IGNORECASE,
)
_COMES = re.compile(
    r"\b(?:will|shall|going to|due|scheduled|expected|set to|is to|are to|i['’]ll|'ll|’ll)\b"
    r"[^.;:]{0,60}\Z",
    re.IGNORECASE,
)
"""What makes "in two weeks" a day that comes; "took shape in two weeks" is how long it took."""
_DAYS: dict[str, int] = lexicon.load("calendar")["days"]
_DAY_WORD = re.compile(
    rf"(?<![\w-])(?:(?:(?:early|late|later|earlier){GAP})?(?P<day>{any_of(_DAYS)})"
    rf"(?:{GAP}(?P<part>{any_of(DAY_PARTS)}))?"
    rf"|(?P<this>this|last){GAP}(?P<time>{any_of(DAY_PARTS)}))(?!\w|-)",
    re.IGNORECASE,
)
_TIME_OF = ending(rf"\b(?:all|every){GAP}")
_COMPARED = ending(
    rf"(?:\b(?:from|than|with|versus|below|above|against){GAP}|[0-9$£€%][^.;!?]{{0,50}})"
)
_EVENT = starting(rf"{GAP}(?!(?:and|but|when|in|on|at|to|for|of)\b)[\w\"“‘'’]")


def find_ago(page: Page) -> Iterator[Quantity]:
    """Yield "35 years ago", "a year earlier", "two weeks from now", "the day before"."""
    for figure in page.figures():
        if figure.form != "cardinal" or figure.value.denominator != 1 or figure.value > 999_999:
            continue
        if match := _THEN.match(page.text, figure.span.end):
            expression = _then(match, int(figure.value))
            yield date_at(page, figure.span.start, match.end(), "ago", expression)
        elif match := _ahead(page, figure):
            expression = _offset(match["unit"], exact(figure.value))
            yield date_at(page, figure.span.start, match.end(), "ahead", expression)
    for match in page.scan(_IN_ONE, _SINGULAR, reach=12):
        if _comes(page, match.start()):
            yield date_at(page, *match.span("one"), "ahead", _offset(match["unit"], "1"))
    for match in page.scan(_EARLIER, _SIDES, reach=30):
        yield date_at(page, *match.span(), "ago", _beside(page, match))


def _ahead(page: Page, figure: Figure) -> re.Match[str] | None:
    """Return the unit of "in two weeks", where the clause tells what is to come."""
    match = _UNIT.match(page.text, figure.span.end)
    start = figure.span.start
    return match if match and _IN.search(page.before(start, 16)) and _comes(page, start) else None


def _comes(page: Page, place: int) -> bool:
    return bool(_COMES.search(page.before(place)))


def _then(match: re.Match[str], count: int) -> Expression:
    """Return "three weeks ago", "two days earlier", "two weeks from tomorrow"."""
    way, unit = match["way"].lower(), UNITS[match["unit"].lower()]
    if match["side"]:
        count = -count if match["side"].lower() == "before" else count
        away = _DAYS.get(match["day"].lower(), 0)
        if away and unit in ("day", "week"):
            unit, count = "day", count * (7 if unit == "week" else 1) + away
        return _offset(unit, str(count))
    anchor = "previous" if way in ("later", "earlier") else "publication"
    return _offset(unit, str(count if way == "later" else -count), anchor)


def _offset(unit: str, count: str, anchor: str = "publication") -> Expression:
    return Expression("offset", unit=UNITS[unit.lower()], count=count, anchor=anchor)


def _beside(page: Page, match: re.Match[str]) -> Expression:
    if match["day"]:
        away = 2 if match["whole"] else 1
        sign = "-" if match["side"].lower() == "before" else ""
        return _offset("day", f"{sign}{away}", "publication" if match["whole"] else "previous")
    if match["period"]:
        return _offset(match["period"], "-2" if match["beyond"][0] in "bB" else "2")
    way = match["way"].lower()
    anchor = "publication" if way == "ago" else "previous"
    if way == "ago" and match["unit"].lower() == "year" and _compared(page, match.start()):
        anchor = "reported"
    elif way in ("before", "after") and _EVENT.match(page.text, match.end()):
        anchor = "event"
    return _offset(match["unit"], "1" if way in ("later", "after") else "-1", anchor)


def _compared(page: Page, place: int) -> bool:
    """Tell "from $3 million a year ago", a figure beside another, from "he died a year ago"."""
    return bool(_COMPARED.search(page.before(place)))


def find_neighbours(page: Page) -> Iterator[Quantity]:
    """Yield "last year", "this month", "the previous quarter", "earlier this week".

    "the previous year" and "the following week" count from the period named before.
    """
    for match in page.scan(_NEIGHBOUR, _SINGULAR, reach=45):
        way, unit = match["way"].lower(), match["unit"].lower()
        if (
            way in ("past", "prior", "current", "same", "last", "next")
            and unit in ("hour", "day")
            and not match["the"]
        ):
            continue
        if way == "past" or (unit == "day" and way in ("this", "current", "same", "last")):
            continue
        named = way in ("previous", "preceding", "prior", "following", "same")
        expression = _offset(unit, str(DIRECTIONS[way]), "previous" if named else "publication")
        yield date_at(page, *match.span(), "neighbour", expression)


def find_day_words(page: Page) -> Iterator[Quantity]:
    """Yield yesterday, today, tomorrow and tonight, this morning, last night, tomorrow evening."""
    for match in page.scan(_DAY_WORD, (*_DAYS, *DAY_PARTS), reach=10):
        part = (match["part"] or match["time"] or "").lower()
        if match["day"]:
            count = str(_DAYS[match["day"].lower()])
            clock = "NI" if match["day"].lower() in ("tonight", "tonite") else DAY_PARTS.get(part)
        else:
            count, clock = "-1" if match["this"].lower() == "last" else "0", DAY_PARTS[part]
        if _TIME_OF.search(page.before(match.start(), 8)) or _is_a_name(page, match):
            continue
        expression = Expression("offset", unit="day", count=count, clock=clock)
        yield date_at(page, *match.span(), "day word", expression)


def _is_a_name(page: Page, match: re.Match[str]) -> bool:
    """Tell "NBC's Today" from "Today he said": a capital inside a sentence."""
    return (
        match[0][0].isupper()
        and not page.opens_sentence(match.start())
        and not page.is_title(match.start())
    )
