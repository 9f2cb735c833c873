"""Tokens of passages: where they stand, what they look like, and what was passed before them."""

import numpy as np
import pytest

from corpus.sentences import paragraphs
from corpus.tagging.features import (
    CAPITAL,
    CAPITALS,
    DIGITS,
    EDGE,
    INITIAL,
    INSIDE,
    LONGEST,
    LOWER,
    MARK,
    MIXED,
    OTHER,
    STOP,
    Vocabulary,
    shape,
    tokens,
)

KNOWN = Vocabulary({"ferry": 1, "it's": 2, "'s": 3}, {"rry": 1})


def read(text):
    return tokens(text, paragraphs(text), KNOWN)


def words_where(text, flags):
    found = read(text)
    kept = flags(found)
    return [
        text[start:end]
        for start, end, keep in zip(found.starts, found.ends, kept, strict=True)
        if keep
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry is late.", ["The", "ferry", "is", "late", "."]),
        ("Ana Orlo’s boat, she's sure", ["Ana", "Orlo", "’s", "boat", ",", "she", "'s", "sure"]),
        ("the U.S. and 3.5 percent", ["the", "U.S.", "and", "3.5", "percent"]),
        (
            "a well-kept, 12,000-ton ship",
            ["a", "well", "-", "kept", ",", "12,000", "-", "ton", "ship"],
        ),
        ("snake_case is one_of", ["snake", "_", "case", "is", "one", "_", "of"]),
        ("“No,” he said", ["“", "No", ",", "”", "he", "said"]),
        ("naïve Łódź 東京 港", ["naïve", "Łódź", "東京", "港"]),
    ],
)
def test_words_marks_and_clitics_are_tokens(text, expected):
    assert words_where(text, lambda found: found.starts >= 0) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ferry", LOWER),
        ("Orlo", CAPITAL),
        ("USS", CAPITALS),
        ("U.S.", CAPITALS),
        ("J", INITIAL),
        ("12,000", DIGITS),
        ("iPad", MIXED),
        (",", MARK),
        ("?", STOP),
        ("港", OTHER),
        ("東京", MIXED),
    ],
)
def test_how_a_token_is_written(word, expected):
    assert shape(word) == expected


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("The boat left. Nobody knew why.", ["Nobody"]),
        ("“It left.” Nobody knew. “Who cares?” he asked.", ["Nobody", "“"]),
        ("Dr. Orlo and J. Pell left at 4. Then rain fell.", ["Then"]),
        ("It left at 4.30 from Pier 2. 300 people saw it.", ["300"]),
        ("It left. and it came back.", []),
        ("Really?! Yes of course", ["Yes"]),
        ("It cost 3. (Or 4.)", []),
    ],
)
def test_sentences_begin_after_stops_before_capitals_and_figures(text, begun):
    def flags(found):
        return np.diff(found.sentences, prepend=0) > 0

    assert words_where(text, flags) == begun


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“Yes,” he said. “No.”", ["Yes", ",", "No", "."]),
        ('"Yes," he said. "No."', ["Yes", ",", "No", "."]),
        ("“Never closed, he said", ["Never", "closed", ",", "he", "said"]),
        ("‘Yes,’ he said.", ["Yes", ","]),
        ("'The pilots' union agreed,' he said", ["The", "pilots", "'", "union", "agreed", ","]),
        ("he said: “the ‘big’ one", ["the", "‘", "big", "’", "one"]),
        ("“Open here\nnot here any more", ["Open", "here"]),
        ("The pilots' boat and rock 'n roll", []),
        ("Closed” by nobody at all", []),
        ('Closed" by nobody at all', []),
        ('closed," he said. "And open', ["And", "open"]),
        ('he said—"Yes, we go', ["Yes", ",", "we", "go"]),
        ("nothing said 'em", []),
    ],
)
def test_words_inside_quotation_marks(text, inside):
    assert words_where(text, lambda found: found.places == INSIDE) == inside


def test_a_mark_that_opens_or_closes_is_an_edge():
    assert words_where("“Yes,” he said", lambda found: found.places == EDGE) == ["“", "”"]


def test_two_openings_in_single_marks_each_end_at_their_own_mark():
    text = "‘Yes,’ he said, ‘we go.’"
    assert words_where(text, lambda found: found.places == INSIDE) == ["Yes", ",", "we", "go", "."]


def test_counts_begin_anew_with_each_paragraph():
    found = read("One, two, three.\nFour, five and six.")
    assert found.commas.tolist() == [0, 1, 1, 2, 2, 2, 0, 1, 1, 1, 1, 1]
    assert found.homes.tolist() == [0, 1]
    assert found.bounds.tolist() == [0, 6, 12]


def test_known_words_and_endings_have_rows_whatever_their_case():
    found = read("FERRY Cherry berry’s berg")
    assert found.words.tolist() == [1, 0, 0, 3, 0]
    assert found.suffixes.tolist() == [1, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("text", "homes", "lengths"),
    [
        ("One word more\n\nOK\nThe last line here", [0, 2], [3, 4]),
        ("a " * (LONGEST + 4), [0, 0], [LONGEST, 4]),
        ("", [], []),
        (" \n\t\n", [], []),
        ("OK", [], []),
    ],
)
def test_short_paragraphs_are_left_out_and_long_ones_cut(text, homes, lengths):
    found = read(text)
    assert found.homes.tolist() == homes
    assert np.diff(found.bounds).tolist() == lengths


def test_a_part_counts_its_tokens_from_0():
    found = read("One word more\nTwo of them now\nThe last one, then")
    part = found.part(1, 3)
    assert part.bounds.tolist() == [0, 4, 9]
    assert part.homes.tolist() == [1, 2]
    assert part.starts.tolist() == found.starts[3:].tolist()


def test_line_ends_of_any_kind_give_the_same_tokens():
    unix = "“Yes,” he said.\nNobody, she said, knew."
    windows = unix.replace("\n", "\r\n")
    one, other = read(unix), read(windows)
    for name in ("words", "shapes", "places", "sentences", "commas", "marks", "bounds"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
