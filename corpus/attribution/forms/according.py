"""Named sources: "according to N, content", "content, per N", "in N's view", "by his count"."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.attribution.drafts import Draft
from corpus.attribution.page import Sentence
from corpus.attribution.phrases import (
    JOINERS,
    OWNERS,
    RELATIVE,
    phrase_after,
    phrase_before,
    written_head,
)
from corpus.lexicon import load
from corpus.spans import Span
from corpus.speakers.names import DETERMINERS

_CUES = load("cues")
SOURCES = tuple(tuple(phrase.split()) for phrase in _CUES["sources"])
VIEWS = frozenset(_CUES["views"])
SAY = frozenset(form for verb in _CUES["say"] for form in verb.split())
AS_FAR = 12
"""Number of tokens that ", as N reported," may have."""
FIRST = frozenset(phrase[0] for phrase in SOURCES) | {"in", "by", "on", "as"}
OWNING = OWNERS | {"his", "her", "their", "'", "’"}


def find(here: Sentence) -> Iterator[Draft]:
    """Yield what a sentence gives to sources named by a preposition."""
    for at in here.where(FIRST):
        if not here.free(at):
            continue
        if size := _named(here, at):
            end = phrase_after(here, at + size)
            source = here.stretch(at + size, end) if end else None
            written = bool(end) and written_head(here, at + size, end or at)
            end = _past_cited(here, end) if end else None
            cue = here.stretch(at, at + size)
        elif size := _view(here, at):
            end = at + size
            owned = 2 if here.lower(end - 2) in OWNERS else 1
            source, written = here.stretch(at + 1, end - owned), False
            cue = here.stretch(end - 1, end)
        elif verb := _as_said(here, at):
            source, written = here.stretch(at + 1, verb), written_head(here, at + 1, verb)
            cue, end = here.stretch(verb, verb + 1), verb + 1
        else:
            continue
        quoted = here.quoted[at - 2] if at > 1 and here.lower(at - 1) == "," else None
        if end and source and quoted and here.lower(at) == "in":
            yield Draft(source, cue, [quoted.span])
        elif end and source and (content := _around(here, at, end)):
            yield Draft(source, cue, content, written=written)


def _named(here: Sentence, at: int) -> int:
    """Return how many words of "according to", "per" and the like begin at `at`; 0 if none."""
    for phrase in SOURCES:
        if all(here.lower(at + n) == word for n, word in enumerate(phrase)):
            named = here.lower(at + 1) in DETERMINERS or here.name(at + 1) is not None
            alone = phrase != ("per",) or (named and (at == 0 or here.lower(at - 1) == ","))
            return len(phrase) if alone else 0
    return 0


def _as_said(here: Sentence, at: int) -> int | None:
    """Return the verb of ", as N reported,", which begins at `at` if it begins there at all."""
    if here.lower(at) != "as" or (at and here.lower(at - 1) != ","):
        return None
    verb = next((n for n in range(at + 2, at + AS_FAR) if here.lower(n) in SAY), None)
    subject = phrase_before(here, verb) if verb else None
    closed = verb is not None and here.lower(verb + 1) in (",", ".", "")
    return verb if closed and subject and subject[0] == at + 1 else None


def _past_cited(here: Sentence, end: int) -> int:
    """Return where ", citing B" after a source is over."""
    if here.lower(end) == "," and here.lower(end + 1) in ("citing", "quoting"):
        return phrase_after(here, end + 2) or end
    return end


def _view(here: Sentence, at: int) -> int:
    """Return how many words "in N's view", "by his count" has from `at`; 0 if it is none."""
    if here.lower(at) not in ("in", "by", "on"):
        return 0
    for n in range(at + 2, min(at + 9, len(here.words))):
        if here.lower(n) in VIEWS and here.lower(n - 1) in OWNING:
            whole = n == at + 2 or here.name(at + 1) or here.lower(at + 1) == "the"
            return n + 1 - at if whole else 0
    return 0


def _around(here: Sentence, start: int, end: int) -> list[Span]:
    """Return the content around "according to N", which stands at tokens `[start, end)`."""
    before, after = _before(here, start), None
    follows = here.lower(end) in (",", ":") or not here.lower(end) or before is None
    if follows and here.lower(end + 1) not in RELATIVE:
        stop = len(here.words)
        if before and here.lower(end + 1) in JOINERS:
            stop = end
        after = here.stretch(end, stop)
    return [span for span in (before, after) if span]


def _before(here: Sentence, start: int) -> Span | None:
    """Return what stands before the cue: the clause, from a dash, bracket or semicolon on."""
    first = next((n + 1 for n in range(start - 1, -1, -1) if _parts(here, n)), 0)
    while start > first and here.lower(start - 1) in JOINERS | {","}:
        start -= 1
    return here.stretch(first, start)


def _parts(here: Sentence, at: int) -> bool:
    return here.free(at) and here.words[at].word in ";:—–("
