"""Dates in words: every form that EDTF has here."""

import pytest

from claims.when import in_words

ROWS = [
    # EDTF, words
    ("", ""),
    ("2031", "2031"),
    ("2031-03", "March 2031"),
    ("2031-03-09", "9 March 2031"),
    ("2031-22", "summer 2031"),
    ("2031-03-XX", "March 2031"),
    ("2031-XX", "2031"),
    ("2031-03~", "circa March 2031"),
    ("2031?", "2031 (uncertain)"),
    ("2031%", "circa 2031 (uncertain)"),
    ("201X", "2010 to 2019"),
    ("19XX", "1900 to 1999"),
    ("-0043-03-15", "15 March 44 BC"),
    ("0000", "1 BC"),
    ("Y17000", "17000"),
    ("Y-17000", "17001 BC"),
    ("../2031-03-09", "9 March 2031 or earlier"),
    ("2031-03-09/", "9 March 2031 or later"),
    ("2031-01/2031-03", "January 2031 to March 2031"),
    ("-00XX", "100 BC to 1 BC"),
]


@pytest.mark.parametrize(("edtf", "words"), ROWS)
def test_a_date_is_written_as_a_reader_writes_it(edtf, words):
    assert in_words(edtf) == words


@pytest.mark.parametrize("edtf", ["soon", "2031-13", "2031-02-30", "../..", "9 March 2031", "٢٠٣١"])
def test_what_is_no_date_is_refused(edtf):
    with pytest.raises(ValueError, match=edtf.replace(".", r"\.")):
        in_words(edtf)
