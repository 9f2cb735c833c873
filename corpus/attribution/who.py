"""Who speaks: the source of each draft resolved in reading order, "I" and "you" within a speech."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.attribution.drafts import Draft
from corpus.attribution.forms.labels import Label
from corpus.attribution.openings import apposed, opening
from corpus.attribution.page import Page, Sentence
from corpus.attribution.phrases import JOINERS, RELATIVE, antecedent
from corpus.attribution.stances import nobody
from corpus.spans import Span
from corpus.speakers.names import DETERMINERS, HONORIFICS, LETTERS, OUTLETS, ROLES, singular
from corpus.speakers.person import Person
from corpus.speakers.pronouns import PRONOUNS
from corpus.speakers.resolve import voice_of
from corpus.speakers.scene import Hearing, Voice

ASKER_RE = re.compile(
    r"\b(?:by|correspondent|host|interview|interviewer|presenter|questions|reporter):? \Z",
    re.IGNORECASE,
)
ASKS_RE = re.compile(
    r"(?:,[^,.\n]{1,60},)? (?:asks|asked|interviews|interviewed|questions|questioned|quizzed|met"
    r"|meets|sat down|sits down|caught up|in conversation|(?:puts?|asks) (?:the|our) questions"
    r"|(?:spoke|speaks|speaking|talked|talks|talking) (?:to|with))\b"
)
ASKING = frozenset(("correspondent", "host", "interviewer", "journalist", "moderator", "presenter"))
ASKING |= {"reporter", "anchor", "newsreader", "columnist"}
ASKED = 5
"""Number of people who are named as those who may have been asked."""
FIRST_PERSON = frozenset(("i", "we", "me", "us"))
SECOND_PERSON = frozenset(("you",))
QUESTIONS, ANSWER = frozenset(("Q", "QUESTION", "Question", "Q.")), "A"


class Company:
    """Everybody who speaks in an article, met one after another."""

    def __init__(self, page: Page) -> None:
        self.page = page
        starts = (name.span.start for name in page.people.names)
        quoted = frozenset(start for start in starts if page.quote_at(start))
        self.hearing = Hearing(quoted=quoted)
        self.labelled: dict[str, Voice] = {}
        self.begun = 0

    def resolve(self, drafts: Sequence[Draft], labels: dict[int, Label]) -> None:
        """Set the voice of each draft; `drafts` are sorted by line and place."""
        self.begun = min((label.span.start for label in labels.values()), default=0)
        by_sentence: dict[int, list[Draft]] = {}
        for draft in drafts:
            by_sentence.setdefault(self.page.number_at(draft.place.start), []).append(draft)
        for here in self.page.sentences:
            self.hearing.line = self.page.lines[here.line].start
            self.hearing.lines = here.line
            present = by_sentence.get(here.number, [])
            for n, draft in enumerate(present):
                if draft.turn:
                    draft.voice = self._turn(labels[here.line])
                    self.hearing.voices.append(draft.voice)
                else:
                    draft.voice = self._voice(here, draft, present[:n])
            self._remember_topic(here, labels.get(here.line))
        turns = [draft for draft in drafts if draft.turn]
        answers = dict(zip(map(id, turns), turns[1:], strict=False))
        for draft in drafts:
            self._in_speech(draft, answers)

    def _voice(self, here: Sentence, draft: Draft, before: Sequence[Draft]) -> Voice | None:
        if draft.source is None:
            draft.source = self._shared(here, draft, before)
        if draft.source is None:
            return None
        home = here
        if not here.span.holds(draft.source):
            home = self.page.sentences[self.page.number_at(draft.source.start)]
        if nobody(home, draft.source):
            return Voice(draft.source, None, None, "unresolved")
        first, last = home.index(draft.source.start), home.index(draft.source.end - 1)
        if name := self.page.people.around(draft.source.end - 1):
            last = home.index(name.span.end - 1)  # "Governor Ann" of "Governor Ann Lee"
        phrase = home.words[first : last + 1]
        if phrase[0].lower in RELATIVE | {"that"} and (noun := antecedent(home, first)):
            phrase = home.words[slice(*noun)]
        first, last = home.index(phrase[0].start), home.index(phrase[-1].start)
        self.hearing.apart = self._speaking(draft)
        voice = voice_of(self.page.people, apposed(home, first, last + 1), self.hearing)
        voice = replace(voice, mention=Span(phrase[0].start, phrase[-1].end))
        self.hearing.apart = set()
        if self.page.quote_at(draft.place.start) is None:
            self.hearing.add(voice, phrase)
        return voice

    def _speaking(self, draft: Draft) -> set[str]:
        """Return who speaks where the draft stands: "he" in a turn is somebody else."""
        holder = draft.parent
        if holder is None:
            return set()
        spoken = holder.turn or self.page.quote_at(draft.place.start)
        return self._selves(holder.voice) if spoken else set()

    def _selves(self, voice: Voice | None) -> set[str]:
        """Return the names of a voice: as resolved, and in capitals as in a label."""
        if voice is None or voice.speaker is None:
            return set()
        last = voice.speaker.split()[-1].lower()
        namesakes = self.page.people.by_word.get(last, ())
        return {voice.speaker, *(one.name for one in namesakes if len(one.words) == 1)}

    def _shared(self, here: Sentence, draft: Draft, before: Sequence[Draft]) -> Span | None:
        """Return the source of the draft before, for ", adding that" and "and said"."""
        if draft.cue is None or draft.stance == "doubtful" or not before:
            return None
        at = here.index(draft.cue.start)
        joined = here.lower(at - 1) in JOINERS | {","} or here.lower(at).endswith("ing")
        return before[-1].source if joined and not before[-1].turn else None

    def _remember_topic(self, here: Sentence, label: Label | None) -> None:
        """Note whom the sentence begins with; a pronoun leaves that as it was."""
        begins = opening(here, here.past(0, label.said.start) if label else 0)
        first = begins[0] if begins else 0
        if begins is None or (here.lower(first) in PRONOUNS and here.lower(first + 1) == "and"):
            self.hearing.topic = None
        elif here.lower(first) not in PRONOUNS - DETERMINERS:
            phrase = here.words[slice(*begins)]
            turn = self.labelled.get(label.words) if label else None
            self.hearing.apart = self._selves(turn)
            self.hearing.topic = voice_of(self.page.people, phrase, self.hearing)
            self.hearing.apart = set()

    def _turn(self, label: Label) -> Voice:
        """Return who the label of a turn stands for."""
        known = self.labelled.get(label.words)
        if known is None or label.name:
            known = self.labelled[label.words] = self._labelled(label)
        return Voice(label.span, known.speaker, known.kind, "label", known.candidates)

    def _labelled(self, label: Label) -> Voice:
        people = self.page.people
        if label.name and _is_named(label.words, label.name):
            name = label.name.split(",")[0]
            outlet = not OUTLETS.isdisjoint(name.lower().split())
            return Voice(label.span, name, "organisation" if outlet else "person", "label")
        if label.words in QUESTIONS:
            return self._asking(label)
        if found := _with_initials(people.persons, label.words):
            return Voice(label.span, found[0].name, "person", "label")
        if label.words == ANSWER:
            return self._answering(label)
        words = [word.strip(".").lower() for word in label.words.split()]
        plain = [word for word in words if word not in HONORIFICS and word != "the"]
        if len(plain) > 1 and plain[-1] in LETTERS:
            plain = plain[:-1]  # "MR LYLE KC"
        if all(singular(word) in ROLES for word in plain):
            holders = people.by_office.get(plain[-1], []) if len(plain) == 1 else []
            if len(holders) == 1:
                return Voice(label.span, holders[0].name, "person", "label")
            return Voice(label.span, " ".join(plain), "role", "label")
        names = [word for word in plain if singular(word) not in ROLES] or plain
        found = people.matching(tuple(names), ())
        name = found[0].name if len(found) == 1 else label.words
        return Voice(label.span, _titled(name), "person", "label")

    def _asking(self, label: Label) -> Voice:
        """Return who asks in "Q: ... A: ...": the one person who is said to, if there is one."""
        people, text = self.page.people, self.page.text
        met = [one for one in people.persons if one.places[0] < self.begun]
        asks = [one for one in people.persons if _asks(text, one)]
        met = asks or [one for one in met if len(met) > 1 and one.roles & ASKING]
        if len(met) == 1:
            return Voice(label.span, met[0].name, "person", "label")
        bodies = [one for one in people.names if one.kind == "organisation"]
        asking = [one for one in bodies if ASKS_RE.match(text, one.span.end, self.begun)]
        if len(asking) == 1 and not met:
            return Voice(label.span, people.body(asking[0]), "organisation", "label")
        return Voice(label.span, None, "role", "label", tuple(one.name for one in met[:ASKED]))

    def _answering(self, label: Label) -> Voice:
        """Return who answers in "Q: ... A: ...": the one person met before who asks nothing."""
        people, text = self.page.people, self.page.text
        met = [one for one in people.persons if one.places[0] < self.begun]
        asking = [one for one in met if _asks(text, one)]
        told = [one for one in met if one not in asking]
        headline = [one for one in told if one.places[0] < self.page.lines[0].end]
        known = [one for one in told if one.roles]
        for found in (told, headline, known):
            if len(found) == 1:
                return Voice(label.span, found[0].name, "person", "label")
        return Voice(label.span, None, "person", "label", tuple(one.name for one in known[:ASKED]))

    def _in_speech(self, draft: Draft, answers: dict[int, Draft]) -> None:
        """Resolve "I" to whoever's words hold it, and "you" to whoever is spoken to."""
        words = draft.source.cut(self.page.text).lower().split() if draft.source else []
        if len(words) != 1 or draft.parent is None or draft.parent.voice is None:
            return
        assert draft.source is not None
        holder = draft.parent.voice
        if words[0] in FIRST_PERSON and holder.speaker:
            draft.voice = Voice(draft.source, holder.speaker, holder.kind, "pronoun")
        elif words[0] in SECOND_PERSON and draft.parent.turn:
            draft.voice = _addressed(draft, answers.get(id(draft.parent))) or draft.voice


