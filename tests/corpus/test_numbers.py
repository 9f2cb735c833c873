"""Numbers in digits and words: exact values, or a reason why there is none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numbers import exact, figures

READ = [
    # text, the words found, exact value
    ("7 boats", "7", "7"),
    ("1,250 boats", "1,250", "1250"),
    ("12,34,567 voters", "12,34,567", "1234567"),
    ("1,00,000 voters", "1,00,000", "100000"),
    ("3.75 points", "3.75", "3.75"),
    ("2.50 euros", "2.50", "2.5"),
    ("a rise of .5 points", ".5", "0.5"),
    ("2.5 million tonnes", "2.5 million", "2500000"),
    ("3.2bn viewers", "3.2bn", "3200000000"),
    ("30 crore", "30 crore", "300000000"),
    ("6 lakh crore", "6 lakh crore", "6000000000000"),
    ("seven boats", "seven", "7"),
    ("Twenty-one boats", "Twenty-one", "21"),
    ("two hundred and five boats", "two hundred and five", "205"),
    ("nineteen hundred boats", "nineteen hundred", "1900"),
    ("one hundred thousand", "one hundred thousand", "100000"),
    ("one hundred and twenty-three million", "one hundred and twenty-three million", "123000000"),
    (
        "two million three hundred thousand and five",
        "two million three hundred thousand and five",
        "2300005",
    ),
    ("a hundred boats", "a hundred", "100"),
    ("a hundred and fifty boats", "a hundred and fifty", "150"),
    ("a hundred thousand boats", "a hundred thousand", "100000"),
    ("a thousand two hundred", "a thousand two hundred", "1200"),
    ("a dozen eggs", "a dozen", "12"),
    ("three dozen eggs", "three dozen", "36"),
    ("half a million", "half a million", "500000"),
    ("half a dozen", "half a dozen", "6"),
    ("a half million", "a half million", "500000"),
    ("one and a half litres", "one and a half", "1.5"),
    ("two and a half million", "two and a half million", "2500000"),
    ("one and three-quarters", "one and three-quarters", "1.75"),
    ("5 1/2 hours", "5 1/2", "5.5"),
    ("at 101-3/4 there", "101-3/4", "101.75"),
    ("at 5.82-1/2 there", "5.82-1/2", "5.825"),
    ("at 5.82 1/4 there", "5.82 1/4", "5.8225"),
    ("at 5.82½ there", "5.82½", "5.825"),
    ("5½ hours", "5½", "5.5"),
    ("¾ of it", "¾", "0.75"),
    ("five point five", "five point five", "5.5"),
    ("minus 12 degrees", "minus 12", "-12"),
    ("at \u221212 degrees", "\u221212", "-12"),
    ("at -12 degrees", "-12", "-12"),
    ("one-third of them", "one-third", "1/3"),
    ("two thirds of them", "two thirds", "2/3"),
    ("a third of them", "a third", "1/3"),
    ("three-quarters of them", "three-quarters", "0.75"),
    ("7/10 of them", "7/10", "0.7"),
    ("half of them", "half", "0.5"),
    ("the 21st time", "21st", "21"),
    ("the twenty-first time", "twenty-first", "21"),
    ("a third party", "third", "3"),
    ("three dozens", "three dozens", "36"),
    ("fifty - two boats", "fifty - two", "52"),
    ("five - eighths of it", "five - eighths", "0.625"),
    ("half million", "half million", "500000"),
    ("hundred thousand boats", "hundred thousand", "100000"),
    ("a quarter million boats", "a quarter million", "250000"),
    ("three quarters billion", "three quarters billion", "750000000"),
    ("two thirds of a million", "two thirds of a million", "2000000/3"),
    ("a third of a million", "a third of a million", "1000000/3"),
    ("three and a fifth of it", "three and a fifth", "3.2"),
    ("twenty and three fifths", "twenty and three fifths", "20.6"),
    ("one hundred and three quarters", "one hundred and three quarters", "100.75"),
    ("3 million and a half", "3 million and a half", "3500000"),
    ("two million and one half", "two million and one half", "2500000"),
    ("one billion and a quarter million", "one billion and a quarter million", "1000250000"),
    ("3 hundred and 21 boats", "3 hundred and 21", "321"),
    ("3 hundred and one boats", "3 hundred and one", "301"),
    ("6 crore and two hundred", "6 crore and two hundred", "60000200"),
    ("one trillion and three hundred", "one trillion and three hundred", "1000000000300"),
    ("zero point zero eight", "zero point zero eight", "0.08"),
    ("nought point nought three", "nought point nought three", "0.03"),
    ("naught point eleven", "naught point eleven", "0.11"),
    ("two hundredth", "two hundredth", "200"),
    ("a hundred trillionths", "a hundred trillionths", "0.0000000001"),
    ("three twenty-firsts", "three twenty-firsts", "1/7"),
    ("one hundred thirty-fifths", "one hundred thirty-fifths", "20/7"),
    ("about 40 000 boats", "40 000", "40000"),
    ("40 000 boats", "40 000", "40000"),
    ("In May 40\u202f000 came", "40\u202f000", "40000"),
    ("a sum of 1 234 567.89", "1 234 567.89", "1234567.89"),
    ("3 million dozen eggs", "3 million dozen", "36000000"),
    ("two million million", "two million million", "2000000000000"),
    ("a million million of them", "a million million", "1000000000000"),
    ("80, 000 boats", "80, 000", "80000"),
    ("1, 500, 000 boats", "1, 500, 000", "1500000"),
    ("1,500 million boats", "1,500 million", "1500000000"),
    ("one over twenty.", "one over twenty", "0.05"),
    ("1 over 3", "1 over 3", "1/3"),
    ("minus two thirds of it", "minus two thirds", "-2/3"),
    ("a twenty-first of it", "a twenty-first", "1/21"),
    ("a twenty-first birthday", "twenty-first", "21"),
    ("two hundreds", "two hundreds", "200"),
    ("3 thousands", "3 thousands", "3000"),
    ("at - 20 degrees", "- 20", "-20"),
    ("a fall to \u2212 20 degrees", "\u2212 20", "-20"),
    ("- 20 degrees", "- 20", "-20"),
    ("it was mild - 20 degrees", "20", "20"),
    ("- 20 boats\n- no crew", "20", "20"),
    ("net loss\t(1,204)\t", "(1,204)", "-1204"),
    ("Otto Quill (4) scored", "4", "4"),
    ("2e6 cells", "2e6", "2000000"),
    ("1.3e6 cells", "1.3e6", "1300000"),
    ("12e-1 of it", "12e-1", "1.2"),
    ("6.25x10^-2 grams", "6.25x10^-2", "0.0625"),
    ("1.1^2 of it", "1.1^2", "1.21"),
    ("-2.5^-1", "-2.5^-1", "-0.4"),
]
TWO = [
    ("3-5 boats", ["3", "5"]),
    ("two million and some three boats", ["two million", "three"]),
    ("one two", ["one", "two"]),
    ("5 7/3", ["5", "7/3"]),
    ("two third boats", ["two", "third"]),
    ("twelve twenty", ["twelve", "twenty"]),
    ("two and three", ["two", "three"]),
    ("75 -300mm", ["75", "300"]),
    ("On May 5 300 people came", ["5", "300"]),
    ("In 2019 300 people came", ["2019", "300"]),
    ("about 67 104 1 of it", ["67", "104", "1"]),
    ("2 million and 300 boats", ["2 million", "300"]),
    ("two million and three boats", ["two million", "three"]),
    ("3 hundred and 2 hundred", ["3 hundred", "2 hundred"]),
    ("fifty - sixty boats", ["fifty", "sixty"]),
    ("three - two", ["three", "two"]),
    ("killed two and a third man", ["two", "third"]),
    ("two and one thirds", ["two", "one"]),
    ("12E6 and 3", ["12", "6", "3"]),
    ("22,24,26 of them", ["22", "24", "26"]),
    ("one over par 3", ["one", "3"]),
    ("one over 20 boats", ["one", "20"]),
    ("two over three.", ["two", "three"]),
    ("1, 500 boats", ["1", "500"]),
    ("in 2019 million-euro deals", ["2019"]),
    ("0^2 and 3", ["0", "2", "3"]),
    ("6 crore and two boats", ["6 crore", "two"]),
    ("3 million and 21 boats", ["3 million", "21"]),
]
REFUSED = [
    ("5.8-1/2", "not one number"),
    ("5.82-9/8", "not one number"),
    ("1.2.3", "not one number"),
    ("1,5", "not one number"),
    ("5,000,00", "not one number"),
    ("1.234,5", "not one number"),
    ("007", "leading zero"),
    ("9" * 5000, "too many digits"),
    ("0." + "3" * 60, "too many digits"),
    ("\u0663\u0664", "digits of another script"),
    ("1e400", "too high a power"),
    ("2^99999", "too high a power"),
    ("6 x 10^400", "too high a power"),
    ("two million trillion trillion", "too large"),
    ("1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9,1", "not one number"),
    ("22,24", "not one number"),
    ("12\u0663", "digits of another script"),
    ("\uff1112", "digits of another script"),
]
NONE = [
    "",
    "no figures here",
    "a quarter hour",
    "an hour",
    "someone else",
    "attention",
    "come to naught",
    "often",
]


@pytest.mark.parametrize(("text", "words", "value"), READ)
def test_reads_the_figure_and_its_exact_value(text, words, value):
    (figure,) = figures(text)
    assert (figure.span.cut(text), exact(figure.value)) == (words, value)


@pytest.mark.parametrize(("text", "words"), TWO)
def test_does_not_join_what_is_two_figures(text, words):
    assert [figure.span.cut(text) for figure in figures(text)] == words


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_refuses_digits_that_are_not_one_number(text, reason):
    (figure,) = figures(text)
    assert (figure.value, figure.refused) == (0, reason)


@pytest.mark.parametrize("text", NONE)
def test_finds_nothing_where_nothing_is(text):
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "prefix", "suffix"), [("RM79", "RM", ""), ("a 5G mast", "", "G"), ("H1N1", "H", "N")]
)
def test_tells_letters_glued_to_digits(text, prefix, suffix):
    figure = figures(text)[0]
    assert (figure.prefix, figure.suffix) == (prefix, suffix)


def test_tells_the_scale_a_range_hands_down():
    assert figures("2.5 million")[0].scale == 10**6
    assert figures("0")[0].scale == 1


def test_two_quarters_of_a_year_are_no_fraction():
    assert [(item.form, item.value) for item in figures("after two quarters,")] == [("cardinal", 2)]


@given(st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False))
def test_a_written_number_is_read_back_whole(value):
    text = f"{value:,}"
    (figure,) = figures(text)
    assert (figure.value, figure.span.cut(text)) == (Fraction(value), text)


@given(st.fractions(max_denominator=1000))
def test_an_exact_value_is_read_back(value):
    assert Fraction(exact(value)) == value


@given(st.text(alphabet="0123456789.,-/ abeo½thousandm\n", max_size=60))
def test_figures_never_overlap_and_stay_in_the_text(text):
    end = 0
    for figure in figures(text):
        assert end <= figure.span.start < figure.span.end <= len(text)
        end = figure.span.end
