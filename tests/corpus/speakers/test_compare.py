"""Names compared: the same speaker, perhaps the same, or two. All of them are invented."""

import pytest

from corpus.speakers.compare import (
    DIFFERENT,
    PERHAPS,
    SAME,
    Known,
    answers,
    compare,
    full_name,
    keys,
    misspelled,
    stated_name,
)
from corpus.speakers.offices import features

PERSONS = [
    # identical full names
    ("Lena Ortiz", "Lena Ortiz", SAME),
    ("Lena Ortiz", "LENA ORTIZ", SAME),
    ("Jose Muñarriz", "José Munarriz", SAME),
    ("Kim Jin-woo", "Kim Jin Woo", SAME),
    ("Jean-Luc Barrot", "Jean Luc Barrot", SAME),
    ("Tam O’Dell", "Tam O'Dell", SAME),
    ("Dr. Lena Ortiz", "Lena Ortiz", SAME),
    ("Mrs Ida Solberg", "Ida Solberg", SAME),
    ("Søren Hjelm", "Soren Hjelm", SAME),
    ("Łukasz Drabik", "Lukasz Drabik", SAME),
    ("Ivan Petrovich Morozkin", "Ivan Petrovich Morozkin", SAME),
    ("Ana de la Vega", "Ana de la Vega", SAME),
    # name order: East Asian, Hungarian
    ("Ito Haruka", "Haruka Ito", PERHAPS),
    ("Nagyvári Éva", "Éva Nagyvári", PERHAPS),
    ("Zhao Xinlan", "Xinlan Zhao", PERHAPS),
    ("Zhao Xin Lan", "Xinlan Zhao", PERHAPS),
    ("Kim Jinwoo", "Kim Jin-woo", PERHAPS),
    ("Tran Van Hoa", "Hoa Tran Van", PERHAPS),
    # spelling and transliteration
    ("Masakuni Kurumizawa", "Masakuni Kurimiwa", PERHAPS),
    ("Masao Tanemura", "Masao Tanimura", PERHAPS),
    ("Yusuf Kemaloglu", "Youssef Kemaloglu", PERHAPS),
    ("Mohammed Darran", "Muhammad Darran", PERHAPS),
    ("Sergei Volodin", "Sergey Volodin", PERHAPS),
    ("Aleksei Brusin", "Alexey Brusin", PERHAPS),
    ("Nataliya Horbach", "Natalia Horbach", PERHAPS),
    ("Dmitry Yashin", "Dmitri Jashin", PERHAPS),
    ("Davit Jorbenadze", "Davit Dzhorbenadze", PERHAPS),
    ("Yousuf El Kattany", "Yusuf al-Kattani", PERHAPS),
    ("Ana Lind", "Anna Lind", PERHAPS),
    ("Katharina Brauer", "Katarina Brauer", PERHAPS),
    ("Lena Ortiz", "Lena Ortis", PERHAPS),
    ("Petra Lindqvist", "Petra Lindquist", PERHAPS),
    # patronymics, middle names, second surnames, particles
    ("Ivan Petrovich Morozkin", "Ivan Morozkin", PERHAPS),
    ("Lena Maria Ortiz", "Lena Ortiz", PERHAPS),
    ("Mateo Conejo Rivas", "Mateo Conejo", PERHAPS),
    ("Mateo Conejo Rivas", "Mateo Rivas", PERHAPS),
    ("Juan de la Sierra", "Juan Sierra", PERHAPS),
    ("Omar al-Hadid", "Omar Hadid", PERHAPS),
    ("Lena Ortiz Jr", "Lena Ortiz", PERHAPS),
    ("Aldo van der Meulen", "Aldo Meulen", PERHAPS),
    # initials
    ("L. Ortiz", "Lena Ortiz", PERHAPS),
    ("L. M. Ortiz", "Lena Maria Ortiz", PERHAPS),
    ("Lena M. Ortiz", "Lena Ortiz", PERHAPS),
    ("Lena M. Ortiz", "Lena Maria Ortiz", PERHAPS),
    ("L. Ortiz", "L. Ortiz", PERHAPS),
    ("I. P. Morozkin", "Ivan Morozkin", PERHAPS),
    ("J. Harrow", "Jane Harrow", PERHAPS),
    # a single name that is spelled much like a surname
    ("Masakuni Kurumizawa", "Kurimiwa", PERHAPS),
    # two
    ("Cui Hongtao", "Cui Heng", DIFFERENT),
    ("Cui Hongtao", "Cui Jianli", DIFFERENT),
    ("Wang Li", "Wang Lei", DIFFERENT),
    ("Chen Wei", "Chen Wen", DIFFERENT),
    ("Kim Min-ji", "Kim Min-jae", DIFFERENT),
    ("Lena Ortiz", "Lena Ruiz", DIFFERENT),
    ("Lena Ortiz", "Mara Ortiz", DIFFERENT),
    ("Ivan Petrovich Morozkin", "Ivan Sergeyevich Morozkin", DIFFERENT),
    ("Lena M. Ortiz", "Lena K. Ortiz", DIFFERENT),
    ("M. Ortiz", "Lena Ortiz", DIFFERENT),
    ("L. Ortiz", "L. Ruiz", DIFFERENT),
    ("L. O.", "Lena Ortiz", DIFFERENT),
    ("Bob Harrow", "Robert Harrow", DIFFERENT),  # nicknames are not known
    ("Mahmoud Darran", "Mohammed Darran", DIFFERENT),
    ("Anna Berg", "Anne Berg", DIFFERENT),
    ("Lena Ortiz Jr", "Lena Ortiz Sr", DIFFERENT),
    ("Lena Ortiz Jr", "Mara Ortiz", DIFFERENT),
    ("Petra Lindqvist", "Peter Lundgren", DIFFERENT),
    ("Masakuni Kurumizawa", "Masakuni Tanemura", DIFFERENT),
    ("Henry 4 Vale", "Henry 5 Vale", DIFFERENT),
    ("Ida van den Berg", "Ida van den Born", DIFFERENT),
    ("de la", "van der", DIFFERENT),
    # single names alone
    ("Ortiz", "Lena Ortiz", DIFFERENT),
    ("Ortiz", "Ortiz", DIFFERENT),
    ("Lena", "Lena", DIFFERENT),
    ("Mr Ortiz", "Lena Ortiz", DIFFERENT),
    ("Kurumizawa", "Kurumisawa", DIFFERENT),
    ("Ruiz", "Lena Ortiz", DIFFERENT),
    ("Ruiz", "Ortiz", DIFFERENT),
    ("…", "Lena Ortiz", DIFFERENT),
]

