"""The score of voices: what counts as found, who is meant, how chains and identities are judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.attribution.base import Attribution
from corpus.score import Tally
from corpus.spans import Span
from corpus.voices_gold import HALVES, GoldArticle, GoldAttribution, Speaker, load_voices
from corpus.voices_score import (
    Page,
    VoiceScore,
    identity_pairs,
    main,
    means,
    same_name,
    score_identities,
    score_voices,
    table,
)

VOICES = Path(__file__).parents[2] / "corpus" / "gold" / "voices"
TEXT = "The owner, Lena Orr, said on Monday that 40 boats sank. The log lists 41, she added."
ORR = Speaker("orr", ("Lena Orr",), "person", (), "lena-orr", frozenset())
LOG = Speaker("log", ("log of the harbour", "log"), "document", (), None, frozenset())


def at(words: str) -> tuple[Span, ...]:
    start = TEXT.index(words)
    return (Span(start, start + len(words)),)


SAID = GoldAttribution(
    source=at("The owner, Lena Orr"),
    cue=at("said"),
    content=at("that 40 boats sank"),
    manner="indirect",
    speaker=ORR,
    parent=None,
    said_when="2031-05-05",
    stance="stated",
    optional=False,
)
ADDED = replace(SAID, source=at("she"), content=at("The log lists 41"), said_when=None)
LISTS = replace(
    ADDED, source=at("The log"), content=at("41"), manner="document", speaker=LOG, parent=1
)
ARTICLE = GoldArticle(
    "tuned/one.toml: boats", "agency", TEXT, None, (ORR, LOG), (SAID, ADDED, LISTS)
)


def as_found(article: GoldArticle) -> list[Attribution]:
    """Return what a perfect reader would return."""
    return [
        Attribution(
            n=n,
            manner=mark.manner,
            source=mark.source,
            cue=mark.cue,
            content=mark.content,
            speaker=mark.speaker.name if mark.speaker else None,
            parent=mark.parent,
            said_when=mark.said_when,
        )
        for n, mark in enumerate(article.attributions)
    ]


def scored(found: Sequence[Attribution], article: GoldArticle = ARTICLE) -> VoiceScore:
    return score_voices([article], lambda _: found)


def shares(tally: Tally) -> tuple[int, int, int]:
    return tally.right, tally.found, tally.gold


@pytest.mark.parametrize("half", HALVES)
def test_the_gold_scored_against_itself_is_all_right(half: str) -> None:
    articles = list(load_voices(VOICES / half))
    result = score_voices(articles, as_found)
    score_identities(result, articles, lambda a, b: "same" if a.identity == b.identity else "apart")
    assert result.errors == []
    assert (result.joint.precision, result.joint.recall) == (1.0, 1.0)
    assert all(tally.f1 == 1.0 for tally in (*result.styles.values(), *result.manners.values()))
    assert result.cited.f1 == result.said_when.f1 == 1.0
    assert set(result.links) == set(result.identities) == {"right"}


FOUND = as_found(ARTICLE)


@pytest.mark.parametrize(
    ("source", "content", "right"),
    [
        (at("Lena Orr"), at("40 boats sank."), 3),
        (at("The owner"), at("on Monday that 40 boats sank"), 3),
        (at("owner, Lena"), at("that 40 boats"), 3),
        (at("Monday"), at("that 40 boats sank"), 2),
        ((), at("that 40 boats sank"), 2),
        (at("The owner, Lena Orr"), at("that"), 2),
        (at("The owner, Lena Orr"), (), 2),
    ],
)
def test_a_finding_is_right_with_half_of_the_content_and_the_same_source(
    source: tuple[Span, ...], content: tuple[Span, ...], right: int
) -> None:
    changed = replace(FOUND[0], source=source, content=content)
    result = scored([changed, *FOUND[1:]])
    assert shares(result.joint) == (right, 3 if content else 2, 3)
    assert shares(result.styles["agency"]) == shares(result.joint)
    missed = [error for error in result.errors if "missed" in error]
    assert bool(missed) == (right == 2)


def test_sources_missing_on_both_sides_agree() -> None:
    assert Page(TEXT).same_source((), ())
    assert not Page(TEXT).same_source((), at("she"))


def test_one_finding_is_not_counted_twice() -> None:
    twice = replace(FOUND[0], content=at("40 boats sank"), n=3)
    result = scored([*FOUND, twice])
    assert shares(result.joint) == (3, 4, 3)
    assert shares(result.manners["indirect"]) == (2, 3, 2)
    assert [error for error in result.errors if "not in gold" in error] == [
        "tuned/one.toml: boats: not in gold: The owner, Lena Orr | said | 40 boats sank"
    ]


def test_what_is_optional_is_neither_asked_for_nor_wrong() -> None:
    wish = replace(SAID, optional=True, parent=1, speaker=LOG)
    article = replace(ARTICLE, attributions=(wish, ADDED, LISTS))
    for found in (FOUND, FOUND[1:]):
        shifted = [replace(one, n=n, parent=None) for n, one in enumerate(found)]
        result = scored(shifted, article)
        assert shares(result.joint) == (2, 2, 2)
        assert result.links == {"right": 2}
        assert result.cited.gold == 1


def test_what_must_be_found_comes_before_what_is_optional() -> None:
    article = replace(ARTICLE, attributions=(replace(SAID, optional=True), SAID))
    assert shares(scored(FOUND[:1], article).joint) == (1, 1, 1)


@pytest.mark.parametrize(
    ("speaker", "said", "outcome"),
    [
        (ORR, "Lena Orr", "right"),
        (ORR, "the Lena Orr", "right"),
        (ORR, "Dr. Lena Orr", "right"),
        (ORR, "Orr", "wrong"),
        (ORR, "Lena Orr Lund", "wrong"),
        (ORR, None, "unresolved"),
        (None, None, "right"),
        (None, "Lena Orr", "wrong"),
    ],
)
def test_a_mention_is_right_wrong_or_unresolved(
    speaker: Speaker | None, said: str | None, outcome: str
) -> None:
    article = replace(ARTICLE, attributions=(replace(SAID, speaker=speaker),))
    result = scored([replace(FOUND[0], speaker=said)], article)
    assert result.links == {outcome: 1}
    assert len(result.errors) == (outcome != "right")


def test_without_a_mention_there_is_no_link() -> None:
    article = replace(ARTICLE, attributions=(replace(SAID, source=()),))
    assert scored([replace(FOUND[0], source=(), speaker="Lena Orr")], article).links == {}


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("log", True),
        ("The harbour log", True),
        ("log of the old harbour", True),
        ("list of the harbour", True),
        ("list of names", False),
        ("Lena Orr", False),
    ],
)
def test_a_voice_that_is_no_person_is_known_by_its_words(name: str, same: bool) -> None:
    assert means(name, LOG) == same


@pytest.mark.parametrize(
    ("parents", "counts"),
    [
        ((None, None, 1), (1, 1, 1)),
        ((None, None, None), (0, 0, 1)),
        ((None, None, 0), (0, 1, 1)),
        ((1, None, 1), (1, 2, 1)),
    ],
)
def test_a_cited_voice_is_right_if_it_is_tied_to_the_voice_that_cites_it(
    parents: tuple[int | None, ...], counts: tuple[int, int, int]
) -> None:
    found = [replace(one, parent=parent) for one, parent in zip(FOUND, parents, strict=True)]
    result = scored(found)
    assert shares(result.cited) == counts
    assert bool(result.errors) == (counts != (1, 1, 1))


def test_a_cited_voice_is_missed_with_the_voice_that_cites_it() -> None:
    lonely = [FOUND[0], replace(FOUND[2], n=1, parent=0)]
    assert shares(scored(lonely).cited) == (0, 1, 1)
    assert shares(scored(FOUND[:2]).cited) == (0, 0, 1)


@pytest.mark.parametrize(
    ("said_when", "counts"),
    [("2031-05-05", (1, 1, 1)), ("2031-05", (0, 1, 1)), (None, (0, 0, 1))],
)
def test_the_date_of_saying_is_compared_as_text(
    said_when: str | None, counts: tuple[int, int, int]
) -> None:
    result = scored([replace(FOUND[0], said_when=said_when), *FOUND[1:]])
    assert shares(result.said_when) == counts
    assert len(result.errors) == (counts != (1, 1, 1))


def test_speakers_are_paired_across_articles_where_the_gold_knows_them() -> None:
    lena = replace(ORR, names=("L. Orr",))
    cousin = replace(ORR, identity="lena-orr-2", differs=frozenset(("lena-orr",)))
    other = replace(ARTICLE, speakers=(lena, cousin, LOG))
    assert list(identity_pairs([ARTICLE, other])) == [(ORR, lena, True), (ORR, cousin, False)]
    assert list(identity_pairs([other, ARTICLE])) == [(lena, ORR, True), (cousin, ORR, False)]


@pytest.mark.parametrize(
    ("verdict", "outcomes"),
    [
        ("same", {"right": 1, "wrong": 1}),
        ("propose", {"unresolved": 2}),
        ("apart", {"unresolved": 1, "right": 1}),
    ],
)
def test_joining_and_leaving_apart_are_judged_and_a_proposal_is_open(
    verdict: str, outcomes: dict[str, int]
) -> None:
    cousin = replace(ORR, identity="lena-orr-2", differs=frozenset(("lena-orr",)))
    result = VoiceScore()
    score_identities(
        result, [ARTICLE, replace(ARTICLE, speakers=(ORR, cousin))], lambda a, b: verdict
    )
    assert result.identities == outcomes
    assert len(result.errors) == 2 - outcomes.get("right", 0)


def test_the_simplest_judge_goes_by_the_name() -> None:
    assert same_name(ORR, replace(ORR, names=("lena  orr",))) == "same"
    assert same_name(ORR, replace(ORR, names=("L. Orr",))) == "apart"


def test_the_table_tells_styles_manners_and_shares() -> None:
    result = scored([*FOUND[:2], replace(FOUND[2], speaker=None)])
    lines = table(result).splitlines()
    assert [line.split()[0] for line in lines[1:8]] == [
        *("agency", "broadsheet", "tabloid", "transcript", "party", "british", "direct")
    ]
    assert lines[-2] == "mentions     right 2 (0.667), wrong 0 (0.000), unresolved 1 (0.333)"
    assert lines[-1] == "identities   right 0 (0.000), wrong 0 (0.000), unresolved 0 (0.000)"


def test_long_words_are_shortened_in_the_list_of_errors() -> None:
    result = scored([], replace(ARTICLE, attributions=(replace(SAID, content=at(TEXT)),)))
    assert result.errors == [
        "tuned/one.toml: boats: missed The owner, Lena Orr | said | "
        "The owner, Lena Orr, said on Monday that … ts 41, she added."
    ]


GOLD = """
style = "agency"

