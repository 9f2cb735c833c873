"""Readings as JSON: the same again after a round trip, and every kind of damage refused by name."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest

from corpus.extract import extract
from corpus.findings import FindingsError, from_json, text_digest
from corpus.spans import Span
from corpus.tagging.base import Fallback

TEXT = (
    "Oss, by our reporter\n"
    "According to Lena Ortiz, citing a survey by the Oss Institute, exports rose 12 percent "
    "from 2019 to $1.4 billion last year, and between 40 and 55 ships left Pier 7.\n"
    '"In 2024 we lost 84 of the 140 boats," Ortiz said on Monday.'
)


def sound() -> dict[str, Any]:
    reading = extract(TEXT, "2025-04-28", id="a1")
    data: dict[str, Any] = json.loads(json.dumps(reading.to_json()))
    return data


def test_a_reading_comes_back_the_same() -> None:
    reading = extract(TEXT, "2025-04-28", id="a1")
    assert from_json(json.loads(json.dumps(reading.to_json())), TEXT) == reading
    assert reading.claims
    assert reading.attributions
    assert reading.designators


def test_the_keys_are_the_published_ones_in_order() -> None:
    data = sound()
    assert list(data) == [
        "id", "schema", "engine", "tier", "text_sha256", "published", "attributions", "claims",
        "designators", "flags", "unread", "fallbacks",
    ]  # fmt: skip
    assert list(data["attributions"][0]) == [
        "n", "manner", "source", "cue", "content", "mention", "speaker", "speaker_kind",
        "resolved_by", "candidates", "parent", "said_when", "said_when_span", "stance", "score",
        "tier",
    ]  # fmt: skip
    assert list(data["claims"][0]) == [
        "kind", "start", "end", "surface", "value", "low", "high", "comparator", "vague", "unit",
        "per", "change", "concept", "concept_head", "concept_span", "hedge_span", "scope", "edtf",
        "earliest", "latest", "anchor", "timex_type", "timex_value", "unresolved", "modality",
        "voice", "attribution", "speaker", "chain", "voices", "candidates", "sentence", "rule",
        "score", "calendar",
    ]  # fmt: skip


def test_unknown_keys_are_ignored_and_lists_of_one_voice_may_be_left_out() -> None:
    data = sound()
    data["extra"] = {"kept": "elsewhere"}
    single = next(c for c in data["claims"] if len(c["chain"]) == 1)
    del single["voices"]
    assert from_json(data, TEXT) == extract(TEXT, "2025-04-28", id="a1")


def test_without_the_text_only_lengths_can_be_compared() -> None:
    data = sound()
    claim = data["claims"][0]
    claim["surface"] = "x" * len(claim["surface"])
    from_json(data)
    with pytest.raises(FindingsError, match=r"claims\[0\]\.surface"):
        from_json(data, TEXT)


DAMAGE = [
    # path to the value, what it becomes, how the message begins
    ("schema", 2, "schema: "),
    ("schema", True, "schema: "),
    ("text_sha256", "abc", "text_sha256: "),
    ("text_sha256", text_digest("other"), "text_sha256: "),
    ("engine", None, "engine: "),
    ("id", 7, "id: "),
    ("id", "a\x00b", "id: "),
    ("tier", "\ud800", "tier: "),
    ("published", [], "published: "),
    ("published.basis", "guess", "published.basis: "),
    ("published.confidence", float("nan"), "published.confidence: "),
    ("published.confidence", 1.5, "published.confidence: "),
    ("published.confidence", "1", "published.confidence: "),
    ("published.earliest", 20250428.0, "published.earliest: "),
    ("published.earliest", 10**14, "published.earliest: "),
    ("attributions", None, "attributions: "),
    ("attributions.0", 5, "attributions[0]: "),
    ("attributions.0.n", 5, "attributions[0].n: "),
    ("attributions.0.manner", "shouted", "attributions[0].manner: "),
    ("attributions.0.source", [[5, 5]], "attributions[0].source[0]: "),
    ("attributions.0.source", [[5]], "attributions[0].source[0]: "),
    ("attributions.0.source", [[5, 10**6]], "attributions[0].source[0]: "),
    ("attributions.0.source", [[True, 6]], "attributions[0].source[0][0]: "),
    ("attributions.0.speaker_kind", "god", "attributions[0].speaker_kind: "),
    ("attributions.0.parent", 99, "attributions[0].parent: "),
    ("attributions.0.parent", 0, "attributions[0].parent: "),
    ("claims.0.kind", "mood", "claims[0].kind: "),
    ("claims.0.kind", ["date"], "claims[0].kind: "),
    ("claims.0.start", -1, "claims[0].start: "),
    ("claims.0.start", 10**6, "claims[0].start: "),
    ("claims.0.end", 10**6, "claims[0].end: "),
    ("claims.0.surface", "x", "claims[0].surface: "),
    ("claims.0.value", "1e5", "claims[0].value: "),
    ("claims.0.value", "1/0", "claims[0].value: "),
    ("claims.0.value", 12, "claims[0].value: "),
    ("claims.0.value", "NaN", "claims[0].value: "),
    ("claims.0.value", "١٢", "claims[0].value: "),
    ("claims.0.vague", 1, "claims[0].vague: "),
    ("claims.0.voice", "loud", "claims[0].voice: "),
    ("claims.0.voice", "own", "claims[0].voices: "),
    ("claims.0.speaker", "Somebody", "claims[0].speaker: "),
    ("claims.0.attribution", None, "claims[0].speaker: "),
    ("claims.0.attribution", 77, "claims[0].voices: "),
    ("claims.0.voices", [77, 78], "claims[0].voices: "),
    ("claims.0.voices", [], "claims[0].voices: "),
    ("claims.0.sentence", [0, 4], "claims[0].sentence: "),
    ("published.edtf", "soon", "published.edtf: "),
    ("claims.0.anchor", "2025-13-45", "claims[0].anchor: "),
    ("claims.0.anchor", "a\x00b", "claims[0].anchor: "),
    ("claims.0.calendar", {"form": "guess"}, "claims[0].calendar: "),
    ("claims.0.calendar", 5, "claims[0].calendar: "),
    ("claims.0.change", {"direction": "sideways"}, "claims[0].change.direction: "),
    ("claims.0.scope", {"edtf": 5}, "claims[0].scope.edtf: "),
    ("claims.0.score", float("inf"), "claims[0].score: "),
    ("designators.0.reason", None, "designators[0].reason: "),
    ("unread", False, "unread: "),
]


@pytest.mark.parametrize(("path", "value", "message"), DAMAGE)
def test_damage_is_refused_by_name(path: str, value: object, message: str) -> None:
    data = copy.deepcopy(sound())
    *way, last = [int(key) if key.isdigit() else key for key in path.split(".")]
    place: Any = data
    for key in way:
        place = place[key]
    place[last] = value
    with pytest.raises(FindingsError) as caught:
        from_json(data, TEXT)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("foreign", [None, 5, "text", [], [{}]])
def test_what_is_no_object_is_no_reading(foreign: object) -> None:
    with pytest.raises(FindingsError, match="is not an object"):
        from_json(foreign)


def test_a_long_wrong_value_is_cut_in_the_message() -> None:
    with pytest.raises(FindingsError) as caught:
        from_json("x" * 5000)
    assert len(str(caught.value)) < 120


def test_parents_in_a_circle_are_refused() -> None:
    data = sound()
    data["attributions"][0]["parent"], data["attributions"][1]["parent"] = 1, 0
    with pytest.raises(FindingsError, match="circle"):
        from_json(data, TEXT)


def test_fallbacks_come_back_as_they_went_out() -> None:
    reading = extract("Ann Lee said 40 sank.")
    reading = replace(reading, fallbacks=(Fallback(Span(0, 7), "long article"),))
    assert from_json(reading.to_json()) == reading
    broken = reading.to_json() | {"fallbacks": [{"start": 7, "end": 7, "reason": "x"}]}
    with pytest.raises(FindingsError, match="before its end"):
        from_json(broken)
