"""Whom a phrase stands for: a name, a short name, a description or a pronoun in one article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from corpus.lexicon import load
from corpus.spans import Span
from corpus.speakers.beside import MAKERS, gives_name
from corpus.speakers.descriptions import AGE_RE, described, describes_people
from corpus.speakers.names import (
    DETERMINERS,
    DOCUMENTS,
    GROUPS,
    ORGANISATIONS,
    Name,
    does_work,
)
from corpus.speakers.people import People
from corpus.speakers.person import Person
from corpus.speakers.phrase import AFTER_HEAD, DEFINITE, OWNERS, head, phrase_name
from corpus.speakers.pronouns import PRONOUNS, pronoun
from corpus.speakers.scene import Hearing, Voice, leading, ranked
from corpus.speakers.things import COMPANIES, body
from corpus.speakers.tokens import Token
from corpus.speakers.writings import written

_GUARDS = frozenset(load("titles")["guards"])
FOLLOWERS = frozenset(
    ("allies", "aides", "camp", "campaign", "estate", "lawyers", "loyalists", "supporters", "fans")
)
"""What behind a name tells that others are meant."""
GENERATIONS = {
    "elder": frozenset(("elder", "older", "senior", "snr", "sr")),
    "younger": frozenset(("younger", "young", "junior", "jnr", "jr")),
}
"""Words beside a surname that tell which of a family is meant."""
_SOON = 5
"""Words after a name among which "he" or "she" may well be its bearer: "Roe told them he"."""
_LOUD = 3
"""Letters up to which a word in capitals may be an acronym."""


def voice_of(people: People, phrase: Sequence[Token], heard: Hearing) -> Voice:
    """Return whom the noun phrase stands for, given everybody heard before it."""
    phrase = _calm(people, phrase)
    mention = Span(phrase[0].start, phrase[-1].end)
    if len(phrase) == 1 and phrase[0].lower in PRONOUNS:
        return pronoun(people, phrase[0], mention, heard)
    owner = _owner(people, phrase, heard)
    if owner is None or owner in heard.apart:
        return _phrase(people, phrase, mention, heard)
    heard.apart.add(owner)
    voice = _phrase(people, phrase, mention, heard)
    heard.apart.discard(owner)
    return voice


def _calm(people: People, phrase: Sequence[Token]) -> Sequence[Token]:
    """Cut a verb in capitals off a headline's noun phrase: "Stage legend QUITS"."""
    last = phrase[-1]
    loud = len(phrase) > 1 and last.word.isupper() and len(last.word) > _LOUD
    if loud and phrase[-2].word.islower() and describes_people(phrase[-2].lower):
        known = people.by_word.get(last.lower)
        return phrase if known else phrase[:-1]
    return phrase


def _owner(people: People, phrase: Sequence[Token], heard: Hearing) -> str | None:
    """Return whose it is in "his brother": somebody else than the brother."""
    if phrase[0].lower not in ("his", "her") or phrase[head(phrase)].lower in DOCUMENTS:
        return None
    first = Span(phrase[0].start, phrase[0].end)
    return pronoun(people, phrase[0], first, heard).speaker


def _phrase(people: People, phrase: Sequence[Token], mention: Span, heard: Hearing) -> Voice:
    if joint := _joint(people, phrase, mention, heard):
        return joint
    if phrase[0].lower == "my" and len(phrase) > 3 and phrase[2].word == ",":
        return _phrase(people, phrase[3:], mention, heard)  # "My lord, page 9 says"
    head_at = head(phrase)
    noun = phrase[head_at].lower
    if name := _core_name(people, phrase):
        voice = _named(people, name, mention, heard)
        written_by = noun in DOCUMENTS and name.span.start > phrase[head_at].end
        return replace(voice, by="author") if written_by and voice.speaker else voice
    if noun in COMPANIES and not people.by_office.get(noun):
        return body(people, phrase, head_at, mention, heard)
    called = " ".join(token.lower for token in phrase[max(0, head_at - 1) : head_at + 1])
    if called in _GUARDS and phrase[0].lower in DEFINITE:
        return Voice(mention, phrase_name(people.text, phrase), "organisation", "description")
    aged = head_at == 2 and AGE_RE.fullmatch(phrase[1].lower) is not None
    works = phrase[0].lower == "the" and (head_at == 1 or aged) and does_work(noun)
    if describes_people(noun) or (works and noun not in COMPANIES | MAKERS):
        return described(people, phrase, head_at, mention, heard)
    if noun in DOCUMENTS:
        author, voice = written(people, phrase, head_at, mention, heard)
        return replace(_named(people, author, mention, heard), by="author") if author else voice
    return body(people, phrase, head_at, mention, heard)


