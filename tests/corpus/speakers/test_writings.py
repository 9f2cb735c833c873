"""Whose words a written thing has, told beside it, before it, or not at all."""

from __future__ import annotations

import pytest

from tests.corpus.attribution.reading import marked, read

AUTHORS = [
    # text (the last attribution counts), speaker
    ("The report, by Ann Lee, said 40.", "Ann Lee"),
    ("The memo, written by the engineer, Tom Roe, said 40.", "Tom Roe"),
    ("A report published on Monday by the Oss Bank said 40.", "Oss Bank"),
    ("A report obtained on Monday by the Oss Bank said 40.", "report obtained"),
    ("A study of 90 gulls by the Oss Bank said 40.", "Oss Bank"),
    ("A study of 90 gulls seen by the Oss Bank said 40.", "study of 90 gulls seen by the Oss Bank"),
    ("The diary of Ann Lee said 40.", "Ann Lee"),
    ("The file of Ann Lee said 40.", "file of Ann Lee"),
    ("An article in the Oss Gazette said 40.", "Oss Gazette"),
    ("An article in the Oss Valley said 40.", "article"),
    ("The memo of the day by the clerk of Oss said 40.", "memo of the day by the clerk of Oss"),
    ("The Oss Bank fell. A bank statement said 40.", "Oss Bank"),
    ("It rained. A bank statement said 40.", "bank statement"),
    ("A leaked memo by the engineer, Tom Roe, said 30. The memo said 40.", "Tom Roe"),
    ("The Oss Bank met. Its survey said 40.", "Oss Bank"),
    ("Ann Lee was ill. Her diary said 40.", "Ann Lee"),
    ("Ann Lee was ill. The diary said 40.", "diary"),
    ("A book by Ann Lee said 30. The book said 40.", "Ann Lee"),
    ("A book by Ann Lee said 30. The letter said 40.", "letter"),
    ("Ann Lee published a report. The report said 40.", "Ann Lee"),
    ("Ann Lee read a report. The report said 40.", "report"),
    ("Ann Lee left. Tom Roe published a report. The report said 40.", "Tom Roe"),
    ("The judge heard a letter from Ann Lee. The letter said 40.", "Ann Lee"),
    ("The judge heard a letter on Ann Lee. The letter said 40.", "letter"),
    ("In a letter, Ann Lee said 30. The letter said 40.", "Ann Lee"),
    ("In the hall, Ann Lee said 30. The letter said 40.", "letter"),
    ("Ann Lee said 30. The letter said 40.", "letter"),
    ("The Oss Bank said 30. It rained. It hailed. The statement said 40.", "statement"),
    ("A second log said 30. The log said 40.", "second log"),
    ("A second log said 30. The harbour log said 40.", "harbour log"),
    ("A copy of the letter said 30. It rained. The letter said 40.", "copy of the letter"),
]
OPEN = [
    # text, candidates
    ("It rained. Its survey said 40.", ()),
    ("The first log said 30.\n\nThe second log said 30.\n\nAnn Lee said no.\n\nThe log said 40.",
     ("first log", "second log")),
    ("The Oss Bank said 30.\n\nA survey said 40.\n\nIt said 50.", ("Oss Bank", "survey")),
    ("A survey said 30. The Oss Bank was told. It said 40.", ("Oss Bank", "survey")),
    ("A survey said 30.\n\nIt said 40.", ("survey",)),
    ("A survey said 30. The gulls left. It said 40.", ("survey",)),
]  # fmt: skip
PRONOUNS = [
    ("A survey said 30. It said 40.", "survey"),
    ("Ann Lee was ill. Her diary said 30. It said 40.", "Ann Lee"),
    ("The minutes said 30. They said 40.", "minutes"),
]


@pytest.mark.parametrize(("text", "speaker"), [*AUTHORS, *PRONOUNS])
def test_a_written_thing_speaks_for_its_author_if_words_tell_who_it_is(
    text: str, speaker: str
) -> None:
    assert read(text)[-1].speaker == speaker


@pytest.mark.parametrize(("text", "candidates"), OPEN)
def test_whose_it_may_be_stays_open(text: str, candidates: tuple[str, ...]) -> None:
    one = read(text)[-1]
    assert (one.speaker, tuple(sorted(one.candidates))) == (None, candidates)


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        ("A report released by the safety watchdog said 40.", "A report", "safety watchdog"),
        ("The Oss Bank met. A report released by the bank said 40.", "A report", "Oss Bank"),
        ("A report released by the sea said 40.", "A report", "report"),
        ("A report released by the old, grey watchdog said 40.", "A report", "report"),
        ("The figures, from the Oss Bank, said 40.", "The figures", "Oss Bank"),
    ],
)
def test_the_author_may_stand_behind_the_source(text: str, source: str, speaker: str) -> None:
    assert read(text, [marked(text, source, "said", "40")])[0].speaker == speaker
