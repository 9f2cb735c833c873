"""What an article says a named person is: titles and bodies before and after the name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.lexicon import folded, load
from corpus.spans import Span
from corpus.speakers.spelling import fold
from corpus.speakers.tokens import Token, tokens

_TITLES: Final = load("titles")
_ROLES: Final = frozenset(_TITLES["roles"])
_BODIES: Final = frozenset(_TITLES["organisations"])
_ALIKE: Final = [frozenset(group) for group in _TITLES["alike"]]
_MALE: Final = frozenset(_TITLES["male"]) & _ROLES
_FEMALE: Final = frozenset(_TITLES["female"]) & _ROLES
_HONORIFICS: Final = frozenset(_TITLES["honorifics"])
_VAGUE: Final = folded("bodies", "vague_titles")
_COMMON: Final = folded("bodies", "common") | _BODIES
_HELD_AS: Final = folded("bodies", "held_as")
_ARTICLES: Final = frozenset(("a", "an", "the", "its", "his", "her", "their", "one"))
_LINKS: Final = frozenset(("of", "to", "for", "at", "with", "from", "in"))
_WHERE: Final = frozenset(("at", "with", "from"))
_INSIDE: Final = frozenset(("of", "for", "and", "the", "on", "&"))
_AFTER_TITLE: Final = frozenset(("general", "designate", "elect", "emeritus"))
_VERBS: Final = frozenset(
    ("who", "which", "that", "said", "says", "told", "was", "is", "were", "had", "has", "and")
) | {"but", "when", "where", "while", "as", "added", "wrote", "then", "he", "she", "they"}
_ENDS: Final = frozenset(',.;:!?"“”()[]–—\n')
MANY: Final = 12
"""Places of one name that are looked at."""
_BESIDE: Final = 160
"""Code points before and after a name that are looked at."""
_BEFORE_TITLE: Final = 7
"""Words that may stand between the beginning of a phrase and its title."""


@dataclass(frozen=True, slots=True)
class Office:
    """A title and the body it is held at, either may be empty, and the span that says so."""

    title: str
    organisation: str
    span: Span


def offices(text: str, name: str) -> list[Office]:
    """Return what `text` says the bearer of `name` is, each once, in the order of the text."""
    found: dict[tuple[str, str], Office] = {}
    for place in _places(text, name):
        for office in _around(text, place):
            found.setdefault((fold(office.title), fold(office.organisation)), office)
    return list(found.values())


def features(title: str, organisation: str) -> frozenset[str]:
    """Return what an office tells of its holder: "title:…" and "body:…", for comparing.

    Titles that stand for one another share a feature; titles that go with any other have none.
    """
    found = set()
    for word in fold(title).split():
        if word in _ROLES - _VAGUE:
            groups = [min(group) for group in _ALIKE if word in group]
            found |= {f"title:{one}" for one in [*groups, *([] if groups else [word])]}
    body = [*fold(organisation).split(), *_named(title)]
    found |= {f"body:{word}" for word in body if word not in _COMMON | _INSIDE | _LINKS}
    return frozenset(found)


def gender(titles: Iterable[str]) -> str:
    """Return m or f where titles agree on it ("spokeswoman"), else the empty text."""
    words = {word for title in titles for word in fold(title).split()}
    male, female = bool(words & _MALE), bool(words & _FEMALE)
    return "" if male == female else "m" if male else "f"


def _named(title: str) -> list[str]:
    """Return the folded names in a title: "mayor of Saltmere" names Saltmere."""
    words = [word for word in title.split() if word[:1].isupper()]
    return [word for word in fold(" ".join(words)).split() if word not in _ROLES | _HELD_AS]


def _places(text: str, name: str) -> Iterator[Span]:
    at = text.find(name)
    for _ in range(MANY):
        if at < 0:
            return
        end = at + len(name)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield Span(at, end)
        at = text.find(name, end)


def _around(text: str, name: Span) -> Iterator[Office]:
    line = text.rfind("\n", max(0, name.start - _BESIDE), name.start) + 1
    before = _tokens(text, max(line, name.start - _BESIDE), name.start)
    if before and before[-1].word == ",":
        if (found := _phrase(text, _piece(before[:-1]))) and _whole(text, found, before[-1].start):
            yield found
    elif found := _just_before(text, _piece(before)):
        yield found
    line = text.find("\n", name.end, name.end + _BESIDE)
    after = _tokens(text, name.end, name.end + _BESIDE if line < 0 else line)
    if after and after[0].word == ",":
        apposed = after[1:]
        if len(apposed) > 1 and apposed[0].word.isdigit():
            apposed = apposed[2:]  # "Lena Ortiz, 44, a nurse"
        if found := _phrase(text, apposed):
            yield found


def _tokens(text: str, start: int, end: int) -> list[Token]:
    start, end = max(0, start), min(len(text), end)
    return tokens(text, Span(start, end)) if start < end else []


def _whole(text: str, office: Office, end: int) -> bool:
    """Tell whether an office is all that stands before the comma: "The mayor of X, Lena Ortiz"."""
    return not text[office.span.end : end].strip()


def _piece(words: Sequence[Token]) -> Sequence[Token]:
    """Return the words after the last mark that ends a phrase."""
    for n in range(len(words) - 1, -1, -1):
        full_stop = words[n].word == "." and n and words[n - 1].lower in _HONORIFICS
        if words[n].word in _ENDS and not full_stop:
            return words[n + 1 :]
    return words


def _just_before(text: str, words: Sequence[Token]) -> Office | None:
    """Read "Saltmere harbourmaster", "ambassador to China" right before a name."""
    words = [word for word in words if word.lower not in _HONORIFICS and word.word != "."]
    last = next((n for n in range(len(words) - 1, -1, -1) if words[n].lower in _ROLES), None)
    if last is None or len(words) - last > 6:
        return None
    after = words[last + 1 :]
    if after and (after[0].lower not in _LINKS or not all(_of_name(word) for word in after[1:])):
        return None
    first = last
    while first and _modifies(words[first - 1]) and last - first < _BEFORE_TITLE:
        first -= 1
    return _office(text, words[first:], last - first)


def _modifies(word: Token) -> bool:
    title = word.lower in _ROLES or word.lower in _HELD_AS or word.lower in _BODIES
    return (word.capital or title or word.word in ("'s", "’s")) and word.lower not in _ARTICLES


def _of_name(word: Token) -> bool:
    return word.capital or word.lower in _INSIDE


def _phrase(text: str, words: Sequence[Token]) -> Office | None:
    """Read "a professor of history at the University of Saltmere" from its beginning."""
    while words and words[0].lower in _ARTICLES:
        words = words[1:]
    for n, word in enumerate(words[:_BEFORE_TITLE]):
        if word.lower in _ROLES:
            last = n
            while last + 1 < len(words) and words[last + 1].lower in _ROLES | _AFTER_TITLE:
                last += 1
            return _office(text, words, last)
        if not (word.is_word or word.word in "'’") or word.lower in _ARTICLES | _LINKS | _VERBS:
            return None
    return None


def _office(text: str, words: Sequence[Token], last: int) -> Office:
    """Cut title and body out of a phrase whose title noun is `words[last]`."""
    owners = [n for n in range(last) if words[n].lower in _BODIES]
    first = owners[-1] + 1 if owners else 0
    former = 0
    while former < first and words[former].lower in _HELD_AS:
        former += 1  # "former Lantern Institute director"
    held, body = _cut(text, words[:former]), _cut(text, words[former:first])
    if first and words[first].lower in ("'s", "’s"):
        first += 1
    end = last
    while end + 2 < len(words) and words[end + 1].lower in _LINKS:
        start = end + 2 + (words[end + 2].lower == "the")
        stop = _run(words, start)
        if stop == start:
            break
        run = words[start:stop]
        if not body and (words[end + 1].lower in _WHERE or any(w.lower in _BODIES for w in run)):
            body = _cut(text, run) if any(word.capital for word in run) else ""
            whole = Span(words[0].start, run[-1].end)
            return Office(_cut(text, words[first : end + 1]), body, whole)
        end = stop - 1
    title = " ".join(filter(None, (held, _cut(text, words[first : end + 1]))))
    return Office(title, body, Span(words[0].start, words[end].end))


def _run(words: Sequence[Token], start: int) -> int:
    """Return where a name that begins at `start` ends; up to two plain words are taken too."""
    end = start
    while end < len(words) and end - start < 14:
        if words[end].capital or (
            words[end].lower in _INSIDE and end > start and _capital_soon(words, end)
        ):
            end += 1
        else:
            break
    if end == start and end < len(words) and words[end].is_word:
        plain = words[end].lower not in _ARTICLES | _LINKS | _VERBS
        return end + 1 if plain else start
    return end


def _capital_soon(words: Sequence[Token], at: int) -> bool:
    return any(word.capital for word in words[at + 1 : at + 3])


def _cut(text: str, words: Sequence[Token]) -> str:
    return " ".join(text[words[0].start : words[-1].end].split()) if words else ""
