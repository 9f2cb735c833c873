"""Source phrases: where the noun phrase after a cue ends, and where the one before it begins."""

from __future__ import annotations

from corpus.attribution.page import STOPS, Sentence
from corpus.speakers.names import (
    DETERMINERS,
    DOCUMENTS,
    GROUPS,
    ORGANISATIONS,
    ROLES,
    singular,
)
from corpus.speakers.pronouns import PRONOUNS

JOINERS = frozenset(("and", "but", "while", "whereas", "though", "although", "yet", "or"))
CLAUSE = JOINERS | {
    "that", "when", "as", "because", "if", "whether", "where", "since", "so", "than", "until",
    "unless", "what", "how", "why",
}  # fmt: skip
RELATIVE = frozenset(("who", "which", "whose", "whom"))
SAID = frozenset(("said", "says", "told", "tells", "added", "adds"))
"""Verbs that no source begins with: "N, said the mayor had told him"."""
PREPOSITIONS = frozenset(
    ("in", "on", "at", "after", "before", "during", "for", "from", "by", "with", "to", "under",
     "over", "of", "about", "amid", "following", "since", "into", "through", "against", "near")
)  # fmt: skip
BE = frozenset(("is", "was", "are", "were", "be", "been", "being"))
AUXILIARIES = frozenset(
    ("is", "was", "are", "were", "has", "have", "had", "will", "would", "can", "could", "may",
     "might", "should", "must", "does", "did", "do", "be", "been")
)  # fmt: skip
BETWEEN = AUXILIARIES | {
    "also", "then", "now", "later", "still", "just", "even", "never", "not", "only", "however",
    "himself", "herself", "itself", "themselves", "further", "once", "often", "again", "already",
}  # fmt: skip
PEOPLE = frozenset(
    ("he", "she", "it", "they", "we", "i", "you", "who", "everybody", "everyone", "somebody",
     "someone", "another", "others", "mum", "dad")
)  # fmt: skip
OWNERS = frozenset(("'s", "’s"))
MARKS = STOPS | frozenset(',:()[]—–-"“”‘«»')
INNER = DETERMINERS | {"he", "she", "it", "they", "we", "i", "you"}
"""Words after "which" that begin the subject of its clause, so that the noun before is none."""
CITING = frozenset(("citing", "quoting"))
FURTHEST = 24
"""Number of tokens a source phrase may have, and an aside in it."""


def phrase_after(here: Sentence, start: int) -> int | None:
    """Return where the noun phrase that begins at token `start` ends, or None if none begins.

    An apposition or a clause between commas belongs to it: "N, a researcher at M".
    """
    if start >= len(here.words) or not here.words[start].is_word:
        return None
    if here.lower(start) in CLAUSE | AUXILIARIES | PREPOSITIONS:
        return None
    at = start
    while here.beside(at, start) and at - start < FURTHEST:
        if name := here.name(at):
            at = here.past(at, name.span.end)
            if name.kind == "person":
                break
            continue
        word = here.lower(at)
        ends = word in CLAUSE | RELATIVE | AUXILIARIES or here.words[at].word in MARKS
        if at > start and ends:
            break
        at += 1
    return _past_asides(here, at)


def _past_asides(here: Sentence, end: int) -> int:
    """Return where the descriptions after a name are over, the closing comma left out."""
    if here.lower(end) in OWNERS:
        return end
    if here.lower(end) in RELATIVE:
        return _clause_end(here, end)
    for _ in range(3):
        if here.lower(end) != "," or not here.beside(end, end - 1) or not _describes(here, end + 1):
            break
        end = _clause_end(here, end + 1)
    return end


def _clause_end(here: Sentence, at: int) -> int:
    first = at
    while here.beside(at, first - 1) and at - first < FURTHEST:
        if here.words[at].word in STOPS | {",", ":"}:
            break
        at += 1
    return at


