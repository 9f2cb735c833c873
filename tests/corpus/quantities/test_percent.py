"""Percentages, percentage points and basis points: never one for the other."""

from __future__ import annotations

import pytest

FOUND = [
    # text, the words found, value, unit
    ("Turnout rose to 61.4%.", "61.4%", "61.4", "%"),
    ("Up to 3 percent were lost", "3 percent", "3", "%"),
    ("a loss of 3 per cent", "3 per cent", "3", "%"),
    ("a 5-percent rise", "5-percent", "5", "%"),
    ("more\nthan 1,250% in a year", "1,250%", "1250", "%"),
    ("fell by 2 percentage points", "2 percentage points", "2", "pp"),
    ("a cut of 50 basis points", "50 basis points", "50", "bp"),
    ("up by half a percentage point", "half a percentage point", "0.5", "pp"),
    ("ten percent of boats", "ten percent", "10", "%"),
]
NOT_FOUND = ["the percentage of voters", "$40 per centre", "Unit 731", "v1.2.3%", "40 points"]


@pytest.mark.parametrize(("text", "words", "value", "unit"), FOUND)
def test_finds_the_percentage_and_its_exact_place(only, text, words, value, unit):
    percent = only(text, words, "percent")
    assert (percent.value, percent.unit) == (value, unit)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_leaves_other_text_alone(kinds, text):
    assert "percent" not in kinds(text)


def test_says_what_the_percentage_is_of(only):
    percent = only("12 percent of the harbour workers struck.", "12 percent", "percent")
    assert (percent.concept, percent.concept_head) == ("harbour workers", "worker")
