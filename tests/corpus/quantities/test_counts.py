"""Counts, and the noun phrase that each of them counts."""

from __future__ import annotations

import pytest

FOUND = [
    # text, the words found, value, concept, head
    (
        "Vietnam got 3.74 million Chinese tourists, it says.",
        "3.74 million",
        "3740000",
        "Chinese tourists",
        "tourist",
    ),
    ("There are 400 round-trip flights now.", "400", "400", "round-trip flights", "flight"),
    (
        "They signed 45 cooperation documents today.",
        "45",
        "45",
        "cooperation documents",
        "document",
    ),
    ("Twelve people died.", "Twelve", "12", "people", "person"),
    ("12 of the men left.", "12", "12", "men", "man"),
    ("One victim died.", "One", "1", "victim", "victim"),
    ("The list names 3,497 personnel.", "3,497", "3497", "personnel", "personnel"),
    ("some 2.5m people", "2.5m", "2500000", "people", "person"),
    ("put forward four proposals", "four", "4", "proposals", "proposal"),
    ("It employed 2,019 workers.", "2,019", "2019", "workers", "worker"),
    ("It employed about 2019 workers.", "2019", "2019", "workers", "worker"),
    ("eight more picks", "eight", "8", "picks", "pick"),
    ("a 12-member panel", "12", "12", "member", "member"),
    ("a 12 page paper", "12", "12", "page", "page"),
    ("40 digital and printed songs", "40", "40", "digital and printed songs", "song"),
    ("40 cold and", "40", "40", "cold", "cold"),
    ("40 cold and wet", "40", "40", "cold", "cold"),
    ("40 cold and wet grey stone songs", "40", "40", "cold", "cold"),
    ("Three of Renner's.", "Three", "3", None, None),
    ("40 cold and very old big songs", "40", "40", "cold", "cold"),
    ("40 cold and wet grey old songs", "40", "40", "cold", "cold"),
    ("Three of Renner's deputies left.", "Three", "3", "Renner's deputies", "deputy"),
    ("96 Oss fans", "96", "96", "Oss fans", "fan"),
    ("One proposal asks for it.", "One", "1", "proposal", "proposal"),
    ("5,700 types of paint", "5,700", "5700", "types of paint", "type"),
    ("9 boxes of the best", "9", "9", "boxes", "box"),
    ("300 Kestrel 4 vans", "300", "300", "Kestrel 4 vans", "van"),
    ("eight new men", "eight", "8", "new men", "man"),
    ("The number rose to 300.", "300", "300", None, None),
    ("4.3M digital songs", "4.3M", "4300000", "digital songs", "song"),
    (
        "40 big red cold blue green dark wood pulp",
        "40",
        "40",
        "big red cold blue green dark wood",
        "wood",
    ),
    ("a 30k crowd", "30k", "30000", "crowd", "crowd"),
    ("5 ships' crews", "5", "5", "ships", "ship"),
    ("the one of four divisions", "four", "4", "divisions", "division"),
    ("20 Kestrians oppose it.", "20", "20", "Kestrians", "kestrian"),
    ("12 harbour VIPs came.", "12", "12", "harbour VIPs", "vip"),
    ("five Oss police officers", "five", "5", "Oss police officers", "officer"),
    ("five police sang songs", "five", "5", "police", "police"),
    ("40 sales managers came.", "40", "40", "sales managers", "manager"),
    ("4.3M digital sales rose.", "4.3M", "4300000", "digital sales", "sale"),
    ("zero such votes", "zero", "0", "votes", "vote"),
    ("Almost 650    old courses", "650", "650", None, None),
    ("Almost 650 18-hole courses", "650", "650", "courses", "course"),
    ("“40” of the gulls came.", "40", "40", "gulls", "gull"),
    ("40-odd gulls came.", "40", "40", "gulls", "gull"),
    ("a 40-strong crew", "40", "40", "crew", "crew"),
    ("A crowd of more than 1,300 came.", "1,300", "1300", "crowd", "crowd"),
    ("a team of 40", "40", "40", "team", "team"),
    ("a rival of 40", "40", "40", None, None),
    ("the 187 accounted for", "187", "187", None, None),
    ("a third-in-line of 40-to-one", "40", "40", None, None),
    ("One guest wrote it.", "One", "1", "guest", "guest"),
    ("8 soldier's graves", "8", "8", "soldier's graves", "grave"),
]
NOT_FOUND = [
    "No one came.",
    "one of them",
    "the two sides",
    "Both leaders",
    "these three men",
    "two-way trade",
    "one another",
    "if one goes by it",
    "the biggest one",
    "It was a one-off.",
    "Unit 731",
    "a 100b rush",
    "a 100b big rush",
    "the bottom three",
    "She was one based on faith.",
    "take-a-seat-to-no-one",
    "an all-in-one shop",
    "It has the main one now.",
]


KNOWN_GAPS = [
    # plurals that are verbs as well, numbers inside a name, two nouns joined
    ("It built 650 18-hole courses.", "18-hole courses"),
    ("It hired 40 men and women.", "men and women"),
]


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("text", "concept"), KNOWN_GAPS)
def test_reads_the_whole_phrase(found, text, concept):
    assert found(text).quantities[0].concept == concept


@pytest.mark.parametrize(("text", "words", "value", "concept", "head"), FOUND)
def test_finds_the_count_and_what_it_counts(only, text, words, value, concept, head):
    count = only(text, words, "count")
    assert (count.value, count.concept, count.concept_head) == (value, concept, head)
    if concept:
        assert count.concept_span.cut(text) == concept


@pytest.mark.parametrize("text", NOT_FOUND)
def test_leaves_other_text_alone(kinds, text):
    assert kinds(text) == []


def test_a_definite_number_is_a_claim_as_a_part(only):
    only("It was the biggest of the four divisions.", "four", "count")


def test_a_second_number_ends_the_phrase_of_the_first(found):
    counts = found("40 blue and two red boats").quantities
    assert [count.concept for count in counts] == ["blue", "red boats"]


@pytest.mark.parametrize(
    "text", ["A magnitude 5.9 quake struck.", "A 5.9-magnitude quake struck.", "a magnitude of 5.9"]
)
def test_the_strength_of_a_quake_is_its_magnitude(only, text):
    count = only(text, "5.9", "count")
    assert (count.concept, count.concept_head) == ("magnitude", "magnitude")
