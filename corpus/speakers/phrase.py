"""The parts of a noun phrase that may stand for a speaker: its noun and what it is called."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.speakers.names import DETERMINERS, DOCUMENTS
from corpus.speakers.tokens import Token

DEFINITE = frozenset(("the", "this", "that", "these", "those", "its", "his", "her", "their"))
OTHERS = frozenset(("another", "other", "second"))
"""What tells of a noun said before that somebody or something else is meant by it."""
OWNING = frozenset(("its", "his", "her", "their"))
OWNERS = frozenset(("'s", "’s", "'", "’"))
AFTER_HEAD = frozenset(
    ("of", "for", "at", "with", "from", "in", "who", "whose", "which", "that", "on", "to", "by",
     "near", "inside", "familiar", "citing", "published", "printed", "based", "involved", "about",
     "close", "speaking", "named", "called", "into", "aboard", "found", "kept", "whom",
     "signed", "seen", "written", "drafted", "obtained", "dated", "posted", "compiled", "prepared",
     "sent", "issued", "leaked", "addressed", "commissioned", "released")
)  # fmt: skip
_CLAUSES = ("who", "whose", "which", "that", "whom", "to")
_PLACES = ("on", "in", "at", "found", "kept", "published", "printed")
_LONGEST = 24


def head(phrase: Sequence[Token]) -> int:
    """Return the place of the phrase's noun: the last word before `of`, a comma or `who`."""
    for n, token in enumerate(phrase):
        if n and (token.lower in AFTER_HEAD or token.word in ",("):
            return n - 1
    return len(phrase) - 1


def modifiers(phrase: Sequence[Token], head_at: int) -> set[str]:
    """Return the words before the noun that tell which one is meant: "rail" in "the rail firm"."""
    words = {token.lower for token in phrase[:head_at] if token.is_word}
    return words - (DETERMINERS - OTHERS)


def phrase_name(text: str, phrase: Sequence[Token]) -> str:
    """Return the words of a description less its article, up to a comma or a clause.

    Where a written thing is kept or was found is no part of its name.
    """
    written = phrase[head(phrase)].lower in DOCUMENTS
    clause = (*_CLAUSES, *_PLACES) if written else _CLAUSES
    first = 1 if len(phrase) > 1 and phrase[0].lower in DETERMINERS - OTHERS else 0
    first -= first and phrase[1].lower == "of"  # "one of them"
    last = first
    while last + 1 < len(phrase) and last < _LONGEST:
        token, after = phrase[last + 1], phrase[last + 2 : last + 3]
        owner = token.lower == "to" and any(t.capital or t.lower in DETERMINERS for t in after)
        if token.word in ",(" or (token.lower in clause and not owner):
            break
        last += 1
    return " ".join(text[phrase[first].start : phrase[last].end].split())
