"""Numbers that only name: kept with a reason, never claims."""

from __future__ import annotations

import pytest

FOUND = [
    # text, the words found, reason
    ("under the Ports Act 1998 now", "Ports Act 1998", "name of a law"),
    (
        "The Harbour and Docks (Safety) Bill, 2024 fell.",
        "Harbour and Docks (Safety) Bill, 2024",
        "name of a law",
    ),
    ("It rose 6 . 2 % then .", "6 . 2", "digits set apart"),
    ("He served in Unit 731 then.", "Unit 731", "name of a unit"),
    ("the 162nd Coastal Unit met", "162nd Coastal Unit", "name of a unit"),
    ("head of Division 4 there", "Division 4", "name of a unit"),
    ("under Article 14 of the law", "Article 14", "article of a law"),
    ("the First Amendment holds", "First Amendment", "article of a law"),
    ("during World War II here", "World War II", "name of a war"),
    ("after the Second World War", "Second World War", "name of a war"),
    ("the July 7 Incident began", "July 7 Incident", "name of an event"),
    ("since 9/11 it has", "9/11", "name of an event"),
    ("the “eight-point decision” on work", "eight-point decision", "name of a plan"),
    ("the upgraded Version 3.0 pact", "Version 3.0", "version"),
    ("the “3+3” talks", "3+3", "formula"),
    ("on page 12 of it", "page 12", "page or place in a text"),
    ("talks in Room 12 of it", "Room 12", "place or room"),
    ("Wards 3 and 5 stay shut", "Wards 3 and 5", "place or room"),
    ("a Boeing 737 landed", "Boeing 737", "number of a vehicle or line"),
    ("the S&P 500 fell", "S&P 500", "index or ranking"),
    ("the town's Zetor 25 broke", "Zetor 25", "name with a number"),
    ("They won 3-1 on Sunday.", "3-1", "score"),
    ("a 2-2 draw", "2-2", "score"),
    ("at 12 Harbour Street today", "12 Harbour Street", "address"),
    ("at 358 El Brisa Way today", "358 El Brisa Way", "address"),
    ("at 9 E 71st St today", "9 E 71st St", "address"),
    ("at 22 Rue Marne today", "22 Rue Marne", "address"),
    ("a lap of 1:36.6 there", "1:36.6", "score"),
    ("the base ePad 11 there", "ePad 11", "name with a number"),
    ("see https://wire.example/2031/05 for it", "https://wire.example/2031/05", "web address"),
    ("call +44 20 7946 0000 now", "+44 20 7946 0000", "telephone number"),
    ("an A320 landed", "A320", "code"),
    ("a COVID-19 test", "COVID-19", "code"),
    ("a 5G mast", "5G", "code"),
    ("the under-12 girls", "under-12", "code"),
    ("at 1.2.3 it says", "1.2.3", "not one number"),
    ("FIRE ON THE 8.15!", "8.15", "name of a service by its time"),
    ("She missed the 18.40 to Oss again.", "18.40", "name of a service by its time"),
    ("he was on the 7.05, as ever", "7.05", "name of a service by its time"),
    ("under Article 14(2)(b) of it", "Article 14(2)(b)", "article of a law"),
    ("the Six-Day War began", "Six-Day War", "name of a war"),
    ("after the Thirty Years' War", "Thirty Years' War", "name of a war"),
    ("the 5th Kestria Rifles met", "5th Kestria Rifles", "name of a unit"),
    ("a text of Luke 3:16 there", "Luke 3:16", "page or place in a text"),
    ("a 24/7 service", "24/7", "idiom"),
    ("the 737 Max landed", "737 Max", "name with a number"),
    ("an H5N1 case", "H5N1", "code"),
    ("ring 1-800-555-0199 now", "1-800-555-0199", "telephone number"),
    ("the book 978-0-306-40615-7 sold", "978-0-306-40615-7", "number of a document or account"),
    ("at PO Box 445 there", "PO Box 445", "place or room"),
    ("the #4 seed lost", "#4", "number in a series"),
    ("He said number one, I think.", "number one", "number in a series"),
    ("write to desk12@wire.example now", "desk12@wire.example", "web address"),
    ("follow @rovers1899 now", "@rovers1899", "web address"),
    ("follow #rovers1899 now", "#rovers1899", "web address"),
    ("at No. 5 it is shut", "No. 5", "number in a series"),
    ("The 737 MAX is back.", "737 MAX", "name with a number"),
    ("It sold its 737 NG to Oss.", "737 NG", "name with a number"),
    ("They flew a 787-9 there.", "787-9", "name with a number"),
    ("the 208 Turbo landed", "208 Turbo", "name with a number"),
    ("They flew the 777-300ER there.", "777-300ER", "name with a number"),
    ("They flew an A321neo there.", "A321neo", "code"),
    ("The men are in their 20s.", "20s", "age group"),
    ("She is in her mid-20s now.", "20s", "age group"),
    ("They sold their 25s there.", "25s", "code"),
    ("They sold 20x there.", "20x", "code"),
]
CLAIMS = [
    ("The 737 JETS SANK", ["737"]),
    ("The 747-850 men left.", ["747-850"]),
    ("It passed the Senate 51-49.", ["51", "49"]),
    ("It failed 49-51.", ["49", "51"]),
    ("It was a 4-5 vote.", ["4", "5"]),
    ("The council hired 3-5 men.", ["3-5"]),
    ("an eight-year war began", ["eight-year"]),
    ("They act 1998 times.", ["1998"]),
    ("He came 6 . 2 men left.", ["6", "2"]),
    ("the 300 boats", ["300"]),
    ("the 300 Kestrian boats", ["300"]),
    ("some 300 Max boats", ["300"]),
    ("THE 300 MAX SAID", ["300"]),
    ("a 5 @ 3 deal", ["5", "3"]),
    ("a@ 5 boats", ["5"]),
    ("a #94.8 percent rise", ["94.8 percent"]),
    ("the second Fleet visit", ["second"]),
    ("Kestria 40 of them", ["40"]),
    ("see www.wire.example for 3 boats", ["3"]),
    ("a mid-40 group", ["40"]),
    ("the 22 road works", ["22"]),
    ("a 5-4 vote", ["5", "4"]),
    ("3-5 percent of it", ["3-5 percent"]),
    ("About 40 boats left.", ["40"]),
    ("Unit 40 percent", ["40 percent"]),
    ("In Harbin 40 trucks left early.", ["40"]),
    ("The club lost 300 boats.", ["300"]),
    ("STORM KILLS 12", ["12"]),
    ("the first street they took", ["first"]),
    ("the 8.15 percent rate", ["8.15 percent"]),
    ("a reading of 8.15, they found", ["8.15"]),
    ("the 8.75 million boats", ["8.75 million"]),
]


