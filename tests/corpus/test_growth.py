"""Time grows with the text and no faster, whatever the text is made of.

The limits are wide enough for a slow and busy machine; tests/benchmarks/figures_growth.py shows
finer figures by hand.
"""

from __future__ import annotations

import math

import pytest

from tests.corpus.shapes import SHAPES, seconds, text_of

SHORT, LONG = 12_500, 50_000
STEEPEST = 1.5
SLOWEST = 5 * 0.6 * LONG / 100_000
"""Seconds of CPU time: five times the 0.6 seconds that 100,000 characters may take."""
TOO_SHORT_TO_TELL = 0.05


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_time_grows_with_the_text_and_no_faster(shape: str) -> None:
    """The least of three runs counts; the later ones are left out where the first is fine."""
    short = long = math.inf
    for _ in range(3):
        short = min(short, seconds(text_of(shape, SHORT)))
        long = min(long, seconds(text_of(shape, LONG)))
        steep = math.log(long / short, LONG / SHORT) if long > TOO_SHORT_TO_TELL else 0
        if steep <= STEEPEST and long <= SLOWEST:
            return
    pytest.fail(f"{LONG:,} characters: {long:.2f} s, slope {steep:.2f}")
