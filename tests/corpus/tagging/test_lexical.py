"""The light reader with the tables that ship: what it reads, its bounds, and that it is steady."""

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.sentences import paragraphs
from corpus.tagging.features import LONGEST
from corpus.tagging.lexical import LEAST_SCORE, MOST_AGAIN, MOST_CUES, lexical_tagger, read_tagger

WEIGHTS = Path(__file__).resolve().parents[3] / "corpus" / "weights" / "light.npz"

READ = [
    # text, source, cue, content
    (
        "Harbour master Lena Orlo said the ferry would sail on Monday.",
        "Harbour master Lena Orlo",
        "said",
        "the ferry would sail on Monday",
    ),
    (
        "“We will not close the pier,” Mr. Renner told reporters.",
        "Mr. Renner",
        "told",
        "“We will not close the pier,”",
    ),
    (
        "The fleet lost 14 boats last winter, according to the Saltmere Institute.",
        "the Saltmere Institute",
        "according to",
        "The fleet lost 14 boats last winter",
    ),
    (
        "Police said that three men were arrested.",
        "Police",
        "said",
        "that three men were arrested",
    ),
    (
        "She argued that the new tax would hurt small islands.",
        "She",
        "argued",
        "that the new tax would hurt small islands",
    ),
    (
        '"Nobody was on board," said Tomas Vell, the captain of the Gannet.',
        "Tomas Vell, the captain of the Gannet",
        "said",
        '"Nobody was on board,"',
    ),
    (
        "The mayor announced that the bridge will open in May.",
        "The mayor",
        "announced",
        "that the bridge will open in May",
    ),
    (
        "‘We lost everything,’ Ms. Pell told the Kestrian Courier.",
        "Ms. Pell",
        "told",
        "‘We lost everything,’",
    ),
    (
        "Critics believe the plan is too expensive.",
        "Critics",
        "believe",
        "the plan is too expensive",
    ),
    (
        "Mr. Askew denied that he had sold the boat.",
        "Mr. Askew",
        "denied",
        "that he had sold the boat",
    ),
]
NOT_READ = [
    "The ferry left the harbour at noon.",
    "Rain fell over Saltmere for three days.",
    "The old pier, built in 1911, is 400 metres long.",
    "Gannet Rovers won 3-1 on Saturday.",
    "Photo: A. Renner",
]


PIECES = [
    *("“", "”", '"', "‘", "’", "'", ",", ".", "?", "\n", "\r\n", " ", "\u0301", "東", "😀"),
    *("said ", "Orlo ", "he ", "told ", "that ", "3 ", *(f"{row[0]} " for row in READ)),
]


def read(text):
    return lexical_tagger().read(text, paragraphs(text)).tagged


def words(text, spans):
    return " … ".join(span.cut(text) for span in spans)


def bare(words):
    return words.strip(" ,.“”‘’\"'")


@pytest.mark.parametrize(("text", "source", "cue", "content"), READ, ids=lambda row: row[:20])
def test_a_cue_gets_its_source_and_its_content(text, source, cue, content):
    (found,) = read(text)
    assert words(text, found.source) == source
    assert cue in words(text, found.cue)
    assert bare(words(text, found.content)) == bare(content)
    assert LEAST_SCORE <= found.score <= 1


@pytest.mark.parametrize("text", NOT_READ)
def test_what_nobody_says_is_not_read(text):
    assert read(text) == []


def test_attributions_come_in_the_order_of_their_cues():
    text = "\n".join(text for text, *_ in READ)
    found = read(text)
    assert len(found) >= len(READ) - 1
    cues = [one.cue[0].start for one in found]
    assert cues == sorted(cues)


def test_an_attribution_stays_in_its_paragraph():
    text = "\n".join(text for text, *_ in READ)
    lines = paragraphs(text)
    for one in read(text):
        (home,) = (line for line in lines if line.holds(one.cue[0]))
        assert all(home.holds(span) for span in (*one.source, *one.content))


