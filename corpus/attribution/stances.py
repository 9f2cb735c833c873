"""Whether words are given as said, as denied or withheld, or as doubtful."""

from __future__ import annotations

from corpus.attribution.drafts import Draft
from corpus.attribution.page import Sentence
from corpus.spans import Span

NEGATING = frozenset(
    ("deny", "denies", "denied", "denying", "dispute", "disputes", "disputed", "disputing",
     "refute", "refuted", "reject", "rejects", "rejected", "rejecting", "dismiss", "dismisses",
     "dismissed", "decline", "declines", "declined", "declining", "refuse", "refuses", "refused",
     "refusing")
)  # fmt: skip
NOT = frozenset(("not", "never", "n't", "nor", "neither", "nobody"))
NOBODY = frozenset(("no", "nobody", "none", "neither", "no-one"))
SOMEBODY = frozenset(("fewer", "less", "longer", "doubt"))
"""Words after "no" with which somebody spoke all the same: "no fewer than 40 clerks said"."""
DOUBTING = frozenset(
    ("claim", "claims", "claimed", "claiming", "allege", "alleges", "alleged", "alleging",
     "rumoured", "rumored", "purport", "purports", "purported", "pretend", "pretends", "lie")
)  # fmt: skip
BEFORE = 4
"""Number of tokens before the cue in which a "not" belongs to it."""


def stance(here: Sentence, draft: Draft) -> str:
    """Return asserted, negated ("denied", "did not say") or doubtful ("claims", "so-called")."""
    first, last = here.index(draft.place.start), here.index(draft.place.end - 1)
    words = {here.lower(at) for at in range(first, last + 1)}
    since = 0 if draft.source is None else here.index(draft.source.end - 1) + 1
    start = max(first - BEFORE, since if since <= first else 0)
    before = {here.lower(at) for at in range(start, first)}
    if words & (NEGATING | NOT) or before & (NOT | NEGATING):
        return "negated"
    if draft.source and nobody(here, draft.source):
        return "negated"
    if any(word.endswith(("n't", "n’t")) for word in words | before) or _yet(here, first, last):
        return "negated"
    return "doubtful" if words & DOUBTING else "asserted"


def nobody(here: Sentence, source: Span) -> bool:
    """Tell whether a source is nobody: "no minister", "none of them", "neither Ann nor Bob"."""
    first = here.index(source.start)
    word, after = here.lower(first), here.lower(first + 1)
    if word == "not":
        return after in ("one", "a")
    named = here.name(first) is not None and word == "no"
    numbered = after in SOMEBODY or after[:1].isdigit() or after == "."
    return word in NOBODY and not named and not (word == "no" and numbered)


def _yet(here: Sentence, first: int, last: int) -> bool:
    """Read "has yet to comment"."""
    near = range(max(0, first - 2), last)
    return any(here.lower(at) == "yet" and here.lower(at + 1) == "to" for at in near)