def _joint(people: People, phrase: Sequence[Token], mention: Span, heard: Hearing) -> Voice | None:
    """Read "Ann Lee and Bob Roe", people only: a group, with its members as candidates."""
    members: list[str] = []
    n = 0
    while n < len(phrase):
        name = people.starting.get(phrase[n].start)
        if name is None:
            token = phrase[n]
            between = token.lower in DETERMINERS or token.lower in ("and", ",", "&")
            if members and not between and not describes_people(token.lower):
                return None
            n += 1
            continue
        voice = _named(people, name, name.span, heard)
        if voice.kind != "person" or voice.speaker is None:
            return None
        members.append(voice.speaker)
        while n < len(phrase) and phrase[n].start < name.span.end:
            n += 1
        if n < len(phrase) and phrase[n].lower not in ("and", ",", "&"):
            return None
    if len(members) < 2 or not any(token.lower in ("and", "&") for token in phrase):
        return None
    text = " and ".join((", ".join(members[:-1]), members[-1]))
    return Voice(mention, text, "group", "name", tuple(members))


def _core_name(people: People, phrase: Sequence[Token]) -> Name | None:
    """Return the name the phrase is built round, not one that hangs on `of` or `'s`."""
    hangs = False
    for n, token in enumerate(phrase):
        hangs = token.word != "," and (hangs or (n > 0 and _hangs(phrase, n)))
        name = people.starting.get(token.start)
        if name and n > 2 and gives_name(phrase, n):
            return name  # "one mother, who gave her name as Jo"
        if name is None or name.span.end > phrase[-1].end or hangs:
            continue
        before = phrase[n - 1].lower if n else ""
        if before in DETERMINERS - {"a", "an"} and n > 1:
            before = phrase[n - 2].lower
        after = next((t for t in phrase[n:] if t.start >= name.span.end), None)
        owned = after is not None and after.lower in OWNERS
        if n == 1 and phrase[0].lower in ("a", "an") and after and _attributive(after):
            continue  # "a Red Cross nurse, NAME"
        if before in AFTER_HEAD or owned or (before in ("a", "an") and len(name.words) == 1):
            continue
        if after is not None and name.kind == "person" and after.lower in FOLLOWERS:
            continue
        if name.kind == "person" or name.span.end == phrase[-1].end:
            return name
        if after is not None and (after.word in ",(" or after.lower in AFTER_HEAD):
            return name
        if after is not None and n == 0 and _known_person(people, name, after):
            return name
    return None


def _attributive(after: Token) -> bool:
    """Tell whether a name only tells what the noun after it is: "a Red Cross nurse"."""
    return after.is_word and not after.capital and after.lower not in AFTER_HEAD


def _hangs(phrase: Sequence[Token], at: int) -> bool:
    """Tell whether all that follows hangs on a noun for people: "a clerk from N's branch"."""
    return phrase[at].lower in AFTER_HEAD and describes_people(phrase[at - 1].lower)


def _describing(after: Token) -> bool:
    """Tell whether a noun behind a name means people or things of that name: "Roe supporters"."""
    nouns = GROUPS | ORGANISATIONS | DOCUMENTS | FOLLOWERS
    return describes_people(after.lower) or after.lower in nouns


