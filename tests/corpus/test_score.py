"""The score: what counts as found, what as a right voice, and how damage in gold is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.extract import extract
from corpus.score import (
    GoldError,
    Mark,
    Score,
    Tally,
    agrees,
    compare,
    differences,
    load_gold,
    main,
    read_marked,
    same_voice,
    score,
    table,
)
from corpus.spans import Span

TEXT = """Boats sink

Lena Ortiz said 40 boats sank at Pier 7 on 3 May 2019. It rained for two hours.
"""
GOLD = """
file = "oss/one.txt"
[[article]]
headline = "Boats sink"
starts = "Lena Ortiz"
published = ""
[[article.claim]]
words = "40"
within = "said 40 boats"
kind = "count"
value = "40"
voice = "attributed"
chain = ["the lena ortiz"]
[[article.claim]]
words = "3 May 2019"
kind = "date"
edtf = "2019-05-03"
voice = "own"
[[article.claim]]
words = "rained"
kind = "duration"
value = "9"
voice = "own"
[[article.designator]]
words = "Pier 7"
"""


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    gold, seeds = tmp_path / "gold", tmp_path / "seeds"
    (seeds / "oss").mkdir(parents=True)
    gold.mkdir()
    (seeds / "oss" / "one.txt").write_text(TEXT, encoding="utf-8")
    (gold / "one.toml").write_text(GOLD, encoding="utf-8")
    return gold, seeds


def test_counts_what_is_found_right_and_by_the_right_voice(folders: tuple[Path, Path]) -> None:
    result = score(load_gold(*folders), read_marked)
    assert (result.kinds["count"].right, result.kinds["date"].right) == (1, 1)
    assert (result.total.gold, result.total.right, result.total.found) == (3, 2, 3)
    assert (result.matched, result.voices_right, result.chains_right) == (2, 1, 1)
    assert result.designators_claimed == 0
    assert [error.split(": ")[2] for error in result.errors] == [
        "voice of '3 May 2019'",
        "missed {'words'",
        "not in gold",
    ]


def test_a_designator_emitted_as_a_claim_is_counted(folders: tuple[Path, Path]) -> None:
    gold, seeds = folders
    marks = GOLD.replace('words = "Pier 7"', 'words = "two hours"')
    (gold / "one.toml").write_text(marks, encoding="utf-8")
    result = score(load_gold(gold, seeds), read_marked)
    assert result.designators_claimed == 1


def test_records_of_json_lines_are_read_with_their_own_date(folders: tuple[Path, Path]) -> None:
    gold, seeds = folders
    record = {"headline": "Boats sink", "text": "Lena Ortiz said 40 boats sank last year.",
              "published": "2020-01-01"}  # fmt: skip
    (seeds / "oss" / "one.jsonl").write_text(json.dumps(record), encoding="utf-8")
    marks = """
