"""What stands beside a name in its sentence and tells of its bearer: titles, ages, posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.lexicon import load
from corpus.speakers.names import DETERMINERS, ROLES, does_work, singular
from corpus.speakers.tokens import Token

_TITLES = load("titles")
MAKERS = frozenset(_TITLES["makers"])
PAPERS = frozenset(("newspaper", "daily", "weekly", "tabloid", "magazine"))
_BODIES = MAKERS | frozenset(_TITLES["organisations"]) | {"newspaper", "paper"}
NOUNS = ROLES | frozenset(_TITLES["male"]) | frozenset(_TITLES["female"])
NOUNS |= frozenset(_TITLES["characters"]) | frozenset(_TITLES["kin"])
NOUNS -= {"he", "she"}
GOVERNING = frozenset(
    ("of", "for", "to", "with", "by", "at", "in", "on", "from", "against", "about", "after",
     "before", "over", "under", "than", "like", "near", "between", "behind", "without", "into")
)  # fmt: skip
_STAFFED = frozenset(("for", "at", "of", "with"))
_STAFF = frozenset(
    ("spokesman", "spokeswoman", "spokesperson", "spokesmen", "analyst", "economist", "director",
     "employee", "worker", "shareholder", "executive", "strategist", "engineer")
)  # fmt: skip
_OWNED = frozenset(
    ("shares", "stock", "plant", "factory", "board", "staff", "workers", "chief", "chairman",
     "chairwoman", "shareholders", "directors", "branch", "headquarters", "profits", "website")
)  # fmt: skip
_PARTISAN = frozenset(
    ("opposition", "ruling", "so-called", "local", "rival", "banned", "radical", "influential",
     "far-right", "far-left", "right-wing", "left-wing", "state-owned", "governing", "national")
)  # fmt: skip
_IS = frozenset(("is", "was", "became", "becomes", "remains", "been"))
_MADE = frozenset(("made", "named", "elected", "re-elected", "appointed", "now", "then", "once"))
_DOES = {
    "leads": "leader", "led": "leader", "heads": "head", "headed": "head", "chairs": "chair",
    "chaired": "chair", "owns": "owner", "owned": "owner", "founded": "founder", "edits": "editor",
    "edited": "editor", "runs": "boss", "manages": "manager", "coaches": "coach",
}  # fmt: skip
_STOPS = frozenset(
    (
        "of",
        "at",
        "for",
        "with",
        "from",
        "in",
        "who",
        "whose",
        "which",
        "and",
        "that",
        "to",
        "on",
        "by",
    )
)
_GOES_ON = frozenset(
    ("your", "my", "our", "she", "he", "they", "it", "said", "says", "told", "added", "when", "was",
     "were", "is", "has", "had", "will", "would", "her", "his", "their", "as", "but", "because")
)  # fmt: skip
"""Words that no description of a person runs on over: "NAME, 82, said her son"."""
_BEFORE_SUBJECTS = frozenset(("but", "while", "when", "because", "as", "that", "said", "says"))
_WHOSE = {"his": "he", "her": "she"}
_ASIDE = DETERMINERS | {"who", "aged"}
_APPOSED = 12
"""Number of words after "NAME," in which the noun of a description is looked for."""
_MODIFIERS = 4
"""Number of words before a noun that describe it."""


@dataclass(slots=True)
class Told:
    """What one place tells of a named person: role nouns, all words about them, ages."""

    roles: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    ages: set[str] = field(default_factory=set)

    def noun(self, words: Sequence[Token], at: int, first: int) -> None:
        """Take the noun at `at` and its modifiers, from the token `first` on."""
        self.roles.add(singular(words[at].lower))
        self.words.update(token.lower for token in words[max(first, at - _MODIFIERS) : at + 1])


def told(words: Sequence[Token], start: int, end: int) -> Told:
    """Return what is told of a person named by the tokens `[start, end)` of a sentence."""
    about = Told()
    _before(words, start, about)
    if gives_name(words, start):
        whose = {_WHOSE.get(token.lower, "") for token in words[max(0, start - 4) : start]}
        about.roles.update(whose - {""} or {"person"})
    begins = _word(words, end + 1)
    closed = _word(words, start - 1) == "," and not (begins.isdigit() or begins in _ASIDE)
    if _word(words, end) in (",", "(") and not closed:
        _after(words, end + 1, about)
    else:
        _predicate(words, end, about)
    return about


def gives_name(words: Sequence[Token], start: int) -> bool:
    """Tell whether somebody "gave her name (only) as" what begins at `start`."""
    before = [token.lower for token in words[max(0, start - 3) : start]]
    return before[-2:] == ["name", "as"] or before == ["name", "only", "as"]


def names_a_body(words: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether a name is plainly a body's: "a spokeswoman for N", "N shares", "carmaker N"."""
    before, after = _word(words, start - 1), _word(words, end)
    if before in _STAFFED and singular(_word(words, start - 2)) in _STAFF:
        return True
    if before in MAKERS and _word(words, end + 1).isdigit() is False:
        return True
    if _the_before(words, start) and end - start > 1:
        return True
    if before == "," and _word(words, start - 2) in _BODIES and start > 2:
        return words[start - 3].lower in DETERMINERS | {"'s", "’s"}  # "the company, N"
    owned = _word(words, end + 1) if after in ("'s", "’s", "'", "’") else after
    return owned in _OWNED