def _known_person(people: People, name: Name, after: Token) -> bool:
    """Tell whether a short name is a person's, and not "the Roe family"."""
    known = people.matching(name.words, name.roles)
    told = any(after.lower in said for said in GENERATIONS.values())
    return not _describing(after) and (len(known) == 1 or (told and bool(known)))


def _named(people: People, name: Name, mention: Span, heard: Hearing) -> Voice:
    if name.kind == "document" or (name.kind == "organisation" and len(name.words) > 1):
        return Voice(mention, people.body(name), name.kind, "name")
    found = [one for one in people.meant(name, mention.start) if one.name not in heard.apart]
    if not found and len(name.words) > 1 and name.core.cut(people.text).isupper():
        found = people.matching(name.words[:1], ())  # "ROE FURY"
    if len(found) > 1 and (older := _generation(people, name)):
        found = _by_age(found, older == "elder")
    elif len(found) > 1:
        found = _nearest(people, found, mention, heard)
    if len(found) == 1:
        return Voice(mention, found[0].name, "person", _manner(name, found[0]))
    if found:
        candidates = tuple(sorted(person.name for person in found))
        return Voice(mention, None, "person", "unresolved", candidates)
    if name.kind == "person":
        return Voice(mention, name.core.cut(people.text), "person", "name")
    longer = None if name.kind == "person" else people.longer_body(name, mention.start)
    if longer:
        return Voice(mention, longer, "organisation", "part of the name")
    sounds_human = bool(name.roles) and name.kind != "organisation"
    return Voice(mention, people.body(name), "person" if sounds_human else "organisation", "name")


def _generation(people: People, name: Name) -> str | None:
    """Return elder or younger if the word before or after a name says which bearer is meant."""
    words = people.words[people.sentence_at(name.span.start)]
    at = bisect_left(words, name.span.start, key=lambda token: token.start)
    after = bisect_left(words, name.span.end, at, key=lambda token: token.start)
    beside = {token.lower for token in (*words[max(0, at - 1) : at], *words[after : after + 1])}
    found = [told for told, said in GENERATIONS.items() if said & beside]
    return found[0] if len(found) == 1 else None


def _by_age(found: Sequence[Person], oldest: bool) -> list[Person]:
    """Return the oldest or youngest, if all ages are told, or else all of them."""
    ages = [int(age) for person in found for age in person.ages]
    if not all(len(person.ages) == 1 for person in found):
        return list(found)
    wanted = str(max(ages) if oldest else min(ages))
    return [person for person in found if wanted in person.ages]


def _nearest(people: People, found: list[Person], mention: Span, heard: Hearing) -> list[Person]:
    """Return the one of several bearers of a name whom the talk is of, or all of them."""
    names = {person.name for person in found}
    best = leading(ranked(people, heard, mention, lambda one: one.name in names))
    near = [person for person in found if person.name == best]
    gender = _own_pronoun(people, mention)
    told = [person for person in found if gender and person.gender == gender]
    others = [person for person in found if person.gender in (gender, None)]
    if len(told) == 1 and told == others and (told == near or not near):
        return told  # "Roe told the council she would ask again"
    return near if near and (gender is None or near[0] in others) else found


def _own_pronoun(people: People, mention: Span) -> str | None:
    """Return the gender of the "he" or "she" who says soon after a name, before any other name."""
    words = people.words[people.sentence_at(mention.start)]
    after = bisect_left(words, mention.end, key=lambda token: token.start)
    for token in words[after : after + _SOON]:
        if token.start in people.starting or not token.is_word:
            return None
        if token.lower in ("he", "she"):
            return "m" if token.lower == "he" else "f"
    return None


def _manner(name: Name, person: Person) -> str:
    """Tell by which part of the name the person is meant."""
    if len(name.words) > 1:
        return "name"
    return "surname" if name.words[0] in (person.words[0], person.words[-1]) else "part of the name"
