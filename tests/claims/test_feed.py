"""The changes feed: who follows it ends with exactly what the lists hold, whoever wrote it how."""

import random

import pytest
from django.db import connection
from django.test import Client

from claims.curation import review
from claims.models import Claim
from tests.claims import make, writing
from tests.claims.following import ASKED, Follower, differing, listed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_quotas(monkeypatch):
    monkeypatch.setattr("claims.api.views.ReadView.throttle_classes", [])


@pytest.fixture
def clients():
    found = {name: Client() for name in ASKED}
    found["researcher"].force_login(make.user("researcher"))
    found["editor"].force_login(make.editor())
    return found


def commit():
    """Let the database do what it does at commit; the transaction of a test never ends."""
    connection.check_constraints()


def changes(client, question=""):
    commit()
    return client.get(f"/api/v1/changes/?{question}").json()


@pytest.mark.parametrize("seed", range(3))
def test_whoever_follows_ends_with_exactly_what_the_lists_hold(clients, seed, monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda then: None)
    chance = random.Random(seed)
    writing.fill()
    followers = {name: Follower(client) for name, client in clients.items()}
    for _ in range(60):
        writing.at_random(chance)
        for follower in followers.values():
            if chance.random() < 0.3:
                commit()
                follower.step(chance.choice([1, 2, 7, 50]))
    commit()
    for name, follower in followers.items():
        there = listed(clients[name], name)
        rows = follower.catch_up(chance.choice([1, 3, 200])).rows
        assert rows == there, (name, differing(rows, there))
        again = Follower(clients[name]).catch_up(7).rows
        assert again == there, (name, differing(again, there))


@pytest.mark.parametrize("act", sorted(set(writing.ACTIONS), key=lambda act: act.__name__))
def test_no_way_of_writing_is_missed(clients, act, monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda then: None)
    writing.fill()
    review.accept(Claim.objects.all(), actor=make.editor(), voice=True)
    commit()
    followers = {name: Follower(client).catch_up() for name, client in clients.items()}
    for seed in range(4):
        writing.at_random(random.Random(seed), [act])
        commit()
        for name, follower in followers.items():
            there = listed(clients[name], name)
            rows = follower.catch_up().rows
            assert rows == there, (seed, name, differing(rows, there))
