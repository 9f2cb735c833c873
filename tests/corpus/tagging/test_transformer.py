"""The main reader: windows, cues and bounds with a network made by hand, then the real one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.sentences import paragraphs
from corpus.spans import Span
from corpus.tagging import tagger
from corpus.tagging.base import Fallback, Heard, Paragraphs
from corpus.tagging.runtime import Floats, installed
from corpus.tagging.transformer import (
    MOST_ASKED,
    MOST_CUES,
    MOST_PIECES,
    MOST_WINDOWS,
    TransformerTagger,
    trimmed,
)
from corpus.tagging.wordpiece import WordPieces

VOCABULARY = files("corpus.weights").joinpath("main-vocabulary.txt").read_text(encoding="utf-8")
PIECES = WordPieces.of(VOCABULARY)
SAID = PIECES.numbers["said"]


class Lower:
    """A lower half that passes on the numbers of the pieces."""

    def run(self, names: None, inputs: Mapping[str, NDArray[Any]]) -> Sequence[Floats]:
        return [inputs["numbers"].astype(np.float32)[:, :, None]]


class Upper:
    """An upper half that takes "said" for a cue, the word before for its source, all after it
    for its content."""

    def run(self, names: None, inputs: Mapping[str, NDArray[Any]]) -> Sequence[Floats]:
        asked = inputs["asked"]
        scores = np.zeros((*asked.shape, 8), np.float32)
        scores[:, :, [0, 3]] = 9
        scores[:, inputs["state"][0, :, 0] == SAID, 1] = 18
        for row, at in enumerate(asked.argmax(-1).tolist()):
            if at:
                scores[row, at - 1, 4] = 18
                scores[row, at + 1, 6] = 18
                scores[row, at + 2 :, 7] = 18
        return [scores]


@dataclass
class Below:
    """A tier that finds nothing and remembers what it was given."""

    tier: str = "light"
    given: list[Span] = field(default_factory=list)

    def read(self, text: str, paragraphs: Paragraphs) -> Heard:
        self.given.extend(left := [span for span in paragraphs if span])
        return Heard([], [Fallback(left[0], "many cues")], self.tier)


@pytest.fixture
def below() -> Below:
    return Below()


@pytest.fixture
def reader(below: Below) -> TransformerTagger:
    return TransformerTagger(PIECES, Lower(), Upper(), below)


def test_each_cue_is_asked_for_its_source_and_content(reader: TransformerTagger) -> None:
    text = "Ana said it rained.\n\nNobody spoke.\n\nBo said no; Cy said yes."
    found = reader.read(text, paragraphs(text)).tagged
    words = [[span.cut(text) for span in (*one.source, *one.cue, *one.content)] for one in found]
    assert words == [
        ["Ana", "said", "it rained."],
        ["Bo", "said", "no; Cy said yes."],
        ["Cy", "said", "yes."],
    ]
    assert all(0.9 < one.score <= 1 for one in found)


TRIMMED = [
    # text, stretches of the content, what is left of them
    ("He said, yes, it is.", [(7, 20)], ["yes, it is."]),
    ("“Yes,” he said: no —", [(0, 6), (14, 20)], ["“Yes,”", "no"]),
    ("“Yes,” he said, ”", [(0, 6), (14, 17)], ["“Yes,”"]),
    ("He said ”", [(8, 9)], []),
]


@pytest.mark.parametrize(("text", "content", "left"), TRIMMED)
def test_a_content_begins_and_ends_with_its_words(
    text: str, content: list[tuple[int, int]], left: list[str]
) -> None:
    spans = [Span(*stretch) for stretch in content]
    assert [span.cut(text) for span in trimmed(text, spans)] == left


def test_an_attribution_without_a_word_of_content_is_dropped(reader: TransformerTagger) -> None:
    text = "Ana said ..."
    assert reader.read(text, paragraphs(text)).tagged == []


def test_a_window_with_too_many_cues_is_read_for_some_of_them(reader: TransformerTagger) -> None:
    text = "said " * (MOST_CUES + 1) + "so"
    reading = reader.read(text, paragraphs(text))
    assert len(reading.tagged) == MOST_CUES
    assert reading.fallbacks == [Fallback(Span(0, len(text)), "many cues")]


def test_the_tier_below_reads_on_where_an_article_is_too_long(
    reader: TransformerTagger, below: Below
) -> None:
    text = ("so " * 250 + "\n") * (MOST_PIECES // 250 + 2)
    lines = paragraphs(text)
    reading = reader.read(text, lines)
    assert below.given == lines[-2:]
    rest = Span(lines[-2].start, lines[-1].end)
    assert reading.fallbacks == [Fallback(rest, "long article"), Fallback(lines[-2], "many cues")]
    assert [reading.tier_of(n) for n in (0, len(lines) - 2)] == ["main", below.tier]


def test_the_tier_below_reads_on_after_too_many_paragraphs(
    reader: TransformerTagger, below: Below
) -> None:
    text = "so it is\n" * (MOST_WINDOWS + 2)
    reading = reader.read(text, paragraphs(text))
    assert below.given == paragraphs(text)[-2:]
    assert reading.fallbacks[0].reason == "long article"


def test_the_tier_below_reads_on_where_too_many_cues_were_asked_about(
    reader: TransformerTagger, below: Below
) -> None:
    text = "said " * MOST_PIECES
    reading = reader.read(text, paragraphs(text))
    (rest,) = below.given
    assert reading.fallbacks[-2] == Fallback(rest, "long article")
    read = rest.start // 5
    assert MOST_ASKED / MOST_CUES / 2 < read < MOST_ASKED / MOST_CUES + 254


def test_no_paragraph_no_attribution(reader: TransformerTagger) -> None:
    assert reader.read("", []).tagged == []


def test_there_are_two_tiers_and_no_other() -> None:
    assert tagger("light").tier == "light"
    with pytest.raises(ValueError, match="'heavy'"):
        tagger("heavy")


def test_the_light_tier_reads_where_the_main_one_cannot_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("corpus.tagging.installed", lambda: False)
    assert tagger("main").tier == "light"


real = pytest.mark.skipif(not installed(), reason="onnxruntime is not installed")
ARTICLE = """Harbour plan divides Saltmere

