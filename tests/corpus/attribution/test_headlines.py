"""Headlines that name their source, and the labels of transcripts."""

from __future__ import annotations

import pytest

from corpus.attribution.forms import headlines
from corpus.attribution.forms.labels import labels
from corpus.sentences import paragraphs
from tests.corpus.attribution.reading import page_of, shown

HEADLINES = [
    ("Visit highly fruitful: spokeswoman", "spokeswoman", "Visit highly fruitful"),
    ('Mayor: "I never saw the boat"', "Mayor", '"I never saw the boat"'),
    ('"We are staying!" Lotto couple on the win', "Lotto couple", '"We are staying!"'),
    ("Fire seen from the moon, jokes owner", "owner", "Fire seen from the moon"),
    ("Half of all flats built, Audit Office finds", "Audit Office", "Half of all flats built"),
    ("Six die in ferry fire - police", "police", "Six die in ferry fire"),
    ("Mayor: 400 homes still dark", "Mayor", "400 homes still dark"),
    ("Roe: 40 boats lost\n\nBob Roe came.", "Roe", "40 boats lost"),
]
NO_HEADLINES = [
    "Saltmere: 400 homes still dark",
    "He told the mayor: 'I paid him 400'",
    "Forty boats sink in storm: a tale",
    "Little Help for Refugees: The storm left many of them without a roof.",
    "Forty boats sink in storm: one two three four five six seven eight nine",
    "It was the last question of the night: how many officials were there?",
]


@pytest.mark.parametrize(("text", "source", "content"), HEADLINES)
def test_a_headline_names_its_source(text: str, source: str, content: str) -> None:
    draft = headlines.read(page_of(text), paragraphs(text)[0])
    assert draft is not None
    assert [(who, what) for who, _, what in shown(text, [draft])] == [(source, content)]


@pytest.mark.parametrize("text", NO_HEADLINES)
def test_a_headline_without_a_source_has_none(text: str) -> None:
    assert headlines.read(page_of(text), paragraphs(text)[0]) is None


TRANSCRIPTS = [
    # text, the words of the labels
    ("Q: Where?\nA: Here.", ["Q", "A"]),
    ("CHAIR (Agathe Morrow): Order.\nMS VOSS: No.", ["CHAIR", "MS VOSS"]),
    ("Alma Reith: Why?\nIlka Bartos: Why not?\nReith: So?\nBartos: So.", None),
    ("Note: it rained.\nThe crew left.", []),
    ("LEE: Forty sank.\nNobody spoke.", []),
    ("Q. Where?\nA. Here.", ["Q", "A"]),
    ("A. Lee came.\nB. Roe left.\nA. Lee left.", []),
]


@pytest.mark.parametrize(("text", "words"), TRANSCRIPTS)
def test_a_transcript_has_labels(text: str, words: list[str] | None) -> None:
    found = [label.words for label in labels(text, paragraphs(text)).values()]
    assert found == (["Alma Reith", "Ilka Bartos", "Reith", "Bartos"] if words is None else words)


def test_a_turn_goes_on_in_its_speakers_own_words() -> None:
    text = "LEE (smiling): Forty.\n(Applause.)\nI saw them.\nRain fell.\nROE (Oss): We left."
    found = labels(text, paragraphs(text))
    assert [(one.words, one.name) for one in found.values()] == [("LEE", None), ("ROE", "Oss")]
    assert [span.cut(text) for span in found[0].more] == ["I saw them."]
