"""Matching across articles: what is linked by rule and what is proposed, in whatever order."""

import random
from itertools import count

import pytest

from claims import gate, identity, matching, verify
from claims.curation import identities, records
from claims.matching import linking, proposing, rounds
from claims.models import Alias, Candidate, IdentityJudgement, NameKey, Role, Speaker
from claims.runs.voices import speakers_of
from tests.claims import make

pytestmark = pytest.mark.django_db

numbers = count(1)


def reads(name, about="", *, kind="person", beside=(), published="2030-05-01"):
    """Return the speaker that a run reads in a new article; `about` is put beside the name."""
    text = f"{about.format(name) if about else name} spoke. {next(numbers)}"
    article = make.article(text, published=published)
    voices = [(name, kind), *((other, "person") for other in beside)]
    found = speakers_of(article, text, voices)
    return Speaker.objects.get(pk=found[name, kind])


def run_ends():
    return sum(matching.match_new(), matching.Matched())


def clusters():
    """Return the names and articles' texts of each voice, in no order."""
    found = {}
    for row in Speaker.objects.select_related("canonical", "article__body"):
        text = row.article.body.text.rpartition(" ")[0] if row.article else "editor"
        found.setdefault(row.head.pk, []).append((row.name, text))
    return sorted(sorted(rows) for rows in found.values())


def clean():
    about = ("speaker", "identity", "alias", "role")
    return not [fault for fault in verify.faults() if fault.row.startswith(about)]


LINKED = [
    # one article, another, is it one voice
    (("Lena Ortiz",), ("Lena Ortiz",), True),
    (("Lena Ortiz",), ("LÉNA ORTIZ",), True),
    (("Lena Ortiz", "mayor {}"), ("Lena Ortiz",), True),
    (("Lena Ortiz", "mayor {}"), ("Lena Ortiz", "{}, the mayor of Saltmere,"), True),
    (("Jin Solveig", "{}, head of the Tides Institute,"), ("Jin Solveig", "{}, a director of the "
     "Tides Museum,"), True),
    (("Lena Ortiz", "surgeon {}"), ("Lena Ortiz", "goalkeeper coach {}"), False),
    (("Lena Ortiz", "spokeswoman {}"), ("Lena Ortiz", "spokesman {}"), False),
    (("Lena Ortiz",), ("Lena Ortis",), False),
    (("Masakuni Kurumizawa",), ("Masakuni Kurimiwa",), False),
    (("Ito Haruka",), ("Haruka Ito",), False),
    (("L. Ortiz",), ("L. Ortiz",), False),
    (("L. Ortiz",), ("Lena Ortiz",), False),
    (("Ortiz",), ("Ortiz",), False),
    (("Lena",), ("Lena Ortiz",), False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "same"), LINKED)
def test_only_identical_full_names_without_conflict_are_linked(one, other, same):
    first, second = reads(*one), reads(*other)
    run_ends()
    second.refresh_from_db()
    assert (second.canonical == first) is same
    assert clean()


BODIES = [
    ("organisation", "Lantern Institute", True),
    ("document", "Saltmere Tide Ledger", True),
    ("organisation", "Foreign Ministry", False),
    ("organisation", "authority", False),
    ("document", "report", False),
    ("group", "Saltmere Dockers", False),
    ("role", "Saltmere harbour master", False),
]


@pytest.mark.parametrize(("kind", "name", "same"), BODIES)
def test_bodies_and_documents_are_linked_by_a_name_of_their_own(kind, name, same):
    first, second = reads(name, kind=kind), reads(name, kind=kind)
    run_ends()
    second.refresh_from_db()
    assert (second.canonical == first) is same


def test_a_century_apart_nobody_is_the_same():
    reads("Lena Ortiz", published="1931-05-01")
    second = reads("Lena Ortiz", published="2031-05-01")
    run_ends()
    assert second.head == second
    assert "100 years apart" in Candidate.objects.get().reasons


def test_two_who_are_named_apart_in_one_article_are_not_linked():
    reads("José Cruzado", beside=["Jose Cruzado"])
    run_ends()
    assert Speaker.objects.canonical().count() == 2
    assert "named apart in one article" in Candidate.objects.get().reasons


def test_a_person_and_a_body_of_one_name_are_two():
    reads("Saltmere Herald"), reads("Saltmere Herald", kind="organisation")
    run_ends()
    assert Speaker.objects.canonical().count() == 2
    assert not Candidate.objects.exists()


ARTICLES = [
    ("Lena Ortiz", "mayor {}"),
    ("Lena Ortiz", "{}, the mayor of Saltmere,"),
    ("Lena Ortiz", "surgeon {}"),
    ("Lena Ortiz", ""),
    ("Lena Ortiz", "{} again"),
    ("Lena Ortis", ""),
    ("L. Ortiz", ""),
    ("Ito Haruka", "envoy {}"),
    ("Ito Haruka", "{} too"),
    ("Haruka Ito", ""),
    ("José Cruzado", ""),
    ("Jose Cruzado", ""),
]


