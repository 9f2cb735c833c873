"""What a voice covers beyond its sentence, and what only leans on it."""

from __future__ import annotations

import pytest

from corpus.extract import extract
from tests.corpus.attribution.reading import read

CARRIED = [
    # text, speaker, words that are among the speaker's
    (
        "Ro Min put forward two proposals. First, 40 boats. Second, 50 piers.\n\nRain fell.",
        "Ro Min",
        "50 piers",
    ),
    (
        "Ann Lee said this: First, it sank. Second, both towns want 40 boats. Third, 50 piers.",
        "Ann Lee",
        "50 piers",
    ),
    (
        '"We lost 40," Ann Lee said. "Six were old.\n\n"Two were new.\n\n"Nobody came to us."',
        "Ann Lee",
        "Nobody came",
    ),
    (
        'Bo Rask said it rained.\n\n"We lost 40.\n\n"Six were old.\n\n"Two," Ann Lee said.',
        "Ann Lee",
        "We lost 40",
    ),
    (
        'Ann Lee sat.\n\n"We lost 40.\n\n"Six were old.\n\n"Two were new," Ann Lee said.',
        "Ann Lee",
        "Six were old",
    ),
]
NOT_CARRIED = [
    (
        "Ro Min put forward two proposals. First, 40 boats. Second, 50 piers.\n\nRain fell.",
        "Ro Min",
        "Rain",
    ),
    ('"We lost 40," Ann Lee said. "Six were old."\n\nNobody came to us.', "Ann Lee", "Nobody"),
    ('"We lost 40 to the sea."\n\n"Two were new," Ann Lee said.', "Ann Lee", "We lost"),
    ('"We lost 40 to the sea.\n\nTwo were new, Ann Lee said.', "Ann Lee", "We lost"),
    ('"We lost 40 to the sea.\n\n"Six were old."\n\n"Two," Ann Lee said.', "Ann Lee", "We lost"),
]
QUOTED = [
    # text, voices of its figures
    ("Oss is small.\n\n“Some 40 boats left the town for good.”", ["undetermined"]),
    ("Oss is small.\n\n“It sank.\n\n“And 40 old boats left.\n\nRain fell.", ["undetermined"]),
    ("Oss has “40 old boats” now.", ["own"]),
    ("Oss is small.\n\nSome 40 boats left “the town of them all”.", ["own"]),
    ("Oss is small.\n\n“Some [40] boats left the town for good.”", ["own"]),
]


def covers(text: str, speaker: str, words: str) -> bool:
    spans = [span for one in read(text) if one.speaker == speaker for span in one.content]
    return any(words in span.cut(text) for span in spans)


@pytest.mark.parametrize(("text", "speaker", "words"), CARRIED)
def test_a_voice_goes_on(text: str, speaker: str, words: str) -> None:
    assert covers(text, speaker, words)


@pytest.mark.parametrize(("text", "speaker", "words"), NOT_CARRIED)
def test_a_voice_ends(text: str, speaker: str, words: str) -> None:
    assert not covers(text, speaker, words)


@pytest.mark.parametrize(("text", "wanted"), QUOTED)
def test_quoted_words_that_nobody_claims_are_not_the_texts_own(
    text: str, wanted: list[str]
) -> None:
    assert [claim.voice for claim in extract(text, tier="light").claims] == wanted


def test_a_list_is_reported_whole() -> None:
    text = (
        "Ro Min put forward two proposals. First, 40 boats should sail. "
        "Second, 50 piers should be built, according to the Oss Gazette."
    )
    claims = extract(text, tier="light").claims
    chains = {claim.surface: claim.chain for claim in claims}
    assert chains["40"] == chains["50"] == ("Oss Gazette", "Ro Min")
    assert chains["two"] == ("Oss Gazette",)


def test_a_list_ends_where_somebody_says_something_else() -> None:
    text = (
        "Ro Min put forward two proposals. First, 40 boats should sail. "
        "Second, Ann Lee said 50 piers fell."
    )
    chains = {claim.surface: claim.chain for claim in extract(text, tier="light").claims}
    assert (chains["40"], chains["50"]) == (("Ro Min",), ("Ann Lee",))


