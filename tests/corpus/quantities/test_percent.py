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


POINTS = [
    # text, the words, change
    ("It took 42% of the vote, two points less than in 2027.", "two points", "decrease"),
    ("Turnout was 67%, five points down on 2027.", "five points", "decrease"),
    ("Support slid 9 points to 38 percent.", "9 points", "decrease"),
    ("Some 40 percent agree; the margin of error is 3 points.", "3 points", None),
    ("Some 40 percent agree, plus or minus 3 points.", "3 points", None),
    ("The margin of error is plus or minus 3 points.", "3 points", None),
]
NO_POINTS = [
    "The index fell 31 points, or 0.8 percent.",
    "It fell by 0.8 percent, or 31 points.",
    "She had 40 percent of the ball and scored 12 points.",
    "Oss won 12 points.",
    "It asked 40 percent of them in 12 points of detail. It has 231 points.",
    "It rose 2 percent. It made 12 points.",
    "The error cost it 12 points.",
    "It won by a margin of 12 points.",
    "Shares rose 3 percent on a day when the S&P lost 31 points.",
]


@pytest.mark.parametrize(("text", "words", "change"), POINTS)
def test_points_beside_a_percentage_are_percentage_points(found, text, words, change):
    (item,) = [item for item in found(text).quantities if item.unit == "pp"]
    direction = item.change.direction if item.change else None
    assert (item.span.cut(text), item.concept, direction) == (words, None, change)


@pytest.mark.parametrize("text", NO_POINTS)
def test_other_points_are_counted(found, text):
    assert "pp" not in {item.unit for item in found(text).quantities}


def test_says_what_the_percentage_is_of(only):
    percent = only("12 percent of the harbour workers struck.", "12 percent", "percent")
    assert (percent.concept, percent.concept_head) == ("harbour workers", "worker")


MARGINS = [
    # text, value, unit
    ("Some 40 percent agree, plus or minus 3 points.", "3", "pp"),
    ("The margin of error is +/- 3 percentage points.", "3", "pp"),
    ("The margin of error is +/−3.5%.", "3.5", "%"),
    ("It is exact to ±3 km.", "3", "km"),
    ("It is exact to plus/minus 3 km.", "3", "km"),
    ("It is exact to + or - 3 km.", "3", "km"),
]
NO_MARGINS = [
    ("It fell to minus 3 points.", "-3"),
    ("It is a plus or a mark of minus 3 points.", "-3"),
    ("It was 5 or -3 degrees.", "-3"),
]


@pytest.mark.parametrize(("text", "value", "unit"), MARGINS)
def test_a_margin_is_never_negative_and_less_certain(found, text, value, unit):
    item = found(text).quantities[-1]
    assert (item.value, item.unit, item.comparator, item.score) == (value, unit, "=", 0.6)


@pytest.mark.parametrize(("text", "value"), NO_MARGINS)
def test_a_minus_alone_is_a_sign(found, text, value):
    assert found(text).quantities[-1].value == value
