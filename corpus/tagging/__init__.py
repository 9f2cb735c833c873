"""Readers of attributions in the training set's form: who, by which words, said which words."""

from __future__ import annotations

from corpus.tagging.base import Tagger
from corpus.tagging.lexical import lexical_tagger
from corpus.tagging.runtime import installed
from corpus.tagging.transformer import transformer_tagger

TIERS = ("main", "light")


def tagger(tier: str) -> Tagger:
    """Return the reader of a tier; the light one too where the main one cannot run.

    Its `tier` tells which it is.

    Raises:
        ValueError: if there is no such tier.
    """
    if tier not in TIERS:
        raise ValueError(f"no tier {tier!r}: there are {' and '.join(TIERS)}")
    if tier == "main" and installed():
        return transformer_tagger()
    return lexical_tagger()
