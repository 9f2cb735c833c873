"""Quantities as NewsQuant and its kin mark them."""

from __future__ import annotations

import pytest

from corpus.extract import extract
from corpus.newsquant import mentions

MARKED = [
    # text, value, low, high, unit, change
    ("It is 80 miles per hour.", 80.0, None, None, "mile per hour", None),
    ("It cost 19 cents.", 19.0, None, None, "cent", None),
    ("Shares stood at 118p.", 118.0, None, None, "penny", None),
    ("It took 40 basis points.", 40.0, None, None, "basis point", None),
    ("Two of Renner's deputies left.", 2.0, None, None, "renner deputy", None),
    ("The pier drew 96 Oss fans.", 96.0, None, None, "oss fan", None),
    ("It sold 40 types of boats.", 40.0, None, None, "type boat", None),
    ("It sold 40 newly painted boats.", 40.0, None, None, "boat", None),
    ("It sold 40 sleeping boats.", 40.0, None, None, "boat", None),
    ("It sold 40 building lots.", 40.0, None, None, "building lot", None),
    ("It won eight Harbour Cups.", 8.0, None, None, "harbour cup", None),
    ("It drew 300 Kestrians.", 300.0, None, None, "kestrians", None),
    ("A third of the crews left.", 1 / 3, None, None, "% crew", None),
    ("It paid half.", 0.5, None, None, "% -", None),
    ("It rose to 300.", 300.0, None, None, None, None),
    ("Pay fell from 40 to 30 euros.", None, 40.0, 30.0, "euro", None),
    ("Pay fell by 40 euros.", 40.0, None, None, "euro", "down"),
    ("It told of a 3 percent drop.", 3.0, None, None, "percentage", None),
    ("It drew thousands of gulls.", None, 1000.0, 10000.0, "gull", None),
    ("It drew dozens of gulls.", None, 12.0, 120.0, "gull", None),
]
NOT_MARKED = [
    "It took several boats.",
    "A majority of them left.",
    "It took a week.",
    "It sailed in 2031.",
]


@pytest.mark.parametrize(("text", "value", "low", "high", "unit", "change"), MARKED)
def test_marks_a_quantity_as_those_sets_do(text, value, low, high, unit, change):
    (one,) = mentions(extract(text).claims)
    assert (one["value"], one["low"], one["high"]) == (value, low, high)
    assert (one["unit"], one["change"]) == (unit, change)


@pytest.mark.parametrize("text", NOT_MARKED)
def test_leaves_out_what_they_do_not_mark(text):
    assert mentions(extract(text).claims) == []
