"""Money: exact values in whole units of an ISO 4217 currency."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.quantities import read
from corpus.spans import Span

FOUND = [
    # text, the words found, value, currency
    ("It cost $1.4 billion.", "$1.4 billion", "1400000000", "USD"),
    ("It cost US$5 a head.", "US$5", "5", "USD"),
    ("It cost $US2.5 million.", "$US2.5 million", "2500000", "USD"),
    ("about A$3.6bn went", "A$3.6bn", "3600000000", "AUD"),
    ("about HK$120 went", "HK$120", "120", "HKD"),
    ("He paid £5m for it.", "£5m", "5000000", "GBP"),
    ("He paid €9.80 for it.", "€9.80", "9.8", "EUR"),
    ("He paid 2.5m euros for it.", "2.5m euros", "2500000", "EUR"),
    ("Rs 30 crore went missing.", "Rs 30 crore", "300000000", "INR"),
    ("The licence is RM79.", "RM79", "79", "MYR"),
    ("an 886 million-US dollar budget", "886 million-US dollar", "886000000", "USD"),
    ("three hundred yuan", "three hundred yuan", "300", "CNY"),
    ("19 cents a litre", "19 cents", "0.19", "USD"),
    ("40 pence a cup", "40 pence", "0.4", "GBP"),
    ("House prices climbed by 6,200 pounds.", "6,200 pounds", "6200", "GBP"),
    ("He owes 5 grand.", "5 grand", "5000", "USD"),
    ("She paid â‚¬3 million.", "â‚¬3 million", "3000000", "EUR"),
    ("3 million pounds were lent", "3 million pounds", "3000000", "GBP"),
    ("100 USD each", "100 USD", "100", "USD"),
    ("a debt of -$5 million", "-$5 million", "-5000000", "USD"),
    ("It cost $5 million dollars.", "$5 million dollars", "5000000", "USD"),
    ("shares at 118p", "118p", "1.18", "GBP"),
    ("some 900 pesos", "900 pesos", "900", "XXX"),
    ("half a million dollars", "half a million dollars", "500000", "USD"),
    ("a quarter million us dollars", "a quarter million us dollars", "250000", "USD"),
    ("3 dollars 50 cents", "3 dollars 50 cents", "3.5", "USD"),
    ("three dollars and forty cents", "three dollars and forty cents", "3.4", "USD"),
    ("It costs 15 dollars 50.", "15 dollars 50", "15.5", "USD"),
    ("a fee of PS8.1bn", "PS8.1bn", "8100000000", "GBP"),
    ("a fee of PS21,700", "PS21,700", "21700", "GBP"),
    ("It fell to Y=5,182.", "Y=5,182", "5182", "JPY"),
    ("some 48.5 MGBP", "48.5 MGBP", "48500000", "GBP"),
    ("usd 20 of it", "usd 20", "20", "USD"),
    ("C $6 a share", "C $6", "6", "CAD"),
    ("US$ 1MM of it", "US$ 1MM", "1000000", "USD"),
    ("8 million Danish crowns", "8 million Danish crowns", "8000000", "DKK"),
    ("a fee of #94.8 million", "#94.8 million", "94800000", "GBP"),
    ("$1/2 million of it", "$1/2 million", "500000", "USD"),
    ("$5 million Australian dollars", "$5 million Australian dollars", "5000000", "AUD"),
    ("at 20c a litre", "20c", "0.2", "USD"),
    ("2 satoshis of it", "2 satoshis", "0.00000002", "XBT"),
]
NOT_FOUND = [
    "40 pounds of flour",
    "He won 3 races.",
    "He owns two grand pianos.",
    "It cost 5 grand prix.",
    "They paid for 40 pounds of flour.",
    "She lost 40 pounds.",
    "The dollar fell.",
    "Article 5 of it",
    "5G and 4K",
    "a centre of 40 beds",
    "the third dollar bill",
    "The PS5 sold well.",
    "LIPS8 sold well.",
    "The #5 boat won.",
    "The 20c block.",
    "3 millions of them",
]


@pytest.mark.parametrize(("text", "words", "value", "unit"), FOUND)
def test_finds_the_amount_and_its_currency(only, text, words, value, unit):
    amount = only(text, words, "money")
    assert (amount.value, amount.unit) == (value, unit)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_leaves_other_text_alone(kinds, text):
    assert "money" not in kinds(text)


def test_a_bare_dollar_is_less_certain_than_a_named_one(only):
    assert only("It cost $5.", "$5", "money").score < only("It cost US$5.", "US$5", "money").score


CONTEXT = [
    # text, what "$3" is, beside the other amounts of the text
    ("It cost $3.", "USD"),
    ("The loan of US$5 (A$7) is repaid; $3 is owed.", "AUD"),
    ("A fee of A$7; $3 is owed.", "USD"),
    ("A fee of US$7; $3 is owed.", "USD"),
    ("A fee of US$7, C$8 and A$9; $3 is owed.", "USD"),
    ("All figures are in Canadian dollars. It lost $3.", "CAD"),
    ("All figures are in thousands. It lost $3.", "USD"),
    ("All figures in euros. It lost $3.", "USD"),
]


@pytest.mark.parametrize(("text", "unit"), CONTEXT)
def test_a_bare_dollar_is_read_by_what_the_text_says_of_dollars(found, text, unit):
    money = {item.span.cut(text): item.unit for item in found(text).quantities}
    assert money["$3"] == unit


@pytest.mark.xfail(strict=True, reason="reads five million dollars; the homes cost a million each")
def test_five_homes_of_a_million_each_are_five(found):
    assert found("He built five million-dollar homes.").quantities[0].value == "5"


APART = [
    # text, the amounts found
    ("15 dollars and 15 people", ["15 dollars"]),
    ("15 dollars and 5.", ["15 dollars"]),
    ("15 dollars 500.", ["15 dollars"]),
    ("1.5 dollars 50 cents", ["1.5 dollars", "50 cents"]),
    ("3 euros 50 cents", ["3 euros", "50 cents"]),
    ("$3 50 cents", ["$3", "50 cents"]),
    ("3 dollars; 50 cents", ["3 dollars", "50 cents"]),
    ("3 cents 50.", ["3 cents"]),
    ("3 dollars 50th.", ["3 dollars"]),
]


@pytest.mark.parametrize(("text", "words"), APART)
def test_leaves_two_amounts_apart(found, text, words):
    money = [item for item in found(text).quantities if item.kind == "money"]
    assert [item.span.cut(text) for item in money] == words


@given(st.decimals(min_value=1, max_value=10**9, places=2), st.text(alphabet="abc \n", max_size=30))
def test_a_written_amount_is_read_back_whole(value, before):
    text = f"{before} €{value:,}"
    (amount,) = read(text, [Span(0, len(text))]).quantities
    assert (Decimal(amount.value), amount.span.end) == (value, len(text))
