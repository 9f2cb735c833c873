"""Readers of attributions in the training set's form: who, by which words, said which words."""

from __future__ import annotations

from corpus.tagging.base import Tagger
from corpus.tagging.lexical import lexical_tagger
from corpus.tagging.runtime import installed
from corpus.tagging.transformer import transformer_tagger

TIERS = ("main", "light")


def best_tier(wanted: str | None = None) -> str:
    """Return the tier that reads where `wanted` is asked for, or the best there is.

    Where the main tier cannot run, because onnxruntime is not installed, the light one does.

    Raises:
        ValueError: if there is no such tier.
    """
    if wanted is not None and wanted not in TIERS:
        raise ValueError(f"no tier {wanted!r}: there are {' and '.join(TIERS)}")
    return "main" if wanted != "light" and installed() else "light"


def tagger(tier: str | None = None) -> Tagger:
    """Return the reader of `best_tier(tier)`.

    Raises:
        ValueError: if there is no such tier.
    """
    return transformer_tagger() if best_tier(tier) == "main" else lexical_tagger()