def _is_named(words: str, name: str) -> bool:
    """Tell whether a label's brackets name its bearer: "CHAIR (Ann Lee)", not "LEE (East Oss)"."""
    plain = [word.strip(".").lower() for word in words.split()]
    named = name.lower().split()
    asks = words in QUESTIONS
    return asks or plain[-1] in named or any(singular(word) in ROLES for word in plain)


def _asks(text: str, person: Person) -> bool:
    """Tell whether somebody is said to ask: "by N", "presenter N", "N spoke to"."""
    first = person.places[0]
    before = text[max(0, first - 16) : first]
    called = text.find(person.name, first)
    return bool(ASKER_RE.search(before) or ASKS_RE.match(text, called + len(person.name)))


def _addressed(draft: Draft, answer: Draft | None) -> Voice | None:
    """Return whom a turn speaks to: whoever answers it, if that is somebody else."""
    assert draft.source is not None
    assert draft.parent is not None
    asking, after = draft.parent.voice, answer.voice if answer else None
    if asking and after and after.speaker and after.speaker != asking.speaker:
        return replace(after, mention=draft.source, by="pronoun")
    return None


def _with_initials(persons: Sequence[Person], label: str) -> list[Person]:
    """Return the one person a label such as "RS" abbreviates, if there is just one."""
    letters = label.replace(".", "").replace(" ", "").lower()
    if not (label.isupper() and 2 <= len(letters) <= 3):
        return []
    found = [one for one in persons if "".join(word[0] for word in one.words) == letters]
    return found if len(found) == 1 else []


def _titled(words: str) -> str:
    """Return a label in capitals written as a name: "LARK J" is Lark J."""
    if not words.isupper():
        return words
    return " ".join(word.capitalize() if len(word) > 1 else word for word in words.split())
