"""How people and bodies are spoken of in news, and whom each way means."""

from __future__ import annotations

import pytest

from corpus.sentences import sentences
from corpus.speakers.people import people
from tests.corpus.attribution.reading import marked, read

NAMES = [
    # text, name, the voice of "<name> said"
    ("Tom ‘Red’ Roe left. Red said 40 sank.", "Tom Roe"),
    ("Engineer J. T. Marl left. Marl said 40 sank.", "J. T. Marl"),
    ("Jan Brod left. Brod said 40 sank.", "Jan Brod"),
    ("The clerk Ida Baker left. Baker said 40 sank.", "Ida Baker"),
    ("Ida B. King left. Ms King said 40 sank.", "Ida B. King"),
    ("Gemma Ward left. Ward said 40 sank.", "Gemma Ward"),
    ("Dean Hunt left. Hunt said 40 sank.", "Dean Hunt"),
    ("Wim ten Brink left. Brink said 40 sank.", "Wim ten Brink"),
    ("Counsel Fiona Blake KC left. Blake said 40 sank.", "Fiona Blake"),
    ("GAFFER Tom Roe left. Roe said 40 sank.", "Tom Roe"),
    ("Bellmaker Ann Lee left. Lee said 40 sank.", "Ann Lee"),
    ("Minister of Foreign Affairs Ann Lee left. Lee said 40 sank.", "Ann Lee"),
    ("Minister of Trade and Energy Ann Lee left. Lee said 40 sank.", "Ann Lee"),
    ("Colonel General Ann Lee left. Lee said 40 sank.", "Ann Lee"),
    ("General Ann Lee left. Lee said 40 sank.", "Ann Lee"),
    ("President and Chairman of the Oss Board Ann Lee left. Lee said 40 sank.", "Ann Lee"),
    ("Ambassador Extraordinary and Plenipotentiary Ann Lee left. Lee said 40 sank.", "Ann Lee"),
    ("The General Motor Works left. Ann Lee said 40 sank.", "Ann Lee"),
    ("The brothers Karl and Hans Vetter left. Karl said 40 sank.", "Karl Vetter"),
    ("Ruth Garrow met Edwin Garrow. Mrs Garrow said 40 sank.", "Ruth Garrow"),
    ("Caspar Thane met Isolde Thane. Ms Thane said 40 sank.", "Isolde Thane"),
    ("Lord Thane left. Lady Thane said 40 sank.", "Lady Thane"),
    ("Ruth Garrow met her husband Edwin Garrow. Edwin said 40 sank.", "Edwin Garrow"),
    ("ROE FURY\n\nTom Roe left. ROE said 40 sank.", "Tom Roe"),
    ("Tom Roe left. ROE FURY said 40 sank.", "Tom Roe"),
    ("Clinic Says Mayor Tom Roe Lied About Ships\n\nTom Roe left. Roe said 40 sank.", "Tom Roe"),
    ("Tom Roe left. Roe bluntly said 40 sank.", "Tom Roe"),
    ("One mother, who gave her name as Jo, said 40 sank.", "Jo"),
    ("The Brandt & Lowe said 40 sank.", "Brandt & Lowe"),
    ("The Language and Culture University said 40 sank.", "Language and Culture University"),
    ("Zhao Ming left. Her student Zhao Peng said 40 sank.", "Zhao Peng"),
]
DESCRIBED = [
    # text (the last attribution counts), speaker
    ("Rob Lunt, 61, left with Tom Roe, 40. The 61-year-old said 40 sank.", "Rob Lunt"),
    ("Rob Lunt left. The 61-year-old fisherman said 40 sank.", "Rob Lunt"),
    ("Rob Lunt left. The millionaire said 40 sank.", "Rob Lunt"),
    ("Rob Lunt left with Ann Lee. The grandmother said 40 sank.", "Ann Lee"),
    ("It rained. The grandmother said 40 sank.", "grandmother"),
    ("Rob Lunt left. The teacher said 40 sank.", "Rob Lunt"),
    ("The mayor Rob Lunt left. The teacher said 40 sank.", "teacher"),
    ("Rob Lunt left. The lamplighter said 40 sank.", "Rob Lunt"),
    ("Rob Lunt said 10 sank. This incumbent said 40 sank.", "incumbent"),
    ("Tom Roe supporters said 40 sank.", "Tom Roe supporters"),
    ("Ms Ann Lee left. A nurse said 10 sank. She said 40 sank.", None),
    ("40 ships sank, according to the report published on Monday", "report"),
    ("The fitter Rob Lunt left. The fitter said 40 sank.", "Rob Lunt"),
    ("Sculptor Eva Roe left. The artist said 40 sank.", "Eva Roe"),
    ("General Rob Lunt left. The general said 40 sank.", "Rob Lunt"),
    ("Ann Lee met the union leader, Rob Lunt. The union leader said 40 sank.", "Rob Lunt"),
    ("A Red Cross nurse, Ann Lee, said 40 sank.", "Ann Lee"),
    ("Counsel for Ann Lee, Tom Roe KC, said 40 sank.", "Tom Roe"),
    ("Sean Reilly left. Reilly said 40 sank.", "Sean Reilly"),
    ("Ann Lee left. Your doctor said 40 sank.", "Your doctor"),
    ("Ann Lee was made keeper of the light. The keeper said 40 sank.", "Ann Lee"),
    ("Ann Lee, who leads the union, left. The leader said 40 sank.", "Ann Lee"),
    ("Ann Lee, who had been a nurse, left. The nurse said 40 sank.", "Ann Lee"),
    ("Ann Lee, aged 41, left. The 41-year-old said 40 sank.", "Ann Lee"),
    ("Ann Lee has said little. The teacher said 40 sank.", "Ann Lee"),
    ("The keeper of the light, Ann Lee, left. The keeper said 40 sank.", "Ann Lee"),
    ("Sen. Ann Lee left. The senator said 40 sank.", "Ann Lee"),
    ("Ex-minister Ann Lee left. The ex-minister said 40 sank.", "Ann Lee"),
    ("Ann Lee said 30 sank. Her brother Tom left. Her brother said 40 sank.", "Tom"),
    ("Karl Vetter met Hans Vetter. Karl Vetter said no. His brother said 40 sank.", "Hans Vetter"),
    ("Karl Vetter said no. His brother said 40 sank.", "brother"),
    ("It rained. His brother said 40 sank.", "brother"),
    ("Ann Lee and Bob Roe said no. The couple said 40 sank.", "Ann Lee and Bob Roe"),
    ("Ann Lee and the mayor Bob Roe said no. Both said 40 sank.", "Ann Lee and Bob Roe"),
    ("Ann Lee and Bob Roe said no. They said 40 sank.", "Ann Lee and Bob Roe"),
    ("A club source said no. The insider said 40 sank.", "club source"),
    ("Stage legend QUITS said 40 sank.", "Stage legend"),
    ("Actress Tara Roe left. Actress ROE said 40 sank.", "Tara Roe"),
    ("Penhal's report said 40 sank.\n\nThe engineer Tom Penhal left.", "Tom Penhal"),
    (
        "A clerk from the Oss Mayor's Port Branch said 40.",
        "clerk from the Oss Mayor's Port Branch",
    ),
]
KNOWN_BY = [
    # text (the last attribution counts), speaker: what somebody is like, has, or was called
    ("Rob Lunt, 41, left. The father of three said 40 sank.", "Rob Lunt"),
    ("Rob Lunt, 41, left. The father of Ann Lee said 40 sank.", "father of Ann Lee"),
    ("Ann Lee, 82, said no. Eva Roe, 55, left. The pensioner said 40 sank.", "Ann Lee"),
    ("Rob Lunt left. The 61-year-old glazier said 40 sank.", "Rob Lunt"),
    ("Lord Thane left. The peer said 40 sank.", "Lord Thane"),
    ("Wife Mandy left. Mandy said 40 sank.", "Mandy"),
    ("One mother, who gave her name only as Jo, left. Jo said 40 sank.", "Jo"),
    ("A clerk who gave his name as Tom left. He said 40 sank.", "Tom"),
    ("A clerk who gave their name as Tom left. Tom said 40 sank.", "Tom"),
    ("A clerk worked as Tom left. Tom said 40 sank.", "Tom"),
    ("Ann Lee, 82, said her lad left. She said 40 sank.", "Ann Lee"),
    ("Kerrin Vale said no. The company said 40 sank.", "Kerrin Vale"),
    ("Kerrin Vale said no. It said 40 sank.", "Kerrin Vale"),
    ("A spokesman for Besim Kor left. President Besim Kor left. Kor said 40 sank.", "Besim Kor"),
    ("The Oss Grain Council met. The OGC said 40 sank.", "Oss Grain Council"),
    ("The Oss Grain Council met. The OGB said 40 sank.", "OGB"),
    ("Hugh Marsden left. Marsden supporters said 40 sank.", "Marsden supporters"),
    ("Hugh Marsden left. A Hugh Marsden camp said 40 sank.", "Hugh Marsden camp"),
    ("A deputy clerk said no. The deputy clerk said 40 sank.", "deputy clerk"),
    ("The United Shippers said no. The association said 40 sank.", "United Shippers"),
    ("The mayor's office said no. The mayor said 40 sank.", "mayor"),
]
NEAR = [
    ("But Ann Lee left. She said 40 sank.", "Ann Lee"),
    ("On Monday, Ann Lee left. She said 40 sank.", "Ann Lee"),
    ("Ann Lee left. It rained. It hailed. It snowed. She said 40 sank.", "Ann Lee"),
    ('Eva Roe said "Ann Lee lied." She said 40 sank.', "Eva Roe"),
    ("Ann Lee, who then led the union, left. The leader said 40 sank.", "Ann Lee"),
    ("Ferry Deals Fail, Yun Hae, Again Today\n\nYun Hae left. Yun said 40.", "Yun Hae"),
    ("Ann Lee's son, the mayor, the chair, left. He said 40 sank.", "Ann Lee's son"),
    ("Ann Lee said no. The Oss Bank left. It said 40 sank.", "Oss Bank"),
    ("Rain fell on the Oss Bank. The Tarn Bank said no. The bank said 40.", "Tarn Bank"),
    ("The marsh said 40 sank.", "marsh"),
    ("OSS, May 2 (Wire) - Ann Lee left. She said 40 sank.", "Ann Lee"),
    ("OSS, the port, is shut. Ann Lee left. She said 40 sank.", "Ann Lee"),
    ("Parish clerk Eva Roe left. She said 40 sank.", "Eva Roe"),
    ("Tarn television said no. It said 40 sank.", "Tarn television"),
    ("The agency's director, Eva Roe, left. She said 40 sank.", "Eva Roe"),
    ("Her successor, Eva Roe, left. She said 40 sank.", "Eva Roe"),
    ("The vicar, the Rev Tom Roe, left. He said 40 sank.", "Tom Roe"),
    ("A resident of 40 years, Mrs Eva Roe, left. She said 40 sank.", "Eva Roe"),
    ("The clerk of the court, aged 40, left. Eva Roe left. She said 40 sank.", "Eva Roe"),
    ("The pilot came. He said 40 sank.", "pilot"),
    ("Ann Lee said no. Vaxel Orr came. Orr left. He said 40 sank.", "Vaxel Orr"),
    ("A tall clerk, a quiet one, said 40 sank.", "tall clerk"),
]
BODIES = [
    ("A spokesman for Norden Power left. The company said 40 sank.", "Norden Power"),
    ("The company, Minas del Norte, left. The company said 40 sank.", "Minas del Norte"),
    ("Norden Power shares fell. The firm said 40 sank.", "Norden Power"),
    ("Norden Power's chief executive left. The rail firm said 40 sank.", "Norden Power"),
    ("The carmaker Fjordline left. The company said 40 sank.", "Fjordline"),
    ("The Harvest Front left. The company said 40 sank.", "Harvest Front"),
    ("The opposition Harvest Front said no. It said 40 sank.", "Harvest Front"),
    ("The District Council said no. The authority said 40 sank.", "District Council"),
    ("The police said no. The force said 40 sank.", "police"),
    ("The Kestrian farm ministry said no. The ministry said 40 sank.", "Kestrian farm ministry"),
    ("The Ocean Watch group said 40 sank.", "Ocean Watch group"),
    ("The Oss Bank and the Tarn Bank merge. The Tarn Bank said no. The bank said 40.", "Tarn Bank"),
    ("The Oss Bank said no. Ann Lee said no. It said 40 sank.", "Oss Bank"),
    ("Drugmaker Helvion said no. The firm said 40 sank.", "Helvion"),
    ("Rail watchdog Fairtrack said no. The watchdog said 40 sank.", "Fairtrack"),
    ("The daily Kronika said no. The paper said 40 sank.", "Kronika"),
    ("Kronika newspaper closed. The paper said 40 sank.", "Kronika"),
    ("The Oss Observer closed. The paper said 40 sank.", "Oss Observer"),
    ("The Courier closed. The paper said 40 sank.", "Courier"),
    ("It rained. The paper said 40 sank.", "paper"),
    ("Hall Homes Ltd said no. The developer said 40 sank.", "Hall Homes Ltd"),
    ("Vaccine maker Gaslink shut, the vaccine lost. The maker said 40 sank.", "Gaslink"),
    ("The Oss Fund met. A survey by the fund said 40 sank.", "Oss Fund"),
    ("The Oss Fund met. The fund's survey said 40 sank.", "Oss Fund"),
    ("It rained. A survey by the fund said 40 sank.", "survey by the fund"),
    ("A note signed by Ann Lee said 40 sank.", "Ann Lee"),
    ("A letter to the Oss Bank from Ann Lee said 40 sank.", "Ann Lee"),
    ("A letter seen by the Oss Bank said 40 sank.", "letter seen by the Oss Bank"),
    ("Data from the Oss Bank showed 40 sank.", "Oss Bank"),
    ("The coast guard said no. It said 40 sank.", "coast guard"),
    ("TARSK - The Red Oar sank, the coast guard said. It said 40 sank.", "coast guard"),
]
FAMILIES = [
    # text (the last attribution counts), speaker: which of two bearers of a surname
    ("Ned Roe, 71, met Tom Roe, 40. The elder Roe said 40 sank.", "Ned Roe"),
    ("Ned Roe, 71, met Tom Roe, 40. Roe senior said 40 sank.", "Ned Roe"),
    ("Ned Roe, 71, met Tom Roe, 40. The younger Roe said 40 sank.", "Tom Roe"),
    ("Ned Roe met Tom Roe, 40. The younger Roe said 40 sank.", None),
    ("Rob Lunt left. Lunt junior said 40 sank.", "Rob Lunt"),
    ("It rained. Lunt junior said 40 sank.", "Lunt junior"),
    ("Ann Lee and Bob Lee came. Lee said she sank 40.", "Ann Lee"),
    ("Ann Lee and Bob Lee came. Lee said 40 sank, and she left.", None),
    ("Ann Lee and Bob Lee came. Lee said 40 old boats sank.", None),
    ("Ann Lee and Bob Lee came. Lee said Tom Roe and she sank 40.", None),
    ("Ann Lee met Bob Lee. Bob Lee said 10 sank. Lee said 40 sank.", "Bob Lee"),
    ("Ann Lee met Bob Lee. Bob Lee said 10 sank. Lee said she sank 40.", None),
    ("Ann Lee met Bob Lee. Bob Lee said 10 sank. Lee said he sank 40.", "Bob Lee"),
    ("Rob Lunt left. The boy's father said 40 sank.", "boy's father"),
    ("It rained. The 39-year-old said 40 sank.", "39-year-old"),
    ("Ann Lee and Eva Roe came. The 39-year-old said 40 sank.", None),
    ("Rob Lunt left. The drummer, 44, said no. Ann Lee left. The 39-year-old said 40.", "Ann Lee"),
]
FAR_OFF = "rain fell; " * 100
AGAIN = [
    # text (the last attribution counts), speaker: one of a kind spoken of before, or another
    ("A memo said no. Another memo said no. The second memo said 40 sank.", "Another memo"),
    ("A memo said no. Another memo said no. The other memo said 40 sank.", "Another memo"),
    ("A clerk said no. A second clerk said no. The clerk said 40 sank.", None),
    ("A study said no. Another study said no. That study said 40 sank.", "Another study"),
    ("The yearly report said no. The latest report said 40 sank.", "yearly report"),
    ("A resolution said no. The document said 40 sank.", "resolution"),
    ("A resolution said no. A communique said no. The document said 40 sank.", None),
    ("Ann Lee said no. The document said 40 sank.", "document"),
    ("A draft of the minutes said no. The draft said 40 sank.", "draft of the minutes"),
    ("The union's leader, Rob Lunt, left. The minister said 40 sank.", "minister"),
    ("The board's chairman, Rob Lunt, left. The board leader said 40 sank.", "Rob Lunt"),
    ("One of them said 40 sank.", "One of them"),
    (f"Rob Lunt said no. Then {FAR_OFF}so. The lorry driver said 40 sank.", "lorry driver"),
]
NAMED_BODIES = [
    # text (the last attribution counts), speaker, kind
    ("The shipyard Castin sued. The shipyard said 40 sank.", "Castin", "organisation"),
    ("The pub Castin burned. The pub said 40 sank.", "Castin", "organisation"),
    ("Its newspaper, Red Oar, closed. The paper said 40 sank.", "Red Oar", "organisation"),
    ("The Front's newspaper, Red Oar, said 40 sank.", "Red Oar", "organisation"),
    ("Statistics Norr said no. The agency said 40 sank.", "Statistics Norr", "organisation"),
    ("Brant & Mole said 40 sank.", "Brant & Mole", "organisation"),
    ("Hexam House is shut. Hexam said 40 sank.", "Hexam House", "organisation"),
    ("Rain fell in Hexam. Hexam House is shut. Hexam said 40 sank.", "Hexam", "organisation"),
    ("The Orbel Journal of Ice came. The journal said 40.", "Orbel Journal of Ice", "organisation"),
    ("Mayor Ann Lee met President Besim Kor. The president said 40 sank.", "Besim Kor", "person"),
]
OPEN = [
    (
        "Rain fell on the Oss Bank, hail on the Tarn Bank. The bank said 40.",
        ["Oss Bank", "Tarn Bank"],
    ),
    ("Fjordline said no. Gaslink said no. Ann Lee said no. The firm said 40.", None),
    ("The Oss Bank said no. The Tarn Court said no. Ann Lee said no. It said 40.", None),
    ("Rob Lunt met Tom Roe. Lunt and Roe left. The millionaire said 40 sank.", None),
    ("The brothers Karl and Hans Vetter left. He said 40 sank.", ["Hans Vetter", "Karl Vetter"]),
    ("Ann Lee and Eva Roe spoke. She said 40 sank.", ["Ann Lee", "Eva Roe"]),
    ("The mayor Rob Lunt said no. The lorry driver said 40 sank.", ["Rob Lunt"]),
    ("Ann Lee said no. The incumbent said 40 sank.", ["Ann Lee"]),
    ("A tall clerk said no. The man said 40 sank.", ["tall clerk"]),
    ("Eva Roe wept.\n\nA mother of three said no. Her daughter said 40 sank.", ["Eva Roe"]),
    ("A nurse said 40 sank.\n\nAnn Lee wept.", ["Ann Lee"]),
    (
        "The transport minister said 40 sank.\n\nShadow minister Ann Lee left.",
        ["Ann Lee"],
    ),
    ("The Grain League said no. The Food Monitor said no. The organisation said 40 sank.", None),
    (
        "A first clerk said no.\n\nA second clerk said no.\n\nThe Oss Bank said no.\n\n"
        "The clerk said 40 sank.",
        ["first clerk", "second clerk"],
    ),
    ("Rob Lunt said no. Ann Lee left. He said 40 sank.", ["Rob Lunt"]),
    ("A clerk said no. The Oss Bank said no.\n\nHe said 40 sank.", ["clerk"]),
]


