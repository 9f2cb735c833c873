"""One voice through another: "A reported, citing B", "A, quoting B", "A quoted B as saying"."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.attribution.drafts import Draft
from corpus.attribution.page import Sentence
from corpus.attribution.phrases import RELATIVE, passive, phrase_after, phrase_before

CITING = frozenset(("citing", "quoting"))
CITES = CITING | {"cite", "cites", "cited", "quote", "quotes", "quoted"}
SAYING = frozenset(
    ("saying", "stating", "telling", "noting", "reporting", "warning", "writing", "claiming")
)
TELLS = frozenset(("said", "says", "stated", "states", "read", "reads", "wrote", "writes"))
"""Verbs after "an article, which"."""
FAR_SAYING = 30
"""Number of tokens after "quoted" within which its "as saying" may stand."""


def find(here: Sentence) -> Iterator[Draft]:
    """Yield the voices that others cite.

    A participle's has no content of its own: it has that of the nearest cue. "A quoted B as
    saying X" gives X to A and, within that, to B.
    """
    for at in here.where(CITES):
        if not here.free(at):
            continue
        if here.lower(at + 1) == "by" and passive(here, at):
            yield from _quoted_by(here, at)
            continue
        start = at + 2 if here.lower(at + 1) == "what" else at + 1
        end = phrase_after(here, start)
        source = here.stretch(start, end) if end else None
        if end is None or source is None:
            continue
        if saying := _saying(here, start + 1, end):
            yield from _quoted(here, at, start, saying)
        elif here.lower(at) in CITING:
            yield Draft(source, here.stretch(at, at + 1), [])


def _quoted_by(here: Sentence, at: int) -> Iterator[Draft]:
    """Yield both voices of "B was quoted by A as saying X"."""
    end, inner = phrase_after(here, at + 2), phrase_before(here, at)
    saying = _saying(here, end, end) if end else None
    content = here.stretch(saying + 1, len(here.words)) if saying else None
    if end and inner and saying and content:
        outer = Draft(here.stretch(at + 2, end), here.stretch(at, at + 2), [content])
        yield outer
        cue = here.stretch(saying - 1, saying + 1)
        yield Draft(here.stretch(*inner), cue, [content], parent=outer)


def _saying(here: Sentence, start: int, end: int) -> int | None:
    """Return the place of "as saying", or of ", stating" in a quotation's clause."""
    for at in range(start, min(end + FAR_SAYING, len(here.words))):
        if not here.free(at):
            return None
        if here.lower(at) in SAYING and here.lower(at - 1) in ("as", ","):
            return at
        if here.lower(at) in TELLS and here.lower(at - 1) in RELATIVE:
            return at
    return None


def _quoted(here: Sentence, at: int, start: int, saying: int) -> Iterator[Draft]:
    content = here.stretch(saying + 1, len(here.words))
    outer = phrase_before(here, at)
    joined = 0 if here.lower(saying - 1) == "," else 1
    inner = here.stretch(start, saying - joined)
    if content is None or inner is None:
        return
    parent = None
    if outer and here.lower(at) not in CITING:
        parent = Draft(here.stretch(*outer), here.stretch(at, at + 1), [content])
        yield parent
    yield Draft(inner, here.stretch(saying - joined, saying + 1), [content], parent=parent)
