"""Words and turns that the date rules share: month names, direction by tense, bounds, parts."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import lru_cache

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
DAY_PARTS: dict[str, str] = _LISTS["day_parts"]

_SHORT_MONTHS = tuple(
    name for name in MONTHS if len(name) < 5 and name not in ("may", "june", "july")
)
MONTH = (
    rf"(?:{any_of(MONTHS.keys() - set(_SHORT_MONTHS))}(?![A-Za-z])|{any_of(_SHORT_MONTHS)}"
    rf"(?![A-Za-z])\.?)"
)
DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![\w])"
YEAR_DIGITS = r"(?:1[0-9]{3}|20[0-9]{2}|21[0-9]{2})"
YEAR = rf"{YEAR_DIGITS}(?![\w]|[,.][0-9])"
WEEKDAY = rf"(?:{any_of(name for name in WEEKDAYS if len(name) > 5)})"
SHORT_WEEKDAY = rf"(?:{any_of(WEEKDAYS)})(?![A-Za-z])\.?"

_PART = ending(rf"(?<!\w)(?P<part>{any_of(PARTS)})(?:{GAP}|{HYPHEN})(?:(?:the|this){GAP})?")
_LEAD = ending(
    rf"\b(?:(?P<since>since|dating back to|starting|beginning|effective)"
    rf"(?:{GAP}(?:the|on|in))?{GAP}?"
    rf"|(?P<until>until|till|through)(?:{GAP}(?:the|on))?{GAP}?"
    rf"|(?P<around>around|about|circa|c\.|roughly|approximately|some time in|sometime in)"
    rf"(?:{GAP}the)?{GAP}?"
    rf"|(?P<after>after|later than|following)(?:{GAP}the)?{GAP}"
    rf"|(?P<before>before|prior to|ahead of|earlier than)(?:{GAP}the)?{GAP}"
    rf"|(?P<by>by)(?:{GAP}the)?{GAP})"
)
_LEADS = frozenset(word.split()[-2:][0] for word in PARTS) | {
    "since", "back", "starting", "beginning", "effective", "until", "till", "through", "after",
    "than", "following", "before", "prior", "ahead", "by", "around", "about", "circa", "c",
    "roughly", "approximately", "time", "sometime",
}  # fmt: skip
"""One of them stands in whatever `_PART` and `_LEAD` match."""
_LED = 28
_COMES = frozenset(_LISTS["future_words"]["alone"])
_CAME = frozenset(_LISTS["past_verbs"]["irregular"]) | {"have", "has", "since", "last"}
_FUTURE = (
    rf"(?i:{any_of(_COMES)}|won['’]t|[a-z]{{1,12}}['’]ll"
    r"|(?<!\bas )(?<!previously )(?:planned|scheduled|expected)|due(?!\s+to\s+(?!be\b))"
    r"|(?:is|are|was|were|be) set|set to|next(?! to\b)|to be|ready to|as (?:soon|early|late) as"
    r")(?!\w)"
)
_PAST = (
    rf"(?<!\bbe )(?<!\bis )(?<!\bare )(?:{any_of(_CAME)}"
    r"|(?<!\ba )(?<!\ban )(?<!\bthe )(?<!\bstill )(?!hundred|unspecified|sacred|naked)"
    r"[a-z]{2,20}(?<!e)ed)(?!\w)"
)
_CUE = re.compile(rf"\b(?:(?P<future>{_FUTURE})|(?P<past>{_PAST}))|[;:]\s")
"""A verb or word that tells the side of a date, or the end of a clause."""
_MARK = re.compile(r"[A-Za-z]+(?:['’]ll)?|[;:]\s")
_MARKS = _COMES | _CAME | {"won", "due", "is", "are", "be", "next", "to", "ready", "as"}
"""With words in -ed and -ll, all that `_CUE` can begin with: few words are looked at closely."""
_MARK_ENDS = ("ed", "ll", *";: \t\r\n")


def is_month(name: str) -> bool:
    """Tell a month from the verbs "may", "march" and "mar": those have a capital as months."""
    return name[0].isupper() or name.lower() not in ("may", "march", "mar")


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
    cues = _cues(page, page.sentence(span.start))
    after = bisect_left(cues, (span.start,))
    before = after - 1
    if before >= 0 and cues[before][2] and cues[before][0] >= span.start - 120:
        return cues[before][2]
    after = bisect_left(cues, (span.end,), after)
    if after < len(cues) and cues[after][1] <= span.end + 150:
        return cues[after][2]
    return None


@lru_cache(maxsize=1)
def _cues(page: Page, sentence: Span) -> list[tuple[int, int, str | None]]:
    """Return start, end and side of what tells the tense in a sentence; no side ends a clause."""
    found: list[tuple[int, int, str | None]] = []
    done = sentence.start
    for mark in _MARK.finditer(page.text, sentence.start, sentence.end):
        word = mark[0].lower()
        if mark.start() < done or not (word in _MARKS or word.endswith(_MARK_ENDS)):
            continue
        if mark[0] == "May" and mark.start() > sentence.start:
            continue  # the month, no verb
        if cue := _CUE.match(page.text, mark.start(), sentence.end):
            found.append((*cue.span(), cue.lastgroup))
            done = cue.end()
    return found


def date_at(page: Page, start: int, end: int, rule: str, expression: Expression) -> Quantity:
    """Return the date at `[start, end)`, with what stands before it: "mid-", "since", "after".

    "early", "mid-" and "the end of" join the span; "since" and the like stay outside it.
    """
    comparator = "="
    if page.first(_LEADS, start - _LED, start) is not None:
        window = page.before(start, _LED)
        if part := _PART.search(window):
            expression = replace(expression, part=PARTS[" ".join(part["part"].lower().split())])
            start -= len(part[0])
            window = page.before(start, _LED)
        if expression.last is None and (lead := _LEAD.search(window)):
            expression, comparator = _bounded(lead.lastgroup, rule, expression)
    return Quantity(Span(start, end), "date", rule, comparator=comparator, calendar=expression)


def _bounded(lead: str | None, rule: str, expression: Expression) -> tuple[Expression, str]:
    """Return the expression with its bound, and its comparator, from the words before it."""
    if lead in ("since", "until"):
        return replace(expression, bound=lead), "="
    if lead == "around":
        return replace(expression, part=expression.part or "mid"), "="
    if lead in ("after", "before"):
        return expression, ">" if lead == "after" else "<"
    if rule == "year" and expression.part is None:
        return expression, "<="
    return expression, "="
