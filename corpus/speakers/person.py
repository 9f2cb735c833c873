"""One person of an article: the name, and what words beside it tell of its bearer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from corpus.lexicon import load
from corpus.speakers.beside import Told
from corpus.speakers.names import HONORIFICS, Name, given

MALE = frozenset(load("titles")["male"])
FEMALE = frozenset(load("titles")["female"])
SHORT_TITLES: dict[str, str] = load("titles")["short_titles"]
KIN = frozenset(load("titles")["kin"])
ALIKE = [frozenset(group) for group in load("titles")["alike"]]

_WIDER = {word: frozenset(narrow) for word, narrow in load("titles")["wider"].items()}


def also_called(roles: Collection[str]) -> set[str]:
    """Return role nouns and those used for the same thing: a chairman is the chair, and a leader.

    A wider word stands for a narrower one and not the other way about.
    """
    alike = {word for group in ALIKE if group & set(roles) for word in group}
    return {*roles, *alike, *(word for word, narrow in _WIDER.items() if narrow & set(roles))}


@dataclass(slots=True)
class Person:
    """Somebody with a name: its folded `words`, and what the article tells of its bearer.

    `roles` are nouns ("mayor", "he"), `described` the words of descriptions ("former", "keeper"),
    `places` where the name stands, first to last. `alone` are the single words that stood for
    the whole name.
    """

    name: str
    words: tuple[str, ...]
    roles: set[str] = field(default_factory=set)
    described: set[str] = field(default_factory=set)
    ages: set[str] = field(default_factory=set)
    nickname: tuple[str, ...] = ()
    alone: set[str] = field(default_factory=set)
    places: list[int] = field(default_factory=list)

    @property
    def told_gender(self) -> str:
        """`m` or `f` where a title, a description or a pronoun says so, else the empty text."""
        male, female = bool(self.roles & MALE), bool(self.roles & FEMALE)
        return "" if male == female else "m" if male else "f"

    @property
    def gender(self) -> str | None:
        """`m` or `f` where words say so, or else the given name; None if they differ or none is."""
        if self.roles & MALE and self.roles & FEMALE:
            return None
        last = given(self.words[-1]) if self.words[0] in self.alone else ""
        return self.told_gender or given(self.words[0]) or last or None

    @property
    def offices(self) -> set[str]:
        """The role nouns said of the person, and those that are used for the same thing."""
        return also_called(self.roles)

    @property
    def surely(self) -> bool:
        """Whether anything tells the person from a place or body of two words."""
        lone = self.words[-1] in self.alone
        return bool(self.roles or self.ages or self.gender or lone)

    @property
    def by_surname_only(self) -> bool:
        """Whether the article gives no more than an honorific and a surname: "Mrs Roe"."""
        return len(self.words) == 1 and bool(self.roles & HONORIFICS)

    def add(self, name: Name, about: Told) -> None:
        """Remember one more place where the person is named and what is told there."""
        self.places.append(name.span.start)
        self.roles.update(name.roles)
        self.roles.update(SHORT_TITLES[role] for role in name.roles if role in SHORT_TITLES)
        self.roles.update(about.roles)
        self.described.update(about.words)
        self.ages.update(about.ages)
        self.nickname = self.nickname or name.nickname

    def take(self, other: Person) -> None:
        """Take over what is known of somebody who is the same person."""
        self.roles |= other.roles
        self.described |= other.described
        self.ages |= other.ages
        self.alone |= other.alone | (set(other.words) if len(other.words) == 1 else set())
        self.places += other.places
