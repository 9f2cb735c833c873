"""From labels to attributions, with labels and probabilities made by hand."""

import numpy as np
import pytest

from corpus.sentences import paragraphs
from corpus.tagging.features import Vocabulary, tokens
from corpus.tagging.frames import Frame, frames
from corpus.tagging.network import CONTENT, CUE, LABELS, OTHER, SOURCE, Pairs

LETTERS = {".": OTHER, "S": SOURCE, "C": CONTENT, "Q": CUE}
SURE = 0.8


def read(text, head, labels, sources=None):
    """Return what `labels`, a letter a token, say of the cue with the token `head`."""
    part = tokens(text, paragraphs(text), Vocabulary({}, {}))
    found = np.array([LETTERS[letter] for letter in labels], np.int32)
    likely = np.full((len(found), LABELS), (1 - SURE) / (LABELS - 1), np.float32)
    likely[np.arange(len(found)), found] = SURE
    if sources:
        likely[:, SOURCE] = sources
    heads = np.array([head], np.int32)
    (frame,) = frames(part, heads, Pairs.of(heads, part.bounds), found, likely)
    return frame


def shown(text, spans):
    return [span.cut(text) for span in spans]


@pytest.mark.parametrize(
    ("text", "head", "labels", "source", "cue", "content"),
    [
        ("Ana Orlo said it rained", 2, "SSQCC", ["Ana Orlo"], ["said"], ["it rained"]),
        ("Ana made it clear they lost", 1, "SQQQCC", ["Ana"], ["made it clear"], ["they lost"]),
        ("They, Ana said, lost", 3, "C.SQ.C", ["Ana"], ["said"], ["They", "lost"]),
        ("Ana and Tomas Vell said no", 4, "S.SSQC", ["Tomas Vell"], ["said"], ["no"]),
        ("Ana said, no!", 1, "SQC.C", ["Ana"], ["said"], None),
        ("Ana said, no!", 1, "SQ.CC", ["Ana"], ["said"], ["no!"]),
        ("Ana claims claims rose", 1, "SCCC", ["Ana"], ["claims"], ["claims rose"]),
        ("it rained said Ana", 2, "CCQ.", [], ["said"], ["it rained"]),
        ("Ana said she said no", 1, "SQCQC", ["Ana"], ["said"], ["she", "no"]),
    ],
)
def test_runs_of_labels_are_the_parts(text, head, labels, source, cue, content):
    frame = read(text, head, labels)
    if content is None:
        assert frame is None
        return
    assert shown(text, frame.source) == source
    assert shown(text, frame.cue) == cue
    assert shown(text, frame.content) == content
    assert frame.content_share == pytest.approx(SURE)
    assert frame.source_share == (pytest.approx(SURE) if source else None)


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([0, 0, 0, 0.5, 0.9], ["Ana Orlo"]),
        ([0, 0, 0, 0.3, 0.9], ["Orlo"]),
        ([0, 0, 0, 0.9, 0.5], ["Ana Orlo"]),
        ([0, 0, 0, 0.5, 0.55], []),
        ([0.9, 0.9, 0.9, 0, 0], []),
    ],
)
def test_a_source_left_out_by_the_labels_is_read_if_it_is_likely(sources, expected):
    text = "it rained said Ana Orlo"
    assert shown(text, read(text, 2, "CCQ..", sources).source) == expected


def test_a_likely_source_at_the_passage_begin_is_read_whole():
    text = "Ana Orlo said it rained"
    assert shown(text, read(text, 2, "..QCC", [0.7, 0.8, 0, 0, 0]).source) == ["Ana Orlo"]


@pytest.mark.parametrize("labels", ["SQ...", ".Q...", "....."])
def test_a_cue_without_content_gives_nothing(labels):
    assert read("Ana spoke for an hour", 1, labels) is None


def test_each_cue_has_parts_of_its_own():
    text = "Ana said no.\nTomas Vell agreed it rained."
    part = tokens(text, paragraphs(text), Vocabulary({}, {}))
    heads = np.array([1, 6], np.int32)
    labels = np.array([LETTERS[letter] for letter in "SQC.SSQCC."], np.int32)
    likely = np.eye(LABELS, dtype=np.float32)[labels]
    first, second = frames(part, heads, Pairs.of(heads, part.bounds), labels, likely)
    assert shown(text, first.content) == ["no"]
    assert shown(text, second.source) == ["Tomas Vell"]
    assert (first.content_share, second.source_share) == (1, 1)


@pytest.mark.parametrize(
    ("source_share", "cue_chance", "expected"),
    [
        (0.5, 0.5, [1, 0, 2.197, 0, 0]),
        (None, 0.9, [1, 2.197, 2.197, 0, 1]),
        (1.0, 0.0, [1, -9.21, 2.197, 9.21, 0]),
    ],
)
def test_the_score_weighs_log_odds_and_whether_there_is_a_source(
    source_share, cue_chance, expected
):
    frame = Frame((), (), (), 0.9, source_share)
    assert frame.evidence(cue_chance) == pytest.approx(expected, abs=0.01)
