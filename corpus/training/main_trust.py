"""Learn the main reader's score: `python -m corpus.training.main_trust DEV.jsonl.gz`.

DEV are marked articles that the network was not trained on. What is written out goes into
`corpus/tagging/roles.py`: with these weights the score is the probability that an attribution has
the right content (half of the words shared) and the right source.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from corpus.sentences import paragraphs
from corpus.tagging.base import Tagged
from corpus.tagging.roles import candidates, shares, weighed
from corpus.tagging.transformer import CUE_LABELS, TransformerTagger, transformer_tagger
from corpus.tagging.windows import windows
from corpus.training.data import Document, documents
from corpus.training.light_trust import right, taught


def asked(reader: TransformerTagger, article: Document) -> Iterator[tuple[Tagged, list[float]]]:
    """Yield what the network says of each likely cue of an article, with the evidence."""
    for window in windows(reader.pieces, article.text, paragraphs(article.text)):
        state = reader.state(window)
        cues = candidates(window, shares(reader.scores(state, [None])[0, :, :CUE_LABELS]))
        if cues:
            chances = shares(reader.scores(state, cues)[:, :, CUE_LABELS:])
            for cue, roles in zip(cues, chances, strict=True):
                if found := weighed(window, cue, roles):
                    yield found


def main() -> None:
    """Read the command line, then the articles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dev", type=Path, help="marked articles, gzipped JSON Lines")
    given = parser.parse_args()
    weighing, good = [], []
    for article in documents(given.dev):
        for tagged, evidence in asked(transformer_tagger(), article):
            weighing.append(evidence)
            good.append(float(right(tagged, article.attributions)))
    weights = taught(np.array(weighing), np.array(good))
    sys.stdout.write(", ".join(f"{weight:.2f}" for weight in weights) + "\n")


if __name__ == "__main__":
    main()
