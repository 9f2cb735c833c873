"""The people and bodies of one article, each under one full name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.spans import Span
from corpus.speakers.beside import MAKERS, PAPERS, Told, governed, names_a_body, told
from corpus.speakers.names import (
    GROUPS,
    HONORIFICS,
    NOT_PEOPLE,
    PARTICLES,
    ROLES,
    Name,
    given,
    names,
)
from corpus.speakers.person import FEMALE, KIN, MALE, Person
from corpus.speakers.tokens import Token, tokens

VAGUE = frozenset(
    ("host", "member", "partner", "neighbour", "neighbor", "leader", "champion", "source")
)
SHORT_FORM_RE = re.compile(r"\s?\((?P<short>[A-Z][A-Za-z&]{1,11})\)")
NICKNAME_RE = re.compile(r"\s*['\"‘“][^'\"’”]{1,60}['\"’”]")
HEADLINE, _LONG = 30, 4
"""Tokens a headline may have; letters from which its words are looked at, and as many words."""
LOCATED = frozenset(("in", "near", "through", "across", "around", "outside"))
MANY = 40
"""Number of people of one name or role who are kept apart; later ones answer to full names only."""


@dataclass(slots=True)
class People:
    """Everybody named in the article, and every name in it by where it begins and ends.

    `words` are the tokens of each sentence and `sentences` where it begins; `places` the single
    words that something was "in" or "near".
    """

    text: str
    persons: list[Person]
    names: list[Name]
    full_forms: dict[str, str]
    words: list[list[Token]]
    sentences: list[int]
    by_name: dict[str, Person] = field(init=False)
    by_words: dict[tuple[str, ...], Person] = field(init=False)
    by_word: dict[str, list[Person]] = field(init=False)
    by_office: dict[str, list[Person]] = field(init=False)
    bodies: dict[str, list[tuple[int, str]]] = field(init=False)
    introduced: dict[str, list[tuple[int, str]]] = field(init=False)
    _initials: dict[str, str] = field(init=False)
    ending: dict[int, Name] = field(init=False)
    starting: dict[int, Name] = field(init=False)
    places: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.by_name = {person.name: person for person in self.persons}
        self.by_words = {one.words: one for one in self.persons if len(one.words) > 1}
        self.by_word = _gathered(((*one.words, *one.nickname), one) for one in self.persons)
        self.by_office = _gathered((person.offices, person) for person in self.persons)
        self.ending = {name.span.end: name for name in self.names}
        self.starting = {name.span.start: name for name in self.names}
        self._initials = _initials(self.text, self.names)
        self.places = set()
        self.bodies = defaultdict(list)
        self.introduced = defaultdict(list)
        for words in self.words:
            self._introduce(words)
        for name in self.names:
            if name.kind == "organisation" and len(name.words) > 1:
                for word in dict.fromkeys(name.words):
                    self.bodies[word].append((name.span.start, self.body(name)))

    def _introduce(self, words: Sequence[Token]) -> None:
        """Note nouns beside names of bodies, and words that are places.

        "The pub Fjordline", "Kronika newspaper", "its newspaper, Kronika"; "in Oss".
        """
        for n, (one, other) in enumerate(pairwise(words)):
            before, after = self.starting.get(other.start), self.ending.get(one.end)
            if one.word == "," and n and words[n - 1].lower in MAKERS | PAPERS:
                one = words[n - 1]
            if before and len(before.words) == 1 and one.lower in LOCATED:
                self.places.add(before.words[0])
            if before and one.word.islower():
                self._call(one.lower, before)
            if after and other.lower in MAKERS | PAPERS:
                self._call(other.lower, after)

    def _call(self, noun: str, name: Name) -> None:
        if name.kind in ("organisation", "name"):
            for called in {noun, "paper" if noun in PAPERS else noun}:
                self.introduced[called].append((name.span.start, self.body(name)))

    def matching(self, words: Sequence[str], roles: Iterable[str]) -> list[Person]:
        """Return the people a short form may stand for, fewest contradictions first."""
        if whole := self.by_words.get(tuple(words)):
            return [whole]
        bearers = min((self.by_word.get(word, []) for word in words), key=len)
        found = [one for one in bearers if set(words) <= {*one.words, *one.nickname}]
        return _fitting(found, set(roles))

    def meant(self, name: Name, place: int) -> list[Person]:
        """Return the people a name at `place` may stand for; those named before it, if any."""
        found = self.matching(name.words, name.roles)
        return [one for one in found if one.places[0] < place] or found

    def sentence_at(self, place: int) -> int:
        """Return the number of the sentence that the code point `place` stands in."""
        return bisect_right(self.sentences, place) - 1

    def names_before(self, place: int, most: int) -> Sequence[Name]:
        """Return the last `most` names that begin before `place`, nearest first."""
        at = bisect_left(self.names, place, key=lambda name: name.span.start)
        return self.names[max(0, at - most) : at][::-1]

    def longer_body(self, name: Name, place: int) -> str | None:
        """Return the one body named before `place` that a single word is short for.

        A word that has been a place is short for none: "in Oss", "the Oss Bank", "Oss said".
        """
        word = name.words[0] if len(name.words) == 1 else ""
        if word in self.places:
            return None
        longer = {body for start, body in self.bodies.get(word, ())[-MANY:] if start < place}
        return longer.pop() if len(longer) == 1 else None

    def body(self, name: Name) -> str:
        """Return the full name of a body or other name that is no person's."""
        written = name.core.cut(self.text)
        full = self.full_forms.get(written.lower())
        return full or self._initials.get(written) or written

    def around(self, place: int) -> Name | None:
        """Return the name that the code point `place` stands in."""
        at = bisect_right(self.names, place, key=lambda name: name.span.start) - 1
        return self.names[at] if at >= 0 and place < self.names[at].span.end else None


