"""The network's parts: products, convolutions that stay in their sequence, relations to a cue."""

import numpy as np
import pytest

from corpus.sentences import paragraphs
from corpus.tagging.arrays import BLOCK, product
from corpus.tagging.features import Vocabulary, tokens
from corpus.tagging.network import (
    FAR_RIVALS,
    RELATIONS,
    Neighbours,
    Pairs,
    convolved,
    first_in_sentence,
    paragraph_kinds,
    relations,
)

TEXT = "A title here\nAna said, “We lost.” Tomas left.\nNo, Ana Orlo told them, we lost it."


def read(text):
    return tokens(text, paragraphs(text), Vocabulary({}, {}))


@pytest.mark.parametrize("rows", [0, 1, BLOCK - 1, BLOCK, 2 * BLOCK + 3])
def test_a_product_in_blocks_is_the_product(rows):
    chance = np.random.default_rng(rows)
    left = chance.normal(size=(rows, 5)).astype(np.float32)
    right = chance.normal(size=(5, 3)).astype(np.float32)
    assert product(left, right) == pytest.approx(left @ right, abs=1e-5)


def test_a_row_gives_the_same_whatever_stands_beside_it():
    chance = np.random.default_rng(7)
    left = chance.normal(size=(9 * BLOCK, 40)).astype(np.float32)
    right = chance.normal(size=(40, 24)).astype(np.float32)
    whole = product(left, right)
    assert np.array_equal(product(left[: 2 * BLOCK], right), whole[: 2 * BLOCK])


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        (1, [0, 1, 2, 0, 4, 5, 6], [2, 3, 0, 5, 6, 7, 0]),
        (2, [0, 0, 1, 0, 0, 4, 5], [3, 0, 0, 6, 7, 0, 0]),
        (4, [0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0]),
    ],
)
def test_a_convolution_sees_rows_before_and_after_in_its_own_sequence(step, before, after):
    near = Neighbours.of(np.array([3, 4], np.int32))
    state = np.arange(1, 8, dtype=np.float32)[:, None]
    weights = np.array([[[1]], [[0]], [[10]]], np.float32)
    made = convolved(state, near, weights, np.zeros(1, np.float32), step)
    assert made[:, 0].tolist() == [a + 10 * b for a, b in zip(before, after, strict=True)]


def test_what_would_fall_below_0_is_0():
    near = Neighbours.of(np.array([2], np.int32))
    state = np.array([[1], [-1]], np.float32)
    weights = np.array([[[0]], [[1]], [[0]]], np.float32)
    made = convolved(state, near, weights, np.full(1, 0.5, np.float32), 1)
    assert made[:, 0].tolist() == [1.5, 0]


def test_titles_and_the_first_paragraphs_are_told_apart():
    kinds = paragraph_kinds(read(TEXT + "\nA last line of it"))
    assert kinds.tolist() == [3, 1, 2, 5]


def test_first_words_of_sentences_and_paragraphs():
    found = read(TEXT)
    first = [
        TEXT[start:end]
        for start, end, is_first in zip(
            found.starts, found.ends, first_in_sentence(found), strict=True
        )
        if is_first
    ]
    assert first == ["A", "Ana", "Tomas", "No"]


def test_pairs_are_each_cue_with_its_own_passage():
    pairs = Pairs.of(np.array([4, 4, 15], np.int32), read(TEXT).bounds)
    assert pairs.lengths.tolist() == [11, 11, 11]
    assert pairs.tokens[[0, 11, 22, -1]].tolist() == [3, 3, 14, 24]
    assert pairs.cues[[0, 11, 22]].tolist() == [0, 1, 2]


def classes(text, head, rivals=()):
    found = read(text)
    flags = np.zeros(len(found.starts), np.bool_)
    flags[list(rivals)] = True
    others = np.arange(len(found.starts), dtype=np.int32)
    return dict(relations(found, flags, np.full(len(others), head, np.int32), others))


def test_every_class_has_a_row_in_its_table():
    found = classes("a “b” c, d. E f. G, h, i, j, k l m. N " * 12, 40, rivals=range(10, 80, 3))
    assert list(found) == list(RELATIONS)
    for name, rows in RELATIONS.items():
        assert found[name].min() >= 0
        assert found[name].max() < rows


def test_rivals_count_between_a_cue_and_a_token_on_each_side():
    rivals = classes("a b c d e f g h i", 4, rivals=(0, 2, 4, 5, 6, 8))["rivals"]
    assert rivals.tolist() == [1, 1, 0, 0, 0, 0, 1 + FAR_RIVALS, 2 + FAR_RIVALS, 2 + FAR_RIVALS]


def test_distance_tells_before_from_after():
    distance = classes("a b c d e", 2)["distance"].tolist()
    assert distance == sorted(distance)
    assert len(set(distance)) == len(distance)
