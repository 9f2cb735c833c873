"""Calendar expressions resolve exactly, or say why they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.quantities.calendar import Expression, Interval, resolve

DAY = Interval(20310507, 20310507)
ROWS = [
    # expression, EDTF, earliest, latest
    (Expression("day", 2024, 2, 29), "2024-02-29", 20240229, 20240229),
    (Expression("month", 2023, 2), "2023-02", 20230201, 20230228),
    (Expression("month", 2024, 2), "2024-02", 20240201, 20240229),
    (Expression("month", 2024, 4), "2024-04", 20240401, 20240430),
    (Expression("year", 9999), "9999", 99990101, 99991231),
    (Expression("year", -43), "-0043", -429899, -428769),
    (Expression("quarter", 2025, number=4), "2025-10/2025-12", 20251001, 20251231),
    (Expression("half", 2025, number=1), "2025-01/2025-06", 20250101, 20250630),
    (Expression("decade", 1990), "199X", 19900101, 19991231),
    (Expression("decade", 1900, number=100), "19XX", 19000101, 19991231),
    (Expression("century", number=20), "1901/2000", 19010101, 20001231),
    (Expression("year", 2016, bound="since"), "2016/..", 20160101, None),
    (Expression("year", 2030, bound="until"), "../2030", None, 20301231),
    (Expression("decade", 1990, part="mid"), "1990~/1999~", 19900101, 19991231),
    (Expression("half", number=2), "2031-07/2031-12", 20310701, 20311231),
    (
        Expression("offset", unit="fortnight", count="1"),
        "2031-05-19/2031-05-25", 20310519, 20310525,
    ),
    (Expression("day", month=2, day=29, direction="past"), "2028-02-29", 20280229, 20280229),
    (
        Expression("day", month=7, day=2, last=Expression("day", 2024, 7, 3)),
        "2024-07-02/2024-07-03", 20240702, 20240703,
    ),
    # "expects a first-quarter loss", said in May: of the quarter just gone
    (Expression("quarter", number=1, direction="future"), "2031-01/2031-03", 20310101, 20310331),
    (Expression("quarter", number=4, direction="future"), "2031-10/2031-12", 20311001, 20311231),
    (Expression("day", month=4, day=30, direction="future"), "2031-04-30", 20310430, 20310430),
    (Expression("day", month=6, day=1, direction="past"), "2031-06-01", 20310601, 20310601),
    (Expression("day", month=8, day=1, direction="past"), "2030-08-01", 20300801, 20300801),
    (Expression("month", month=4, direction="future"), "2031-04", 20310401, 20310430),
    (Expression("month", month=6, direction="past"), "2031-06", 20310601, 20310630),
    (Expression("month", month=9, count="0"), "2031-09", 20310901, 20310930),
    (Expression("month", month=7, count="-1"), "2030-07", 20300701, 20300731),
    (Expression("month", month=7), "2031-07", 20310701, 20310731),
    (Expression("offset", unit="month", count="-5"), "2030-12", 20301201, 20301231),
    (Expression("offset", unit="quarter", count="1"), "2031-07/2031-09", 20310701, 20310930),
]  # fmt: skip
NOT_RESOLVED = [
    (Expression("day", 2023, 2, 29), "no such day"),
    (Expression("day", 0, 2, 2), "no such day"),
    (Expression("year"), "the article's date is not known to the day"),
    (Expression("clock", clock="12:00"), "a clock time without its day"),
    (Expression("year", 1945, last=Expression("year", 1939)), "the range ends before it begins"),
    (Expression("year", 1945, last=Expression("day", 2023, 2, 29)), "no such day"),
    (Expression("offset", unit="year", count="-9999999"), "out of the calendar"),
    (Expression("offset", unit="minute", count="1"), "the article's date is not known to the day"),
    (
        Expression("year", 1945, last=Expression("year", 1999, bound="since")),
        "a range with an open end",
    ),
    (Expression("offset", unit="day", count="-9999999"), "out of the calendar"),
]
BAD = [
    None,
    {},
    {"form": "nothing"},
    {"form": "day", "year": "2020"},
    {"form": "day", "year": True},
    {"form": "day", "month": 13},
    {"form": "offset", "unit": "eon"},
    {"form": "offset", "count": "1e9"},
    {"form": "offset", "count": 1},
    {"form": "day", "colour": "red"},
    {"form": "year", "year": 1, "last": {"form": "year", "last": {"form": "year"}}},
    {"form": "day", "year": 2020},
    {"form": "weekday", "number": 9},
    {"form": "fiscal"},
]


@pytest.mark.parametrize(("expression", "edtf", "earliest", "latest"), ROWS)
def test_resolves_to_a_stretch_of_days(expression, edtf, earliest, latest):
    resolved = resolve(expression, DAY)
    assert (resolved.edtf, resolved.earliest, resolved.latest) == (edtf, earliest, latest)
    assert resolved.unresolved is None


@pytest.mark.parametrize(("expression", "reason"), NOT_RESOLVED)
def test_says_why_it_does_not_resolve(expression, reason):
    assert resolve(expression, DAY).unresolved == reason


@pytest.mark.parametrize("edge", [Interval(99991231, 99991231), Interval(10101, 10101)])
def test_a_day_without_its_year_needs_a_year_on_either_side(edge):
    assert resolve(Expression("day", month=5, day=7), edge).edtf is None


def test_a_quarter_is_not_moved_out_of_the_calendar():
    expression = Expression("offset", unit="year", count="-3000", anchor="previous")
    found = resolve(expression, DAY, Interval(20240101, 20240331))
    assert (found.edtf, found.unresolved) == (None, "out of the calendar")


@pytest.mark.parametrize(
    ("published", "edtf"),
    [
        (Interval(20310421, 20310430), "2031-04"),
        (Interval(20310421, 20310501), None),
        (Interval(20310421, None), None),
        (Interval(20310431, 20310431), None),
        (None, None),
    ],
)
def test_an_interval_resolves_what_all_its_days_agree_on(published, edtf):
    assert resolve(Expression("offset", unit="month", count="0"), published).edtf == edtf


@pytest.mark.parametrize(
    ("named", "edtf"),
    [
        (Interval(20240101, 20241231), "2023"),
        (Interval(20240101, 20240630), "2023-01/2023-06"),
        (Interval(20240401, 20240630), "2023-04/2023-06"),
        (Interval(20240201, 20240229), "2023-02"),
        (Interval(20240105, 20240105), "2023"),
    ],
)
def test_a_year_earlier_counts_from_the_period_named_before(named, edtf):
    expression = Expression("offset", unit="year", count="-1", anchor="previous")
    assert resolve(expression, DAY, named).edtf == edtf


@pytest.mark.parametrize(
    ("expression", "kind", "value"),
    [
        (Expression("duration", unit="week", count="2"), "DURATION", "P2W"),
        (Expression("duration", unit="fortnight", count="2"), "DURATION", "P4W"),
        (Expression("duration", unit="hour"), "DURATION", "PTXH"),
        (Expression("set", unit="day"), "SET", "P1D"),
        (Expression("set", number=3), "SET", "XXXX-WXX-3"),
        (Expression("weekday", number=1), "DATE", "XXXX-WXX-1"),
        (Expression("day", month=7, day=1), "DATE", "XXXX-07-01"),
        (Expression("month", month=7), "DATE", "XXXX-07"),
        (Expression("quarter", number=3), "DATE", "XXXX-Q3"),
    ],
)
def test_gives_timex_for_what_has_no_date(expression, kind, value):
    resolved = resolve(expression)
    assert (resolved.timex_type, resolved.timex_value) == (kind, value)


@pytest.mark.parametrize("expression", [row[0] for row in ROWS])
def test_comes_back_from_json(expression):
    assert Expression.from_json(expression.to_json()) == expression


@pytest.mark.parametrize("given", BAD)
def test_refuses_json_that_is_no_expression(given):
    with pytest.raises(ValueError, match="calendar expression"):
        Expression.from_json(given)


@given(st.dates(), st.integers(1, 7), st.sampled_from(["past", "future"]))
def test_a_weekday_lies_within_a_week_on_its_side(day, number, direction):
    stamp = day.year * 10000 + day.month * 100 + day.day
    resolved = resolve(
        Expression("weekday", number=number, direction=direction), Interval(stamp, stamp)
    )
    assert resolved.unresolved == "out of the calendar" or (
        resolved.earliest <= stamp if direction == "past" else resolved.earliest >= stamp
    )