@pytest.mark.parametrize(("text", "speaker"), [*NAMES, *DESCRIBED, *KNOWN_BY, *NEAR, *BODIES])
def test_a_mention_means_this_speaker(text: str, speaker: str) -> None:
    assert read(text)[-1].speaker == speaker


@pytest.mark.parametrize(("text", "speaker"), [*FAMILIES, *AGAIN])
def test_which_of_several_is_told_by_words_beside_or_stays_open(
    text: str, speaker: str | None
) -> None:
    assert read(text)[-1].speaker == speaker


@pytest.mark.parametrize(("text", "speaker", "kind"), NAMED_BODIES)
def test_what_stands_beside_a_name_tells_what_it_is(text: str, speaker: str, kind: str) -> None:
    one = read(text)[-1]
    assert (one.speaker, one.speaker_kind) == (speaker, kind)


@pytest.mark.parametrize("guard", ["A coast guard", "The night guard"])
def test_one_guard_is_no_body(guard: str) -> None:
    assert read(f"{guard} said no. It said 40 sank.")[-1].speaker is None


@pytest.mark.parametrize(("text", "candidates"), OPEN)
def test_two_that_are_as_near_stay_open(text: str, candidates: list[str] | None) -> None:
    one = read(text)[-1]
    assert one.speaker is None
    assert one.candidates
    assert candidates is None or sorted(one.candidates) == candidates


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("J. T. Marl met Jan Brod.", ["J. T. Marl", "Jan Brod"]),
        ("They met in Victoria Park on Monday March 3.", []),
        ("His son, Jack, came with Mr Roe.", ["Jack", "Mr Roe"]),
        ("A company called Fjordline left; a carmaker, Gaslink, stayed.", []),
        ("U.S. Democratic voters met.", []),
        ("Reform Of The Ferry Service Begins Near Oss", []),
        ("The mayor, a driver, left Kestria.", []),
    ],
)
def test_a_lone_word_is_a_person_if_words_beside_it_say_so(text: str, found: list[str]) -> None:
    assert [one.name for one in people(text, sentences(text)).persons] == found