@dataclass(frozen=True, slots=True)
class _Place:
    """A name where it stands: in a sentence, as the tokens `[start, end)`."""

    name: Name
    sentence: list[Token]
    start: int
    end: int


def people(text: str, sentences: Sequence[Span]) -> People:
    """Read all names of `text` and gather the people behind them."""
    lines = [tokens(text, sentence) for sentence in sentences]
    places = [place for words in lines for place in _places(words)]
    known = {word for one in places if len(one.name.words) > 1 for word in one.name.words}
    small = (token.lower for words in lines for token in words if not token.capital)
    plain = frozenset(small) - known
    if surnames := _role_surnames(places):
        places = [place for words in lines for place in _places(words, surnames)]
    places = [place for place in places if not _plain(place, plain)]
    bodies = {
        one.name.words
        for one in places
        if _unlike_a_person(one.name) and names_a_body(one.sentence, one.start, one.end)
    }
    bodies -= {one.name.words for one in places if _told_human(one, bodies)}
    found: list[Name] = []
    by_words: dict[tuple[str, ...], Person] = {}
    loud: list[tuple[Name, Told]] = []
    for place in places:
        name = place.name
        if name.words in bodies:
            name = replace(name, kind="organisation")
        found.append(name)
        about = told(place.sentence, place.start, place.end)
        if _capitalised(place.sentence) and not _two_names(name):
            loud.append((name, about))  # "Clinic Says Roe Lied": nobody is called Says Roe Lied
            continue
        loud_word = name.core.cut(text).isupper() and len(name.core) > _LONG
        hangs = loud_word or governed(place.sentence, place.start)
        if name.kind in ("person", "name") and _a_person(name, about, hangs):
            key = name.words if len(name.words) > 1 else (*name.words, *sorted(_courtesy(name)))
            if key not in by_words:
                by_words[key] = Person(_written(text, name), name.words)
            by_words[key].add(name, about)
    for name, about in loud:
        if name.words in by_words:
            by_words[name.words].add(name, about)
    for place in places:
        _one_more(by_words, place)
    persons = _one_each(by_words.values())
    _add_titles(found, persons)
    return People(
        text=text,
        persons=persons,
        names=found,
        full_forms=_full_forms(text, found),
        words=lines,
        sentences=[sentence.start for sentence in sentences],
    )


def _role_surnames(places: Iterable[_Place]) -> frozenset[str]:
    """Return the surnames that mean a role as well, or look like an adverb: "Baker", "Reilly"."""
    lasts = (one.name.words[-1] for one in places if len(one.name.words) > 1)
    return frozenset(
        word for word in lasts if word in ROLES or word in GROUPS or word.endswith("ly")
    )


def _places(words: list[Token], surnames: frozenset[str] = frozenset()) -> Iterator[_Place]:
    starts = {token.start: n for n, token in enumerate(words)}
    ends = {token.end: n + 1 for n, token in enumerate(words)}
    for name in names(words, surnames):
        yield _Place(name, words, starts[name.span.start], ends[name.span.end])


def _plain(place: _Place, plain: Collection[str]) -> bool:
    """Tell whether a capital is that of a sentence's first word: "Vaccine maker", "vaccine"."""
    name = place.name
    alone = len(name.words) == 1 and not name.roles and place.start == 0
    return alone and name.kind == "name" and name.words[0] in plain


def _capitalised(words: Sequence[Token]) -> bool:
    """Tell whether a line is a headline of which every word is written with a capital.

    It has no full stop: "Mayor Ann Lee met Bob Roe in Oss." is none.
    """
    if words and words[-1].word == ".":
        return False
    long = [token for token in words[:HEADLINE] if token.is_word and len(token.word) >= _LONG]
    return len(words) <= HEADLINE and len(long) > _LONG and all(one.capital for one in long)


def _two_names(name: Name) -> bool:
    return len(name.words) == 2 and bool(given(name.words[0]))


def _unlike_a_person(name: Name) -> bool:
    """Tell whether only its form makes a name a person's: two capitalised words, no title."""
    if name.kind not in ("person", "name") or given(name.words[0]):
        return False
    return not name.roles or (len(name.words) == 1 and name.roles[-1] not in HONORIFICS)


def _told_human(place: _Place, bodies: Collection[tuple[str, ...]]) -> bool:
    """Tell whether a title or an age beside a name says that it is no body's after all."""
    if place.name.words not in bodies:
        return False
    ages = told(place.sentence, place.start, place.end).ages
    return bool(ages or (len(place.name.words) > 1 and place.name.roles))


