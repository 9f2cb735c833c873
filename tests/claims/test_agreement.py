"""Shares with their intervals, and agreement beyond chance, against published examples."""

import pytest

from claims.agreement import kappa, share


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        # R. G. Newcombe 1998, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_the_interval_of_a_share(count, of, low, high):
    found = share(count, of)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)
    assert found.value == count / of


def test_of_nothing_nothing_is_known():
    assert (share(0, 0).value, share(0, 0).low, share(0, 0).high) == (None, 0.0, 1.0)


def pairs(both_yes, yes_no, no_yes, both_no):
    rows = (("y", "y", both_yes), ("y", "n", yes_no), ("n", "y", no_yes), ("n", "n", both_no))
    return [(one, other) for one, other, count in rows for _ in range(count)]


@pytest.mark.parametrize(
    ("table", "value"),
    [((20, 5, 10, 15), 0.4), ((45, 15, 25, 15), 0.1304), ((0, 10, 10, 0), -1.0)],
)
def test_agreement_beyond_chance(table, value):
    found = kappa(pairs(*table))
    assert found.value == pytest.approx(value, abs=1e-4)
    assert found.low <= found.value <= found.high


def test_agreement_is_not_defined_without_pairs_or_without_variety():
    assert kappa([]) is None
    assert kappa([("y", "y")] * 5) is None
