"""Changes: direction, start and baseline beside a positive value."""

from __future__ import annotations

import pytest

FOUND = [
    # text, direction, baseline, ambiguous
    ("Trade rose 12 percent from 2019.", "increase", "2019", False),
    ("Trade rose by about 12 percent.", "increase", None, False),
    ("Trade is down 3 percentage points.", "decrease", None, False),
    ("Sales fell sharply by 40 percent.", "decrease", None, False),
    ("an 18 percent increase from the previous year", "increase", "the previous year", False),
    ("a 64 percent of year-on-year increase", "increase", None, True),
    ("an increase of 12 percent", "increase", None, False),
    ("12 percent higher than in 2019", "increase", "2019", False),
    ("It grew 5 percent year-on-year.", "increase", "year-on-year", False),
    ("It cut 300 jobs.", "decrease", None, False),
    ("Crude settled down $1.14 there.", "decrease", None, False),
    ("The share lost $1.14 there.", "decrease", None, False),
    ("It lost $3 billion in market value.", "decrease", None, False),
    ("It had a loss of 3 percent.", "decrease", None, False),
    ("The lake sank 3 km.", "decrease", None, False),
    ("It wants to grow its sales by 35 per cent.", "increase", None, False),
    ("They reduced the fares of ferries by 3 euros.", "decrease", None, False),
    ("The index closed down 2 percent.", "decrease", None, False),
    ("Sales were plummeting 65 percent.", "decrease", None, False),
    ("an index advancing about 2 percent", "increase", None, False),
    ("It rose a whopping 20 percent.", "increase", None, False),
    ("We are now up 40 boats.", "increase", None, False),
    ("It is up $3.", "increase", None, False),
    ("It will raise taxes by $3 billion.", "increase", None, False),
    ("a 12 point jump", "increase", None, False),
    ("Profit was $40 million, up from $35 million.", "increase", "$35 million", False),
    ("Sales were 40 boats at Oss, down from about 55 boats.", "decrease", "55", False),
    ("It rose a further 3 percent in May.", "increase", None, False),
    ("real pay is 3 per cent lower", "decrease", None, False),
    ("Sales doubled to 40 boats.", "increase", None, False),
    ("Sales have more than tripled to $40 since 2019.", "increase", "2019", False),
    ("The toll halved to 40.", "decrease", None, False),
    ("Fares climbed an average of 40 euros.", "increase", None, False),
    ("They lost an average of 4 kg.", "decrease", None, False),
    ("It is 12 percent fewer than in the spring of 2030.", "decrease", "spring of 2030", False),
    ("It is 12 cents weaker than on Friday.", "decrease", "Friday", False),
    ("It won 40 more than in 2019.", "increase", "2019", False),
    ("It is 12 percent higher than at this time last year.", "increase", "last year", False),
    ("They wait two weeks longer than in 2019.", "increase", "2019", False),
    ("It is up a tenth on the previous year.", "increase", "the previous year", False),
]
NOT_CHANGES = [
    "It had a net loss of A$120 million.",
    "It had an annual loss of $3.",
    "It booked a $4 million loss.",
    "It lost $3 million in May.",
    "It was losing $3 million a day.",
    "The ferry sank about 3 km off Brill.",
    "It crashed 3 km to the north of Brill.",
    "They settled down in 40 homes.",
    "Trade rose to 12 percent.",
    "They laid off 300 men.",
    "He picked up 40 boats.",
    "12 percent of boats",
    "300 more boats",
    "It closed down 40 shops.",
    "They gave up 517 boats.",
    "It added a 30-metre wing.",
    "2 metres below the mark",
    "It was rated by 40 pilots.",
    "moved from pay cuts to 3 percent",
    "She raised $33 million.",
    "She was raising two sons.",
    "They freed up $26 million.",
    "They dug up 40 boats.",
    "At one rally they sang.",
    "Ratings have risen above 50 percent.",
    "He cut the 35 percent rate.",
    "It has been raised three times.",
    "It rallied 40 men.",
    "He saw one big drop.",
    "It lost a 40-metre wall.",
    "Profit was $40 million, far from $35 million.",
    "Profit was $40 million, up from 35 boats.",
    "They came to 40 ports.",
    "They doubled for 40 boats.",
    "It lies 12 miles off Brill.",
    "Fares start at $35 and rise at noon.",
    "It won 40 more than Brill.",
    "They wait two weeks longer.",
]