BODIES = [
    ("Saltmere Harbour Office", "Saltmere Harbour Office", SAME),
    ("the Saltmere Harbour Office", "Saltmere harbour office", PERHAPS),
    ("Saltmere Harbour Office", "saltmere harbour office", PERHAPS),
    ("The Lantern Institute", "Lantern Institute", SAME),
    ("Xinlan News Agency", "XINLAN NEWS AGENCY", SAME),
    ("University of Saltmere", "The University of Saltmere", SAME),
    ("Zemblan Foreign Ministry", "Foreign Ministry of Zembla", PERHAPS),
    ("Harbour Authority of Saltmere", "Saltmere Harbour Authority", PERHAPS),
    ("Saltmere Centre for Tides", "Saltmere Center for Tides", PERHAPS),
    ("Saltmere Tide Watch", "Saltmere Tidewatch", PERHAPS),
    ("World Lighthouse Organisation", "WLO", PERHAPS),
    ("Saltmere Harbour Authority", "Saltmere Harbour Authority Pilots", PERHAPS),
    ("Foreign Ministry", "Foreign Ministry", PERHAPS),
    ("Supreme Court", "the Supreme Court", PERHAPS),
    ("authority", "authority", PERHAPS),
    ("Saltmere", "Saltmere Harbour Authority", DIFFERENT),
    ("Foreign Ministry", "Interior Ministry", DIFFERENT),
    ("Saltmere Section 12", "Saltmere Section 13", DIFFERENT),
    ("Saltmere Harbour Office", "Lantern Institute", DIFFERENT),
    ("Lantern Institute", "Lantern Gallery", DIFFERENT),
    ("WLO", "WLA", DIFFERENT),
    ("Harbour Bank", "Harbour Trust for Sailors", DIFFERENT),
    ("the", "Saltmere Office", DIFFERENT),
]


