"""Vectors of words to begin with: those of a base model's word pieces, in fewer dimensions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from corpus.tagging.arrays import Floats
from corpus.tagging.features import Vocabulary

TABLE = "embeddings.word_embeddings.weight"
FREQUENT = 8000  # words from which the directions of most spread are taken
SPREAD = 0.5


def first_vectors(folder: Path, known: Vocabulary, wide: int) -> Floats:
    """Return a vector for each row of words, `wide` long; row 0, of unknown words, is zero.

    `folder` holds the base model's `model.safetensors` and `vocab.txt`.
    """
    table = load_file(folder / "model.safetensors")[TABLE].astype(np.float32)
    lines = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    numbers = {piece: number for number, piece in enumerate(lines)}
    vectors = np.stack([table[_pieces(word, numbers)].mean(0) for word in known.words])
    vectors -= vectors[:FREQUENT].mean(0)
    directions = np.linalg.svd(vectors[:FREQUENT], full_matrices=False)[2][:wide]
    fewer = vectors @ directions.T
    fewer *= SPREAD / fewer.std()
    return np.concatenate((np.zeros((1, wide), np.float32), fewer))


def _pieces(word: str, numbers: Mapping[str, int]) -> list[int]:
    """Return the numbers of the longest pieces that make up `word`, from left to right."""
    found = []
    for part in re.findall(r"\w+|[^\w]", word):
        start = 0
        while start < len(part):
            ends = range(len(part), start, -1)
            names = ("##" * (start > 0) + part[start:end] for end in ends)
            piece = next((name for name in names if name in numbers), None)
            if piece is not None:
                found.append(numbers[piece])
            start += len(piece.removeprefix("##")) if piece else 1
    return found or [numbers["[UNK]"]]
