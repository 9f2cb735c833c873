"""Word lists become patterns: longest first, any short gap, any hyphen."""

from __future__ import annotations

import re

import pytest

from corpus.patterns import any_of, ending, phrase, plain_blanks, starting


def test_the_longest_word_wins():
    assert re.match(any_of(["more", "more than"]), "more than 5")[0] == "more than"


@pytest.mark.parametrize(
    "text", ["more than", "more\nthan", "more\u00a0than", "more\r\nthan", "MORE  THAN"]
)
def test_a_blank_stands_for_any_short_gap(text):
    assert starting(phrase("more than")).match(text)


@pytest.mark.parametrize(
    "text",
    [
        "more\n\nthan",
        "more  \n\nthan",
        "more\n  \nthan",
        "more\r\n\r\nthan",
        "morethan",
        "more     than",
    ],
)
def test_a_paragraph_break_is_no_gap(text):
    assert not starting(phrase("more than")).match(text)


@pytest.mark.parametrize("text", ["light-years", "light\u2011years", "light\u2013years"])
def test_a_hyphen_stands_for_every_hyphen(text):
    assert starting(phrase("light-years")).match(text)


@pytest.mark.parametrize("text", ["Chang'e", "Chang\u2019e"])
def test_an_apostrophe_stands_for_straight_and_curly(text):
    assert starting(phrase("Chang'e")).match(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("5\u00a0km", "5 km"),
        ("5\u202fkm", "5 km"),
        ("minus\u00a0500", "minus 500"),
        ("in May\u00a02019", "in May 2019"),
        ("5\u00a0000", "5\u00a0000"),
        ("5\nkm", "5\nkm"),
        ("5\u200bkm", "5\u200bkm"),
    ],
)
def test_a_blank_of_any_width_becomes_a_plain_one_and_nothing_else_does(text, plain):
    assert plain_blanks(text) == plain


def test_an_ending_pattern_ends_where_the_window_does_in_every_alternative():
    assert ending("about|some").search("there were about")
    assert not ending("about|some").search("about there")
