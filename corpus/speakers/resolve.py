"""Whom a phrase stands for: a name, a short name, a description or a pronoun in one article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.lexicon import load
from corpus.spans import Span
from corpus.speakers.names import (
    DETERMINERS,
    DOCUMENTS,
    GROUPS,
    ORGANISATIONS,
    OUTLETS,
    ROLES,
    Name,
    singular,
)
from corpus.speakers.people import FEMALE, MALE, People, Person
from corpus.speakers.tokens import Token

HE, SHE = frozenset(("he", "him", "his")), frozenset(("she", "her"))
THEY, IT = frozenset(("they", "them", "both")), frozenset(("it",))
FIRST = frozenset(("i", "we", "you", "us", "me"))
PRONOUNS = HE | SHE | THEY | IT | FIRST | {"who", "which", "that", "this", "these", "those"}
DEFINITE = frozenset(("the", "this", "that", "these", "those", "its", "his", "her", "their"))
AFTER_HEAD = frozenset(
    ("of", "for", "at", "with", "from", "in", "who", "whose", "which", "that", "on", "to", "by",
     "near", "inside", "familiar", "citing", "published", "printed", "based", "involved", "about",
     "close", "speaking", "named", "called", "into", "aboard")
)  # fmt: skip
ANNOUNCED = frozenset(("announcement", "statement", "notice", "release", "letter", "message"))
BY_AUTHOR = frozenset(("by", "from", "of"))
FAR = 900
"""Number of code points after which a person named before is no candidate for a pronoun."""
MARGIN = 2


@dataclass(frozen=True, slots=True)
class Voice:
    """Whom a phrase stands for; `speaker` is None, with `candidates`, if that stays open."""

    mention: Span
    speaker: str | None
    kind: str | None
    by: str
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class Hearing:
    """What resolution remembers while it reads on: voices so far and described speakers."""

    voices: list[Voice] = field(default_factory=list)
    described: dict[str, Voice] = field(default_factory=dict)

    def add(self, voice: Voice, phrase: Sequence[Token]) -> None:
        """Remember a voice and, if it was a description, the noun it was described by."""
        self.voices.append(voice)
        if voice.kind in ("role", "group", "organisation", "document") and voice.speaker:
            for token in phrase:
                if token.lower in ROLES or token.lower in DOCUMENTS:
                    self.described.setdefault(token.lower, voice)

    def last(self, *kinds: str) -> Voice | None:
        """Return the latest resolved voice of one of these kinds."""
        return next((v for v in reversed(self.voices) if v.speaker and v.kind in kinds), None)


def voice_of(people: People, phrase: Sequence[Token], heard: Hearing) -> Voice:
    """Return whom the noun phrase stands for, given everybody heard before it."""
    mention = Span(phrase[0].start, phrase[-1].end)
    if len(phrase) == 1 and phrase[0].lower in PRONOUNS:
        return _pronoun(people, phrase[0], mention, heard)
    if name := _core_name(people, phrase):
        return _named(people, name, mention)
    head_at = _head(phrase)
    head = singular(phrase[head_at].lower)
    if head in ROLES or head in GROUPS:
        return _described(people, phrase, head_at, mention, heard)
    return _thing(people, phrase, head_at, mention, heard)


def _core_name(people: People, phrase: Sequence[Token]) -> Name | None:
    """Return the name the phrase is built round, not one that hangs on `of` or `'s`."""
    for n, token in enumerate(phrase):
        name = people.starting.get(token.start)
        if name is None or name.span.end > phrase[-1].end:
            continue
        before = phrase[n - 1].lower if n else ""
        after = next((t for t in phrase[n:] if t.start >= name.span.end), None)
        owned = after is not None and after.lower in ("'s", "’s", "'", "’")
        if before in AFTER_HEAD or owned:
            continue
        if name.kind == "person" or name.span.end == phrase[-1].end:
            return name
        if after is not None and (after.word in ",(" or after.lower in AFTER_HEAD):
            return name
    return None


def _named(people: People, name: Name, mention: Span) -> Voice:
    if name.kind in ("organisation", "document"):
        return Voice(mention, people.body(name), name.kind, "name")
    found = people.matching(name.words, name.roles)
    by = "name" if len(name.words) > 1 else "surname"
    if len(found) == 1:
        if by == "surname" and found[0].words[-1] != name.words[0] != found[0].words[0]:
            by = "part of the name"
        return Voice(mention, found[0].name, "person", by)
    if found:
        candidates = tuple(sorted(person.name for person in found))
        return Voice(mention, None, "person", "unresolved", candidates)
    if name.kind == "person":
        return Voice(mention, name.core.cut(people.text), "person", "name")
    written = people.body(name)
    body = [other for other in people.names if other.kind == "organisation"]
    longer = {people.body(o) for o in body if name.words[0] in o.words} if body else set()
    if len(longer) == 1 and name.words[0] in OUTLETS:
        return Voice(mention, longer.pop(), "organisation", "name")
    kind = "organisation" if _is_body(people, name, written) else "person"
    return Voice(mention, written, kind, "name")


def _is_body(people: People, name: Name, written: str) -> bool:
    """Tell whether an unclear name is rather a body: an acronym, a country, a short form."""
    return written != name.core.cut(people.text) or written.isupper() or not name.roles


def _head(phrase: Sequence[Token]) -> int:
    """Return the place of the phrase's noun: the last word before `of`, a comma or `who`."""
    for n, token in enumerate(phrase):
        if n and (token.lower in AFTER_HEAD or token.word in ",("):
            return n - 1
    return len(phrase) - 1


