"""Marked articles as the light reader sees them: passages, the heads of cues, labels of tokens."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from corpus.sentences import paragraphs
from corpus.spans import Span
from corpus.tagging.arrays import Ints
from corpus.tagging.features import DIGITS, SUFFIX, TOKEN, Tokens, Vocabulary, folded, shape
from corpus.tagging.features import tokens as tokens_of
from corpus.tagging.network import CONTENT, CUE, SOURCE
from corpus.training.data import Document

LEAST_WORDS, LEAST_SUFFIXES = 3, 20
# Quotation marks as other papers set them, each for one character, so that no offset moves.
STYLES = tuple(str.maketrans('“”"', marks) for marks in ('"""', "‘’'", "   "))
VARIED = 0.15  # share of the articles that are read in another style, anew in each round


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage with its attributions: the head token of each cue, and all tokens' labels."""

    tokens: Tokens
    heads: tuple[int, ...]
    labels: tuple[Ints, ...]


def vocabulary(documents: Iterable[Document]) -> Vocabulary:
    """Return the words and word ends that stand often enough in `documents`, by frequency."""
    words: Counter[str] = Counter()
    suffixes: Counter[str] = Counter()
    for document in documents:
        for word in TOKEN.findall(document.text):
            words[folded(word)] += 1
            if shape(word) < DIGITS:
                suffixes[folded(word)[-SUFFIX:]] += 1
    return Vocabulary(_rows(words, LEAST_WORDS), _rows(suffixes, LEAST_SUFFIXES))


def _rows(counted: Mapping[str, int], least: int) -> dict[str, int]:
    kept = sorted((-count, word) for word, count in counted.items() if count >= least)
    return {word: row for row, (_, word) in enumerate(kept, 1)}


def cue_rates(documents: Iterable[Document]) -> dict[str, float]:
    """Return for each word how often it is part of a cue: the head of a cue is its surest word."""
    seen: Counter[str] = Counter()
    cues: Counter[str] = Counter()
    for document in documents:
        seen.update(map(folded, TOKEN.findall(document.text)))
        for marked in document.attributions:
            for span in marked.cue:
                cues.update(map(folded, TOKEN.findall(span.cut(document.text))))
    return {word: count / (seen[word] + 5) for word, count in cues.items()}


def passages(
    document: Document, known: Vocabulary, rates: Mapping[str, float], choose: random.Random | None
) -> Iterator[Passage]:
    """Yield the passages of `document`, with `choose` now and then in another style of quotes."""
    text = document.text
    if choose and choose.random() < VARIED:
        text = text.translate(choose.choice(STYLES))
    found = tokens_of(text, paragraphs(document.text), known)
    by_passage: dict[int, list[tuple[int, Ints]]] = {}
    for marked in document.attributions:
        if not (cue := _covered(found, marked.cue)):
            continue  # a mark that this style leaves out, or a paragraph too short to be read
        labels = np.zeros(len(found.starts), np.int32)
        for label, at in ((CONTENT, _covered(found, marked.content)), (CUE, cue)):
            labels[at] = label
        labels[_covered(found, marked.source)] = SOURCE
        surest = [rates.get(folded(text[found.starts[at] : found.ends[at]]), 0.0) for at in cue]
        head = cue[int(np.argmax(surest))]
        passage = int(np.searchsorted(found.bounds, head, "right")) - 1
        by_passage.setdefault(passage, []).append((head, labels))
    for passage in range(len(found.homes)):
        begin, end = found.bounds[passage : passage + 2].tolist()
        frames = by_passage.get(passage, [])
        yield Passage(
            found.part(passage, passage + 1),
            tuple(head - begin for head, _ in frames),
            tuple(labels[begin:end] for _, labels in frames),
        )


def _covered(found: Tokens, spans: Sequence[Span]) -> list[int]:
    """Return the tokens that share a character with any of `spans`."""
    covered: list[int] = []
    for span in spans:
        first = int(np.searchsorted(found.ends, span.start, "right"))
        covered.extend(range(first, int(np.searchsorted(found.starts, span.end, "left"))))
    return covered


def joined(parts: Sequence[Tokens]) -> Tokens:
    """Return the passages of `parts` one after another."""
    names = [field.name for field in fields(Tokens)]
    arrays = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    arrays["bounds"] = np.cumsum([0, *(len(part.starts) for part in parts)], dtype=np.int32)
    return Tokens(**arrays)


def batches(lessons: Sequence[Passage], size: int, choose: random.Random) -> list[list[Passage]]:
    """Return `lessons` in batches of about `size` tokens, passages of like length together."""
    order = sorted(lessons, key=lambda one: len(one.tokens.starts) + choose.random() * 8)
    made: list[list[Passage]] = [[]]
    count = 0
    for passage in order:
        made[-1].append(passage)
        count += len(passage.tokens.starts)
        if count >= size:
            made.append([])
            count = 0
    made = [batch for batch in made if batch]
    choose.shuffle(made)
    return made
