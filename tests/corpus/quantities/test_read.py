"""Reading a whole text: spans hold, order holds, offsets shift, time stays linear."""

from __future__ import annotations

import math
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.quantities import read
from corpus.quantities.base import COMPARATORS, KINDS, MODALITIES
from corpus.sentences import sentences
from corpus.spans import Span

STORY = (
    "On Monday, 9 March 2021, at least 1,200 people and 84 of the 140 crews left Pier 9.\n\n"
    "Trade rose 12 percent from 2019 to $1.4 billion, between 40 and 55 trucks a day, Lena Ortiz, "
    "44, said. The third visit will take two weeks.\n"
)
WORDS = st.sampled_from(
    ["40", "1,2", "3.5", "million", "percent", "$", "between", "and", "to", "from", "2019", "May",
     "Monday", "the", "third", "of", "half", "a", "one", "Unit", "people", "at least", "-", ",",
     ".", "\n", "km", "each", "year", "9", "€", "Q1", "first", "ago", "last", "week", "8:30"]
)  # fmt: skip
SHAPES = ["1", "1,", " ", "1-", "-", '"', "$", "May ", "12 ", "thousand ", "one ", "1.", "1/2 ",
          "2019 ", "5% ", "Aaa 4 ", "€1", "last year ", "at least ", "several hundred ", "\n",
          "twenty-", "Monday ", "http://", "3 of the 4 "]  # fmt: skip


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_every_span_lies_in_the_text_and_claims_do_not_overlap(text):
    found = read(text, sentences(text))
    claims = [item for item in found.quantities if item.kind != "share"]
    spans = sorted([item.span for item in (*claims, *found.designators)])
    assert all(span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    for item in found.quantities:
        assert item.kind in KINDS
        assert item.comparator in COMPARATORS
        assert item.modality in MODALITIES
        assert item.value or item.low or item.calendar


@pytest.mark.parametrize(
    "before", ["A calm paragraph.\n\n", "Nothing stands here, nothing at all.\n"]
)
def test_a_neutral_paragraph_shifts_offsets_and_nothing_else(before):
    plain = read(STORY, sentences(STORY)).quantities
    shifted = read(before + STORY, sentences(before + STORY)).quantities
    assert [item.span.shift(len(before)) for item in plain] == [item.span for item in shifted]
    assert [(item.kind, item.value, item.low, item.per) for item in plain] == [
        (item.kind, item.value, item.low, item.per) for item in shifted
    ]


def test_other_line_ends_quotes_and_blanks_change_no_value():
    other = STORY.replace("\n", "\r\n").replace("1,200 people", "1,200\u00a0people")
    values = [
        [(item.kind, item.value, item.low) for item in read(text, sentences(text)).quantities]
        for text in (STORY, other)
    ]
    assert values[0] == values[1]


def test_a_text_without_sentences_is_read_as_one():
    (item,) = read("40 boats", []).quantities
    assert item.value == "40"


def test_an_empty_text_holds_nothing():
    found = read("", [])
    assert (found.quantities, found.designators) == ([], [])


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_no_faster_than_the_text(shape):
    def seconds(size: int) -> float:
        text = (shape * size)[:size]
        started = time.process_time()
        read(text, [Span(0, size)])
        return time.process_time() - started

    short, long = (min(seconds(size) for _ in range(2)) for size in (5_000, 20_000))
    assert long < 5
    assert long < 0.05 or math.log(long / short, 4) <= 1.5
