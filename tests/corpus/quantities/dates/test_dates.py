"""Calendar expressions: their words, and what they resolve to in an article of one known day."""

from __future__ import annotations

import pytest

from corpus.quantities.calendar import Interval, resolve

PUBLISHED = Interval(20310507, 20310507, "2031-05-07")
"""A Wednesday."""

ABSOLUTE = [
    # text, the words found, EDTF
    ("It closed on 9 March 2021.", "9 March 2021", "2021-03-09"),
    ("It closed on March 9, 2021.", "March 9, 2021", "2021-03-09"),
    ("The bridge opened on June 12 in 1913.", "June 12 in 1913", "1913-06-12"),
    ("on Thursday, 15 May 2031, it", "Thursday, 15 May 2031", "2031-05-15"),
    ("the 4th of July 1996 was", "the 4th of July 1996", "1996-07-04"),
    ("on Feb. 29, 2024 it", "Feb. 29, 2024", "2024-02-29"),
    ("It says 2021-03-09 on it.", "2021-03-09", "2021-03-09"),
    ("sent 2021-03-09 18:12 to us", "2021-03-09 18:12", "2021-03-09T18:12:00"),
    ("It says 25/12/2020 on it.", "25/12/2020", "2020-12-25"),
    ("It says 12/25/2020 on it.", "12/25/2020", "2020-12-25"),
    ("It says 5/5/99 on it.", "5/5/99", "1999-05-05"),
    ("It says 9.3.2021 on it.", "9.3.2021", "2021-03-09"),
    ("in April 1945 they", "April 1945", "1945-04"),
    ("April to June 2020 was calm", "April to June 2020", "2020-04/2020-06"),
    ("in the summer of 2019", "summer of 2019", "2019"),
    ("in 1996 it", "1996", "1996"),
    ("the 1985 treaty", "1985", "1985"),
    ("since 2016", "2016", "2016/.."),
    ("until 2040", "2040", "../2040"),
    ("mid-2014", "mid-2014", "2014~"),
    ("around 2010", "2010", "2010~"),
    ("between 1939 and 1945", "between 1939 and 1945", "1939/1945"),
    ("Between 1600 and 1900 world prices fell.", "Between 1600 and 1900", "1600/1900"),
    ("It is above 1990.", "1990", "1990"),
    ("from 2012 to 2016", "from 2012 to 2016", "2012/2016"),
    ("the 1939-45 war", "1939-45", "1939/1945"),
    ("Q1 2025 was good", "Q1 2025", "2025-01/2025-03"),
    ("the first quarter of 2025", "first quarter of 2025", "2025-01/2025-03"),
    ("the second half of 2024", "second half of 2024", "2024-07/2024-12"),
    ("the final quarter of 2025", "final quarter of 2025", "2025-10/2025-12"),
    ("the 2012 and later plan", "2012", "2012"),
    ("Then 2019 big sad shows", "2019", "2019"),
    ("in 2012 and 45 boats", "2012", "2012"),
    ("2019 saw growth", "2019", "2019"),
    ("in 2025 Q3 it", "2025 Q3", "2025-07/2025-09"),
    ("the 20th century", "20th century", "1901/2000"),
    ("the first half of the 20th century", "first half of the 20th century", "1901/1950"),
    ("the second century BC", "second century BC", "-0199/-0100"),
    ("the 1990s", "1990s", "199X"),
    ("the early 1990s", "early 1990s", "1990~/1999~"),
    ("the 1900s", "1900s", "19XX"),
    ("the nineties", "nineties", "199X"),
    ("the '80s", "'80s", "198X"),
    ("in 44 BC he", "44 BC", "-0043"),
    ("in AD 79 it", "AD 79", "0079"),
    ("from July 2 to 3, 2024", "July 2 to 3, 2024", "2024-07-02/2024-07-03"),
    ("since July 2 to 3, 2024", "July 2 to 3, 2024", "2024-07-02/2024-07-03"),
    ("on the fourth of July 1995", "the fourth of July 1995", "1995-07-04"),
    ("on the 23rd day of May, 2012", "the 23rd day of May, 2012", "2012-05-23"),
    ("on January first, 2000", "January first, 2000", "2000-01-01"),
    (
        "on May twenty-ninth nineteen ninety-six",
        "May twenty-ninth nineteen ninety-six",
        "1996-05-29",
    ),
    ("January nineteen ninety-seven.", "January nineteen ninety-seven", "1997-01"),
    (
        "6 April seventeen hundred thirty three",
        "6 April seventeen hundred thirty three",
        "1733-04-06",
    ),
    ("a nineteen ninety-six attack", "nineteen ninety-six", "1996"),
    ("by the year two thousand", "the year two thousand", "2000"),
    ("in nineteen oh five", "nineteen oh five", "1905"),
    ("in nineteen hundred it", "nineteen hundred", "1900"),
    ("October two thousand and fifteen", "October two thousand and fifteen", "2015-10"),
    ("from 28 April to 2 May 2030", "28 April to 2 May 2030", "2030-04-28/2030-05-02"),
]
RELATIVE = [
    ("It sank on Monday.", "Monday", "2031-05-05"),
    ("It was sunk on Wednesday.", "Wednesday", "2031-05-07"),
    ("It will open on Monday.", "Monday", "2031-05-12"),
    ("It sank last Wednesday.", "last Wednesday", "2031-04-30"),
    ("It opens next Wednesday.", "next Wednesday", "2031-05-14"),
    ("It sank on Monday night.", "Monday night", "2031-05-05"),
    ("It was down from the previous Friday.", "the previous Friday", "2031-05-02"),
    ("It shut on monday.", "monday", "2031-05-05"),
    ("They met tuesday morning.", "tuesday morning", "2031-05-06"),
    ("It sank on 4/20.", "4/20", "2031-04-20"),
    ("It sank on Apr/20.", "Apr/20", "2031-04-20"),
    ("it sank in april", "april", "2031-04"),
    ("it sank in mid-April", "mid-April", "2031-04~"),
    ("it sank on 14 apr", "14 apr", "2031-04-14"),
    ("It sank last night.", "last night", "2031-05-06"),
    ("It sails this morning.", "this morning", "2031-05-07"),
    ("It sails tomorrow evening.", "tomorrow evening", "2031-05-08"),
    ("It sank late yesterday.", "late yesterday", "2031-05-06"),
    ("due this September", "this September", "2031-09"),
    ("It sank in July last year.", "July last year", "2030-07"),
    ("the second of May, they said", "the second of May", "2031-05-02"),
    ("It will be met by Dec. 15.", "Dec. 15", "2031-12-15"),
    ("It will start at 8:30 p.m. on Monday.", "8:30 p.m. on Monday", "2031-05-12T20:30:00"),
    ("It sank on April 14.", "April 14", "2031-04-14"),
    ("It will open on May 25.", "May 25", "2031-05-25"),
    ("The match on May 25", "May 25", "2031-05-25"),
    ("She said in March that", "March", "2031-03"),
    ("It closed last May.", "last May", "2031-05"),
    ("in May this year", "May this year", "2031-05"),
    ("It was sold yesterday.", "yesterday", "2031-05-06"),
    ("It was sold last year.", "last year", "2030"),
    ("earlier this month", "earlier this month", "2031-05"),
    ("next week it", "next week", "2031-05-12/2031-05-18"),
    ("this weekend it", "this weekend", "2031-05-10/2031-05-11"),
    ("last quarter it", "last quarter", "2031-01/2031-03"),
    ("in the third quarter, sales rose", "third quarter", "2030-07/2030-09"),
    ("35 years ago", "35 years ago", "1996"),
    ("three days ago", "three days ago", "2031-05-04"),
    ("two weeks from now", "two weeks from now", "2031-05-19/2031-05-25"),
    ("a year ago", "a year ago", "2030"),
    ("last summer", "last summer", "2030"),
    ("two years back", "two years back", "2029"),
    ("the day before yesterday", "the day before yesterday", "2031-05-05"),
    ("tonight it", "tonight", "2031-05-07"),
    ("the third quarter of next year", "third quarter of next year", "2031-07/2031-09"),
    ("in the last decade", "the last decade", "202X"),
    ("in the next century", "the next century", "2101/2200"),
]
UNRESOLVED = [
    (
        "in the first quarter of fiscal 2024",
        "first quarter of fiscal 2024",
        "a fiscal year, and the text does not say when it begins",
        "2024-Q1",
    ),
    # text, the words found, reason, TIMEX3
    ("It says 03/04/2021 on it.", "03/04/2021", "day and month may be either way round", None),
    (
        "in fiscal 2024",
        "fiscal 2024",
        "a fiscal year, and the text does not say when it begins",
        "2024",
    ),
    ("Updated At:20:07", "20:07", "a clock time without its day", "T20:07"),
    ("It left at noon.", "noon", "a clock time without its day", "T12:00"),
    ("every Monday", "every Monday", "a repeated time has no single date", "XXXX-WXX-1"),
    ("on Tuesday nights", "Tuesday nights", "a repeated time has no single date", "XXXX-WXX-2TNI"),
    (
        "every Monday at 4 p.m.",
        "every Monday at 4 p.m.",
        "a repeated time has no single date",
        "XXXX-WXX-1T16:00",
    ),
    (
        "It fell a month after the flood came.",
        "a month after",
        "counted from an event, not from a date",
        None,
    ),
    ("a year earlier it", "a year earlier", "the period it is counted from is not known", None),
    ("the day before", "the day before", "the period it is counted from is not known", None),
    ("on February 30, 2024", "February 30, 2024", "no such day", None),
]
NOT_DATES = [
    "It may march ahead.",
    "She can second that.",
    "It employed about 2019 workers.",
    "2019 million boats",
    "Between 1600 and 1900 boats came.",
    "It had between 1600 and 1900 mill boats.",
    "It is above 1000 and below 1500.",
    "April Stone spoke.",
    "the second hand",
    "a $2000 prize",
    "a fall in trade",
    "from 1/2 to 3/4",
    "a vote on 2/3 majorities",
    "on 13/20 of the plots",
    "on 13/40",
    "took 7/20 seats",
    "an august body",
    "a third of march rain",
    "They may first ask.",
    "I may second.",
    "two thousand homes",
    "twenty twenty vision",
    "nineteen hundred thousand",
    "This is the radio's Today.",
    "They spoke of an early morning.",
    "Jan Ortiz left.",
    "Room 2019",
    "45/46/2020",
    "7.8.12 of it",
    "8.30 boats",
    "29:30",
    "2.5 years ago",
    "13/14/2020",
    "all today",
    "the past year",
    "last day of it",
    "next hour",
    "a monday feeling",
    "in march 4 boats",
    "twenties fashion",
    "1500 boats left",
    "0/0/2020",
    "19 p.m.",
    "all day",
]


