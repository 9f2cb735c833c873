"""Modality: how firmly a figure is stated."""

from __future__ import annotations

import pytest

ROWS = [
    # text, modality of the first figure
    ("It sold 40 boats.", "asserted"),
    ("He will see it was sold for 40 euros.", "asserted"),
    ("It will sell 40 boats.", "planned"),
    ("It plans to sell 40 boats.", "planned"),
    ("She announced that it would sell 40 boats.", "planned"),
    ("Within the coming two years, it will invite guests.", "planned"),
    ("It is expected to sell 40 boats.", "forecast"),
    ("It could sell 40 boats.", "conditional"),
    ("If it sells 40 boats, it stays.", "conditional"),
    ("Did it sell 40 boats?", "presupposed"),
    ("It did not sell 40 boats.", "denied"),
    ("It never, in all those long and hard years here, sold 40 boats.", "asserted"),
    ("It will have shown what it did: it sold 40 boats.", "asserted"),
    ("In May 40 boats left.", "asserted"),
    ("The fifth visit will follow.", "asserted"),
]


@pytest.mark.parametrize(("text", "modality"), ROWS)
def test_reads_the_clause(found, text, modality):
    item = next(item for item in found(text).quantities if item.kind != "date")
    assert item.modality == modality
