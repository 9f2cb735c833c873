"""The light reader of noun phrases."""

from __future__ import annotations

import pytest

from corpus.quantities.nouns import is_plural, singular


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("boats", "boat"),
        ("parties", "party"),
        ("churches", "church"),
        ("boxes", "box"),
        ("people", "person"),
        ("servicemen", "serviceman"),
        ("by-passers", "by-passer"),
        ("ex-servicemen", "serviceman"),
        ("staff", "staff"),
        ("congress", "congress"),
        ("ties", "tie"),
        ("viruses", "virus"),
        ("fishermen", "fisherman"),
        ("boatmen", "boatman"),
    ],
)
def test_gives_the_singular(word, one):
    assert singular(word) == one


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("It won 40 boat five times.", ["boat", "times"]),
        ("It has 40 Formula One drivers.", ["Formula One drivers"]),
        ("It has 40 new boats.", ["new boats"]),
    ],
)
def test_another_figure_ends_the_phrase(found, text, counted):
    assert [item.concept for item in found(text).quantities] == counted


@pytest.mark.parametrize("word", ["boats", "people", "parties", "troops", "boatmen"])
def test_knows_a_plural(word):
    assert is_plural(word)


@pytest.mark.parametrize(
    "word", ["boat", "was", "campus", "analysis", "gas", "says", "press", "specimen", "omen"]
)
def test_knows_what_is_no_plural(word):
    assert not is_plural(word)
