"""Whose words a written thing has: "a report by the Oss Bank", "its survey", "the letter"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.spans import Span
from corpus.speakers.descriptions import describes_people
from corpus.speakers.names import CALENDAR, ORGANISATIONS, OUTLETS, Name
from corpus.speakers.people import People
from corpus.speakers.phrase import DEFINITE, OWNERS, OWNING, head, modifiers, phrase_name
from corpus.speakers.pronouns import pronoun
from corpus.speakers.scene import Hearing, Voice
from corpus.speakers.things import CALLED, COMPANIES, known_body
from corpus.speakers.tokens import Token

PRINTED = frozenset(("article", "report", "editorial", "story", "review", "essay", "letter"))
ANNOUNCED = frozenset(("announcement", "statement", "notice", "release"))
ANY_WRITING = frozenset(("document", "publication", "text"))
"""Nouns that hardly ever name a written thing for the first time."""
POINTING = frozenset(("this", "that", "these", "those"))
OWN = frozenset(
    ("testimony", "testimonies", "account", "evidence", "words", "remarks", "diary", "diaries",
     "statement", "affidavit", "memoir", "memoirs", "letter", "letters", "notebook", "memo",
     "email")
)  # fmt: skip
"""Words of which "of N" tells whose they are, unlike "the file of N"."""
WRITTEN = frozenset(("written", "signed", "drafted", "compiled", "penned", "prepared", "sent"))
MADE = WRITTEN | {"wrote", "published", "released", "issued", "conducted", "produced", "submitted"}
MADE |= {"presented", "led", "authored", "drew", "filed", "kept", "adopted"}
BY_AUTHOR = frozenset(("by", "from", "of"))
_ASIDE = frozenset(("which", "that", "was", "were", "is", "has", "had", "been", "on", "in", "last"))
_ASIDE |= {"this", "week", "month", "year", "today", "yesterday", "earlier", "jointly", "out", "up"}
_ASIDE |= MADE | CALENDAR | {"drawn", "carried"}
"""What may stand between a written thing and "by" without being about anything else."""
_WHOSE = frozenset(("a", "an", "the")) | OWNING
_LONGEST_ASIDE, _LONGEST_POST, _LONGEST_ACT = 9, 6, 20
_NEAR = 5
"""Code points after "by" within which its author's name begins."""


def written(
    people: People, phrase: Sequence[Token], head_at: int, mention: Span, heard: Hearing
) -> tuple[Name | None, Voice]:
    """Return the author of a written thing, if a name beside says so, or else its own voice."""
    if owner := _owner(people, phrase, head_at, mention):
        return owner, Voice(mention, None, None, "author")
    if author := _author(people, phrase, head_at):
        return author, Voice(mention, None, None, "author")
    known = phrase[0].lower in DEFINITE and phrase[head_at].lower in heard.described
    if not known and (author := _told_of(people, phrase, head_at)):
        return author, Voice(mention, None, None, "author")
    made = _maker(people, phrase, head_at, mention, heard)
    made = made or _named_before(people, phrase, head_at, mention, heard)
    return None, made or Voice(mention, phrase_name(people.text, phrase), "document", "description")


def _owner(people: People, phrase: Sequence[Token], head_at: int, mention: Span) -> Name | None:
    """Return whose name stands before the noun: "Roe's report"."""
    owner = people.ending.get(phrase[head_at - 2].end) if head_at > 1 else None
    if owner is None or phrase[head_at - 1].lower not in ("'s", "’s"):
        return None
    person = owner.kind == "person" or people.meant(owner, mention.start)
    return owner if person else None


def _author(people: People, phrase: Sequence[Token], head_at: int) -> Name | None:
    """Return the name that "by", "from" or "of" leads to, in the phrase or right behind it."""
    return _led_to(people, phrase[head_at], _by(phrase, head_at) or _aside(people, phrase[head_at]))


