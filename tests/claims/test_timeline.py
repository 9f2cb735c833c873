"""The picture of figures over time: everything stands inside, in order, at round ticks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.timeline import Figure, drawn, nice_step
from corpus.edtf import bounds


def figure(low, high, edtf="2031-03-11", **fields):
    first, last = bounds(edtf) if edtf else (None, None)
    return Figure(low, high, first, last, "says", **fields)


KINDS = [
    # low, high, kind
    (5.0, 5.0, "point"),
    (4.0, 6.0, "range"),
    (5.0, None, "above"),
    (None, 5.0, "below"),
]


@pytest.mark.parametrize(("low", "high", "kind"), KINDS)
def test_bounds_decide_how_a_figure_is_drawn(low, high, kind):
    shape = drawn([figure(low, high), figure(1.0, 1.0), figure(9.0, 9.0)]).shapes[0]
    assert shape.kind == kind
    assert shape.top <= shape.y <= shape.bottom
    assert (shape.top < shape.bottom) == (kind != "point")


def test_later_is_further_right_and_more_is_higher_up():
    one, other = drawn([figure(1.0, 1.0, "2030-01-01"), figure(2.0, 2.0, "2031-06-30")]).shapes
    assert one.x < other.x
    assert one.y > other.y


def test_a_date_that_is_an_interval_has_a_line_across_and_an_open_one_has_no_such_end():
    shapes = drawn([figure(1.0, 1.0, "2030"), figure(2.0, 2.0, "2031-06-30/..")]).shapes
    assert shapes[0].left < shapes[0].x < shapes[0].right
    assert (shapes[1].left, shapes[1].right) == (shapes[1].x, None)


def test_what_has_no_date_or_no_bound_is_counted_and_not_drawn():
    rows = [figure(1.0, 1.0), figure(2.0, 2.0), figure(3.0, 3.0, ""), figure(None, None)]
    picture = drawn(rows)
    assert (len(picture.shapes), picture.undated) == (2, 2)


@pytest.mark.parametrize("rows", [[], [figure(1.0, 1.0)], [figure(1.0, 1.0), figure(2.0, 2.0, "")]])
def test_nothing_is_drawn_of_a_single_figure(rows):
    assert drawn(rows) is None


TICKS = [
    # values, words up
    ((0.0, 4.0), ["0", "1", "2", "3", "4"]),
    ((3_740_000.0, 4_100_000.0), ["3.7 million", "3.8 million", "3.9 million", "4 million"]),
    ((0.12, 0.3), ["0.10", "0.15", "0.20", "0.25", "0.30"]),
    ((100.0, 1250.0), ["0", "500", "1,000", "1,500"]),
    ((-5.0, 5.0), ["-6", "-4", "-2", "0", "2", "4", "6"]),
    ((7.0, 7.0), ["2", "4", "6", "8", "10", "12"]),
]


@pytest.mark.parametrize(("values", "words"), TICKS)
def test_values_are_ticked_at_round_numbers(values, words):
    picture = drawn([figure(value, value) for value in values])
    assert [tick.words for tick in picture.up][: len(words)] == words


DATES = [
    # dates, some words across, words that are not there
    (("2031-03-01", "2031-03-09"), "3 Mar 2031", "2031"),
    (("2031-01-10", "2031-11-02"), "Mar 2031", "10 Jan"),
    (("2020", "2031"), "2024", "Jan 2024"),
    (("-0500", "0300"), "401 BC", "Jan"),
]


@pytest.mark.parametrize(("dates", "there", "missing"), DATES)
def test_dates_are_ticked_by_days_months_or_years(dates, there, missing):
    picture = drawn([figure(number, number, edtf) for number, edtf in enumerate(dates)])
    words = [tick.words for tick in picture.across]
    assert there in words
    assert missing not in words


@given(st.floats(1e-9, 1e30), st.integers(2, 10))
def test_a_step_cuts_a_span_into_few_parts_but_not_too_few(span, most):
    step = nice_step(span, most)
    assert most / 2.6 <= span / step <= most * 1.001


_VALUES = st.one_of(st.none(), st.floats(-1e15, 1e15))
_DATES = st.sampled_from(["", "2031", "2031-03-11", "../1999", "19XX", "-0043/..", "Y-99999"])


@given(st.lists(st.tuples(_VALUES, _VALUES, _DATES), max_size=8))
def test_everything_stands_inside_the_picture(rows):
    figures = [
        figure(*(sorted((low, high)) if None not in {low, high} else (low, high)), edtf)
        for low, high, edtf in rows
    ]
    picture = drawn(figures)
    if picture is None:
        return
    assert len(picture.shapes) + picture.undated == len(figures)
    for shape in picture.shapes:
        assert picture.left <= shape.x <= picture.right
        assert picture.top <= shape.y <= picture.bottom
    for ticks, ends in (
        (picture.across, (picture.left, picture.right)),
        (picture.up, (picture.top, picture.bottom)),
    ):
        assert len(ticks) <= 12
        assert all(ends[0] <= tick.at <= ends[1] for tick in ticks)
