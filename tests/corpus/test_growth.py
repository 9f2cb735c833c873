"""Time grows with the text and no faster, whatever the text is made of.

The limits are wide enough for a slow and busy machine; tests/benchmarks/figures_growth.py and
voices_growth.py show finer figures by hand. Coverage is not measured here: the time would be that
of the tracer.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import pytest

from corpus.tagging.runtime import installed
from tests.corpus.shapes import MAIN, SHAPES, VOICES, crowd, seconds, seconds_to_extract, text_of

STEEPEST = 1.5
SLACK = 5
"""How many times the seconds it may take on a quiet machine a text may take here."""
FIGURES, LIGHT, CROWD, MAIN_TIER = 0.6, 2.0, 20.0, 10.0
"""Seconds of CPU time that 100,000 characters may take: figures alone, with voices by the light
tier, the same where everybody shares a name, and with voices by the main tier."""
TOO_SHORT_TO_TELL = 0.05

pytestmark = pytest.mark.no_cover


def assert_linear(
    took: Callable[[str], float], text: Callable[[int], str], short: int, most: float
) -> None:
    """Hold the time for `short` characters and for four times as many.

    The least of three runs counts; the later ones are left out where the first is fine.
    """
    long = 4 * short
    quick = slow = math.inf
    for _ in range(3):
        quick = min(quick, took(text(short)))
        slow = min(slow, took(text(long)))
        steep = math.log(slow / quick, 4) if slow > TOO_SHORT_TO_TELL else 0
        if steep <= STEEPEST and slow <= SLACK * most * long / 100_000:
            return
    pytest.fail(f"{long:,} characters: {slow:.2f} s, slope {steep:.2f}")


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_time_for_figures_grows_with_the_text_and_no_faster(shape: str) -> None:
    assert_linear(seconds, partial(text_of, shape), 12_500, FIGURES)


@pytest.mark.parametrize("shape", VOICES.values(), ids=VOICES)
def test_the_time_for_voices_grows_with_the_text_and_no_faster(shape: str) -> None:
    took = partial(seconds_to_extract, tier="light")
    assert_linear(took, partial(text_of, shape), 5_000, LIGHT)


def test_the_time_grows_no_faster_where_very_many_share_a_name() -> None:
    assert_linear(partial(seconds_to_extract, tier="light"), crowd, 5_000, CROWD)


@pytest.mark.skipif(not installed(), reason="onnxruntime is not installed")
@pytest.mark.parametrize("shape", MAIN.values(), ids=MAIN)
def test_the_time_of_the_main_tier_grows_with_the_text_and_no_faster(shape: str) -> None:
    took = partial(seconds_to_extract, tier="main")
    assert_linear(took, partial(text_of, shape), 5_000, MAIN_TIER)
