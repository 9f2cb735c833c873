"""Attributions of short texts: who, by which cue, in which words."""

from __future__ import annotations

import pytest

from corpus.attribution.base import Attribution
from corpus.attribution.read import _without_circles, attributions
from corpus.quotes import quotations
from corpus.sentences import sentences
from corpus.speakers.people import people


def read(text: str) -> list[Attribution]:
    lines = sentences(text)
    return attributions(text, lines, quotations(text), people(text, lines))


def shown(text: str) -> list[tuple[str | None, str, str]]:
    return [
        (
            one.speaker,
            " ".join(span.cut(text) for span in one.cue),
            " | ".join(span.cut(text) for span in one.content),
        )
        for one in read(text)
    ]


ONE = [
    # text, speaker, cue, content
    ("Lena Ortiz said that 40 boats sank.", "Lena Ortiz", "said", "40 boats sank"),
    ("Lena Ortiz said 40 boats sank.", "Lena Ortiz", "said", "40 boats sank"),
    ("Forty boats sank, Lena Ortiz said.", "Lena Ortiz", "said", "Forty boats sank"),
    ("Forty boats sank, said Lena Ortiz.", "Lena Ortiz", "said", "Forty boats sank"),
    ('"Forty sank," Lena Ortiz said.', "Lena Ortiz", "said", '"Forty sank,"'),
    ("‘Forty sank,’ says Lena Ortiz.", "Lena Ortiz", "says", "‘Forty sank,’"),
    (
        "Lena Ortiz, the harbour master, said 40 boats sank.",
        "Lena Ortiz",
        "said",
        "40 boats sank",
    ),
    (
        "Forty sank, said Lena Ortiz, 51, a pilot from Oss.",
        "Lena Ortiz",
        "said",
        "Forty sank",
    ),
    (
        "Lena Ortiz told reporters on Monday that 40 boats sank.",
        "Lena Ortiz",
        "told",
        "40 boats sank",
    ),
    (
        "Lena Ortiz said on Monday after her call with the crews that 40 sank.",
        "Lena Ortiz",
        "said",
        "40 sank",
    ),
    ("According to Lena Ortiz, 40 boats sank.", "Lena Ortiz", "According to", "40 boats sank"),
    (
        "Forty boats sank, according to Lena Ortiz.",
        "Lena Ortiz",
        "according to",
        "Forty boats sank",
    ),
    (
        "Forty boats sank, per the Oss Harbour Board.",
        "Oss Harbour Board",
        "per",
        "Forty boats sank",
    ),
    (
        "The boats, according to Lena Ortiz, sank at night.",
        "Lena Ortiz",
        "according to",
        "The boats | sank at night",
    ),
    (
        "The boats, Lena Ortiz said, sank at night.",
        "Lena Ortiz",
        "said",
        "The boats | sank at night",
    ),
    (
        "In Lena Ortiz's view, 40 is too many.",
        "Lena Ortiz",
        "In Lena Ortiz's view",
        "40 is too many",
    ),
    ("The audit found that 40 boats sank.", "audit", "found", "40 boats sank"),
    ("The figures show 40 boats sank.", "figures", "show", "40 boats sank"),
    (
        "A history of the coast, published in 1931, speaks of dozens of dead.",
        "history of the coast",
        "speaks",
        "dozens of dead",
    ),
    (
        "Kestria was struck by Lena Ortiz's announcement that 40 boats sank.",
        "Lena Ortiz",
        "announcement",
        "40 boats sank",
    ),
    (
        "Forty boats sink in storm: harbour police",
        "harbour police",
        ":",
        "Forty boats sink in storm",
    ),
    (
        "A spokeswoman for the Oss Bank said 40 left.",
        "spokeswoman for the Oss Bank",
        "said",
        "40 left",
    ),
    ("A lawyer for Ann Lee said 40 left.", "lawyer for Ann Lee", "said", "40 left"),
    ("An aide to Ann Lee said 40 left.", "aide to Ann Lee", "said", "40 left"),
    ("The ambassador to Oss said 40 left.", "ambassador to Oss", "said", "40 left"),
    ("The end followed an order by Oss, which listed 9.", "order by Oss", "listed", "9"),
    ("Bob Roe left with Oss and announced 40 more.", "Bob Roe", "announced", "40 more"),
    ("Forty sank, according to the log", "log", "according to", "Forty sank"),
    ("Sources close to Ann Lee said 40 left.", "Sources close to Ann Lee", "said", "40 left"),
    ("In his letter to Ann Lee the mayor said 40 left.", "mayor", "said", "40 left"),
    ("On May 6 the council said 40 left.", "council", "said", "40 left"),
    ("Two years ago the council said 40 left.", "council", "said", "40 left"),
    ("The next day officials said 40 left.", "officials", "said", "40 left"),
    ("The same day's report said 40 left.", "same day's report", "said", "40 left"),
    ("The 12-year-old said 40 left.", "12-year-old", "said", "40 left"),
    ("The crew of the 9-foot boat said 40 left.", "crew of the 9-foot boat", "said", "40 left"),
    ('"Did 40 leave?" Ann Lee asked.', "Ann Lee", "asked", '"Did 40 leave?"'),
    ('"Did 40 leave?" asked Ann Lee, a pilot.', "Ann Lee", "asked", '"Did 40 leave?"'),
    ("The Oss Bank (OB) reported that 40 left.", "Oss Bank", "reported", "40 left"),
    ("The storm, as Lena Ortiz put it, was short.", "Lena Ortiz", "put", "The storm | was short"),
    (
        "Lena Ortiz reckons traffic at 4.1 million.",
        "Lena Ortiz",
        "reckons",
        "traffic at 4.1 million",
    ),
    ("Ann Lee said, " + "so on " * 16 + "and so.", "Ann Lee", "said", "so on " * 16 + "and so"),
    ('The league demands "40 boats".', "league", "demands", '"40 boats"'),
    ('According to Ann Lee, the boss of "Oss", 40 sank.', "Ann Lee", "According to", "40 sank"),
    ("Forty sank, said Ann Lee, the boss", "Ann Lee", "said", "Forty sank"),
    ("According to Ann Lee, Oss lost 40.", "Ann Lee", "According to", "Oss lost 40"),
    ("The crew, it seems, by now, said that 40 sank.", "crew", "said", "40 sank"),
    ("The man who led the firm said 40 sank.", "man", "said", "40 sank"),
    ("The man who said 40 sank left.", "man", "said", "40 sank left"),
    ("A history of the coast kept in Oss says 40 sank.", "history of the coast", "says", "40 sank"),
    ("Then Oss Bank said 40 left.", "Oss Bank", "said", "40 left"),
    (
        "Forty sank, Ann Lee, a pilot from Oss, told the Oss Gazette on Tuesday.",
        "Ann Lee",
        "told",
        "Forty sank",
    ),
    ("They said 40 sank.", None, "said", "40 sank"),
    ("Lena Ortiz put the toll at 40.", "Lena Ortiz", "put", "the toll at 40"),
    ("Forty sank, Ann Lee said, in a letter.", "Ann Lee", "said", "Forty sank"),
    ("Ann Lee pointed out that 40 sank.", "Ann Lee", "pointed", "40 sank"),
    ("Ann Lee called for 40 boats.", "Ann Lee", "called", "for 40 boats"),
    ('In May, Ann Lee said, "forty sank."', "Ann Lee", "said", 'In May | "forty sank."'),
    ("Ann Lee said, after a long call, that 40 sank.", "Ann Lee", "said", "40 sank"),
    ("Ann Lee said, 40 sank.", "Ann Lee", "said", "40 sank"),
    ("Ann Lee said in a letter: forty sank.", "Ann Lee", "said", "forty sank"),
    ('Ann Lee said on Monday "forty of us" sank.', "Ann Lee", "said", '"forty of us" sank'),
    ("Ann Lee said on Monday, forty sank.", "Ann Lee", "said", "forty sank"),
    ("Ann Lee said on Monday, to loud cheers, that 40 sank.", "Ann Lee", "said", "40 sank"),
    ("Ann Lee said on Monday 40 sank.", "Ann Lee", "said", "40 sank"),
    ("On Monday Ann Lee said 40 sank.", "Ann Lee", "said", "40 sank"),
    ("Ann Lee told the city council that 40 sank.", "Ann Lee", "told", "40 sank"),
    ("Ann Lee told the Oss Gazette 40 sank.", "Ann Lee", "told", "40 sank"),
    ("Ann Lee told the crew it sank.", "Ann Lee", "told", "it sank"),
    ("Officials called for peace, at the 13th forum.", "Officials", "called", "for peace"),
    ("Vacancy fell, the auditors note.", "auditors", "note", "Vacancy fell"),
    ("And, according to Ann Lee, forty sank.", "Ann Lee", "according to", "forty sank"),
    ("Forty sank, according to Ann Lee, who saw it.", "Ann Lee", "according to", "Forty sank"),
    ("Forty sank, according to Ann Lee, and fifty swam.", "Ann Lee", "according to", "Forty sank"),
    (
        'Forty sank, said Ann Lee "and fifty swam home".',
        "Ann Lee",
        "said",
        'Forty sank | "and fifty swam home"',
    ),
    ("Forty sank, said the elders.", "elders", "said", "Forty sank"),
    ("Forty sank, said the union leader.", "union leader", "said", "Forty sank"),
    (
        "According to the keepers' register, 40 sank.",
        "keepers' register",
        "According to",
        "40 sank",
    ),
    ("According to its director, Paula Wern, 40 sank.", "Paula Wern", "According to", "40 sank"),
    ("Forty sank, said Ann Lee, who saw it.", "Ann Lee", "said", "Forty sank"),
    ("Ann Lee, who said 40 sank, left.", "Ann Lee", "said", "40 sank"),
    ('"Forty sank. Fifty swam," Ann Lee said.', "Ann Lee", "said", '"Forty sank. Fifty swam,"'),
    ("Ann Lee spoke up, openly, noting that 40 sank.", "Ann Lee", "noting", "40 sank"),
    ("Ann Lee came, and later added that 40 sank.", "Ann Lee", "added", "40 sank"),
    (
        '"We counted them all twice." Forty sank, Ann Lee said.',
        "Ann Lee",
        "said",
        '"We counted them all twice." | Forty sank',
    ),
    (
        'Ann Lee said 40 sank.\n"We counted all of them twice."',
        "Ann Lee",
        "said",
        '40 sank | "We counted all of them twice."',
    ),
]
NONE = [
    "Who it went according to, 40 boats never learned.",
    "Tuesday said goodbye to 40 boats.",
    "That said, 40 boats sank.",
    "Crews, pilots and think tanks met about the 40 boats.",
    "The boats sank in the night of 9 May.",
    "Lena Ortiz put forward four proposals.",
    "The council concluded its 16th session.",
    "The noted economist Lena Ortiz wrote.",
    "Forty boats are said to have sunk.",
    "The claims of 40 owners were rejected.",
    "The ferry, which carried 40, sank.",
    "She read the reports of the league to the end",
    "They welcomed 1.5 million guests.",
    "The report by a friend came to 40 pages",
    "The fall reported this week by Ann Lee was small.",
    "The claim that 40 sank was odd.",
    "They paid 12 euros per Ann Lee's rule.",
    "To give data is hard.",
    "Ann Lee told",
    "It is what Ann Lee said.",
    "Once, it seems, said that 40 sank.",
    "And so the said boats said that",
    "Forty boats sink in storm: a tale",
    "It shows 40 boats.",
    "Ann Lee said that",
    "It sank, as Ann Lee said.",
    "While going home, noting that 40 sank.",
    "Ann Lee wept, adding.",
    "Forty boats sink in storm: one two three four five six seven eight nine",
    '"We counted all of them twice."',
    '"Forty" added that 50 swam.',
    "It rained; then, added that 40 sank.",
    "Rust, it seems, shows that 40 sank.",
    '"Lee", who said 40 sank.',
]


