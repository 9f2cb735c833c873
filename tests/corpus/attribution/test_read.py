"""What the tagger and the forms find, put together: voices, chains, what is carried on."""

from __future__ import annotations

import pytest

from corpus.attribution.links import _without_circles
from corpus.spans import Span
from corpus.tagging.base import Tagged
from tests.corpus.attribution.reading import read, shown

SEVERAL = [
    # text, (speaker, content) of each, in order
    (
        "The report says that 40 sank. It adds that 50 swam.",
        [("report", "that 40 sank"), ("report", "that 50 swam")],
    ),
    (
        'Ann Lee said 40 sank.\n"We counted all of them twice."',
        [("Ann Lee", '40 sank. | "We counted all of them twice."')],
    ),
    (
        "Its owner, Ann Lee, put a brave face on it. “They tell me it was seen afar.”",
        [("Ann Lee", "“They tell me it was seen afar.”")],
    ),
    ("It rained.\n“They tell me it was seen afar.”", []),
    ("Ann Lee said 40 sank.\nIt rained. “They tell me it was afar.”", [("Ann Lee", "40 sank.")]),
    ("“They tell me it was seen afar.” So be it.", []),
    (
        "“They tell me it was seen afar.” Ann Lee said 40 sank.",
        [("Ann Lee", "“They tell me it was seen afar.” | 40 sank.")],
    ),
    (
        '"It had a look in its eye," joked best man Corey Tripp.',
        [("Corey Tripp", '"It had a look in its eye,"')],
    ),
    (
        'Coach Bea Lorne hit back last night: "Nobody said that."',
        [("Bea Lorne", '"Nobody said that."')],
    ),
    ('The roof: "Nobody did that."', []),
    ('It was, in short, "a mess".', []),
    ('"Go," then left.', []),
    ('The dogs barked: "Wow wow".', []),
    ('"It rained all day long" and more.', []),
    (
        "Ann Lee said 40 sank. The wind was to blame. Fifty swam, Ann Lee said.",
        [("Ann Lee", "40 sank."), ("Ann Lee", "The wind was to blame. Fifty swam")],
    ),
    (
        "Ann Lee presented some figures at noon: Forty sank. Fifty swam.\nThirty walked.\n"
        "Bob Roe said ten flew.",
        [("Ann Lee", "Forty sank. Fifty swam. | Thirty walked."), ("Bob Roe", "ten flew.")],
    ),
    (
        "Ann Lee presented some data at noon. Forty sank. Bob Roe said ten flew. Rain fell.",
        [("Ann Lee", "Forty sank."), ("Bob Roe", "ten flew.")],
    ),
    (
        "First, Ann Lee said 40 sank. Second, 50 swam. Third, 60 flew. Nobody ran.",
        [("Ann Lee", "First | Second, 50 swam. Third, 60 flew.")],
    ),
    (
        "Ann Lee came.\nLEE: Forty sank.\nROE: No. “They tell me it was seen afar.”",
        [("Ann Lee", "Forty sank."), ("Roe", "No. “They tell me it was seen afar.”")],
    ),
    ("Visit fruitful for all: spokeswoman", [("spokeswoman", "Visit fruitful for all")]),
    (
        "Ann Lee said 40 sank. The wind was to blame. Ann Lee said fifty swam.",
        [("Ann Lee", "40 sank."), ("Ann Lee", "fifty swam.")],
    ),
    (
        "Ann Lee said 40 sank. The wind was to blame. Fifty swam, according to Ann Lee.",
        [("Ann Lee", "40 sank."), ("Ann Lee", "Fifty swam")],
    ),
    ("First, Ann Lee said 40 sank. Second, 50 swam.", [("Ann Lee", "First | Second, 50 swam.")]),
    (
        "First, Ann Lee said 40 sank. Second, 50 swam, Ann Lee said. Third, 60 flew. Nobody ran.",
        [("Ann Lee", "First | Third, 60 flew."), ("Ann Lee", "Second, 50 swam")],
    ),
    (
        "Ann Lee presented some figures at noon: forty sank.\nThirty walked.",
        [("Ann Lee", "forty sank | Thirty walked.")],
    ),
    (
        "Ann Lee presented some data at noon. Forty sank. "
        "Ann Lee presented some figures at one: ten flew.",
        [("Ann Lee", "Forty sank."), ("Ann Lee", "ten flew")],
    ),
    (
        "Ann Lee said it rained in Oss. “They tell me it was seen afar.” So be it. "
        "“They tell me it was seen twice.”",
        [
            (
                "Ann Lee",
                "it rained in Oss. “They tell me it was seen afar.” | "
                "“They tell me it was seen twice.”",
            )
        ],
    ),
    ("“Is it so very late by now?” “So it is.”", []),
    ('In Oss barked: "Nobody did that at all."', []),
    (
        "A spokeswoman for the Oss Bank was in tears. “They tell me it was seen afar.”",
        [("spokeswoman for the Oss Bank", "“They tell me it was seen afar.”")],
    ),
    (
        "A spokeswoman for the crew was in tears. “They tell me it was seen afar.”",
        [("spokeswoman for the crew", "“They tell me it was seen afar.”")],
    ),
    (
        'It rained all day, and Bob Roe swore: "Nobody was at home."',
        [("Bob Roe", '"Nobody was at home."')],
    ),
    (
        "The Guardian was in the dark. “They tell me it was seen afar.”",
        [("Guardian", "“They tell me it was seen afar.”")],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), SEVERAL)
