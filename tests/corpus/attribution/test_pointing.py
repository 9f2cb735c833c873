"""Who is meant: "I", "you" and "who", and where a source begins."""

from __future__ import annotations

import pytest

from corpus.attribution.phrases import antecedent, phrase_before
from tests.corpus.attribution.reading import first, marked, read

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


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Ann Lee, who said 40 sank.", "Ann Lee"),
        ("The club, which said 40 sank.", "The club"),
        ("Governor Ann Lee said 40 sank.", "Governor Ann Lee"),
    ],
)
def test_the_mention_is_the_phrase_that_names_the_voice(text: str, mention: str) -> None:
    (one,) = read(text)
    assert one.mention is not None
    assert one.mention.cut(text) == mention


@pytest.mark.parametrize(("text", "source", "speaker"), SPEECH)
def test_i_you_and_who_stand_for_somebody(text: str, source: str, speaker: str | None) -> None:
    (one,) = [one for one in read(text, [marked(text, source, "said", "40 sank")]) if one.cue]
    assert one.speaker == (speaker.removeprefix("The ") if speaker else None)


POINTED_AT = [
    # text, what its last word points back to
    ("Ann Lee, who heads the bank, who", "Ann Lee"),
    ("Ann Lee, who heads Oss Bank, who", "Ann Lee"),
    ("Ann Lee, who met Bo Roe, who", "Bo Roe"),
    ("Ann Lee, who met Bo Roe and the bank, who", "the bank"),
    ("Ann Lee, who met the crew, who", "the crew"),
    ("Ann Lee, who met the mayor, who", "the mayor"),
    ("Ann Lee, who heads the bank, which", "the bank"),
    ("Ann Lee met, for a talk, the bank, who", "the bank"),
    ("the bank who", "the bank"),
]


@pytest.mark.parametrize(("text", "wanted"), POINTED_AT)
def test_who_points_past_an_earlier_clause_to_whoever_speaks(text: str, wanted: str) -> None:
    here = first(text)
    phrase = antecedent(here, len(here.words) - 1)
    assert phrase
    assert text[here.words[phrase[0]].start : here.words[phrase[1] - 1].end] == wanted


BEFORE = [
    # text, the phrase before its last word
    ("Ann Lee, said the mayor had told", "the mayor"),
    ("The said clerk told", "The said clerk"),
    ("The clerk whom Ivo Tarn had hired told", "The clerk whom Ivo Tarn had hired"),
    ("The clerk whom Ivo Tarn hired told", "The clerk whom Ivo Tarn hired"),
    ("The boat, which the mayor told", "the mayor"),
]


@pytest.mark.parametrize(("text", "wanted"), BEFORE)
def test_a_source_begins_with_no_verb_and_with_its_own_clause(text: str, wanted: str) -> None:
    here = first(text)
    phrase = phrase_before(here, len(here.words) - 1)
    assert phrase
    assert text[here.words[phrase[0]].start : here.words[phrase[1] - 1].end] == wanted
