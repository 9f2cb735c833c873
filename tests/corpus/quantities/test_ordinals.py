"""Ordinals of an event or a rank; enumerators are designators."""

from __future__ import annotations

import pytest

FOUND = [
    # text, the words found, value, concept
    ("her fifth visit to Kestria", "fifth", "5", "visit"),
    ("It concluded its 16th session on Friday.", "16th", "16", "session"),
    ("for the first time", "first", "1", "time"),
    ("the first such talks", "first", "1", "talks"),
    ("the fourth-largest trading partner", "fourth-largest", "4", "trading partner"),
    ("the 88th anniversary of it", "88th", "88", "anniversary"),
    ("the 20th National Congress", "20th", "20", "National Congress"),
    ("China will open a second workshop", "second", "2", "workshop"),
    ("climb to second place", "second", "2", "place"),
    ("the twenty-first meeting", "twenty-first", "21", "meeting"),
    ("the third-most visited town", "third-most visited", "3", "town"),
]
NOT_FOUND = [
    "It was first reported by the Wire.",
    "They first came here in spring.",
    "the First Lady spoke",
    "first-hand accounts",
    "third countries",
    "the 162nd Coastal Unit",
    "a second later",
]
ENUMERATORS = [
    "First, learn from it.",
    "Second, build.",
    "“And fourth, trade grew.",
    "Thirdly, wait.",
]


@pytest.mark.parametrize(("text", "words", "value", "concept"), FOUND)
def test_finds_the_ordinal(only, text, words, value, concept):
    ordinal = only(text, words, "ordinal")
    assert (ordinal.value, ordinal.concept) == (value, concept)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_leaves_other_text_alone(kinds, text):
    assert "ordinal" not in kinds(text)


@pytest.mark.parametrize("text", ENUMERATORS)
def test_enumerators_only_name(found, text):
    assert found(text).quantities == []
