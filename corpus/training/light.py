"""Train the light reader: `python -m corpus.training.light TRAIN.jsonl.gz OUT.npz`.

After each round the tables are written, so a run that is stopped leaves what it has learnt. The
same seed, files and version of torch on one thread give the same tables.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional
from torch.nn.utils import clip_grad_norm_
from tqdm import tqdm

from corpus.tagging.features import Vocabulary
from corpus.tagging.network import CONTENT, CUE, SOURCE, Pairs
from corpus.training.data import documents
from corpus.training.light_data import Passage, batches, cue_rates, joined, passages, vocabulary
from corpus.training.light_network import SIDE_TASKS, WORD, Network, tables
from corpus.training.light_words import first_vectors

ROUNDS, TOKENS, RATE, DECAY, WARMING = 12, 1500, 3e-3, 0.01, 300
MOST_CUES = 192  # cues of a batch that are learnt from
CUE_WEIGHT, SIDE_WEIGHT, LABEL_WEIGHT = 30.0, 1.5, 1 / 6
BLURRED = 0.15  # share of the cues that are not shown as rivals, as a reader misses some
UNTAUGHT = np.array([0, 1, 0, 0, 0], np.float32)  # the score is the cue's until light_trust is run
AVERAGED = 50  # the tables are a running mean of the weights, over a 50th of the steps so far


class Lesson:
    """A batch in the form that the network learns from."""

    def __init__(self, batch: list[Passage], choose: random.Random) -> None:
        """Lay out the passages of `batch`; `choose` leaves out rivals and cues beyond the bound."""
        self.tokens = joined([passage.tokens for passage in batch])
        count = len(self.tokens.starts)
        frames = []
        self.heads = torch.zeros(count)
        self.side = torch.zeros(count, SIDE_TASKS)
        self.rivals = np.zeros(count, np.bool_)
        for begin, passage in zip(self.tokens.bounds.tolist(), batch, strict=False):
            for head, labels in zip(passage.heads, passage.labels, strict=True):
                frames.append((begin + head, labels))
                self.heads[begin + head] = 1
                self.rivals[begin + head] = choose.random() >= BLURRED
                for task, label in enumerate((SOURCE, CONTENT, CUE)):
                    self.side[begin + np.flatnonzero(labels == label), task] = 1
                if (source := np.flatnonzero(labels == SOURCE)).size:
                    self.side[begin + int(source[-1]), 3] = 1
        choose.shuffle(frames)
        frames = sorted(frames[:MOST_CUES], key=lambda frame: frame[0])
        self.cues = np.array([head for head, _ in frames], np.int32)
        self.labels = [labels for _, labels in frames]

    def loss(self, network: Network) -> Tensor:
        """Return how far the network is from the marks."""
        vectors = network.encoded(self.tokens)
        cue = functional.binary_cross_entropy_with_logits(network.cue(vectors)[:, 0], self.heads)
        side = functional.binary_cross_entropy_with_logits(
            network.side(vectors), self.side, reduction="sum"
        )
        loss = cue * CUE_WEIGHT + side / len(self.heads) * SIDE_WEIGHT
        if len(self.cues):
            pairs = Pairs.of(self.cues, self.tokens.bounds)
            scores = network.label_scores(self.tokens, vectors, self.rivals, self.cues, pairs)
            labels = torch.from_numpy(np.concatenate(self.labels).astype(np.int64))
            loss = loss + network.path_loss(scores, labels, pairs.lengths) * LABEL_WEIGHT
        return loss


def train(arguments: argparse.Namespace) -> None:
    """Train with these arguments and write the tables."""
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    choose = random.Random(arguments.seed)
    articles = documents(arguments.train)
    known, rates = vocabulary(articles), cue_rates(articles)
    start = first_vectors(arguments.words, known, WORD) if arguments.words else None
    network = Network(known, start)
    mean = {name: weight.detach().clone() for name, weight in network.state_dict().items()}
    learner = torch.optim.AdamW(
        network.parameters(), lr=RATE, weight_decay=DECAY, betas=(0.9, 0.98)
    )
    step = 0
    for done in range(arguments.rounds):
        read = [one for article in articles for one in passages(article, known, rates, choose)]
        plan = batches(read, TOKENS, choose)
        for batch in tqdm(plan, desc=f"round {done + 1} of {arguments.rounds}", mininterval=10):
            share = done / arguments.rounds + step % len(plan) / len(plan) / arguments.rounds
            for group in learner.param_groups:
                group["lr"] = RATE * min(1, (step + 1) / WARMING) * max(0.01, 1 - share)
            learner.zero_grad()
            Lesson(batch, choose).loss(network).backward()
            clip_grad_norm_(network.parameters(), 2.0)
            learner.step()
            step += 1
            follow(mean, network, step / (step + AVERAGED))
        write(arguments.out, known, mean)


@torch.no_grad()
def follow(mean: dict[str, Tensor], network: Network, share: float) -> None:
    """Move the running mean towards the weights, keeping `share` of it."""
    for name, weight in network.state_dict().items():
        mean[name].lerp_(weight, 1 - share)


def write(path: Path, known: Vocabulary, state: dict[str, Tensor]) -> None:
    """Write the tables as a numpy archive, large ones in steps of a 127th of their columns."""
    stored: dict[str, NDArray[Any]] = {"trust": UNTAUGHT}
    for name, table in tables(state).items():
        if table.ndim < 2:
            stored[name] = table
            continue
        scale = np.abs(table).max(-2, keepdims=True) / 127 + 1e-12
        stored[name] = np.round(table / scale).astype(np.int8)
        stored[f"{name}_scale"] = scale.astype(np.float32)
    for name, rows in (("words", known.words), ("suffixes", known.suffixes)):
        stored[name] = np.frombuffer("\n".join(rows).encode(), np.uint8)
    np.savez_compressed(path, allow_pickle=False, **stored)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path, help="marked articles, gzipped JSON Lines")
    parser.add_argument("out", type=Path, help="where the tables go (.npz)")
    parser.add_argument("--words", type=Path, help="folder of the base model, for first vectors")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seed", type=int, default=0)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
