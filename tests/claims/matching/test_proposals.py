"""Who is proposed as perhaps the same: single names, spellings, particles, two institutes."""

import pytest

from claims.curation import identities
from claims.models import Candidate, Role, Speaker
from corpus.speakers import compare
from tests.claims.matching.test_rounds import reads, run_ends

pytestmark = pytest.mark.django_db


def test_a_surname_alone_is_proposed_where_few_bear_it(monkeypatch):
    monkeypatch.setattr(compare, "FEW", 2)
    ada = reads("Ada Brandt")
    run_ends()
    first = reads("Brandt")
    run_ends()
    assert [other for other, _ in identities.candidates_of(first)] == [ada]
    for name in ("Ida Brandt", "Brandt Solveig"):
        reads(name)
    run_ends()
    second = reads("Brandt")
    run_ends()
    assert identities.candidates_of(second) == []
    assert Speaker.objects.canonical().count() == 5


TWO_RUNS = [
    # the first article's, the second's, is it proposed
    ("Ada Brandt", "Brandt", True),
    ("Brandt", "Ada Brandt", True),
    ("Brandt", "Brandt", False),
    ("Davit Jorbenadze", "Davit Dzhorbenadze", True),
    ("Yousuf El Kattany", "Yusuf al-Kattani", True),
    ("Ada Brandt", "Ada Roth", False),
]


@pytest.mark.parametrize(("one", "other", "proposed"), TWO_RUNS)
def test_who_is_proposed_does_not_depend_on_who_came_first(one, other, proposed):
    reads(one)
    run_ends()
    reads(other)
    run_ends()
    assert Candidate.objects.exists() is proposed
    assert Speaker.objects.canonical().count() == 2


def test_a_name_spelled_much_like_a_speakers_is_proposed_and_not_merged():
    reads("Masao Tanemuraki", "{} spoke, and the film shows Tanimuraki there:")
    run_ends()
    ((row, candidate),) = identities.candidates_of(Speaker.objects.get(name="Masao Tanemuraki"))
    assert (row.name, row.canonical, candidate.score) == ("Tanimuraki", None, 0.45)


def test_two_institutes_of_one_person_are_proposed_with_both_roles():
    reads("Jin Solveig", "{}, a scholar of the Lantern Museum,")
    reads("Jin Solveig", "{}, deputy secretary general of the Tides Institute,")
    run_ends()
    assert Candidate.objects.get().score > 0.7
    bodies = Role.objects.order_by("id").values_list("organisation", flat=True)
    assert list(bodies) == ["Lantern Museum", "Tides Institute"]


def test_three_who_share_a_family_name_in_one_article_are_three():
    reads("Cai Heshan", beside=["Cai Hongyan", "Cai Tianlu"])
    run_ends()
    assert Speaker.objects.canonical().count() == 3
