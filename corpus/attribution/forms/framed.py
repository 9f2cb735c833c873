"""Cues within or after what they attribute: "The boats, N said, sank", "Forty sank, N reported"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.attribution.drafts import Draft
from corpus.attribution.forms.clauses import CONTRASTS, SAY
from corpus.attribution.page import STOPS, Sentence
from corpus.attribution.phrases import JOINERS, PREPOSITIONS, RELATIVE
from corpus.spans import Span, joined

BOUNDS = frozenset(",–—-")
SEMICOLON = frozenset(";")
ASIDES = JOINERS | RELATIVE | PREPOSITIONS | {"ahead", "according"}
"""Words that begin what is told of a saying, and not what is said."""
ADJUNCTS = frozenset(("on", "in", "at", "late", "early", "earlier", "this", "last", "yesterday"))
LONGEST_ADJUNCT = 8
"""Number of tokens of "on Monday", "in the video" between a cue and the comma that closes it."""
DATELINE_RE = re.compile(r"[A-Z][A-Z .'’-]{2,40}(?:[,(/].{0,60})?(?:--|[—–]|\) ?-)\s")
"""What may stand before the first sentence: "SALTMERE, 3 May (Harbour Wire) --"."""
HANGING = JOINERS | RELATIVE | {"that"}
"""Words before a cue that belong to what follows it: "and, N said, sank"."""


def widen(here: Sentence, drafts: Sequence[Draft]) -> None:
    """Give each draft whose cue stands aside, between commas or at the end, the whole sentence.

    Words in quotation marks stay as they are, and so does what only leads to a quoted sentence:
    'In the hall, N said, "Content."'.
    """
    begins = _begins(here)
    for draft in drafts:
        if begins > here.span.start:
            draft.content = [_from(begins, one) for one in draft.content if one.end > begins]
        frame = _frame(here, draft)
        if frame is None or here.lower(frame[0] - 2) in HANGING:
            continue
        start, end = frame
        closes = end >= len(here.words) or here.words[end].word == "."
        after = None if closes else _after(here, end + 1, drafts)
        before = here.stretch(_first(here, start), start)
        if before and (after or closes):
            draft.content = joined([*draft.content, before, *([after] if after else [])])


def _from(begins: int, span: Span) -> Span:
    return Span(max(begins, span.start), span.end)


def part(here: Sentence, drafts: Sequence[Draft]) -> None:
    """End what somebody says at a semicolon after which somebody else is named and says more."""
    named = {one.source.start for one in drafts if one.source}
    marks = [at for at in here.where(SEMICOLON, 1) if here.free(at)]
    ends = [at for at in marks if at + 1 < len(here.words) and here.words[at + 1].start in named]
    for draft in drafts if ends else ():
        place = draft.place
        for at in ends:
            end = here.words[at].start
            draft.content = [
                Span(one.start, end) if place.end <= end and one.start < end < one.end else one
                for one in draft.content
            ]


def _frame(here: Sentence, draft: Draft) -> tuple[int, int] | None:
    """Return the tokens from source to cue, and "on Monday" after them, between two marks."""
    if not draft.source or not draft.cue or not here.span.holds(draft.source):
        return None
    start = here.index(min(draft.source.start, draft.cue.start))
    verb, end = (here.index(one.end - 1) + 1 for one in sorted((draft.source, draft.cue)))
    if not any(here.lower(at) in SAY for at in range(start, end)) or start < 2 or verb > end:
        return None
    if not here.free(start) or not here.free(start - 2) or here.words[start - 1].word not in BOUNDS:
        return None
    if here.lower(end) in ADJUNCTS:
        near = range(end, min(end + LONGEST_ADJUNCT, len(here.words)))
        end = next((n for n in near if here.words[n].word in STOPS | BOUNDS), end)
    closed = end >= len(here.words) or here.words[end].word in BOUNDS | {".", ";"}
    return (start, end) if closed else None


def _begins(here: Sentence) -> int:
    """Return the code point at which the sentence begins, after a dateline if it has one."""
    printed = DATELINE_RE.match(here.people.text, here.span.start, here.span.end)
    return printed.end() if printed else here.span.start


def _first(here: Sentence, end: int) -> int:
    """Return where the clause before token `end` begins: after a semicolon or the dateline."""
    start = here.past(0, _begins(here))
    return next((n + 1 for n in range(end - 1, start, -1) if here.words[n].word == ";"), start)


def _after(here: Sentence, at: int, drafts: Sequence[Draft]) -> Span | None:
    """Return what goes on at `at`, after the comma that closes the clause of the cue."""
    word = here.lower(at)
    if not word or word in ASIDES or word.endswith("ing"):
        return None
    if not here.free(at) and here.words[at + 1 : at + 2] and here.words[at + 1].capital:
        return None
    end = next((n for n in range(at, len(here.words)) if _over(here, n)), len(here.words))
    rest = here.stretch(at, end)
    voiced = rest and any(one.cue and rest.holds(one.cue) for one in drafts)
    return None if voiced else rest


def _over(here: Sentence, at: int) -> bool:
    """Tell whether somebody else's contrast begins at `at`: ", although", "; "."""
    contrast = here.lower(at) == "," and here.lower(at + 1) in CONTRASTS | {"although", "but"}
    return here.free(at) and (contrast or here.words[at].word == ";")
