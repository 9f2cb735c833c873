"""What a voice covers beyond its own sentence: announced figures, numbered points."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from corpus.attribution.drafts import Draft
from corpus.attribution.openings import opening
from corpus.attribution.page import Page
from corpus.spans import Span

NEXT_POINT_RE = re.compile(r"(?:And )?(?:Second|Third|Fourth|Fifth|Sixth|Finally|Last)(?:ly)?\b")
FIRST_POINT_RE = re.compile(r"First(?:ly)?\b|.{0,400}[:.] First(?:ly)?\b", re.DOTALL)
MOST_SENTENCES = 3
"""Number of sentences that announced figures run on for, if they are not numbered."""
MOST_LINES = 4
"""Number of lines that announced figures may run on for."""


def carry_on(page: Page, lines: Sequence[Sequence[Draft]]) -> None:
    """Add to each draft the sentences after its own that plainly belong to it."""
    for number, drafts in enumerate(lines):
        free = [d for d in drafts if not d.turn and page.quote_at(d.place.start) is None]
        _between(page, free)
        _points(page, free)
        speaking: dict[int, list[Draft]] = {}
        for draft in drafts:
            speaking.setdefault(_sentence(page, draft), []).append(draft)
        for draft in free:
            if draft.gives:
                _run_on(page, draft, speaking, lines, number)


def _between(page: Page, drafts: Sequence[Draft]) -> None:
    """Sentences between two attributions to one voice are its own, if the second closes them.

    A quotation closes nothing but itself: '"content", he said'.
    """
    for first, second in pairwise(drafts):
        start, end = _sentence(page, first), _sentence(page, second)
        same = first.voice and second.voice and first.voice.speaker == second.voice.speaker
        if not same or not first.voice or not first.voice.speaker or end - start < 2:
            continue
        if second.cue and second.content and second.content[-1].end <= second.cue.start:
            per = second.cue.cut(page.text).lower().split()[0] in ("per", "according")
            if per or page.quote_at(second.content[-1].start):
                continue
            second.content = [*page.spans[start + 1 : end], *second.content]


def _points(page: Page, drafts: Sequence[Draft]) -> None:
    """ "First, N said, ... Second, ... Third, ...": the whole list is N's."""
    taken: dict[int, list[Draft]] = {}
    for draft in drafts:
        taken.setdefault(_sentence(page, draft), []).append(draft)
    listed: set[int] = set()
    for draft in drafts:
        number = _sentence(page, draft)
        first = FIRST_POINT_RE.match(page.text, page.starts[number], page.spans[number].end)
        if not draft.content or first is None or number in listed:
            continue
        for at in range(number + 1, page.same_line(number).stop):
            if not NEXT_POINT_RE.match(page.text, page.starts[at]):
                break
            listed.add(at)
            own = any(not _another(draft, other) for other in taken.get(at, ()))
            if not own and not draft.covers(page.spans[at]):
                draft.content.append(page.spans[at])


def _run_on(
    page: Page,
    draft: Draft,
    speaking: Mapping[int, Sequence[Draft]],
    lines: Sequence[Sequence[Draft]],
    number: int,
) -> None:
    """ "N presented some figures:" covers what follows, up to the next voice or its last point."""
    own = _sentence(page, draft)
    rest = range(own + 1, page.same_line(own).stop)
    points = [at for at in rest if NEXT_POINT_RE.match(page.text, page.starts[at])]
    last = points[-1] if points else own + MOST_SENTENCES
    for at in rest:
        if others := [other for other in speaking.get(at, ()) if _another(draft, other)]:
            if NEXT_POINT_RE.match(page.text, page.starts[at]):
                _hand_on(page, draft, others, at)
            return
        if at > last or (not points and _elsewhere(page, draft, at)):
            return
        draft.content.append(page.spans[at])
    listed = NEXT_POINT_RE.match(page.text, page.starts[page.same_line(own)[-1]])
    for after in range(number + 1, min(number + MOST_LINES, len(lines))):
        if lines[after] or (listed and not NEXT_POINT_RE.match(page.text, page.lines[after].start)):
            return
        draft.content.append(page.lines[after])


def _elsewhere(page: Page, draft: Draft, at: int) -> bool:
    """Tell whether a sentence begins with somebody new: "A court", or another one's name."""
    here = page.sentences[at]
    begins = opening(here)
    if begins is None:
        return False
    if here.lower(begins[0]) in ("a", "an"):
        return True
    name = here.name(begins[0])
    speaker = draft.voice.speaker if draft.voice else None
    if name is None or name.kind == "name":
        return False
    return set(name.words).isdisjoint((speaker or "").lower().split())


def _hand_on(page: Page, draft: Draft, others: Sequence[Draft], at: int) -> None:
    """Tie a list to the voice that closes its last point, ", N reported": it reports all of it."""
    for other in others:
        content = other.content[:1]
        whole = bool(content) and content[0].start == page.starts[at]
        if whole and other.cue and content[0].end <= other.cue.start:
            draft.content.extend(content)
            other.content = [Span(page.starts[_sentence(page, draft)], content[0].end)]
            draft.parent = other
            return


def _another(draft: Draft, other: Draft) -> bool:
    """Tell whether `other` is somebody else's, or nobody's, or announces figures of its own."""
    if other.gives or other.voice is None or draft.voice is None:
        return other is not draft
    return other.voice.speaker != draft.voice.speaker


def _sentence(page: Page, draft: Draft) -> int:
    return page.number_at(draft.place.start)
