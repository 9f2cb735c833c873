"""Pages of other origins: they read what everybody may read, and change nothing."""

import pytest

pytestmark = pytest.mark.django_db

ORIGIN = {"Origin": "https://elsewhere.example"}
EXPOSED = {"ETag", "Retry-After", "Link", "Left-Out", "As-Of"}

ANSWERS = [
    # method, address, status
    ("get", "/api/v1/claims/", 200),
    ("head", "/api/v1/claims/", 200),
    ("get", "/api/v1/claims/?colour=red", 400),
    ("get", "/api/v1/claims/000000000000/", 404),
    ("get", "/api/v1/claims.csv", 200),
    ("get", "/api/schema/", 200),
    ("get", "/api/nowhere/", 404),
]


@pytest.mark.parametrize(("method", "address", "status"), ANSWERS)
def test_a_page_of_another_origin_may_read(client, method, address, status):
    answer = getattr(client, method)(address, headers=ORIGIN)
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (status, "*")
    assert set(answer["Access-Control-Expose-Headers"].split(", ")) == EXPOSED
    assert "Access-Control-Allow-Credentials" not in answer


def test_a_quota_is_told_to_other_origins_too(client, settings):
    settings.API_RATES = {"read": {"anonymous": "0/min", "user": ""}}
    answer = client.get("/api/v1/topics/", headers=ORIGIN)
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (429, "*")


def test_what_a_browser_asks_first_is_answered_for_reading_only(client):
    asked = ORIGIN | {"Access-Control-Request-Method": "GET"}
    answer = client.options("/api/v1/claims/", headers=asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert answer["Access-Control-Allow-Headers"] == "If-None-Match"
    assert "Access-Control-Allow-Credentials" not in answer


WRITES = [("post", "tokens/"), ("patch", "claims/000000000000/"), ("post", "extract/")]


@pytest.mark.parametrize(("method", "address"), WRITES)
def test_other_origins_do_not_write(client, method, address):
    answer = getattr(client, method)(f"/api/v1/{address}", headers=ORIGIN)
    assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize("address", ["/", "/account/sign-in/", "/admin/"])
def test_pages_are_not_for_other_origins(client, address):
    assert "Access-Control-Allow-Origin" not in client.get(address, headers=ORIGIN)