def _led_to(people: People, noun: Token, after: Sequence[Token]) -> Name | None:
    """Return the author's name in the words from "by", "from" or "of" on."""
    author = next((n for t in after[1:] if (n := people.starting.get(t.start))), None)
    if author is None:
        return None
    own = after[0].lower != "of" or (noun.lower in OWN and author.kind == "person")
    if after[0].lower == "in":
        return author if OUTLETS & set(author.words) else None
    near = author.span.start - after[0].end <= _NEAR or _after_post(after, author)
    return author if own and near else None


def _told_of(people: People, phrase: Sequence[Token], head_at: int) -> Name | None:
    """Return the author told in the sentence before: "heard a letter from N. The letter says"."""
    number = people.sentence_at(phrase[0].start) - 1
    if phrase[0].lower != "the" or head_at > 1 or number < 0:
        return None
    words, noun = people.words[number], phrase[head_at].lower
    places = [n for n, token in enumerate(words[:-1]) if token.lower == noun]
    after = words[places[-1] + 1 :][:_LONGEST_ASIDE] if places else ()
    beside = after and after[0].lower in BY_AUTHOR
    return _led_to(people, words[places[-1]], after) if beside else None


def _after_post(after: Sequence[Token], author: Name) -> bool:
    """Tell whether only a post stands between "by" and a person's name."""
    between = [token for token in after[1:] if token.end <= author.span.start]
    post = len(between) <= _LONGEST_POST and any(describes_people(t.lower) for t in between)
    return author.kind == "person" and post


def _by(phrase: Sequence[Token], head_at: int) -> Sequence[Token]:
    """Return the words from "by", "from" or "of" on that tell whose a written thing is."""
    noun = phrase[head_at].lower
    for at in range(head_at + 1, len(phrase)):
        word, before = phrase[at].lower, phrase[at - 1]
        if at == head_at + 1 and word in BY_AUTHOR and (word != "of" or noun in OWN):
            return phrase[at:]
        if at == head_at + 1 and word == "in" and noun in PRINTED:
            return phrase[at:]  # "an article in the Oss Gazette"
        if word == "by" and not (_done(before) or _done(phrase[head_at + 1])):
            return phrase[at:]  # "a study of 900 gulls by the Oss Bank"
        if (word == "by" and before.lower in WRITTEN) or (word == "from" and before.capital):
            return phrase[at:]
    return ()


def _done(token: Token) -> bool:
    """Tell whether a word says what was done with a thing, so that "by" may lead to anybody."""
    return token.lower.endswith(("ed", "en"))


def _aside(people: People, noun: Token) -> Sequence[Token]:
    """Return the words from "by" on in "the report, published on Monday by the Oss Bank"."""
    words = people.words[people.sentence_at(noun.start)]
    first = next(n for n, token in enumerate(words) if token.start == noun.start) + 1
    first += first < len(words) and words[first].word == ","
    for at in range(first, min(first + _LONGEST_ASIDE, len(words))):
        if words[at].lower == "by" or (words[at].lower == "from" and words[at - 1].word == ","):
            return words[at : at + _LONGEST_ASIDE]
        if words[at].lower not in _ASIDE and not words[at].word.isdigit():
            break
    return ()


def _maker(
    people: People, phrase: Sequence[Token], head_at: int, mention: Span, heard: Hearing
) -> Voice | None:
    """Return the body that "the fund" stands for in "a survey by the fund", "the fund's survey".

    Of "its survey" it is whom "its" stands for, or nobody sure.
    """
    if phrase[0].lower in OWNING:
        owner = pronoun(people, phrase[0], mention, heard)
        return replace(owner, by="author") if owner.speaker else owner
    if not _by(phrase, head_at) and (body := _made_by(people, phrase[head_at], mention, heard)):
        return body
    after = _by(phrase, head_at)
    owned = head_at > 2 and phrase[head_at - 1].lower in OWNERS
    compound = head_at > 1 and phrase[head_at - 1].lower in ORGANISATIONS | COMPANIES
    if compound:
        known = known_body(people, phrase[:head_at], phrase[head_at - 1].lower, mention, heard)
        if known and known.speaker:
            return replace(known, by="author")  # "a company statement"
    for part in (phrase[: head_at - 1] if owned else (), after[1:]):
        at = head(part) if part else -1
        if part and part[0].lower in DEFINITE and at == len(part) - 1:
            known = known_body(people, part, part[at].lower, mention, heard)
            if known and known.speaker:
                return replace(known, by="author")
    return None


