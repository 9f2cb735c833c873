"""The date of saying: found beside the cue, before the source, in a document, or not at all."""

from __future__ import annotations

import pytest

from corpus.attribution.said_when import with_dates
from corpus.spans import Span
from tests.corpus.attribution.reading import page_of, read
from tests.corpus.attribution.test_read import marked

SAID = [
    # text, source, cue, content; the date's words, and whether it is the day of saying
    ("Ann Lee said on Monday that it sank.", ("Ann Lee", "said", "that it sank"), "Monday", True),
    ("Ann Lee on Monday said it sank.", ("Ann Lee", "said", "it sank"), "Monday", True),
    ("On Monday, Ann Lee said it sank.", ("Ann Lee", "said", "it sank"), "Monday", True),
    ("Ann Lee said on Monday it sank.", ("Ann Lee", "said on Monday", "it sank"), "Monday", True),
    (
        "At a dinner on Monday, Ann Lee said it sank.",
        ("Ann Lee", "said", "it sank"),
        "Monday",
        True,
    ),
    ("Ann Lee, speaking on Monday, said it sank.", ("Ann Lee", "said", "it sank"), "Monday", True),
    ("Speaking on Monday, Ann Lee said it sank.", ("Ann Lee", "said", "it sank"), "Monday", True),
    ("Sailing on Monday, Ann Lee said it sank.", ("Ann Lee", "said", "it sank"), "Monday", False),
    (
        "In a fight on Monday it sank, Ann Lee said.",
        ("Ann Lee", "said", "it sank"),
        "Monday",
        False,
    ),
    ("A log of 1944 has said it sank.", ("A log of 1944", "has said", "it sank"), "1944", True),
    ("A man of 1944 has said it sank.", ("A man of 1944", "has said", "it sank"), "1944", False),
    (
        "Ann Lee told us it sank on Monday.",
        ("Ann Lee", "told", "it sank on Monday"),
        "Monday",
        False,
    ),
    ("It sank, said Ann Lee, recalling 1944.", ("Ann Lee", "said", "It sank"), "1944", False),
    ("It sank, said Ann Lee. It was 1944.", ("Ann Lee", "said", "It sank"), "1944", False),
    ("It was 1944 when Ann Lee swore it sank.", ("Ann Lee", "swore", "it sank"), "1944", False),
]


@pytest.mark.parametrize(("text", "given", "words", "told"), SAID)
def test_a_date_beside_the_cue_is_that_of_saying(
    text: str, given: tuple[str, str, str], words: str, told: bool
) -> None:
    start = text.index(words)
    day = Span(start, start + len(words))
    found = read(text, [marked(text, *given)])
    (one,) = with_dates(page_of(text), found, {day: "2031"})
    assert (one.said_when, one.said_when_span) == (("2031", day) if told else (None, None))


def test_a_second_cue_of_the_same_source_has_the_same_date() -> None:
    text = "Ann Lee said on Monday it sank, adding that it swam."
    day = Span(text.index("Monday"), text.index("Monday") + 6)
    given = [marked(text, "Ann Lee", "said", "it sank"), marked(text, "", "adding", "that it swam")]
    found = with_dates(page_of(text), read(text, given), {day: "2031"})
    assert [one.said_when for one in found] == ["2031", "2031"]


HEADLINES = [
    ("Boat lost for good: mayor\n\nThe mayor said on Monday that it sank.", ["2031", "2031"]),
    ("Boat lost for good: mayor\n\nAnn Lee said on Monday that it sank.", [None, "2031"]),
    (
        "Boat lost for good: mayor\n\nSo.\n\nSo.\n\nThe mayor said on Monday it sank.",
        [None, "2031"],
    ),
    ("Boat lost for good: mayor\n\nIt was on Monday.", [None]),
]


@pytest.mark.parametrize(("text", "wanted"), HEADLINES)
def test_a_headline_has_the_date_of_what_it_sums_up(text: str, wanted: list[str | None]) -> None:
    day = Span(text.index("Monday"), text.index("Monday") + 6)
    given = []
    if "said" in text:
        source = "Ann Lee" if "Ann Lee" in text else "The mayor"
        given = [marked(text, source, "said", "it sank")]
    found = with_dates(page_of(text), read(text, given), {day: "2031"})
    assert [one.said_when for one in found] == wanted


@pytest.mark.parametrize(("stop", "wanted"), [("", ["2031", "2031"]), (".", [None, "2031"])])
def test_a_first_line_with_a_full_stop_is_no_headline(stop: str, wanted: list[str | None]) -> None:
    text = f"It sank, the mayor said{stop}\n\nThe mayor said on Monday that it sank."
    day = Span(text.index("Monday"), text.index("Monday") + 6)
    given = [
        marked(text, "the mayor", "said", "It sank"),
        marked(text, "The mayor", "said on Monday", "that it sank"),
    ]
    found = with_dates(page_of(text), read(text, given), {day: "2031"})
    assert [one.said_when for one in found] == wanted