def _described(
    people: People, phrase: Sequence[Token], head_at: int, mention: Span, heard: Hearing
) -> Voice:
    """Resolve "the ambassador", "a spokeswoman for the bank", "stunned passengers"."""
    word = phrase[head_at].lower
    head = singular(word)
    definite = phrase[0].lower in DEFINITE or phrase[0].capital
    plural = word != head or word in GROUPS
    if definite and not plural:
        found = [p for p in people.persons if p.plays(head) and _met(p, mention)]
        found = _by_modifier(found, phrase[:head_at]) or found
        found = _most_recent(found, heard)
        if len(found) == 1:
            return Voice(mention, found[0].name, "person", "description")
        if found:
            candidates = tuple(sorted(person.name for person in found))
            return Voice(mention, None, "person", "unresolved", candidates)
    if definite and (before := heard.described.get(word)):
        return replace(before, mention=mention, by="description")
    if definite and plural and (body := _same_stem(word, heard)):
        return replace(body, mention=mention, by="description")
    kind = "group" if plural else "role"
    return Voice(mention, phrase_name(people.text, phrase), kind, "description")


def _met(person: Person, mention: Span) -> bool:
    """Tell whether the person was named before; a headline may come before the name."""
    return person.places[0] < mention.start or mention.start < 300


def _by_modifier(found: Sequence[Person], before: Sequence[Token]) -> list[Person]:
    wanted = {token.lower for token in before if token.capital} - DETERMINERS
    return [person for person in found if wanted & person.roles]


def _most_recent(found: list[Person], heard: Hearing) -> list[Person]:
    """Of several people who fit, keep the one who spoke last if that was the latest voice."""
    if len(found) > 1 and heard.voices:
        spoke = [person for person in found if person.name == heard.voices[-1].speaker]
        return spoke or found
    return found


def _same_stem(word: str, heard: Hearing) -> Voice | None:
    """Return the body just heard that shares the noun's stem: "auditors", "Audit Office"."""
    body = heard.last("organisation")
    if body and body.speaker and len(word) >= 5:
        stems = [part[:5] for part in body.speaker.lower().split()]
        return body if word[:5] in stems else None
    return None


