"""The people and bodies of one article, each under one full name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.lexicon import load
from corpus.spans import Span
from corpus.speakers.names import HONORIFICS, ROLES, Name, names, singular
from corpus.speakers.tokens import Token, tokens

MALE = frozenset(load("titles")["male"])
FEMALE = frozenset(load("titles")["female"])
ALIKE = [frozenset(group) for group in load("titles")["alike"]]
SHORT_FORM_RE = re.compile(r"\s?\((?P<short>[A-Z][A-Za-z&]{1,11})\)")
NEAREST = 60
"""Number of names before a place that are looked at."""
APPOSITION = 12
"""Number of words after "NAME," in which the noun of a description is looked for."""
MANY = 40
"""Number of people of one name or role who are kept apart; later ones answer to full names only."""


@dataclass(slots=True)
class Person:
    """Somebody named in full: folded `words` of the name, role nouns, and where it stands."""

    name: str
    words: tuple[str, ...]
    roles: set[str] = field(default_factory=set)
    places: list[int] = field(default_factory=list)

    @property
    def gender(self) -> str | None:
        """`m` or `f` where a title or description says so."""
        if self.roles & FEMALE:
            return None if self.roles & MALE else "f"
        return "m" if self.roles & MALE else None

    @property
    def offices(self) -> set[str]:
        """The role nouns said of the person, and those that are used for the same thing."""
        return self.roles.union(*(alike for alike in ALIKE if alike & self.roles))


@dataclass(slots=True)
class People:
    """Everybody named in the article, and every name in it by where it begins and ends.

    `words` are the tokens of each sentence.
    """

    text: str
    persons: list[Person]
    names: list[Name]
    full_forms: dict[str, str]
    words: list[list[Token]]
    by_name: dict[str, Person] = field(init=False)
    by_words: dict[tuple[str, ...], Person] = field(init=False)
    by_word: dict[str, list[Person]] = field(init=False)
    by_office: dict[str, list[Person]] = field(init=False)
    bodies: dict[str, list[tuple[int, str]]] = field(init=False)
    ending: dict[int, Name] = field(init=False)
    starting: dict[int, Name] = field(init=False)

    def __post_init__(self) -> None:
        self.by_name = {person.name: person for person in self.persons}
        self.by_words = {person.words: person for person in self.persons}
        self.by_word = _gathered((person.words, person) for person in self.persons)
        self.by_office = _gathered((person.offices, person) for person in self.persons)
        self.ending = {name.span.end: name for name in self.names}
        self.starting = {name.span.start: name for name in self.names}
        self.bodies = defaultdict(list)
        for name in self.names:
            if name.kind == "organisation" and len(name.words) > 1:
                for word in dict.fromkeys((name.words[0], name.words[-1])):
                    self.bodies[word].append((name.span.start, self.body(name)))

    def matching(self, words: Sequence[str], roles: Iterable[str]) -> list[Person]:
        """Return the people a short form may stand for, fewest contradictions first."""
        if whole := self.by_words.get(tuple(words)):
            return [whole]
        bearers = min((self.by_word.get(word, []) for word in words), key=len)
        found = [one for one in bearers if set(words) <= set(one.words)]
        return found if len(found) < 2 else _fitting(found, set(roles)) or found

    def near(self, place: int, far: int) -> list[Person]:
        """Return the people named within `far` code points before `place`."""
        at = bisect_left(self.names, place, key=lambda name: name.span.start)
        found: dict[str, Person] = {}
        for name in reversed(self.names[max(0, at - NEAREST) : at]):
            if place - name.span.start > far:
                break
            bearers = self.by_word.get(name.words[0], []) if name.words else []
            if len(bearers) == 1:
                found[bearers[0].name] = bearers[0]
        return list(found.values())

    def around(self, place: int) -> Name | None:
        """Return the name that the code point `place` stands in."""
        at = bisect_right(self.names, place, key=lambda name: name.span.start) - 1
        return self.names[at] if at >= 0 and place < self.names[at].span.end else None

    def longer_body(self, name: Name, place: int) -> str | None:
        """Return the one body named before `place` that a single word is short for."""
        word = name.words[0] if name.words else ""
        longer = {body for start, body in self.bodies.get(word, ())[-NEAREST:] if start < place}
        return longer.pop() if len(longer) == 1 else None

    def body(self, name: Name) -> str:
        """Return the full name of a body or other name that is no person's."""
        written = name.core.cut(self.text)
        return self.full_forms.get(written.lower(), written)


