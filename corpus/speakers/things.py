"""Which body a phrase stands for: "the authority", "the company"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.lexicon import load
from corpus.spans import Span
from corpus.speakers.beside import MAKERS
from corpus.speakers.names import GROUPS, ORGANISATIONS, OUTLETS, ROLES
from corpus.speakers.people import People
from corpus.speakers.phrase import DEFINITE, phrase_name
from corpus.speakers.scene import FAR, Hearing, Voice, as_body
from corpus.speakers.tokens import Token

CALLED = {noun: frozenset(words) for noun, words in load("titles")["called"].items()}
"""What bodies a noun stands for, by a word of their names: the "regulator" may be an agency."""
COMPANIES = frozenset(
    ("company", "firm", "group", "operator", "maker", "retailer", "carrier", "manufacturer",
     "developer", "insurer", "supplier", "giant", "chain", "brewer", "producer", "miner",
     "utility", "carmaker", "drugmaker", "shipbuilder", "conglomerate", "startup", "airline",
     "steelmaker", "chipmaker")
)  # fmt: skip
_NO_COMPANY = frozenset(
    ("academy", "administration", "agency", "army", "assembly", "association", "authority",
     "cabinet", "church", "college", "commission", "committee", "congress", "council", "court",
     "department", "embassy", "federation", "government", "hospital", "institute", "kremlin",
     "league", "library", "ministry", "municipality", "museum", "navy", "observatory", "office",
     "parliament", "party", "police", "school", "secretariat", "senate", "society", "treasury",
     "tribunal", "trust", "union", "university", "watchdog")
)  # fmt: skip
PLACES = frozenset(
    ("city", "town", "village", "country", "county", "state", "nation", "province", "region",
     "island", "parish", "palace", "industry", "market", "public", "opposition", "world", "marsh")
)  # fmt: skip
ANY_BODY = COMPANIES | {"agency", "association", "body", "charity", "club", "organisation"}
ANY_BODY |= {"organization", "outlet", "magazine"}
"""Nouns that hardly ever name a body for the first time: after "the", some body before is meant."""
_BACK = 12
"""Number of voices and names of bodies before a place that are looked at."""


def body(
    people: People, phrase: Sequence[Token], head_at: int, mention: Span, heard: Hearing
) -> Voice:
    """Resolve "the authority", "the company"; any other phrase is a voice of its own."""
    noun = phrase[head_at].lower
    short = phrase[0].lower in DEFINITE and head_at == len(phrase) - 1 and noun not in GROUPS
    if short and (found := known_body(people, phrase, noun, mention, heard)):
        return found
    known = noun in ORGANISATIONS | OUTLETS | COMPANIES | MAKERS
    if not known and short and (open_one := _anybody(people, phrase, noun, mention, heard)):
        return open_one
    single = phrase[0].lower in ("another", "one")
    kind = "organisation" if known else "role" if single else "group"
    by = "description" if known else "phrase"
    return Voice(mention, phrase_name(people.text, phrase), kind, by)


def _anybody(
    people: People, phrase: Sequence[Token], noun: str, mention: Span, heard: Hearing
) -> Voice | None:
    """Leave open whether an unknown noun means a person who just spoke: "the incumbent"."""
    last = heard.voices[-1] if heard.voices else None
    strange = noun.endswith("s") or noun in PLACES or phrase[-1].capital
    if last is None or last.kind != "person" or strange or heard.apart:
        return None
    if phrase[0].lower != "the" or mention.start - last.mention.end > FAR:
        return None
    return Voice(mention, None, None, "unresolved", (last.speaker,) if last.speaker else ())


def known_body(
    people: People, phrase: Sequence[Token], noun: str, mention: Span, heard: Hearing
) -> Voice | None:
    """Return the body a definite noun means: one called so, one heard so, or one of its sort."""
    if any(token.capital for token in phrase[1:-1]):
        return None  # "the Ocean Watch group"
    told = {token.lower for token in phrase[1:-1]}
    called = (*people.bodies.get(noun, ()), *people.introduced.get(noun, ()))[-_BACK:]
    before = dict.fromkeys(name for start, name in reversed(called) if start < mention.start)
    fitting = [one for one in before if told <= set(one.lower().split())]
    if len(fitting) == 1:
        return Voice(mention, fitting[0], "organisation", "description")
    if len(fitting) > 1:
        return _nearest(fitting, mention, heard)
    if told and noun not in COMPANIES:
        return None
    if known := heard.again(noun, told, mention):
        return known
    return _of_sort(people, noun, mention, heard)


def _nearest(fitting: Sequence[str], mention: Span, heard: Hearing) -> Voice:
    """Choose among bodies called alike the one the talk is of, else leave it open."""
    for voice in (heard.topic, *heard.voices[-1:]):
        if voice and voice.speaker in fitting:
            return replace(voice, mention=mention, by="description")
    return Voice(mention, None, "organisation", "unresolved", tuple(sorted(fitting))[:5])


def _of_sort(people: People, noun: str, mention: Span, heard: Hearing) -> Voice | None:
    """Return the one body near of the sort a noun names: a company, an agency, a club."""
    if noun not in COMPANIES and noun not in CALLED and noun not in ORGANISATIONS | OUTLETS:
        return None
    near: list[str] = []
    kinds = ("organisation",) if noun in COMPANIES else ("organisation", "group")
    voices = [heard.topic] if heard.topic else []
    for voice in [*voices, *heard.voices[-_BACK:][::-1]]:
        close = mention.start - voice.mention.end < FAR
        if close and voice.kind in kinds and voice.speaker and _sort(noun, voice.speaker):
            near.append(voice.speaker)
    for name in people.names_before(mention.start, _BACK):
        close = mention.start - name.span.end < FAR
        if close and name.kind == "organisation" and _sort(noun, people.body(name)):
            near.append(people.body(name))
    found = list(dict.fromkeys(near))
    last = heard.last("organisation")
    if noun in ANY_BODY and last and last.speaker and last.speaker not in found:
        close = mention.start - last.mention.end < FAR
        if close and not found and last is heard.voices[-1] and _plain(last.speaker):
            return replace(last, mention=mention, by="description")
        if close and not any(noun in one.lower().split() for one in found):
            found = list(dict.fromkeys([*found, last.speaker]))
            return Voice(mention, None, "organisation", "unresolved", tuple(found[:5]))
    if len(found) == 1 or (found and near.count(found[0]) > len(near) / 2):
        return Voice(mention, found[0], "organisation", "description")
    if found:
        return Voice(mention, None, "organisation", "unresolved", tuple(found[:5]))
    return as_body(people, heard, mention) if noun in COMPANIES else None


def _plain(name: str) -> bool:
    """Tell whether no word of a body's name says of what sort it is."""
    return (ORGANISATIONS | OUTLETS).isdisjoint(name.lower().split())


def _sort(noun: str, name: str) -> bool:
    words = set(name.lower().split())
    if noun in COMPANIES:
        return not words & _NO_COMPANY and not words & (OUTLETS | ROLES)
    return bool(words & CALLED.get(noun, frozenset()))
