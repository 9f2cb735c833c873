"""Shares: fractions of something, and one count out of another."""

from __future__ import annotations

import pytest

FOUND = [
    # text, the words found, value
    ("a third of the crews", "a third", "1/3"),
    ("about one-third of which were kept", "one-third", "1/3"),
    ("two thirds of voters", "two thirds", "2/3"),
    ("half of the money", "half", "1/2"),
    ("half the fleet", "half", "1/2"),
    ("a quarter of the pilots", "a quarter", "1/4"),
    ("one in three pupils", "one in three", "1/3"),
    ("9 out of 10 pupils", "9 out of 10", "9/10"),
    ("The odds are 1 in 14 million.", "1 in 14 million", "1/14000000"),
    ("84 of the 140 men", "84 of the 140", "84/140"),
    ("the majority of whom left", "the majority", None),
    ("Two of the five judges left.", "Two of the five", "2/5"),
    ("18 of 22 drones", "18 of 22", "18/22"),
    ("11 of their last 12 games", "11 of their last 12", "11/12"),
    ("Nine of the band's 14 men left.", "Nine of the band's 14", "9/14"),
]
NOT_FOUND = [
    "the second half",
    "half a dozen boats",
    "a half-hearted plan",
    "after two quarters,",
    "a majority stake",
    "3 in 2019",
    "3.5 in 10 boats",
    "40 in 20 boats",
    "140 of the 84 men",
    "2 of 17",
    "18 or 22 drones",
    "Oss made 312 for 7 in 49 overs.",
    "the first of the four trains",
]


@pytest.mark.parametrize(("text", "words", "value"), FOUND)
def test_finds_the_share(only, text, words, value):
    assert only(text, words, "share").value == value


@pytest.mark.parametrize("text", NOT_FOUND)
def test_leaves_other_text_alone(kinds, text):
    assert "share" not in kinds(text)


def test_a_part_of_a_whole_keeps_its_two_counts(kinds):
    assert sorted(kinds("84 of the 140 men left.")) == ["count", "count", "share"]


def test_the_part_counts_what_the_whole_counts(found):
    items = found("Two of the five judges dissented.").quantities
    assert [(item.value, item.concept) for item in items] == [
        ("2", "judges"),
        ("2/5", "judges"),
        ("5", "judges"),
    ]


def test_a_share_that_was_shot_down_did_not_fall(found):
    assert {item.change for item in found("It shot down 18 of 22 drones.").quantities} == {None}


def test_one_in_three_is_no_count(kinds):
    assert kinds("one in three left") == ["share"]


def test_a_majority_is_more_than_half(only):
    share = only("The majority were silent.", "The majority", "share")
    assert (share.low, share.vague) == ("1/2", True)


def test_says_what_it_is_a_share_of(only):
    assert only("a third of the crews", "a third", "share").concept == "crews"


@pytest.mark.parametrize(
    ("text", "part", "share"),
    [
        ("It spent 35 of the 90 million euros.", ("money", "35000000", "EUR", 0.6), True),
        ("It spent 3 million of the 9 million euros.", ("money", "3000000", "EUR", 0.6), True),
        ("Nine of the 40 km are paved.", ("measure", "9", "km", 0.6), True),
        ("Two of the $5 million homes sold.", ("count", "2", None, 0.7), False),
        ("It spent 95 of the 90 euros.", ("count", "95", None, 0.7), False),
        ("It has 35 boats of the 9 million euros.", ("count", "35", None, 0.85), False),
        ("It took 3 of the 40 percent.", ("count", "3", None, 0.7), False),
    ],
)
def test_the_part_of_a_sum_has_its_unit_and_scale(found, text, part, share):
    items = found(text).quantities
    first = next(item for item in items if item.kind != "share")
    assert (first.kind, first.value, first.unit, first.score) == part
    assert any(item.kind == "share" for item in items) is share
