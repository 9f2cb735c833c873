"""Citations: what a program for references reads is what was meant, whatever a headline holds."""

import json
import re
from datetime import date

import pytest

from claims import citation
from claims.citation import Cited

HOSTILE = [
    "Ferry counts rise",
    "50% of $3 & #1_a ~ b^2",
    "One { brace",
    "}, year = {1999}, note = {forged",
    "@misc{forged, title = {x}}",
    r"Back\slash \input{secret} \\",
    'He said "no"; and "yes" and more',
    "Two\nlines\r\nand a\ttab\u2028and\u202eturned",
    "Ørsted, 日本, \U0001f6a2 and Ω",
    "= \x07 bell",
]


def cited(**fields):
    usual = {
        "uid": "0123456789ab",
        "version": 3,
        "url": "https://record.example/claims/0123456789ab/v3/",
        "figure": "3,740,000 passengers",
        "label": "reading checked; truth not assessed",
        "headline": "Ferry counts rise at Saltmere",
        "outlet": "The Saltmere Courier",
        "published": "2031-03-11",
        "voices": ["Lena Ortiz"],
        "accessed": date(2031, 4, 2),
    }
    return Cited(**usual | fields)


def parsed(text):
    """Return kind, key and fields of each entry, by the grammar of BibTeX: braces balance."""
    found, at = [], 0
    while match := re.compile(r"\s*@([a-z]+)\{([^,{}\s]+),\s*").match(text, at):
        at, fields = match.end(), {}
        while match_field := re.compile(r"([a-z]+)\s*=\s*\{").match(text, at):
            start = at = match_field.end()
            depth = 1
            while depth:
                depth += {"{": 1, "}": -1}.get(text[at], 0)
                at += 1
            fields[match_field[1]] = text[start : at - 1]
            at = re.compile(r"\s*,?\s*").match(text, at).end()
        assert text[at] == "}"
        at += 1
        found.append((match[1], match[2], fields))
    assert not text[at:].strip()
    return found


_WRITTEN = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textless{}": "<",
    r"\textgreater{}": ">",
    r"\textbar{}": "|",
    r"\textquotedbl{}": '"',
}
_COMMAND = re.compile(r"\\(?:[a-z]+\{\}|[$&#%_])")


def set_in_type(field):
    """Return what LaTeX would set: every special sign is a command, and nothing else is one."""
    left = _COMMAND.sub("", field)
    assert not re.search(r"[\\${}&#%_~^]", left), left
    return _COMMAND.sub(lambda match: _WRITTEN.get(match[0], match[0][1:]), field)


def one_line(words):
    return " ".join(re.sub("[\x00-\x1f\u2028\u202e]", " ", words).split())


@pytest.mark.parametrize("words", HOSTILE)
def test_one_entry_is_read_back_with_the_words_that_were_put_in(words):
    ((kind, key, fields),) = parsed(citation.bibtex(cited(headline=words, outlet=words)))
    assert (kind, key) == ("misc", "onrecord-0123456789ab-v3")
    for name in ("title", "author"):
        assert (fields[name][0], fields[name][-1]) == ("{", "}")  # as written, one corporate name
        assert set_in_type(fields[name][1:-1]) == one_line(words)
    assert fields["url"] == "https://record.example/claims/0123456789ab/v3/"
    assert (fields["version"], fields["urldate"]) == ("3", "2031-04-02")


@pytest.mark.parametrize("words", HOSTILE)
def test_names_and_figures_in_the_note_are_escaped_too(words):
    ((_, _, fields),) = parsed(citation.bibtex(cited(voices=[words], figure="12% of all")))
    said = set_in_type(fields["note"])
    assert said == f"12% of all, stated by {one_line(words)} (reading checked; truth not assessed)"


DATES = [
    # EDTF, year in BibTeX, CSL, words
    ("2031-03-11", "2031", {"date-parts": [[2031, 3, 11]]}, "11 March 2031"),
    ("2031", "2031", {"date-parts": [[2031]]}, "2031"),
    ("2014~", "2014", {"date-parts": [[2014]], "circa": True}, "circa 2014"),
    ("2031-03/2031-05", "2031", {"date-parts": [[2031, 3], [2031, 5]]}, "March 2031 to May 2031"),
    ("2030/2031", None, {"date-parts": [[2030], [2031]]}, "2030 to 2031"),
    ("2031-03-11/..", None, {"literal": "11 March 2031 or later"}, "11 March 2031 or later"),
    ("19XX", None, {"literal": "1900 to 1999"}, "1900 to 1999"),
    ("-0043", None, {"literal": "44 BC"}, "44 BC"),
    ("", None, None, "date unknown"),
]


@pytest.mark.parametrize(("edtf", "year", "issued", "words"), DATES)
def test_a_date_is_as_exact_as_it_is_known(edtf, year, issued, words):
    one = cited(published=edtf)
    ((_, _, fields),) = parsed(citation.bibtex(one))
    assert (fields.get("date"), fields.get("year")) == (edtf or None, year)
    assert citation.csl(one).get("issued") == issued
    assert f"”, {words}: 3,740,000 passengers" in citation.plain(one)


def test_an_article_without_outlet_or_headline_has_no_author_and_a_title_that_says_so():
    one = cited(outlet="", headline="", voices=[])
    ((_, _, fields),) = parsed(citation.bibtex(one))
    assert "author" not in fields
    assert fields["title"] == "{Article without a headline: 3,740,000 passengers}"
    assert "author" not in citation.csl(one)
    assert "stated by" not in citation.plain(one)


def test_the_plain_citation_names_version_address_and_day():
    assert citation.plain(cited()) == (
        "The Saltmere Courier, “Ferry counts rise at Saltmere”, 11 March 2031: 3,740,000 "
        "passengers, stated by Lena Ortiz (reading checked; truth not assessed). On Record, claim "
        "0123456789ab, version 3. https://record.example/claims/0123456789ab/v3/ (accessed "
        "2 April 2031)"
    )


CHAINS = [
    # voices, nearest first; who stated it
    ([], "3,740,000 passengers (reading"),
    (["Lena Ortiz"], "3,740,000 passengers, stated by Lena Ortiz (reading"),
    (
        ["Lena Ortiz", "the harbour office"],
        "3,740,000 passengers, stated by the harbour office, as cited by Lena Ortiz (reading",
    ),
    (
        ["The Courier", "Lena Ortiz", "the harbour office"],
        "3,740,000 passengers, stated by the harbour office, as cited by Lena Ortiz, as cited by "
        "The Courier (reading",
    ),
]


@pytest.mark.parametrize(("voices", "words"), CHAINS)
def test_every_form_says_who_stated_it_and_who_passed_it_on(voices, words):
    one = cited(voices=voices)
    ((_, _, fields),) = parsed(citation.bibtex(one))
    for said in (citation.csl(one)["note"], set_in_type(fields["note"])):
        assert said.startswith(words)
    assert f": {words}" in citation.plain(one)


@pytest.mark.parametrize("words", HOSTILE)
def test_an_item_of_csl_is_plain_json(words):
    item = json.loads(json.dumps(citation.csl(cited(headline=words, outlet=words))))
    assert item["title"] == item["author"][0]["literal"] == one_line(words)
    assert (item["version"], item["archive_location"]) == ("3", "0123456789ab")
    assert item["accessed"] == {"date-parts": [[2031, 4, 2]]}