@pytest.mark.parametrize(("one", "other", "verdict"), PERSONS)
def test_persons_are_compared_by_their_names(one, other, verdict):
    found = compare(Known(one), Known(other))
    assert found.verdict == verdict, found
    assert compare(Known(other), Known(one)).verdict == verdict


@pytest.mark.parametrize(("one", "other", "verdict"), BODIES)
def test_bodies_are_compared_by_their_names(one, other, verdict):
    found = compare(Known(one, "organisation"), Known(other, "organisation"))
    assert found.verdict == verdict, found
    assert compare(Known(other, "organisation"), Known(one, "organisation")).verdict == verdict


@pytest.mark.parametrize(("one", "other", "verdict"), [*PERSONS, *BODIES])
def test_whoever_may_be_the_same_shares_a_key(one, other, verdict):
    kind = "person" if (one, other, verdict) in PERSONS else "organisation"
    lone = kind == "person" and " " not in other
    if verdict != DIFFERENT and not lone:  # lone names are looked for in their own article
        assert keys(one, kind) & keys(other, kind), (keys(one, kind), keys(other, kind))


def known(name="Lena Ortiz", *offices, **more):
    found = frozenset().union(*(features(*office) for office in offices))
    return Known(name, features=found, **more)


@pytest.mark.parametrize(
    ("one", "other", "verdict", "reason"),
    [
        (known(), known(), SAME, "identical full name"),
        (
            known("Lena Ortiz", ("mayor of Saltmere", "")),
            known("Lena Ortiz", ("mayor", "")),
            SAME,
            "both mayor",
        ),
        (
            known("Lena Ortiz", ("curator", "Lantern Institute")),
            known("Lena Ortiz", ("director", "Lantern Institute for Tides")),
            SAME,
            "both lantern",
        ),
        (
            known("Lena Ortiz", ("goalkeeper coach", "")),
            known("Lena Ortiz", ("surgeon", "")),
            PERHAPS,
            "roles differ: coach / surgeon",
        ),
        (
            known("Lena Ortiz", ("official", "")),
            known("Lena Ortiz", ("surgeon", "")),
            SAME,
            "identical full name",
        ),
        (known(gender="f"), known(gender="m"), PERHAPS, "a man and a woman"),
        (known(gender="f"), known(), SAME, "identical full name"),
        (known(years=(1931, 1931)), known(years=(2025, 2026)), PERHAPS, "94 years apart"),
        (known(years=(1991, 1999)), known(years=(2025, 2026)), SAME, "identical full name"),
        (
            known(articles=frozenset({1})),
            known(articles=frozenset({1, 2})),
            PERHAPS,
            "named apart in one article",
        ),
        (
            known("Lena Ortiz", articles=frozenset({1})),
            known("Lena Ortis", articles=frozenset({1})),
            PERHAPS,
            "named apart in one article",
        ),
        (
            known("L. Ortiz", articles=frozenset({1})),
            known("Lena Ortiz", articles=frozenset({1})),
            DIFFERENT,
            "named apart in one article",
        ),
        (
            known("Ortiz", ("mayor", "")),
            known("Lena Ortiz", ("mayor", "")),
            PERHAPS,
            "a single name, and a full name with it",
        ),
        (
            known("Masakuni Kurumizawa", articles=frozenset({1})),
            known("Kurimiwa", articles=frozenset({1})),
            PERHAPS,
            "a single name, and a full name spelled much like it",
        ),
    ],
)
def test_what_is_known_of_the_bearers_counts(one, other, verdict, reason):
    for found in (compare(one, other), compare(other, one)):
        assert found.verdict == verdict
        assert reason in found.reasons or reason.startswith("roles differ")


