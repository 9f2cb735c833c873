"""Scope: the date a figure is about."""

from __future__ import annotations

import pytest

FOUND = [
    # text, the figure's words, the date's words
    ("Trade exceeded $260 billion in 2024.", "$260 billion", "2024"),
    ("In 2024, it got 3 million tourists, 5 percent more than in 2019.", "3 million", "2024"),
    ("It sold 40 boats in 2024, and none in 2025.", "40", "2024"),
    ("On Monday it sold 40 boats.", "40", "Monday"),
]
NONE = [
    ("He said on Monday that 40 boats sank.", "40"),
    ("It sold 40 boats. In 2019 it shut.", "40"),
    ("It rose 12 percent from 2019.", "12 percent"),
    ("The mill on Monday reported 40 boats.", "40"),
    ("It revealed on Monday that 40 boats sank.", "40"),
]


@pytest.mark.parametrize(("text", "words", "date"), FOUND)
def test_links_the_date(found, text, words, date):
    (item,) = [item for item in found(text).quantities if item.span.cut(text) == words]
    assert item.scope_span.cut(text) == date


@pytest.mark.parametrize(("text", "words"), NONE)
def test_links_no_other_date(found, text, words):
    (item,) = [item for item in found(text).quantities if item.span.cut(text) == words]
    assert item.scope_span is None
