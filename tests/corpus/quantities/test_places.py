"""The place a figure is about."""

from __future__ import annotations

import pytest

FOUND = [
    # text, the place of the figure
    ("It has 40 schools in Saltmere.", "Saltmere"),
    ("It has 40 schools across Saltmere and Oss.", "Saltmere and Oss"),
    ("In Saltmere, Oss and Brill, 40 schools shut.", "Saltmere, Oss and Brill"),
    ("Some 40 people were killed in Upper Saltmere on Monday.", "Upper Saltmere"),
    ("Joblessness rose 3 percent across the region.", "the region"),
    ("It sold 40 boats throughout the whole country.", "the whole country"),
    ("It sold 40 boats in the city of Saltmere.", "the city of Saltmere"),
    ("It sold 40 boats nationwide.", "nationwide"),
    ("It paid $40 million in the United States.", "the United States"),
    ("There are 40 homes in the U.S. now.", None),
    ("It left 40 residents of Saltmere homeless.", None),
    ("It moved 40 residents of Saltmere.", "Saltmere"),
    ("The city's 40 schools shut.", "The city"),
    ("He was in Saltmere. Saltmere’s 40 schools shut.", "Saltmere"),
    ("In Saltmere, 40 schools shut.", "Saltmere"),
    ("In Saltmere, Kestria, more than 40 schools shut.", "Saltmere"),
    ("Across the country 40 schools shut.", "the country"),
    ("Nationwide, 40 schools shut.", "Nationwide"),
]
NONE = [
    "Renner's 40 boats sank.",
    "It put $40 million in Renner Mills.",
    "She has 40 votes in Congress.",
    "It sold 40 boats in May.",
    "It met 40 friends of Renner.",
    "It sold 40 boats in Saltmere schools.",
    "In Saltmere 40 schools shut.",
    "It fed 40 people of Kestrian and Ossian descent.",
    "Forty Schools Shut in Saltmere",
    "In Congress, 40 men sang.",
    "It sold 40 boats. In Saltmere, it rained.",
    "He went to Saltmere with 40 men.",
    "In Saltmere, " + "by the sea and by the hills " * 6 + "40 schools shut.",
]


@pytest.mark.parametrize(("text", "place"), FOUND)
def test_links_the_place(found, text, place):
    item = next(item for item in found(text).quantities if item.kind != "date")
    assert (item.place_span.cut(text) if item.place_span else None) == place


@pytest.mark.parametrize("text", NONE)
def test_rather_no_place_than_a_wrong_one(found, text):
    item = next(item for item in found(text).quantities if item.kind != "date")
    assert item.place_span is None
