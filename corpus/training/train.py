"""Train the main tier: `python -m corpus.training.train BASE TRAIN.jsonl.gz OUT`.

BASE is the folder with the base model's `model.safetensors` and `vocab.txt`. OUT gets a
checkpoint now and then; the same command goes on from it. With another number of epochs, the
learning rate falls to 0 at the new end.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from tqdm import trange

from corpus.tagging.wordpiece import WordPieces
from corpus.training.data import Example, Variations, documents, examples
from corpus.training.network import Network, load_base, mask_of

SEED = 4
RATE = 2e-4
WARMING = 150
"""Number of steps in which the learning rate rises to `RATE`; then it falls to 0."""
COST = 2500
"""Bound of a batch: word pieces, padding counted, once for each cue and twice for the window."""
SAVED = 100
"""Number of steps between checkpoints."""
CHECKPOINT = "checkpoint.pt"
PARTS = 2
"""Number of batches whose mean is one step; each has a processor core of its own."""
IGNORED = -100
"""Label of padding."""


class Batch:
    """Examples as tensors, all rows as long as the longest, with the marks of start and end."""

    def __init__(self, pieces: WordPieces, chosen: Sequence[Example]) -> None:
        """Put the examples into tensors."""
        self.longest = max(len(one.window) for one in chosen) + 2
        start, end = pieces.numbers["[CLS]"], pieces.numbers["[SEP]"]
        self.numbers = self._rows([(start, *one.window.numbers, end) for one in chosen], 0)
        self.looks = self._rows([(0, *one.window.looks) for one in chosen], 0)
        self.cues = self._rows([(IGNORED, *one.cues) for one in chosen], IGNORED)
        self.asked = self._rows([(0, *row) for one in chosen for row in one.asked], 0)
        self.roles = self._rows([(IGNORED, *row) for one in chosen for row in one.roles], IGNORED)
        counts = torch.tensor([len(one.asked) for one in chosen])
        self.owners = torch.repeat_interleave(torch.arange(len(chosen)), counts)
        lengths = torch.tensor([len(one.window) + 2 for one in chosen])
        self.mask = mask_of(lengths, self.longest)

    def _rows(self, rows: Sequence[Sequence[int]], filler: int) -> Tensor:
        made = torch.full((len(rows), self.longest), filler)
        for number, row in enumerate(rows):
            made[number, : len(row)] = torch.tensor(row)
        return made

    def loss(self, network: Network) -> Tensor:
        """Return how far the network is off, in the first pass and in the second."""
        hidden = network.lower(self.numbers, self.looks, self.mask)
        loss = _off(network.cues(hidden, self.mask), self.cues)
        if len(self.owners):
            asked, owners = self.asked.to(hidden.dtype), self.owners
            scores = network.roles(hidden[owners], asked, self.mask[owners])
            loss = loss + _off(scores, self.roles)
        return loss


def _off(scores: Tensor, labels: Tensor) -> Tensor:
    return functional.cross_entropy(
        scores.float().flatten(0, 1), labels.flatten(), ignore_index=IGNORED
    )


def batches(chosen: Sequence[Example], choose: random.Random) -> list[list[Example]]:
    """Return the examples in batches of like length, the batches in any order."""
    ordered = sorted(chosen, key=lambda one: len(one.window) + choose.random() * 8)
    found: list[list[Example]] = [[]]
    cost = 0
    for example in ordered:
        cost += (len(example.window) + 2) * (2 + len(example.asked))
        if cost > COST and found[-1]:
            found.append([])
            cost = (len(example.window) + 2) * (2 + len(example.asked))
        found[-1].append(example)
    choose.shuffle(found)
    return found


def train(
    network: Network, pieces: WordPieces, chosen: Sequence[Example], out: Path, epochs: float
) -> None:
    """Train for `epochs` in all, from the checkpoint in `out` on if there is one."""
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.01, fused=True)
    each = len(batches(chosen, random.Random(SEED))) // PARTS
    steps = round(each * epochs)
    off = 0.0
    shown = trange(resume(network, optimizer, out), steps, mininterval=10)
    order: list[list[Example]] = []
    for step in shown:
        epoch, number = divmod(step, each)
        if number == 0 or not order:
            torch.manual_seed(SEED + step)
            varied = Variations(pieces, SEED + epoch)
            order = batches([varied.of(one) for one in chosen], random.Random(SEED + epoch))
        group = [order[(number * PARTS + part) % len(order)] for part in range(PARTS)]
        loss = learn(
            network, optimizer, [Batch(pieces, one) for one in group], rate_at(step, steps)
        )
        off += (loss - off) / min(step + 1, 100)
        shown.set_postfix(loss=f"{off:.4f}", refresh=False)
        if (step + 1) % SAVED == 0 or step + 1 == steps:
            save(network, optimizer, out, step + 1)


def rate_at(step: int, steps: int) -> float:
    """Return the learning rate of one step of `steps`."""
    return RATE * min(1.0, step / WARMING) * max(0.01, 1 - step / steps)


def learn(
    network: Network, optimizer: torch.optim.Optimizer, group: Sequence[Batch], rate: float
) -> float:
    """Take one step on the mean of the batches and return the loss before it."""
    network.train()
    for settings in optimizer.param_groups:
        settings["lr"] = rate
    weights = list(network.parameters())

    def slopes(batch: Batch) -> tuple[float, tuple[Tensor | None, ...]]:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = batch.loss(network)
        return loss.item(), torch.autograd.grad(loss, weights, allow_unused=True)

    with ThreadPoolExecutor(PARTS) as threads:
        parts = list(threads.map(slopes, group))
    for weight, *found in zip(weights, *(slope for _, slope in parts), strict=True):
        given = [slope for slope in found if slope is not None]
        weight.grad = sum(given[1:], start=given[0]) / PARTS if given else None
    nn.utils.clip_grad_norm_(weights, 1.0)
    optimizer.step()
    return sum(loss for loss, _ in parts) / PARTS


def save(network: Network, optimizer: torch.optim.Optimizer, out: Path, steps: int) -> None:
    """Write a checkpoint in place of the one before."""
    state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "steps": steps}
    torch.save(state, out / "new.pt")
    (out / "new.pt").replace(out / CHECKPOINT)


def resume(network: Network, optimizer: torch.optim.Optimizer, out: Path) -> int:
    """Load the checkpoint, if there is one, and return the number of steps it has seen."""
    if not (out / CHECKPOINT).exists():
        return 0
    state = torch.load(out / CHECKPOINT)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["steps"])


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=float, default=4)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    pieces = WordPieces.of((given.base / "vocab.txt").read_text(encoding="utf-8"))
    network = Network()
    load_base(network, given.base)
    chosen = [one for document in documents(given.data) for one in examples(pieces, document)]
    train(network, pieces, chosen, given.out, given.epochs)


if __name__ == "__main__":
    main()
