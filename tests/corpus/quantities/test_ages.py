"""Ages: a duration whose concept is "age"."""

from __future__ import annotations

import pytest

FOUND = [
    # text, the words found, value, unit
    ("Lena Ortiz, 44, runs the yard.", "44", "44", "year"),
    ("The plumber is Gary Tench, 42.", "42", "42", "year"),
    ("A 17-year-old was hurt.", "17-year-old", "17", "year"),
    ("She is 61 years old now.", "61 years old", "61", "year"),
    ("The calf is six months old.", "six months old", "6", "month"),
    ("Pupils aged 12 may join.", "12", "12", "year"),
    ("He left at the age of 30.", "30", "30", "year"),
    ("The new jobs went to people under 30.", "30", "30", "year"),
    ("Children under five came.", "five", "5", "year"),
    ("Half of those under 30 back it.", "30", "30", "year"),
    ("She was 17 when she left.", "17", "17", "year"),
    ("At 62 she came back.", "62", "62", "year"),
    ("The harbour master, 61, has left.", "61", "61", "year"),
    ("Adults aged 40 to 65 came.", "40 to 65", None, "year"),
    ("The pension age from 62 to 64 is set.", "62 to 64", None, "year"),
]
NOT_FOUND = [
    "The port holds 44 boats.",
    "In Saltmere, 44 boats left.",
    "They counted Monday, 250, and left.",
    "Room 44, they said, is shut.",
    "It rose to just under 30 boats.",
    "Those under 30 flags came.",
    "She was 17 points ahead.",
    "The hut was 17 when she left.",
    "At 62 boats she stopped.",
    "At 8 she came back.",
    "The bus, 61, 62 and 63, was late.",
    "Over the rows, 61, 62 and 63, has it rained.",
    "The harbour master, six, has left.",
]


@pytest.mark.parametrize(("text", "words", "value", "unit"), FOUND)
def test_finds_the_age(only, text, words, value, unit):
    age = only(text, words, "duration")
    assert (age.value, age.unit, age.concept) == (value, unit, "age")


@pytest.mark.parametrize("text", NOT_FOUND)
def test_leaves_other_figures_alone(found, text):
    assert [item for item in found(text).quantities if item.concept == "age"] == []


@pytest.mark.xfail(strict=True, reason="a bare number after a form of 'be' may be anything")
def test_finds_a_bare_age(only):
    only("Her brother was seven when the mains came.", "seven", "duration")