def _thing(
    people: People, phrase: Sequence[Token], head_at: int, mention: Span, heard: Hearing
) -> Voice:
    """Resolve a body or a written thing: "the authority", "a report by the Audit Office"."""
    head = phrase[head_at].lower
    if head in DOCUMENTS:
        after = phrase[head_at + 1 :]
        if len(after) > 1 and after[0].lower in BY_AUTHOR:
            author = next((n for t in after if (n := people.starting.get(t.start))), None)
            if author and author.span.start - after[0].end <= 5 and after[0].lower != "of":
                return replace(_named(people, author, mention), by="author")
        if phrase[0].lower in DEFINITE:
            if before := heard.described.get(head):
                return replace(before, mention=mention, by="description")
            if head in ANNOUNCED and (before := heard.last("organisation", "person")):
                return replace(before, mention=mention, by="description")
        return Voice(mention, phrase_name(people.text, phrase), "document", "description")
    if phrase[0].lower in DEFINITE and (body := _body_ending(people, head, mention)):
        return Voice(mention, body, "organisation", "description")
    kind = "organisation" if head in ORGANISATIONS | OUTLETS else "group"
    return Voice(mention, phrase_name(people.text, phrase), kind, "description")


def _body_ending(people: People, head: str, mention: Span) -> str | None:
    """Return the one body named before that ends in this noun: "the authority"."""
    ending = [
        people.body(name)
        for name in people.names
        if name.span.start < mention.start and name.kind == "organisation"
        if name.words[-1] == head or name.words[0] == head
    ]
    return ending[-1] if len(set(ending)) == 1 else None


def phrase_name(text: str, phrase: Sequence[Token]) -> str:
    """Return the words of a description less its article, up to a comma or a clause."""
    first = 1 if len(phrase) > 1 and phrase[0].lower in DETERMINERS else 0
    last = first
    while last + 1 < len(phrase) and last < 24:
        token = phrase[last + 1]
        if token.word in ",(" or token.lower in ("who", "whose", "which", "that"):
            break
        last += 1
    return " ".join(text[phrase[first].start : phrase[last].end].split())


def _pronoun(people: People, token: Token, mention: Span, heard: Hearing) -> Voice:
    if token.lower in HE | SHE:
        return _he_or_she(people, "m" if token.lower in HE else "f", mention, heard)
    kinds = ("group", "organisation", "document") if token.lower in THEY else (
        "organisation", "document"
    )  # fmt: skip
    latest = heard.voices[-1] if heard.voices else None
    if token.lower in THEY | IT and latest and latest.speaker and latest.kind in kinds:
        if mention.start - latest.mention.end < FAR:
            return replace(latest, mention=mention, by="pronoun")
    return Voice(mention, None, None, "unresolved")


def _he_or_she(people: People, gender: str, mention: Span, heard: Hearing) -> Voice:
    """Choose by who spoke last, who was named last and how often; no choice without a margin."""
    scores: dict[str, int] = {}
    kinds: dict[str, str] = {}
    for person in people.persons:
        near = [place for place in person.places if 0 < mention.start - place < FAR]
        if near and person.gender in (gender, None) and _seems_human(people, person, heard):
            sure = 1 if person.gender == gender else 0
            scores[person.name] = sure + (1 if mention.start - near[-1] < FAR // 3 else 0)
            kinds[person.name] = "person"
    for rank, voice in enumerate(reversed(heard.voices[-3:])):
        if voice.speaker and voice.kind in ("person", "role"):
            if mention.start - voice.mention.end > FAR or not _may_be(people, voice, gender):
                continue
            scores[voice.speaker] = scores.get(voice.speaker, 0) + (4, 1, 1)[rank]
            kinds[voice.speaker] = voice.kind
    ranked = sorted(scores, key=lambda name: (-scores[name], name))
    if not ranked:
        return Voice(mention, None, None, "unresolved")
    lead = scores[ranked[0]] - (scores[ranked[1]] if len(ranked) > 1 else 0)
    if len(ranked) == 1 or lead >= MARGIN:
        return Voice(mention, ranked[0], kinds[ranked[0]], "pronoun")
    return Voice(mention, None, "person", "unresolved", tuple(ranked[:5]))


def _seems_human(people: People, person: Person, heard: Hearing) -> bool:
    """Tell a person from a place of two words: somebody with a title, or who has spoken."""
    return bool(person.roles) or any(person.name == voice.speaker for voice in heard.voices)


def _may_be(people: People, voice: Voice, gender: str) -> bool:
    if voice.kind == "role":
        last = singular((voice.speaker or "").split()[0].lower())
        return last not in (FEMALE if gender == "m" else MALE)
    known = {person.name: person.gender for person in people.persons}.get(voice.speaker or "")
    return known in (gender, None)
