"""Four editors rule at once over HTTP on one SQLite file: nobody is refused, nothing is lost.

`ON_RECORD_WRITERS_SECONDS` says for how long: 60 by hand, 10 in the usual run. With `pytest -s`
it says how many rulings there were.
"""

import http.client
import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS = int(os.environ.get("ON_RECORD_WRITERS_SECONDS", "10"))
CSRF = "a" * 32
FILL = """
import json, django; django.setup()
from django.test import Client
from claims import tokens
from tests.claims import make
writers = []
for n in range(4):
    user, browser = make.member("editor", f"editor{n}"), Client()
    browser.force_login(user)
    lines = "".join(f"The office counted {1000 + line} boats.\\n" for line in range(20))
    article = make.article(f"Notes {n}\\n\\n{lines}")
    claims = [make.claim(article, str(1000 + line)) for line in range(20)]
    writers.append({
        "name": user.username,
        "session": browser.cookies["sessionid"].value,
        "token": tokens.make(user, writes=True),
        "claims": [[claim.pk, claim.uid] for claim in claims],
    })
print(json.dumps(writers))
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory, install):
    data = install(tmp_path_factory.mktemp("writers"))
    return os.environ | {
        "ON_RECORD_DATA": str(data),
        "ON_RECORD_MODE": "development",
        "DEBUG": "0",
        "DATABASE_URL": f"sqlite:///{data}/on_record.sqlite3",
        "DJANGO_SETTINGS_MODULE": "claims.settings",
        "PYTHONPATH": str(ROOT),
        "THROTTLE_WRITE": "1000000/min",
        "THROTTLE_USER": "1000000/min",
    }


@pytest.fixture(scope="module")
def writers(environment):
    """Return four editors and the claims each rules on, in a database of its own."""
    fill = [sys.executable, "-c", FILL]
    found = subprocess.run(fill, env=environment, check=True, capture_output=True, text=True)
    return json.loads(found.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def port(environment, writers):
    """Serve the site with a thread for each connection; return the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    serve = [sys.executable, ROOT / "manage.py", "runserver", "--noreload", f"127.0.0.1:{number}"]
    log = Path(environment["ON_RECORD_DATA"], "server.log")
    with log.open("wb") as file:
        server = subprocess.Popen(serve, env=environment, stdout=file, stderr=file)
    try:
        _wait_for(number, server)
        yield number
    finally:
        server.terminate()
        server.wait()
    assert "locked" not in log.read_text(errors="replace")


def _wait_for(port, server):
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the server does not answer")


def by_desk(connection, writer, claim, version, ruling):
    """Press a button of the desk."""
    headers = {
        "Cookie": f"sessionid={writer['session']}; csrftoken={CSRF}",
        "X-CSRFToken": CSRF,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    sent = urlencode({"ruling": ruling, "version": f"{claim[0]}:{version}"})
    connection.request("POST", f"/admin/desk/claim/{claim[0]}/rule/", sent, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def by_api(connection, writer, claim, version, ruling):
    """Read a claim and rule on it as it was read."""
    address = f"/api/v1/claims/{claim[1]}/"
    headers = {"Authorization": f"Token {writer['token']}"}
    connection.request("GET", address, headers=headers)
    answer = connection.getresponse()
    answer.read()
    headers |= {"If-Match": answer.headers["ETag"], "Content-Type": "application/json"}
    name = {"accept": "accept", "reopen": "restore"}[ruling]
    connection.request("POST", f"{address}{name}/", "{}", headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def rules(port, writer, way, until):
    """Accept and reopen one claim after another until it is time; return the answers' statuses."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    statuses, version = Counter(), 1
    while time.monotonic() < until:
        for ruling in ("accept", "reopen"):
            for claim in writer["claims"]:
                if time.monotonic() >= until:
                    break
                statuses[way(connection, writer, claim, version, ruling)] += 1
            version += 1
    connection.close()
    return statuses


def test_four_writers_are_never_refused_and_every_ruling_told_is_in_the_log(
    port, writers, environment
):
    ways = (by_desk, by_api, by_desk, by_api)
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(rules, port, *one, until) for one in zip(writers, ways, strict=True)]
        answers = [job.result() for job in jobs]
    assert [set(found) for found in answers] == [{302}, {200}, {302}, {200}]
    path = Path(environment["ON_RECORD_DATA"], "on_record.sqlite3")
    with sqlite3.connect(path) as database:
        asked = (
            "SELECT actor_name, count(*) FROM claims_change WHERE object_type = 'claim' GROUP BY 1"
        )
        logged = dict(database.execute(asked))
    database.close()
    sys.stdout.write(f"{sum(logged.values())} rulings in {SECONDS} seconds\n")
    told = {writer["name"]: found.total() for writer, found in zip(writers, answers, strict=True)}
    assert logged == told
    assert min(told.values()) > 0
