"""What an attribution is: source, cue and content, and how one voice cites another."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.spans import Span

MANNERS = ("direct", "indirect", "mixed", "document")
STANCES = ("asserted", "negated", "doubtful")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words given to a voice: who (`source`), the cue ("said"), what (`content`).

    `n` is the place in the reading's list. `speaker` is the one name the mention was resolved
    to, or None with `candidates`; `resolved_by` tells how (name, surname, title, pronoun ...).
    `parent` is the number of the attribution this one is cited in: in "according to A, citing
    B", B's parent is A. `said_when` is an EDTF date and `said_when_span` the words for it.
    `stance` is "negated" where the cue denies or withholds ("denied", "did not say"), "doubtful"
    where it casts doubt ("claims", "is said to"). `tier` is the tagger that found it, or "rules".
    """

    n: int
    manner: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    mention: Span | None = None
    speaker: str | None = None
    speaker_kind: str | None = None
    resolved_by: str | None = None
    candidates: tuple[str, ...] = ()
    parent: int | None = None
    said_when: str | None = None
    said_when_span: Span | None = None
    stance: str = "asserted"
    score: float = 0.8
    tier: str = "rules"
