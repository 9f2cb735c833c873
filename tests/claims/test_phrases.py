"""Figures in words."""

import pytest

from claims import phrases

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
    ({"kind": "duration", "value": "20", "unit": "year"}, "20 years"),
    ({"kind": "duration", "value": "1", "unit": "year"}, "1 year"),
    ({"kind": "duration", "value": "2", "unit": "century"}, "2 centuries"),
    ({"kind": "duration", "value": "2"}, "2"),
    ({"kind": "date"}, "not resolved: no reason"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "phrase"), READINGS)
def test_a_reading_is_a_phrase(fields, phrase):
    assert phrases.reading({"kind": "count", "comparator": "=", **fields}) == phrase