def test_speakers_of_two_kinds_are_two():
    found = compare(Known("Saltmere Herald"), Known("Saltmere Herald", "organisation"))
    assert (found.verdict, found.score) == (DIFFERENT, 0.0)


@pytest.mark.parametrize(
    ("name", "kind", "full"),
    [
        ("Lena Ortiz", "person", "lena ortiz"),
        ("Mr Ortiz", "person", ""),
        ("L. Ortiz", "person", ""),
        ("Ortiz", "person", ""),
        ("the Lantern Institute", "organisation", "lantern institute"),
        ("the lantern institute", "organisation", ""),
        ("Zemblan media outlet", "organisation", ""),
        ("Foreign Ministry", "organisation", ""),
        ("Annual Report", "document", ""),
        ("September report", "document", ""),
        ("Saltmere Tide Ledger", "document", "saltmere tide ledger"),
        ("Saltmere Dockers", "group", ""),
        ("Saltmere harbour master", "role", ""),
    ],
)
def test_full_names_are_those_that_hold_anywhere(name, kind, full):
    assert full_name(name, kind) == full


@pytest.mark.parametrize(
    ("name", "kind", "stated"),
    [
        ("L. M. Ortiz", "person", "l m ortiz"),
        ("Ortiz", "person", ""),
        ("WLO", "organisation", "wlo"),
        ("Ministry", "organisation", ""),
    ],
)
def test_forms_that_editors_state_may_have_initials(name, kind, stated):
    assert stated_name(name, kind) == stated


def test_lone_names_and_full_names_answer_each_other():
    assert keys("Ortiz", "person") == {"lone ortiz"}
    assert answers("Lena Ortiz", "person") == {"lone lena", "lone ortiz"}
    assert answers("Mr Ortiz", "person") == {"named ortiz"} < keys("Lena Ortiz", "person")
    assert answers("L. Ortiz", "person") == answers("Lantern Institute", "organisation") == set()
    assert keys("…", "person") == frozenset()


@pytest.mark.parametrize(
    ("namesakes", "verdict", "told"),
    [
        (0, DIFFERENT, "a single name, and a full name with it"),
        (1, PERHAPS, "the only one with it"),
        (3, PERHAPS, "one of few with it"),
        (4, DIFFERENT, "a single name, and a full name with it"),
    ],
)
def test_a_lone_name_may_stand_for_one_of_few(namesakes, verdict, told):
    for ends in (("Ortiz", "Lena Ortiz"), ("Lena Ortiz", "Ortiz")):
        one, other = (Known(name, namesakes=namesakes * (name == "Ortiz")) for name in ends)
        likeness = compare(one, other)
        assert (likeness.verdict, likeness.reasons[-1]) == (verdict, told)
    assert compare(Known("Ruiz", namesakes=1), Known("Lena Ortiz")).verdict == DIFFERENT


@pytest.mark.parametrize(
    ("text", "person", "slips"),
    [
        ("It shows Tanimuraki at work.", "Masao Tanemuraki", ["Tanimuraki"]),
        ("Tanimuraki came. So did Tanimuraki.", "Masao Tanemuraki", ["Tanimuraki"]),
        ("It shows Tanemuraki at work.", "Masao Tanemuraki", []),
        ("It shows Ada Tanimuraki at work.", "Masao Tanemuraki", []),
        ("It shows tanimuraki at work.", "Masao Tanemuraki", []),
        ("It shows Lanternfish at work.", "Masao Tanemuraki", []),
        ("It shows Tanimuraki at work.", "Tanemuraki", []),
        ("It shows Ortis at work.", "Lena Ortiz", []),
        ("It came in November.", "Ada Novembre", []),
    ],
)
def test_a_single_name_spelled_much_like_a_persons_is_found(text, person, slips):
    assert misspelled(text, [person, "Lena Ortiz"]) == slips


def test_names_without_end_are_compared_in_bounded_time():
    long = " ".join(f"word{n}" for n in range(2000))
    assert compare(Known(long), Known(f"{long} more")).verdict == PERHAPS
    assert compare(Known("a" * 100_000 + " b"), Known("a" * 99_999 + " b")).verdict == PERHAPS
