"""Who is about at a place in an article: voices heard so far, and people by how near they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from corpus.lexicon import load
from corpus.spans import Span
from corpus.speakers.beside import governed
from corpus.speakers.names import DOCUMENTS, ORGANISATIONS, OUTLETS, ROLES, Name, singular
from corpus.speakers.people import People
from corpus.speakers.person import FEMALE, MALE, Person, also_called
from corpus.speakers.phrase import OTHERS, head
from corpus.speakers.tokens import Token

CHARACTERS = frozenset(load("titles")["characters"])
FAR = 900
"""Number of code points after which a person named before is no candidate for a pronoun."""
NEAREST = 60
"""Number of names before a place that are looked at."""
RECENT = 40
"""Number of voices before a place that are looked at."""
MARGIN = 3
"""Points by which one candidate must lead the next to be chosen."""
ALIKE_CALLED = 5
"""Number of voices called by one noun that are told apart."""
SAME = frozenset(("latest", "new", "same", "full", "current"))
"""Words that tell nothing of which one is meant, but that it is known."""
COPIES = frozenset(("copy", "copies", "draft", "scan", "scans", "text", "transcript", "version"))
AGES = dict.fromkeys(("pensioner", "retiree"), (60, 999))
AGES |= dict.fromkeys(("grandmother", "grandfather", "gran", "granny", "nan"), (35, 999))
AGES |= dict.fromkeys(("teenager", "schoolboy", "schoolgirl", "youngster", "toddler"), (0, 25))
"""The least and the greatest age of whom a noun is said."""
_NOUNS = ROLES | DOCUMENTS | ORGANISATIONS | OUTLETS | CHARACTERS


@dataclass(frozen=True, slots=True)
class Voice:
    """Whom a phrase stands for; `speaker` is None, with `candidates`, if that stays open.

    A group of named people ("Ann Lee and Bob Roe", "the couple") has them as candidates.
    """

    mention: Span
    speaker: str | None
    kind: str | None
    by: str
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class Hearing:
    """What resolution remembers while it reads on: voices so far and described speakers.

    `topic` is whom the sentence before begins with, `line` where the paragraph begins and
    `lines` the number of those before it. `quoted` are the places of names in quotations,
    `apart` those who cannot be meant here: who speaks is not "he" in their own quotation.
    """

    voices: list[Voice] = field(default_factory=list)
    topic: Voice | None = None
    line: int = 0
    lines: int = 0
    described: dict[str, list[Voice]] = field(default_factory=dict)
    quoted: Collection[int] = frozenset()
    apart: set[str] = field(default_factory=set)

    def add(self, voice: Voice, phrase: Sequence[Token]) -> None:
        """Remember a voice and, if it was a description, the noun it was described by."""
        self.voices.append(voice)
        if voice.speaker and (voice.kind != "person" or voice.by == "author"):
            called = _called(phrase)
            noun = singular(called)
            for word in {called, phrase[head(phrase)].lower}:
                if singular(word) in _NOUNS:
                    self._call(word, voice)
            if voice.kind == "role":
                for word in also_called({noun}) - {noun}:
                    self._call(word, voice)

    def _call(self, noun: str, voice: Voice) -> None:
        before = [one for one in self.described.get(noun, ()) if one.speaker != voice.speaker]
        self.described[noun] = [*before, voice][-ALIKE_CALLED:]

    def again(
        self, noun: str, modifiers: Collection[str], mention: Span, pointed: bool = False
    ) -> Voice | None:
        """Return who was called by a noun before, or None if nobody was.

        Of several, it is whoever spoke last, or else stays open; so it does if the last of them
        was "another" of the kind and this one is not, unless it is `pointed` at: "that study". A
        written thing described in other words is another one: "the harbour log" is not "a second
        log".
        """
        known = self.described.get(noun, [])
        told = set(modifiers) - OTHERS - SAME
        fitting = [one for one in known if told <= set((one.speaker or "").lower().split())]
        if not fitting and noun not in DOCUMENTS:
            fitting = known
        if OTHERS & set(modifiers):
            fitting = [one for one in fitting if _other(one)]
        if not fitting:
            return None
        spoke = self.voices[-1].speaker if self.voices else None
        latest = next((one for one in fitting if one.speaker == spoke), fitting[-1])
        other = _other(fitting[-1]) and not OTHERS & set(modifiers) and not pointed
        told_last = latest.speaker == spoke or latest.mention.start >= self.line
        if len(fitting) == 1 or (told_last and not other):
            by = "author" if latest.by == "author" else "description"
            return replace(latest, mention=mention, by=by)
        names = tuple(one.speaker for one in fitting if one.speaker)
        return Voice(mention, None, latest.kind, "unresolved", names)

    def written(self, mention: Span) -> Voice | None:
        """Return the one written thing that spoke lately, for "the document"; of several, none."""
        recent = [one for one in self.voices[-RECENT:] if mention.start - one.mention.end < FAR]
        recent = [one for one in recent if one.kind == "document" or one.by == "author"]
        things = {one.speaker: one for one in recent if one.speaker}
        if not things:
            return None
        if len(things) == 1:
            return replace(things.popitem()[1], mention=mention, by="description")
        return Voice(mention, None, "document", "unresolved", tuple(things))

    def last(self, *kinds: str) -> Voice | None:
        """Return the latest resolved voice of one of these kinds."""
        latest = reversed(self.voices[-RECENT:])
        return next((v for v in latest if v.speaker and v.kind in kinds), None)


def _other(voice: Voice) -> bool:
    """Tell whether a voice was spoken of as another one of its kind."""
    return bool(OTHERS & set((voice.speaker or "").lower().split()))


def _called(phrase: Sequence[Token]) -> str:
    """Return the noun of a phrase; of "a copy of the letter" it is "letter"."""
    at = head(phrase)
    rest = phrase[at + 2 :]
    if phrase[at].lower in COPIES and rest and phrase[at + 1].lower == "of":
        at += 2 + head(rest)
    return phrase[at].lower


def ranked(
    people: People, heard: Hearing, mention: Span, fits: Callable[[Person], bool]
) -> dict[str, int]:
    """Return points for everybody who may be meant at `mention`, best first.

    People who were named count by how near and whether as the subject of a sentence, those whose
    words were just given more, and names within somebody's quoted words not at all.
    """
    points = _named(people, heard, mention, fits)
    for rank, voice in enumerate(reversed(heard.voices[-3:])):
        if _may_be(people, voice, mention, fits) and voice.speaker:
            close = voice.mention.start >= heard.line
            more = 3 + close if rank == 0 else 1
            points[voice.speaker] = points.get(voice.speaker, 0) + more
    topic = heard.topic
    close = topic is not None and topic.mention.start >= heard.line
    told = topic is not None and (close or topic.kind == "person")
    if topic and told and topic.speaker and _may_be(people, topic, mention, fits):
        points[topic.speaker] = points.get(topic.speaker, 0) + (6 if close else 3)
    meant = {name: value for name, value in points.items() if name not in heard.apart}
    return dict(sorted(meant.items(), key=lambda one: (-one[1], one[0])))


def leading(points: dict[str, int]) -> str | None:
    """Return who has at least `MARGIN` points more than anybody else."""
    best = list(points.items())[:2]
    if not best or (len(best) > 1 and best[0][1] - best[1][1] < MARGIN):
        return None
    return best[0][0]


def _named(
    people: People, heard: Hearing, mention: Span, fits: Callable[[Person], bool]
) -> dict[str, int]:
    points: dict[str, int] = {}
    here = people.sentence_at(mention.start)
    for name in people.names_before(mention.start, NEAREST):
        if mention.start - name.span.start > FAR:
            break
        if name.span.start in heard.quoted:
            continue
        meant = people.meant(name, mention.start)
        if len(meant) != 1 or not fits(meant[0]):
            continue
        near = _nearness(people, name, here) + 2 * (name.span.start >= heard.line)
        points[meant[0].name] = max(near, points.get(meant[0].name, 0))
    return points


def _nearness(people: People, name: Name, here: int) -> int:
    """Return 1, or more for the subject of the same sentence or of one just before."""
    number = people.sentence_at(name.span.start)
    if here - number > 2:
        return 1
    words = people.words[number]
    at = bisect_left(words, name.span.start, key=lambda token: token.start)
    after = bisect_left(words, name.span.end, at, key=lambda token: token.start)
    joined = after < len(words) and words[after].lower == "and"
    if joined or governed(words, at):
        return 1
    return (6, 3, 2)[here - number]


def _may_be(people: People, voice: Voice, mention: Span, fits: Callable[[Person], bool]) -> bool:
    """Tell whether a voice is a person's, near enough, who fits; a role's words must fit too."""
    if voice.speaker is None or voice.kind not in ("person", "role"):
        return False
    near = mention.start - voice.mention.end < FAR
    return near and fits(people.by_name.get(voice.speaker) or _unnamed(voice.speaker))


def _unnamed(called: str) -> Person:
    """Return somebody whose only name is a description."""
    words = tuple(called.lower().split())
    return Person(called, words, roles={singular(word) for word in words})


def as_body(people: People, heard: Hearing, mention: Span) -> Voice | None:
    """Return whoever spoke last as a body, if nothing but two capitals makes it a person.

    "Kerrin Rail said ... The company said ...": what a body is called next to it tells.
    """
    last = heard.voices[-1] if heard.voices else None
    person = people.by_name.get(last.speaker or "") if last else None
    if last is None or person is None or person.surely or mention.start - last.mention.end > FAR:
        return None
    return Voice(mention, person.name, "organisation", "description")


def of_gender(person: Person, gender: str) -> bool:
    """Tell whether a person may be a man (m) or a woman (f): nothing told says otherwise."""
    return person.gender in (gender, None)


def fits_head(person: Person, noun: str) -> bool:
    """Tell whether a noun such as "actress" or "pensioner" may be said of a person."""
    gender = "m" if noun in MALE else "f" if noun in FEMALE else None
    youngest, oldest = AGES.get(noun, (0, 999))
    of_age = all(youngest <= int(age) <= oldest for age in person.ages)
    return of_age and (gender is None or person.gender in (gender, None))
