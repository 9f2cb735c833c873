"""Where sentences end, and where a full stop ends none."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import paragraphs, sentences, trimmed
from corpus.spans import Span
from corpus.split import Part

# What is one sentence, and what is two or more: `|` marks the ends.
ROWS = [
    "The ferry sank.| The crew swam.",
    "Was it late?| Nobody knew!| The crew swam…| Then they slept.",
    "It rose 3.5 percent.| In 2030 it fell.",
    "Mr. Renner and Dr. Askew met Gov. Voss in St. Orla.",
    "Lena J. Ortiz spoke.| J. Ortiz left.",
    "He chose plan B. The crew did not.".replace("B. The", "B.| The"),
    "It was No. 5 of the list.",
    "She said no.| Twelve others agreed.",
    "It opens Jan. 5 at 9 a.m. Monday.",
    "It opened in the U.S. The crew cheered.".replace("U.S. The", "U.S.| The"),
    "The U.S. Senate voted.",
    "Acme Inc. In May it closed.".replace("Inc. In", "Inc.| In"),
    "Acme Ltd. Chairman Renner spoke.",
    "They came at 5 p.m. and left at 6 p.m. on the boat.",
    "“We lost.| We will win,” she said.",
    '"Why now?" Ortiz asked.',
    '"Why now?"| Nobody answered him.',
    '"We won!" he shouted.| The crew cheered.',
    '"We won."| The crew cheered.',
    "(The crew swam.)| The captain rowed.",
    "He waited... and waited.| Then he left.",
    "He waited...| Then he left.",
    "1. The harbour wall",
    "It sold 3. The rest sank.".replace("3. The", "3.| The"),
    "It cost e.g. 5 euros, i.e. Nothing to speak of.",
    "The rate (approx. 3) held, see p. 12 and Art. 14 of the law.",
    "visit www.harbour.example.| Then call.",
    "The price was 5.| 12 boats sailed.",
    "Smith v. Renner was heard.",
    "ÉTÉ.| Élan vital.",
]


@pytest.mark.parametrize("row", ROWS)
def test_a_text_falls_into_its_sentences(row: str) -> None:
    text = row.replace("|", "")
    assert [span.cut(text) for span in sentences(text)] == [part.strip() for part in row.split("|")]


def test_a_sentence_never_crosses_a_line() -> None:
    text = "Ferries are late\n\nThe crew swam.  \r\n\xa0They slept \r\n"
    expected = ["Ferries are late", "The crew swam.", "They slept"]
    assert [span.cut(text) for span in sentences(text)] == expected
    assert [span.cut(text) for span in paragraphs(text)] == expected


def test_a_sentence_never_crosses_the_edge_of_a_part() -> None:
    text = "SALTMERE, May 6 — The ferry sank.\nBy Ada Renner"
    parts = [
        Part("dateline", Span(0, 17)),
        Part("body", Span(18, 33)),
        Part("byline", Span(34, 47)),
    ]
    expected = ["SALTMERE, May 6 —", "The ferry sank.", "By Ada Renner"]
    assert [span.cut(text) for span in sentences(text, parts)] == expected


@pytest.mark.parametrize("text", ["", " \n\xa0\n", "\r\r\n"])
def test_a_blank_text_has_no_sentences(text: str) -> None:
    assert sentences(text) == paragraphs(text) == []
    assert trimmed(text, 0, len(text)) is None


@given(st.text(alphabet='Aa1.!?"“”()… \n\r\xa0', max_size=80))
def test_sentences_hold_every_character_but_white_space(text: str) -> None:
    found = sentences(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    held = {place for span in found for place in range(span.start, span.end)}
    assert held >= {place for place, letter in enumerate(text) if not letter.isspace()}
    assert all(span.cut(text) == span.cut(text).strip() for span in found)


HOSTILE = [
    ".",
    ". ",
    "!",
    "!) ",
    "A.",
    "A. ",
    "Mr. ",
    "\n",
    '"Why?" ',
    '?" A',
    "a" * 20,
    ".          ",
    "…",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_no_longer_than_its_size(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    begun = process_time()
    found = sentences(text, [Part("body", Span(at, at + 1)) for at in range(0, 3_000, 2)])
    assert process_time() - begun < 5
    assert len(found) <= len(text)