file = "oss/one.jsonl"
[[article]]
headline = "Boats sink"
[[article.claim]]
words = "last year"
kind = "date"
edtf = "2019"
voice = "attributed"
chain = ["Lena Ortiz"]
"""
    (gold / "one.toml").write_text(marks, encoding="utf-8")
    result = score(load_gold(gold, seeds), read_marked)
    assert (result.kinds["date"].right, result.voices_right) == (1, 1)


WRONG = [
    ('headline = "Boats sink"', 'headline = "Boats swim"', "0 articles"),
    ('words = "Pier 7"', 'words = "Pier 8"', "must stand in the text just once"),
    ('within = "said 40 boats"', 'within = "a"', "must stand in the text just once"),
]


@pytest.mark.parametrize(("old", "new", "message"), WRONG)
def test_gold_that_does_not_fit_its_text_is_named(
    folders: tuple[Path, Path], old: str, new: str, message: str
) -> None:
    gold, seeds = folders
    (gold / "one.toml").write_text(GOLD.replace(old, new), encoding="utf-8")
    with pytest.raises(GoldError, match=message) as caught:
        list(load_gold(gold, seeds))
    assert str(caught.value).startswith("one.toml: ")


def mark(**given: object) -> Mark:
    return Mark(Span(0, 2), "40", {"kind": "count", "value": "40", "voice": "own"} | given)


AGREEMENT = [
    ({}, True),
    ({"value": "40.0"}, True),
    ({"value": "41"}, False),
    ({"kind": "measure"}, False),
    ({"value": None, "low": "40"}, False),
    ({"value": "80/2"}, False),
]


@pytest.mark.parametrize(("given", "same"), AGREEMENT)
def test_values_agree_as_numbers(given: dict[str, object], same: bool) -> None:
    (claim,) = extract("40 boats sank.").claims
    assert agrees(mark(**given), claim) is same


VOICES = [
    ("40 boats sank.", {"voice": "own"}, True),
    ("40 boats sank.", {"voice": "undetermined"}, False),
    ("40 boats sank, Ann Lee said.", {"voice": "attributed", "chain": ["Ann  LEE"]}, True),
    ("40 boats sank, Ann Lee said.", {"voice": "attributed", "chain": ["Bob Roe"]}, False),
]


@pytest.mark.parametrize(("text", "given", "same"), VOICES)
def test_voices_agree_in_state_and_nearest_speaker(
    text: str, given: dict[str, object], same: bool
) -> None:
    (claim,) = extract(text).claims
    assert same_voice(mark(**given), claim) is same


def test_nothing_found_and_nothing_marked_is_no_division_by_zero() -> None:
    tally = Tally()
    assert (tally.precision, tally.recall, tally.f1, Score().voice_share) == (0, 0, 0, 0)
    assert "all" in table(Score())


def reading(words: str, **fields: object) -> dict[str, object]:
    return extract(words).to_json() | fields


def test_a_claim_that_is_read_no_more_is_lost() -> None:
    text = "Ann Lee said 40 boats sank."
    gained, lost = compare([reading(text)], [reading(text, claims=[])])
    assert gained == []
    assert [str(one).split(" ", 2)[2] for one in lost] == ["count '40' 40 boat (Ann Lee)"]


COMPARED = [
    # what a later version says instead, what is shown of it
    ({"value": "41"}, "count '40' 41 boat (own)"),
    ({"kind": "share", "value": "2/5"}, "share '40' 2/5 boat (own)"),
    ({"value": None, "low": "40"}, "count '40' 40.. boat (own)"),
    ({"comparator": "~<"}, "count '40' ~< 40 boat (own)"),
    ({"unit": "kg", "per": "day"}, "count '40' 40 kg per day boat (own)"),
    ({"voice": "undetermined"}, "count '40' 40 boat (undetermined)"),
    ({"change": {"direction": "increase"}}, "count '40' 40 boat increase (own)"),
    ({"scope": {"edtf": "2019"}}, "count '40' 40 boat 2019 (own)"),
]


@pytest.mark.parametrize(("changed", "shown"), COMPARED)
def test_a_claim_that_is_read_otherwise_is_lost_and_gained(
    changed: dict[str, object], shown: str
) -> None:
    old = reading("40 boats sank.")
    (claim,) = extract("40 boats sank.").to_json()["claims"]
    gained, lost = compare([old], [old | {"claims": [claim | changed]}])
    assert [str(one).split(" ", 2)[2] for one in gained] == [shown]
    assert [str(one).split(" ", 2)[2] for one in lost] == ["count '40' 40 boat (own)"]


@pytest.mark.parametrize("changed", [{"score": 0.1}, {"rule": "another"}, {"concept": "the boats"}])
def test_what_a_reviewer_need_not_see_is_no_difference(changed: dict[str, object]) -> None:
    old = reading("40 boats sank.")
    (claim,) = extract("40 boats sank.").to_json()["claims"]
    assert compare([old], [old | {"claims": [claim | changed]}]) == ([], [])


def test_differences_come_in_text_order_with_their_sentence_and_are_counted() -> None:
    text = "It rained at Pier 7. 40 boats sank."
    old = reading(text, text=text, designators=[])
    new = reading(text, text=text, claims=[])
    lines = differences(*compare([old], [new]))
    place = "+ " + str(new["text_sha256"])[:12]
    assert lines == [
        f"{place} 13-19 designator 'Pier 7': place or room",
        f"-{place[1:]} 21-23 count '40' 40 boat (own) in '40 boats sank.'",
        "count          0 gained     1 lost",
        "designator     1 gained     0 lost",
        "all            1 gained     1 lost",
    ]


def test_the_command_prints_a_table(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    gold, seeds = folders
    assert main(["--gold", str(gold), "--seeds", str(seeds), "--errors"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("one.toml: Boats sink: ")
    assert lines[-1].startswith("voices right: 1 of 2 (0.500)")


def test_the_command_lists_what_is_gained_and_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    old.write_text(json.dumps(reading("40 boats")) + "\n", encoding="utf-8")
    new.write_text(json.dumps(reading("40 boats", claims=[])) + "\n\n", encoding="utf-8")
    assert main(["--compare", str(old), str(new)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in out] == ["-", "count", "all"]


def test_unreadable_input_is_told_and_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--compare", str(tmp_path / "a"), str(tmp_path / "b")]) == 2
    assert capsys.readouterr().err.startswith("corpus.score: ")