ANNOUNCED = [
    # text after "Jan Eide presented some figures.", the last figure's voice, speaker, candidates
    ("Trade rose by 40.", "attributed", "Jan Eide", ()),
    ("Trade rose. Some 30 firms closed. Exports fell by 40.", "attributed", "Jan Eide", ()),
    ('Trade rose. "Losses" came to 40.', "attributed", "Jan Eide", ()),
    ("Trade rose. Mr Eide's firm lost 40.", "attributed", "Jan Eide", ()),
    ("Trade rose. Firms shut. Exports fell. Rain fell on 40 towns.", "undetermined", None, None),
    ("Trade rose. A court shut 40 firms.", "undetermined", None, None),
    ("Trade rose. Governor Ann Lee lost 40 boats.", "undetermined", None, None),
    ("First, trade rose. Second, it fell. Rain fell on 40 towns.", "own", None, ()),
]


@pytest.mark.parametrize(("text", "state", "speaker", "candidates"), ANNOUNCED)
def test_announced_figures_end_somewhere(
    text: str, state: str, speaker: str | None, candidates: tuple[str, ...] | None
) -> None:
    claims = extract(f"Jan Eide presented some figures. {text}", tier="light").claims
    claim = next(one for one in claims if one.value == "40")
    wanted = ("Jan Eide",) if candidates is None else candidates
    assert (claim.voice, claim.speaker, claim.candidates) == (state, speaker, wanted)


def test_reasons_are_given_one_by_one() -> None:
    text = "Jan Eide gave two reasons. First, 40 boats sank. Second, 50 piers fell."
    claims = extract(text, tier="light").claims
    assert [one.speaker for one in claims if one.surface in ("40", "50")] == ["Jan Eide"] * 2


LEANING = [
    # text, the figure, state, candidates
    ("Ann Lee said it sank. They kept 40 on board.", "40", "undetermined", ("Ann Lee",)),
    ("It sank, Ann Lee said. Another 40 burned.", "40", "undetermined", ("Ann Lee",)),
    ("Ann Lee said it sank. The sea held 40. She said so.", "40", "undetermined", ("Ann Lee",)),
    ("Ann Lee said it sank. The pier cost 40 euros.", "40 euros", "own", ()),
    ("It sank, Ann Lee said. It was the worst storm in 40 years.", "40 years", "own", ()),
    ("Ann Lee said it sank.\n\nThey kept 40 on board.", "40", "own", ()),
]


@pytest.mark.parametrize(("text", "figure", "state", "candidates"), LEANING)
def test_what_leans_on_somebodys_words_may_be_theirs(
    text: str, figure: str, state: str, candidates: tuple[str, ...]
) -> None:
    claim = next(one for one in extract(text, tier="light").claims if figure == one.surface)
    assert (claim.voice, claim.candidates) == (state, candidates)


SPECIAL = [
    # text, the figure, state, chain: the special cases of the reading of figures
    ('"We came [in May 2030] to stay," Ann Lee said.', "May 2030", "own", ()),
    ("Ann Lee said she kept 40 boats, a standing number of 40.", "40", "attributed", ("Ann Lee",)),
    ("The file of Captain Ann Lee shows: In 1945, 12 sank.", "12", "attributed", None),
    (
        "Bob Roe left, saying after he held two calls that it sank, according to Radio Oss.",
        "two",
        "attributed",
        ("Radio Oss",),
    ),
    (
        "The ministry says it will invite 40 students over the next three years.",
        "the next three years",
        "attributed",
        ("ministry",),
    ),
]


@pytest.mark.parametrize(("text", "figure", "state", "chain"), SPECIAL)
def test_special_cases_have_their_voice(
    text: str, figure: str, state: str, chain: tuple[str, ...] | None
) -> None:
    claim = next(one for one in extract(text, tier="light").claims if figure == one.surface)
    assert claim.voice == state
    assert claim.chain == chain if chain is not None else claim.speaker != "Ann Lee"
