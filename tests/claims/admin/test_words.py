"""Log entries in words."""

import pytest

from claims.admin import words
from claims.models import Change

SHOWN = [
    (True, "yes"),
    (False, "no"),
    (None, "–"),
    ("", "–"),
    ([], "–"),
    (["a", 1], "a, 1"),
    (list(range(9)), "9 of them"),
    (0, "0"),
    ({"a": 1}, "{'a': 1}"),
]


@pytest.mark.parametrize(("value", "phrase"), SHOWN)
def test_a_stored_value_is_shown_in_words(value, phrase):
    assert words.shown(value) == phrase


def test_what_is_only_computed_is_left_out_of_the_log():
    entry = Change(
        before={"value": "1", "number_low": 1.0, "version": 1, "unit": ""},
        after={"value": "2", "number_low": 2.0, "version": 2, "unit": None, "gone": 0},
    )
    assert words.differences(entry) == [("value", "1", "2")]
