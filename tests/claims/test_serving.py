"""The site as it runs: gunicorn in production mode, asked over a socket as by its proxy."""

import gzip
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections import Counter
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

pytest.importorskip("gunicorn")

ROOT = Path(__file__).resolve().parents[2]
MARKER = "Plantedword"
HTTPS = {"Host": "record.example", "X-Forwarded-Proto": "https"}
BROKEN = f"""
from claims.wsgi import application
from claims.pages import views

def fails(reader):
    raise ValueError("{MARKER} in an error")

views.outlets_for = fails
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory, install):
    data = tmp_path_factory.mktemp("served")
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    found = kept | {
        "ON_RECORD_MODE": "production",
        "ON_RECORD_DATA": str(install(data / "data")),
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "record.example",
        "BEHIND_PROXY": "1",
        "NUM_PROXIES": "1",
        "PYTHONPATH": f"{ROOT}:{data}",
        "WEB_CONCURRENCY": "1",
        "THROTTLE_EXPORT_ANONYMOUS": "5/hour",
    }
    (data / "broken.py").write_text(BROKEN)
    collect = [sys.executable, ROOT / "manage.py", "collectstatic", "-v0", "--no-input"]
    subprocess.run(collect, env=found, check=True)
    return found


@pytest.fixture(scope="module")
def log(environment):
    return Path(environment["ON_RECORD_DATA"], "server.log")


@contextmanager
def serving(environment, log):
    """Serve the site with a landing page that fails; yield process and port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-c", "python:claims.serving", "broken"]
    with log.open("wb") as file:
        server = subprocess.Popen(
            command, env=environment | {"BIND": f"127.0.0.1:{port}"}, stderr=file, stdout=file
        )
    for _ in range(300):
        with socket.socket() as tried:
            if not tried.connect_ex(("127.0.0.1", port)):
                break
        time.sleep(0.1)
    yield server, port
    server.kill()
    server.wait()


@pytest.fixture(scope="module")
def served(environment, log):
    with serving(environment, log) as found:
        yield found


@pytest.fixture
def ask(served):
    """Return a function that asks one address; it returns status, headers and body."""

    def asked(method, address, body=None, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(http.client.HTTPConnection("127.0.0.1", served[1], timeout=60)) as line:
            line.request(method, address, body, HTTPS | named)
            answer = line.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()

    return asked


def test_it_is_up_and_ready(ask):
    assert ask("GET", "/healthz", X_Forwarded_Proto="http")[0] == 200
    assert json.loads(ask("GET", "/readyz", X_Forwarded_Proto="http")[2]) == {
        "ready": True,
        "missing": [],
    }


def test_what_comes_by_http_is_sent_to_https_and_another_host_is_refused(ask):
    status, headers, _ = ask("GET", "/account/sign-in/?next=/", X_Forwarded_Proto="http")
    assert (status, headers["Location"]) == (
        301,
        "https://record.example/account/sign-in/?next=/",
    )
    assert ask("GET", "/account/sign-in/", Host="elsewhere.example")[0] == 400


def test_pages_carry_their_security_headers_and_cookies_their_flags(ask):
    status, headers, body = ask("GET", "/account/sign-in/")
    assert status == 200
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]
    assert re.fullmatch("[0-9a-f]{32}", headers["X-Request-ID"])
    assert {"Secure", "SameSite=Lax"} <= set(headers["Set-Cookie"].split("; "))
    assert MARKER.encode() not in body


def test_static_files_have_names_of_their_content_and_come_packed(ask):
    _, _, page = ask("GET", "/account/sign-in/")
    address = re.search(rb'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page)[1].decode()
    status, headers, body = ask("GET", address, Accept_Encoding="gzip")
    assert status == 200
    assert "immutable" in headers["Cache-Control"]
    assert headers["Content-Encoding"] == "gzip"
    assert b"{" in gzip.decompress(body)


def test_nothing_that_people_send_or_store_is_in_the_log(ask, log):
    basic = b64encode(f"{MARKER}:{MARKER}".encode()).decode()
    assert ask("GET", f"/?q={MARKER}")[0] == 500
    assert ask("GET", f"/api/v1/claims/?q={MARKER}&{MARKER}=1")[0] == 400
    assert ask("POST", "/api/v1/tokens/", Authorization=f"Basic {basic}")[0] == 401
    assert ask("GET", "/api/v1/runs/", Authorization=f"Token {MARKER}")[0] == 401
    assert ask("GET", f"/account/reset/MQ/{MARKER}-{MARKER}/")[0] == 200
    assert ask("GET", "/account/sign-in/", Cookie=f"sessionid={MARKER}")[0] == 200
    assert ask("GET", "/account/", Host=f"{MARKER}.example")[0] == 400
    assert ask("GET", "/account/sign-in/", Referer=MARKER, User_Agent=MARKER)[0] == 200
    assert ask("GET", "/account/sign-in/", X_Request_ID=MARKER, X_Forwarded_For=MARKER)[0] == 200
    form = f"username={MARKER}&password={MARKER}&csrfmiddlewaretoken={MARKER}"
    kind = "application/x-www-form-urlencoded"
    assert ask("POST", "/account/sign-in/", form, Content_Type=kind)[0] == 403
    token = {"Cookie": f"csrftoken={'a' * 32}", "Origin": "https://record.example"}
    form = f"username={MARKER}&password={MARKER}&csrfmiddlewaretoken={'a' * 32}"
    assert ask("POST", "/account/sign-in/", form, Content_Type=kind, **token)[0] == 200
    assert ask("PATCH", "/api/v1/claims/000000000000/", f'{{"concept": "{MARKER}"')[0] >= 400
    assert ask(MARKER.upper(), "/account/sign-in/")[0] == 403
    assert MARKER.lower() not in log.read_text().lower()


def test_each_line_of_the_log_is_an_object_and_an_error_says_where(ask, log):
    _, headers, body = ask("GET", "/")
    assert b"Something broke" in body
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    mine = [line for line in lines if line.get("request") == headers["X-Request-ID"]]
    (error,) = [line["error"] for line in mine if "error" in line]
    assert error["type"] == "builtins.ValueError"
    assert error["stack"][-1].endswith(" fails")
    (line,) = [line for line in mine if line["logger"] == "claims.requests"]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/", 500)


def test_processes_count_the_requests_of_a_caller_together(environment, tmp_path):
    three = environment | {"WEB_CONCURRENCY": "3"}
    answers, processes = Counter(), set()
    with serving(three, tmp_path / "server.log") as (server, port):
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
        for _ in range(300):
            processes = set(children.read_text().split())
            if len(processes) == 3:
                break
            time.sleep(0.1)
        for _ in range(12):
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
                line.request("GET", "/api/v1/topics.csv", headers=HTTPS)
                answer = line.getresponse()
                answers[answer.status] += 1
                assert answer.status == 200 or 3590 < int(answer.headers["Retry-After"]) <= 3600
    assert len(processes) == 3
    assert answers == {200: 5, 429: 7}


def test_asked_to_end_it_ends_at_once_and_says_so(environment, tmp_path):
    log = tmp_path / "server.log"
    with serving(environment, log) as (server, port):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line:
            line.request("GET", "/healthz", headers=HTTPS)
            assert line.getresponse().status == 200
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0
    assert "Shutting down" in log.read_text()