def _the_before(words: Sequence[Token], start: int) -> bool:
    """Tell whether a name has its own article: "the Harvest Front", not "the poet Ann Lee"."""
    for at in range(start - 1, max(-1, start - _MODIFIERS), -1):
        word = words[at].lower
        if word == "the":
            return True
        if not words[at].is_word or singular(word) in NOUNS or word in DETERMINERS | GOVERNING:
            return False
        if word not in _PARTISAN:
            return False
    return False


def governed(words: Sequence[Token], start: int) -> bool:
    """Tell whether a name that begins at `start` hangs on a preposition or a plain verb."""
    at = start - 1
    while at >= 0 and start - at <= _MODIFIERS:
        word = words[at].lower
        if word in GOVERNING:
            return True
        if not words[at].is_word or word in DETERMINERS:
            return False
        if word == "and":
            return True
        if not (words[at].capital or singular(word) in NOUNS):
            return word not in _BEFORE_SUBJECTS
        at -= 1
    return False


def _word(words: Sequence[Token], at: int) -> str:
    return words[at].lower if 0 <= at < len(words) else ""


def _before(words: Sequence[Token], start: int, about: Told) -> None:
    """Read "retired plumber NAME", "its director, NAME", "the mayor of Oss, NAME"."""
    at = start - 1
    if _word(words, at) in (",", "("):
        at = _noun_of(words, at - 1)
    first = at
    while first >= 0 and at - first < _MODIFIERS and words[first].is_word:
        if words[first].lower in DETERMINERS | GOVERNING:
            break
        first -= 1
    if at > first >= 0 and words[at].lower not in MAKERS and does_work(words[at].lower):
        about.noun(words, at, first + 1)  # "the fitter NAME"
    while at > first and singular(words[at].lower) in NOUNS:
        about.noun(words, at, first + 1)
        at -= 1


def _noun_of(words: Sequence[Token], at: int) -> int:
    """Return the noun of a description that ends at `at`: "mayor" of "the mayor of Oss"."""
    back = at
    while back > 0 and at - back < _APPOSED and (words[back].is_word):
        if words[back].lower in _STAFFED and singular(words[back - 1].lower) in NOUNS:
            return back - 1
        back -= 1
    return at


def _after(words: Sequence[Token], at: int, about: Told) -> None:
    """Read "NAME, 58, a researcher at", "NAME, who heads"."""
    if _word(words, at) == "aged":
        at += 1
    if _word(words, at).isdigit():
        about.ages.add(words[at].lower)
        at += 2
    if _word(words, at) == "who":
        _does(words, at + 1, about)
        return
    first = at
    for n in range(at, min(at + _APPOSED, len(words))):
        word = words[n].lower
        if word in _STOPS | _GOES_ON or not (words[n].is_word or word in ("'s", "’s", "’", "'")):
            return
        if word in DETERMINERS or word in ("'s", "’s"):
            first = n + 1
        elif word in NOUNS:
            about.noun(words, n, first)


def _does(words: Sequence[Token], at: int, about: Told) -> None:
    if _word(words, at) in _MADE:
        at += 1
    if does := _DOES.get(_word(words, at)):
        about.roles.add(does)
    else:
        _predicate(words, at, about)


def _predicate(words: Sequence[Token], at: int, about: Told) -> None:
    """Read "NAME was made keeper of", "NAME is a retired surveyor"."""
    if _word(words, at) in ("has", "had"):
        at += 1
    if _word(words, at) not in _IS:
        return
    at += 1
    made = at
    while _word(words, at) in _MADE:
        at += 1
    determined = _word(words, at) in DETERMINERS
    first = at + determined
    furthest = first + (_MODIFIERS if determined else 1 + (at > made))
    for n in range(first, min(furthest, len(words))):
        if words[n].lower in _STOPS or not words[n].is_word:
            return
        if words[n].lower in NOUNS:
            about.noun(words, n, first)
            return
