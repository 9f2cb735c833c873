"""Where content begins and ends around a cue: after "that", hearers, days and places."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.attribution.cues import ADJUNCTS, JOINERS, OPENING, SAY, STOPS, URGE, Marked
from corpus.attribution.subjects import RELATIVE, Subject
from corpus.speakers.names import DETERMINERS, DOCUMENTS
from corpus.speakers.tokens import Token

ATTACHED = frozenset(
    ("ahead", "as", "during", "after", "before", "while", "when", "with", "amid", "citing")
)
ADDRESSED = frozenset(("tell", "tells", "told", "telling", "remind", "reminds", "reminded",
                       "inform", "informs", "informed", "assure", "assures", "assured", "warn",
                       "warns", "warned", "advise", "advises", "advised"))  # fmt: skip
TOLD_OF = frozenset(("speaks", "spoke", "tells", "told", "warned", "warns"))
PLACED = frozenset(("at", "in", "on", "to", "from"))
HEARD_OUT = ADJUNCTS | DETERMINERS | {"that"}
FAR_THAT = 28
"""Number of tokens after a verb within which its "that" may stand."""


def merely_attached(sentence: Marked, at: int) -> bool:
    """Tell whether what follows "N said, " belongs to the saying: "adding", "ahead of"."""
    word = sentence.lower(at)
    if word in PLACED and len(sentence.words) - at <= 8:
        return True
    return sentence.free(at) and (word in ATTACHED | RELATIVE or word.endswith("ing"))


def content_start(sentence: Marked, verb: int, subject: Subject) -> int | None:
    """Return where content begins after the verb, or None if it stands before it."""
    at = verb + 1
    if sentence.lower(verb) in ADDRESSED:
        at = _past_addressee(sentence, at)
    if sentence.lower(at) in ("out", "on") and sentence.lower(at + 1) == "that":
        at += 1
    if sentence.ends(at):
        return None
    if sentence.lower(at) == "that":
        return at + 1
    token = sentence.words[at]
    if token.lower == "of" and sentence.lower(verb) in TOLD_OF:
        return at + 1 if at + 1 < len(sentence.words) else None
    if token.word == ":" or not sentence.free(at):
        return at + (token.word == ":")
    if token.word == ",":
        return _after_comma(sentence, at, subject)
    if token.lower not in ADJUNCTS or sentence.lower(at + 1) in ("least", "most"):
        return at
    if sentence.lower(verb) in URGE and sentence.lower(verb) not in SAY:
        return at
    return _after_adjunct(sentence, at, subject)


def _after_comma(sentence: Marked, at: int, subject: Subject) -> int | None:
    """Return where content begins in "he said, content"; None in "content, he said, content"."""
    if at + 1 < len(sentence.words) and not sentence.free(at + 1):
        return at + 1
    that = _that(sentence, at)
    if that and subject.first == 0:
        return that
    return at + 1 if subject.first == 0 else None


def _that(sentence: Marked, at: int) -> int | None:
    for n in range(at, min(at + FAR_THAT, len(sentence.words))):
        if not sentence.free(n) or sentence.words[n].word in STOPS:
            return None
        if sentence.lower(n) == "that" and n > at:
            return n + 1
    return None


def _after_adjunct(sentence: Marked, at: int, subject: Subject) -> int | None:
    """Return where content begins after "on Monday", "in a statement"; None if it does not."""
    if (that := _that(sentence, at)) and not _comma_between(sentence, at, that - 1):
        return that
    last = past_adjunct(sentence, at)
    if last >= len(sentence.words) or sentence.words[last].word in STOPS:
        return None
    if sentence.words[last].word == ":" or not sentence.free(last):
        return last + (sentence.words[last].word == ":")
    if sentence.words[last].word == ",":
        if subject.first == 0 and that:
            return that
        return last + 1 if subject.first == 0 else None
    return last


def _comma_between(sentence: Marked, start: int, end: int) -> bool:
    return sentence.lower(start - 1) == "," or any(
        sentence.words[n].word == "," for n in range(start, end)
    )


def _past_addressee(sentence: Marked, at: int) -> int:
    """Return where "told reporters", "told the Global Times" is over."""
    start = at + (sentence.lower(at) in DETERMINERS)
    name = None
    if start < len(sentence.words):
        name = sentence.people.starting.get(sentence.words[start].start)
    end = start + 1
    while name and end < len(sentence.words) and sentence.words[end].start < name.span.end:
        end += 1
    if name or start == at:
        return end
    stops = (
        n
        for n in range(end, min(end + 3, len(sentence.words)))
        if sentence.lower(n) in HEARD_OUT or sentence.words[n].word in ',:"“'
    )
    return next(stops, end)


def past_adjunct(sentence: Marked, at: int) -> int:
    """Return where the words of time, place and hearer after a cue are over.

    They run up to a mark, a quotation or "that"; without any of these, up to the clause that
    follows a weekday or the noun of "in a statement".
    """
    start, n = at, at
    while n < len(sentence.words) and n - start < FAR_THAT and sentence.free(n):
        token = sentence.words[n]
        if token.word in ",:;.!?—–" or token.lower == "that":
            return n
        if n > start and _clause_begins(sentence, start, n):
            return n
        n += 1
    return n


def _clause_begins(sentence: Marked, start: int, at: int) -> bool:
    """Tell whether a new clause begins right after a weekday, a hearer or a "statement"."""
    before = sentence.lower(at - 1)
    closed = before.endswith("day") or before in DOCUMENTS | {
        "interview",
        "briefing",
        "reporters",
        "journalists",
        "speech",
    }
    word = sentence.lower(at)
    return closed and sentence.lower(start) in ADJUNCTS and word not in ADJUNCTS | JOINERS


def without_place(sentence: Marked, start: int) -> int:
    """Return where what is asked for ends: before ", at the forum on Thursday"."""
    for at in range(start, len(sentence.words) - 1):
        if sentence.words[at].word == "," and sentence.lower(at + 1) in ("at", "during"):
            return at
    return len(sentence.words)


def content_tokens(sentence: Marked, stretch: tuple[int, int]) -> Sequence[Token]:
    """Return the tokens of a stretch without joining words and marks at its edges."""
    start, end = stretch
    words = sentence.words
    while start < end and (words[start].word in ",;:—–.)" or words[start].lower == "that"):
        start += 1
    while end > start and words[end - 1].word in ",;:—–(" + OPENING:
        end -= 1
    while end > start and words[end - 1].word in ".!?" and sentence.free(end - 1):
        end -= 1
    return words[start:end]
