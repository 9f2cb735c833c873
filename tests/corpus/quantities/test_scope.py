"""Scope: the date a figure is about."""

from __future__ import annotations

import pytest

FOUND = [
    # text, the figure's words, the date's words
    ("Trade exceeded $260 billion in 2024.", "$260 billion", "2024"),
    ("In 2024, it got 3 million tourists, 5 percent more than in 2019.", "3 million", "2024"),
    ("It sold 40 boats in 2024, and none in 2025.", "40", "2024"),
    ("On Monday it sold 40 boats.", "40", "Monday"),
    ("The hull, bought for £1,200 in 1972, fetched £1.9m.", "£1,200", "1972"),
    ("In 1972 the hull, bought for £1,200, sank with 40 men.", "40", "1972"),
    ("The hull, bought for £1,200, fetched £1.9m in 2024.", "£1.9m", "2024"),
    ("The mill, which has 90 looms, sold 40 boats in 2024.", "40", "2024"),
    ("In 2024 the mill, which sold 40 boats, shut.", "40", "2024"),
    ("It sold 40 boats in 2024, up from 35 boats in 2019.", "35", "2019"),
    ("It took 41 percent against 38 percent in the 2026 vote.", "38 percent", "2026"),
    ("It hurt 40 men and more than 60 women in 2024.", "40", "2024"),
    ("It came with 40 boats from 12 ports in 2024.", "40", "2024"),
    ("Its 2024 budget of $3 million was cut.", "$3 million", "2024"),
    ("It has had 40 boats since 2024.", "40", "2024"),
    ("The toll rose to 40 from 35 on Monday.", "40", "Monday"),
    ("It moved 40 boats in 2024.", "40", "2024"),
    ("It spent 90 on 40 boats for the fair in 2024.", "90", "2024"),
]
NONE = [
    ("He said on Monday that 40 boats sank.", "40"),
    ("It sold 40 boats. In 2019 it shut.", "40"),
    ("It rose 12 percent from 2019.", "12 percent"),
    ("The mill on Monday reported 40 boats.", "40"),
    ("It revealed on Monday that 40 boats sank.", "40"),
    ("The mill, which has 90 looms, sold 40 boats in 2024.", "90"),
    ("The mill, founded in 1987, has 90 looms.", "90"),
    ("The hull, bought for £1,200 in 1972, fetched £1.9m.", "£1.9m"),
    ("The hull, bought for £1,200 in 1972, fetched £1.9m and 40 bids.", "40"),
    ("The pier, opened to boats in 1972, has 90 berths.", "90"),
    ("The pier, dating from 1972, has 90 berths.", "90"),
    ("The mill, which shut in 1987, had 90 looms.", "90"),
    ("It has 90 looms, which were built in 1987.", "90"),
    ("It cost $4 million, up from $3 million a year earlier.", "$4 million"),
    ("It set aside $4 million, more than double the $3 million it paid in 2024.", "$4 million"),
    ("It took 41 percent compared with 38 percent in the 2026 vote.", "41 percent"),
    ("It took 41 percent, its lowest since 1998.", "41 percent"),
    ("The toll rose to 40 from 35 a year earlier.", "40"),
    ("It is 84 percent full, 11 points higher than at this time last year.", "84 percent"),
    ("It took 9 percent, down four points since 2024, of 90 seats.", "90"),
    ("It moved the case of the 40 boats to 4 August.", "40"),
    ("It had three times what it made in 2024.", "three"),
    ("Its 48 inns were 71 percent full against 66 percent in 2024.", "48"),
    ("It has 90 men and had a budget of $40 for 2024.", "90"),
    ("They voted by 40 to drop the 2019 law.", "40"),
    ("It closed at $40, cheaper than on Friday.", "$40"),
    ("It sold 40 boats, and the 60 vans came in 2024.", "40"),
    ("Crews found the hull of a ferry in 2024, and 40 men are lost.", "40"),
]


@pytest.mark.parametrize(("text", "words", "date"), FOUND)
def test_links_the_date(found, text, words, date):
    (item,) = [item for item in found(text).quantities if item.span.cut(text) == words]
    assert item.scope_span.cut(text) == date


@pytest.mark.parametrize(("text", "words"), NONE)
def test_links_no_other_date(found, text, words):
    (item,) = [item for item in found(text).quantities if item.span.cut(text) == words]
    assert item.scope_span is None
