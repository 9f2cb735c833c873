"""Which body or written thing a phrase stands for: "the authority", "a report by the Oss Bank"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.lexicon import load
from corpus.spans import Span
from corpus.speakers.names import GROUPS, ORGANISATIONS, OUTLETS, ROLES, Name
from corpus.speakers.people import People
from corpus.speakers.phrase import DEFINITE, phrase_name
from corpus.speakers.scene import FAR, Hearing, Voice
from corpus.speakers.tokens import Token

CALLED = {noun: frozenset(words) for noun, words in load("titles")["called"].items()}
"""What bodies a noun stands for, by a word of their names: the "regulator" may be an agency."""
COMPANIES = frozenset(
    ("company", "firm", "group", "operator", "maker", "retailer", "carrier", "manufacturer",
     "developer", "insurer", "supplier", "giant", "chain", "brewer", "producer", "miner")
)  # fmt: skip
ANNOUNCED = frozenset(("announcement", "statement", "notice", "release", "letter", "message"))
SPOKEN = frozenset(("testimony", "testimonies", "account", "evidence", "words", "remarks"))
BY_AUTHOR = frozenset(("by", "from", "of"))
_NO_COMPANY = frozenset(
    ("academy", "administration", "agency", "army", "assembly", "association", "authority",
     "cabinet", "church", "college", "commission", "committee", "congress", "council", "court",
     "department", "embassy", "federation", "government", "hospital", "institute", "kremlin",
     "league", "library", "ministry", "municipality", "museum", "navy", "observatory", "office",
     "parliament", "party", "police", "school", "secretariat", "senate", "society", "treasury",
     "tribunal", "trust", "union", "university", "watchdog")
)  # fmt: skip
_BACK = 12
"""Number of voices and names of bodies before a place that are looked at."""


def written(
    people: People, phrase: Sequence[Token], head_at: int, mention: Span, heard: Hearing
) -> tuple[Name | None, Voice]:
    """Return the author of a written thing, if a name beside says so, or else its own voice."""
    head = phrase[head_at].lower
    owner = people.ending.get(phrase[head_at - 2].end) if head_at > 1 else None
    if (
        owner
        and (owner.kind == "person" or people.meant(owner, mention.start))
        and phrase[head_at - 1].lower in ("'s", "’s")
    ):
        return owner, Voice(mention, None, None, "author")
    after = phrase[head_at + 1 :]
    if len(after) > 1 and after[0].lower in BY_AUTHOR:
        author = next((n for t in after if (n := people.starting.get(t.start))), None)
        near = author and author.span.start - after[0].end <= 5
        own = after[0].lower != "of" or (head in SPOKEN and author and author.kind == "person")
        if author and near and own:
            return author, Voice(mention, None, None, "author")
    if phrase[0].lower in DEFINITE:
        if before := heard.described.get(head):
            return None, replace(before, mention=mention, by="description")
        if head in ANNOUNCED and (before := heard.last("organisation", "person")):
            return None, replace(before, mention=mention, by="description")
    return None, Voice(mention, phrase_name(people.text, phrase), "document", "description")


def body(
    people: People, phrase: Sequence[Token], head_at: int, mention: Span, heard: Hearing
) -> Voice:
    """Resolve "the authority", "the company"; any other phrase is a voice of its own."""
    head = phrase[head_at].lower
    short = phrase[0].lower in DEFINITE and head_at == len(phrase) - 1 and head not in GROUPS
    if short and (found := _known(people, phrase, head, mention, heard)):
        return found
    known = head in ORGANISATIONS | OUTLETS | COMPANIES
    kind = "organisation" if known else "group"
    by = "description" if known else "phrase"
    return Voice(mention, phrase_name(people.text, phrase), kind, by)


def _known(
    people: People, phrase: Sequence[Token], head: str, mention: Span, heard: Hearing
) -> Voice | None:
    """Return the body a definite noun means: one called so, one heard so, or one of its sort."""
    if any(token.capital for token in phrase[1:-1]):
        return None  # "the Ocean Watch group"
    modifiers = {token.lower for token in phrase[1:-1]}
    called = people.bodies.get(head, ())[-_BACK:]
    before = dict.fromkeys(name for start, name in reversed(called) if start < mention.start)
    fitting = [one for one in before if modifiers <= set(one.lower().split())]
    if len(fitting) == 1:
        return Voice(mention, fitting[0], "organisation", "description")
    if len(fitting) > 1:
        return _nearest(fitting, mention, heard)
    if modifiers and head not in COMPANIES:
        return None
    if known := heard.described.get(head):
        return replace(known, mention=mention, by="description")
    return _of_sort(people, head, mention, heard)


def _nearest(fitting: Sequence[str], mention: Span, heard: Hearing) -> Voice:
    """Choose among bodies called alike the one the talk is of, else leave it open."""
    for voice in (heard.topic, *heard.voices[-1:]):
        if voice and voice.speaker in fitting:
            return replace(voice, mention=mention, by="description")
    return Voice(mention, None, "organisation", "unresolved", tuple(sorted(fitting))[:5])


def _of_sort(people: People, head: str, mention: Span, heard: Hearing) -> Voice | None:
    """Return the one body near of the sort a noun names: a company, an agency, a club."""
    if head not in COMPANIES and head not in CALLED and head not in ORGANISATIONS | OUTLETS:
        return None
    near: list[str] = []
    kinds = ("organisation",) if head in COMPANIES else ("organisation", "group")
    voices = [heard.topic] if heard.topic else []
    for voice in [*voices, *heard.voices[-_BACK:][::-1]]:
        close = mention.start - voice.mention.end < FAR
        if close and voice.kind in kinds and voice.speaker and _sort(head, voice.speaker):
            near.append(voice.speaker)
    for name in people.names_before(mention.start, _BACK):
        close = mention.start - name.span.end < FAR
        if close and name.kind == "organisation" and _sort(head, people.body(name)):
            near.append(people.body(name))
    found = list(dict.fromkeys(near))
    if len(found) == 1 or (found and near.count(found[0]) > len(near) / 2):
        return Voice(mention, found[0], "organisation", "description")
    if found:
        return Voice(mention, None, "organisation", "unresolved", tuple(found[:5]))
    return None


def _sort(head: str, name: str) -> bool:
    words = set(name.lower().split())
    if head in COMPANIES:
        return not words & _NO_COMPANY and not words & (OUTLETS | ROLES)
    return bool(words & CALLED.get(head, frozenset()))
