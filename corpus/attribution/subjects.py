"""The phrase that names the source: before its verb, after it, or after "according to"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.attribution.cues import BETWEEN, CLOSING, JOINERS, STOPS, VERBS, Marked
from corpus.speakers.names import (
    CALENDAR,
    DETERMINERS,
    DOCUMENTS,
    GROUPS,
    OPENERS,
    ORGANISATIONS,
    ROLES,
    singular,
)
from corpus.speakers.resolve import PRONOUNS
from corpus.speakers.tokens import Token

CLAUSE = JOINERS | {
    "that", "when", "as", "because", "if", "whether", "where", "since", "so", "than", "until",
    "unless", "what", "how", "why", "whose",
}  # fmt: skip
RELATIVE = frozenset(("who", "which"))
WEEKDAYS = frozenset(word for word in CALENDAR if word.endswith("day"))
TIMES = frozenset(
    ("minute", "hour", "day", "night", "morning", "afternoon", "evening", "week", "weekend",
     "month", "year", "decade", "century")
)  # fmt: skip
PREPOSITIONS = frozenset(
    ("in", "on", "at", "after", "before", "during", "for", "from", "by", "with", "to", "under",
     "over", "of", "about", "amid", "following", "since", "into", "through", "against", "near")
)  # fmt: skip
NO_SUBJECT = frozenset(
    ("is", "was", "are", "were", "be", "been", "being", "to", "not", "as", "the", "a", "an", "of",
     "by", "in", "on", "for", "with", "at", "there", "would", "will", "can", "could", "may",
     "might", "should", "must", "please", "let", "from", "than", "more")
)  # fmt: skip
NO_PART = NO_SUBJECT - DETERMINERS - PREPOSITIONS | {"to", "than"}
"""Words of `NO_SUBJECT` that stand in the middle of no source phrase either."""
AUXILIARIES = frozenset(
    ("is", "was", "are", "were", "has", "have", "had", "will", "would", "can", "could", "may",
     "might", "should", "must", "does", "did", "do", "be", "been")
)  # fmt: skip
SAID_AFTER = frozenset(",?!—–") | frozenset(CLOSING)
SAID = frozenset(("said", "says", "told"))
KNOWN = DOCUMENTS | ORGANISATIONS | GROUPS
MARKS = STOPS | frozenset(",:()[]—–-") | frozenset(CLOSING) | frozenset("“‘«`")
FURTHEST = 16
"""Number of tokens a source phrase may have."""
APPOSITION = 40
"""Number of tokens an apposition between a name and its verb may have."""
DEEPEST = 4
"""Number of "who" clauses inside one another that are looked through for the noun before them."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A source phrase: tokens `[start, end)`, and where its clause begins and is over.

    An apposition ("NAME, director of N, said") lies inside the clause, outside the phrase.
    """

    start: int
    end: int
    first: int
    last: int

    def phrase(self, sentence: Marked) -> Sequence[Token]:
        """Return the tokens of the phrase."""
        return sentence.words[self.start : self.end]


def before_verb(sentence: Marked, verb: int) -> Subject | None:
    """Return the subject that stands before the verb at `verb`, or None."""
    at = verb - 1
    while at >= 0 and verb - at < 7 and _between(sentence, at):
        at -= 1
    if not sentence.free(at):
        return None
    found: tuple[int, int] | None
    if sentence.words[at].word in ",)":
        found = _over_apposition(sentence, at)
    else:
        found = _phrase_ending(sentence, at)
    return Subject(*found, first=found[0], last=verb) if found else None


def after_verb(sentence: Marked, verb: int) -> Subject | None:
    """Return the subject that follows the verb at `verb`: "said the mayor, Lena Ortiz, 51"."""
    if verb == 0 or (sentence.free(verb - 1) and sentence.words[verb - 1].word not in SAID_AFTER):
        return None
    end = phrase_end(sentence, verb + 1)
    if end is None or not _plausible(sentence, verb + 1, end) or not _bare(sentence, verb + 1, end):
        return None
    last = past_apposition(sentence, end)
    closed = sentence.ends(last) or sentence.words[last].word in ",:" or not sentence.free(last)
    if closed or sentence.lower(last) in PREPOSITIONS:
        return Subject(verb + 1, end, first=verb, last=last)
    return None


def _bare(sentence: Marked, start: int, end: int) -> bool:
    """Tell a noun phrase from a clause: nothing but `of N` or `who ...` follows its noun."""
    at = start
    while at < end:
        token = sentence.words[at]
        name = sentence.people.starting.get(token.start)
        if name or singular(token.lower) in ROLES or token.lower in KNOWN:
            while name and at + 1 < end and sentence.words[at + 1].start < name.span.end:
                at += 1
            after = sentence.lower(at + 1)
            if at + 1 == end or after in PREPOSITIONS | RELATIVE | {",", "'s", "’s", "'", "’"}:
                return True
            known = sentence.words[at + 1].start in sentence.people.starting
            if not (known or singular(after) in ROLES or after in KNOWN):
                return False
        at += 1
    return end - start <= 3


def phrase_end(sentence: Marked, start: int) -> int | None:
    """Return where the noun phrase that begins at `start` ends, or None if none begins there."""
    if not sentence.free(start) or not sentence.words[start].is_word:
        return None
    if sentence.lower(start) in CLAUSE | AUXILIARIES | PREPOSITIONS:
        return None
    at = start
    while at < len(sentence.words) and at - start < FURTHEST + 8 and sentence.free(at):
        token = sentence.words[at]
        if name := sentence.people.starting.get(token.start):
            while at < len(sentence.words) and sentence.words[at].start < name.span.end:
                at += 1
            if name.kind == "person":
                return at
            continue
        if _possessive(sentence, at):
            at += 1
            continue
        if at > start and (token.lower in CLAUSE | RELATIVE or token.word in MARKS):
            return _with_name(sentence, start, at)
        if token.lower in AUXILIARIES:
            break
        at += 1
    return at if at > start else None


def _possessive(sentence: Marked, at: int) -> bool:
    """Tell whether the mark at `at` is the apostrophe of "the keepers' register"."""
    return (
        sentence.words[at].word in "'’"
        and sentence.lower(at - 1).endswith("s")
        and sentence.lower(at + 1)[:1].isalpha()
    )


def _with_name(sentence: Marked, start: int, at: int) -> int:
    """Return where the name after a description ends: "its director, Paula Wern"."""
    described = any(singular(sentence.lower(n)) in ROLES for n in range(start, at))
    if described and sentence.lower(at) == "," and at + 1 < len(sentence.words):
        name = sentence.people.starting.get(sentence.words[at + 1].start)
        if name and name.kind == "person":
            while at < len(sentence.words) and sentence.words[at].start < name.span.end:
                at += 1
    return at


def past_apposition(sentence: Marked, end: int) -> int:
    """Return where the description after a name is over, its closing comma left out."""
    at = end
    while sentence.lower(at) == "," and sentence.free(at) and _describes(sentence, at + 1):
        after = at + 1
        while after < len(sentence.words) and after - at < APPOSITION:
            if sentence.words[after].word == "," or sentence.ends(after):
                break
            after += 1
        at = after
    return at


def _describes(sentence: Marked, at: int) -> bool:
    """Tell whether an apposition begins at `at`: an age, "who", "a researcher at", "head of"."""
    word = sentence.lower(at)
    if word.isdigit():
        return sentence.lower(at + 1) in (",", ".", "")
    if word in RELATIVE | {"whose"}:
        return sentence.lower(at + 1) not in VERBS
    if sentence.free(at) and sentence.words[at].capital and word not in DETERMINERS:
        return False
    for n in range(at, min(at + 9, len(sentence.words))):
        token = sentence.words[n]
        if token.word == "," or token.lower in CLAUSE | PREPOSITIONS:
            return False
        noun = singular(token.lower) in ROLES or token.lower in ORGANISATIONS
        if noun and (
            sentence.ends(n + 1) or sentence.lower(n + 1) in PREPOSITIONS | RELATIVE | {","}
        ):
            return True
    return False


def opening(sentence: Marked) -> tuple[int, int] | None:
    """Return the person, role or body that a sentence begins with, whatever it does then."""
    words = sentence.words
    for at in range(min(5, len(words))):
        if not sentence.free(at):
            return None
        token = words[at]
        if at == 0 and token.lower in PRONOUNS:
            return 0, 1
        if name := sentence.people.starting.get(token.start):
            end = at
            while end < len(words) and words[end].start < name.span.end:
                end += 1
            return (0, end) if sentence.lower(end) not in ("'s", "’s", "'", "’") else None
        if singular(token.lower) in ROLES or token.lower in ORGANISATIONS:
            return 0, _role_end(sentence, at + 1)
        if not token.is_word or token.lower in PREPOSITIONS | CLAUSE:
            return None
    return None


def _role_end(sentence: Marked, at: int) -> int:
    """Return where "spokeswoman for the bank" ends: after the name its preposition leads to."""
    if sentence.lower(at) in ("for", "of", "at", "from", "with"):
        for n in range(at + 1, min(at + 4, len(sentence.words))):
            if name := sentence.people.starting.get(sentence.words[n].start):
                while n < len(sentence.words) and sentence.words[n].start < name.span.end:
                    n += 1
                return n
    return at


def _between(sentence: Marked, at: int) -> bool:
    if not sentence.free(at):
        return False
    word = sentence.lower(at)
    return word in BETWEEN or (
        word.endswith("ly") and len(word) > 4 and not sentence.words[at].capital
    )


def _over_apposition(sentence: Marked, closing: int) -> tuple[int, int] | None:
    """Return the phrase before an apposition or aside that ends with the mark at `closing`."""
    for at in range(closing - 1, max(0, closing - APPOSITION), -1):
        if sentence.lower(at) == "citing" and sentence.lower(at - 1) == ",":
            outer = _over_aside(sentence, at - 1)
            return outer or (_phrase_ending(sentence, at - 2) if at > 1 else None)
    return _over_aside(sentence, closing)


def _over_aside(sentence: Marked, closing: int) -> tuple[int, int] | None:
    """Return the phrase before the aside that ends at `closing`: the name next to its comma."""
    fallback = None
    at = closing - 1
    while at > 0 and closing - at < APPOSITION and sentence.free(at):
        token = sentence.words[at]
        if token.word in STOPS:
            break
        if token.word in ",(":
            after = sentence.words[at + 1]
            aside = token.word == "(" or not after.capital or after.lower in DETERMINERS
            name = sentence.people.ending.get(sentence.words[at - 1].end)
            if name and (aside or name.kind == "person"):
                return _phrase_ending(sentence, at - 1)
            inner = sentence.people.ending.get(sentence.words[closing - 1].end)
            if inner and inner.kind == "person" and after.start == inner.span.start:
                return at + 1, closing
            if aside and fallback is None and sentence.words[0].lower in DETERMINERS:
                first = _phrase_ending(sentence, at - 1)
                fallback = first if first and first[0] == 0 else None
        at -= 1
    return fallback


def _phrase_ending(sentence: Marked, at: int, depth: int = 0) -> tuple[int, int] | None:
    """Return the noun phrase whose last token is at `at`; `depth` counts the clauses around it."""
    words = sentence.words
    if words[at].lower in RELATIVE:
        return _antecedent(sentence, at, depth)
    if words[at].lower in PRONOUNS:
        return at, at + 1
    if words[at].lower in NO_SUBJECT | CLAUSE or words[at].word in MARKS:
        return None
    start = at
    last = sentence.people.ending.get(words[at].end)
    stops = CLAUSE | (PREPOSITIONS if _own_person(sentence, at) else frozenset())
    while start > 0 and at - start < FURTHEST:
        name = sentence.people.ending.get(words[start].end)
        if name:
            while start > 0 and words[start].start > name.span.start:
                start -= 1
        before = words[start - 1] if start else None
        if before is None or not sentence.free(start - 1):
            break
        if before.word in MARKS and not _possessive(sentence, start - 1):
            break
        if before.lower in RELATIVE:
            return _antecedent(sentence, start - 1, depth)
        if last and before.lower.endswith("day"):
            break
        papers = before.lower == "of" and sentence.lower(start - 2) in DOCUMENTS
        envoy = before.lower == "to" and _leads_to(sentence.lower(start - 2))
        if (before.lower in stops | NO_PART) and not (papers or envoy):
            break
        start -= 1
    start = _without_time(sentence, _without_opening(sentence, start, at), at)
    return (start, at + 1) if _plausible(sentence, start, at + 1) else None


def _own_person(sentence: Marked, at: int) -> bool:
    """Tell whether a person's name ends at `at` that does not hang on a noun: "a lawyer for N"."""
    name = sentence.people.ending.get(sentence.words[at].end)
    if name is None or name.kind != "person":
        return False
    if sentence.lower(at + 1) in ("'s", "’s"):
        return True  # "struck by N's announcement"
    while sentence.words[at].start > name.span.start:
        at -= 1
    return sentence.lower(at - 1) not in PREPOSITIONS