def _describes(here: Sentence, at: int) -> bool:
    """Tell whether an aside begins at `at`: an age, "who", "a researcher at", "head of", a name."""
    word = here.lower(at)
    if word.isdigit():
        return here.lower(at + 1) in (",", ".", "")
    if word in RELATIVE or here.lower(at + 1) in RELATIVE:
        return True
    if not here.free(at):
        return False
    if (name := here.name(at)) and word not in DETERMINERS:
        after = here.past(at, name.span.end)
        return name.kind == "person" and here.lower(after) in (",", ".", "")
    for n in range(at, min(at + 9, len(here.words))):
        if here.words[n].word == "," or here.lower(n) in CLAUSE | PREPOSITIONS:
            return here.lower(n) == "of" and speaks(here, n - 2)  # "a secretary general of"
        over = n + 1 >= len(here.words) or here.words[n + 1].word in STOPS | {","}
        if speaks(here, n) and (over or here.lower(n + 1) in PREPOSITIONS | RELATIVE):
            return True
    return False


def speaks(here: Sentence, at: int) -> bool:
    """Tell whether the word at `at` is a noun for somebody or something that speaks."""
    word = here.lower(at)
    return singular(word) in ROLES or word in GROUPS or word in ORGANISATIONS


def somebody(here: Sentence, start: int, end: int) -> bool:
    """Tell whether the phrase of tokens `[start, end)` names somebody who may speak, or a role."""
    if here.lower(start) in PEOPLE:
        return True
    return any(here.name(at) is not None or speaks(here, at) for at in range(start, end))


def names_a_voice(here: Sentence, start: int, end: int) -> bool:
    """Tell whether the phrase is a person, a role, a body or a written thing, in any letters."""
    for at in range(start, end):
        word = here.lower(at)
        if speaks(here, at) or word in DOCUMENTS or here.people.by_word.get(word):
            return True
        if (name := here.name(at)) and name.kind in ("person", "organisation"):
            return True
    return False


def phrase_before(here: Sentence, end: int) -> tuple[int, int] | None:
    """Return the noun phrase right before token `end`, adverbs and auxiliaries passed over.

    It is whole: with what hangs on its noun and with an aside that a comma closes.
    """
    if end not in here.before:
        here.before[end] = _phrase_before(here, end)
    return here.before[end]


def _phrase_before(here: Sentence, end: int) -> tuple[int, int] | None:
    at = end - 1
    while at >= 0 and (here.lower(at) in BETWEEN or _adverb(here, at)):
        at -= 1
    stop = at + 1
    if at > 0 and here.words[at].word == ",":
        at = _before_aside(here, at)
        stop = stop - 1
    if not here.beside(at, end - 1) or not here.words[at].is_word or here.lower(at) in CLAUSE:
        return None
    if here.lower(at) in PRONOUNS:
        return at, stop
    start = _start(here, at)
    if start is not None and here.lower(start) in SAID:
        start += 1
    return (start, stop) if start is not None and start < stop else None


def passive(here: Sentence, verb: int) -> bool:
    """Tell whether a form of "be" makes the verb at `verb` one of what is done to its subject."""
    at = verb - 1
    while _adverb(here, at) or here.lower(at) in BETWEEN - AUXILIARIES:
        at -= 1
    return here.lower(at) in BE


def _adverb(here: Sentence, at: int) -> bool:
    return here.lower(at).endswith("ly") and not here.words[at].capital


def _before_aside(here: Sentence, closing: int) -> int:
    """Return the last token before the aside that ends with the comma at `closing`, or -1."""
    for at in range(closing - 1, max(0, closing - 2 * FURTHEST), -1):
        if here.lower(at) in CITING and here.lower(at - 1) == ",":
            return at - 2
    last = -1
    for at in range(closing - 1, max(0, closing - FURTHEST), -1):
        if not here.beside(at, closing) or here.words[at].word in STOPS:
            break
        if here.words[at].word == ",":
            last = at - 1
            if _describes(here, at + 1) or here.lower(at + 1) in DETERMINERS | {"in", "seen"}:
                break
    aged = last > 1 and here.lower(last).isdigit() and here.lower(last - 1) == ","
    return last - 2 if aged else last


