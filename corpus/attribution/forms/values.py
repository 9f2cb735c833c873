"""Estimates: "N put the share at 3 percent", "the Treasury reckons the cost at £5bn"."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.attribution.drafts import Draft
from corpus.attribution.page import STOPS, Sentence
from corpus.attribution.phrases import phrase_before, written_head

PUTS = frozenset(
    ("put", "puts", "putting", "reckon", "reckons", "reckoned", "estimate", "estimates",
     "estimated", "value", "values", "valued", "set", "sets")
)  # fmt: skip
FAR = 14
"""Number of tokens between the verb and its "at"."""
HEDGES = frozenset(
    ("about", "around", "almost", "nearly", "over", "under", "between", "roughly", "some", "least",
     "most", "more", "less", "just", "only", "up", "£", "$", "€", "¥", "Rs", "a", "an", "well")
)  # fmt: skip


def find(here: Sentence) -> Iterator[Draft]:
    """Yield who puts something at a figure."""
    for at in range(1, len(here.words)):
        if here.lower(at) not in PUTS or not here.free(at) or here.words[at].capital:
            continue
        subject = phrase_before(here, at)
        if subject is None or not _figure(here, at):
            continue
        end = next((n for n in range(at + 1, len(here.words)) if _over(here, n)), len(here.words))
        content = here.stretch(at + 1, end)
        if content and (source := here.stretch(*subject)):
            written = written_head(here, *subject)
            yield Draft(source, here.stretch(at, at + 1), [content], written=written)


def _figure(here: Sentence, verb: int) -> bool:
    """Tell whether "at" and a figure follow the verb's object."""
    for at in range(verb + 2, min(verb + FAR, len(here.words))):
        if here.words[at].word in STOPS | {","}:
            return False
        if here.lower(at) == "at":
            after = at + 1
            while here.lower(after) in HEDGES and after < at + 4:
                after += 1
            return here.lower(after)[:1].isdigit()
    return False


def _over(here: Sentence, at: int) -> bool:
    return here.free(at) and (
        here.words[at].word in STOPS or here.lower(at) in ("while", "whereas")
    )
