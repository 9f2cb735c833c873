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
    ("It will rise between 5% and 6%.", "5% and 6%", "percent", "5", "6"),
    ("from up to 250 km to 280 km", "250 km to 280 km", "measure", "250", "280"),
    ("a 5- to 10-year plan", "5- to 10-year", "duration", "5", "10"),
    ("one to two dozen gulls", "one to two dozen", "count", "12", "24"),
    ("between 40 trucks and 55 trucks", "40 trucks and 55", "count", "40", "55"),
    ("It will hire 40 or even 50 men.", "40 or even 50", "count", "40", "50"),
    ("It wants more than 40 but fewer than 60 boats.", "40 but fewer than 60", "count", "40", "60"),
    ("at most 90 and at least 30 boats", "90 and at least 30", "count", "30", "90"),
    ("It took over 4 km but under 6 km.", "4 km but under 6 km", "measure", "4", "6"),
    ("falling within the second or third tier", "second or third", "ordinal", "2", "3"),
    ("20 through 30 boats", "20 through 30", "count", "20", "30"),
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
    "more than 40 boats and about 60 cars",
    "more than 60 boats but fewer than 40 boats",
    "more than 60 boats but fewer than 90 cars",
    "more than 60 boats by the sea but fewer than 90 boats",
    "It fell 40 boats to 90 boats.",
    "a 7- or 8-inch screen",
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


MOVED = [
    # text, the words found, value, start, direction
    ("It rose to 3.6 percent from 3.1 percent.", "3.6 percent", "3.6", "3.1", "increase"),
    ("Stocks eased to 138 lots from 212 lots.", "138", "138", "212", "decrease"),
    (
        "It fell to $40 million, down from $55 million.",
        "$40 million",
        "40000000",
        "55000000",
        "decrease",
    ),
    ("It went from 20 km in 2019 to 29 km.", "29 km", "29", "20", "increase"),
    ("It went from 20 km in 2019 to 9 km.", "9 km", "9", "20", "decrease"),
    ("It climbed from 21 km travelled to 23 km.", "23 km", "23", "21", "increase"),
    ("It fell from 40 boats to 30 boats.", "30", "30", "40", "decrease"),
    ("It was going from 55 to 40 boats.", "40", "40", "55", "decrease"),
    ("It shifted from 40 to 55.", "55", "55", "40", "increase"),
    ("It was cut from 55 to 40 km.", "40 km", "40", "55", "decrease"),
    ("Sails, from 55 to 40 km, sank.", "40 km", "40", "55", "decrease"),
    ("It climbed from fifth to third.", "third", "3", "5", "increase"),
]
NOT_MOVED = [
    "It fell to 3.6 percent from 3.1 percent.",
    "The bus goes to 3 towns from 5 towns.",
    "It rose to 3 boats from 5 trucks.",
    "It rose 3 percent from 2 percent.",
    "It rose to 3 km from 2 percent.",
    "It rose from 20 km at Oss to 29 km.",
    "It rose from 20 km in 2019, then 29 km.",
    "It rose to 29 km in 2019 to 20 km.",
    "It rose from 20 boats in 2019 to 29 trucks.",
    "It rose from $20 in 2019 to €29.",
]


@pytest.mark.parametrize(("text", "words", "value", "start", "direction"), MOVED)
def test_a_movement_told_in_another_order_keeps_its_start(
    found, text, words, value, start, direction
):
    (item,) = [one for one in found(text).quantities if one.kind != "date"]
    assert (item.span.cut(text), item.value) == (words, value)
    assert (item.change.start, item.change.direction) == (start, direction)


@pytest.mark.parametrize("text", NOT_MOVED)
def test_two_levels_are_no_movement(found, text):
    items = [one for one in found(text).quantities if one.kind != "date"]
    assert len(items) == 2
    assert not any(one.change and one.change.start for one in items)


def test_a_movement_may_end_in_a_range(only):
    item = only("It rose from 21.5 to 27-29 billion euros.", "27-29 billion euros", "money")
    assert (item.low, item.high, item.change.start) == ("27000000000", "29000000000", "21500000000")


def test_two_bounds_keep_the_words_of_the_first(found):
    text = "It wants more than 40 but fewer than 60 boats."
    (item,) = found(text).quantities
    assert (item.comparator, item.hedge_span.cut(text)) == ("=", "more than")


STEPS = [
    # text, the value and the start of each claim
    ("It rises from $44 to $52 to $61.", [("52", "44"), ("61", "52")]),
    ("It rises from $44 to $52 to $49.", [("52", "44"), ("49", "52")]),
    ("It rises from $44 to $52 to 3 boats.", [("52", "44"), ("3", None)]),
    ("It rises from $44 to $52, then to $61.", [("52", "44"), ("61", None)]),
    ("It rises from $44 to $52 to thousands of boats.", [("52", "44"), (None, None)]),
]


@pytest.mark.parametrize(("text", "steps"), STEPS)
def test_a_third_step_moves_on_from_the_second(found, text, steps):
    items = found(text).quantities
    assert [(one.value, one.change and one.change.start) for one in items] == steps
