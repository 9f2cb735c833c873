"""Dialogue after dashes: "— Forty, said the witness. All of them armed."."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.attribution.drafts import Draft
from corpus.attribution.forms.clauses import SAY
from corpus.attribution.page import Sentence
from corpus.attribution.phrases import phrase_after, somebody

DASHES = frozenset("—–-")
ASKS = frozenset(("ask", "asks", "asked"))
CLOSING = frozenset(",?!")


def find(here: Sentence) -> Iterator[Draft]:
    """Yield the words of a sentence that begins with a dash, up to ", said N"."""
    if not here.words or here.words[0].word not in DASHES:
        return
    for at in here.where(SAY | ASKS, 2):
        if here.words[at - 1].word not in CLOSING:
            continue
        end = phrase_after(here, at + 1)
        content = here.stretch(1, at)
        if end and content and somebody(here, at + 1, end):
            yield Draft(here.stretch(at + 1, end), here.stretch(at, at + 1), [content])
            return
