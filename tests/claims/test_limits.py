"""Reads that take too long are stopped, with a sentence; all else takes the time it takes."""

import time

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.http import HttpResponse

from claims import limits
from tests.claims import make

pytestmark = pytest.mark.django_db(transaction=True)

ENDLESS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT max(i) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}
SLOW = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 4000000) "
    "SELECT max(i) FROM n",
    "postgresql": "SELECT pg_sleep(0.5)",
}


def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        return cursor.fetchall()


@pytest.fixture(autouse=True)
def _short(settings):
    settings.READ_SECONDS = 0.2


def answers_slowly(monkeypatch, sql=ENDLESS):
    """Let the landing page, the API's claims and sign-in ask something that takes long."""

    def slow(*args, **kwargs):
        return HttpResponse(str(ask(sql)))

    monkeypatch.setattr("claims.pages.views.outlets_for", slow)
    monkeypatch.setattr("claims.api.views.ClaimList.get", slow)
    monkeypatch.setattr("claims.pages.account.SignInView.post", slow)


def test_a_page_that_takes_too_long_says_so(client, monkeypatch):
    answers_slowly(monkeypatch)
    began = time.monotonic()
    answer = client.get("/")
    assert answer.status_code == 503
    assert time.monotonic() - began < 10
    assert "took longer than 0.2 seconds and was stopped" in answer.content.decode()
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("method", ["get", "head"])
def test_an_api_read_that_takes_too_long_is_a_problem(method, client, monkeypatch):
    answers_slowly(monkeypatch)
    answer = getattr(client, method)("/api/v1/claims/")
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    if method == "get":
        assert answer.json() == {
            "type": "about:blank",
            "title": "Service Unavailable",
            "status": 503,
            "detail": limits.TOO_SLOW.format(0.2),
        }


def test_the_limit_is_gone_when_the_answer_is_there(client, monkeypatch):
    answers_slowly(monkeypatch)
    assert client.get("/api/v1/claims/").status_code == 503
    assert ask(SLOW)
    call_command("verify", verbosity=0)


def test_writes_and_the_admin_are_not_limited(client, monkeypatch, settings):
    settings.READ_SECONDS = 0.01
    answers_slowly(monkeypatch, SLOW)
    monkeypatch.setattr(
        "claims.admin.guide.TemplateResponse", lambda *args: HttpResponse(str(ask(SLOW)))
    )
    assert client.post("/account/sign-in/").status_code == 200
    client.force_login(make.editor())
    assert client.get("/admin/guide/").status_code == 200


def test_each_question_has_its_own_time():
    with limits.limited(5):
        assert ask(SLOW)
        assert ask(SLOW)
    with pytest.raises(OperationalError) as stopped, limits.limited(0.1):
        ask(ENDLESS)
    assert limits.ran_out(stopped.value)


def test_other_errors_are_not_taken_for_it(client, monkeypatch):
    def fails(*args):
        raise OperationalError("no such table: nothing")

    monkeypatch.setattr("claims.pages.views.outlets_for", fails)
    with pytest.raises(OperationalError):
        client.get("/")
    assert not limits.ran_out(ValueError("interrupted"))
