"""Durations in their own unit."""

from __future__ import annotations

import pytest

from corpus.quantities.calendar import resolve

FOUND = [
    # text, the words found, value, unit, TIMEX3
    ("It took three and a half years.", "three and a half years", "3.5", "year", "P3.5Y"),
    ("a 90-minute call", "90-minute", "90", "minute", "PT90M"),
    ("for 20 consecutive years", "20 consecutive years", "20", "year", "P20Y"),
    ("It lasts half an hour.", "half an hour", "0.5", "hour", "PT0.5H"),
    ("over the next three years, they hope", "the next three years", "3", "year", "P3Y"),
    ("an 80-year cycle", "80-year", "80", "year", "P80Y"),
    ("It took a week.", "a week", "1", "week", "P1W"),
    ("more than a decade of work", "a decade", "1", "decade", "P1DE"),
    ("two centuries of trade", "two centuries", "2", "century", "P2CE"),
    ("a delay of 45min", "45min", "45", "minute", "PT45M"),
    ("It grew in the past decade.", "the past decade", "1", "decade", "P1DE"),
    ("a quarter of a century", "a quarter of a century", "0.25", "century", "P0.25CE"),
    ("a tenth of a second", "a tenth of a second", "0.1", "second", "PT0.1S"),
    ("a delay of 45 min", "45 min", "45", "minute", "PT45M"),
]
NOT_FOUND = [
    "twice a week",
    "the third day",
    "a day later",
    "year-on-year growth",
    "one day he may",
    "the past of the decade",
    "the past decade-long war",
]


@pytest.mark.parametrize(("text", "words", "value", "unit", "timex"), FOUND)
def test_finds_the_duration(only, text, words, value, unit, timex):
    duration = only(text, words, "duration")
    assert (duration.value, duration.unit) == (value, unit)
    assert resolve(duration.calendar).timex_value == timex


@pytest.mark.parametrize("text", NOT_FOUND)
def test_leaves_other_text_alone(kinds, text):
    assert "duration" not in kinds(text)
