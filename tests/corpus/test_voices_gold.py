"""The gold for voices: how marks find their place, what damage is refused, what is in it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from corpus.score import GoldError
from corpus.voices_gold import HALVES, STYLES, GoldArticle, load_voices
from corpus.voices_score import identity_pairs

VOICES = Path(__file__).parents[2] / "corpus" / "gold" / "voices"
HEAD = """
style = "agency"

[[article]]
id = "boats"
published = "2031-05-06"
text = '''
Boats sink: owner

"Forty boats sank," Lena Orr said on Monday. She said, citing the log, that it rained. It did.
'''

[article.speakers]
orr = {name = "Lena Orr", kind = "person", roles = [["owner"], ["chair", "Boat Club"]]}
log = {name = "log", kind = "document", aliases = ["the boat's log"]}
"""
SAID = """
[[article.attribution]]
id = "rain"
source = "{She} said"
cue = "She {said}, citing"
content = "that it ... rained"
manner = "indirect"
speaker = "orr"
"""
LOG = """
[[article.attribution]]
source = "the log"
cue = "citing"
content = ["it rained", "It did"]
manner = "document"
speaker = "log"
parent = "rain"
said_when = "2031-05"
stance = "doubtful"
optional = true
"""


def loaded(folder: Path, gold: str) -> GoldArticle:
    (folder / "one.toml").write_text(gold, encoding="utf-8")
    (article,) = load_voices(folder)
    return article


def test_marks_become_spans_and_keys_become_speakers_and_parents(tmp_path: Path) -> None:
    article = loaded(tmp_path, HEAD + SAID + LOG)
    said, log = article.attributions
    shown = [s.cut(article.text) for s in (*said.source, *said.cue, *said.content, *log.content)]
    assert shown == ["She", "said", "that it rained", "it rained", "It did"]
    assert said.source[0].start == article.text.index("She")
    assert said.speaker is article.speakers[0]
    assert (said.speaker.name, said.speaker.roles) == (
        "Lena Orr",
        (("owner", ""), ("chair", "Boat Club")),
    )
    assert (said.stance, said.optional, said.parent, said.said_when) == (
        "stated",
        False,
        None,
        None,
    )
    assert (log.stance, log.optional, log.parent, log.said_when) == ("doubtful", True, 0, "2031-05")
    assert log.speaker is not None
    assert log.speaker.names == ("log", "the boat's log")


def test_a_voice_may_stay_open_and_a_mark_may_have_no_source_and_no_cue(tmp_path: Path) -> None:
    bare = SAID.replace('speaker = "orr"', 'speaker = "?"').splitlines()
    bare = [line for line in bare if not line.startswith(("source", "cue"))]
    (only,) = loaded(tmp_path, HEAD + "\n".join(bare)).attributions
    assert (only.source, only.cue, only.speaker) == ((), (), None)


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ('"Boats sink"', "Boats sink"),
        ('"Orr {said} on"', "said"),
        ('"{She said}, citing"', "She said"),
        ('"Boats ... owner"', "Boats sink: owner"),
        ('"sank,\\" {Lena ... Monday}. She"', "Lena Orr said on Monday"),
        ('"She {said ... rained}."', "said, citing the log, that it rained"),
    ],
)
def test_a_mark_is_words_or_words_among_others_or_from_words_to_words(
    tmp_path: Path, mark: str, words: str
) -> None:
    article = loaded(tmp_path, HEAD + SAID.replace('"that it ... rained"', mark))
    assert article.attributions[0].content[0].cut(article.text) == words


ONCE = "braces do not open once and close once at the end"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"{She} said"', '"said"', "attribution 1: source: 'said' stands 2 times in the text"),
        ('"{She} said"', '"He"', "attribution 1: source: 'He' stands 0 times in the text"),
        ('"{She} said"', '"{She said"', f"source: '{{She said': {ONCE}"),
        ('"{She} said"', '"She} said"', ONCE),
        ('"{She} said"', '"{{She}} said"', ONCE),
        ('"{She} said"', '"{She} said ... rained"', ONCE),
        ('"{She} said"', '"She ... {rained}"', ONCE),
        ('"that it ... rained"', '"that ... snowed"', "do not follow in the same line"),
        ('"that it ... rained"', '"Boats sink ... rained"', "do not follow in the same line"),
        ('content = "that it ... rained"', "", "attribution 1: content is missing"),
        ('speaker = "orr"', 'speaker = "ore"', "no speaker 'ore' in this article"),
        ('speaker = "orr"', "", "attribution 1: speaker is missing"),
        ('manner = "indirect"', 'manner = "loud"', "manner is 'loud', not one of direct"),
        ('parent = "rain"', 'parent = "snow"', "no attribution has the id 'snow'"),
        ('stance = "doubtful"', 'stance = "sure"', "stance is 'sure', not one of stated"),
        ('"2031-05"', '"in May"', "attribution 2: said_when: "),
        ('"2031-05-06"', '"in May"', "boats: published: "),
        ('kind = "person"', 'kind = "cat"', "speaker orr: kind is 'cat', not one of person"),
        ('name = "Lena Orr", ', "", "speaker orr: name is missing"),
        ("aliases =", "alias =", "speaker log: alias: no such key"),
        ("optional =", "maybe =", "attribution 2: maybe: no such key"),
        ("published =", "printed =", "boats: printed: no such key"),
        ('id = "boats"', "", "one.toml: id is missing"),
        ('style = "agency"', 'style = "ode"', "one.toml: style is 'ode', not one of agency"),
        ('style = "agency"', 'style = "agency"\nsize = 1', "one.toml: size: no such key"),
    ],
)
def test_gold_that_does_not_fit_is_refused_by_name(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    gold = HEAD + SAID + LOG
    assert gold.count(old) >= 1
    with pytest.raises(GoldError) as refused:
        loaded(tmp_path, gold.replace(old, new, 1))
    assert message in str(refused.value)


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_all_six_styles_and_half_of_the_attributions(half: str) -> None:
    articles = list(load_voices(VOICES / half))
    marks = [mark for article in articles for mark in article.attributions if not mark.optional]
    assert len(articles) >= 25
    assert len(marks) >= 200
    assert {article.style for article in articles} == set(STYLES)
    assert {mark.manner for mark in marks} == {"direct", "indirect", "mixed", "document"}
    assert {mark.stance for mark in marks} == {"stated", "denied", "unsaid", "doubtful"}
    assert sum(mark.parent is not None for mark in marks) >= 25
    assert sum(mark.said_when is not None for mark in marks) >= 10
    assert sum(mark.speaker is None and mark.source != () for mark in marks) >= 2


def test_there_are_links_enough_beside_the_full_names() -> None:
    kinds: Counter[str] = Counter()
    for half in HALVES:
        articles = list(load_voices(VOICES / half))
        kinds.update(str(same) for _, _, same in identity_pairs(articles))
        for article in articles:
            for mark in article.attributions:
                if mark.source and not mark.optional:
                    mention = mark.source[0].cut(article.text)
                    named = mark.speaker is not None and mark.speaker.name in mention
                    kinds["named" if named else "short"] += 1
    assert kinds["short"] >= 150
    assert kinds["True"] >= 30
    assert kinds["False"] >= 15


def test_names_of_articles_are_not_used_twice_and_nobody_stands_in_both_halves() -> None:
    tuned, held_out = (list(load_voices(VOICES / half)) for half in HALVES)
    names = Counter(article.where for article in tuned + held_out)
    people = [{s.identity for a in half for s in a.speakers} - {None} for half in (tuned, held_out)]
    assert max(names.values()) == 1
    assert people[0] & people[1] == set()
