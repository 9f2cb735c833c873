"""What the light reader learns from: the tokens of marked articles and their labels."""

import random

import pytest

from corpus.spans import Span
from corpus.tagging.base import Tagged
from corpus.tagging.features import Vocabulary
from corpus.tagging.network import CONTENT, CUE, OTHER, SOURCE
from corpus.training.data import Document
from corpus.training.light_data import (
    LEAST_WORDS,
    STYLES,
    batches,
    cue_rates,
    joined,
    passages,
    vocabulary,
)

TEXT = "Rain fell on Saltmere.\nAna Orlo made it clear that boats sank.\n“No,” said Tomas Vell."
KNOWN = Vocabulary({"boats": 1}, {})


def spans(*words):
    return tuple(Span(TEXT.index(word), TEXT.index(word) + len(word)) for word in words)


MARKED = (
    Tagged(spans("Ana Orlo"), spans("made it clear"), spans("that boats sank"), 1.0),
    Tagged(spans("Tomas Vell"), spans("said"), spans("“No,”"), 1.0),
)
ARTICLE = Document("one", TEXT, MARKED)
RATES = {"made": 0.1, "it": 0.01, "clear": 0.6, "said": 0.9}


def test_words_and_endings_that_stand_often_have_rows_by_frequency():
    texts = ["boats boats boats sank"] * LEAST_WORDS + ["rain"]
    known = vocabulary([Document("x", text, ()) for text in texts])
    assert known.words == {"boats": 1, "sank": 2}
    assert known.suffixes == {}


def test_a_words_rate_is_its_share_in_cues():
    rates = cue_rates([ARTICLE])
    assert rates == pytest.approx({"made": 1 / 6, "it": 1 / 6, "clear": 1 / 6, "said": 1 / 6})


def test_passages_hold_the_surest_word_of_each_cue_and_the_labels_of_its_tokens():
    none, first, second = passages(ARTICLE, KNOWN, RATES, None)
    assert none.heads == ()
    assert first.heads == (4,)
    assert first.labels[0].tolist() == [*[SOURCE] * 2, *[CUE] * 3, *[CONTENT] * 3, OTHER]
    assert second.heads == (4,)
    assert second.labels[0].tolist() == [*[CONTENT] * 4, CUE, *[SOURCE] * 2, OTHER]


def test_a_cue_that_is_not_read_is_left_out():
    text = "OK\nNobody spoke at all"
    lost = Document("two", text, (Tagged((), (Span(0, 2),), (Span(3, 9),), 1.0),))
    (only,) = passages(lost, KNOWN, RATES, None)
    assert only.heads == ()


@pytest.mark.parametrize("style", STYLES)
def test_another_style_of_quotation_marks_moves_no_offset(style):
    changed = TEXT.translate(style)
    assert len(changed) == len(TEXT)
    assert changed.replace("Tomas", "") != TEXT.replace("Tomas", "")


def test_passages_joined_are_as_they_stood():
    parts = [passage.tokens for passage in passages(ARTICLE, KNOWN, RATES, None)]
    together = joined(parts)
    assert together.bounds.tolist() == [0, 5, 14, 22]
    assert together.homes.tolist() == [0, 1, 2]
    assert together.words.tolist().count(1) == 1


def test_batches_hold_every_passage_once():
    lessons = list(passages(ARTICLE, KNOWN, RATES, None)) * 5
    made = batches(lessons, 20, random.Random(0))
    assert sorted(id(one) for batch in made for one in batch) == sorted(map(id, lessons))
    assert len(made) > 1
