"""Changes: direction, start and baseline beside a positive value."""

from __future__ import annotations

import pytest

FOUND = [
    # text, direction, baseline, ambiguous
    ("Trade rose 12 percent from 2019.", "increase", "2019", False),
    ("Trade rose by about 12 percent.", "increase", None, False),
    ("Trade is down 3 percentage points.", "decrease", None, False),
    ("Sales fell sharply by 40 percent.", "decrease", None, False),
    ("a 114 percent increase from the previous year", "increase", "the previous year", False),
    ("a 178 percent of year-on-year increase", "increase", None, True),
    ("an increase of 12 percent", "increase", None, False),
    ("12 percent higher than in 2019", "increase", "2019", False),
    ("It grew 5 percent year-on-year.", "increase", "year-on-year", False),
    ("It cut 300 jobs.", "decrease", None, False),
    ("real pay is 3 per cent lower", "decrease", None, False),
]
NOT_CHANGES = [
    "Trade rose to 12 percent.",
    "They laid off 300 men.",
    "He picked up 40 boats.",
    "12 percent of boats",
    "300 more boats",
]


@pytest.mark.parametrize(("text", "direction", "baseline", "ambiguous"), FOUND)
def test_reads_the_change(found, text, direction, baseline, ambiguous):
    item = next(item for item in found(text).quantities if item.kind != "date")
    change = item.change
    assert (change.direction, change.baseline, change.ambiguous) == (direction, baseline, ambiguous)


@pytest.mark.parametrize("text", NOT_CHANGES)
def test_leaves_levels_alone(found, text):
    assert found(text).quantities[0].change is None


@pytest.mark.xfail(strict=True, reason="the two ends stand too far apart for one range")
def test_reads_a_change_with_years_between(found):
    items = found("It rose from 3.1 percent in 2019 to 3.6 percent in 2020.").quantities
    assert any(item.change and item.change.start == "3.1" for item in items)
