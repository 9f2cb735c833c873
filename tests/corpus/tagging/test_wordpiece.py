"""Word pieces: the same as the base model's own reader cuts, each with its exact place."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.spans import Span
from corpus.tagging.wordpiece import CAPITAL, CAPITALS, LONGEST_KEPT, SMALL, WordPieces

VOCABULARY = files("corpus.weights").joinpath("main-vocabulary.txt").read_text(encoding="utf-8")
PIECES = WordPieces.of(VOCABULARY)
NAMES = {number: piece for piece, number in PIECES.numbers.items()}

# The pieces are those which the base model's own tokenizer gives for the same text.
READ = [
    # text, pieces, the words of the text they stand for
    (
        "Mayor Tessaly said 1,200.",
        "mayor tessa ##ly said 1 , 200 .",
        ["Mayor", "Tessa", "ly", "said", "1", ",", "200", "."],
    ),
    ("“It’s ours,” she", "“ it ’ s ours , ” she", ["“", "It", "’", "s", "ours", ",", "”", "she"]),
    ("$5m—up", "$ 5 ##m — up", ["$", "5", "m", "—", "up"]),
    ("U.S.-led", "u . s . - led", ["U", ".", "S", ".", "-", "led"]),
    ("Café", "cafe", ["Café"]),
    ("Cafe\u0301 is", "cafe is", ["Cafe\u0301", "is"]),
    ("\u0301a", "a", ["a"]),
    ("naïve\u0301ly", "naive ##ly", ["naïve\u0301", "ly"]),
    ("a\u00a0b\u2009c", "a b c", ["a", "b", "c"]),
    ("tab\there\r\nnew", "tab here new", ["tab", "here", "new"]),
    ("soft\xadware", "software", ["soft\xadware"]),
    ("no\ufffd\x00thing", "nothing", ["no\ufffd\x00thing"]),
    ("Kestria東京", "ke ##st ##ria 東 京", ["Ke", "st", "ria", "東", "京"]),
    ("😀 wept", "[UNK] wept", ["😀", "wept"]),
    ("𝐁old", "[UNK]", ["𝐁old"]),
    ("İstanbul", "istanbul", ["İstanbul"]),
    ("ﬁne", "ﬁ ##ne", ["ﬁ", "ne"]),
    ("Straße", "st ##raße", ["St", "raße"]),
    ("한", "ᄒ ##ᅡ ##ᆫ", ["한", "한", "한"]),
    ("x" * 101, "[UNK]", ["x" * 101]),
    ("", "", []),
    (" \r\n\u00a0", "", []),
    ("\u200b\ue000", "", []),
]
WRITTEN = [
    ("harbour", SMALL),
    ("Harbour", CAPITAL),
    ("McAllory", CAPITAL),
    ("A", CAPITAL),
    ("HARBOUR", CAPITALS),
    ("iPort", SMALL),
    ("1,200", SMALL),
]


@pytest.mark.parametrize(("text", "pieces", "words"), READ)
def test_a_text_is_cut_as_the_base_model_cuts_it(text: str, pieces: str, words: list[str]) -> None:
    found = [] if not text else PIECES.read(text, Span(0, len(text)))
    assert " ".join(NAMES[number] for number, _, _, _ in found) == pieces
    assert [text[start:end] for _, start, end, _ in found] == words


@pytest.mark.parametrize(("word", "case"), WRITTEN)
def test_a_piece_knows_how_its_word_is_written(word: str, case: int) -> None:
    assert {found for _, _, _, found in PIECES.read(word, Span(0, len(word)))} == {case}


def test_only_the_words_inside_the_span_are_read_with_their_places_in_the_text() -> None:
    text = "Before. Only this. After."
    found = PIECES.read(text, Span(8, 18))
    assert [text[start:end] for _, start, end, _ in found] == ["Only", "this", "."]


def test_a_long_word_is_read_anew_each_time_and_never_remembered() -> None:
    pieces = WordPieces.of(VOCABULARY)
    pieces.read("short " + "x" * (LONGEST_KEPT + 1), Span(0, 31))
    assert set(pieces.kept) == {"short"}


@settings(max_examples=60)
@given(st.text(max_size=40))
def test_pieces_stand_in_the_order_of_the_text_and_are_never_empty(text: str) -> None:
    found = PIECES.read(text, Span(0, len(text))) if text else []
    assert all(0 <= start < end <= len(text) for _, start, end, _ in found)
    assert [start for _, start, _, _ in found] == sorted(start for _, start, _, _ in found)
