"""Windows: each paragraph whole, a long one in stretches that share what stands at their edges."""

from __future__ import annotations

from importlib.resources import files

import pytest

from corpus.sentences import paragraphs
from corpus.spans import Span
from corpus.tagging.windows import LONGEST, SHARED, WAYS, windows
from corpus.tagging.wordpiece import WordPieces

VOCABULARY = files("corpus.weights").joinpath("main-vocabulary.txt").read_text(encoding="utf-8")
PIECES = WordPieces.of(VOCABULARY)

LOOKS = [
    # text, its words in quotation marks
    ("“We sail at dawn,” she said.", ["We", "sail", "at", "dawn", ","]),
    ('He called it "a mess" twice.', ["a", "mess"]),
    ("The 'quiet pier' opened.", ["quiet", "pier"]),
    ("No marks and it's fine.", []),
]
LENGTHS = [
    # pieces, windows
    (3, 1),
    (LONGEST, 1),
    (LONGEST + 1, 2),
    (2 * LONGEST - SHARED, 2),
    (2 * LONGEST - SHARED + 1, 3),
    (3000, 16),
]


@pytest.mark.parametrize(("text", "quoted"), LOOKS)
def test_a_piece_knows_whether_it_stands_in_quotation_marks(text: str, quoted: list[str]) -> None:
    (window,) = windows(PIECES, text, paragraphs(text))
    inside = [look >= WAYS for look in window.looks]
    found = [text[slice(*place)] for place, one in zip(window.places, inside, strict=True) if one]
    assert found == quoted


@pytest.mark.parametrize(("pieces", "count"), LENGTHS)
def test_each_piece_is_the_own_of_one_window(pieces: int, count: int) -> None:
    text = "so " * pieces
    found = list(windows(PIECES, text, paragraphs(text)))
    owned = [place for window in found for place in window.places[slice(*window.own)]]
    assert len(found) == count
    assert owned == [(3 * at, 3 * at + 2) for at in range(pieces)]
    assert all(len(window) <= LONGEST for window in found)


def test_paragraphs_keep_their_numbers_and_one_without_pieces_has_no_window() -> None:
    text = "One here.\n\u200b\nTwo there."
    found = list(windows(PIECES, text, [Span(0, 9), Span(10, 11), Span(12, 22)]))
    assert [(window.paragraph, window.span) for window in found] == [
        (0, Span(0, 9)),
        (2, Span(12, 22)),
    ]


def test_a_piece_knows_where_its_word_begins() -> None:
    text = "Tessaly said so"
    (window,) = windows(PIECES, text, paragraphs(text))
    assert window.words == (0, 0, 2, 3)


def test_a_paragraph_too_short_for_an_attribution_is_not_shown() -> None:
    assert list(windows(PIECES, "so so\nso so so", [Span(0, 5)])) == []
