"""A change in percent, worked out as “by” and as “to”."""

import pytest

from claims.admin.desk.working import both_ways
from claims.models import Claim


def percent(value, direction="increase", **fields):
    change = {"direction": direction} if direction else None
    names = {"kind": "percent", "unit": "%", "value": value, "change": change}
    return Claim(pk=1, sentence_start=0, sentence_end=90, **names | fields)


def amount(value="5000", **fields):
    names = {"kind": "count", "value": value, "sentence_start": 0, "sentence_end": 90}
    return Claim(pk=2, **names | fields)


SUMS = [
    (percent("178"), "after = 2.78 × before", "after = 1.78 × before"),
    (percent("12.5"), "after = 1.125 × before", "after = 0.125 × before"),
    (percent("40", "decrease"), "after = 0.6 × before", "after = 0.4 × before"),
    (percent("100"), "after = 2 × before", "after = 1 × before"),
]


@pytest.mark.parametrize(("claim", "by", "to"), SUMS)
def test_a_change_is_worked_out_both_ways(claim, by, to):
    ways = both_ways(claim, [])
    assert [one.sums[0] for one in ways] == [by, to]


def test_an_amount_in_the_same_sentence_gives_the_base():
    by, to = both_ways(percent("178"), [percent("178"), amount()])
    assert by.way == "rose by 178 %"
    assert by.sums[1] == "if 5,000 is after: before = 5,000 ÷ 2.78 ≈ 1,798.56"
    assert to.way == "rose to 178 %"
    assert to.sums[1] == "if 5,000 is after: before = 5,000 ÷ 1.78 ≈ 2,808.99"
    (exact, _) = both_ways(percent("25"), [amount()])
    assert exact.sums[1].endswith("= 4,000")


NO_BASE = [amount(sentence_start=91, sentence_end=120), amount(""), amount(kind="ordinal")]


@pytest.mark.parametrize("other", NO_BASE)
def test_other_figures_give_no_base(other):
    assert all(len(one.sums) == 1 for one in both_ways(percent("178"), [other]))


def test_a_fall_to_nothing_has_no_base():
    by, _ = both_ways(percent("100", "decrease"), [amount()])
    assert by.sums == ["after = 0 × before"]


NO_CHANGE = [percent("178", None), percent("178", unit="pp"), percent(""), amount()]


@pytest.mark.parametrize("claim", NO_CHANGE)
def test_what_is_no_change_in_percent_is_not_worked_out(claim):
    assert both_ways(claim, [amount()]) == []
