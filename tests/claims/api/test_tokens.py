"""Tokens: made with a password, shown once, kept as a hash, revoked by their owner."""

import base64
from datetime import timedelta

import pytest
from django.utils import timezone
from knox.models import AuthToken

from claims.models import Change, TokenCard
from tests.claims import make

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/tokens/"


@pytest.fixture
def ada():
    user = make.user("ada")
    user.set_password("correct horse")
    user.save()
    return user


def password(name="ada", word="correct horse"):
    sent = base64.b64encode(f"{name}:{word}".encode()).decode()
    return {"Authorization": f"Basic {sent}"}


def made(client):
    answer = client.post(ADDRESS, headers=password())
    assert answer.status_code == 201, answer.content
    return {"Authorization": f"Token {answer.json()['token']}"}


def test_a_token_signs_in_until_it_is_revoked(client, ada):
    token, other = made(client), made(client)
    assert client.get("/api/v1/runs/", headers=token).status_code == 200
    assert client.delete(ADDRESS, headers=token).status_code == 204
    assert client.get("/api/v1/runs/", headers=token).status_code == 401
    assert client.get("/api/v1/runs/", headers=other).status_code == 200


def test_with_the_password_all_tokens_of_the_account_are_revoked(client, ada):
    tokens = [made(client), made(client)]
    AuthToken.objects.create(make.user("bert"))
    assert client.delete(ADDRESS, headers=password()).status_code == 204
    assert [client.get("/api/v1/runs/", headers=token).status_code for token in tokens] == [401] * 2
    assert AuthToken.objects.get().user.username == "bert"


def test_only_a_hash_of_a_token_is_stored(client, ada):
    sent = made(client)["Authorization"].removeprefix("Token ")
    stored = AuthToken.objects.get()
    assert sent not in (stored.digest, stored.token_key)
    assert len(stored.token_key) < len(sent) / 2


def test_a_token_of_a_closed_account_is_worth_nothing(client, ada):
    token = made(client)
    ada.is_active = False
    ada.save()
    assert client.get("/api/v1/runs/", headers=token).status_code == 401


def test_a_token_is_not_taken_from_the_address(client, ada):
    token = made(client)["Authorization"].removeprefix("Token ")
    assert client.get(f"/api/v1/topics/?token={token}").status_code == 400


REFUSED = [
    {},
    password(word="wrong"),
    password(name="nobody"),
    password(name="a\x00da"),
    {"Authorization": "Basic ???"},
]


@pytest.mark.parametrize("headers", REFUSED)
def test_no_token_without_the_right_password(client, ada, headers):
    answer = client.post(ADDRESS, headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert not AuthToken.objects.exists()


def test_a_token_makes_no_tokens(client, ada):
    assert client.post(ADDRESS, headers=made(client)).status_code == 401
    assert AuthToken.objects.count() == 1


def test_guessing_is_slowed_even_with_wrong_passwords(client, ada):
    tries = [client.post(ADDRESS, headers=password(word=f"{n}")) for n in range(11)]
    assert [answer.status_code for answer in tries] == [401] * 4 + [429] * 7
    assert 0 < int(tries[-1]["Retry-After"]) <= 60, (
        "by now the address is slowed, whatever the name"
    )
    assert client.post(ADDRESS, headers=password()).status_code == 429


def test_a_token_only_reads_unless_its_owner_asks_for_more(client, ada):
    asked = [("", False), ("?writes=false", False), ("?writes=true&name=scripts", True)]
    for query, writes in asked:
        answer = client.post(ADDRESS + query, headers=password())
        assert answer.status_code == 201
        assert TokenCard.objects.order_by("-token__created").first().writes is writes
    assert set(TokenCard.objects.values_list("name", flat=True)) == {"", "scripts"}


@pytest.mark.parametrize(
    ("query", "named"), [("writes=yes", "writes"), ("scope=all", "scope"), ("name=a%00b", "name")]
)
def test_what_is_wrong_with_the_question_is_named(client, ada, query, named):
    answer = client.post(f"{ADDRESS}?{query}", headers=password())
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [named])
    assert not AuthToken.objects.exists()


def test_an_account_has_no_end_of_tokens(client, ada, monkeypatch):
    monkeypatch.setattr("claims.tokens.MOST", 1)
    made(client)
    assert "revoke one first" in client.post(ADDRESS, headers=password()).json()["detail"]


def test_the_last_use_of_a_token_is_noted_now_and_then(client, ada, django_assert_num_queries):
    token = made(client)
    card = TokenCard.objects.get()
    assert card.last_used is None
    client.get("/api/v1/", headers=token)
    card.refresh_from_db()
    first = card.last_used
    with django_assert_num_queries(3):  # the token, its card; as of when
        client.get("/api/v1/", headers=token)
    card.refresh_from_db()
    assert card.last_used == first
    TokenCard.objects.update(last_used=first - timedelta(hours=1))
    client.get("/api/v1/", headers=token)
    card.refresh_from_db()
    assert card.last_used >= first


def test_a_token_from_before_there_were_cards_reads(client, ada):
    _, token = AuthToken.objects.create(ada)
    assert (
        client.get("/api/v1/runs/", headers={"Authorization": f"Token {token}"}).status_code == 200
    )
    assert not TokenCard.objects.get().writes


def test_making_and_revoking_is_in_the_log(client, ada):
    client.delete(ADDRESS, headers=made(client))
    entries = Change.objects.order_by("pk")
    assert [(row.action, row.object_name) for row in entries] == [
        ("make token", "ada"),
        ("revoke token", "ada"),
    ]


def test_a_token_that_ran_out_is_refused_and_the_others_are_not(client, ada):
    token, other = made(client), made(client)
    key = token["Authorization"].partition(" ")[2][:15]
    AuthToken.objects.filter(token_key=key).update(expiry=timezone.now() - timedelta(days=1))
    assert client.get("/api/v1/runs/", headers=token).status_code == 401
    assert client.get("/api/v1/runs/", headers=other).status_code == 200
