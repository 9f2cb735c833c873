"""Who speaks: the source of each draft resolved in reading order, "I" and "you" within a speech."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.attribution.drafts import Draft
from corpus.attribution.forms.labels import Label
from corpus.attribution.page import Page, Sentence
from corpus.attribution.phrases import JOINERS, RELATIVE, antecedent, opening
from corpus.spans import Span
from corpus.speakers.names import HONORIFICS, ROLES, singular
from corpus.speakers.resolve import PRONOUNS, Hearing, Voice, voice_of

FIRST_PERSON = frozenset(("i", "we", "me", "us"))
SECOND_PERSON = frozenset(("you",))
QUESTION, ANSWER = "Q", "A"


class Company:
    """Everybody who speaks in an article, met one after another."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.hearing = Hearing()
        self.labelled: dict[str, Voice] = {}

    def resolve(self, drafts: Sequence[Draft], labels: dict[int, Label]) -> None:
        """Set the voice of each draft; `drafts` are sorted by line and place."""
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
            self._remember_topic(here)
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
        first, last = home.index(draft.source.start), home.index(draft.source.end - 1)
        phrase = home.words[first : last + 1]
        if phrase[0].lower in RELATIVE | {"that"} and (noun := antecedent(home, first)):
            phrase = home.words[slice(*noun)]
        voice = voice_of(self.page.people, phrase, self.hearing)
        if self.page.quote_at(draft.place.start) is None:
            self.hearing.add(voice, phrase)
        return voice

    def _shared(self, here: Sentence, draft: Draft, before: Sequence[Draft]) -> Span | None:
        """Return the source of the draft before, for ", adding that" and "and said"."""
        if draft.cue is None or draft.stance == "doubtful" or not before:
            return None
        at = here.index(draft.cue.start)
        joined = here.lower(at - 1) in JOINERS | {","} or here.lower(at).endswith("ing")
        return before[-1].source if joined and not before[-1].turn else None

    def _remember_topic(self, here: Sentence) -> None:
        """Note whom the sentence begins with; a pronoun leaves that as it was."""
        begins = opening(here)
        if begins is None:
            self.hearing.topic = None
        elif here.lower(0) not in PRONOUNS:
            phrase = here.words[slice(*begins)]
            self.hearing.topic = voice_of(self.page.people, phrase, self.hearing)

    def _turn(self, label: Label) -> Voice:
        """Return who the label of a turn stands for."""
        known = self.labelled.get(label.words)
        if known is None or label.name:
            known = self.labelled[label.words] = self._labelled(label)
        return Voice(label.span, known.speaker, known.kind, "label", known.candidates)

    def _labelled(self, label: Label) -> Voice:
        if label.name:
            return Voice(label.span, label.name, "person", "label")
        if label.words == QUESTION:
            return Voice(label.span, None, "role", "label")
        people = self.page.people
        if label.words == ANSWER:
            met = [one for one in people.persons if one.places[0] < label.span.start]
            only = met[0].name if len(met) == 1 else None
            known = tuple(one.name for one in met[:5] if one.roles and only is None)
            return Voice(label.span, only, "person", "label", known)
        words = [word.strip(".").lower() for word in label.words.split()]
        plain = [word for word in words if word not in HONORIFICS and word != "the"]
        if all(singular(word) in ROLES for word in plain):
            return Voice(label.span, " ".join(plain), "role", "label")
        names = [word for word in plain if singular(word) not in ROLES] or plain
        found = people.matching(tuple(names), ())
        name = found[0].name if len(found) == 1 else label.words
        return Voice(label.span, _titled(name), "person", "label")

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


def _addressed(draft: Draft, answer: Draft | None) -> Voice | None:
    """Return whom a turn speaks to: whoever answers it, if that is somebody else."""
    assert draft.source is not None
    assert draft.parent is not None
    asking, after = draft.parent.voice, answer.voice if answer else None
    if asking and after and after.speaker and after.speaker != asking.speaker:
        return replace(after, mention=draft.source, by="pronoun")
    return None


def _titled(words: str) -> str:
    """Return a label in capitals written as a name: "LARK J" is Lark J."""
    if not words.isupper():
        return words
    return " ".join(word.capitalize() if len(word) > 1 else word for word in words.split())