def test_the_order_of_articles_within_a_run_makes_no_difference():
    found = []
    for seed in range(4):
        Speaker.objects.all().delete()
        for name, about in random.Random(seed).sample(ARTICLES, len(ARTICLES)):
            reads(name, about)
        run_ends()
        assert clean()
        pairs = Candidate.objects.values_list("one__name", "other__name")
        found.append((clusters(), sorted({tuple(sorted(pair)) for pair in pairs})))
    assert found[0] == found[1] == found[2] == found[3]


def test_where_there_are_namesakes_a_bare_name_goes_with_neither():
    reads("Lena Ortiz", "surgeon {}"), reads("Lena Ortiz", "goalkeeper coach {}")
    bare, coach = reads("Lena Ortiz"), reads("Lena Ortiz", "coach {}")
    run_ends()
    bare.refresh_from_db()
    coach.refresh_from_db()
    assert bare.canonical is None
    assert coach.canonical is not None, "its title tells whom it goes with"
    assert len(identities.candidates_of(bare)) == 2
    assert not bare.name_keys.exists(), "the two are found by the name already"


def test_bare_names_left_to_editors_are_no_voices_to_be_held_against():
    voices = [reads("Lena Ortiz", about) for about in ("surgeon {}", "goalkeeper coach {}")]
    for _ in range(3):
        bare = reads("Lena Ortiz")
        run_ends()
        assert {other for other, _ in identities.candidates_of(bare)} == set(voices)


def test_a_namesake_who_comes_later_takes_nobody_away():
    first, bare = reads("Lena Ortiz", "surgeon {}"), reads("Lena Ortiz")
    run_ends()
    later = reads("Lena Ortiz", "goalkeeper coach {}")
    run_ends()
    for row in (bare, later):
        row.refresh_from_db()
    assert (bare.canonical, later.canonical) == (first, None)


def test_what_editors_told_apart_leaves_a_new_bearer_to_them():
    first, second = reads("Lena Ortiz"), reads("Lena Ortiz")
    run_ends()
    identities.judge(first, second, "different", actor=make.editor())
    third = reads("Lena Ortiz")
    run_ends()
    third.refresh_from_db()
    assert third.canonical is None
    assert {other for other, _ in identities.candidates_of(third)} == {first, second}


def test_articles_go_with_the_row_an_editor_made():
    reads("Lena Ortiz")
    own = Speaker(name="Lena Ortiz", kind="person", privacy="public")
    records.create(own, actor=make.editor())
    assert Speaker.objects.canonical().count() == 2, "whom an editor makes is not merged by rule"
    Speaker.objects.filter(article__isnull=False).delete()
    row = reads("Lena Ortiz")
    run_ends()
    row.refresh_from_db()
    assert (row.canonical, row.is_public) == (own, True)


def test_a_form_that_an_editor_states_links_too():
    own = make.speaker("Lena Ortiz")
    records.create(Alias(speaker=own, form="L. M. Ortiz"), actor=make.editor())
    rows = [reads("L. M. Ortiz"), reads("L. M. Ortiz"), reads("L. Ortiz")]
    run_ends()
    for row in rows:
        row.refresh_from_db()
    assert [row.canonical for row in rows] == [own, own, None]
    assert clean()


def test_a_stated_form_counts_when_names_are_compared():
    own = make.speaker("Lena Ortiz")
    records.create(Alias(speaker=own, form="Magdalena Ruizado"), actor=make.editor())
    row = reads("Magdalena Ruisado")
    run_ends()
    assert [other for other, _ in identities.candidates_of(row)] == [own]
    alias = Alias.objects.get()
    records.remove(alias, actor=make.editor())
    assert not NameKey.objects.filter(key__contains="ruizado").exists()


def test_a_new_kind_counts_for_all_names():
    own = make.speaker("Lantern Light")
    records.create(Alias(speaker=own, form="Tidewatch"), actor=make.editor())
    assert Alias.objects.get().name_key == ""
    records.edit(own, {"kind": "organisation"}, actor=make.editor(), version=1)
    assert Alias.objects.get().name_key == "tidewatch"
    own.refresh_from_db()
    assert own.is_public
    assert clean()


def test_a_surname_spelled_otherwise_in_the_same_article_is_proposed():
    row = reads("Kurimiwa", beside=["Masakuni Kurumizawa"])
    run_ends()
    ((other, candidate),) = identities.candidates_of(row)
    assert (other.name, candidate.score) == ("Masakuni Kurumizawa", 0.45)


