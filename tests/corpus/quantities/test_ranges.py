"""Ranges are one claim with two ends."""

from __future__ import annotations

import pytest

FOUND = [
    # text, the words found, kind, low, high
    ("between 40 and 55 trucks", "40 and 55", "count", "40", "55"),
    ("400 to 600 people a year", "400 to 600", "count", "400", "600"),
    ("3-5 percent of it", "3-5 percent", "percent", "3", "5"),
    ("$40 to $55 million", "$40 to $55 million", "money", "40000000", "55000000"),
    (
        "between €2 million and €3 million",
        "€2 million and €3 million",
        "money",
        "2000000",
        "3000000",
    ),
    ("2 to 3 million boats", "2 to 3 million", "count", "2000000", "3000000"),
    ("two to three weeks", "two to three weeks", "duration", "2", "3"),
    ("It lasted a week to two weeks", "a week to two weeks", "duration", "1", "2"),
    ("£2m to £3m", "£2m to £3m", "money", "2000000", "3000000"),
    ("5–10 km away", "5–10 km", "measure", "5", "10"),
    ("the second or third tier", "second or third", "ordinal", "2", "3"),
    ("$40 to 55 million", "$40 to 55 million", "money", "40000000", "55000000"),
    ("ranging from 3 to 5 boats", "3 to 5", "count", "3", "5"),
]
NOT_RANGES = [
    "40 and 55 trucks",
    "5 percent to 3 boats",
    "9 to 5 boats",
    "3 boats to 5 trucks",
    "from Berth 3 to 5 boats",
    "hundreds to 300 boats",
    "3 or 40 boats",
    "from 3 to a third of boats",
    "It rose by $43 million to $419 million.",
    "It lasted a week to three boats",
]


@pytest.mark.parametrize(("text", "words", "kind", "low", "high"), FOUND)
def test_joins_the_two_ends(only, text, words, kind, low, high):
    item = only(text, words, kind)
    assert (item.value, item.low, item.high) == (None, low, high)


@pytest.mark.parametrize("text", NOT_RANGES)
def test_leaves_two_figures_apart(found, text):
    assert all(item.high is None for item in found(text).quantities)


def test_a_rise_from_one_to_another_is_one_claim_with_its_start(only):
    item = only("Joblessness rose from 3.1 to 3.6 percent.", "3.6 percent", "percent")
    assert (item.value, item.change.direction, item.change.start) == ("3.6", "increase", "3.1")
