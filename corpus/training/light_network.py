"""The light reader's network in the form that learns; `corpus.tagging.network` reads its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from corpus.tagging.arrays import Flags, Floats, Ints
from corpus.tagging.features import PLACES, SHAPES, Tokens, Vocabulary
from corpus.tagging.network import (
    KINDS,
    LABELS,
    RELATIONS,
    Pairs,
    paragraph_kinds,
    relations,
    written,
)

WORD, TOKEN, PAIR = 40, 96, 64
"""How wide the vectors of words, of tokens in their place, and of tokens beside a cue are."""
LAYERS = 4
HIDDEN_WORDS, DROPPED = 0.15, 0.3
SIDE_TASKS = 4
"""Is the token in any source, in any content, in any cue; is it the last of a source."""
GAP = 8
"""Rows between two sequences, at least the widest step of a convolution."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """Sequences laid one after another, with empty rows between: no step leads across them."""

    rows: Ints
    empty: Ints
    size: int

    @classmethod
    def of(cls, lengths: Ints) -> Lanes:
        """Return the lanes of sequences that have `lengths` items."""
        items = int(lengths.sum())
        lane = np.repeat(np.arange(1, len(lengths) + 1), lengths)
        size = items + GAP * (len(lengths) + 1)
        rows = np.arange(items, dtype=np.int32) + GAP * lane.astype(np.int32)
        taken = np.zeros(size, np.bool_)
        taken[rows] = True
        return cls(rows, np.flatnonzero(~taken).astype(np.int32), size)


class Convolution(nn.Module):
    """What each row and the rows `step` before and after it make, never below 0."""

    def __init__(self, wide: int, made: int, step: int) -> None:
        """Make the layer with random weights."""
        super().__init__()
        self.linear = nn.Linear(3 * wide, made)
        self.step = step

    def forward(self, state: Tensor, taken: Tensor) -> Tensor:
        """Return the next state; rows that are not `taken` stay empty."""
        edge = state.new_zeros(self.step, state.shape[1])
        before = torch.cat((edge, state[: -self.step]))
        after = torch.cat((state[self.step :], edge))
        made = self.linear(torch.cat((before, state, after), 1))
        return functional.relu(made) * taken


class Network(nn.Module):
    """Finds heads of cues and, given one, scores the labels of the tokens of its passage."""

    def __init__(self, known: Vocabulary, words: Floats | None) -> None:
        """Make the network; `words` are vectors to begin with, one for each row of words."""
        super().__init__()
        self.words = nn.Embedding(len(known.words) + 1, WORD)
        self.suffixes = nn.Embedding(len(known.suffixes) + 1, WORD)
        self.written = nn.Embedding(SHAPES * PLACES * 2, WORD)
        self.paragraphs = nn.Embedding(KINDS, WORD)
        self.relations = nn.ModuleDict(
            {name: nn.Embedding(n, PAIR) for name, n in RELATIONS.items()}
        )
        for table in (self.suffixes, self.written, self.paragraphs, *self.relations.values()):
            nn.init.normal_(table.weight, 0, 0.1)
        nn.init.normal_(self.words.weight, 0, 0.3)
        if words is not None:
            self.words.weight.data = torch.from_numpy(words)
        self.input = Convolution(WORD, TOKEN, 1)
        self.token = nn.ModuleList(Convolution(TOKEN, TOKEN, 1 << n) for n in range(LAYERS))
        self.pair = nn.ModuleList(Convolution(PAIR, PAIR, 1 << n) for n in range(LAYERS))
        self.cue = nn.Linear(TOKEN, 1)
        self.side = nn.Linear(TOKEN, SIDE_TASKS)
        self.join_token = nn.Linear(TOKEN, PAIR, bias=False)
        self.join_cue = nn.Linear(TOKEN, PAIR)
        self.label = nn.Linear(PAIR, LABELS)
        self.steps = nn.Parameter(torch.zeros(LABELS, LABELS))
        self.begin = nn.Parameter(torch.zeros(LABELS))
        self.drop = nn.Dropout(DROPPED)

    def encoded(self, tokens: Tokens) -> Tensor:
        """Return a vector for each token."""
        lengths = np.diff(tokens.bounds)
        words = _tensor(tokens.words)
        if self.training:
            words = words * (torch.rand(words.shape) > HIDDEN_WORDS)
        seen = self.words(words) + self.suffixes(_tensor(tokens.suffixes))
        seen = seen + self.written(_tensor(written(tokens)))
        seen = seen + self.paragraphs(_tensor(np.repeat(paragraph_kinds(tokens), lengths)))
        lanes = Lanes.of(lengths)
        taken = _taken(lanes)
        rows = self.input(_laid(self.drop(seen), lanes), taken)
        return _deepened(rows, self.token, self.drop, taken)[_tensor(lanes.rows)]

    def label_scores(
        self, tokens: Tokens, vectors: Tensor, rivals: Flags, heads: Ints, pairs: Pairs
    ) -> Tensor:
        """Return the scores of the labels for each of `pairs`."""
        vectors = self.drop(vectors)
        state = self.join_token(vectors)[_tensor(pairs.tokens)]
        state = state + self.join_cue(vectors[_tensor(heads)])[_tensor(pairs.cues)]
        for name, classes in relations(tokens, rivals, heads[pairs.cues], pairs.tokens):
            state = state + self.relations[name](_tensor(classes))
        lanes = Lanes.of(pairs.lengths)
        rows = _laid(functional.relu(state), lanes)
        deep = _deepened(rows, self.pair, self.drop, _taken(lanes))[_tensor(lanes.rows)]
        scores: Tensor = self.label(deep)
        return scores

    def path_loss(self, scores: Tensor, labels: Tensor, lengths: Ints) -> Tensor:
        """Return the mean over cues of minus the logarithm of the probability of their labels."""
        longest = int(lengths.max())
        real = torch.arange(longest)[:, None] < _tensor(lengths)[None, :]
        laid = scores.new_zeros(len(lengths), longest, LABELS)
        laid[real.T] = scores
        laid = laid.transpose(0, 1)
        total = laid[0] + self.begin
        for at in range(1, longest):
            longer = torch.logsumexp(total[:, :, None] + self.steps, 1) + laid[at]
            total = torch.where(real[at][:, None], longer, total)
        firsts = _tensor(np.cumsum(lengths) - lengths)
        inner = torch.ones(len(labels) - 1, dtype=torch.bool)
        inner[firsts[1:] - 1] = False
        right = scores.gather(1, labels[:, None]).sum() + self.begin[labels[firsts]].sum()
        right = right + self.steps[labels[:-1], labels[1:]][inner].sum()
        return (torch.logsumexp(total, 1).sum() - right) / len(lengths)


def tables(state: Mapping[str, Tensor]) -> dict[str, Floats]:
    """Return the tables that the reader loads, by name."""
    weights = {name: tensor.detach().numpy().astype(np.float32) for name, tensor in state.items()}
    made = {
        "word": weights["words.weight"],
        "suffix": weights["suffixes.weight"],
        "written": weights["written.weight"],
        "paragraph": weights["paragraphs.weight"],
        "cue_weights": weights["cue.weight"][0],
        "cue_bias": weights["cue.bias"][0],
        "join_token": weights["join_token.weight"].T,
        "join_cue": weights["join_cue.weight"].T,
        "join_bias": weights["join_cue.bias"],
        "label_weights": weights["label.weight"].T,
        "label_bias": weights["label.bias"],
        "steps": weights["steps"],
        "begin": weights["begin"],
        **{name: weights[f"relations.{name}.weight"] for name in RELATIONS},
        "input_weights": _kernel(weights["input.linear.weight"]),
        "input_bias": weights["input.linear.bias"],
    }
    for name in ("token", "pair"):
        layers = [f"{name}.{layer}.linear" for layer in range(LAYERS)]
        made[f"{name}_weights"] = np.stack([_kernel(weights[f"{at}.weight"]) for at in layers])
        made[f"{name}_bias"] = np.stack([weights[f"{at}.bias"] for at in layers])
    return made


def _kernel(weight: Floats) -> Floats:
    """Return a convolution's weights as three tables: for the rows before, here and after."""
    return weight.T.reshape(3, -1, len(weight))


def _tensor(array: Ints) -> Tensor:
    return torch.from_numpy(np.asarray(array, np.int64))


def _taken(lanes: Lanes) -> Tensor:
    taken = torch.ones(lanes.size, 1)
    taken[_tensor(lanes.empty)] = 0
    return taken


def _laid(items: Tensor, lanes: Lanes) -> Tensor:
    return items.new_zeros(lanes.size, items.shape[1]).index_copy(0, _tensor(lanes.rows), items)


def _deepened(state: Tensor, layers: nn.ModuleList, drop: nn.Dropout, taken: Tensor) -> Tensor:
    for layer in layers:
        state = state + layer(drop(state), taken)
    return state
