"""What the tagger and the forms find, put together: voices, chains, what is carried on."""

from __future__ import annotations

import pytest

from corpus.attribution.links import _without_circles
from tests.corpus.attribution.reading import marked, read, shown

SEVERAL = [
    # text, (speaker, content) of each, in order
    (
        "The report says that 40 sank. It adds that 50 swam.",
        [("report", "that 40 sank."), ("report", "that 50 swam")],
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
        "Ann Lee went on:\n“They tell me it was seen afar.\n“We counted all of them twice.”",
        [("Ann Lee", "“They tell me it was seen afar. | “We counted all of them twice.”")],
    ),
    (
        "Ann Lee made this remark:\n“They tell me it was seen afar.” So be it.",
        [("Ann Lee", "“They tell me it was seen afar.”")],
    ),
    (
        "Ann Lee said 40 sank:\n“They tell me it was seen afar.”",
        [("Ann Lee", "40 sank | “They tell me it was seen afar.”")],
    ),
    (
        "Ann Lee said that on the last day of a long month it sank:\n"
        "“They tell me it was seen afar.”",
        [
            (
                "Ann Lee",
                "that on the last day of a long month it sank | “They tell me it was seen afar.”",
            )
        ],
    ),
    ("It rained all day:\n“They tell me it was seen afar.”", []),
    ("Ann Lee went on.\n“They tell me it was seen afar.”", []),
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


@pytest.mark.parametrize(
    ("cited", "speaker"), [("a lack of wind", "Ann Lee"), ("a log of the port", "log of the port")]
)
def test_what_is_cited_is_a_voice_only_if_it_can_speak(cited: str, speaker: str) -> None:
    text = f"Forty sank, Ann Lee said, citing {cited}."
    found = read(
        text,
        [marked(text, "Ann Lee", "said", "Forty sank"), marked(text, "Ann Lee", "citing", cited)],
    )
    assert [one.speaker for one in found] == ["Ann Lee", speaker]


@pytest.mark.parametrize(("tier", "content"), [("main", "forty"), ("light", "forty sank")])
def test_a_form_knows_better_than_the_light_tagger_what_a_paper_says(
    tier: str, content: str
) -> None:
    text = "The log says forty sank."
    (one,) = read(text, [marked(text, "The log", "says", "forty")], tier)
    assert (shown(text, [one])[0][2], one.manner) == (content, "document")


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


def test_what_a_pronoun_says_is_a_documents_if_that_is_meant() -> None:
    rows = [
        ("The union said forty sank. It", "indirect"),
        ("The log says forty sank. It", "document"),
    ]
    for text, manner in rows:
        assert read(f"{text} added that ten flew.")[-1].manner == manner


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


NOBODY = [
    # text, stance, speaker
    ("Nobody said forty sank.", "negated", None),
    ("No minister said forty sank.", "negated", None),
    ("None of the guards said forty sank.", "negated", None),
    ("Neither Ann Lee nor Ro Min said forty sank.", "negated", None),
    ("Not one guard said forty sank.", "negated", None),
    ("Forty sank, no one said.", "negated", None),
    ("No fewer than 12 guards said forty sank.", "asserted", "No fewer than 12 guards"),
    ("No 10 said forty sank.", "asserted", "No 10"),
    ("Not all guards said forty sank.", "asserted", "Not all guards"),
    ("Norman Oss said forty sank.", "asserted", "Norman Oss"),
]


@pytest.mark.parametrize(("text", "stance", "speaker"), NOBODY)
def test_what_nobody_says_has_no_speaker(text: str, stance: str, speaker: str | None) -> None:
    (one,) = read(text)
    assert (one.stance, one.speaker) == (stance, speaker)


ASKED = [
    # text, what the tagger finds, source and content of what is left
    (
        "Asked by Oss Radio whether 40 sank, Ann Lee said 12 did.",
        ("Oss Radio", "Asked", "whether 40 sank, Ann Lee said 12 did"),
        [("Ann Lee", "12 did")],
    ),
    (
        "Ann Lee was questioned by Oss Radio about 40 boats.",
        ("Oss Radio", "was questioned by", "about 40 boats"),
        [],
    ),
    (
        "Oss Radio asked whether 40 sank.",
        ("Oss Radio", "asked", "whether 40 sank"),
        [("Oss Radio", "whether 40 sank")],
    ),
    (
        '"Did 40 sink?" Ann Lee was asked by Oss Radio.',
        ("Oss Radio", "asked", '"Did 40 sink?"'),
        [("Oss Radio", '"Did 40 sink?"')],
    ),
    (
        'Ann Lee was asked by Oss Radio "Did 40 sink?" at noon.',
        ("Oss Radio", "asked", '"Did 40 sink?"'),
        [("Oss Radio", '"Did 40 sink?"')],
    ),
    (
        '"I was asked by Oss Radio whether 40 sank," Ann Lee said.',
        ("Ann Lee", "said", '"I was asked by Oss Radio whether 40 sank,"'),
        [("Ann Lee", '"I was asked by Oss Radio whether 40 sank,"')],
    ),
]


@pytest.mark.parametrize(("text", "given", "left"), ASKED)
def test_a_question_put_to_somebody_has_no_voice(
    text: str, given: tuple[str, str, str], left: list[tuple[str, str]]
) -> None:
    found = read(text, [marked(text, *given)])
    assert [(source, content) for source, _, content in shown(text, found)] == left


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
