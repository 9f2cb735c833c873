"""EDTF texts and the days they cover."""

import pytest

from corpus.edtf import between, bounds, stamp

COVERED = [
    # text, first day, last day
    ("2025-04-28", 20250428, 20250428),
    ("2024-02", 20240201, 20240229),
    ("1900-02", 19000201, 19000228),
    ("2014", 20140101, 20141231),
    ("2014~", 20140101, 20141231),
    ("2014-05?", 20140501, 20140531),
    ("2014-05-XX%", 20140501, 20140531),
    ("2014-XX", 20140101, 20141231),
    ("2014-XX-XX", 20140101, 20141231),
    ("201X", 20100101, 20191231),
    ("19XX", 19000101, 19991231),
    ("2014-22", 20140101, 20141231),
    ("2025-01/2025-03", 20250101, 20250331),
    ("1901/2000", 19010101, 20001231),
    ("2025-07-07/..", 20250707, None),
    ("../2025-07", None, 20250731),
    ("2025/", 20250101, None),
    ("-0043-03-15", -430000 + 315, -430000 + 315),
    ("Y17000", 170000101, 170001231),
    ("9999-12-31", 99991231, 99991231),
    ("2000-02-29", 20000229, 20000229),
]
NOT_EDTF = [
    "",
    "last Tuesday",
    "2025-13",
    "2025-00",
    "2025-02-29",
    "2025-04-31",
    "2025-04-00",
    "20X5",
    "19XX-05",
    "2014-XX-05",
    "2014-22-01",
    "2025/2024",
    "../..",
    "/",
    "2025-04-28T10:00",
    "٢٠٢٥",
    "2025/2026/2027",
    "25",
]
BETWEEN = [
    # first day, last day, text
    (None, None, None),
    (20250704, 20250707, "2025-07-04/2025-07-07"),
    (20250707, 20250707, "2025-07-07"),
    (20250707, None, "2025-07-07/.."),
    (None, 20250707, "../2025-07-07"),
    (1_0101, 999_1231, "0001-01-01/0999-12-31"),
    (-430000 + 315, 9999_1231, "-0043-03-15/9999-12-31"),
]


@pytest.mark.parametrize(("text", "first", "last"), COVERED)
def test_a_date_covers_its_days_ends_included(text, first, last):
    assert bounds(text) == (first, last)


@pytest.mark.parametrize("text", NOT_EDTF)
def test_other_text_is_refused_by_name(text):
    with pytest.raises(ValueError, match=r"EDTF|no month|no day|ends before|open|not specified"):
        bounds(text)


@pytest.mark.parametrize(("first", "last", "text"), BETWEEN)
def test_two_days_are_written_as_the_text_that_covers_them(first, last, text):
    assert between(first, last) == text
    assert text is None or bounds(text) == (first, last)


def test_of_years_of_five_digits_only_the_year_is_written():
    assert between(17000_0101, 17000_1231) == "Y17000/Y17000"


def test_days_sort_by_time_before_the_year_nought():
    days = [stamp(-43, 3, 15), stamp(-43, 12, 31), stamp(-42, 1, 1), stamp(0, 1, 1), stamp(1, 1, 1)]
    assert days == sorted(days)
