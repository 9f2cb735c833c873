"""Long tables of dates and hours are read in full; pages of nothing but days are refused whole."""

from __future__ import annotations

import pytest

from corpus.quantities.dates.crowds import MANY, WHY, WITHIN

TIMETABLE = "\n".join(
    f"Stop {stop:<4}" + " ".join(f"{hour}:{stop:02d}" for hour in range(4, 24))
    for stop in range(10, 60)
)
BIRTHDAYS = "\n".join(
    f"{month} {day:<4}Ann Lee          {month} {day + 14:<4}Otto Quill"
    for month in ("January", "March", "June", "July", "October", "December")
    for day in range(1, 6)
)
YEAR = "\n".join(
    f"{weekday}, {month} {day}" for month in ("Feb.", "March", "April", "June", "July", "Oct.")
    for day, weekday in enumerate(("Monday", "Tuesday", "Friday", "Sunday") * 7, start=1)
)  # fmt: skip
DENSE = WITHIN // MANY


@pytest.mark.parametrize(("text", "dates"), [(TIMETABLE, 50 * 20), (BIRTHDAYS, 60), (YEAR, 6 * 28)])
def test_a_table_of_dates_is_read_in_full(found, text, dates):
    result = found(text)
    assert sum(item.kind == "date" for item in result.quantities) == dates
    assert WHY not in {item.reason for item in result.designators}


@pytest.mark.parametrize("shape", ["May 1, ", "Q1 ", "of May ", "8:30 ", "2019 ", "Monday, May 1 "])
def test_pages_of_nothing_but_days_are_refused_as_one(found, shape):
    result = found(shape * 5000)
    assert result.quantities == []
    assert [item.reason for item in result.designators] == [WHY]


def test_the_text_around_a_crowd_is_read(found):
    crowd, between = "of May " * MANY, "It is shut. " * (WITHIN // 12)
    text = f"It sank on 3 May 2030. {between}{crowd}{between}{crowd}{between}In June 2031"
    result = found(text)
    assert [item.span.cut(text) for item in result.quantities] == ["3 May 2030", "June 2031"]
    assert [item.reason for item in result.designators] == [WHY, WHY]


def test_a_crowd_has_its_number_of_marks_in_its_number_of_code_points(found):
    shape = "of May ".ljust(DENSE)
    assert found(shape * MANY).quantities == []
    assert len(found(shape * (MANY - 1)).quantities) == MANY - 1
    assert len(found(f"{shape} " * MANY).quantities) == MANY
