"""Whom a sentence begins with, and the name that stands beside a description."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.attribution.page import Sentence
from corpus.attribution.phrases import CLAUSE, JOINERS, OWNERS, PREPOSITIONS, speaks
from corpus.speakers.beside import gives_name
from corpus.speakers.descriptions import describes_people
from corpus.speakers.names import DETERMINERS, ORGANISATIONS, OUTLETS, Name
from corpus.speakers.phrase import OWNING
from corpus.speakers.pronouns import PRONOUNS
from corpus.speakers.tokens import Token

FIRST = 5
"""Number of words in which the noun or name of a sentence's subject is looked for."""
DASHES = frozenset("-–—")
INTRODUCTION = 14
"""Number of words that "According to the report," and the like may have."""


def apposed(here: Sentence, start: int, end: int) -> Sequence[Token]:
    """Return the tokens of a source with the name beside it that says who it is.

    "NAME, a reader of both men, said", "Its director, NAME, said", where only the description
    was taken for the source.
    """
    if past := _given_name(here, end):
        return here.words[start:past]
    named = any((n := here.name(at)) and n.kind == "person" for at in range(start, end))
    if named or here.lower(start) in PRONOUNS - OWNING:
        return here.words[start:end]
    after = _past_name(here, end)
    if after > end and here.lower(after) == ",":
        return here.words[start:after]
    before = here.people.ending.get(here.words[start - 2].end) if start > 1 else None
    closed = here.lower(start - 1) == "," and here.lower(end) == ","
    if before and before.kind == "person" and closed:
        return here.words[here.index(before.span.start) : end]
    return here.words[start:end]


def _given_name(here: Sentence, end: int) -> int | None:
    """Return where "NAME" ends in ", who gave her name only as NAME", if that follows."""
    at = end + (here.lower(end) == ",")
    if here.lower(at) != "who":
        return None
    for n in range(at + 4, min(at + 7, len(here.words))):
        if gives_name(here.words, n) and (name := here.name(n)):
            return here.past(n, name.span.end)
    return None


def opening(here: Sentence, start: int = 0) -> tuple[int, int] | None:
    """Return the person, role or body that a sentence begins with, whatever it does then.

    What comes before token `start`, "But" and an introduction up to a comma are left out.
    """
    start = _past_dateline(here, start)
    if here.lower(start) in JOINERS:
        start += 1
    if here.lower(start) in PREPOSITIONS | {"according"}:
        start = _past_introduction(here, start)
    if here.free(start) and here.lower(start) in PRONOUNS - DETERMINERS:
        return start, start + 1
    for at in range(start, min(start + FIRST, len(here.words))):
        if not here.free(at):
            return None
        if name := here.name(at):
            return _named(here, start, at, name)
        owned = here.lower(at) in OWNERS or here.lower(at + 1) in OWNERS
        if owned and at > start:
            continue  # "The agency's director"
        compound = describes_people(here.lower(at + 1)) and here.free(at + 1)
        if not compound and (speaks(here, at) or describes_people(here.lower(at))):
            return start, _past_name(here, _role_end(here, at + 1))
        if here.words[at].word == ",":
            past = _past_name(here, at)
            return (start, past) if past > at and here.lower(past) == "," else None
        if not here.words[at].is_word or here.lower(at) in PREPOSITIONS | CLAUSE:
            return None
    return None


def _past_dateline(here: Sentence, start: int) -> int:
    """Return the token after "KARSUND, June 30 (NRA) -", or `start` if there is no such thing."""
    first = here.words[start].word if start < len(here.words) else ""
    if first.isupper() and len(first) > 1:
        for at in range(start + 1, min(start + INTRODUCTION, len(here.words))):
            if here.words[at].word in DASHES:
                return at + 1
    return start


def _past_introduction(here: Sentence, start: int) -> int:
    for at in range(start, min(start + INTRODUCTION, len(here.words))):
        if here.words[at].word == ",":
            return at + 1
    return start


def _named(here: Sentence, start: int, at: int, name: Name) -> tuple[int, int] | None:
    """Return the subject that begins with a name: alone, with another one, or as an owner."""
    end = here.past(at, name.span.end)
    if here.lower(end) == "and":
        other = here.name(end + 1)
        return (start, here.past(end, other.span.end)) if other else None
    if here.lower(end) not in OWNERS | {"'", "’"}:
        return start, _past_post(here, end)
    for owned in range(end + 1, min(end + 4, len(here.words))):
        if describes_people(here.lower(owned)):
            return start, _past_name(here, owned + 1)
    return (start, end) if name.kind == "person" else None


def _past_post(here: Sentence, end: int) -> int:
    """Return where "Parish clerk Ann Lee" ends, after the name "Parish" that it begins with."""
    for at in range(end, end + 3):
        if here.lower(at) in PREPOSITIONS | CLAUSE or not here.free(at):
            break
        if at == end and here.lower(at) in ORGANISATIONS | OUTLETS:
            return at + 1  # "State television"
        name = here.name(at + 1)
        if describes_people(here.lower(at)) and name and name.kind == "person":
            return here.past(at, name.span.end)
    return end


def _past_name(here: Sentence, end: int) -> int:
    """Return where a person's name right after a description ends, or after its comma."""
    at = end
    for _ in range(2):
        at += here.lower(at) == ","
        at += here.lower(at - 1) == "," and here.lower(at) == "the" and bool(here.name(at + 1))
        name = here.name(at)
        if name and (name.kind != "name" or here.people.meant(name, name.span.end)):
            past = here.past(at, name.span.end)
            return end if here.lower(past) == "and" else past
        if here.lower(at - 1) != "," or not describes_people(here.lower(at + 1)):
            break
        at += 2  # "her son, the mayor, NAME"
    return end


def _role_end(here: Sentence, at: int) -> int:
    """Return where "spokeswoman for the bank" ends: after the name its preposition leads to."""
    if here.lower(at) in ("for", "of", "at", "from", "with"):
        for n in range(at + 1, min(at + 4, len(here.words))):
            if name := here.name(n):
                return here.past(n, name.span.end)
        for n in range(at + 1, min(at + FIRST, len(here.words) - 1)):
            if here.words[n].word == ",":
                return n if here.name(n + 1) else at  # "a resident of 40 years, NAME"
    return at
