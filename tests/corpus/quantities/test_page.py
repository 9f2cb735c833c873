"""What the rules see of a text: places of words, and patterns looked for around them only."""

from __future__ import annotations

import re

import pytest

from corpus.quantities.page import Page


def page(text: str) -> Page:
    return Page(text, [])


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("In May or MAY, mid-May, Mayfield, dismay.", {"may"}, [3, 10, 19]),
        ("may May", {"may", "june"}, [0, 4]),
        ("June, then May", {"may", "june"}, [0, 11]),
        ("9May and May9", {"may"}, [1, 9]),
        ("\u0130stanbul in May", {"may"}, [12]),
        ("ßeta May", {"may"}, [5]),
        ("", {"may"}, []),
        ("in May", set(), []),
    ],
)
def test_words_are_found_in_any_case_where_they_stand(
    text: str, words: set[str], expected: list[int]
) -> None:
    assert page(text).places(words) == expected


@pytest.mark.parametrize(
    "text",
    [
        "12 May, 13 May and 14 May",
        "the 2 May 3 May",
        "1 2 3 May 4 5 6 May 7",
        "may 5 maybe 6 May",
        "May",
        "",
        "12\nMay 12 \t May",
    ],
)
def test_looking_around_a_word_finds_what_a_look_at_everything_finds(text: str) -> None:
    pattern = re.compile(r"(?<!\w)[0-9]{1,2}\s{1,3}may(?!\w)", re.IGNORECASE)
    around = [match.span() for match in page(text).scan(pattern, {"may"}, reach=5)]
    assert around == [match.span() for match in pattern.finditer(text)]
