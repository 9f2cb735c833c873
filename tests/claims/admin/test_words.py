"""Readings in words."""

import pytest

from claims.admin import words
from claims.models import Change

READINGS = [
    ({"value": "3740000"}, "3,740,000"),
    ({"value": "-1234.50", "unit": "EUR"}, "-1,234.50 EUR"),
    ({"value": "84/1400"}, "84/1,400"),
    ({"value": "12", "unit": "%"}, "12%"),
    ({"value": "3", "unit": "pp", "change": {"direction": "decrease"}},
     "3 percentage points, decrease"),
    ({"value": "1200", "comparator": ">="}, "at least 1,200"),
    ({"value": "90", "comparator": "~<", "per": "week"}, "nearly 90 per week"),
    ({"low": "40", "high": "55"}, "40 to 55"),
    ({"low": "100", "vague": True}, "100 or more (vague)"),
    ({"high": "7"}, "up to 7"),
    ({"value": "3.6", "unit": "%", "change": {"direction": "increase", "from": "3.1"}},
     "3.6%, increase from 3.1"),
    ({"value": "3.6", "change": {"direction": "increase", "start": "1500"}},
     "3.6, increase from 1,500"),
    ({"value": "12", "change": {"direction": "increase", "baseline": "2019"}},
     "12, increase against 2019"),
    ({"kind": "date", "edtf": "2031-03-11"}, "2031-03-11"),
    ({"kind": "date", "unresolved": "no day known"}, "not resolved: no day known"),
    ({"kind": "date"}, "not resolved: no reason"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "phrase"), READINGS)
def test_a_reading_is_a_phrase(fields, phrase):
    assert words.reading({"kind": "count", "comparator": "=", **fields}) == phrase


SHOWN = [
    (True, "yes"),
    (False, "no"),
    (None, "–"),
    ("", "–"),
    ([], "–"),
    (["a", 1], "a, 1"),
    (list(range(9)), "9 of them"),
    (0, "0"),
    ({"a": 1}, "{'a': 1}"),
]


@pytest.mark.parametrize(("value", "phrase"), SHOWN)
def test_a_stored_value_is_shown_in_words(value, phrase):
    assert words.shown(value) == phrase


def test_what_is_only_computed_is_left_out_of_the_log():
    entry = Change(
        before={"value": "1", "number_low": 1.0, "version": 1, "unit": ""},
        after={"value": "2", "number_low": 2.0, "version": 2, "unit": None, "gone": 0},
    )
    assert words.differences(entry) == [("value", "1", "2")]