@pytest.mark.parametrize(("text", "speaker", "cue", "content"), ONE)
def test_finds_the_voice_its_cue_and_its_words(
    text: str, speaker: str | None, cue: str, content: str
) -> None:
    assert shown(text) == [(speaker, cue, content)]


@pytest.mark.parametrize("text", NONE)
def test_leaves_text_without_a_voice_alone(text: str) -> None:
    assert shown(text) == []


SEVERAL = [
    # text, (speaker, content) of each, in order
    (
        "Ann Lee said 40 sank, while Bob Roe said 50 swam.",
        [("Ann Lee", "40 sank"), ("Bob Roe", "50 swam")],
    ),
    (
        "Ann Lee said 40 sank, but added that 50 swam.",
        [("Ann Lee", "40 sank"), ("Ann Lee", "50 swam")],
    ),
    (
        "Ann Lee spoke in Danish, noting that 40 sank.",
        [("Ann Lee", "40 sank")],
    ),
    (
        '"Forty sank," Ann Lee said. "We counted them twice by lamplight."',
        [("Ann Lee", '"Forty sank," | "We counted them twice by lamplight."')],
    ),
    (
        "The report says that 40 sank. It adds that 50 swam.",
        [("report", "40 sank"), ("report", "50 swam")],
    ),
    (
        "Coach Ann Lee was all smiles. “Forty came to see us,” she said.",
        [("Ann Lee", "“Forty came to see us,”")],
    ),
    (
        "A spokeswoman for the Oss Bank stood by it. “Forty it is,” she said.",
        [("spokeswoman for the Oss Bank", "“Forty it is,”")],
    ),
    (
        "Ann Lee said 40 sank. The wind was to blame. Fifty swam, Ann Lee said.",
        [("Ann Lee", "40 sank"), ("Ann Lee", "The wind was to blame. | Fifty swam")],
    ),
    (
        "Ann Lee presented some figures at noon: Forty sank. Fifty swam.\nThirty walked.\n"
        "Bob Roe said ten flew.",
        [("Ann Lee", "Forty sank | Fifty swam. | Thirty walked."), ("Bob Roe", "ten flew")],
    ),
    (
        "Ann Lee presented some data to the press. Forty sank.",
        [("Ann Lee", "Forty sank.")],
    ),
    (
        "First, Ann Lee said, 40 sank. Second, 50 swam. Nobody flew.",
        [("Ann Lee", "First | 40 sank | Second, 50 swam.")],
    ),
    (
        "First, Ann Lee said, 40 sank. Second, Ann Lee added, 50 swam. Third, 60 flew.",
        [("Ann Lee", "First | 40 sank | Third, 60 flew."), ("Ann Lee", "Second | 50 swam")],
    ),
    (
        "Ann Lee came.\nLEE: Forty sank.\nROE: No.",
        [("Ann Lee", "Forty sank."), ("Roe", "No.")],
    ),
    (
        "Forty sank, according to Ann Lee, who said 50 swam.",
        [("Ann Lee", "Forty sank"), ("Ann Lee", "50 swam")],
    ),
    (
        "A spokeswoman for small old banks stood by it. “Forty it is,” she said.",
        [("spokeswoman", "“Forty it is,”")],
    ),
    (
        "LEE: Forty sank.\nROE: No. Fifty sank.",
        [("Lee", "Forty sank."), ("Roe", "No. Fifty sank.")],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), SEVERAL)
