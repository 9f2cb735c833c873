"""Fiscal years: their days where the text tells the last one; else a reason, or two rough years."""

from __future__ import annotations

import pytest

from corpus.quantities.calendar import Interval, resolve
from corpus.quantities.calendar.fiscal import EITHER, UNTOLD

PUBLISHED = Interval(20310507, 20310507, "2031-05-07")
"""A Wednesday."""

TOLD = [
    # text, the words found, EDTF, TIMEX3
    (
        "in the fiscal year ended March 31, 2024, sales",
        "fiscal year",
        "2023-04/2024-03",
        "2024",
    ),
    ("in the fiscal year ended March 31", "fiscal year", "2030-04/2031-03", "2031"),
    ("in the fiscal year ending 30 June", "fiscal year", "2030-07/2031-06", "2031"),
    ("Its fiscal year ends on Sept. 30.", "fiscal year", "2030-10/2031-09", "2031"),
    ("in fiscal 2024, which ended Sept. 30", "fiscal 2024", "2023-10/2024-09", "2024"),
    ("in fiscal 2024, which ended Feb. 3, 2025", "fiscal 2024", "2024-02-04/2025-02-03", "2024"),
    ("in fiscal 2024, which ended Feb. 28, 2025", "fiscal 2024", "2024-03/2025-02", "2024"),
    ("in FY2024/25, which ended 31 March", "FY2024/25", "2024-04/2025-03", "2024"),
]
ROUGH = [
    ("in FY2024/25 it", "FY2024/25", "2024~/2025~"),
    ("in the 2024-25 financial year", "2024-25 financial year", "2024~/2025~"),
    ("in financial year 2024-2025 it", "financial year 2024-2025", "2024~/2025~"),
]
UNRESOLVED = [
    # text, the words found, reason, TIMEX3
    ("in fiscal 2024 it", "fiscal 2024", UNTOLD, "2024"),
    ("in FY24 it", "FY24", UNTOLD, "2024"),
    ("in the 2024 fiscal year", "2024 fiscal year", UNTOLD, "2024"),
    ("in the last fiscal year", "last fiscal year", UNTOLD, None),
    ("in FY 2024/30 it", "FY 2024/30", UNTOLD, "2024"),
    ("in fiscal 2024, which ended March 31", "fiscal 2024", EITHER, "2024"),
    ("in fiscal 2024, which ended Sept. 31", "fiscal 2024", "no such day", "2024"),
    ("in the third quarter of fiscal 2024", "third quarter of fiscal 2024", UNTOLD, "2024-Q3"),
]
NO_FISCAL_YEAR = [
    "a fiscal cliff",
    "its fiscal year was good",
    "the financial crisis of the year",
    "an XFY2024 part",
    "FY9 it",
]


def dates(found, text):
    return [item for item in found(text).quantities if item.rule == "fiscal year"]


@pytest.mark.parametrize(("text", "words", "edtf", "timex"), TOLD)
def test_a_fiscal_year_has_days_where_the_text_tells_its_last(found, text, words, edtf, timex):
    (item,) = dates(found, text)
    resolved = resolve(item.calendar, PUBLISHED)
    assert (item.span.cut(text), resolved.edtf, resolved.timex_value) == (words, edtf, timex)


@pytest.mark.parametrize(("text", "words", "edtf"), ROUGH)
def test_a_fiscal_year_named_by_two_years_lies_in_them(found, text, words, edtf):
    (item,) = dates(found, text)
    resolved = resolve(item.calendar)
    assert (item.span.cut(text), resolved.edtf) == (words, edtf)
    assert (resolved.earliest, resolved.latest) == (20240101, 20251231)


@pytest.mark.parametrize(("text", "words", "reason", "timex"), UNRESOLVED)
def test_a_fiscal_year_without_its_days_keeps_the_reason(found, text, words, reason, timex):
    item = next(i for i in found(text).quantities if i.calendar.form == "fiscal")
    resolved = resolve(item.calendar, PUBLISHED)
    assert (item.span.cut(text), resolved.unresolved) == (words, reason)
    assert (resolved.edtf, resolved.timex_value) == (None, timex)


@pytest.mark.parametrize("text", NO_FISCAL_YEAR)
def test_leaves_other_text_alone(found, text):
    assert not dates(found, text)


@pytest.mark.parametrize(
    ("text", "edtfs"),
    [
        # its days are told once, for every fiscal year of the text
        (
            "Its fiscal year ends June 30. In fiscal 2029 and the third quarter of fiscal 2030, "
            "and last fiscal year",
            ["2030-07/2031-06", "2028-07/2029-06", "2030-01/2030-03", "2029-07/2030-06"],
        ),
        # two calendars in one text: each has its own days, and no other year has any
        (
            "Its fiscal year ends June 30, theirs, a fiscal year ending Sept. 30, does not; "
            "in fiscal 2029",
            ["2030-07/2031-06", "2030-10/2031-09", None],
        ),
        # a year that does not end with a month has no quarters
        (
            "The fiscal year ends June 28. In the first quarter of fiscal 2030",
            ["2030-06-29/2031-06-28", None],
        ),
    ],
)
def test_the_last_day_told_once_holds_for_the_text(found, text, edtfs):
    items = [i for i in found(text).quantities if i.calendar and i.calendar.form == "fiscal"]
    assert [resolve(item.calendar, PUBLISHED).edtf for item in items] == edtfs


def test_a_fiscal_year_waits_for_the_articles_date(found):
    (item,) = dates(found, "in the fiscal year ended March 31")
    assert resolve(item.calendar).edtf is None
    assert resolve(item.calendar, Interval(99990101, 99990101, "9999-01-01")).edtf is None
