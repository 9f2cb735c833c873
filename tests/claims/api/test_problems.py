"""Errors: one shape for all of them, naming what was wrong; quotas; nothing breaks the server."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.claims import make

pytestmark = pytest.mark.django_db

WRONG = [
    # method, address, status, named parameter
    ("get", "nothing", 404, None),
    ("get", "v1/nothing/", 404, None),
    ("get", "v2/claims/", 404, None),
    ("get", "", 404, None),
    ("get", "v1/claims/000000000000/", 404, None),
    ("get", "v1/claims/1/", 404, None),
    ("get", "v1/claims.xml", 404, None),
    ("post", "v1/nothing/", 404, None),
    ("post", "v1/claims/", 405, None),
    ("delete", "v1/claims/000000000000/", 405, None),
    ("options", "v1/claims/", 405, None),
    ("get", "v1/tokens/", 401, None),
    ("get", "v1/runs/", 401, None),
    ("get", "v1/claims/?colour=red", 400, "colour"),
    ("get", "v1/claims/?ordering=password", 400, "ordering"),
    ("get", "v1/claims/?ordering=-article__body", 400, "ordering"),
    ("get", "v1/claims/?page_size=0", 400, "page_size"),
    ("get", "v1/claims/?page_size=-1", 400, "page_size"),
    ("get", "v1/claims/?page_size=201", 400, "page_size"),
    ("get", "v1/claims/?page_size=1000000000", 400, "page_size"),
    ("get", "v1/claims/?page_size=٣", 400, "page_size"),
    ("get", "v1/claims/?cursor=!", 400, "cursor"),
    ("get", "v1/claims/?cursor=000000000000", 400, "cursor"),
    ("get", "v1/topics/?cursor=99", 400, "cursor"),
    ("get", "v1/topics/?cursor=" + "9" * 19, 400, "cursor"),
    ("get", "v1/claims/?cursor=a&cursor=b", 400, "cursor"),
    ("get", "v1/claims/?count=maybe", 400, "count"),
    ("get", "v1/claims/?format=xml", 400, "format"),
    ("get", "v1/claims/?text=" + "word+" * 90, 400, "text"),
    ("get", "v1/claims/?year=0", 400, "year"),
    ("get", "v1/speakers/?name=%00", 400, "name"),
    ("get", "v1/claims/000000000000/?expand=all", 400, "expand"),
    ("get", "v1/?x=1", 400, "x"),
    ("get", "v1/articles/?visibility=draft", 400, "visibility"),
    ("get", "v1/claims/?" + "&".join(f"a{n}=1" for n in range(2001)), 400, None),
]


@pytest.mark.parametrize(("method", "address", "status", "named"), WRONG)
def test_every_error_is_problem_details(client, method, address, status, named):
    answer = getattr(client, method)(f"/api/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert (problem["type"], problem["status"]) == ("about:blank", status)
    assert problem["title"]
    assert problem["detail"]
    assert list(problem.get("errors", [])) == ([named] if named else [])


def test_a_client_that_likes_other_formats_gets_json(client):
    answer = client.get("/api/v1/claims/", headers={"Accept": "text/html"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")


CREDENTIALS = [
    "Token",
    "Token a b",
    "Token wrong",
    "Token \xff",
    "Token x\x00y",
]


@pytest.mark.parametrize("sent", CREDENTIALS)
def test_a_wrong_token_is_refused_not_a_fault(client, sent):
    answer = client.get("/api/v1/claims/", headers={"Authorization": sent})
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"] == "Token"


def test_a_session_that_posts_without_its_token_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.user())
    answer = client.post("/api/v1/claims/")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


def test_over_the_quota_a_reader_is_told_how_long_to_wait(client, researcher, settings):
    settings.API_RATES = {"read": {"anonymous": "2/min", "user": "3/min"}}
    forged = [{"X-Forwarded-For": f"10.0.0.{n}"} for n in range(3)]
    answers = [client.get("/api/v1/topics/", headers=headers) for headers in forged]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Content-Type"] == "application/problem+json"
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert [researcher.get("/api/v1/topics/").status_code for _ in range(4)] == [200] * 3 + [429]


NAMES = st.sampled_from(
    ["text", "kind", "unit", "speaker", "topic", "value_min", "date_from", "cursor", "page_size"]
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.dictionaries(NAMES, st.text(max_size=30), min_size=1, max_size=3))
def test_no_question_breaks_the_server(researcher, monkeypatch, asked):
    monkeypatch.setattr("claims.api.views.ListView.throttle_classes", [])
    answer = researcher.get("/api/v1/claims/", asked)
    assert answer.status_code in {200, 400}
    assert answer.status_code == 200 or set(answer.json()["errors"]) <= asked.keys()


def test_a_deep_body_is_never_read(client):
    for address, status in (("tokens", 401), ("claims", 405)):
        answer = client.post(f"/api/v1/{address}/", "[" * 100_000, content_type="application/json")
        assert answer.status_code == status


def test_a_fault_of_ours_is_not_dressed_up_as_the_readers(client, monkeypatch):
    def broken(*args):
        raise LookupError("a fault")

    monkeypatch.setattr("claims.api.views.ArticleList.rows", staticmethod(broken))
    make.article()
    client.raise_request_exception = False
    answer = client.get("/api/v1/articles/")
    assert answer.status_code == 500
    assert "a fault" not in answer.content.decode()
