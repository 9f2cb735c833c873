"""What a written source cannot know: anything later than itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.attribution.base import Attribution
from corpus.attribution.voices import Vouched
from corpus.spans import Span
from corpus.speakers.names import KEPT_AT_THE_TIME

OWN_YEAR_RE = re.compile(
    r",? ?(?:closed|published|printed|dated|written|drawn up|compiled|kept|made|signed|of|from)"
    r"[^.;:\d]{0,40}(?P<year>1[0-9]{3}|20[0-9]{2})(?![0-9])"
)
YEAR_BEFORE_RE = re.compile(
    r"(?:The |the |A |a |[Ii]ts )?(?:[A-Z][a-z]{2,12} )?(?P<year>1[0-9]{3}|20[0-9]{2}) "
)
"""A year before the noun: "The 1945 roster"."""
SINCE_RE = re.compile(r"[^,;.:()]{0,80}\b(?:since|now|today|no longer|still)\b")
FORESEEN_RE = re.compile(
    r"\b(?:will|would|shall|due|(?:expect|forecast|foresee|plan|predict|project|target)[a-z]{0,4})\b"
)
"""Words with which a written source tells what is still to come, as any of them may."""
NEAR = 80
"""Code points before a date in which such a word is looked for."""
LONGEST_KEPT = 40
"""Years between two entries beyond which one record is not believed to hold both."""


def doubted(
    text: str,
    places: Sequence[Span],
    vouched: Sequence[Vouched],
    found: Sequence[Attribution],
    years: Mapping[Span, int],
) -> list[Vouched]:
    """Return `vouched` with figures undetermined that a written source cannot vouch for.

    `years` gives the year of each date among `places`. A source with a year of its own ("closed
    in 1946") knows nothing later; a roster or a log without one holds no entry decades after
    the others, and nothing of how things are now.
    """
    written = _own_years(text, found)
    answers = list(vouched)
    known: dict[int, list[int]] = {}
    for n, (place, voice) in enumerate(zip(places, vouched, strict=True)):
        if voice.attribution is None or found[voice.attribution].manner != "document":
            continue
        source = found[voice.attribution]
        year, entries = years.get(place), known.setdefault(source.n, [])
        own = written.get(source.speaker or "")
        late = year is not None and own is not None and year > own
        late = late and not _foreseen(text, source, place)
        if own is None and _kept_at_the_time(source):
            late = _leaps(year, entries) or SINCE_RE.match(text, place.end) is not None
        if late:
            answers[n] = Vouched("undetermined", source.n, candidates=voice.chain)
        elif year is not None:
            entries.append(year)
    return answers


def _own_years(text: str, found: Sequence[Attribution]) -> dict[str, int]:
    """Return the year each written source is said to be of, by its name."""
    years: dict[str, int] = {}
    for one in found:
        if one.manner != "document" or not one.speaker or not one.mention:
            continue
        place = one.mention
        within = OWN_YEAR_RE.search(text, place.start, place.end)
        before = YEAR_BEFORE_RE.match(text, place.start, place.end)
        if match := within or OWN_YEAR_RE.match(text, place.end) or before:
            years.setdefault(one.speaker, int(match["year"]))
    return years


def _foreseen(text: str, source: Attribution, place: Span) -> bool:
    told = FORESEEN_RE.search(text, max(0, place.start - NEAR), place.start)
    return told is not None or any(FORESEEN_RE.search(cue.cut(text)) for cue in source.cue)


def _kept_at_the_time(source: Attribution) -> bool:
    return any(word in KEPT_AT_THE_TIME for word in (source.speaker or "").lower().split()[:4])


def _leaps(year: int | None, entries: Sequence[int]) -> bool:
    return year is not None and bool(entries) and year - max(entries) > LONGEST_KEPT
