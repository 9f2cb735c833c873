"""Training data: marked articles as windows of word pieces with the labels of their pieces."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.sentences import paragraphs
from corpus.spans import Span
from corpus.tagging.base import Tagged
from corpus.tagging.windows import WAYS, Window, windows
from corpus.tagging.wordpiece import WordPieces

OUTSIDE, CUE, IN_CUE = range(3)
"""What a piece is in the first pass."""
NO_ROLE, SOURCE, IN_SOURCE, CONTENT, IN_CONTENT = range(5)
"""What a piece is to a given cue in the second pass."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article as marked by people."""

    id: str
    text: str
    attributions: tuple[Tagged, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A window; for each of its pieces, whether it is a cue; for each cue, the pieces and roles.

    `asked` has one row for each cue: 1 where the cue stands, else 0. `roles` has the same rows.
    """

    window: Window
    cues: tuple[int, ...]
    asked: tuple[tuple[int, ...], ...]
    roles: tuple[tuple[int, ...], ...]


def documents(path: Path) -> list[Document]:
    """Return the marked articles of a gzipped file with one JSON object a line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [_document(json.loads(line)) for line in lines]


def _document(record: dict[str, Any]) -> Document:
    marked = [
        Tagged(_spans(one["source"]), _spans(one["cue"]), _spans(one["content"]), 1.0)
        for one in record["attributions"]
        if one["cue"]
    ]
    return Document(record["id"], record["text"], tuple(marked))


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def examples(pieces: WordPieces, document: Document) -> Iterator[Example]:
    """Yield the windows of an article, each with what is marked in it."""
    for window in windows(pieces, document.text, paragraphs(document.text)):
        cues = [OUTSIDE] * len(window)
        asked, roles = [], []
        for marked in document.attributions:
            at = _covered(window, marked.cue)
            _label(cues, at, CUE)
            if at and window.own[0] <= at[0] < window.own[1]:
                asked.append(tuple(int(piece in at) for piece in range(len(window))))
                roles.append(_roles(window, marked))
        yield Example(window, tuple(cues), tuple(asked), tuple(roles))


def _roles(window: Window, marked: Tagged) -> tuple[int, ...]:
    labels = [NO_ROLE] * len(window)
    for span in marked.content:
        _label(labels, _covered(window, [span]), CONTENT)
    for span in marked.source:
        _label(labels, _covered(window, [span]), SOURCE)
    return tuple(labels)


def _covered(window: Window, spans: Sequence[Span]) -> range:
    """Return the pieces that share a character with any of `spans`, from the first to the last."""
    found = [
        at
        for at, (start, end) in enumerate(window.places)
        if any(start < span.end and end > span.start for span in spans)
    ]
    return range(found[0], found[-1] + 1) if found else range(0)


def _label(labels: list[int], at: range, first: int) -> None:
    """Write `first` where a stretch begins and the label after it on the rest."""
    for piece in at:
        labels[piece] = first if piece == at.start else first + 1


class Variations:
    """Small changes of a window that a news text of another make would show.

    Quotation marks are straight, or single with or without a direction; how words are written or
    what stands in quotation marks is withheld; a few pieces are hidden, so that the reader looks
    at what stands around them.
    """

    def __init__(self, pieces: WordPieces, seed: int) -> None:
        """Take the vocabulary, for the numbers of the marks, and the seed of the choices."""
        self.choose = random.Random(seed)
        straight, opening, closing, single, left, right = (
            pieces.numbers[mark] for mark in "\"“”'‘’"
        )
        self.marks = frozenset((straight, opening, closing))
        self.other_marks = (
            {opening: straight, closing: straight},
            {opening: left, closing: right},
            {opening: single, closing: single, straight: single},
        )
        self.hidden = pieces.numbers["[MASK]"]

    def of(self, example: Example) -> Example:
        """Return the example, changed or as it is."""
        numbers, looks = list(example.window.numbers), list(example.window.looks)
        if self.marks & set(numbers) and self.choose.random() < 0.2:
            other = self.choose.choice(self.other_marks)
            numbers = [other.get(number, number) for number in numbers]
        if self.choose.random() < 0.05:
            looks = [look % WAYS for look in looks]
        if self.choose.random() < 0.05:
            looks = [look - look % WAYS for look in looks]
        numbers = [self.hidden if self.choose.random() < 0.02 else n for n in numbers]
        window = replace(example.window, numbers=tuple(numbers), looks=tuple(looks))
        return replace(example, window=window)
