"""When something was said: "said on Monday", "On Thursday, N said", "a report issued last week"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.attribution.base import Attribution
from corpus.attribution.page import Page
from corpus.spans import Span

BETWEEN_RE = re.compile(
    r"[^.;:!?\"“”,]{0,60}?,?\s?(?:(?:speaking|talking)\s[^.;:!?\"“”,]{0,40}?)?"
    r"(?:(?:on|in|late|early|at|this|last|dated|for)\s){0,3}",
    re.IGNORECASE,
)
OPENING_RE = re.compile(
    r"(?:(?:at|in|during|before|speaking|talking|addressing)\s[^.;:!?\"“”,]{3,60}\s)?"
    r"(?:(?:on|in|late|early|earlier|this|last|dated)\s){0,3}"
    r"|(?:speaking|talking)\s(?:(?:on|in|late|early|earlier|this|last)\s){0,3}",
    re.IGNORECASE,
)
"""What may open a sentence before the date: "At a press conference on"."""
ACTING_RE = re.compile(
    r"\b(?!speaking|talking)\w{2,20}ing\b|\b(?:before|after|since|until|because|that)\b"
)
NEAREST = 4
"""Number of contents before a date that are looked at."""
LEAD = 3
"""Number of lines in which a headline's words are said again."""
FAR = 80
"""Number of code points between a cue and the date of its saying."""


def with_dates(
    page: Page, said: Sequence[Attribution], dates: Mapping[Span, str | None]
) -> list[Attribution]:
    """Give each attribution the date of its saying, if its sentence or its document tells one.

    `dates` are the places of dates in order, with their EDTF values. A second cue of the same
    sentence and source has the date of the first.
    """
    days = list(dates)
    starts = [day.start for day in days]
    contents = sorted(span for one in said for span in one.content)
    found: list[Attribution] = []
    for one in said:
        day = _day(page, one, days, starts, contents)
        if day is None and found and _goes_on(page, found[-1], one):
            day = found[-1].said_when_span
        if day is not None:
            one = replace(one, said_when=dates[day], said_when_span=day)
        found.append(one)
    return _headline(page, found)


def _headline(page: Page, found: list[Attribution]) -> list[Attribution]:
    """Give the words of a headline the date of the sentence that they sum up."""
    if not found or found[0].said_when_span or not _in_headline(page, found[0]):
        return found
    for one in found[1:]:
        if page.line_at(one.content[0].start) >= LEAD:
            break
        if one.said_when_span and one.speaker and one.speaker == found[0].speaker:
            first = replace(found[0], said_when=one.said_when, said_when_span=one.said_when_span)
            return [first, *found[1:]]
    return found


def _in_headline(page: Page, one: Attribution) -> bool:
    """Tell whether words stand in the first line and it is a headline: no full stop closes it."""
    line = page.lines[0]
    last = line.cut(page.text).rstrip("\"'”’) \t")[-1:]
    return page.line_at(one.content[0].start) == 0 and last != "."


def _day(
    page: Page,
    one: Attribution,
    days: Sequence[Span],
    starts: Sequence[int],
    contents: Sequence[Span],
) -> Span | None:
    """Return the date in the cue's sentence at which the words were said."""
    if not one.cue:
        return None
    here = page.spans[page.number_at(one.cue[0].start)]
    near = days[bisect_left(starts, here.start) : bisect_left(starts, here.end)]
    source = one.source[0] if one.source else one.cue[0]
    for day in near:
        if source.holds(day):
            told = one.manner == "document"
        else:
            told = not _within(day, contents, one.cue[0]) and _tells(
                page.text, here, one, source, day
            )
        if told or one.cue[0].holds(day):
            return day
    return None


def _tells(text: str, here: Span, one: Attribution, source: Span, day: Span) -> bool:
    """Tell whether nothing but hearer and place stand between the cue and a date."""
    cue = one.cue[0]
    end = max(cue.end, source.end)
    if day.start >= end:
        gap = text[end : day.start]
    elif source.end <= day.start and day.end <= cue.start:
        gap = text[source.end : day.start]
    else:
        opens = OPENING_RE.fullmatch(text, here.start, day.start) is not None
        return opens and day.end <= min(source.start, cue.start)
    plain = len(gap) <= FAR and BETWEEN_RE.fullmatch(gap) is not None
    return plain and ACTING_RE.search(gap) is None


def _within(day: Span, contents: Sequence[Span], cue: Span) -> bool:
    """Tell whether a date is part of what is said there; `contents` are sorted."""
    at = bisect_left(contents, Span(day.start, day.end))
    near = contents[max(0, at - NEAREST) : at + 1]
    return any(span.overlaps(day) and not span.holds(cue) for span in near)


def _goes_on(page: Page, before: Attribution, one: Attribution) -> bool:
    """Tell whether two cues of one sentence have the same source."""
    if not before.cue or not one.cue or before.source != one.source:
        return False
    return page.number_at(before.cue[0].start) == page.number_at(one.cue[0].start)