[[article]]
id = "boats"
text = "Boats sink\\n\\nForty boats sank, Lena Orr said. They rested."

[article.speakers]
orr = {name = "Lena Orr", kind = "person"}

[[article.attribution]]
source = "Lena Orr"
cue = "said"
content = "They rested"
manner = "indirect"
speaker = "orr"
"""


def test_the_command_prints_both_halves_and_errors_of_the_tuned_one_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for half in HALVES:
        (tmp_path / half).mkdir()
        (tmp_path / half / "one.toml").write_text(GOLD, encoding="utf-8")
    assert main(["--gold", str(tmp_path)]) == 0
    plain = capsys.readouterr().out
    assert ("tuned: 1 articles" in plain, "held_out: 1 articles" in plain) == (True, True)
    assert "missed" not in plain
    assert main(["--gold", str(tmp_path), "--errors"]) == 0
    told = capsys.readouterr().out
    assert "tuned/one.toml: boats: missed Lena Orr | said | They rested" in told
    assert "held_out/one.toml" not in told


def test_the_command_names_gold_that_does_not_fit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tuned").mkdir()
    (tmp_path / "tuned" / "one.toml").write_text(GOLD.replace("sank,", "said,"), encoding="utf-8")
    assert main(["--gold", str(tmp_path)]) == 2
    assert "'said' stands 2 times" in capsys.readouterr().err
