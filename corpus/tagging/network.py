"""The light reader's network: what each token is, and what it is to a cue, from weight tables.

Tokens become vectors (word, word end, shape, place), convolutions show each its neighbours, and one
weight each says how likely a token is a cue. For a cue, the vectors of its paragraph are joined
with the cue's and with how each token stands to it (distance, sentences, commas, quotation marks
between), and further convolutions give the scores of the four labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from corpus.tagging.arrays import Flags, Floats, Ints, product
from corpus.tagging.features import EDGE, PLACES, STOP, Tokens

Tables = Mapping[str, Floats]

LABELS = 4
OTHER, SOURCE, CONTENT, CUE = range(LABELS)
# A token this likely to be a cue is one for the tokens beyond it.
RIVAL = 0.5
# Distances from the cue, in tokens, at which a new class begins.
DISTANCES = np.array(
    [-50, -30, -20, -14, -9, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 7, 10, 15, 21, 31, 51]
)
FAR_SENTENCES, FAR_MARKS, FAR_RIVALS = 3, 4, 2
# The relations of a token to a cue: the names of their tables, and how many classes each has.
RELATIONS = {
    "distance": len(DISTANCES) + 1,
    "sentence": (2 * FAR_SENTENCES + 1) * PLACES * PLACES,
    "commas": (2 * FAR_MARKS + 1) * 3,
    "marks": (2 * FAR_MARKS + 1) * PLACES * PLACES,
    "rivals": 2 * FAR_RIVALS + 1,
}
LATER_PARAGRAPH = 2  # the first and the second are told apart, the others are not
KINDS = 2 * (LATER_PARAGRAPH + 1)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Sequences laid end to end; `begins` and `ends` are those of the sequence each row is in."""

    begins: Ints
    ends: Ints

    @classmethod
    def of(cls, lengths: Ints) -> Neighbours:
        """Return those of sequences that have `lengths` rows."""
        ends = np.cumsum(lengths)
        return cls(np.repeat(ends - lengths, lengths), np.repeat(ends, lengths))

    def at(self, step: int) -> Ints | None:
        """Return the row `step` after each, or else one beyond the last; None if there is none."""
        there = np.arange(step, len(self.begins) + step)
        near = (there >= self.begins) & (there < self.ends)
        return np.where(near, there, len(near)) if near.any() else None


def convolved(state: Floats, near: Neighbours, weights: Floats, bias: Floats, step: int) -> Floats:
    """Return for each row what it and the rows `step` before and after it make, never below 0."""
    before, here, after = weights
    made = product(state, here)
    for around, steps in ((before, -step), (after, step)):
        if (rows := near.at(steps)) is not None:
            edge = np.zeros((1, len(bias)), np.float32)
            made += np.concatenate((product(state, around), edge)).take(rows, axis=0)
    made += bias
    np.maximum(made, 0, out=made)
    return made


def deepened(state: Floats, near: Neighbours, tables: Tables, name: str) -> Floats:
    """Return `state` after the convolutions called `name`, whose steps double from 1 on."""
    for layer, (weights, bias) in enumerate(
        zip(tables[f"{name}_weights"], tables[f"{name}_bias"], strict=True)
    ):
        state = state + convolved(state, near, weights, bias, 1 << layer)
    return state


def paragraph_kinds(tokens: Tokens) -> Ints:
    """Return for each passage whether it opens the text, and whether it looks like a title."""
    last = tokens.bounds[1:] - 1
    title = (
        (tokens.sentences[last] == 0)
        & (tokens.shapes[last] != STOP)
        & (tokens.places[last] != EDGE)
    )
    order = np.minimum(tokens.homes, LATER_PARAGRAPH)
    kinds: Ints = order + title.astype(np.int32) * (LATER_PARAGRAPH + 1)
    return kinds


def first_in_sentence(tokens: Tokens) -> Flags:
    """Tell which tokens begin a sentence or a paragraph."""
    first: Flags = np.diff(tokens.sentences, prepend=-1) != 0
    first[tokens.bounds[:-1]] = True
    return first


