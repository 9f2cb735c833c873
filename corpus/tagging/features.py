"""Tokens of an article and what the lexical reader sees of each: numbers, ready for its tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from unicodedata import normalize

import numpy as np

from corpus.sentences import WORDS
from corpus.tagging.arrays import Flags, Ints
from corpus.tagging.base import Paragraphs

TOKEN = re.compile(
    r"['’](?:s|re|ve|ll|d|m|t)\b|(?:[A-Za-z]\.){2,8}|[0-9]+(?:[.,:][0-9]+)*"
    r"|[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*|[^\w\s]|_"
)
SUFFIX = 3
# Tokens of a passage: fewer can hold no attribution, longer paragraphs are cut.
SHORTEST, LONGEST = 3, 256
# How a token is written.
SHAPES = 9
LOWER, CAPITAL, CAPITALS, INITIAL, DIGITS, MIXED, MARK, STOP, OTHER = range(SHAPES)
# Where it stands: outside quotation marks, inside, or a mark itself.
PLACES = 3
OUTSIDE, INSIDE, EDGE = range(PLACES)
# What a token does to the tokens after it.
PLAIN, COMMA, ENDING, ABBREVIATED, OPENING, CLOSING, STRAIGHT, SINGLE = range(8)
ROLES = {
    **dict.fromkeys([",", ";"], COMMA),
    **dict.fromkeys(".!?…", ENDING),
    **dict.fromkeys(WORDS["titles"], ABBREVIATED),
    **dict.fromkeys("“«„", OPENING),
    **dict.fromkeys("”»", CLOSING),
    **dict.fromkeys('"', STRAIGHT),
    **dict.fromkeys("'‘’", SINGLE),
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words and word ends that have rows in the tables; row 0 stands for all others."""

    words: Mapping[str, int]
    suffixes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of some passages in the order of the text, one array entry for each.

    A passage is a paragraph or, of one longer than LONGEST tokens, a piece; paragraphs shorter
    than SHORTEST are left out. `bounds` are the token indexes where the passages begin, with the
    number of tokens at the end; `homes` says for each passage in which paragraph it stands.
    `starts` and `ends` are code points of the text. `sentences`, `commas` and `marks` count those
    begun or passed since the passage began.
    """

    homes: Ints
    bounds: Ints
    starts: Ints
    ends: Ints
    words: Ints
    suffixes: Ints
    shapes: Ints
    places: Ints
    sentences: Ints
    commas: Ints
    marks: Ints

    def part(self, first: int, last: int) -> Tokens:
        """Return the passages `[first, last)` alone, their tokens counted from 0."""
        begin, end = int(self.bounds[first]), int(self.bounds[last])
        arrays = (getattr(self, name)[begin:end] for name in _BY_TOKEN)
        return Tokens(self.homes[first:last], self.bounds[first : last + 1] - begin, *arrays)


_BY_TOKEN = [field.name for field in fields(Tokens)][2:]


def tokens(text: str, paragraphs: Paragraphs, vocabulary: Vocabulary) -> Tokens:
    """Return the tokens of `paragraphs`; nothing leads from one passage to the next."""
    spans: list[tuple[int, int]] = []
    types: list[int] = []
    bounds: list[int] = []
    homes: list[int] = []
    numbers: dict[str, int] = {}
    for home, paragraph in enumerate(paragraphs):
        if paragraph is None:
            continue
        before = len(spans)
        for found in TOKEN.finditer(text, paragraph.start, paragraph.end):
            spans.append(found.span())
            types.append(numbers.setdefault(found[0], len(numbers)))
        if len(spans) - before < SHORTEST:
            del spans[before:], types[before:]
        bounds.extend(pieces := range(before, len(spans), LONGEST))
        homes.extend([home] * len(pieces))
    edges = np.array([*bounds, len(spans)], np.int32)
    starts, ends = np.array(spans, np.int32).reshape(-1, 2).T
    rows = np.array([_type_row(word, vocabulary) for word in numbers], np.int32).reshape(-1, 4)
    words, suffixes, shapes, roles = rows[np.array(types, np.intp)].T
    roles = _with_closings(roles, starts, ends, edges)
    places = _places(_with_singles(roles, starts, ends, edges), edges)
    begun = _sentence_starts(shapes, roles, places, starts, ends)
    begun[edges[:-1]] = False
    return Tokens(
        homes=np.array(homes, np.int32),
        bounds=edges,
        starts=starts,
        ends=ends,
        words=words,
        suffixes=suffixes,
        shapes=shapes,
        places=places,
        sentences=_count(begun, edges),
        commas=_count(roles == COMMA, edges),
        marks=_count(places == EDGE, edges),
    )


def _type_row(word: str, vocabulary: Vocabulary) -> tuple[int, int, int, int]:
    """Return what all tokens that read `word` share: row of the word, its end, shape and role."""
    word = normalize("NFC", word)
    form, plain = shape(word), folded(word)
    suffix = plain[-SUFFIX:] if form < DIGITS else ""
    role = ABBREVIATED if form == INITIAL else ROLES.get(word, PLAIN)
    return vocabulary.words.get(plain, 0), vocabulary.suffixes.get(suffix, 0), form, role


def folded(word: str) -> str:
    """Return the form of `word` under which its row is kept."""
    return word.lower().replace("’", "'")


def shape(word: str) -> int:
    """Return how the token `word` is written, one of SHAPES."""
    if word[0].isalpha():
        if word.islower():
            return LOWER
        if len(word) == 1:
            return INITIAL if word.isupper() else OTHER
        if word.isupper():
            return CAPITALS
        return CAPITAL if word[0].isupper() else MIXED
    if word[0].isdigit():
        return DIGITS
    return STOP if word in ".!?…" else MARK


def _with_closings(roles: Ints, starts: Ints, ends: Ints, bounds: Ints) -> Ints:
    """Return `roles` where a straight mark closes that stands behind a word and before a blank.

    Within a pair it would close anyway; alone, what it closes began in a passage before.
    """
    straight = np.flatnonzero(roles == STRAIGHT)
    if not len(straight):
        return roles
    behind = np.insert(starts[1:] == ends[:-1], 0, False)
    behind[bounds[:-1]] = False
    before = np.append(behind[1:], False)
    roles = roles.copy()
    roles[straight[behind[straight] & ~before[straight]]] = CLOSING
    return roles


def _places(roles: Ints, bounds: Ints) -> Ints:
    """Return for each token where it stands; a quotation ends with its passage at the latest."""
    places = np.zeros(len(roles), np.int32)
    marks = np.flatnonzero((roles >= OPENING) & (roles <= STRAIGHT)).astype(np.int32)
    opened: int | None = None
    until = 0
    for mark, end in zip(marks.tolist(), _ends(marks, bounds), strict=True):
        if opened is not None and mark >= until:
            places[opened + 1 : until] = INSIDE
            opened = None
        if opened is None:
            opened, until = (mark, end) if roles[mark] != CLOSING else (None, 0)
        elif roles[mark] != OPENING:
            places[opened + 1 : mark] = INSIDE
            opened = None
        places[mark] = EDGE
    if opened is not None:
        places[opened + 1 : until] = INSIDE
    return places


def _with_singles(roles: Ints, starts: Ints, ends: Ints, bounds: Ints) -> Ints:
    """Return `roles` where single marks open and close if their passage has no double ones.

    An opening mark needs a closing one before the next opens; the last of several closes, since
    those before are apostrophes ("the pilots' union").
    """
    singles = np.flatnonzero(roles == SINGLE).astype(np.int32)
    if not len(singles):
        return roles
    follows = np.append(starts[1:] == ends[:-1], False)
    precedes = np.insert(follows[:-1], 0, False)
    doubled = _count((roles >= OPENING) & (roles <= STRAIGHT), bounds)
    roles = roles.copy()
    opened = closed = until = 0
    for mark, end in zip(singles.tolist(), _ends(singles, bounds), strict=True):
        if doubled[end - 1]:
            continue
        if follows[mark] and not precedes[mark]:
            opened, closed, until = mark, 0, end
        elif precedes[mark] and mark < until:
            if closed:
                roles[closed] = SINGLE
            roles[opened], roles[mark], closed = OPENING, CLOSING, mark
    return roles


def _ends(marks: Ints, bounds: Ints) -> list[int]:
    """Return for each token of `marks` the end of its passage."""
    ends: list[int] = bounds[np.searchsorted(bounds, marks, "right")].tolist()
    return ends


def _sentence_starts(shapes: Ints, roles: Ints, places: Ints, starts: Ints, ends: Ints) -> Flags:
    """Tell which tokens look like the first of a sentence after another one."""
    found = np.zeros(len(roles), np.bool_)
    if len(roles) < 3:
        return found
    stops = roles == ENDING
    stops[1:] &= (roles[:-1] != ABBREVIATED) | (shapes[1:] == MARK)
    after = np.zeros(len(roles), np.bool_)
    after[1:] = stops[:-1]
    after[2:] |= stops[:-2] & (places[1:-1] == EDGE)
    opens = ((shapes >= CAPITAL) & (shapes <= DIGITS)) | (places == EDGE)
    found[1:] = after[1:] & opens[1:] & (starts[1:] > ends[:-1])
    return found


def _count(flags: Flags, bounds: Ints) -> Ints:
    """Return how many `flags` are set from the paragraph's first token to each, both included."""
    passed = np.cumsum(flags, dtype=np.int32)
    before = np.concatenate(([0], passed))[bounds[:-1]]
    counts: Ints = passed - np.repeat(before, np.diff(bounds)).astype(np.int32)
    return counts
