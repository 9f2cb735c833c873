"""Times as TIMEX3 marks them: claims in TIMEX3's spans, and words that are no claims."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from corpus.extract import extract
from corpus.quantities.calendar import Expression
from corpus.times import times
from corpus.times.marks import counted

PUBLISHED = "2031-05-07"
"""A Wednesday."""

WORDS = [
    # text, the words marked, type, value
    ("The mill is now shut.", "now", "DATE", "PRESENT_REF"),
    ("It can do so right now.", "right now", "DATE", "PRESENT_REF"),
    ("It currently owns the pier.", "currently", "DATE", "PRESENT_REF"),
    ("Few go there these days.", "these days", "DATE", "PRESENT_REF"),
    ("They recently met.", "recently", "DATE", "PAST_REF"),
    ("They met years ago.", "years ago", "DATE", "PAST_REF"),
    ("It will soon close.", "soon", "DATE", "FUTURE_REF"),
    ("No one knows the near future.", "the near future", "DATE", "FUTURE_REF"),
    ("The boat sails all week.", "all week", "DURATION", "P1W"),
    ("It shut on Labor Day.", "Labor Day", "DATE", "2031-09-01"),
    ("It grew over this past year.", "past year", "DURATION", "P1Y"),
    ("It grew over this past decade.", "past decade", "DURATION", "P10Y"),
    ("It was a one-day trip.", "one-day", "DURATION", "P1D"),
    ("It sails every weekend.", "every weekend", "SET", "XXXX-WXX-WE"),
    ("It shut last Thanksgiving.", "last Thanksgiving", "DATE", "2030-11-28"),
    ("It opens next Christmas.", "next Christmas", "DATE", "2031-12-25"),
    ("It shut on New Year's Eve.", "New Year's Eve", "DATE", "2030-12-31"),
    ("The boat sails daily.", "daily", "SET", "P1D"),
    ("The boat sails every morning.", "every morning", "SET", "TMO"),
    ("The club meets each month.", "each month", "SET", "P1M"),
    ("The club meets every other week.", "every other week", "SET", "P2W"),
    ("It sat there for weeks.", "weeks", "DURATION", "PXW"),
    ("It sat there for hours.", "hours", "DURATION", "PTXH"),
    ("It grew in recent years.", "recent years", "DURATION", "PXY"),
    ("It grew over the past few weeks.", "the past few weeks", "DURATION", "PXW"),
    ("The gate shut minutes before they came.", "minutes", "DURATION", "PTXM"),
    ("They were seen over the weekend.", "the weekend", "DATE", "2031-W18-WE"),
    ("The best of the week came late.", "the week", "DATE", "2031-W19"),
    ("It has fallen for the month.", "the month", "DATE", "2031-05"),
    ("It has fallen for the full year.", "the full year", "DATE", "2031"),
    ("It ends by the end of the year.", "the end of the year", "DATE", "2031"),
    ("It must be paid by year-end.", "year-end", "DATE", "2031-12-31"),
    ("It lost money in the latest quarter.", "the latest quarter", "DATE", "2031-Q1"),
    ("It lost money in the year-ago period.", "the year-ago period", "DATE", "2030-Q1"),
    ("It made a loss in the year ended badly.", "the year", "DURATION", "P1Y"),
]
CLAIMS = [
    ("It grew in the past year.", "the past year", "DURATION", "P1Y"),
    ("It grew in the past decade.", "the past decade", "DURATION", "P10Y"),
    ("It grew in the past fortnight.", "the past fortnight", "DURATION", "P2W"),
    ("It grew in the past century.", "the past century", "DURATION", "P100Y"),
    ("It grew in the past two decades.", "the past two decades", "DURATION", "P2DE"),
    ("It lasted nearly forty years.", "nearly forty years", "DURATION", "P40Y"),
    ("It lasted the nine months.", "the nine months", "DURATION", "P9M"),
    ("It lasted two years or so.", "two years or so", "DURATION", "P2Y"),
    ("It shut almost two years ago.", "almost two years ago", "DATE", "2029"),
    ("It fell in the third quarter of 2029.", "the third quarter of 2029", "DATE", "2029-Q3"),
    ("It fell in the late 1990s.", "the late 1990s", "DATE", "199"),
    ("It will last for the next 12 to 18 months.", "the next 12 to 18 months", "DURATION", "P12M"),
    ("It stayed for two nights.", "two nights", "DURATION", "P2D"),
    ("It grew for the last 3 quarters.", "the last 3 quarters", "DURATION", "P3Q"),
    ("It lasted 2 1/2 years.", "2 1/2 years", "DURATION", "P2Y6M"),
    ("It lasted 5 1/2 hours.", "5 1/2 hours", "DURATION", "PT5H30M"),
    ("It lasted 2.5 years.", "2.5 years", "DURATION", "P2.5Y"),
    ("It sailed last fiscal year.", "last fiscal year", "DATE", "2030"),
    ("It will shut in two years.", "two years", "DURATION", "P2Y"),
    ("It will shut by the end of tomorrow.", "the end of tomorrow", "TIME", "2031-05-08T23:59:59"),
    ("It shut on Labor Day 2021.", "Labor Day 2021", "DATE", "2021-09-06"),
    ("It shut several years ago.", "several years ago", "DATE", "PAST_REF"),
    ("It came a week before the vote.", "a week", "DURATION", "P1W"),
    ("It earned more a year earlier.", "a year earlier", "DATE", "2030"),
]
NOT_MARKED = [
    "As soon as they came they left.",
    "It sold 40 boats.",
    "It says 03/04/2021 on it.",
    "He sold Christmas-tree lights.",
    "All-day parking rose.",
    "The year of the flood was wet.",
    "He left soon after the vote.",
    "A nowhere man sang of nothing.",
    "The recentness of it mattered.",
    "A weekly-paid hand came by.",
    "The day-lily is out.",
    "The current was strong there.",
    "Every hand was raised.",
    "The hours-long talk was dull.",
]


def marked(text, published=PUBLISHED):
    reading = extract(text, published, language="en")
    return [(text[t.start : t.end], t.type, t.value) for t in times(reading, text)]


@pytest.mark.parametrize(("text", "words", "kind", "value"), WORDS)
def test_marks_a_word_of_time_that_is_no_claim(text, words, kind, value):
    assert marked(text) == [(words, kind, value)]
    assert extract(text, PUBLISHED, language="en").claims == ()


@pytest.mark.parametrize(("text", "words", "kind", "value"), CLAIMS)
def test_draws_the_span_of_a_claim_as_timex_does(text, words, kind, value):
    assert marked(text) == [(words, kind, value)]


@pytest.mark.parametrize("text", NOT_MARKED)
def test_leaves_other_words_unmarked(text):
    assert marked(text) == []


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("from 1991 to 1997", ["1991", "1997"]),
        ("between 1991 and 1997", ["1991", "1997"]),
        ("the 1939-45 war", ["1939", "45"]),
        ("from 2 May 1991 to 9 July 1997", ["2 May 1991", "9 July 1997"]),
        ("2 May 1991 through 9 July 1997", ["2 May 1991", "9 July 1997"]),
    ],
)
def test_a_range_has_two_marks_that_know_the_whole(text, ends):
    found = times(extract(text, language="en"), text)
    assert [text[time.start : time.end] for time in found] == ends
    assert len({tuple(time.to_json()["range"]) for time in found}) == 1
    assert found[0].first.year < found[0].last.year


@pytest.mark.parametrize(
    "text", ["on 9 July 1997 and 2 May 1998", "9 July 1997 to 2 May 1991", "1991 beside 1992"]
)
def test_two_dates_that_make_no_range_stay_two(text):
    first, last = times(extract(text, language="en"), text)
    assert first.to_json()["range"] != last.to_json()["range"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("since May 2029", ["2029-05-01", None]),
        ("until May 2029", [None, "2029-06-01"]),
        ("in 44 BC", None),
        ("in the 15th century", ["1400-01-01", "1500-01-01"]),
        ("every Monday", None),
    ],
)
def test_a_date_gives_its_days_where_a_calendar_holds_them(text, days):
    (time,) = times(extract(text, language="en"), text)
    assert time.to_json().get("range") == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # a length of time counted to the day
        ("It shut two months ago.", ["2031-03-07", "2031-03-08"]),
        ("It shut three years ago.", ["2028-05-07", "2028-05-08"]),
        ("It is due in two weeks.", ["2031-05-21", "2031-05-22"]),
        ("It shut five decades ago.", ["1980-01-01", "1990-01-01"]),
        ("It shut 1,900 years ago.", ["0131-05-07", "0131-05-08"]),
        # a range that runs to where its last end begins
        ("It ran from 2014 to 2018.", ["2014-01-01", "2018-01-02"]),
        ("It ran from 2014 to the end of 2018.", ["2014-01-01", "2019-01-01"]),
        # a range of hours
        ("It will open on Monday from 3 to 5pm.", ["2031-05-12T15:00:00", "2031-05-12T17:00:00"]),
    ],
)
def test_the_days_of_a_mark_are_counted_as_assistants_count_them(text, days):
    first, *_ = times(extract(text, PUBLISHED, language="en"), text)
    assert first.to_json().get("range") == days


@pytest.mark.parametrize(
    ("published", "text", "day"),
    [
        ("2031-03-31", "It shut a month ago.", "2031-02-28"),
        ("2032-03-31", "It shut a month ago.", "2032-02-29"),
        ("2031-05-31", "It shut two months ago.", "2031-03-31"),
    ],
)
def test_a_month_ago_is_the_same_day_or_the_last_of_the_month(published, text, day):
    (time,) = times(extract(text, published, language="en"), text)
    assert time.to_json()["range"][0] == day


def test_a_fiscal_year_that_has_ended_is_a_length_for_timex():
    text = "It made a loss in the fiscal year ended Jan. 31."
    assert marked(text)[0] == ("the fiscal year", "DURATION", "P1Y")


@pytest.mark.parametrize(("unit", "day"), [("day", None), ("month", None), ("decade", None)])
def test_a_day_beyond_the_calendar_is_not_counted(unit, day):
    assert counted(date(2031, 5, 7), Expression("offset", unit=unit, count="-999999")) is day


def test_a_quarter_to_come_is_not_the_latest():
    text = "Third-quarter profit rose; the flood will cost it in the fourth quarter. " * 2
    assert marked(f"{text}Sales fell in the latest quarter.")[-1][2] == "2030-Q3"


def test_a_half_of_a_century_is_one_mark():
    words = "first half of the 20th century"
    assert marked(f"the {words}") == [(words, "DATE", "1901")]


@pytest.mark.parametrize(
    ("before", "comparison", "value"),
    [
        ("in the third quarter of 2029", "from $3 million a year ago", "2028-Q3"),
        ("in the third quarter of 2029", "from $3 million a year earlier", "2028-Q3"),
        ("in the second half of 2029", "from $3 million a year ago", "2028-H2"),
        ("in May 2029", "from $3 million a year earlier", "2028-05"),
        ("in 2029", "from $3 million a year earlier", "2028"),
        ("on 2 May 2029", "from $3 million a year earlier", "2028"),
        ("in May to June 2029", "from $3 million a year earlier", "2028"),
        ("in May to August 2029", "from $3 million a year earlier", "2028"),
        ("in May 2029", "from $3 million a year ago", "2030"),
        ("on 2 May 2029", "and fell the day before", "2029-05-01"),
    ],
)
def test_a_year_earlier_is_the_same_period_of_the_year_before(before, comparison, value):
    assert marked(f"Profit rose {before}, {comparison}.")[-1][2] == value


def test_two_comparisons_in_a_row_mean_the_same_year():
    text = "It earned more in May 2029 than a year earlier. Sales fell from a year earlier."
    assert [value for *_, value in marked(text)] == ["2029-05", "2028-05", "2028-05"]


def test_what_was_named_too_far_before_is_forgotten():
    text = f"It rose in May 2029. {'They spoke at length of it. ' * 60}It fell a year earlier."
    assert marked(text)[-1][2] == "2030"


def test_an_end_that_is_no_day_has_no_mark():
    assert marked("from February 30 to March 2, 2024") == [("March 2, 2024", "DATE", "2024-03-02")]


def test_the_latest_quarter_is_the_one_named_before():
    text = "Profit fell in the second quarter of 2030. In the latest quarter sales rose."
    assert marked(text)[1] == ("the latest quarter", "DATE", "2030-Q2")


@pytest.mark.parametrize("published", [None, "2031-05", "9999-05-01"])
def test_without_a_day_of_publication_what_counts_from_it_stays_out(published):
    text = "It fell over the weekend, at Christmas and in the latest quarter."
    assert marked(text, published) == []


def test_a_mark_never_overlaps_another():
    text = "It will be now and then every day, daily, for weeks before the end of the year 2030."
    found = times(extract(text, PUBLISHED, language="en"), text)
    assert all(first.end <= second.start for first, second in pairwise(found))
