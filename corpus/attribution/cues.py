"""The words that attribute: which verb form belongs to which class, and a sentence marked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.lexicon import load
from corpus.quotes import Quotation
from corpus.spans import Span
from corpus.speakers.people import People
from corpus.speakers.tokens import Token

_CUES = load("cues")


def _forms(name: str) -> frozenset[str]:
    return frozenset(form for verb in _CUES[name] for form in verb.split())


SAY, THINK, URGE, SHOW = _forms("say"), _forms("think"), _forms("urge"), _forms("show")
THAT_ONLY = _forms("that")
PUT = frozenset(("put", "puts", "putting"))
VERBS = SAY | THINK | URGE | SHOW | THAT_ONLY
NOUNS = frozenset(_CUES["nouns"])
BETWEEN = frozenset(_CUES["between"])
GIVEN, GIVERS = frozenset(_CUES["given"]), frozenset(_CUES["givers"])
ADJUNCTS = frozenset(_CUES["adjuncts"])
SOURCES = tuple(tuple(phrase.split()) for phrase in _CUES["sources"])
VIEWS = frozenset(_CUES["views"])
OWNERS = frozenset(("'s", "’s", "his", "her", "their", "'", "’"))
OPENING, CLOSING = "“‘«\"'`", "”’»\"'"
STOPS = frozenset(".!?;")
NEVER_BEFORE = frozenset(("to", "the", "a", "an", "be", "been", "being", "'s", "’s", "of"))
NEVER_AFTER = frozenset(
    ("was", "were", "had", "has", "have", "is", "are", "of", "with", "by", "tank", "tanks")
)
SUBJECT_PRONOUNS = frozenset(("he", "she", "they", "it", "we", "i", "who", "also"))
OBJECT = frozenset(
    ("that", "the", "a", "an", "its", "his", "her", "their", "about", "nearly", "almost", "over",
     "some", "up", "at", "more", "no", "how", "only", "roughly", "around")
)  # fmt: skip
JOINERS = frozenset(("and", "but", "while", "whereas", "though", "although", "yet", "or"))


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence as tokens, and for each token the outermost quotation it stands in, if any."""

    span: Span
    words: Sequence[Token]
    quoted: Sequence[Quotation | None]
    people: People

    def lower(self, at: int) -> str:
        """Return the folded word at `at`, or an empty text beyond either end."""
        return self.words[at].lower if 0 <= at < len(self.words) else ""

    def free(self, at: int) -> bool:
        """Tell whether there is a token at `at` and it stands in no quotation."""
        return 0 <= at < len(self.words) and self.quoted[at] is None

    def ends(self, at: int) -> bool:
        """Tell whether the sentence is over at `at`: its end, or a mark that ends a clause."""
        return at >= len(self.words) or self.words[at].word in STOPS


def marked(
    words: Sequence[Token], span: Span, quotations: Sequence[Quotation], people: People
) -> Marked:
    """Mark the tokens of a sentence with the quotations around them; both are sorted."""
    quoted: list[Quotation | None] = []
    at = 0
    for token in words:
        while at < len(quotations) and quotations[at].span.end <= token.start:
            at += 1
        inside = at < len(quotations) and quotations[at].span.start <= token.start
        quoted.append(quotations[at] if inside else None)
    return Marked(span, words, quoted, people)


def view_words(sentence: Marked, at: int) -> int:
    """Return how many words "in N's view", "by his count" has from `at`; 0 if it is none."""
    if sentence.lower(at) not in ("in", "by", "on"):
        return 0
    for n in range(at + 2, min(at + 9, len(sentence.words))):
        if sentence.lower(n) in VIEWS:
            owner = sentence.lower(n - 1)
            named = sentence.words[at + 1].start in sentence.people.starting
            whole = n == at + 2 or named or sentence.lower(at + 1) == "the"
            return n + 1 - at if owner in OWNERS and whole else 0
    return 0


def source_words(sentence: Marked, at: int) -> int:
    """Return how many words of "according to", "per" and the like begin at `at`; 0 if none."""
    for phrase in SOURCES:
        if not all(sentence.lower(at + n) == word for n, word in enumerate(phrase)):
            continue
        if phrase != ("per",) or at == 0 or sentence.lower(at - 1) in (",", ")"):
            return len(phrase)
    return 0


def is_verb(sentence: Marked, at: int) -> bool:
    """Tell whether the word at `at` may be a cue verb, outside all quotation marks."""
    word, before, following = sentence.lower(at), sentence.lower(at - 1), sentence.lower(at + 1)
    if not sentence.free(at) or word not in VERBS or (at and sentence.words[at].capital):
        return False
    if before == "that" and following == ",":
        return False  # "That said, the boats left": nobody speaks
    told_of = following == "of" and word in ("speaks", "spoke", "tells", "told")
    if before in NEVER_BEFORE or (following in NEVER_AFTER | VERBS and not told_of):
        return False
    if word in THAT_ONLY and following != "that":
        return False
    put_at = "at" in [sentence.lower(at + n) for n in range(2, 9)]
    if word in PUT and not put_at and following != "it":
        return False
    if word.endswith("ed") and "by" in [sentence.lower(at + n) for n in range(2, 4)]:
        return False
    return word not in NOUNS or _takes_object(sentence, at + 1) or before in SUBJECT_PRONOUNS


def _takes_object(sentence: Marked, at: int) -> bool:
    """Tell whether a verb's object or clause begins at `at`, so that it is no noun."""
    if at >= len(sentence.words) or not sentence.free(at):
        return at < len(sentence.words)
    token = sentence.words[at]
    if token.word in STOPS:
        return True
    return token.lower in OBJECT or token.word[0].isdigit() or token.word in "$€£¥:"
