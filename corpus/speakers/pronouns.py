"""Whom "he", "she", "they" and "it" stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.spans import Span
from corpus.speakers.people import People
from corpus.speakers.person import Person
from corpus.speakers.scene import FAR, RECENT, Hearing, Voice, as_body, leading, of_gender, ranked
from corpus.speakers.tokens import Token

HE, SHE = frozenset(("he", "him", "his")), frozenset(("she", "her"))
THEY, IT = frozenset(("they", "them", "their")), frozenset(("it", "its"))
FIRST = frozenset(("i", "we", "you", "us", "me"))
PRONOUNS = HE | SHE | THEY | IT | FIRST | {"who", "which", "that", "this", "these", "those"}
_KNOWN = 2
"""Points for a person of whom the gender is known and not only possible."""
_CLEAR = 5
"""Points by which a voice without a name must lead the next."""
_BACK = 5
"""Number of voices before "they" or "it" that are looked at."""


def pronoun(people: People, token: Token, mention: Span, heard: Hearing) -> Voice:
    """Return whom a pronoun stands for; unresolved if two are about equally near."""
    if token.lower in HE | SHE:
        return _he_or_she(people, "m" if token.lower in HE else "f", mention, heard)
    if token.lower in THEY:
        return _latest(people, heard, mention, "group", "organisation")
    if token.lower in IT:
        return as_body(people, heard, mention) or _latest(
            people, heard, mention, "organisation", "document"
        )
    return Voice(mention, None, None, "unresolved")


def _latest(people: People, heard: Hearing, mention: Span, *kinds: str) -> Voice:
    """Return the topic or the last voice, if it is of one of the kinds; else the only one near."""
    near = [one for one in heard.voices[-_BACK:] if mention.start - one.mention.end < FAR]
    fitting = [one for one in near if one.speaker and _of_kind(one, kinds)]
    topic = heard.topic
    if near and fitting and near[-1] is fitting[-1]:
        last = fitting[-1]
        if rivals := _rivals(heard, fitting, kinds):
            return Voice(mention, None, None, "unresolved", rivals)
        close = last.mention.start >= heard.line and _just_before(people, last, mention)
        if last.kind == "document" and last.speaker and not close:
            return Voice(mention, None, None, "unresolved", (last.speaker,))
        return replace(fitting[-1], mention=mention, by="pronoun")
    if topic and topic.speaker and _of_kind(topic, kinds):
        return replace(topic, mention=mention, by="pronoun")
    names = tuple(dict.fromkeys(one.speaker for one in fitting if one.speaker))
    if len(names) == 1 and (fitting[-1].mention.start >= heard.line or fitting[-1] in near[-2:]):
        return replace(fitting[-1], mention=mention, by="pronoun")
    return Voice(mention, None, None, "unresolved", names)


def _just_before(people: People, voice: Voice, mention: Span) -> bool:
    """Tell whether a voice stands in the same sentence or in the one before."""
    return people.sentence_at(mention.start) - people.sentence_at(voice.mention.start) < 2


def _rivals(heard: Hearing, fitting: Sequence[Voice], kinds: Sequence[str]) -> tuple[str, ...]:
    """Return a written thing that spoke last and a body that "it" may as well mean.

    The body is one the talk turned to after that, or one that spoke before the paragraph began.
    """
    last, topic = fitting[-1], heard.topic
    if last.kind != "document" or last.speaker is None:
        return ()
    turned = topic if topic and _of_kind(topic, kinds) and topic.kind != "document" else None
    if turned and turned.speaker and turned.mention.start > last.mention.start:
        return (last.speaker, turned.speaker)
    if last.mention.start >= heard.line:
        return ()
    bodies = [one.speaker for one in fitting[-3:] if one.kind == "organisation" and one.speaker]
    return (last.speaker, bodies[-1]) if bodies else ()


def _of_kind(voice: Voice, kinds: Sequence[str]) -> bool:
    """Tell whether a voice is of a kind; "they" may be minutes, "it" a letter of somebody's."""
    if voice.kind == "document" and "document" not in kinds:
        return (voice.speaker or "").endswith("s")
    written = voice.by == "author" and "document" in kinds
    return voice.kind in kinds or written


def _he_or_she(people: People, gender: str, mention: Span, heard: Hearing) -> Voice:
    """Choose by who spoke and was spoken of last; no choice without a margin."""
    points = ranked(
        people,
        heard,
        mention,
        lambda one: of_gender(one, gender) and _human(one, heard),
    )
    for name in points:
        person = people.by_name.get(name)
        points[name] += _KNOWN * (person is not None and person.gender == gender)
    points = dict(sorted(points.items(), key=lambda one: (-one[1], one[0])))
    if not points:
        return Voice(mention, None, None, "unresolved")
    chosen = leading(points)
    if chosen is None or _rather(people, heard, chosen, gender):
        return Voice(mention, None, "person", "unresolved", tuple(points)[:_BACK])
    person = people.by_name.get(chosen)
    if person is None and not _sole(people, heard, mention, chosen, points):
        return Voice(mention, None, "person", "unresolved", tuple(points)[:_BACK])
    if person:
        person.roles.add("he" if gender == "m" else "she")
    return Voice(mention, chosen, "person" if person else "role", "pronoun")


def _sole(
    people: People, heard: Hearing, mention: Span, role: str, points: Mapping[str, int]
) -> bool:
    """Tell whether a voice without a name spoke here or last, and nobody else comes near."""
    named = (people.by_name[name] for name in points if name in people.by_name)
    if any(one.places[-1] >= heard.line and one.told_gender for one in named):
        return False
    others = sorted(points.values())[:-1]
    near = [v for v in heard.voices[-_BACK:] if v.mention.start >= heard.line]
    if heard.topic and heard.topic.mention.start >= heard.line:
        near.append(heard.topic)
    last = [one for one in heard.voices[-1:] if _just_before(people, one, mention)]
    spoke = any(voice.speaker == role for voice in (*near, *last))
    return spoke and (not others or points[role] - others[-1] >= _CLEAR)


def _rather(people: People, heard: Hearing, chosen: str, gender: str) -> bool:
    """Tell whether the sentence before begins with somebody whom only a given name keeps out."""
    topic = heard.topic
    person = people.by_name.get(topic.speaker or "") if topic else None
    if topic is None or person is None or topic.mention.start < heard.line:
        return False
    return person.name != chosen and not person.told_gender and person.gender not in (gender, None)


def _human(person: Person, heard: Hearing) -> bool:
    """Tell a person from a place of two words: by what is told of them, or a voice."""
    return person.surely or any(person.name == voice.speaker for voice in heard.voices[-RECENT:])
