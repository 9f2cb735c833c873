"""Which paragraphs the tagger is given, and what the reading says of its tier."""

from __future__ import annotations

import pytest

from corpus.attribution import tiers
from corpus.attribution.forms.labels import labels
from corpus.attribution.tiers import heard
from corpus.extract import extract
from corpus.spans import Span
from corpus.tagging.base import Fallback, Tagged
from corpus.tagging.transformer import Reading, TransformerTagger
from corpus.tagging.wordpiece import WordPieces
from tests.corpus.attribution.reading import page_of


class Listening:
    """A tagger that notes what it is given."""

    tier = "light"

    def __init__(self) -> None:
        self.given: list[str] = []

    def tag(self, text: str, paragraphs: list[Span]) -> list[Tagged]:
        self.given = [span.cut(text) for span in paragraphs]
        return []


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
    assert listening.given == ["Ann Lee spoke.", "“We were 9.", "“Then 8."]


def test_a_reading_names_its_tier_and_where_it_fell_back(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Reading([], [Fallback(Span(0, 7), "long article")])
    tagger = TransformerTagger(WordPieces({"[UNK]": 0}), None, None, Listening())  # type: ignore[arg-type]
    monkeypatch.setattr(TransformerTagger, "read", lambda *_: reading)
    monkeypatch.setattr(tiers, "tagger", lambda _: tagger)
    found = extract("Ann Lee said 40 sank.", tier="main")
    assert (found.tier, found.fallbacks) == ("main", tuple(reading.fallbacks))


def test_there_is_no_other_tier() -> None:
    with pytest.raises(ValueError, match="no tier 'best'"):
        extract("Ann Lee said 40 sank.", tier="best")


def test_with_figures_only_other_paragraphs_have_no_voice_of_the_taggers() -> None:
    text = "The mayor said that the harbour was old.\n\nThe mayor said that 40 boats sank."
    assert len(extract(text).attributions) == 2
    assert len(extract(text, figures_only=True).attributions) < 3
