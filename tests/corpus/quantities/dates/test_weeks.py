"""Weeks, weekdays of a month, days by their number alone, and holidays with their year."""

from __future__ import annotations

import pytest

from corpus.quantities.calendar import Interval, resolve

PUBLISHED = Interval(20310507, 20310507, "2031-05-07")
"""A Wednesday."""

READ = [
    # text, the words found, EDTF
    ("in the last week of July 2030", "the last week of July 2030", "2030-07-22/2030-07-28"),
    ("in the first week of May", "the first week of May", "2031-04-28/2031-05-04"),
    ("It sank in the 3rd week of April.", "the 3rd week of April", "2031-04-14/2031-04-20"),
    ("It will sail in the second week of June.", "the second week of June",
     "2031-06-09/2031-06-15"),
    ("on the first Monday in May", "the first Monday in May", "2031-05-05"),
    ("on the last Sunday of October 2030", "the last Sunday of October 2030", "2030-10-27"),
    ("on the last day of March 2030", "the last day of March 2030", "2030-03-31"),
    ("on the last day of April", "the last day of April", "2031-04-30"),
    ("on the third day of May", "the third day of May", "2031-05-03"),
    ("the week of May 4", "the week of May 4", "2031-04-28/2031-05-04"),
    ("the week of May 4, 2026", "the week of May 4, 2026", "2026-05-04/2026-05-10"),
    ("the week beginning 4 May", "the week beginning 4 May", "2031-04-28/2031-05-04"),
    ("It will be shut the week of the 18th.", "the week of the 18th", "2031-05-12/2031-05-18"),
    ("in week 3 of 2027 it", "week 3 of 2027", "2027-01-18/2027-01-24"),
    ("in week 31 it", "week 31", "2031-07-28/2031-08-03"),
    ("in calendar week 5 it", "calendar week 5", "2031-01-27/2031-02-02"),
    ("It sank on the 18th.", "the 18th", "2031-04-18"),
    ("It will sail on the 18th.", "the 18th", "2031-05-18"),
    ("It will sail by the 3rd of next month.", "the 3rd of next month", "2031-06-03"),
    ("It sank on Friday the 2nd.", "Friday the 2nd", "2031-05-02"),
    ("It will sail on Friday the 13th.", "Friday the 13th", "2031-06-13"),
    ("It will sail on Sunday the twenty-fifth.", "Sunday the twenty-fifth", "2031-05-25"),
    ("It sank on Tuesday of last week.", "Tuesday of last week", "2031-04-29"),
    ("It sank on Monday of this week.", "Monday of this week", "2031-05-05"),
    ("It will sail next week Monday.", "next week Monday", "2031-05-12"),
    ("in the year before last", "the year before last", "2029"),
    ("in the week after next", "the week after next", "2031-05-19/2031-05-25"),
    ("It will sail in two weeks.", "two weeks", "2031-05-19/2031-05-25"),
    ("It is due in about 3 days.", "3 days", "2031-05-10~"),
    ("It is due in a month.", "a month", "2031-06"),
    ("3 days from today it", "3 days from today", "2031-05-10"),
    ("two weeks from tomorrow it", "two weeks from tomorrow", "2031-05-22"),
    ("two days before yesterday it", "two days before yesterday", "2031-05-04"),
    ("two months after today it", "two months after today", "2031-07"),
    ("two months from tomorrow it", "two months from tomorrow", "2031-07"),
    ("a week or so ago", "a week or so ago", "2031-04-28/2031-05-04"),
    ("on Christmas Day 2021", "Christmas Day 2021", "2021-12-25"),
    ("on Labor Day, 2021", "Labor Day, 2021", "2021-09-06"),
    ("on Memorial Day 2021", "Memorial Day 2021", "2021-05-31"),
    ("on New Year’s Eve of 1999", "New Year’s Eve of 1999", "1999-12-31"),
]  # fmt: skip
KEPT = [
    ("in the fifth week of February 2030", "no such day"),
    ("in week 53 of 2030", "no such day"),
    ("on the fifth Monday in May 2030", "no such day"),
    ("the week of February 30, 2030", "no such day"),
    ("the week of February 30", "no such day"),
]
NO_DATES = [
    "in week 3 of the trial",
    "in week 31 of the trial",
    "He made a birdie on the 18th.",
    "on the 4th floor",
    "on the 32nd.",
    "She was 18th.",
    "It took shape in two weeks.",
    "It will cost more in a week of storms.",
    "the last day of it",
    "on the third day of calm May",
    "It took shape in a week.",
    "in the first week of march hares",
    "the first week of calm",
    "the third day in a row",
]


@pytest.mark.parametrize(("text", "words", "edtf"), READ)
def test_reads_a_place_in_the_calendar(found, text, words, edtf):
    item = next(i for i in found(text).quantities if i.kind == "date")
    assert (item.span.cut(text), resolve(item.calendar, PUBLISHED).edtf) == (words, edtf)


@pytest.mark.parametrize(("text", "reason"), KEPT)
def test_keeps_what_the_calendar_has_not(found, text, reason):
    (item,) = (i for i in found(text).quantities if i.kind == "date")
    resolved = resolve(item.calendar, PUBLISHED)
    assert (resolved.edtf, resolved.unresolved) == (None, reason)


@pytest.mark.parametrize("text", NO_DATES)
def test_leaves_other_text_alone(kinds, text):
    assert "date" not in kinds(text)


@pytest.mark.parametrize("text", ["in week 54 of 2030", "in week 0 of 2030"])
def test_no_year_has_such_a_week(found, text):
    assert [item.rule for item in found(text).quantities if item.kind == "date"] == ["year"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It ran from November to March.", "2030-11/2031-03"),
        ("It will run from November to March.", "2031-11/2032-03"),
        ("It ran from 20 December to 4 January.", "2030-12-20/2031-01-04"),
    ],
)
def test_a_range_over_new_year_ends_in_the_next_year(found, text, edtf):
    item = next(i for i in found(text).quantities if i.kind == "date")
    assert resolve(item.calendar, PUBLISHED).edtf == edtf


def test_a_winter_that_has_ended_is_the_one_told_of(found):
    (item,) = found("It ran from November to March.").quantities
    december = Interval(20311207, 20311207, "2031-12-07")
    assert resolve(item.calendar, december).edtf == "2030-11/2031-03"


def test_a_winter_that_has_begun_is_the_one_to_come(found):
    (item,) = found("It will run from November to March.").quantities
    january = Interval(20320115, 20320115, "2032-01-15")
    assert resolve(item.calendar, january).edtf == "2031-11/2032-03"


@pytest.mark.parametrize("published", [Interval(99991201, 99991201, ""), None])
@pytest.mark.parametrize("text", ["week 31 it", "the first Monday in May", "on the 18th."])
def test_nothing_is_read_at_the_ends_of_the_calendar(found, text, published):
    (item,) = (i for i in found(text).quantities if i.kind == "date")
    resolved = resolve(item.calendar, published)
    assert resolved.edtf is None or resolved.edtf.startswith("9999")


@pytest.mark.parametrize("text", ["from 1000 to 2000 hires", "from 1900 to 2000 people"])
def test_round_numbers_of_people_are_no_years(kinds, text):
    assert "date" not in kinds(text)