def people(text: str, sentences: Sequence[Span]) -> People:
    """Read all names of `text` and gather the people behind them."""
    found: list[Name] = []
    by_words: dict[tuple[str, ...], Person] = {}
    lines = [tokens(text, sentence) for sentence in sentences]
    for words in lines:
        ends = {token.end: n for n, token in enumerate(words)}
        starts = {token.start: n for n, token in enumerate(words)}
        for name in names(words):
            found.append(name)
            if name.kind == "person" and len(name.words) > 1:
                person = by_words.setdefault(name.words, Person(name.core.cut(text), name.words))
                person.places.append(name.span.start)
                person.roles.update(name.roles)
                person.roles.update(_before(words, starts[name.span.start]))
                person.roles.update(_after(words, ends[name.span.end]))
    persons = _one_each(by_words.values())
    _add_titles(found, persons)
    return People(
        text=text,
        persons=persons,
        names=found,
        full_forms=_full_forms(text, found),
        words=lines,
    )


def _gathered(found: Iterable[tuple[Iterable[str], Person]]) -> dict[str, list[Person]]:
    """Return the first people who answer to each word, in the order they are given."""
    bearers: dict[str, list[Person]] = defaultdict(list)
    for words, person in found:
        for word in set(words):
            if len(bearers[word]) < MANY:
                bearers[word].append(person)
    return bearers


def _fitting(found: Sequence[Person], roles: set[str]) -> list[Person]:
    """Return those of `found` whom the title fits: by gender and by role."""
    gender = "f" if roles & FEMALE else "m" if roles & MALE else None
    fitting = [one for one in found if gender is None or one.gender in (gender, None)]
    sure = [one for one in fitting if gender is not None and one.gender == gender]
    offices = (roles & ROLES) - HONORIFICS
    playing = [one for one in fitting if offices & one.offices]
    return playing or sure or fitting


def _before(words: Sequence[Token], at: int) -> set[str]:
    """Return the role nouns right before a name: "plumber NAME", "its director, NAME"."""
    roles = set()
    at -= 1
    if at > 0 and words[at].word == ",":
        at -= 1
    while at >= 0 and words[at].is_word and singular(words[at].lower) in ROLES:
        roles.add(words[at].lower)
        at -= 1
    return roles


def _after(words: Sequence[Token], at: int) -> set[str]:
    """Return the role nouns of an apposition: "NAME, 58, a researcher at"."""
    if at + 1 >= len(words) or words[at + 1].word != ",":
        return set()
    at += 2
    while at + 1 < len(words) and (words[at].word[0].isdigit() or words[at].word == ","):
        at += 1
    roles = set()
    for token in words[at : at + APPOSITION]:
        if token.lower in ("of", "at", "for", "with", "from", "in", "who", "and") or not (
            token.is_word or token.lower in ("'s", "’s", "’", "'")
        ):
            break
        if token.lower in ROLES or token.lower in MALE | FEMALE:
            roles.add(token.lower)
    return roles


def _one_each(found: Iterable[Person]) -> list[Person]:
    """Join a partial name to the one longer name that holds it: "C. Ortiz" stays apart."""
    by_length = sorted(found, key=lambda one: -len(one.words))
    by_word: dict[str, list[Person]] = defaultdict(list)
    kept: list[Person] = []
    for person in by_length:
        wider = [one for one in by_word[person.words[-1]] if set(person.words) < set(one.words)]
        if len(wider) == 1:
            wider[0].roles |= person.roles
            wider[0].places += person.places
            continue
        kept.append(person)
        for word in set(person.words):
            if len(by_word[word]) < MANY:
                by_word[word].append(person)
    for person in kept:
        person.places.sort()
    return sorted(kept, key=lambda one: one.places[0])


def _add_titles(found: Iterable[Name], persons: Sequence[Person]) -> None:
    """Give a person the title of a short form that can be nobody else's: "Ms Voss"."""
    by_word = _gathered((person.words, person) for person in persons)
    for name in found:
        if len(name.words) == 1 and len(bearers := by_word.get(name.words[0], [])) == 1:
            bearers[0].roles.update(name.roles)
            bearers[0].places.append(name.span.start)


def _full_forms(text: str, found: Iterable[Name]) -> dict[str, str]:
    """Map the folded short form in brackets to the name before it: "Global Times (GT)"."""
    forms: dict[str, str] = {}
    for name in found:
        if short := SHORT_FORM_RE.match(text, name.span.end):
            forms.setdefault(short["short"].lower(), name.core.cut(text))
    return forms
