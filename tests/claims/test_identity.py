"""Clusters computed from judgements: pure, whatever the order, and only where it changed."""

import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import identity
from claims.curation import identities
from claims.identity import Member, Placed, effective
from claims.models import IdentityJudgement, Speaker
from tests.claims import make


def row(pk, *, article=1, kind="person", privacy="unknown"):
    return Member(pk, article, kind, privacy, None, False)


def heads(rows, pairs):
    return {pk: placed.canonical for pk, placed in effective(rows, pairs).items()}


PAIRS = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)).filter(lambda p: p[0] < p[1]))


@given(PAIRS, st.randoms(use_true_random=False))
def test_clusters_are_what_the_judgements_connect_in_any_order(pairs, chance):
    rows = [row(pk) for pk in range(1, 10)]
    found = heads(rows, pairs)
    reach = {pk: {pk} for pk in range(1, 10)}
    for _ in rows:
        for one, other in pairs:
            reach[one] = reach[other] = reach[one] | reach[other]
            for pk in reach[one]:
                reach[pk] = reach[one]
    assert found == {pk: None if min(reach[pk]) == pk else min(reach[pk]) for pk in reach}
    shuffled = chance.sample(pairs, len(pairs))
    assert heads(chance.sample(rows, len(rows)), shuffled) == found


def test_an_editors_row_is_canonical_before_an_older_one():
    rows = [row(1), row(2, article=None), row(3, article=None)]
    assert heads(rows, [(1, 2), (2, 3)]) == {1: 2, 2: None, 3: 2}


PUBLIC = [
    # kinds and privacies of one voice, has it an identity for everybody
    (["person unknown"], False),
    (["person public"], True),
    (["person private"], False),
    (["person public", "person unknown"], True),
    (["person public", "person private"], False),
    (["organisation unknown"], True),
    (["organisation private"], True),
    (["organisation unknown", "person unknown"], False),
    (["organisation unknown", "person public"], True),
]


@pytest.mark.parametrize(("said", "public"), PUBLIC)
def test_one_private_row_hides_a_person_and_one_public_row_shows_it(said, public):
    rows = [
        row(n, kind=one.split()[0], privacy=one.split()[1]) for n, one in enumerate(said, start=1)
    ]
    pairs = [(1, n) for n in range(2, len(rows) + 1)]
    assert {placed.is_public for placed in effective(rows, pairs).values()} == {public}


@pytest.mark.django_db
def test_only_the_clusters_that_changed_are_read_and_written(django_assert_num_queries):
    rows = [make.speaker(f"Ada {n}") for n in range(12)]
    for n in range(0, 12, 2):
        make.same(rows[n], rows[n + 1])
    Speaker.objects.filter(pk=rows[11].pk).update(canonical=None)
    with django_assert_num_queries(4):
        assert identity.refresh([rows[10].pk, rows[11].pk]) == 1
    with django_assert_num_queries(3):
        assert identity.refresh([rows[0].pk]) == 0


@pytest.mark.django_db
def test_random_judgements_and_their_way_back_leave_columns_as_computed():
    chance = random.Random(7)
    rows = [make.speaker(f"Ada {n}") for n in range(8)]
    for _ in range(60):
        one, other = chance.sample(rows, 2)
        step = chance.choice(("same", "same", "different", "unsure", "out", "back"))
        with suppress(identities.Contradiction):
            if step == "out":
                identities.take_out(one, actor=make.editor())
            elif step == "back" and (judged := IdentityJudgement.objects.order_by("?").first()):
                identities.revoke(judged, actor=make.editor(), version=judged.version)
            elif step != "back":
                identities.judge(one, other, step, actor=make.editor())
        assert not identity.stale([row.pk for row in rows])
        assert identity.contradiction([row.pk for row in rows]) is None


@pytest.mark.django_db
def test_what_is_stored_is_compared_with_what_the_judgements_give():
    one, other = make.speaker("Ada Rao"), make.speaker("A. Rao")
    make.same(one, other)
    Speaker.objects.filter(pk=other.pk).update(canonical=None)
    assert identity.stale([one.pk, other.pk]) == {
        other.pk: (Placed(None, False), Placed(one.pk, False))
    }
