"""What the tagger cuts off or takes too much of, made whole; sources found or left out."""

from __future__ import annotations

import pytest

from tests.corpus.attribution.reading import marked, read, shown

REPAIRED = [
    # text, what the tagger says, source, cue and content of the attribution
    (
        "In Oss historian Wen Boqiao told us it sank.",
        ("historian", "told", "it sank"),
        ("historian Wen Boqiao", "told", "it sank"),
    ),
    ("El Farol told us it sank.", ("El", "told", "it sank"), ("El Farol", "told", "it sank")),
    ("El Farol told us it sank.", ("Farol", "told", "it sank"), ("El Farol", "told", "it sank")),
    (
        "TARSK, Sept 2 (Wire) -- The board told us it sank.",
        ("Sept 2 (Wire) -- The board", "told", "it sank"),
        ("The board", "told", "it sank"),
    ),
    (
        "The Oss Bank (OB) told us it sank.",
        ("The Oss Bank (OB", "told", "it sank"),
        ("The Oss Bank (OB)", "told", "it sank"),
    ),
    (
        "Cui Hong, head of the school at Oss University, told us it sank.",
        ("Oss University", "told", "it sank"),
        ("Cui Hong, head of the school at Oss University", "told", "it sank"),
    ),
    ("In Oss they told us it sank.", ("Oss", "told", "it sank"), ("Oss", "told", "it sank")),
    ("The mayor told us it sank.", ("The", "told", "it sank"), ("The mayor", "told", "it sank")),
    ('"It sank," told the mayor.', ("the", "told", "It sank"), ("the mayor", "told", '"It sank,"')),
    ("So the told it sank.", ("the", "told", "it sank"), ("", "told", "it sank")),
    ("The mayor told us it sank.", ("", "told", "it sank"), ("", "told", "it sank")),
    (
        "Ann Lee, who told us it sank.",
        ("Ann Lee, who", "told", "it sank"),
        ("Ann Lee", "told", "it sank"),
    ),
    (
        "It was “Ann Lee” who told us it sank.",
        ("“Ann", "told", "it sank"),
        ("Ann Lee", "told", "it sank"),
    ),
    (
        "It has always told us it sank.",
        ("It has always", "told", "it sank"),
        ("It", "told", "it sank"),
    ),
    (
        "It sank, though, told Ann Lee, to return.",
        ("Ann Lee, to return", "told", "It sank"),
        ("Ann Lee", "told", "It sank"),
    ),
    (
        "Ann Lee spoke. Then it was told it sank.",
        ("Ann Lee spoke", "told", "it sank"),
        ("Ann Lee spoke", "told", "it sank"),
    ),
    ("He prelim told us it sank.", ("He", "elim", "it sank"), ("He", "prelim", "it sank")),
    ("He told us it sank a lot.", ("He", "told", "it", "a lot"), ("He", "told", "it sank a lot")),
    (
        "Ann told us it sank. It rained. “Yes.” So.",
        ("Ann", "told", "it sank. It rained. “Yes.”"),
        ("Ann", "told", "it sank. | “Yes.”"),
    ),
    (
        "‘Ann told us: “It sank.” Well, who cares,’ it read.",
        ("Ann", "told", "“It sank.” Well, who cares,’"),
        ("Ann", "told", "“It sank.”"),
    ),
    (
        "‘Ann told us it leaked: “It sank.” Well, who cares,’ it read.",
        ("Ann", "told", "it leaked: “It sank.”"),
        ("Ann", "told", "it leaked: “It sank.”"),
    ),
    ("It sank, Ann told us.", ("Ann", "told", "It sank,"), ("Ann", "told", "It sank")),
    ("He told us “it” sank.", ("He", "told", "it"), ("He", "told", "“it”")),
    (
        "He told us it quite certainly sank.",
        ("He", "told", "it", "sank"),
        ("He", "told", "it | sank"),
    ),
    ("Ann Lee rejects it.", ("Ann Lee", "rejects", "it"), ("Ann Lee", "rejects", "it")),
    (
        "Ann said when asked about 9 boats, that it sank.",
        ("Ann", "said", "when asked about 9 boats, that it sank"),
        ("Ann", "said", "that it sank"),
    ),
    (
        "Ann said when that boat left, it sank.",
        ("Ann", "said", "when that boat left, it sank"),
        ("Ann", "said", "when that boat left, it sank"),
    ),
    (
        "The mayor repeated his claim that it sank.",
        ("his", "claim", "that it sank"),
        ("his", "claim", "that it sank"),
    ),
    ("You're sure it sank.", ("You", "'re sure", "it sank"), ("You", "'re sure", "it sank")),
    (
        "Rep. Q.X. Dorn told us it sank.",
        ("Rep. Q.X. Dorn", "told", "it sank"),
        ("Rep. Q.X. Dorn", "told", "it sank"),
    ),
    (
        "Ann Lee -- the chief of Oss -- told us it sank.",
        ("Ann Lee -- the chief of Oss --", "told", "it sank"),
        ("Ann Lee -- the chief of Oss", "told", "it sank"),
    ),
    (
        "A song by Ann Lee told us it sank.",
        ("Ann Lee", "told", "it sank"),
        ("Ann Lee", "told", "it sank"),
    ),
    (
        "The crew was lost before the mayor told us it sank.",
        ("the mayor", "told", "it sank"),
        ("the mayor", "told", "it sank"),
    ),
    ("It sank by 2033, told us.", ("2033", "told", "It sank"), ("", "told", "It sank")),
    ("It sank by 3 May 2033, told us.", ("3 May 2033", "told", "It sank"), ("", "told", "It sank")),
    ("No. 10 told us it sank.", ("No. 10", "told", "it sank"), ("No. 10", "told", "it sank")),
    ("It sank, told May to us.", ("May", "told", "It sank"), ("May", "told", "It sank")),
    ("It sank, told No to us.", ("No", "told", "It sank"), ("", "told", "It sank")),
    ("So minutes told us it sank.", ("minutes", "told", "it sank"), ("minutes", "told", "it sank")),
    ("Some 9 men told us it sank.", ("9 men", "told", "it sank"), ("9 men", "told", "it sank")),
    (
        "“Minister, the union told us it sank.”",
        ("Minister, the union", "told", "it sank"),
        ("the union", "told", "it sank"),
    ),
    (
        "The minister, the owner, told us it sank.",
        ("The minister, the owner", "told", "it sank"),
        ("The minister, the owner", "told", "it sank"),
    ),
    (
        "The clerk whom Ivo Tarn had hired in Oss told us it sank.",
        ("Ivo Tarn had hired in Oss", "told", "it sank"),
        ("The clerk whom Ivo Tarn had hired in Oss", "told", "it sank"),
    ),
    (
        "The boat which the mayor told us sank.",
        ("the mayor", "told", "sank"),
        ("the mayor", "told", "sank"),
    ),
    (
        "It sank, told the old mayor. It was late.",
        ("the old mayor. It was", "told", "It sank"),
        ("the old mayor", "told", "It sank"),
    ),
    (
        "It sank, told the mayor “who saw it” sink.",
        ("the mayor “who saw", "told", "It sank"),
        ("the mayor", "told", "It sank"),
    ),
    (
        "It sank, told Ann “Red” Lee to us.",
        ("Ann “Red” Lee", "told", "It sank"),
        ("Ann “Red” Lee", "told", "It sank"),
    ),
    (
        "Ann told it sank and added it swam.",
        ("Ann", "told", "it sank and added it swam"),
        ("Ann", "told", "it sank and added it swam"),
    ),
]