def test_an_office_that_somebody_named_later_holds_stays_open() -> None:
    text = "It rained.\n\n" * 40 + "The warden said 40 sank.\n\nWarden Tom Roe left."
    (one,) = read(text)
    assert (one.speaker, one.candidates) == (None, ("Tom Roe",))


def test_a_group_of_named_people_has_them_as_candidates() -> None:
    text = "Ann Lee, Bob Roe and Eva Tam said 40."
    (one,) = read(text, [marked(text, "Ann Lee, Bob Roe and Eva Tam", "said", "40")])
    assert (one.speaker, one.speaker_kind) == ("Ann Lee, Bob Roe and Eva Tam", "group")
    assert one.candidates == ("Ann Lee", "Bob Roe", "Eva Tam")


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        ("The board met. Its head, Ann Lee, said 40.", "Its head", "Ann Lee"),
        ("Ann Lee, a nurse at Oss, said 40.", "a nurse at Oss", "Ann Lee"),
        ("One mother, who gave her name as Jo, said 40.", "One mother", "Jo"),
        ("One mother, who gave her word as bond, said 40.", "One mother", "mother"),
        ("Her son, the mayor, Knut Fell, said 40.", "Her son", "Knut Fell"),
        ("Ann Lee left, the nurse said 40.", "the nurse", "Ann Lee"),
        ("My lord, page 9 said 40.", "My lord, page 9", "page 9"),
    ],
)
def test_a_source_has_the_name_beside_it(text: str, source: str, speaker: str) -> None:
    assert read(text, [marked(text, source, "said", "40")])[0].speaker == speaker


