"""Numbers at their limits: the right value, unit and comparator, or none with a reason."""

from __future__ import annotations

import pytest

from corpus.quantities import read
from corpus.sentences import sentences

READ = [
    # text, value or (low, high), unit, comparator
    # whole numbers
    ("7 boats", "7", None, "="),
    ("0 boats", "0", None, "="),
    ("1,250 boats", "1250", None, "="),
    ("12,345,678 boats", "12345678", None, "="),
    ("999,999,999,999 boats", "999999999999", None, "="),
    ("123456789012345678901234 cells", "123456789012345678901234", None, "="),
    ("1234567890123.123456 cells", "1234567890123.123456", None, "="),
    ("12,34,567 voters", "1234567", None, "="),
    ("1,00,00,000 voters", "10000000", None, "="),
    ("some 40\u00a0000 boats", "40000", None, "~"),
    ("some 1\u202f234\u202f567 boats", "1234567", None, "~"),
    ("80, 000 boats", "80000", None, "="),
    # decimals
    ("3.75 points", "3.75", None, "="),
    ("0.1 points", "0.1", None, "="),
    ("a rise of .5 points", "0.5", None, "="),
    ("3.10 points", "3.1", None, "="),
    ("0.000001 points", "0.000001", None, "="),
    ("five point five points", "5.5", None, "="),
    ("nought point nought three percent", "0.03", "%", "="),
    # words
    ("seven boats", "7", None, "="),
    ("twenty-one boats", "21", None, "="),
    ("two hundred and five boats", "205", None, "="),
    ("nineteen hundred boats", "1900", None, "="),
    ("a hundred and fifty boats", "150", None, "="),
    ("two million three hundred thousand and five boats", "2300005", None, "="),
    ("three dozen boats", "36", None, "="),
    ("half a dozen boats", "6", None, "="),
    ("two hundreds of boats", "200", None, "="),
    # scales
    ("2.5 million boats", "2500000", None, "="),
    ("1,500 million boats", "1500000000", None, "="),
    ("half a million boats", "500000", None, "="),
    ("a quarter million boats", "250000", None, "="),
    ("one and a half million boats", "1500000", None, "="),
    ("two and three-quarter million boats", "2750000", None, "="),
    ("3bn viewers", "3000000000", None, "="),
    ("3 bn viewers", "3000000000", None, "="),
    ("1.2tn cells", "1200000000000", None, "="),
    ("2.5m people", "2500000", None, "="),
    ("40k followers", "40000", None, "="),
    ("30 crore voters", "300000000", None, "="),
    ("6 lakh crore cells", "6000000000000", None, "="),
    ("5 lakhs of voters", "500000", None, "="),
    ("a million million cells", "1000000000000", None, "="),
    ("nine million billion cells", "9000000000000000", None, "="),
    # fractions
    ("a third of the boats", "1/3", None, "="),
    ("two thirds of the boats", "2/3", None, "="),
    ("three-quarters of the boats", "3/4", None, "="),
    ("7/10 of the boats", "7/10", None, "="),
    ("¾ of the boats", "3/4", None, "="),
    ("5½ litres", "5.5", "l", "="),
    ("5 1/2 litres", "5.5", "l", "="),
    ("one in three boats", "1/3", None, "="),
    ("9 out of 10 boats", "9/10", None, "="),
    ("one over twenty.", "1/20", None, "="),
    ("$1/2 million", "500000", "USD", "="),
    ("two thirds of a million boats", "2000000/3", None, "="),
    # signs
    ("-12 °C on the quay", "-12", "°C", "="),
    ("\u221212 °C on the quay", "-12", "°C", "="),
    ("minus 12 degrees Celsius", "-12", "°C", "="),
    ("negative 3 degrees", "-3", "deg", "="),
    ("it fell to \u20137 °C", "-7", "°C", "="),
    ("it stood at - 4 °C", "-4", "°C", "="),
    ("to warm - 20 degrees Celsius", "-20", "°C", "="),
    ("it was mild - 20 degrees Celsius", "20", "°C", "="),
    ("a debt of -$5 million", "-5000000", "USD", "="),
    ("net loss\t(1,204)\t", "-1204", None, "="),
    ("Otto Quill (4) scored", "4", None, "="),
    # powers
    ("1.3e6 cells", "1300000", None, "="),
    ("2e6 cells", "2000000", None, "="),
    ("12e-1 cells", "1.2", None, "="),
    ("6.25 x 10^-2 cells", "0.0625", None, "="),
    ("1.1^2 cells", "1.21", None, "="),
    # percent and points
    ("12.5% of it", "12.5", "%", "="),
    ("40 per cent of it", "40", "%", "="),
    ("3 percentage points", "3", "pp", "="),
    ("50 basis points", "50", "bp", "="),
    ("half a percentage point", "0.5", "pp", "="),
    ("0.0001 percent", "0.0001", "%", "="),
    # money
    ("$1.4 billion", "1400000000", "USD", "="),
    ("US$5", "5", "USD", "="),
    ("$US2.5 million", "2500000", "USD", "="),
    ("$A3 million", "3000000", "AUD", "="),
    ("HK$120", "120", "HKD", "="),
    ("£5m", "5000000", "GBP", "="),
    ("€9.80", "9.8", "EUR", "="),
    ("2.5m euros", "2500000", "EUR", "="),
    ("EUR 5 million", "5000000", "EUR", "="),
    ("5 mln euros", "5000000", "EUR", "="),
    ("Rs 30 crore", "300000000", "INR", "="),
    ("Rs 12,34,567", "1234567", "INR", "="),
    ("an 886 million-US dollar budget", "886000000", "USD", "="),
    ("3tn yen", "3000000000000", "JPY", "="),
    ("three dollars and forty cents", "3.4", "USD", "="),
    ("19 cents", "0.19", "USD", "="),
    ("118p", "1.18", "GBP", "="),
    ("half a billion euros", "500000000", "EUR", "="),
    ("#94.8 million", "94800000", "GBP", "="),
    ("$5 million Australian dollars", "5000000", "AUD", "="),
    # measures
    ("12 km", "12", "km", "="),
    ("a 200-mile road", "200", "mi", "="),
    ("5,000 tonnes", "5000", "t", "="),
    ("40,000 dwt", "40000", "dwt", "="),
    ("1.2 million b/d", "1200000", "bbl/d", "="),
    ("500 cu ft", "500", "ft3", "="),
    ("38 °C", "38", "°C", "="),
    ("6 ft 3 in tall", "6.25", "ft", "="),
    ("6'3\" tall", "6.25", "ft", "="),
    ("6 lb 8 oz", "6.5", "lb", "="),
    ("120 μg", "120", "ug", "="),
    ("a 100m race", "100", "m", "="),
    ("420 parts per million", "420", "ppm", "="),
    ("He ran 40 yards.", "40", "yd", "="),
    # ages, durations, ordinals
    ("Lena Ortiz, 44, left", "44", "year", "="),
    ("a 44-year-old pilot", "44", "year", "="),
    ("three and a half years", "3.5", "year", "="),
    ("a 90-minute call", "90", "minute", "="),
    ("the 21st visit", "21", None, "="),
    ("the twenty-first visit", "21", None, "="),
    # comparators and ranges
    ("at least 1,200 boats", "1200", None, ">="),
    ("more than 40 boats", "40", None, ">"),
    ("fewer than 40 boats", "40", None, "<"),
    ("up to 40 boats", "40", None, "<="),
    ("about 40 boats", "40", None, "~"),
    ("nearly 40 boats", "40", None, "~<"),
    ("40 or more boats", "40", None, ">="),
    ("between 40 and 55 boats", ("40", "55"), None, "="),
    ("40 to 55 boats", ("40", "55"), None, "="),
    ("3-5 percent", ("3", "5"), "%", "="),
    ("$3 million to $5 million", ("3000000", "5000000"), "USD", "="),
    ("2 to 3 million boats", ("2000000", "3000000"), None, "="),
    ("hundreds of boats", ("100", None), None, "="),
    ("tens of thousands of boats", ("10000", None), None, "="),
]
REFUSED = [
    # text, the words that are kept, why they are no number
    ("1.234,5 boats", "1.234,5", "not one number"),
    ("2,5 percent of boats", "2,5", "not one number"),
    ("1.2.3 boats", "1.2.3", "not one number"),
    ("5,000,00 boats", "5,000,00", "not one number"),
    ("12,3456 boats", "12,3456", "not one number"),
    ("007 boats", "007", "leading zero"),
    ("0012.5 boats", "0012.5", "leading zero"),
    ("1e400 boats", "1e400", "too high a power"),
    ("2^99999 boats", "2^99999", "too high a power"),
    ("6 x 10^400 boats", "6 x 10^400", "too high a power"),
    ("nine trillion trillion trillion boats", "nine trillion trillion trillion", "too large"),
    ("9" * 25 + " boats", "9" * 25, "too many digits"),
    ("9" * 5000 + " boats", "9" * 5000, "too many digits"),
    ("0." + "3" * 60 + " boats", "0." + "3" * 60, "too many digits"),
    ("1" + ",000" * 9 + " boats", "1" + ",000" * 9, "too many digits"),
    ("\u0663\u0664 boats", "\u0663\u0664", "digits of another script"),
    ("12\u0663 boats", "12\u0663", "digits of another script"),
    ("\uff11\uff12 boats", "\uff11\uff12", "digits of another script"),
    ("192.168.1.20 was shut", "192.168.1.20", "not one number"),
    ("10E5 boats", "10E5", "code"),
    ("2^99 boats", "2^99", "too high a power"),
]
STYLES = [
    # text, values: what is read where the text shows how it writes numbers
    (
        "Sales of 1.234.567 and costs of 2.345.678 left 12,5 percent.",
        ["1234567", "2345678", "12.5"],
    ),
    ("Sales of 1.234,5 and costs of 2.345,6 left 1.500 crates.", ["1234.5", "2345.6", "1500"]),
    ("Sales of 1.234,5 and costs of 2.345,6 left 1.5 crates.", ["1.5"]),
    ("Sales of 1.234,5 and costs of 2.345,6 left 1,500 crates.", ["1500"]),
    ("Sales of 1.234,5 million left 1.500 crates.", ["1.5"]),
]


@pytest.mark.parametrize(("text", "value", "unit", "comparator"), READ)
def test_one_number_is_read_exactly(text, value, unit, comparator):
    (one,) = read(text, sentences(text)).quantities
    told = one.value if one.value is not None else (one.low, one.high)
    assert (told, one.unit, one.comparator) == (value, unit, comparator)


@pytest.mark.parametrize(("text", "words", "reason"), REFUSED)
def test_what_is_no_number_has_a_reason_and_no_value(text, words, reason):
    found = read(text, sentences(text))
    assert [(one.span.cut(text), one.reason) for one in found.designators] == [(words, reason)]
    assert found.quantities == []


@pytest.mark.parametrize(("text", "values"), STYLES)
def test_a_comma_is_the_decimal_sign_only_where_the_text_proves_it(text, values):
    assert [one.value for one in read(text, sentences(text)).quantities] == values


def test_the_table_is_long_enough():
    assert len(READ) + len(REFUSED) + len(STYLES) >= 150
