"""Nouns of saying: "N's claim that content"."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.attribution.drafts import Draft
from corpus.attribution.page import STOPS, Sentence
from corpus.attribution.phrases import OWNERS, phrase_before, somebody

ANNOUNCED = frozenset(
    ("announcement", "claim", "claims", "statement", "warning", "remark", "promise", "admission",
     "assertion", "prediction", "forecast", "pledge", "insistence", "argument", "allegation")
)  # fmt: skip
SCORE = 0.6


def find(here: Sentence) -> Iterator[Draft]:
    """Yield what "that" gives to the owner of such a noun."""
    for at in here.where(ANNOUNCED, 2):
        if here.lower(at + 1) != "that":
            continue
        if here.lower(at - 1) not in OWNERS or not here.free(at):
            continue
        name = here.people.ending.get(here.words[at - 2].end)
        subject = phrase_before(here, at - 1)
        if name and subject:
            subject = here.index(name.span.start), at - 1
        end = next((n for n in range(at, len(here.words)) if _over(here, n)), len(here.words))
        content = here.stretch(at + 2, end)
        if subject and content and somebody(here, *subject):
            source = here.stretch(*subject)
            yield Draft(source, here.stretch(at, at + 1), [content], score=SCORE)


def _over(here: Sentence, at: int) -> bool:
    return here.free(at) and here.words[at].word in STOPS | {":"}