def test_a_surname_with_the_same_title_is_proposed_elsewhere():
    reads("Lena Ortiz", "mayor {}")
    lone = reads("Ortiz", "mayor {}")
    Role.objects.create(speaker=lone, title="mayor")
    run_ends()
    ((other, candidate),) = identities.candidates_of(lone)
    assert (other.name, candidate.reasons[-1]) == ("Lena Ortiz", "both mayor")


def test_two_institutes_of_one_person_are_two_roles():
    reads("Jin Solveig", "{}, head of the Tides Institute,", published="2030-05-01")
    reads("Jin Solveig", "{}, director of the Tides Museum,", published="2031-06-02")
    reads("Jin Solveig", "{}, director of the Tides Museum,", published="2032-07-03")
    run_ends()
    told = identity.roles(Role.objects.all(), 10)
    assert [
        (role["title"], role["organisation"], role["seen"], role["articles"]) for role in told
    ] == [
        ("head", "Tides Institute", "2030-05-01", 1),
        ("director", "Tides Museum", "2031-06-02/2032-07-03", 2),
    ]
    assert Speaker.objects.canonical().count() == 1


def test_a_role_that_an_editor_corrects_is_the_editors():
    reads("Jin Solveig", "{}, head of the Tides Institute,")
    role = Role.objects.get()
    records.edit(role, {"title": "deputy head"}, actor=make.editor(), version=1)
    assert Role.objects.get().origin == "editor"


@pytest.mark.parametrize("turn", range(6))
def test_matching_is_repeatable_and_goes_on_where_it_stopped(monkeypatch, turn):
    for _ in range(turn):
        next(numbers)  # other texts: rows of one name and day are taken in another order
    monkeypatch.setattr(rounds, "AT_ONCE", 3)
    for name, about in ARTICLES:
        reads(name, about)
    steps = matching.match_new()
    next(steps)
    steps.close()
    run_ends()
    whole = clusters()
    judgements = IdentityJudgement.objects.count()
    proposals = set(Candidate.objects.values_list("one", "other"))
    assert run_ends() == matching.Matched()
    Speaker.objects.update(compared=False)
    run_ends()
    assert clusters() == whole
    assert IdentityJudgement.objects.count() == judgements
    assert set(Candidate.objects.values_list("one", "other")) == proposals
    assert clean()


def test_one_name_is_judged_as_a_whole_however_many_bear_it(monkeypatch):
    monkeypatch.setattr(rounds, "AT_ONCE", 2)
    for about in ("", "", "", "surgeon {}", "coach {}"):
        reads("Lena Ortiz", about)
    assert next(matching.match_new()).compared == 5
    assert Speaker.objects.canonical().count() == 5


def test_a_key_that_many_share_is_left_out_and_said_so(monkeypatch):
    monkeypatch.setattr(proposing, "MOST_BEARERS", 2)
    for name in ("Ada Ortiz", "Ana Ortiz", "Alma Ortiz"):
        reads(name)
    run_ends()
    row = reads("A. Ortiz")
    assert run_ends().uncompared == 1
    row.refresh_from_db()
    assert "share “ortiz|a”" in row.uncompared


def test_pairs_of_one_speaker_are_bounded_and_it_is_said(monkeypatch):
    monkeypatch.setattr(proposing, "MOST_PAIRS", 2)
    for name in ("Ada Ortiz", "Ana Ortiz", "Alma Ortiz"):
        reads(name)
    run_ends()
    row = reads("A. Ortiz")
    run_ends()
    row.refresh_from_db()
    assert "the 2 nearest were compared" in row.uncompared
    assert len(identities.candidates_of(row)) == 2


def test_only_the_likeliest_are_proposed(monkeypatch):
    for name in ("Ada Ortiz", "Ana Ortiz", "Alma Ortiz"):
        reads(name)
    run_ends()
    monkeypatch.setattr(proposing, "MOST_PROPOSED", 1)
    row = reads("A. Ortiz")
    run_ends()
    assert len(identities.candidates_of(row)) == 1


def test_statements_do_not_grow_with_the_speakers(django_assert_max_num_queries):
    def some(many):
        for n in range(many):
            reads(f"Ada {'abcdefghijklmnopqrstuvwxyz'[n]}olund", "surgeon {}")
            reads("Lena Ortiz")

    some(3)
    with django_assert_max_num_queries(45):
        run_ends()
    some(20)
    with django_assert_max_num_queries(45):
        run_ends()


def test_a_group_holds_a_new_bearer_against_a_bounded_number(monkeypatch):
    monkeypatch.setattr(linking, "MOST", 1)
    for about in ("surgeon {}", "coach {}", "pilot {}"):
        reads("Lena Ortiz", about)
    run_ends()
    assert Candidate.objects.count() >= 2


def test_names_too_long_for_a_column_are_cut():
    long = " ".join(["Ada", *["Maria"] * 30, "Ortiz"])
    assert len(reads(gate.line("name", long, longest=200)).name_key) <= 400
    run_ends()