def test_carries_a_voice_no_further_than_it_goes(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(speaker, content) for speaker, _, content in shown(text)] == wanted


CHAINS = [
    # text, speakers from the innermost to the outermost
    (
        "According to Ann Lee, citing a survey by the Oss Institute, 40 sank.",
        ["Oss Institute", "Ann Lee"],
    ),
    ("Citing the log, Ann Lee said 40 sank.", ["log", "Ann Lee"]),
    ("Forty sank, the Guardian reported, citing Chancellor Bob Roe.", ["Bob Roe", "Guardian"]),
    ("Bob Roe said 40 sank, the Oss Gazette reported.", ["Bob Roe", "Oss Gazette"]),
    ("Ann Lee, as the Oss Gazette reported, said 40 sank.", ["Ann Lee", "Oss Gazette"]),
    ("Ann Lee said that in winter Bob Roe said that 40 sank.", ["Bob Roe", "Ann Lee"]),
    ("Ann Lee said that Bob Roe had said that 40 sank.", ["Bob Roe", "Ann Lee"]),
    ("LEE: Is it true?\nROE: According to the log, 40 sank.", ["log", "Roe"]),
]


@pytest.mark.parametrize(("text", "speakers"), CHAINS)
def test_links_a_voice_to_the_one_it_is_cited_by(text: str, speakers: list[str]) -> None:
    found = read(text)
    (inner,) = [one for one in found if one.speaker == speakers[0]]
    assert inner.parent is not None
    assert found[inner.parent].speaker == speakers[1]


MANNERS = [
    ('"Forty sank," Ann Lee said.', "direct"),
    ('Ann Lee said "forty" sank in the storm.', "mixed"),
    ("Ann Lee said forty sank.", "indirect"),
    ("The log says forty sank.", "document"),
    ("Minutes later Ann Lee said forty sank.", "indirect"),
]


@pytest.mark.parametrize(("text", "manner"), MANNERS)
def test_tells_the_manner(text: str, manner: str) -> None:
    (one,) = read(text)
    assert one.manner == manner


CIRCLES = [
    ([None, 0, 1], [None, 0, 1]),
    ([1, 0], [None, 0]),
    ([0], [None]),
    ([*range(1, 12), None], [None, None, None, *range(4, 12), None]),
]


@pytest.mark.parametrize(("parents", "kept"), CIRCLES)
def test_links_in_a_circle_or_too_deep_are_cut(
    parents: list[int | None], kept: list[int | None]
) -> None:
    assert _without_circles(parents) == kept