def written(tokens: Tokens) -> Ints:
    """Return one number for the shape and place of each token and whether it begins a sentence."""
    classes: Ints = (tokens.shapes * PLACES + tokens.places) * 2 + first_in_sentence(tokens)
    return classes


def encoded(tokens: Tokens, tables: Tables) -> Floats:
    """Return a vector for each token of `tokens`."""
    lengths = np.diff(tokens.bounds)
    seen = tables["word"][tokens.words]
    seen += tables["suffix"][tokens.suffixes]
    seen += tables["written"][written(tokens)]
    seen += np.repeat(tables["paragraph"][paragraph_kinds(tokens)], lengths, axis=0)
    near = Neighbours.of(lengths)
    state = convolved(seen, near, tables["input_weights"], tables["input_bias"], 1)
    return deepened(state, near, tables, "token")


def cue_chances(vectors: Floats, tables: Tables) -> Floats:
    """Return for each token the probability that it is the head of a cue."""
    scores = product(vectors, tables["cue_weights"])[:, 0] + tables["cue_bias"]
    chances: Floats = ((1 + np.tanh(scores / 2)) / 2).astype(np.float32)
    return chances


@dataclass(frozen=True, slots=True)
class Pairs:
    """Each cue with each token of its paragraph: `cues` counts from 0, `tokens` are indexes."""

    cues: Ints
    tokens: Ints
    lengths: Ints

    @classmethod
    def of(cls, heads: Ints, bounds: Ints) -> Pairs:
        """Return the pairs of the cues whose head tokens are `heads`."""
        paragraph = np.searchsorted(bounds, heads, "right") - 1
        begins = bounds[paragraph]
        lengths = bounds[paragraph + 1] - begins
        cues = np.repeat(np.arange(len(heads), dtype=np.int32), lengths)
        shift = (begins - np.cumsum(lengths) + lengths).astype(np.int32)
        tokens = np.arange(len(cues), dtype=np.int32) + shift[cues]
        return cls(cues, tokens, lengths)


def label_scores(
    tokens: Tokens, vectors: Floats, chances: Floats, heads: Ints, pairs: Pairs, tables: Tables
) -> Floats:
    """Return the scores of the labels for each of `pairs`."""
    state = product(vectors, tables["join_token"])[pairs.tokens]
    state += (product(vectors[heads], tables["join_cue"]) + tables["join_bias"])[pairs.cues]
    for name, classes in relations(tokens, chances >= RIVAL, heads[pairs.cues], pairs.tokens):
        state += tables[name][classes]
    np.maximum(state, 0, out=state)
    deep = deepened(state, Neighbours.of(pairs.lengths), tables, "pair")
    return product(deep, tables["label_weights"]) + tables["label_bias"]


def relations(
    tokens: Tokens, rivals: Flags, heads: Ints, others: Ints
) -> Iterator[tuple[str, Ints]]:
    """Yield each of RELATIONS with the class that every token of `others` has to its cue's head."""
    after = others > heads
    sentences = tokens.sentences[others] - tokens.sentences[heads]
    places = tokens.places[others] * PLACES + tokens.places[heads]
    both = PLACES * PLACES
    yield "distance", np.searchsorted(DISTANCES, others - heads, "right").astype(np.int32)
    yield "sentence", _classes(sentences, FAR_SENTENCES) * both + places
    commas = _classes(tokens.commas[others] - tokens.commas[heads], FAR_MARKS)
    same = sentences == 0
    yield "commas", commas * 3 + same + (same & after)
    marks = _classes(tokens.marks[others] - tokens.marks[heads], FAR_MARKS)
    yield "marks", marks * both + places
    passed = np.concatenate(([0], np.cumsum(rivals, dtype=np.int32)))
    between = passed[np.maximum(others, heads)] - passed[np.minimum(others, heads) + 1]
    near = np.clip(between, 0, FAR_RIVALS).astype(np.int32)
    yield "rivals", np.where(after & (near > 0), near + FAR_RIVALS, near)


def _classes(steps: Ints, far: int) -> Ints:
    """Return the class of each signed count, those beyond `far` taken together."""
    classes: Ints = np.clip(steps, -far, far) + far
    return classes