def _a_person(name: Name, about: Told, hangs: bool) -> bool:
    """Tell whether a name is a person's: a full one, after an honorific, or a relative's."""
    if len(name.words) > 1:
        return name.kind == "person"
    if _courtesy(name):
        return True
    told = (
        (about.roles | set(name.roles)) & KIN or about.ages or (not hangs and about.roles - VAGUE)
    )
    return bool(told) and name.words[0] not in NOT_PEOPLE and not name.words[0].isdigit()


def _courtesy(name: Name) -> set[str]:
    return {role for role in name.roles if role in HONORIFICS}


def _written(text: str, name: Name) -> str:
    """Return a name as written; with its honorific if there is no more than a surname."""
    if len(name.words) == 1 and _courtesy(name):
        return name.span.cut(text)
    return NICKNAME_RE.sub("", name.core.cut(text)) if name.nickname else name.core.cut(text)


def _one_more(by_words: dict[tuple[str, ...], Person], place: _Place) -> None:
    """Add Karl of "Karl and Hans Roe", if both are given names."""
    words, at, name = place.sentence, place.start, place.name
    if name.kind != "person" or len(name.words) < 2 or at < 2 or words[at - 1].lower != "and":
        return
    first = words[at - 2]
    if first.capital and given(first.lower) and given(name.words[0]):
        full = (first.lower, *name.words[1:])
        surname = " ".join(token.word for token in words[at + 1 : place.end])
        by_words.setdefault(full, Person(f"{first.word} {surname}", full)).places.append(
            first.start
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
    """Return those of `found` whom the title fits: by gender and by role.

    Without a title, somebody known by a surname alone ("Mrs Roe") is not meant if another is.
    """
    gender = "f" if roles & FEMALE else "m" if roles & MALE else None
    if gender is None:
        fitting = [one for one in found if not one.by_surname_only] or list(found)
    else:
        fitting = [one for one in found if one.told_gender in (gender, "")]
    sure = [one for one in fitting if gender is not None and one.gender == gender]
    offices = (roles & ROLES) - HONORIFICS
    playing = [one for one in fitting if offices & one.offices]
    return playing or sure or fitting


def _one_each(found: Iterable[Person]) -> list[Person]:
    """Join a partial name to the one longer name that holds it: "C. Ortiz" stays apart."""
    by_length = sorted(found, key=lambda one: (-len(one.words), min(one.places)))
    by_word: dict[str, list[Person]] = defaultdict(list)
    kept: list[Person] = []
    for person in by_length:
        wider = [
            one
            for one in by_word[person.words[-1]]
            if set(person.words) < {*one.words, *one.nickname} and not _apart(person, one)
        ]
        if len(wider) > 1 and person.by_surname_only:
            wider = _just_before(person, wider)
        if len(wider) == 1:
            wider[0].take(person)
            continue
        kept.append(person)
        for word in {*person.words, *person.nickname}:
            if len(by_word[word]) < MANY:
                by_word[word].append(person)
    return sorted(kept, key=lambda one: min(one.places))


def _just_before(person: Person, wider: Sequence[Person]) -> list[Person]:
    """Return whoever of a family was named last before "Mrs Roe" is first."""
    first = min(person.places)
    before = [
        (max(at for at in one.places if at < first), n)
        for n, one in enumerate(wider)
        if min(one.places) < first
    ]
    return [wider[max(before)[1]]] if before else []


def _apart(one: Person, other: Person) -> bool:
    """Tell whether one is a man and the other a woman, as far as words and given names tell."""
    single = one.gender if len(one.words) == 1 else one.told_gender
    return {single, other.gender} == {"m", "f"}


def _add_titles(found: Iterable[Name], persons: Sequence[Person]) -> None:
    """Give a person the title of a short form that can be nobody else's: "Ms Voss"."""
    by_word = _gathered((person.words, person) for person in persons)
    for name in found:
        if len(name.words) == 1 and len(bearers := by_word.get(name.words[0], [])) == 1:
            bearers[0].alone.update(name.words)
            bearers[0].roles.update(name.roles)
            bearers[0].places.append(name.span.start)
    for person in persons:
        person.places = sorted(set(person.places))


def _full_forms(text: str, found: Iterable[Name]) -> dict[str, str]:
    """Map the folded short form in brackets to the name before it: "Global Times (GT)"."""
    forms: dict[str, str] = {}
    for name in found:
        if short := SHORT_FORM_RE.match(text, name.span.end):
            forms.setdefault(short["short"].lower(), name.core.cut(text))
    return forms


def _initials(text: str, found: Iterable[Name]) -> dict[str, str]:
    """Map the first letters of each body's name to it: "IFM", if it is just one body's."""
    bodies: dict[str, set[str]] = defaultdict(set)
    for name in found:
        words = [word for word in name.words if word not in PARTICLES]
        if name.kind == "organisation" and len(words) > 2:
            bodies["".join(word[0] for word in words).upper()].add(name.core.cut(text))
    return {letters: full.pop() for letters, full in bodies.items() if len(full) == 1}
