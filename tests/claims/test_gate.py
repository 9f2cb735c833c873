"""The gate: what passes unchanged, and what is refused by name."""

from decimal import Decimal
from fractions import Fraction

import pytest

from claims import gate


@pytest.mark.parametrize("value", ["", "plain", "🚢 at 12\u202fkm", "line\r\nbreak\t", "\ufeff"])
def test_text_passes_unchanged(value):
    assert gate.text("note", value) == value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a\x00b", "note: NUL at character 1"),
        ("a\ud800", r"note: lone surrogate U\+D800 at character 1"),
        ("x" * 11, "note: 11 characters; at most 10"),
    ],
)
def test_text_that_no_database_keeps_is_refused(value, words):
    with pytest.raises(gate.Refused, match=words):
        gate.text("note", value, longest=10)


def test_a_line_is_trimmed_and_holds_no_control_characters():
    assert gate.line("name", "  Lena \n Ortiz ") == "Lena Ortiz"
    with pytest.raises(gate.Refused, match=r"control character U\+0007"):
        gate.line("name", "Lena\x07")


@pytest.mark.parametrize("value", ["", "https://courier.example/a?b=c", "http://[::1]:80/"])
def test_a_web_address_passes(value):
    assert gate.address("url", f" {value} ") == value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("javascript:alert(1)", "does not begin with http"),
        ("https://", "and a host"),
        ("https://a b.example", "does not begin with http"),
        ("http://[", "no address"),
        ("https://courier.example/" + "a" * 977, "1001 characters; at most 1000"),
        ("https://\ud800", "lone surrogate"),
    ],
)
def test_what_is_no_web_address_is_refused(value, words):
    with pytest.raises(gate.Refused, match=words):
        gate.address("url", value)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"a": ["b", "\x00"]}, r"data\.a\[1\]"),
        ({"a": float("nan")}, r"data\.a"),
        ([float("inf")], r"data\[0\]"),
        ({"\ud800": 1}, "data"),
    ],
)
def test_data_is_searched_to_the_bottom(value, place):
    with pytest.raises(gate.Refused, match=place):
        gate.data("data", value)


def test_sound_data_passes_unchanged():
    value = {"a": [1, 2.5, None, True, ("x",)]}
    assert gate.data("data", value) == value


@pytest.mark.parametrize("value", ["0", "-0.5", "3740000", "1/3", "84/140", "9" * 40, "-1/3"])
def test_exact_values_pass(value):
    assert gate.exact("value", value) == value


@pytest.mark.parametrize(
    "value",
    [
        "",
        "1e5",
        "NaN",
        "inf",
        "1,200",
        "٣",
        "½",
        "1/0",
        "1/0.0",
        "1/",
        " 1",
        "1\n",
        "9" * 41,
        "1" * 99,
    ],
)
def test_other_values_are_refused(value):
    with pytest.raises(gate.Refused, match="value: "):
        gate.exact("value", value)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (None, "None"),
        ("1/4", "0.25"),
        ("-1.5/3", "-0.5"),
        ("-2.5", "-2.5"),
        ("0.10", "0.1"),
        ("-0.0", "0.0"),
        ("-0/7", "0.0"),
        ("9" * 40, "1e+40"),
        ("9007199254740993", "9007199254740992.0"),
    ],
)
def test_rounding_is_for_filters_only(value, number):
    assert repr(gate.rounded(value)) == number


@pytest.mark.parametrize("value", ["nan", "inf", "-Infinity", "1e999"])
def test_what_has_no_double_is_not_rounded(value):
    with pytest.raises(ValueError, match=f"{value} has no double"):
        gate.rounded(value)


def test_exact_values_are_computed_with_exactly():
    assert gate.fraction("9007199254740993") > gate.fraction("9007199254740992")
    assert gate.fraction("-1.5/3") == Fraction(-1, 2)


def test_a_querys_number_is_a_plain_decimal():
    assert gate.decimal("value_min", "2.50") == Decimal("2.50")


@pytest.mark.parametrize("value", ["", "x", "NaN", "Infinity", "1e99"])
def test_a_querys_number_out_of_range_is_refused(value):
    with pytest.raises(gate.Refused, match="value_min"):
        gate.decimal("value_min", value)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 2), (0, 99)])
def test_a_span_outside_the_text_is_refused(start, end):
    with pytest.raises(gate.Refused, match="no span of a text of 10 characters"):
        gate.span("claims[0]", start, end, "x", "nine boats")


def test_a_span_must_hold_its_surface():
    gate.span("claims[0]", 0, 4, "nine", "nine boats")
    with pytest.raises(gate.Refused, match="'nine' stands at"):
        gate.span("claims[0]", 0, 4, "five", "nine boats")
