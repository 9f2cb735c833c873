"""Cues within or after what they attribute: the whole sentence is said, and nothing else."""

from __future__ import annotations

import pytest

from corpus.attribution.read import attributions
from corpus.tagging.base import Heard
from tests.corpus.attribution.reading import marked, page_of, shown

FRAMED = [
    # text, source, cue and content as a tagger finds them, the whole content
    (
        "The boats, Ann Lee said, sank in Oss.",
        ("Ann Lee", "said", "sank in Oss"),
        "The boats | sank in Oss",
    ),
    (
        "In 1944 it sank and burned, Ann Lee said on Monday.",
        ("Ann Lee", "said", "it sank"),
        "In 1944 it sank and burned",
    ),
    (
        "It rained; the boats, Ann Lee said, sank.",
        ("Ann Lee", "said", "sank"),
        "the boats | sank",
    ),
    (
        "SALTMERE, 3 May (Oss Wire) -- It sank, Ann Lee said.",
        ("Ann Lee", "said", "SALTMERE, 3 May (Oss Wire) -- It sank"),
        "It sank",
    ),
    (
        "The boats, Ann Lee said, sank, although it may take years.",
        ("Ann Lee", "said", "sank"),
        "The boats | sank",
    ),
]
UNFRAMED = [
    # the same, where the content stays as it was
    ('In Oss, Ann Lee said, "It sank."', ("Ann Lee", "said", '"It sank."'), '"It sank."'),
    ("It sank, Ann Lee said, leaving.", ("Ann Lee", "said", "It sank"), "It sank"),
    ("It sank, Ann Lee said, ahead of it.", ("Ann Lee", "said", "It sank"), "It sank"),
    ("It sank and, Ann Lee said, burned.", ("Ann Lee", "said", "burned"), "burned"),
    ("It sank, Ann Lee said of the boat.", ("Ann Lee", "said", "sank"), "sank"),
    ("It sank, Ann Lee went, and burned.", ("Ann Lee", "went", "sank"), "sank"),
]


@pytest.mark.parametrize(("text", "given", "content"), [*FRAMED, *UNFRAMED])
def test_a_cue_aside_gives_the_sentence_around_it(
    text: str, given: tuple[str, str, str], content: str
) -> None:
    page = page_of(text)
    found = attributions(page, {}, Heard([marked(text, *given)], (), "main"))
    assert [row[2] for row in shown(text, found)] == [content]


def test_what_one_says_ends_where_another_says_more() -> None:
    text = "Ann Lee said 40 sank; Bob Roe says 50 burned."
    given = [
        marked(text, "Ann Lee", "said", "40 sank; Bob Roe says 50 burned"),
        marked(text, "Bob Roe", "says", "50 burned"),
    ]
    found = attributions(page_of(text), {}, Heard(given, (), "main"))
    assert [row[2] for row in shown(text, found)] == ["40 sank", "50 burned"]


NAMED = [
    # text, source and cue and content as a tagger finds them, the whole source, its manner
    (
        "The file of Captain Bob Roe shows 40 boats.",
        ("Captain Bob Roe", "shows", "40 boats"),
        "The file of Captain Bob Roe",
        "document",
    ),
    (
        "The file of Captain Bob Roe from Oss shows 40 boats.",
        ("Roe from Oss", "shows", "40 boats"),
        "The file of Captain Bob Roe from Oss",
        "document",
    ),
    (
        "It is so, according to the Roster of Oss: birth in 1913, death in 1944.",
        ("the Roster of Oss: birth", "according to", "It is so"),
        "the Roster of Oss",
        "document",
    ),
    (
        "The mayor, Ann Lee, 51, said it sank.",
        ("The mayor", "said", "it sank"),
        "The mayor, Ann Lee, 51",
        "indirect",
    ),
]


@pytest.mark.parametrize(("text", "given", "source", "manner"), NAMED)
def test_a_source_is_whole(
    text: str, given: tuple[str, str, str], source: str, manner: str
) -> None:
    (one,) = attributions(page_of(text), {}, Heard([marked(text, *given)], (), "main"))
    assert (one.source[0].cut(text), one.manner) == (source, manner)


def test_a_report_is_heard_through() -> None:
    text = "Bob Roe said 40 sank, Radio Oss reported."
    given = [marked(text, "Radio Oss", "reported", "Bob Roe said 40 sank")]
    found = attributions(page_of(text), {}, Heard(given, (), "main"))
    assert [(one.speaker, one.parent) for one in found] == [("Bob Roe", 1), ("Radio Oss", None)]
