"""Clock times: alone, spoken, as ranges, and as hours of the day beside them."""

from __future__ import annotations

import pytest

from corpus.quantities.calendar import Interval, resolve

PUBLISHED = Interval(20310507, 20310507, "2031-05-07")
"""A Wednesday."""

TIMES = [
    # text, the words found, TIMEX3
    ("It left at 8:30 p.m.", "8:30 p.m.", "T20:30"),
    ("It left at 15:04:05 GMT.", "15:04:05 GMT", "T15:04:05"),
    ("It left at 8.30 a.m. sharp", "8.30 a.m.", "T08:30"),
    ("It left at midday.", "midday", "T12:00"),
    ("It left at eight o'clock.", "eight o'clock", "T08:00"),
    ("It left at 8 o'clock at night.", "8 o'clock at night", "T20:00"),
    ("It left at 4 in the morning.", "4 in the morning", "T04:00"),
    ("It left at half past ten.", "half past ten", "T10:30"),
    ("It left at a quarter past nine.", "a quarter past nine", "T09:15"),
    ("It left at quarter to one.", "quarter to one", "T12:45"),
    ("It left at twenty past 8 in the evening.", "twenty past 8 in the evening", "T20:20"),
    ("It left at 5 minutes to nine.", "5 minutes to nine", "T08:55"),
    ("It left at ten past nine.", "ten past nine", "T09:10"),
    ("It was open from 3 to 5pm.", "from 3 to 5pm", "T15:00"),
    ("It was open between 9 and half past ten.", "between 9 and half past ten", "T09:00"),
    ("It was open 10 to 2pm.", "10 to 2pm", "T10:00"),
    ("It was open 8-9am.", "8-9am", "T08:00"),
    ("It was open 10am-12pm.", "10am-12pm", "T10:00"),
    ("It was open from 7:00 to 8:00pm.", "from 7:00 to 8:00pm", "T19:00"),
    ("It was open from noon to 8 p.m.", "from noon to 8 p.m.", "T12:00"),
    ("It was open from 13 to 18:30.", "from 13 to 18:30", "T13:00"),
    ("It was open 0 to 1pm.", "0 to 1pm", "T00:00"),
]
DAYS = [
    # text, the words found, EDTF
    ("It sank at noon on Monday.", "noon on Monday", "2031-05-05T12:00:00"),
    ("It sank on Monday at about 9 p.m.", "Monday at about 9 p.m.", "2031-05-05T21:00:00"),
    ("It sank last night at 9:30.", "last night at 9:30", "2031-05-06T21:30:00"),
    ("It sails tonight at 1 a.m.", "tonight at 1 a.m.", "2031-05-07T01:00:00"),
    (
        "It will open on Monday from 3 to 5pm.",
        "Monday from 3 to 5pm",
        "2031-05-12T15:00:00/2031-05-12T17:00:00",
    ),
    (
        "open from 10pm to 2am on 1 May 2031",
        "from 10pm to 2am on 1 May 2031",
        "2031-05-01T22:00:00/2031-05-02T02:00:00",
    ),
    (
        "open 10 p.m. to 11:00:30 p.m. on 1 May 2031",
        "10 p.m. to 11:00:30 p.m. on 1 May 2031",
        "2031-05-01T22:00:00/2031-05-01T23:00:30",
    ),
    (
        "open yesterday afternoon between 1 and 3:30",
        "yesterday afternoon between 1 and 3:30",
        "2031-05-06T13:00:00/2031-05-06T15:30:00",
    ),
]
NO_TIMES = [
    "It killed 4 in the morning.",
    "They won five to nine.",
    "a half to ten of them",
    "It fell 90 past 8.",
    "It ran past nine of them.",
    "at 13 p.m.",
    "at 25:10",
    "eight boats past the quay",
]


def clocks(found, text):
    return [item for item in found(text).quantities if item.calendar and item.calendar.clock]


@pytest.mark.parametrize(("text", "words", "timex"), TIMES)
def test_a_clock_time_waits_for_its_day(found, text, words, timex):
    (item,) = clocks(found, text)
    resolved = resolve(item.calendar, PUBLISHED)
    assert (item.span.cut(text), resolved.timex_value) == (words, timex)
    assert resolved.unresolved == "a clock time without its day"


@pytest.mark.parametrize(("text", "words", "edtf"), DAYS)
def test_a_day_takes_the_hours_beside_it(found, text, words, edtf):
    (item,) = clocks(found, text)
    assert (item.span.cut(text), resolve(item.calendar, PUBLISHED).edtf) == (words, edtf)


@pytest.mark.parametrize("text", NO_TIMES)
def test_leaves_other_text_alone(found, text):
    assert not clocks(found, text)


@pytest.mark.parametrize(
    ("text", "words", "comparator"),
    [
        ("It sails today before 4pm.", "today before 4pm", "<"),
        ("It sails tomorrow by 10 in the morning.", "tomorrow by 10 in the morning", "<"),
        ("It sails on Monday after noon.", "Monday after noon", ">"),
        ("It sails on Monday at noon.", "Monday at noon", "="),
    ],
)
def test_a_bound_on_the_hour_is_a_comparator(found, text, words, comparator):
    (item,) = clocks(found, text)
    assert (item.span.cut(text), item.comparator) == (words, comparator)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It shut at noon before Monday came.", ["noon", "Monday"]),
        ("It shut 4pm and 5pm.", ["4pm", "5pm"]),
        ("It shut 7 and 5pm.", ["5pm"]),
        ("It shut 77 to 5pm.", ["5pm"]),
        ("It shut Monday at 4pm, 5pm", ["Monday at 4pm", "5pm"]),
        ("It was open May 1 to May 3, 2031 at noon", ["May 1 to May 3, 2031", "noon"]),
    ],
)
def test_what_does_not_belong_together_stays_apart(found, text, words):
    dates = [item.span.cut(text) for item in found(text).quantities if item.kind == "date"]
    assert [word for word in words if word in dates] == words


def test_hours_at_the_end_of_the_calendar_stay_in_it(found):
    (item,) = clocks(found, "from 10pm to 2am on 2031-05-07")
    last = Interval(99991231, 99991231, "9999-12-31")
    assert resolve(item.calendar).latest == 20310508
    (item,) = clocks(found, "It is open today from 10pm to 2am.")
    assert resolve(item.calendar, last).edtf == "9999-12-31T22:00:00/9999-12-31T02:00:00"
