"""Rates: what a figure is counted per."""

from __future__ import annotations

import pytest

FOUND = [
    # text, per
    ("400 flights per week between them", "week"),
    ("52,000 barrels a day", "day"),
    ("400 to 600 sheep were driven to the fair each year", "year"),
    ("$5 an hour", "hour"),
    ("3.5 tonnes per hectare per year", "hectare per year"),
    ("12 litres per 100 km", "100 kilometre"),
    ("40 deaths per 100,000 people", "100000 people"),
    ("40 deaths per 1,000 or so", "1000"),
    ("40 deaths per million births", "million birth"),
    ("€9.80 per square metre", "square metre"),
    ("a 52,000 barrel-a-day plant", "day"),
    ("$24 a-year fees", "year"),
    ("10 kV/cm fields", "centimetre"),
    ("$2 per mmBTU", "mega british thermal unit"),
    ("3 kg/day", "day"),
    ("40 boats daily", "day"),
    ("$10 per barrels", "barrel"),
    ("40 boats annually", "year"),
    ("40 boats leave the port annually", "year"),
    ("C$6 (US$4.46) per share", "share"),
    ("$6 per share (€4.46)", "share"),
]
NOT_RATES = [
    "40 boats a day later",
    "40 boats in a week",
    "40 boats; 3 trucks each week",
    "40 people",
    "40 km/x of it",
    "$6 (€4.46) of shares",
    "$6 and €4.46 per share",
]


@pytest.mark.parametrize(("text", "per"), FOUND)
def test_reads_the_rate(found, text, per):
    assert found(text).quantities[0].per == per


@pytest.mark.parametrize("text", NOT_RATES)
def test_leaves_plain_amounts_alone(found, text):
    assert found(text).quantities[0].per is None


@pytest.mark.parametrize("text", ["C$6 (US$4.46) per share", "$6 per share (€4.46)"])
def test_the_rate_belongs_to_the_amount_in_brackets_too(found, text):
    assert [item.per for item in found(text).quantities] == ["share", "share"]


def test_an_amount_in_brackets_keeps_its_own_rate(found):
    text = "C$6 per month (or US$54 per year)"
    assert [item.per for item in found(text).quantities] == ["month", "year"]


def test_what_a_rate_is_per_is_no_figure_by_itself(found):
    quantities = found("40 deaths per 100,000 people in 12 towns").quantities
    assert [item.value for item in quantities] == ["40", "12"]
