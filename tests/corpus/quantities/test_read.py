"""Reading a whole text: spans hold and order holds; laws and growth have tests of their own."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.quantities import read
from corpus.quantities.base import COMPARATORS, KINDS, MODALITIES
from corpus.sentences import sentences

WORDS = st.sampled_from(
    ["40", "1,2", "3.5", "million", "percent", "$", "between", "and", "to", "from", "2019", "May",
     "Monday", "the", "third", "of", "half", "a", "one", "Unit", "people", "at least", "-", ",",
     ".", "\n", "km", "each", "year", "9", "€", "Q1", "first", "ago", "last", "week", "8:30"]
)  # fmt: skip


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


def test_a_text_without_sentences_is_read_as_one():
    (item,) = read("40 boats", []).quantities
    assert item.value == "40"


def test_an_empty_text_holds_nothing():
    found = read("", [])
    assert (found.quantities, found.designators) == ([], [])