def _start(here: Sentence, at: int) -> int | None:
    """Return where the phrase whose last word is at `at` begins."""
    start = at
    while start >= 0 and at - start < FURTHEST:
        name = here.people.ending.get(here.words[start].end)
        while name and start > 0 and here.words[start].start > name.span.start:
            start -= 1
        before = here.words[start - 1] if start else None
        if before is None or not here.beside(start - 1, at):
            break
        own = before.word in "'’" and here.lower(start - 2).endswith("s")
        if before.lower in CLAUSE or (before.word in MARKS and not own):
            break
        begins = here.name(start) or here.lower(start) in INNER
        if before.lower in RELATIVE and begins and not finite(here, start, at):
            break
        start -= 1
    return _without_opening(here, start, at)


def finite(here: Sentence, start: int, last: int) -> bool:
    """Tell whether tokens `start` to `last` are a whole clause: "whom N had hired in May"."""
    words = (here.words[at].word for at in range(start, last + 1))
    return any(word in AUXILIARIES or (word.islower() and word.endswith("ed")) for word in words)


def _without_opening(here: Sentence, start: int, at: int) -> int | None:
    """Cut "On Tuesday" and the like off the front of a phrase; None if nothing is left."""
    first = here.lower(start)
    if first not in PREPOSITIONS and not first.endswith("ing"):
        return start
    for n in range(at, start, -1):
        if here.lower(n) in DETERMINERS and here.lower(n - 1) not in PREPOSITIONS:
            return n
        if here.name(n) and here.lower(n - 1) not in PREPOSITIONS | DETERMINERS:
            return n
    return None


def written_head(here: Sentence, start: int, end: int) -> bool:
    """Tell whether the phrase of tokens `[start, end)` is a written thing: roster, report."""
    word = here.lower(head_of(here, start, end))
    return word in DOCUMENTS or word.removesuffix("s") in DOCUMENTS


def head_of(here: Sentence, start: int, end: int) -> int:
    """Return the token of the phrase `[start, end)` that the rest hangs on: "*files* of A"."""
    head = start
    for at in range(start, end):
        over = here.lower(at) in PREPOSITIONS | RELATIVE or here.lower(at + 1) == "by"
        if at > start and (over or here.words[at].word == ","):
            break
        if here.words[at].is_word:
            head = at
    return head


def antecedent(here: Sentence, relative: int) -> tuple[int, int] | None:
    """Return the phrase that the "who" or "which" at token `relative` points back to."""
    at = relative - 1
    if at > 0 and here.lower(at) == ",":
        at -= 1
    if not here.free(at) or not here.words[at].is_word:
        return None
    name = here.people.ending.get(here.words[at].end)
    if name and (name.kind == "person") == (here.lower(relative) != "which"):
        return here.index(name.span.start), at + 1
    if here.lower(relative) == "who" and (earlier := _earlier(here, at)):
        return antecedent(here, earlier)
    start = _start(here, at)
    if start is None or (name and name.kind == "person"):
        return None
    return next((n for n in range(at, start, -1) if _determined(here, n)), start), at + 1


def _earlier(here: Sentence, last: int) -> int | None:
    """Return the "who" of the clause that ends at token `last`, unless with another who speaks."""
    if singular(here.lower(last)) in ROLES or here.lower(last) in GROUPS:
        return None
    for at in range(last, max(0, last - FURTHEST), -1):
        if here.lower(at) == "who" and here.lower(at - 1) == ",":
            return at
        name = here.name(at)
        if here.words[at].word in MARKS or (name and name.kind == "person"):
            break
    return None


def _determined(here: Sentence, at: int) -> bool:
    return here.lower(at) in DETERMINERS and here.lower(at - 1) not in PREPOSITIONS - {"with"}