def test_carries_a_voice_no_further_than_it_goes(text: str, wanted: list[tuple[str, str]]) -> None:
    found = read(text)
    words = [content for _, _, content in shown(text, found)]
    assert [(one.speaker, what) for one, what in zip(found, words, strict=True)] == wanted


CHAINS = [
    # text, speakers from the innermost to the outermost
    (
        "According to Ann Lee, citing a survey by the Oss Institute, 40 sank.",
        ["Oss Institute", "Ann Lee"],
    ),
    ("Forty sank, according to the Guardian, citing Bob Roe.", ["Bob Roe", "Guardian"]),
    ("El Farol quoted a paper by Ann Lee as saying that swifts return.", ["Ann Lee", "El Farol"]),
    ("LEE: Is it true?\nROE: According to the log, 40 sank.", ["log", "Roe"]),
]


@pytest.mark.parametrize(("text", "speakers"), CHAINS)
def test_links_a_voice_to_the_one_it_is_cited_by(text: str, speakers: list[str]) -> None:
    found = read(text)
    (inner,) = [one for one in found if one.speaker == speakers[0]]
    assert inner.parent is not None
    assert found[inner.parent].speaker == speakers[1]


def test_who_stands_in_words_of_nobody_known_is_linked_to_nobody() -> None:
    text = "They show that Ann Lee noted 40 sank."
    (one,) = read(text, [marked(text, "Ann Lee", "noted", "40 sank")])
    assert (one.speaker, one.parent) == ("Ann Lee", None)


def test_who_is_cited_by_nobody_says_nothing() -> None:
    assert read("Rain fell, citing Ann Lee.") == []


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


STANCES = [
    ("Ann Lee said forty sank.", "asserted"),
    ("Ann Lee denied forty sank.", "negated"),
    ("Ann Lee did not say forty sank.", "negated"),
    ("The so-called league claims forty sank.", "doubtful"),
    ("The owner is said to have fled.", "doubtful"),
]


@pytest.mark.parametrize(("text", "stance"), STANCES)
def test_tells_whether_words_are_denied_or_doubted(text: str, stance: str) -> None:
    (one,) = read(text)
    assert one.stance == stance


@pytest.mark.parametrize(
    ("between", "stance"),
    [
        ("never", "negated"),
        ("couldn't have", "negated"),
        ("has yet to", "negated"),
        ("so", "asserted"),
    ],
)
def test_a_not_before_the_cue_denies(between: str, stance: str) -> None:
    text = f"Ann Lee {between} said forty sank."
    (one,) = read(text, [marked(text, "Ann Lee", "said", "forty sank")])
    assert one.stance == stance


def marked(text: str, source: str, cue: str, *content: str) -> Tagged:
    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    return Tagged((at(source),) if source else (), (at(cue),), tuple(map(at, content)), 0.9)


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


SPEECH = [
    # text, source, speaker
    ("LEE: You said 40 sank.\nROE: No.", "You", "Roe"),
    ("LEE: You said 40 sank.\nLEE: No.", "You", None),
    ("LEE: I said 40 sank.\nROE: No.", "I", "Lee"),
    ("Q: I said 40 sank.\nROE: No.", "I", None),
    ("LEE: They said 40 sank.\nROE: No.", "They", None),
    ("You said 40 sank.", "You", None),
    ("The club, which said 40 sank.", "which", "The club"),
    ("Ann Lee, who said 40 sank.", "who", "Ann Lee"),
]


@pytest.mark.parametrize(("text", "source", "speaker"), SPEECH)
def test_i_you_and_who_stand_for_somebody(text: str, source: str, speaker: str | None) -> None:
    (one,) = [one for one in read(text, [marked(text, source, "said", "40 sank")]) if one.cue]
    assert one.speaker == (speaker.removeprefix("The ") if speaker else None)


LABELS = [
    (
        "CHAIR (Agathe Morrow): Order.\nMS VOSS: No.\nCHAIR: Yes.",
        ["Agathe Morrow", "Ms Voss", "Agathe Morrow"],
    ),
    ("THE WITNESS: Yes.\nLARK J: No.", ["witness", "Lark J"]),
    ("The novelist Eiko Tori came.\nQ: Why?\nA: So.", [None, "Eiko Tori"]),
    ("Q: Why?\nA: So.", [None, None]),
    ("Emil Voss and Clara Voss came.\nVOSS: Why?\nROE: So.", ["Voss", "Roe"]),
    (
        "Alma Reith: Why?\nMo Roe: So.\nReith: No.\nRoe: Yes.",
        ["Alma Reith", "Mo Roe", "Alma Reith", "Mo Roe"],
    ),
]


@pytest.mark.parametrize(("text", "speakers"), LABELS)
def test_a_label_names_who_speaks(text: str, speakers: list[str | None]) -> None:
    assert [one.speaker for one in read(text, [])] == speakers


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