def _leads_to(word: str) -> bool:
    """Tell whether "to" may follow inside a phrase: "adviser to N", "letter to", "close to"."""
    return singular(word) in ROLES or word in KNOWN or word == "close"


def _antecedent(sentence: Marked, relative: int, depth: int) -> tuple[int, int] | None:
    """Return the phrase that "who" or "which" points back to."""
    at = relative - 1
    if sentence.lower(at) == ",":
        at -= 1
    if not sentence.free(at) or sentence.words[at].lower in RELATIVE or depth == DEEPEST:
        return None
    return _phrase_ending(sentence, at, depth + 1)


def _without_opening(sentence: Marked, start: int, at: int) -> int:
    """Cut "On Tuesday" and the like off the front of a phrase that ends at `at`."""
    words = sentence.words
    if words[start].lower not in PREPOSITIONS | OPENERS - DETERMINERS:
        return start
    name = sentence.people.ending.get(words[at].end)
    for n in range(at, start, -1):
        if words[n].lower in DETERMINERS and words[n - 1].lower not in PREPOSITIONS:
            return n
        if name and words[n].start == name.span.start:
            return n
    return at


def _without_time(sentence: Marked, start: int, at: int) -> int:
    """Cut "two years ago", "the next day", "May 6" off the front of a phrase that ends at `at`.

    Cut as well is a clause that the walk to the front took in: "the cuts followed an order".
    """
    for n in range(at - 1, start - 1, -1):
        word, before, after = (sentence.lower(n + step) for step in (0, -1, 1))
        over = word in ("ago", "later", "earlier") and before.removesuffix("s") in TIMES
        named = word in TIMES and before in ("next", "following", "previous", "same")
        begun = (word.isdigit() or word.endswith("ed")) and after in DETERMINERS
        if over or begun:
            return n + 1
        if named and after not in ("'s", "’s"):
            return n + 1
    return start


def _plausible(sentence: Marked, start: int, end: int) -> bool:
    """Tell whether a phrase may be a source: determined, capitalised, plural or a known noun."""
    phrase = sentence.words[start:end]
    if any(token.lower in SAID for token in phrase) or phrase[-1].lower in WEEKDAYS:
        return False
    if (phrase[0].lower in DETERMINERS and len(phrase) > 1) or phrase[0].lower in PRONOUNS:
        return True
    starting = sentence.people.starting
    if any(t.start in starting or t.lower in KNOWN or singular(t.lower) in ROLES for t in phrase):
        return True
    return phrase[-1].lower.endswith("s") and not phrase[-1].lower.endswith("ss")
