"""From a text to its reading: voices of figures, dates, languages, redating, bounds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.dating import from_given
from corpus.extract import extract, redate, redate_claim
from corpus.findings import Reading, from_json
from corpus.spans import Span
from corpus.split import Part


def light(text: str) -> Reading:
    """Read a text with the light tier, which every machine has."""
    return extract(text, tier="light")


def voice(text: str, words: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    (claim,) = [claim for claim in light(text).claims if claim.surface == words]
    return claim.voice, claim.chain, claim.candidates


VOICES = [
    # text, the figure, state, chain, candidates
    ("Lena Ortiz said 45 boats sank.", "45", "attributed", ["Lena Ortiz"], []),
    ("On 9 May 45 boats sank.", "45", "own", [], []),
    ("He said 45 boats sank.", "45", "undetermined", [], []),
    (
        "Ann Lee and Bob Lee came. Lee said 45 sank.",
        "45",
        "undetermined",
        [],
        ["Ann Lee", "Bob Lee"],
    ),
    (
        "Bob Roe said 45 sank, the Oss Gazette reported.",
        "45",
        "attributed",
        ["Oss Gazette", "Bob Roe"],
        [],
    ),
    ("Some 45 boats sank, the Oss Gazette reported.", "45", "attributed", ["Oss Gazette"], []),
    (
        "After he held 45 talks, Bob Roe said it was over, according to the Oss Gazette.",
        "45",
        "attributed",
        ["Oss Gazette"],
        [],
    ),
    ('"We lost 45 boats [in the storm of 1987]," Ann Lee said.', "1987", "own", [], []),
    (
        '"We lost 45 boats [in the storm of 1987]," Ann Lee said.',
        "45",
        "attributed",
        ["Ann Lee"],
        [],
    ),
    (
        "The company employs 45 people. It has cut every job abroad, per the Oss Gazette.",
        "45",
        "undetermined",
        [],
        ["Oss Gazette"],
    ),
    (
        "The draw was held for 45 weeks. The odds were small, a spokesman said.",
        "45 weeks",
        "own",
        [],
        [],
    ),
    (
        "Ann Lee, citing the log, said boats sank. Another 45 boats were lost.",
        "45",
        "undetermined",
        [],
        ["Ann Lee", "log"],
    ),
    (
        "The Register of the Pilots, closed in 1946, says the captain died in 1987.",
        "1987",
        "undetermined",
        [],
        ["Register of the Pilots"],
    ),
    (
        "The Register of the Pilots, closed in 1946, says the captain was born in 1901.",
        "1901",
        "attributed",
        ["Register of the Pilots"],
        [],
    ),
    (
        "According to the Roster of the Guard, he was born in 1913, left in 1940, died in 1993.",
        "1993",
        "undetermined",
        [],
        ["Roster of the Guard"],
    ),
    (
        "According to the Roster of the Guard, he was born in 1913, left in 1940, died in 1993.",
        "1940",
        "attributed",
        ["Roster of the Guard"],
        [],
    ),
    (
        "The roster lists 45 guards, a third of whom have since died.",
        "a third",
        "undetermined",
        [],
        ["roster"],
    ),
    ("LEE: Is it true?\nROE: We lost 45 boats.", "45", "attributed", ["Roe"], []),
    (
        "Q: President Ann Lee's announcement that 45 boats sank is known?\nA: Yes.",
        "45",
        "attributed",
        ["Ann Lee"],
        [],
    ),
]


@pytest.mark.parametrize(("text", "words", "state", "chain", "candidates"), VOICES)
def test_a_figure_has_the_voice_the_text_gives_it(
    text: str, words: str, state: str, chain: list[str], candidates: list[str]
) -> None:
    assert voice(text, words) == (state, tuple(chain), tuple(candidates))


def test_the_speaker_is_the_first_who_does_more_than_report() -> None:
    (claim,) = light("Bob Roe said 45 boats sank, the Oss Gazette reported.").claims
    assert (claim.speaker, claim.chain) == ("Bob Roe", ("Oss Gazette", "Bob Roe"))


def test_bylines_and_printed_dates_hold_no_claims() -> None:
    text = "45 boats sink\nBy Ann Lee, 45\nIn Oss 45 boats sank."
    parts = (
        Part("headline", Span(0, 13)),
        Part("byline", Span(14, 28)),
        Part("body", Span(29, len(text))),
    )
    assert [claim.start for claim in extract(text, parts=parts).claims] == [0, 36]


FRENCH = "Le ferry de nuit reprend lundi son service et la traversée coûte 38 euros. " * 6
LANGUAGES = [
    (FRENCH, None, "language"),
    (FRENCH, "en", None),
    ("Forty boats sank.", "fr", "language"),
    ("وصل 40 قاربا إلى الميناء في 2030", None, "language"),
    ("В порт пришли 40 лодок, сообщила ИТАР.", None, "language"),
    ("Łódź: 40 boats.", None, None),
    ("Forty boats sank.", "en-GB", None),
    ("38 euros", None, None),
]


@pytest.mark.parametrize(("text", "language", "unread"), LANGUAGES)
def test_only_english_is_read(text: str, language: str | None, unread: str | None) -> None:
    reading = extract(text, language=language)
    assert reading.unread == unread
    assert bool(reading.claims) == ((unread is None and text != "38 euros") or text == "38 euros")


def test_the_day_of_saying_is_kept() -> None:
    (one,) = extract("Ann Lee said on Monday that 45 sank.", "2025-04-29").attributions
    assert one.said_when == "2025-04-28"


NO_DAY = [
    "Ann Lee said that 45 sank on Monday.",
    "Ann Lee said 45 sank. On Monday it rained.",
    "Ann Lee said 45 sank.",
]


@pytest.mark.parametrize("text", NO_DAY)
def test_a_day_elsewhere_is_not_the_day_of_saying(text: str) -> None:
    (one,) = extract(text, "2025-04-29").attributions
    assert one.said_when is None


RELATIVE = (
    "Ann Lee said on Monday that 45 boats sank last year, more than a year earlier. "
    "It rained on 3 May 2019 for two hours. In 2024 they lost 12 percent."
)


def test_redating_is_like_reading_with_the_date_at_once() -> None:
    assert redate(extract(RELATIVE), "2025-04-29") == extract(RELATIVE, "2025-04-29")
    assert redate(extract(RELATIVE, "2025-04-29"), None).claims == extract(RELATIVE).claims


def test_redating_changes_nothing_but_dates() -> None:
    before, after = extract(RELATIVE).to_json(), redate(extract(RELATIVE), "2025-04-29").to_json()
    changed = {
        key
        for old, new in zip(before["claims"], after["claims"], strict=True)
        for key in old
        if old[key] != new[key]
    }
    assert changed <= {
        "edtf", "earliest", "latest", "unresolved", "timex_value", "scope", "anchor",
    }  # fmt: skip
    assert "edtf" in changed


def test_the_day_of_an_event_outlives_a_new_publication_date() -> None:
    text = "The service ended on Tuesday, the 28th anniversary of Hong Kong's return."
    for reading in (extract(text), redate(extract(text), "2025-07-09")):
        days = [(claim.edtf, claim.anchor) for claim in reading.claims if claim.kind == "date"]
        assert days == [("2025-07-01", "2025-07-01")]


def test_what_a_clock_time_anchors_can_be_redated() -> None:
    text = "At 3 p.m. on May 6, 2031 the count stood at 5, up from 4 a year earlier."
    reading = extract(text, "2031-05-07")
    (machine,) = [c for c in reading.to_json()["claims"] if c["surface"] == "a year earlier"]
    assert (machine["edtf"], machine["anchor"]) == ("2030", "2031-05-06")
    redated = redate_claim(machine, from_given("2031-05-09"))
    assert (redated["edtf"], redated["anchor"]) == ("2030", "2031-05-06")


def test_one_claim_can_be_redated_alone() -> None:
    reading, published = extract(RELATIVE), from_given("2025-04-29")
    wanted = redate(reading, "2025-04-29").to_json()["claims"]
    for machine, claim in zip(reading.to_json()["claims"], wanted, strict=True):
        if claim["surface"] != "a year earlier":
            assert redate_claim(machine, published) == claim


def test_a_claim_without_dates_is_left_as_it_is() -> None:
    (claim,) = extract("In all 45 boats sank.").to_json()["claims"]
    assert redate_claim(claim, from_given("2025-04-29")) == claim


def test_a_wrong_date_is_refused() -> None:
    for call in (lambda: extract("x", "soon"), lambda: redate(extract("x"), "soon")):
        with pytest.raises(ValueError, match="soon"):
            call()


WORDS = st.sampled_from(
    ["Ann Lee", "Bob Roe", "the mayor", "she", "said", "that", "told", "reporters", "according to",
     "citing", "45", "12 percent", "$3m", "last year", "boats", "sank", "in 2019", "the log",
     "shows", ",", ".", ":", '"', "“", "”", "(", ")", "[", "]", "\n", "\r\n", "Q:", "’s", "-",
     "presented some data", "per", "Ms", "Dr.", "of", "the", "é", "🙂", "First", "Second,",
     "\u00a0", "which", "who", "as", "but", "added", "adding"]
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, max_size=40), st.sampled_from([None, "2025-04-28"]))
def test_every_span_cuts_back_to_its_words_and_survives_json(
    words: list[str], published: str | None
) -> None:
    text = " ".join(words)
    reading = extract(text, published, language="en")
    assert from_json(json.loads(json.dumps(reading.to_json())), text) == reading
    for claim in reading.claims:
        assert claim.span.cut(text) == claim.surface
    for designator, surface in reading.designators:
        assert designator.span.cut(text) == surface


def test_a_batch_gives_what_each_text_gives_alone() -> None:
    texts = [RELATIVE, "Lee said 45 sank.", "Ann Lee said 45 sank."]
    alone: list[dict[str, Any]] = [extract(text).to_json() for text in reversed(texts)]
    assert [extract(text).to_json() for text in texts] == alone[::-1]
    assert isinstance(extract(RELATIVE), Reading)