def _made_by(people: People, noun: Token, mention: Span, heard: Hearing) -> Voice | None:
    """Return the body of "a report, released on Monday by the watchdog", outside the phrase."""
    after = _aside(people, noun)[1:]
    if not after or after[0].lower not in DEFINITE or after[0].start < mention.end:
        return None
    bodies = ORGANISATIONS | COMPANIES
    last = next((n for n, t in enumerate(after[:_LONGEST_POST]) if t.lower in bodies), 0)
    if not last or any(not token.is_word for token in after[:last]):
        return None
    body = after[: last + 1]
    known = known_body(people, body, body[last].lower, mention, heard)
    if known and known.speaker:
        return replace(known, by="author")
    return Voice(mention, phrase_name(people.text, body), "organisation", "author")


def _named_before(
    people: People, phrase: Sequence[Token], head_at: int, mention: Span, heard: Hearing
) -> Voice | None:
    """Return the voice of "the report", "the paper", "the statement" spoken of before."""
    noun = phrase[head_at].lower
    if phrase[0].lower not in DEFINITE:
        return None
    pointed = phrase[0].lower in POINTING
    if before := heard.again(noun, modifiers(phrase, head_at), mention, pointed):
        return before
    if maker := _just_made(people, noun, mention, heard) or _said_in(people, noun, mention, heard):
        return maker
    outlet = (noun in CALLED or noun in OUTLETS) and head_at == len(phrase) - 1
    if outlet and (found := known_body(people, phrase, noun, mention, heard)):
        return found  # "the paper said"
    if noun in ANY_WRITING and head_at == 1 and (thing := heard.written(mention)):
        return thing
    before = heard.last("organisation", "person") if noun in ANNOUNCED else None
    if before and before is heard.voices[-1]:
        here, there = (people.sentence_at(one.start) for one in (mention, before.mention))
        if here - there < 2:
            return replace(before, mention=mention, by="description")
    return None


def _just_made(people: People, noun: str, mention: Span, heard: Hearing) -> Voice | None:
    """Return who "released a study" in the sentence that ends before "the study says"."""
    for maker in (heard.topic, *heard.voices[-1:]):
        number = people.sentence_at(mention.start) - 1
        if maker is None or maker.speaker is None or number < 0:
            continue
        if people.sentence_at(maker.mention.start) == number and _makes(people, maker, noun):
            return replace(maker, mention=mention, by="author")
    return None


def _makes(people: People, maker: Voice, noun: str) -> bool:
    """Tell whether a voice's sentence says of it, and of nobody named after it, that it made one.

    A tagger may have taken the verb for a part of the source.
    """
    number, first = people.sentence_at(maker.mention.start), maker.mention.start
    words = [token for token in people.words[number] if token.start >= first][:_LONGEST_ACT]
    made = next((n for n, token in enumerate(words) if token.lower in MADE), len(words))
    named = any(t.start in people.starting for t in words[:made] if t.start >= maker.mention.end)
    return not named and any(t.lower == noun for t in words[made : made + _LONGEST_POST])


def _said_in(people: People, noun: str, mention: Span, heard: Hearing) -> Voice | None:
    """Return who spoke last if it was "in a letter" or "in its report" that they did."""
    last = heard.voices[-1] if heard.voices else None
    if last is None or last.speaker is None or heard.apart:
        return None
    words = [token.lower for token in people.words[people.sentence_at(last.mention.start)]]
    for at, word in enumerate(words):
        before = words[max(0, at - _LONGEST_POST) : at] if word == noun else []
        opens = [n for n, one in enumerate(before[:-1]) if one == "in" and before[n + 1] in _WHOSE]
        if opens and all(one[0].isalnum() for one in before[opens[-1] :]):
            return replace(last, mention=mention, by="author")
    return None
