"""Teach the light reader's score: `python -m corpus.training.light_trust DEV.jsonl.gz TABLES.npz`.

DEV are marked articles that the tables were not trained on. The score becomes the probability that
an attribution has the right content (half of the words shared) and the right source.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.sentences import paragraphs
from corpus.spans import Span
from corpus.tagging.arrays import Floats
from corpus.tagging.base import Tagged
from corpus.tagging.frames import Frame
from corpus.tagging.lexical import read_tagger
from corpus.training.data import Document, documents

ENOUGH = 0.5
ROUNDS, SHRINK = 30, 1.0


def right(frame: Frame | Tagged, marked: Sequence[Tagged]) -> bool:
    """Tell whether people marked the content of `frame`, by and large, for the same source."""
    return any(
        overlap(frame.content, one.content) >= ENOUGH and same_source(frame.source, one.source)
        for one in marked
    )


def same_source(one: Sequence[Span], other: Sequence[Span]) -> bool:
    """Tell whether both are empty, or share half of their characters or end alike."""
    if not one or not other:
        return not one and not other
    return overlap(one, other) >= ENOUGH or one[0].end == other[0].end


def overlap(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Return the shared characters over all characters."""
    first, second = (
        {at for span in spans for at in range(span.start, span.end)} for spans in (one, other)
    )
    return len(first & second) / max(len(first | second), 1)


def taught(evidence: Floats, good: Floats) -> Floats:
    """Return the weights under which `evidence` best tells how likely each row is `good`."""
    weights = np.zeros(evidence.shape[1])
    for _ in range(ROUNDS):
        chance = (1 + np.tanh(evidence @ weights / 2)) / 2
        slope = evidence.T @ (good - chance) - SHRINK * weights
        bend = (evidence.T * (chance * (1 - chance))) @ evidence + SHRINK * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    return weights.astype(np.float32)


def teach(articles: Sequence[Document], path: Path) -> Floats:
    """Write the weights of the score, learnt from `articles`, into the tables at `path`."""
    with path.open("rb") as file:
        reader = read_tagger(file)
    evidence, good = [], []
    for article in articles:
        for chance, frame in reader.frames(article.text, paragraphs(article.text)):
            evidence.append(frame.evidence(chance))
            good.append(float(right(frame, article.attributions)))
    weights = taught(np.array(evidence), np.array(good))
    with np.load(path, allow_pickle=False) as archive:
        stored = {name: archive[name] for name in archive.files}
    stored["trust"] = weights
    np.savez_compressed(path, allow_pickle=False, **stored)
    return weights


def main() -> None:
    """Read the command line and teach."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dev", type=Path, help="marked articles, gzipped JSON Lines")
    parser.add_argument("tables", type=Path, help="the tables to write into (.npz)")
    arguments = parser.parse_args()
    teach(documents(arguments.dev), arguments.tables)


if __name__ == "__main__":
    main()