TURNS = [
    # text, speakers of the turns
    (
        "Runa Solheim talks ice.\n\nPA: How much?\n\nRS: Nine.\n\nPA: Why?\n\nRS: Heat.",
        ["Pa", "Runa Solheim", "Pa", "Runa Solheim"],
    ),
    (
        "Presenter Mila Rand spoke to Tor Aske.\n\nQ: How deep?\n\nA: Ninety.",
        ["Mila Rand", "Tor Aske"],
    ),
    ("The Oss Gazette met Tor Aske.\n\nQ: Deep?\n\nA: Yes.", ["Oss Gazette", "Tor Aske"]),
    ("Ice\n\nTor Aske dives.\n\nQ: Deep?\n\nA: Yes.\n\nBy Ann Lee", ["Ann Lee", "Tor Aske"]),
    ("Tor Aske spoke to the Oss Gazette.\n\nQ: Deep?\n\nA: Yes.", ["Tor Aske", None]),
    ("Q (Tarn Times): Why?\n\nMR ROE: Yes.\n\nQ: No?", ["Tarn Times", "Mr Roe", "Tarn Times"]),
    ("MS LEE (East Oss): Why?\n\nMR ROE KC: Yes.", ["Ms Lee", "Mr Roe"]),
    ("CHAIR (Ann Lee): Why?\n\nMR ROE (Tom Roe): Yes.", ["Ann Lee", "Tom Roe"]),
    (
        "The Minister of Labour (Mr Roe): No.\n\nMS LEE: Yes.\n\nThe Minister of Labour: No.",
        ["Mr Roe", "Ms Lee", "Mr Roe"],
    ),
    (
        "Tor Aske dives\n\nThe keeper Ann Lee saw the diver Tor Aske.\n\nQ: Deep?\n\nA: Yes.",
        [None, "Tor Aske"],
    ),
    ("Mayor Ann Lee came.\n\nMAYOR: Order.\n\nMR ROE: Yes.", ["Ann Lee", "Mr Roe"]),
    ("QUESTION: Why?\n\nMR ROE: Yes.\n\nQUESTION: No?", [None, "Mr Roe", None]),
    ("The pilot Ann Lee and Bob Roe came.\n\nQ: Why?\n\nA: Yes.", [None, "Ann Lee"]),
    ("The pilots Ann Lee and pilot Bob Roe came.\n\nQ: Why?\n\nA: Yes.", [None, None]),
]


@pytest.mark.parametrize(("text", "speakers"), TURNS)
def test_turns_belong_to_whoever_their_label_means(text: str, speakers: list[str | None]) -> None:
    found = [one for one in read(text, []) if one.manner == "direct"]
    assert [one.speaker for one in found] == speakers


def test_who_speaks_in_a_turn_is_not_he() -> None:
    text = "MR ROE: The pilot came. He said 40 sank.\n\nMS LEE: No."
    assert read(text)[1].speaker == "pilot"
