"""Vague amounts: a low bound, no value."""

from __future__ import annotations

import pytest

FOUND = [
    # text, the words found, kind, low, unit
    ("hundreds of workers", "hundreds", "count", "100", None),
    ("Dozens of boats", "Dozens", "count", "24", None),
    ("tens of thousands of homes", "tens of thousands", "count", "10000", None),
    ("several locations", "several", "count", "3", None),
    ("several hours of work", "several hours", "duration", "3", "hour"),
    ("a couple of boats", "a couple of", "count", "2", None),
    ("millions of dollars", "millions of dollars", "money", "1000000", "USD"),
    ("hundreds of miles of it", "hundreds of miles", "measure", "100", "mi"),
    ("several nights", "several", "count", "3", None),
]
NOT_FOUND = ["some boats", "few boats", "many boats", "the scores were level", "the tens place"]


@pytest.mark.parametrize(("text", "words", "kind", "low", "unit"), FOUND)
def test_finds_the_least_it_can_mean(only, text, words, kind, low, unit):
    amount = only(text, words, kind)
    assert (amount.value, amount.low, amount.high, amount.unit) == (None, low, None, unit)
    assert amount.vague


def test_dozens_that_are_counted_are_not_vague(found):
    assert [one.value for one in found("three dozens of boats").quantities] == ["36"]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_leaves_words_that_say_nothing(kinds, text):
    assert kinds(text) == []