Mayor Ida Tessaly said on Monday that 1,200 berths would be built by 2031.

“We have waited long enough,” she told reporters. “The money is there.”

According to the Saltmere Shipping Board, traffic rose 12 percent last year.

The pier was painted green in spring."""
HOSTILE = [
    '“Yes ‘no "so” ' * 7_000,
    "said told claimed according to " * 3_300,
    "a" * 100_000,
    "He said 5 rose, she said. " * 4_000,
]


@real
def test_the_network_that_comes_with_the_package_reads_a_plain_article() -> None:
    found = tagger("main").read(ARTICLE, paragraphs(ARTICLE)).tagged
    sources = {one.cue[0].cut(ARTICLE): [span.cut(ARTICLE) for span in one.source] for one in found}
    assert sources["told"] == ["she"]
    assert sources["said"] == ["Mayor Ida Tessaly"]
    assert sources["According to"] == ["the Saltmere Shipping Board"]


@real
def test_a_paragraph_is_read_alike_alone_and_among_others() -> None:
    lines = paragraphs(ARTICLE)
    alone = [one for line in lines for one in tagger("main").read(ARTICLE, [line]).tagged]
    assert tagger("main").read(ARTICLE, lines).tagged == alone


@real
def test_the_same_text_gives_the_same_attributions_for_any_hash_seed() -> None:
    script = (
        "import sys; from corpus.sentences import paragraphs; from corpus.tagging import tagger;"
        "text = sys.argv[1]; print(tagger('main').read(text, paragraphs(text)).tagged)"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script, ARTICLE],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "7")
    }
    assert len(found) == 1


@real
@pytest.mark.no_cover  # the time would be the tracer's
@pytest.mark.parametrize("text", HOSTILE, ids=["quotes", "cues", "one word", "no break"])
def test_hostile_text_is_read_in_bounded_time(text: str) -> None:
    began = time.process_time()
    tagger("main").read(text, paragraphs(text))
    assert time.process_time() - began < 50  # 10 s, five times over for a busy machine
