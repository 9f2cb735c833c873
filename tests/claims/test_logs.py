"""The log: what each line says, and what none ever does."""

import json
import logging
import sys

import pytest
from django.test import RequestFactory

from claims import logs
from tests.claims import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    """Return what is logged, as the objects of its lines."""
    found = []

    class Keep(logging.Handler):
        def emit(self, record):
            found.append(json.loads(logs.JsonLines().format(record)))

    handler, logger = Keep(), logging.getLogger("claims.requests")
    logger.addHandler(handler)
    logger.setLevel("INFO")
    yield found
    logger.removeHandler(handler)
    logger.setLevel("NOTSET")


def test_a_request_is_one_line(client, lines):
    user = make.editor()
    client.force_login(user)
    answer = client.get("/account/", {"q": "secret"})
    (line,) = lines
    assert answer["X-Request-ID"] == line["request"]
    assert len(line["request"]) == 32
    assert {name: line[name] for name in ("method", "path", "status", "user", "level")} == {
        "method": "GET",
        "path": "/account/",
        "status": 200,
        "user": user.pk,
        "level": "info",
    }
    assert line["ms"] > 0


def test_nobody_is_looked_up_only_to_be_logged(client, lines, django_assert_num_queries):
    client.force_login(make.editor())
    with django_assert_num_queries(0):
        client.get("/favicon.ico")
    assert lines[0]["user"] is None


def test_a_token_of_the_api_is_known_by_its_account(client, lines):
    user = make.editor()
    client.force_login(user)
    client.get("/api/v1/")
    assert [line["user"] for line in lines] == [user.pk]


@pytest.mark.parametrize(("address", "logged"), [("/healthz", 0), ("/readyz", 0), ("/nowhere", 1)])
def test_what_supervisors_ask_is_not_logged(address, logged, client, lines):
    client.get(address)
    assert len(lines) == logged


def test_a_mailed_links_token_is_not_in_its_path(client, lines):
    client.get("/account/reset/MQ/abc123-feedfacefeedface/")
    assert lines[0]["path"] == "/account/reset/MQ/…/"


def test_a_long_path_is_cut(client, lines):
    client.get("/" + "a" * 5000)
    assert len(lines[0]["path"]) == 500


@pytest.mark.parametrize(
    ("behind", "given", "kept"),
    [
        (True, "0123456789abcdef" * 2, True),
        (True, "0123456789ABCDEF" * 2, False),
        (True, "0123456789abcdef" * 2 + "\n{}", False),
        (True, "a name", False),
        (False, "0123456789abcdef" * 2, False),
    ],
)
def test_an_id_is_taken_from_our_own_proxy_only(behind, given, kept, settings):
    settings.BEHIND_PROXY = behind
    request = RequestFactory().get("/", headers={"X-Request-ID": given})
    assert (logs._id(request) == given) is kept


def line_of(name, message, *args, level=logging.ERROR, error=None):
    told = None
    if error:
        try:
            raise error
        except ValueError:
            told = sys.exc_info()
    record = logging.LogRecord(name, level, "place.py", 7, message, args, told, "f")
    return logs.JsonLines().format(record)


@pytest.mark.parametrize(
    ("name", "level", "message", "said"),
    [
        ("claims.jobs", "ERROR", "Words of %s", "Words of Ann"),
        ("gunicorn.error", "INFO", "Listening at: %s", "Listening at: Ann"),
        ("gunicorn.error", "CRITICAL", "WORKER TIMEOUT (pid:%s)", "WORKER TIMEOUT (pid:Ann)"),
        ("gunicorn.error", "WARNING", "Invalid request: %s", "place.f, line 7"),
        ("django.security.DisallowedHost", "ERROR", "Invalid HTTP_HOST: %s", "place.f, line 7"),
        ("claimsmaker", "INFO", "Words of %s", "place.f, line 7"),
    ],
)
def test_only_our_own_messages_are_written_out(name, level, message, said):
    line = line_of(name, message, "Ann", level=logging.getLevelNamesMapping()[level])
    assert json.loads(line)["message"] == said


def test_of_an_error_its_class_and_place_are_kept_and_not_its_words():
    cause = KeyError("Ann")
    problem = ValueError("words of an article")
    problem.__cause__ = cause
    line = line_of("django.request", "Internal Server Error", error=problem)
    assert json.loads(line)["error"]["type"] == "builtins.ValueError"
    assert json.loads(line)["error"]["cause"] == "builtins.KeyError"
    assert "line_of" in json.loads(line)["error"]["stack"][0]
    assert "Ann" not in line
    assert "words of" not in line
    assert "\n" not in line
