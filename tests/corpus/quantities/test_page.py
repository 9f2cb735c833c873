"""What the rules see of a text: places of words, and patterns looked for around them only."""

from __future__ import annotations

import re

import pytest

from corpus.quantities.page import Page
from corpus.spans import Span


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


def test_what_is_taken_is_not_looked_at():
    text = "2 May and 3 May"
    seen = page(text)
    assert seen.take(Span(0, 5))
    pattern = re.compile("[0-9] May")
    assert [match.start() for match in seen.scan(pattern, {"may"}, reach=12)] == [10]
    assert [match.start() for match in seen.at_digits(pattern)] == [10]


@pytest.mark.parametrize(
    ("start", "end", "expected"), [(0, 15, 2), (3, 15, 12), (3, 12, None), (13, 15, None)]
)
def test_the_first_of_some_words_is_found_between_two_places(start, end, expected):
    assert page("2 May 8 Apr May 7").first(frozenset({"may", "june"}), start, end) == expected
