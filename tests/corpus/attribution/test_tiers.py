"""Which paragraphs the tagger is given, and what the reading says of its tier."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.attribution import tiers
from corpus.attribution.forms.labels import labels
from corpus.attribution.tiers import heard
from corpus.extract import extract
from corpus.quantities.base import Quantity
from corpus.spans import Span
from corpus.tagging import TIERS
from corpus.tagging.base import Fallback, Heard, Paragraphs
from tests.corpus.attribution.reading import page_of


class Listening:
    """A tagger that notes what it is given, and never has enough time."""

    def __init__(self, tier: str = "light") -> None:
        self.tier = tier
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


NEEDED = [
    # (what is a figure, what is a date; who reads each line)
    (("8",), (), ["main", "main", "main", None, None]),
    (("9", "8"), (), ["main", "main", "main", None, None]),
    ((), ("8",), ["light", "light", "light", None, None]),
    (("9",), ("8",), ["main", "main", "light", None, None]),
    (("8", "Four"), ("rained",), ["main", "main", "main", "light", "main"]),
    ((), (), [None, None, None, None, None]),
]


@pytest.mark.parametrize(("figures", "dates", "expected"), NEEDED)
def test_for_figures_only_the_lines_they_need_are_read_and_for_dates_by_the_light_tier(
    monkeypatch: pytest.MonkeyPatch,
    figures: Sequence[str],
    dates: Sequence[str],
    expected: list[str | None],
) -> None:
    taggers = {tier: Listening(tier) for tier in TIERS}
    monkeypatch.setattr(tiers, "tagger", taggers.__getitem__)
    kinds = [(word, "count") for word in figures] + [(word, "date") for word in dates]
    found = heard(page_of(LINES), {}, "main", [quantity(*one) for one in kinds])
    given = {tier: tagger.given for tier, tagger in taggers.items()}
    lines = LINES.split("\n")
    for number, line in enumerate(lines):
        assert [tier for tier in TIERS if given[tier][number] == line] == [
            tier for tier in TIERS if tier == expected[number]
        ]
    assert all(found.tier_of(n) == tier for n, tier in enumerate(expected) if tier)
    assert [one.reason for one in found.fallbacks] == ["many cues", "many cues"]


def quantity(word: str, kind: str) -> Quantity:
    start = LINES.index(word)
    return Quantity(Span(start, start + len(word)), kind, rule="row")


def test_each_attribution_names_the_tier_that_read_its_paragraph() -> None:
    text = "The mayor said that 40 boats sank.\n\nThe mayor said that it rained on Monday."
    assert [one.tier for one in extract(text, tier="main").attributions] == ["main", "main"]
    found = extract(text, tier="main", figures_only=True)
    assert [one.tier for one in found.attributions] == ["main", "light"]
    assert found.tier == "main"


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
