"""Names in a text, the people behind them, and what a short form may mean."""

from __future__ import annotations

import pytest

from corpus.sentences import sentences
from corpus.speakers.people import MANY, People, people


def read(text: str) -> People:
    return people(text, sentences(text))


NAMES = [
    # text, people found
    ("Mayor Lena Ortiz came with Bob Roe.", ["Lena Ortiz", "Bob Roe"]),
    ("Foreign Ministry Spokeswoman Mia Nor spoke.", ["Mia Nor"]),
    ("Dr. Samir Dell left early.", ["Samir Dell"]),
    ("The Kestrian ambassador to Oss Cara Tian Lei spoke.", ["Cara Tian Lei"]),
    ("General Secretary of the Central Committee Ann Lee spoke.", ["Ann Lee"]),
    ("Central Committee Ann Lee spoke.", ["Ann Lee"]),
    ("The Ambassador to Oss Ann Lee spoke.", ["Ann Lee"]),
    ("It was Maria de la Cruz.", ["Maria de la Cruz"]),
    ("Then Karl H. Brandt arrived.", ["Karl H. Brandt"]),
    ("Minister of the Interior Ann Lee spoke.", ["Ann Lee"]),
    ("On Monday Ann Lee spoke.", ["Ann Lee"]),
    ("The city council met in Oss.", []),
    ("The Oss Harbour Board met.", []),
    ("On Monday March gave way to April.", []),
    ("The Register of the Pilot Service was lost.", []),
    ("A ferry ran to Gull Point.", []),
    ("It was the BBC NEWS ticker.", []),
]


@pytest.mark.parametrize(("text", "wanted"), NAMES)
def test_finds_people_and_not_bodies_places_or_papers(text: str, wanted: list[str]) -> None:
    assert [person.name for person in read(text).persons] == wanted


def test_reads_roles_before_and_after_a_name() -> None:
    found = read("The plumber Gary Tench met the boss, Ann Lee, 51, a former pilot with the navy.")
    assert {person.name: person.roles for person in found.persons} == {
        "Gary Tench": {"plumber"},
        "Ann Lee": {"boss", "pilot"},
    }


def test_joins_a_partial_name_to_the_longer_one() -> None:
    (person,) = read("Ana Cruz Vega came. Later Cruz Vega left; the crew saw Ms Vega.").persons
    assert person.name == "Ana Cruz Vega"
    assert person.gender == "f"


def test_keeps_two_people_of_one_surname_apart() -> None:
    found = read("Ann Lee met Bob Lee. Mr Lee left.")
    assert [person.name for person in found.persons] == ["Ann Lee", "Bob Lee"]
    assert len(found.matching(("lee",), ())) == 2


def test_a_title_tells_which_of_two_is_meant() -> None:
    found = read("The mayor, Ann Lee, met the pilot Bob Lee.")
    assert [one.name for one in found.matching(("lee",), ("mayor",))] == ["Ann Lee"]


def test_gender_is_not_guessed_from_contradicting_words() -> None:
    (person,) = read("The spokesman Ann Lee, a widow from Oss, came.").persons
    assert person.gender is None


def test_a_short_form_in_brackets_stands_for_the_name_before_it() -> None:
    found = read("The Global Tide Agency (GTA) met. The GTA left.")
    assert found.body(found.names[-1]) == "Global Tide Agency"


def test_of_very_many_with_one_name_the_first_answer_to_it_and_all_to_their_full_names() -> None:
    letters = "bcdfghjklm"
    surnames = [f"L{one}{two}" for one in letters for two in letters]
    found = read(" ".join(f"The pilot Ann {surname} came." for surname in surnames))
    assert [one.words[-1] for one in found.matching(("ann",), ())] == [
        surname.lower() for surname in surnames[:MANY]
    ]
    for surname in surnames:
        (one,) = found.matching(("ann", surname.lower()), ())
        assert one.name == f"Ann {surname}"


def test_a_shorter_form_met_first_is_where_a_person_is_first_named() -> None:
    (person,) = read("The pilot Ann Lee left. Ann Maria Lee came back.").persons
    assert (person.name, person.places) == ("Ann Maria Lee", sorted(person.places))


def test_a_mark_that_counts_as_a_capital_is_no_name() -> None:
    assert [one.words for one in read("Ⓐ Ⓑ met Ann Lee.").names] == [("ann", "lee")]