@pytest.mark.parametrize(("text", "words", "edtf"), ABSOLUTE)
def test_reads_a_date_that_needs_no_other(only, text, words, edtf):
    assert resolve(only(text, words, "date").calendar).edtf == edtf


@pytest.mark.parametrize(("text", "words", "edtf"), RELATIVE)
def test_reads_a_date_counted_from_the_articles_own(only, text, words, edtf):
    calendar = only(text, words, "date").calendar
    assert resolve(calendar, PUBLISHED).edtf == edtf
    assert resolve(calendar).edtf is None


@pytest.mark.parametrize(("text", "words", "reason", "timex"), UNRESOLVED)
def test_keeps_what_it_cannot_resolve_with_a_reason(only, text, words, reason, timex):
    resolved = resolve(only(text, words, "date").calendar, PUBLISHED)
    assert (resolved.edtf, resolved.unresolved) == (None, reason)
    assert resolved.timex_value == timex


@pytest.mark.parametrize("text", NOT_DATES)
def test_leaves_other_text_alone(kinds, text):
    assert "date" not in kinds(text)


@pytest.mark.parametrize(
    ("text", "words", "comparator"),
    [("after 2013", "2013", ">"), ("before 2013", "2013", "<"), ("by 2030", "2030", "<=")],
)
def test_a_bound_that_is_no_period_is_a_comparator(only, text, words, comparator):
    assert only(text, words, "date").comparator == comparator


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They will fight Friday's ruling.", "2031-05-02"),
        ("Friday's vote will be close.", "2031-05-09"),
        ("a fee payable on June 15", "2031-06-15"),
        ("It sank on Monday; more will follow.", "2031-05-05"),
        ("It will sink; Monday was calm.", "2031-05-05"),
        ("The next tide; Monday", "2031-05-05"),
        ("He is ready to sail as soon as Friday.", "2031-05-09"),
    ],
)
def test_the_tense_around_a_day_tells_its_side(found, text, edtf):
    (date,) = [item for item in found(text).quantities if item.kind == "date"]
    assert resolve(date.calendar, PUBLISHED).edtf == edtf


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Sales rose in March after slowing in January.", ["2031-03", "2031-01"]),
        ("Sales rose 2% in May after growing 3% in August.", ["2031-05", "2030-08"]),
        ("Sales may rise in August.", ["2031-08"]),
        ("May they rise in August!", ["2031-08"]),
    ],
)
def test_a_month_is_no_verb_that_tells_the_side_of_another(found, text, dates):
    read = [item for item in found(text).quantities if item.kind == "date"]
    assert [resolve(item.calendar, PUBLISHED).edtf for item in read] == dates


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("It made $4 million, up from $3 million a year ago.", "reported"),
        ("He died a year ago.", "publication"),
    ],
)
def test_a_year_ago_beside_a_figure_is_that_of_the_report(found, text, anchor):
    (date,) = [item for item in found(text).quantities if item.kind == "date"]
    assert date.calendar.anchor == anchor


def test_two_years_are_two_dates(found):
    text = "in 2012 and 1999 it"
    assert [item.span.cut(text) for item in found(text).quantities] == ["2012", "1999"]