@pytest.mark.parametrize(("text", "words", "reason"), FOUND)
def test_names_are_kept_with_their_reason(found, text, words, reason):
    result = found(text)
    assert [(item.span.cut(text), item.reason) for item in result.designators] == [(words, reason)]
    assert [item for item in result.quantities if item.kind != "date"] == []


@pytest.mark.parametrize(("text", "words"), CLAIMS)
def test_figures_stay_claims(found, text, words):
    result = found(text)
    assert [item.span.cut(text) for item in result.quantities] == words
    assert result.designators == []


def test_what_is_counted_after_a_name_is_not_part_of_it(found):
    result = found("Unit 7 and 40 soldiers left; Units 7 and 8 stayed.")
    assert [item.value for item in result.quantities] == ["40"]
    assert [item.span.start for item in result.designators] == [0, 29]


@pytest.mark.xfail(strict=True, reason="a score in words looks like any other pair of counts")
def test_a_score_written_with_to_is_no_claim(found):
    assert found("The final score was 21 to 14.").quantities == []


LISTS = [
    # text, the numbers that only number a list
    ("It has two aims: (1) to save water, (2) to cut costs.", ["1", "2"]),
    ("1. Boil the water.\n2. Add it.\n3. Wait.", ["1", "2", "3"]),
    ("Then:\n 1) boil it\n 2) wait", ["1", "2"]),
    ("Otto Quill (4) and Ines Vale (5) scored.", []),
    ("(1) It is shut.", []),
    ("(1) It is shut, (3) it is not.", []),
    ("Of them 1. and 2. left.", []),
    ("(one) and (two)", []),
]


@pytest.mark.parametrize(("text", "words"), LISTS)
def test_numbers_of_a_list_are_enumerators(found, text, words):
    named = [item for item in found(text).designators if item.reason == "enumerator"]
    assert [item.span.cut(text) for item in named] == words


def test_a_stretch_crowded_with_figures_is_not_read(found):
    result = found("7 8 " * 200)
    assert result.quantities == []
    assert {item.reason for item in result.designators} == {"one of too many figures in one place"}
