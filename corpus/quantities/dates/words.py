"""Words and turns that the date rules share: month names, direction by tense, bounds, parts."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus import lexicon
from corpus.patterns import GAP, HYPHEN, any_of, ending
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.page import Page
from corpus.spans import Span

_LISTS = lexicon.load("calendar")
MONTHS: dict[str, int] = _LISTS["months"]
WEEKDAYS: dict[str, int] = _LISTS["weekdays"]
SEASONS: dict[str, int] = _LISTS["seasons"]
UNITS: dict[str, str] = _LISTS["units"]
DIRECTIONS: dict[str, int] = _LISTS["directions"]
PARTS = lexicon.mapping("calendar", "parts")

_SHORT_MONTHS = tuple(
    name for name in MONTHS if len(name) < 5 and name not in ("may", "june", "july")
)
MONTH = (
    rf"(?:{any_of(MONTHS.keys() - set(_SHORT_MONTHS))}(?![A-Za-z])|{any_of(_SHORT_MONTHS)}"
    rf"(?![A-Za-z])\.?)"
)
DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![\w])"
YEAR = r"(?:1[0-9]{3}|20[0-9]{2}|21[0-9]{2})(?![\w]|[,.][0-9])"
WEEKDAY = rf"(?:{any_of(name for name in WEEKDAYS if len(name) > 5)})"
SHORT_WEEKDAY = rf"(?:{any_of(WEEKDAYS)})(?![A-Za-z])\.?"

_PART = ending(rf"(?<!\w)(?P<part>{any_of(PARTS)})(?:{GAP}|{HYPHEN})(?:(?:the|this){GAP})?")
_SINCE = ending(
    rf"\b(?:since|dating back to|starting|beginning|effective)(?:{GAP}(?:the|on|in))?{GAP}?"
)
_UNTIL = ending(rf"\b(?:until|till|through)(?:{GAP}(?:the|on))?{GAP}?")
_AFTER = ending(rf"\b(?:after|later than|following)(?:{GAP}the)?{GAP}")
_BEFORE = ending(rf"\b(?:before|prior to|ahead of|earlier than)(?:{GAP}the)?{GAP}")
_BY = ending(rf"\bby(?:{GAP}the)?{GAP}")
_AROUND = ending(
    rf"\b(?:around|about|circa|c\.|roughly|approximately|some time in|sometime in)(?:{GAP}"
    rf"the)?{GAP}?"
)
_FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|plans?|planned|due(?!\s+to\b)|scheduled|expected|expects?|set"
    r"|slated|going|"
    r"upcoming|tomorrow|next|would|to be held|may|could|should|aims?|intends?|[a-z]+['’]ll|begins?|"
    r"starts?|resumes?|meets?|plays?|opens?|votes?|faces?|returns?|ends?|until|must)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|said|told|has|have|went|came|took|held|made|met|began|rose|fell|gave|"
    r"saw|got|won|lost|paid|sent|left|ran|wrote|spoke|became|grew|cut|[a-z]{2,}ed|since|last)\b",
    re.IGNORECASE,
)


def month_number(name: str) -> int:
    """Return 1 to 12 for a month's name or its short form, with or without a full stop."""
    return MONTHS[name.rstrip(".").lower()]


def weekday_number(name: str) -> int:
    """Return 1 (Monday) to 7 for a day's name or its short form."""
    return WEEKDAYS[name.rstrip(".").lower()]


def direction(page: Page, span: Span) -> str | None:
    """Return "future" or "past": the tense of the nearest verb before `span`, else after it.

    None where no verb says anything.
    """
    before = re.split(r"[;:]\s", page.before(span.start, 120))[-1]
    future = max((match.end() for match in _FUTURE.finditer(before)), default=-1)
    past = max((match.end() for match in _PAST.finditer(before)), default=-1)
    if future != past:
        return "future" if future > past else "past"
    after = re.split(r"[;:]\s", page.after(span.end, 80))[0]
    ahead, behind = _FUTURE.search(after), _PAST.search(after)
    if ahead and (not behind or ahead.start() < behind.start()):
        return "future"
    return "past" if behind else None


def date_at(page: Page, start: int, end: int, rule: str, expression: Expression) -> Quantity:
    """Return the date at `[start, end)`, with what stands before it: "mid-", "since", "after".

    "early", "mid-" and "the end of" join the span; "since" and the like stay outside it.
    """
    if part := _PART.search(page.before(start, 24)):
        expression = replace(expression, part=PARTS[" ".join(part["part"].lower().split())])
        start -= len(part[0])
    comparator = "="
    if expression.last is None:
        expression, comparator = _bounded(page.before(start, 28), rule, expression)
    return Quantity(Span(start, end), "date", rule, comparator=comparator, calendar=expression)


def _bounded(window: str, rule: str, expression: Expression) -> tuple[Expression, str]:
    """Return the expression with its bound, and its comparator, from the words before it."""
    if rule != "weekday" and _SINCE.search(window):
        return replace(expression, bound="since"), "="
    if _UNTIL.search(window):
        return replace(expression, bound="until"), "="
    if _AROUND.search(window):
        return replace(expression, part=expression.part or "mid"), "="
    if _AFTER.search(window):
        return expression, ">"
    if _BEFORE.search(window):
        return expression, "<"
    if rule == "year" and expression.part is None and _BY.search(window):
        return expression, "<="
    return expression, "="