@pytest.mark.parametrize(("text", "direction", "baseline", "ambiguous"), FOUND)
def test_reads_the_change(found, text, direction, baseline, ambiguous):
    item = next(item for item in found(text).quantities if item.kind != "date")
    change = item.change
    assert (change.direction, change.baseline, change.ambiguous) == (direction, baseline, ambiguous)


@pytest.mark.xfail(strict=True, reason="what falls short of a mark does not fall")
def test_falling_short_is_no_change(found):
    assert found("Support falls four points short of it.").quantities[0].change is None


@pytest.mark.parametrize("text", NOT_CHANGES)
def test_leaves_levels_alone(found, text):
    assert found(text).quantities[0].change is None


def test_reads_a_change_with_years_between(only):
    text = "It rose from 3.1 percent in 2019 to 3.6 percent in 2020."
    change = only(text, "3.6 percent", "percent").change
    assert (change.direction, change.start) == ("increase", "3.1")


def test_a_verb_is_read_on_where_it_is_not_said_again(found):
    first, second = found("Oss was down 2 percent, Brill by 3 percent.").quantities
    assert (first.change.direction, second.change.direction) == ("decrease", "decrease")


def test_a_list_reads_on(found):
    text = "Pay fell by 17 percent at Oss Pier, 5 percent at Brill and 4 percent of it at Odd."
    changes = [item.change for item in found(text).quantities]
    assert [change.direction if change else None for change in changes] == [
        "decrease",
        "decrease",
        None,
    ]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("It rose 38 cents, or 2 percent, to $18.", ["increase", "increase", None]),
        ("It settled down $1.14, or 1.6%, at $70.", ["decrease", "decrease", None]),
        ("It is up 4 trillion yen or 50 percent year on year.", ["increase", "increase"]),
        ("It fell 231 points (0.8 percent).", ["decrease", "decrease"]),
        ("It cut 300 jobs, or about a tenth of its staff.", ["decrease", "decrease"]),
        ("It rose 4 cents a litre, or about 3 percent.", ["increase", "increase"]),
        ("It rose 38 cents; 2 percent were spent.", ["increase", None]),
        ("It is worth 38 cents, or 2 percent.", [None, None]),
        ("It rose 38 cents on 2 percent of days.", ["increase", None]),
    ],
)
def test_the_same_movement_in_another_unit_shares_the_change(found, text, changes):
    read = [item.change for item in found(text).quantities]
    assert [change.direction if change else None for change in read] == changes


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It won 42 of 60 seats, up from just 11.", ["42"]),
        ("It won 42 of 60 seats, with 11 to come.", []),
        ("It won 60 seats, up from 11.", ["60"]),
        ("It cut 42 of 60 seats.", ["42"]),
    ],
)
def test_what_is_compared_is_the_part_and_not_the_whole(found, text, values):
    counts = [item for item in found(text).quantities if item.kind == "count"]
    assert [item.value for item in counts if item.change] == values


def test_the_day_of_a_movement_is_no_baseline(found):
    item = found("The toll rose to 128 from 97 on Wednesday.").quantities[0]
    assert (item.change.start, item.change.baseline) == ("97", None)


def test_job_cuts_are_counted_and_no_cut_of_jobs(only):
    count = only("It told of 300 job cuts.", "300", "count")
    assert (count.change, count.concept) == (None, "job cuts")
