"""Figures by a verb: "N put it at 3 percent", "the bank forecasts 40", "N raised its forecast"."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.attribution.drafts import Draft
from corpus.attribution.page import STOPS, Sentence
from corpus.attribution.phrases import (
    PREPOSITIONS,
    passive,
    phrase_before,
    somebody,
    written_head,
)

PUTS = frozenset(
    ("put", "puts", "putting", "reckon", "reckons", "reckoned", "estimate", "estimates",
     "estimated", "value", "values", "valued", "set", "sets")
)  # fmt: skip
NAMES = frozenset(
    ("forecast", "forecasts", "predict", "predicts", "predicted", "expect", "expects", "expected",
     "offer", "offers", "offered", "demand", "demands", "demanded", "promise", "promises",
     "promised", "pledge", "pledges", "pledged", "project", "projects", "projected", "cite",
     "cites", "cited", "counts", "counted", "reported", "reports", "claims", "claimed")
)  # fmt: skip
"""Verbs whose object may be a figure."""
LISTS = frozenset(("list", "lists", "listed"))
FAR = 14
"""Number of tokens between the verb and its "at"."""
OF = frozenset(("spoke", "speaks", "talked", "talks"))
"""Verbs that name a figure with "of"."""
MOVES = frozenset(
    ("raised", "raises", "cut", "cuts", "lowered", "lowers", "trimmed", "trims", "increased",
     "increases", "revised", "revises", "slashed", "slashes", "lifted", "lifts", "edged", "nudged",
     "upgraded", "downgraded", "reduced", "reduces")
)  # fmt: skip
"""Verbs of which a forecast of one's own may be the object."""
OUTLOOKS = frozenset(
    ("forecast", "forecasts", "estimate", "estimates", "projection", "projections", "outlook",
     "prediction", "predictions", "guidance", "target", "targets")
)  # fmt: skip
OWN = frozenset(("its", "their", "his", "her"))
NEAR = 8
"""Number of tokens between such a verb and the forecast."""
VERBS = PUTS | NAMES | LISTS | OF
HEDGES = frozenset(
    ("about", "around", "almost", "nearly", "over", "under", "between", "roughly", "some", "at",
     "least", "most", "more", "less", "just", "only", "up", "£", "$", "€", "¥", "Rs", "a", "an",
     "well")
)  # fmt: skip


def find(here: Sentence) -> Iterator[Draft]:
    """Yield who puts something at a figure."""
    for at in here.where(VERBS, 1):
        if not here.free(at) or here.words[at].capital:
            continue
        subject = phrase_before(here, at)
        if subject is None or not _named(here, at) or passive(here, at):
            continue
        if here.lower(at) not in PUTS and not somebody(here, *subject):
            continue
        yield from _said(here, subject, at, at + 1 + (here.lower(at) in OF))


def outlooks(here: Sentence) -> Iterator[Draft]:
    """Yield who moves a forecast of their own by or to a figure, which is said of what is to come.

    "The bank cut its growth forecast to 2 percent", and not "the bank cut its staff".
    """
    for at in here.where(MOVES, 1):
        nouns = (n for n in range(at + 2, at + NEAR) if here.lower(n) in OUTLOOKS)
        noun = next(nouns, None)
        if noun is None or OWN.isdisjoint(map(here.lower, range(at + 1, noun))):
            continue
        told = any(here.lower(n)[:1].isdigit() for n in range(noun + 1, _end(here, at)))
        subject = phrase_before(here, at)
        if here.free(at) and told and subject:
            yield from _said(here, subject, at, at + 1)


def _said(here: Sentence, subject: tuple[int, int], verb: int, first: int) -> Iterator[Draft]:
    """Yield what the subject says from token `first` on, if any word follows."""
    content, source = here.stretch(first, _end(here, verb)), here.stretch(*subject)
    if content and source:
        cue, written = here.stretch(verb, verb + 1), written_head(here, *subject)
        yield Draft(source, cue, [content], written=written)


def lists(here: Sentence) -> Iterator[Draft]:
    """Yield who lists several things, all of them."""
    return (draft for draft in find(here) if here.lower(here.index(draft.place.start)) in LISTS)


def _named(here: Sentence, verb: int) -> bool:
    """Tell whether the verb leads to a figure or, "listed", to several things."""
    if here.lower(verb) in LISTS:
        return here.lower(verb + 1) not in PREPOSITIONS
    if here.lower(verb) in OF:
        return here.lower(verb + 1) == "of" and _figure(here, verb + 2)
    return _figure(here, verb + 1) if here.lower(verb) in NAMES else _put(here, verb)


def _put(here: Sentence, verb: int) -> bool:
    """Tell whether "at" and a figure follow the verb's object."""
    for at in range(verb + 2, min(verb + FAR, len(here.words))):
        if here.words[at].word in STOPS | {","}:
            return False
        if here.lower(at) == "at":
            return _figure(here, at + 1)
    return False


def _figure(here: Sentence, at: int) -> bool:
    """Tell whether a figure begins at `at`, perhaps after "more than"."""
    after = at
    while here.lower(after) in HEDGES and after < at + 3:
        after += 1
    return here.lower(after)[:1].isdigit()


def _end(here: Sentence, verb: int) -> int:
    """Return where what belongs to the verb ends."""
    return next((n for n in range(verb + 1, len(here.words)) if _over(here, n)), len(here.words))


def _over(here: Sentence, at: int) -> bool:
    return here.free(at) and (
        here.words[at].word in STOPS or here.lower(at) in ("while", "whereas")
    )