@pytest.mark.parametrize(("text", "given", "wanted"), REPAIRED)
def test_what_the_tagger_cuts_off_is_made_whole(
    text: str, given: tuple[str, ...], wanted: tuple[str, str, str]
) -> None:
    found = read(text, [marked(text, *given)])
    assert shown(text, [one for one in found if one.tier == "main"]) == [wanted]


DROPPED = [
    ("Ann Lee told him.", ("Ann Lee", "told", "him")),
    ("A report seen by Ann Lee.", ("Ann Lee", "seen", "report")),
    ("Ann Lee told —.", ("Ann Lee", "told", "—")),
]


@pytest.mark.parametrize(("text", "given"), DROPPED)
def test_what_nobody_says_is_left_out(text: str, given: tuple[str, str, str]) -> None:
    assert read(text, [marked(text, *given)]) == []


def test_a_second_cue_of_one_source_ends_the_first_ones_words() -> None:
    text = "Ann Lee said it sank, and later added it swam. Ann Lee noted it."
    given = [
        marked(text, "Ann Lee", "said", "it sank, and later added it swam"),
        marked(text, "Ann Lee", "added", "it swam"),
    ]
    assert [content for _, _, content in shown(text, read(text, given))] == ["it sank", "it swam"]


def test_a_second_cue_without_a_joint_cuts_nothing() -> None:
    text = "Ann Lee said it sank on what she added it swam."
    given = [
        marked(text, "Ann Lee", "said", "it sank on what she added it swam"),
        marked(text, "Ann Lee", "added", "it swam"),
    ]
    assert shown(text, read(text, given))[0][2] == "it sank on what she added it swam"


def test_a_quotation_goes_to_the_cue_of_its_own_sentence() -> None:
    text = "Ann Lee said it sank. ‘We were six,’ he recalled."
    given = [
        marked(text, "Ann Lee", "said", "it sank. ‘We were six,’"),
        marked(text, "he", "recalled", "We were six"),
    ]
    assert [content for _, _, content in shown(text, read(text, given))] == [
        "it sank.",
        "‘We were six,’",
    ]


def test_a_cue_without_a_source_has_the_one_before() -> None:
    text = "Ann Lee said it sank, adding that it swam."
    given = [
        marked(text, "Ann Lee", "said", "it sank"),
        marked(text, "", "adding", "that it swam"),
    ]
    assert [one.speaker for one in read(text, given)] == ["Ann Lee", "Ann Lee"]


def test_a_sentence_without_end_is_read_by_the_tagger_alone() -> None:
    text = "According to Ann Lee, it sank " + "and sank " * 250
    assert read(text, []) == []
    assert len(read(text, [marked(text, "Ann Lee", "According", "it sank")])) == 1
