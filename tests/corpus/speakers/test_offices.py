"""Titles and bodies read around a name; people and places are invented."""

import pytest

from corpus.speakers.offices import MANY, features, gender, offices

ROWS = [
    ("Saltmere mayor Lena Ortiz said so.", [("Saltmere mayor", "")]),
    ("The mayor of Saltmere, Lena Ortiz, said so.", [("mayor of Saltmere", "")]),
    (
        "Lena Ortiz, director of the Saltmere Institute for Tides, said so.",
        [("director", "Saltmere Institute for Tides")],
    ),
    (
        "“No,” said Lena Ortiz, a professor of history at the University of Saltmere.",
        [("professor of history", "University of Saltmere")],
    ),
    ("ambassador to Zembla Lena Ortiz said so", [("ambassador to Zembla", "")]),
    (
        "Zemblan Foreign Ministry spokeswoman Lena Ortiz said so",
        [("spokeswoman", "Zemblan Foreign Ministry")],
    ),
    ("Lena Ortiz, 44, a nurse, said so", [("nurse", "")]),
    ("the Port Authority's deputy director Lena Ortiz", [("deputy director", "Port Authority")]),
    ("Prime Minister Lena Ortiz said so", [("Prime Minister", "")]),
    ("Former Tides Council chair Lena Ortiz", [("Former chair", "Tides Council")]),
    ("minister Dr. Lena Ortiz said so", [("minister", "")]),
    (
        "Lena Ortiz, secretary general of the World Lighthouse Organisation and a pilot, said so",
        [("secretary general", "World Lighthouse Organisation")],
    ),
    ("Lena Ortiz, a marine biologist with the Tides", [("marine biologist", "Tides")]),
    ("Lena Ortiz, a teacher from a village", [("teacher", "")]),
    ("Lena Ortiz, head of", [("head", "")]),
    ("Lena Ortiz, head of the", [("head", "")]),
    (
        "Mayor Lena Ortiz left. Lena Ortiz, the mayor, spoke; Lena Ortiz, director of Tidewatch.",
        [("Mayor", ""), ("director of Tidewatch", "")],
    ),
    # nothing is said
    ("Lena Ortiz said so.", []),
    ("Lena Ortiz, who is a nurse, said so.", []),
    ("On Monday Lena Ortiz met the minister.", []),
    ("spokesman Juan Bo and Lena Ortiz said so", []),
    ("The minister left. Lena Ortiz stayed.", []),
    ("a driver, a cook, Lena Ortiz, and others", []),
    ("Magdalena Ortiz, a nurse, said so; Lena Ortizova, a pilot, too", []),
    ("minister for the quay at the far end of the old town Lena Ortiz", []),
    ("Lena Ortiz, (a nurse)", []),
    ("Lena Ortiz,", []),
    ("Visit of the prime minister\nLena Ortiz came,\na nurse, too", []),
    ("Lena Ortiz, in the long run of the play that they had seen", []),
    ("Nobody said so.", []),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_offices_stand_before_and_after_a_name(text, expected):
    found = offices(text, "Lena Ortiz")
    assert [(one.title, one.organisation) for one in found] == expected
    for one in found:
        assert set(one.title.split()) <= set(one.span.cut(text).split())


def test_only_the_first_places_of_a_name_are_looked_at():
    text = "Lena Ortiz spoke. " * MANY + "Lena Ortiz, a nurse, spoke."
    assert offices(text, "Lena Ortiz") == []


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("mayor of Saltmere", "", {"title:mayor", "body:saltmere"}),
        ("envoy", "", {"title:ambassador"}),
        ("diplomat", "", {"title:ambassador"}),
        ("official", "Lantern Institute", {"body:lantern"}),
        ("member", "", set()),
        ("", "Foreign Ministry", set()),
    ],
)
def test_features_are_what_two_bearers_can_share(title, body, expected):
    assert features(title, body) == expected


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["spokeswoman", "mayor"], "f"),
        (["spokesman"], "m"),
        (["spokesman", "spokeswoman"], ""),
        (["mayor"], ""),
        ([], ""),
    ],
)
def test_gender_is_known_where_titles_agree(titles, expected):
    assert gender(titles) == expected
