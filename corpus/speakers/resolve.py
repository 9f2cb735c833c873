"""Whom a phrase stands for: a name, a short name, a description or a pronoun in one article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.spans import Span
from corpus.speakers.names import (
    DETERMINERS,
    DOCUMENTS,
    GROUPS,
    HONORIFICS,
    ORGANISATIONS,
    OUTLETS,
    ROLES,
    Name,
    singular,
)
from corpus.speakers.people import FEMALE, MALE, People, Person
from corpus.speakers.tokens import Token

HE, SHE = frozenset(("he", "him", "his")), frozenset(("she", "her"))
THEY, IT = frozenset(("they", "them", "their")), frozenset(("it", "its"))
FIRST = frozenset(("i", "we", "you", "us", "me"))
PRONOUNS = HE | SHE | THEY | IT | FIRST | {"who", "which", "that", "this", "these", "those"}
DEFINITE = frozenset(("the", "this", "that", "these", "those", "its", "his", "her", "their"))
AFTER_HEAD = frozenset(
    ("of", "for", "at", "with", "from", "in", "who", "whose", "which", "that", "on", "to", "by",
     "near", "inside", "familiar", "citing", "published", "printed", "based", "involved", "about",
     "close", "speaking", "named", "called", "into", "aboard", "found", "kept", "whom")
)  # fmt: skip
ANNOUNCED = frozenset(("announcement", "statement", "notice", "release", "letter", "message"))
SPOKEN = frozenset(("testimony", "testimonies", "account", "evidence", "words", "remarks"))
BY_AUTHOR = frozenset(("by", "from", "of"))
CLAUSES = ("who", "whose", "which", "that", "whom", "to")
PLACES = ("on", "in", "at", "found", "kept", "published", "printed")
FAR = 900
"""Number of code points after which a person named before is no candidate for a pronoun."""
MARGIN = 2
RECENT = 40
"""Number of voices before a place that are looked at."""
LEAD, SOON = 2, 600
"""Number of the line up to which, and of code points within which, a name may come later."""


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
    """What resolution remembers while it reads on: voices so far and described speakers.

    `topic` is whom the sentence before begins with, `line` where the paragraph begins and
    `lines` the number of those before it.
    """

    voices: list[Voice] = field(default_factory=list)
    topic: Voice | None = None
    line: int = 0
    lines: int = 0
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
        latest = reversed(self.voices[-RECENT:])
        return next((v for v in latest if v.speaker and v.kind in kinds), None)


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
        if before in DETERMINERS and n > 1:
            before = phrase[n - 2].lower
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
    if name.kind == "document" or (name.kind == "organisation" and len(name.words) > 1):
        return Voice(mention, people.body(name), name.kind, "name")
    found = people.matching(name.words, name.roles)
    if len(found) > 1:
        found = [one for one in found if one.places[0] < mention.start] or found
    if len(found) == 1:
        return Voice(mention, found[0].name, "person", _manner(name, found[0]))
    if found:
        candidates = tuple(sorted(person.name for person in found))
        return Voice(mention, None, "person", "unresolved", candidates)
    if name.kind == "person":
        return Voice(mention, _with_honorific(people.text, name), "person", "name")
    body = people.longer_body(name, mention.start) if name.kind == "organisation" else None
    if body:
        return Voice(mention, body, "organisation", "part of the name")
    sounds_human = bool(name.roles) and name.kind != "organisation"
    return Voice(mention, people.body(name), "person" if sounds_human else "organisation", "name")


def _manner(name: Name, person: Person) -> str:
    """Tell by which part of the name the person is meant."""
    if len(name.words) > 1:
        return "name"
    return "surname" if name.words[0] in (person.words[0], person.words[-1]) else "part of the name"


def _with_honorific(text: str, name: Name) -> str:
    """Return a lone surname with its honorific: the text gives no fuller name."""
    if len(name.words) == 1 and name.roles and name.roles[-1] in HONORIFICS:
        return name.span.cut(text)
    return name.core.cut(text)


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
    if _introduced(people, phrase, head_at) and (person := _just_named(people, mention)):
        return Voice(mention, person.name, "person", "description")
    if not plural and (later := _named_later(people, head, phrase, mention, heard)):
        return Voice(mention, later.name, "person", "description")
    if definite and not plural:
        found = [one for one in people.by_office.get(head, ()) if _met(one, mention)]
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


def _introduced(people: People, phrase: Sequence[Token], head_at: int) -> bool:
    """Tell whether a description says no more than an age: "The striker, 23"."""
    after = [token.word for token in phrase[head_at + 1 : head_at + 3]]
    aged = len(after) == 2 and after[0] == "," and after[1].isdigit()
    return aged and phrase[0].lower == "the"


def _just_named(people: People, mention: Span) -> Person | None:
    """Return the person whose name was the last one before, if nobody else was near."""
    near = people.near(mention.start, FAR)
    return near[0] if len(near) == 1 else None


def _named_later(
    people: People, head: str, phrase: Sequence[Token], mention: Span, heard: Hearing
) -> Person | None:
    """Return the one holder of an office that headline or lead speak of before they are named.

    "A spokeswoman for the ministry said ..." and, two sentences on, "spokeswoman N told".
    """
    if heard.lines > LEAD or (heard.lines and phrase[0].lower in ("another", "one", "the")):
        return None
    found = people.by_office.get(head, [])
    later = found[0].places[0] - mention.end if len(found) == 1 else 0
    return found[0] if 0 < later < SOON else None


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
        owner = people.ending.get(phrase[head_at - 2].end) if head_at > 1 else None
        if owner and owner.kind == "person" and phrase[head_at - 1].lower in ("'s", "’s"):
            return replace(_named(people, owner, mention), by="author")
        after = phrase[head_at + 1 :]
        if len(after) > 1 and after[0].lower in BY_AUTHOR:
            author = next((n for t in after if (n := people.starting.get(t.start))), None)
            near = author and author.span.start - after[0].end <= 5
            own = after[0].lower != "of" or (head in SPOKEN and author and author.kind == "person")
            if author and near and own:
                return replace(_named(people, author, mention), by="author")
        if phrase[0].lower in DEFINITE:
            if before := heard.described.get(head):
                return replace(before, mention=mention, by="description")
            if head in ANNOUNCED and (before := heard.last("organisation", "person")):
                return replace(before, mention=mention, by="description")
        return Voice(mention, phrase_name(people.text, phrase), "document", "description")
    if phrase[0].lower in DEFINITE:
        if body := _body_ending(people, head, mention):
            return Voice(mention, body, "organisation", "description")
        short = len(phrase) == 2 and head in ORGANISATIONS | OUTLETS
        if short and (before := _body_before(heard)):
            return replace(before, mention=mention, by="description")
    if head in ORGANISATIONS | OUTLETS:
        return Voice(mention, phrase_name(people.text, phrase), "organisation", "description")
    return Voice(mention, phrase_name(people.text, phrase), "group", "phrase")


def _body_before(heard: Hearing) -> Voice | None:
    """Return the body that the sentence before is about, or that was the last voice."""
    for voice in (heard.topic, heard.voices[-1] if heard.voices else None):
        words = set((voice.speaker or "").lower().split()) if voice else set()
        if voice and voice.kind == "organisation" and words & (ORGANISATIONS | OUTLETS):
            return voice
    return None


def _body_ending(people: People, head: str, mention: Span) -> str | None:
    """Return the one body named before that begins or ends in this noun: "the authority"."""
    before = {body for start, body in people.bodies.get(head, ())[-50:] if start < mention.start}
    return before.pop() if len(before) == 1 else None


def phrase_name(text: str, phrase: Sequence[Token]) -> str:
    """Return the words of a description less its article, up to a comma or a clause.

    Where a written thing is kept or was found is no part of its name.
    """
    written = phrase[_head(phrase)].lower in DOCUMENTS
    clause = (*CLAUSES, *PLACES) if written else CLAUSES
    first = 1 if len(phrase) > 1 and phrase[0].lower in DETERMINERS else 0
    last = first
    while last + 1 < len(phrase) and last < 24:
        token, after = phrase[last + 1], phrase[last + 2 : last + 3]
        owner = token.lower == "to" and any(t.capital or t.lower in DETERMINERS for t in after)
        if token.word in ",(" or (token.lower in clause and not owner):
            break
        last += 1
    return " ".join(text[phrase[first].start : phrase[last].end].split())


def _pronoun(people: People, token: Token, mention: Span, heard: Hearing) -> Voice:
    if token.lower in HE | SHE:
        return _he_or_she(people, token.lower in HE, mention, heard)
    latest = heard.voices[-1] if heard.voices else None
    kinds = {"organisation", "document"} | ({"group"} if token.lower in THEY else set())
    meant = token.lower in THEY | IT and latest is not None and latest.kind in kinds
    if meant and latest and latest.speaker and mention.start - latest.mention.end < FAR:
        return replace(latest, mention=mention, by="pronoun")
    return Voice(mention, None, None, "unresolved")


def _he_or_she(people: People, male: bool, mention: Span, heard: Hearing) -> Voice:
    """Choose by who spoke and was spoken of last; no choice without a margin."""
    gender = "m" if male else "f"
    scores: dict[str, int] = {}
    for person in people.near(mention.start, FAR):
        if person.gender in (gender, None) and _seems_human(person, heard):
            scores[person.name] = (person.gender == gender) + 1
    for rank, voice in enumerate(reversed(heard.voices[-3:])):
        if _eligible(people, voice, gender, mention) and voice.speaker:
            close = voice.mention.start >= heard.line
            scores[voice.speaker] = scores.get(voice.speaker, 0) + (3 + close if rank == 0 else 1)
    topic = heard.topic
    if topic and topic.speaker and _eligible(people, topic, gender, mention):
        close = topic.mention.start >= heard.line
        scores[topic.speaker] = scores.get(topic.speaker, 0) + (6 if close else 3)
    ranked = sorted(scores, key=lambda name: (-scores[name], name))
    if not ranked:
        return Voice(mention, None, None, "unresolved")
    lead = scores[ranked[0]] - (scores[ranked[1]] if len(ranked) > 1 else 0)
    if lead < MARGIN:
        return Voice(mention, None, "person", "unresolved", tuple(ranked[:5]))
    chosen = people.by_name.get(ranked[0])
    if chosen:
        chosen.roles.add("he" if male else "she")
    return Voice(mention, ranked[0], "person" if chosen else "role", "pronoun")


def _eligible(people: People, voice: Voice, gender: str, mention: Span) -> bool:
    if voice.kind not in ("person", "role") or mention.start - voice.mention.end > FAR:
        return False
    if voice.kind == "role":
        words = {singular(word) for word in (voice.speaker or "").lower().split()}
        return not words & (FEMALE if gender == "m" else MALE)
    person = people.by_name.get(voice.speaker or "")
    return person is None or person.gender in (gender, None)


def _seems_human(person: Person, heard: Hearing) -> bool:
    """Tell a person from a place of two words: somebody with a title, or who has spoken."""
    latest = heard.voices[-RECENT:]
    return bool(person.roles) or any(person.name == voice.speaker for voice in latest)
