"""The same amount in another unit."""

from __future__ import annotations

import pytest

FOUND = [
    # text, comparator, direction
    ("more than 100 km (60 miles) away", ">", None),
    ("more than 7 million euros ($8 million)", ">", None),
    ("It fell by 2 °C (3.6 °F).", "=", "decrease"),
]
NOT_FOUND = [
    "more than 100 km (60 euros) away",
    "more than 100 km (60 miles by sea)",
    "more than 100 km, 60 miles) away",
    "more than 100 km (60 km) away",
    "more than 100 boats (60 ships)",
]


@pytest.mark.parametrize(("text", "comparator", "direction"), FOUND)
def test_an_amount_in_brackets_says_the_same(found, text, comparator, direction):
    second = found(text).quantities[1]
    change = second.change.direction if second.change else None
    assert (second.comparator, change) == (comparator, direction)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_other_amounts_stand_for_themselves(found, text):
    assert found(text).quantities[1].comparator == "="


def test_a_hedge_of_its_own_stays(found):
    assert found("more than 100 km (about 60 miles)").quantities[1].comparator == "~"
