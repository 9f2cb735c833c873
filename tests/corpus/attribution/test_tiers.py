"""Which paragraphs the tagger is given, and what the reading says of its tier."""

from __future__ import annotations

import pytest

from corpus.attribution import tiers
from corpus.attribution.forms.labels import labels
from corpus.attribution.tiers import heard
from corpus.extract import extract
from corpus.spans import Span
from corpus.tagging import TIERS
from corpus.tagging.base import Fallback, Heard, Paragraphs
from tests.corpus.attribution.reading import page_of


class Listening:
    """A tagger that notes what it is given, and never has enough time."""

    tier = "light"

    def __init__(self) -> None:
        self.given: list[str | None] = []

    def read(self, text: str, paragraphs: Paragraphs) -> Heard:
        self.given = [span.cut(text) if span else None for span in paragraphs]
        return Heard([], [Fallback(Span(0, len(text)), "many cues")], self.tier)


LINES = "Ann Lee spoke.\n“We were 9.\n“Then 8.\nIt rained.\nFour left."


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> Listening:
    tagger = Listening()
    monkeypatch.setattr(tiers, "tagger", lambda _: tagger)
    return tagger


def test_a_tagger_reads_every_line_less_its_label(listening: Listening) -> None:
    text = "LEE: Forty sank.\nROE: No."
    around = page_of(text)
    assert heard(around, labels(text, around.lines), "light").tier == "light"
    assert listening.given == ["Forty sank.", "No."]


def test_for_figures_only_the_lines_they_need_are_read(listening: Listening) -> None:
    place = LINES.index("8")
    heard(page_of(LINES), {}, "light", [Span(place, place + 1)])
    assert listening.given == ["Ann Lee spoke.", "“We were 9.", "“Then 8.", None, None]


def test_a_reading_names_the_tier_that_read_and_where_it_fell_back(listening: Listening) -> None:
    text = "Ann Lee said 40 sank."
    found = extract(text, tier="main")
    assert (found.tier, found.fallbacks) == ("light", (Fallback(Span(0, len(text)), "many cues"),))


@pytest.mark.parametrize("tier", TIERS)
def test_every_tier_says_where_it_read_some_cues_only(tier: str) -> None:
    text = "Ann Lee said 40 sank. " + "Ann Lee said that he told them she believes it, " * 40
    fallbacks = extract(text, tier=tier).fallbacks
    assert {one.reason for one in fallbacks} == {"many cues"}
    assert all(one.span.end <= len(text) for one in fallbacks)


@pytest.mark.parametrize("tier", TIERS)
def test_no_tier_falls_back_in_a_plain_article(tier: str) -> None:
    assert extract(LINES, tier=tier).fallbacks == ()


def test_there_is_no_other_tier() -> None:
    with pytest.raises(ValueError, match="no tier 'best'"):
        extract("Ann Lee said 40 sank.", tier="best")


def test_with_figures_only_other_paragraphs_have_no_voice_of_the_taggers() -> None:
    text = "The mayor said that the harbour was old.\n\nThe mayor said that 40 boats sank."
    assert len(extract(text).attributions) == 2
    assert len(extract(text, figures_only=True).attributions) < 3