def test_line_ends_of_any_kind_give_the_same_words():
    unix = "\n\n".join(text for text, *_ in READ)
    windows = unix.replace("\n", "\r\n")

    def shown(text):
        return [
            (words(text, one.source), words(text, one.cue), words(text, one.content))
            for one in read(text)
        ]

    assert shown(unix) == shown(windows)


def test_paragraphs_alone_are_read_as_among_others():
    texts = [text for text, *_ in READ] * 30
    together = "\n".join(["A first line here", "A second line here", *texts])
    begins = np.cumsum([0, *(len(line) + 1 for line in together.split("\n"))])[2:]
    found = read(together)
    for text, begin in list(zip(texts, begins.tolist(), strict=False))[::37]:
        alone = read("A first line here\nA second line here\n" + text)
        shift = begin - begins[0]
        here = [one for one in found if begin <= one.cue[0].start < begin + len(text)]
        assert [one.cue[0].start for one in here] == [one.cue[0].start + shift for one in alone]
        assert [one.score for one in here] == pytest.approx([one.score for one in alone], abs=1e-4)


def test_only_the_paragraphs_asked_for_are_read():
    text = "Ana Orlo said it rained.\nTomas Vell said it snowed."
    (found,) = lexical_tagger().read(text, paragraphs(text)[1:]).tagged
    assert words(text, found.source) == "Tomas Vell"


@pytest.mark.parametrize("text", ["", " \n \n", "OK", "…", "\n"])
def test_texts_without_words_hold_nothing(text):
    assert read(text) == []


def test_a_crowd_of_cues_is_bounded():
    text = "Ms Orlo said that he told them she believes it, " * 40
    pieces = 40 * 11 / LONGEST + 1
    reading = lexical_tagger().read(text, paragraphs(text))
    assert 0 < len(reading.tagged) <= MOST_CUES * pieces
    assert [one.reason for one in reading.fallbacks] == ["many cues"] * len(reading.fallbacks)
    first, last = reading.fallbacks[0].span, reading.fallbacks[-1].span
    assert (first.start, last.end) == (0, len(text.rstrip()))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_every_span_stands_in_the_text(text):
    for one in read(text):
        assert one.cue
        assert one.content
        for spans in (one.source, one.cue, one.content):
            assert list(spans) == sorted(spans)
            assert all(span.cut(text).strip() == span.cut(text) != "" for span in spans)


def test_the_hash_seed_changes_nothing():
    code = (
        "from corpus.tagging.lexical import lexical_tagger as t\n"
        "from corpus.sentences import paragraphs\n"
        f"text = {READ[0][0]!r} + chr(10) + {READ[2][0]!r}\n"
        "print(t().read(text, paragraphs(text)))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(WEIGHTS.parents[2])},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(printed) == 1


def test_the_tables_are_small_and_hold_no_pickle():
    assert WEIGHTS.stat().st_size < 800_000
    with np.load(io.BytesIO(WEIGHTS.read_bytes()), allow_pickle=False) as archive:
        assert {archive[name].dtype.kind for name in archive.files} <= set("ifu")


def test_tables_can_be_read_from_any_file():
    tagger = read_tagger(io.BytesIO(WEIGHTS.read_bytes()))
    text = READ[0][0]
    assert tagger.read(text, paragraphs(text)).tagged == read(text)
    assert tagger.tier == "light"


def test_of_long_passages_full_of_cues_the_likeliest_of_all_are_read():
    sentence = "Mr Orlo said that he believes it. "
    one, six = (sentence * (LONGEST // 8 * passages) for passages in (1, 6))
    crowded = []
    assert len(list(lexical_tagger().frames(one, paragraphs(one)))) == MOST_CUES
    read = list(lexical_tagger().frames(six, paragraphs(six), crowded))
    assert 0 < len(read) <= MOST_AGAIN // LONGEST < MOST_CUES * len(crowded) == MOST_CUES * 6
