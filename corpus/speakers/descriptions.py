"""Whom a description of people stands for: "the ambassador", "her husband", "the 44-year-old"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from corpus.lexicon import load
from corpus.spans import Span
from corpus.speakers.names import DETERMINERS, GROUPS, HONORIFICS, ROLES, singular
from corpus.speakers.people import People
from corpus.speakers.person import FEMALE, KIN, MALE, Person
from corpus.speakers.phrase import DEFINITE, OWNERS, OWNING, modifiers, phrase_name
from corpus.speakers.scene import (
    CHARACTERS,
    FAR,
    Hearing,
    Voice,
    fits_head,
    leading,
    of_gender,
    ranked,
)
from corpus.speakers.tokens import Token

PAIRS = frozenset(load("titles")["pairs"])
POSTS = frozenset(load("titles")["posts"])
CARDINALS = frozenset(
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
) | {"twelve", "many"}
AGE_RE = re.compile(r"(?P<age>[0-9]{1,3})-years?-olds?")
LEAD, SOON, EARLY = 2, 600, 300
"""Number of the line up to which, of code points within which, a name may come later, and of those
a headline and lead have."""


def describes_people(word: str) -> bool:
    """Tell whether a noun is one for people: a role, a relative, a character, an age."""
    noun = singular(word)
    people = noun in ROLES or word in GROUPS or word in CHARACTERS or word in KIN
    return people or word in PAIRS or AGE_RE.fullmatch(word) is not None


def described(
    people: People, phrase: Sequence[Token], head_at: int, mention: Span, heard: Hearing
) -> Voice:
    """Return whom a description stands for, or a voice of its own, called by its words."""
    word = phrase[head_at].lower
    noun = singular(word)
    definite = phrase[0].lower in DEFINITE or (
        phrase[0].capital and phrase[0].lower not in DETERMINERS | {"your"}
    )
    many = word != noun and not word.endswith(noun) and "-" not in word
    plural = many or word in GROUPS or word in PAIRS
    if plural:
        found = _group(people, phrase, word, mention, heard)
    elif phrase[0].lower in OWNING and noun in KIN:
        found = _relative(people, phrase, noun, mention, heard)
    else:
        found = _named_later(people, noun, phrase, mention, heard)
        if found is None and definite:
            found = _one(people, phrase, head_at, mention, heard)
    kind = "group" if plural else "role"
    found = found or (None if plural else _named_next(people, noun, mention, heard))
    return found or Voice(mention, phrase_name(people.text, phrase), kind, "description")


def _named_next(people: People, word: str, mention: Span, heard: Hearing) -> Voice | None:
    """Leave open a description in headline or lead if a person is introduced by name alone next.

    "A former nurse told ...", and in the next paragraph "Jane Dell said ...".
    """
    if heard.lines > LEAD or heard.voices or heard.apart:
        return None
    named = []
    for one in people.persons:
        free = not one.roles & ROLES - HONORIFICS or (word in CHARACTERS and heard.lines == 0)
        if mention.end < one.places[0] < mention.end + SOON and free and fits_head(one, word):
            named.append(one.name)
    return Voice(mention, None, "person", "unresolved", tuple(named[:5])) if named else None


def _one(
    people: People, phrase: Sequence[Token], head_at: int, mention: Span, heard: Hearing
) -> Voice | None:
    """Resolve "the ambassador", "the striker, 23", "the retired teacher"."""
    word = singular(phrase[head_at].lower)
    if age := _age(phrase, head_at):
        found = _aged(people, age, word, mention, heard)
        if found and (person := people.by_name.get(found.speaker or "")):
            person.ages.add(age)
        return found
    later = people.by_office.get(word, ())
    told = modifiers(phrase, head_at)
    bearers = [one for one in later if _met(one, mention, word, told)]
    bearers = [one for one in bearers if fits_head(one, word)]
    if bearers:
        return _holder(bearers, word, told, mention, heard)
    if known := heard.again(word, told, mention):
        return known
    if phrase[0].lower == "the" and word in KIN and _counted(phrase, head_at):
        return _about(people, word, mention, heard)
    if phrase[0].lower != "the" or head_at < len(phrase) - 1:
        return None
    if len(later) == 1 and later[0].places[0] - mention.end < SOON:
        return Voice(mention, None, "person", "unresolved", (later[0].name,))
    owned = any(token.lower in OWNERS for token in phrase)
    if owned and word in KIN:
        return None  # "the boy's father"
    if word in CHARACTERS:
        return _about(people, word, mention, heard)
    free = head_at == 1 and word not in POSTS
    found = _free(people, word, mention, heard) if free else None
    return found or (None if owned else _somebody(people, word, mention, heard))


def _counted(phrase: Sequence[Token], head_at: int) -> bool:
    """Tell whether a number of children follows: "the father of three"."""
    after = [token.lower for token in phrase[head_at + 1 : head_at + 3]]
    return len(after) == 2 and after[0] == "of" and (after[1] in CARDINALS or after[1].isdigit())


def _somebody(people: People, word: str, mention: Span, heard: Hearing) -> Voice | None:
    """Leave open whether an occupation is that of a person who just spoke: "the lorry driver".

    A post ("the mayor") may well be somebody's who was not named; so may anybody's of whom a
    speaker tells.
    """
    last = heard.voices[-1] if heard.voices else None
    if word in POSTS or heard.apart or last is None or last.kind != "person":
        return None
    if mention.start - last.mention.end > FAR:
        return None
    points = ranked(people, heard, mention, lambda one: fits_head(one, word))
    named = tuple(name for name in points if name in people.by_name)
    return Voice(mention, None, "person", "unresolved", named[:5]) if named else None


def _free(people: People, word: str, mention: Span, heard: Hearing) -> Voice | None:
    """Return whom the talk is of, if no office of theirs is known: "the teacher"."""
    points = ranked(people, heard, mention, lambda one: fits_head(one, word))
    found = people.by_name.get(leading(points) or "")
    sure = len(points) == 1 or word not in ROLES
    if found and sure and not found.roles & ROLES - HONORIFICS - KIN:
        return Voice(mention, found.name, "person", "description")
    return None


def _age(phrase: Sequence[Token], head_at: int) -> str | None:
    """Return the age in "the 44-year-old" and "the striker, 23"."""
    if match := AGE_RE.fullmatch(phrase[head_at].lower):
        return match["age"]
    for token in phrase[1:head_at]:
        if match := AGE_RE.fullmatch(token.lower):
            return match["age"]
    after = [token.word for token in phrase[head_at + 1 : head_at + 3]]
    return after[1] if len(after) == 2 and after[0] == "," and after[1].isdigit() else None


def _aged(people: People, age: str, word: str, mention: Span, heard: Hearing) -> Voice | None:
    """Return the one person of that age, or whom the talk is of if no other age is given."""
    found = [one for one in people.persons if age in one.ages]
    if len(found) == 1:
        return Voice(mention, found[0].name, "person", "description")
    return _about(people, word, mention, heard, aged=True)


def _about(
    people: People, word: str, mention: Span, heard: Hearing, aged: bool = False
) -> Voice | None:
    """Return whom the talk is of, if a noun that tells what somebody is like may mean them."""

    def fits(one: Person) -> bool:
        return fits_head(one, word) and not (aged and one.ages)

    points = ranked(people, heard, mention, fits)
    for name in points:
        person = people.by_name.get(name)
        points[name] += person is not None
    found = leading(points)
    if found and found in people.by_name:
        return Voice(mention, found, "person", "description")
    return Voice(mention, None, "person", "unresolved", tuple(points)[:5]) if points else None


def _met(person: Person, mention: Span, word: str, told: set[str]) -> bool:
    """Tell whether the person was named before; a headline may come before the name."""
    if person.places[0] < mention.start:
        return True
    return mention.start < EARLY and word in person.roles and not _at_odds(person, word, told)


def _at_odds(person: Person, word: str, told: set[str]) -> bool:
    """Tell whether other words are said of a post: "transport minister", "shadow minister N"."""
    said = person.described - person.roles - {word}
    return bool(told and said) and not told & said


def _holder(
    bearers: Sequence[Person],
    word: str,
    told: set[str],
    mention: Span,
    heard: Hearing,
) -> Voice:
    """Choose among those an office is said of: by its own words first, then by who is near."""
    bearers = [one for one in bearers if one.name not in heard.apart] or bearers
    found = [one for one in bearers if told & (one.described | one.roles)] or bearers
    found = [one for one in found if word in one.roles] or found
    if len(found) > 1:
        last = heard.voices[-1].speaker if heard.voices else None
        spoke = [one for one in found if one.name == last]
        near = [one for one in found if mention.start - _latest(one, mention) < FAR]
        found = spoke or (near if len(near) == 1 else found)
    if len(found) == 1:
        return Voice(mention, found[0].name, "person", "description")
    candidates = tuple(sorted(person.name for person in found))
    return Voice(mention, None, "person", "unresolved", candidates)


def _latest(person: Person, mention: Span) -> int:
    """Return where the person was last named before the mention."""
    at = bisect_left(person.places, mention.start)
    return person.places[at - 1] if at else -FAR


def _named_later(
    people: People, head: str, phrase: Sequence[Token], mention: Span, heard: Hearing
) -> Voice | None:
    """Return the one holder of an office that headline or lead speak of before they are named.

    "A spokeswoman for the ministry said ..." and, two sentences on, "spokeswoman N told".
    """
    if heard.lines > LEAD or (heard.lines and phrase[0].lower in ("another", "one", "the")):
        return None
    found = people.by_office.get(head, [])
    later = found[0].places[0] - mention.end if len(found) == 1 else 0
    if not 0 < later < SOON:
        return None
    if _at_odds(found[0], head, modifiers(phrase, len(phrase) - 1)):
        return Voice(mention, None, "person", "unresolved", (found[0].name,))
    return Voice(mention, found[0].name, "person", "description")


def _relative(
    people: People, phrase: Sequence[Token], word: str, mention: Span, heard: Hearing
) -> Voice | None:
    """Resolve "her husband": somebody called so, or the other one of the family name."""
    gender = "m" if word in MALE else "f" if word in FEMALE else ""
    owners = [people.by_name[name] for name in heard.apart if name in people.by_name]
    family = [one for owner in owners for one in people.by_word.get(owner.words[-1], ())]
    for kin in (people.by_office.get(word, ()), family):
        met = [
            one
            for one in kin
            if one.name not in heard.apart
            and one.places[0] < mention.start
            and (not gender or of_gender(one, gender))
        ]
        if len(met) == 1:
            return Voice(mention, met[0].name, "person", "description")
    if owners or not gender:
        return None
    fitting = ranked(people, heard, mention, lambda one: one.gender == gender)
    named = tuple(name for name in fitting if name in people.by_name)
    return Voice(mention, None, "person", "unresolved", named[:5]) if named else None


def _group(
    people: People, phrase: Sequence[Token], word: str, mention: Span, heard: Hearing
) -> Voice | None:
    """Resolve "the couple", "both residents", "the auditors"."""
    both = phrase[0].lower == "both" or "two" in [token.lower for token in phrase[:2]]
    joint = next((v for v in heard.voices[::-1][:9] if v.kind == "group" and v.candidates), None)
    near = joint is not None and mention.start - joint.mention.end < FAR
    if joint and near and (word in PAIRS or both) and len(joint.candidates) == 2:
        return replace(joint, mention=mention, by="description")
    if phrase[0].lower not in DEFINITE:
        return None
    if known := heard.again(word, (), mention):
        return known
    if body := _same_stem(word, heard):
        return replace(body, mention=mention, by="description")
    return None


def _same_stem(word: str, heard: Hearing) -> Voice | None:
    """Return the body just heard that shares the noun's stem: "auditors", "Audit Office"."""
    body = heard.last("organisation")
    if body and body.speaker and len(word) >= 5:
        stems = [part[:5] for part in body.speaker.lower().split()]
        return body if word[:5] in stems else None
    return None
