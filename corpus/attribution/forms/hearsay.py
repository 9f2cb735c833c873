"""Words that nobody stands for: "N is said to", "it is understood that", "I'm told"."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.attribution.drafts import Draft
from corpus.attribution.page import Sentence
from corpus.attribution.phrases import phrase_before

HEARD = frozenset(
    ("said", "believed", "understood", "thought", "reported", "rumoured", "rumored", "alleged",
     "reputed", "told")
)  # fmt: skip
ADVERBS = frozenset(("allegedly", "reportedly", "supposedly", "reputedly"))
FORMS = frozenset(("is", "are", "was", "were", "'m", "’m", "'re", "’re"))


def find(here: Sentence) -> Iterator[Draft]:
    """Yield what is heard without a source."""
    yield from _by_adverb(here)
    for at in here.where(HEARD, 1):
        word, after = here.lower(at), here.lower(at + 1)
        if here.lower(at - 1) not in FORMS and not here.lower(at - 1).endswith(("'m", "’m")):
            continue
        cue = here.stretch(at - 1, at + 1)
        rest = here.stretch(at + 1, _end(here, at + 1))
        subject = phrase_before(here, at - 1)
        it = here.lower(at - 2) == "it"
        if (it and after == "that" and rest) or (word == "told" and rest and after not in ("to",)):
            if word != "told" or here.lower(at - 1).endswith(("m", "re")):
                stance = "doubtful" if it else "asserted"
                yield Draft(None, cue, [rest], stance=stance)
        elif word != "told" and after == "to" and subject and rest and not it:
            first = here.stretch(*subject)
            yield Draft(None, cue, [first, rest] if first else [rest], stance="doubtful")


def _by_adverb(here: Sentence) -> Iterator[Draft]:
    """Yield "N allegedly did it", in a sentence without quotations."""
    for at in here.where(ADVERBS):
        if here.free(at):
            before, rest = here.stretch(0, at), here.stretch(at + 1, _end(here, at + 1))
            if rest:
                content = [before, rest] if before else [rest]
                yield Draft(None, here.stretch(at, at + 1), content, stance="doubtful")
                return


def _end(here: Sentence, at: int) -> int:
    """Return where the clause that begins at `at` is over."""
    while at < len(here.words) and not (here.free(at) and here.words[at].word in ";—"):
        at += 1
    return at
