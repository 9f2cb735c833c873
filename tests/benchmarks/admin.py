"""The admin's list of claims, each of its filters and its search, against a smaller database: CPU.

python -m tests.benchmarks.admin [--runs 5] [--smaller DATABASE_URL]

Works on a database that `tests.benchmarks.synthetic` filled; `--smaller` names another one to
compare with. No page may take more than three times as long as the smaller database's.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import partial

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claims.settings")
if not apps.ready:
    django.setup()

from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Outlet, Run, Speaker, Topic
from tests.benchmarks.clock import milliseconds, tell
from tests.benchmarks.filters import COMMON

MOST = 3


def pages() -> dict[str, str]:
    """Return the parameters of the first page, of a page for each filter, and of a search."""
    heaps = ("waiting", "again", "second", "disputed", "voices", "lost", "accepted", "rejected")
    rows = {"topic": Topic, "outlet": Outlet, "speaker": Speaker, "last_run": Run}
    first = {name: model.objects.order_by("pk")[0].pk for name, model in rows.items()}
    article = Claim.objects.order_by("-pk")[0].article_id
    return {
        "first page": "",
        "page 50": "p=50",
        **{f"work {heap}": f"work={heap}" for heap in (*heaps, "all")},
        "kind": "kind=money",
        "article": f"work=all&article={article}",
        **{name: f"work=all&{name}={pk}" for name, pk in first.items()},
        "search": f"work=all&q={COMMON}",
        "search, waiting": f"q={COMMON}",
    }


def show(client: Client, address: str) -> HttpResponse:
    """Return a page, which must be one."""
    answer = client.get(address)
    if answer.status_code != 200:
        raise AssertionError(f"{address}: {answer.status_code}")
    return answer


def measured(runs: int) -> dict[str, float]:
    """Return the milliseconds of each page."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="synthetic"))
    address = reverse("admin:claims_claim_changelist")
    ways = {name: partial(show, client, f"{address}?{page}") for name, page in pages().items()}
    return milliseconds(ways, runs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the milliseconds of each page, and each against the smaller database's."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--smaller", help="DATABASE_URL of a smaller database")
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    times = measured(options.runs)
    if options.json:
        print(json.dumps(times))
        return 0
    print(f"{connection.vendor}, {Claim.objects.count()} claims")
    there = elsewhere(options.smaller, options.runs) if options.smaller else {}
    for name, time in times.items():
        print(f"{name}: {time:.0f} ms")
        if there:
            tell(f"    {name}", time / there[name], MOST, f"the smaller one's {there[name]:.0f} ms")
    return 0


def elsewhere(database: str, runs: int) -> dict[str, float]:
    """Return the milliseconds of the pages of another database."""
    command = [sys.executable, "-m", "tests.benchmarks.admin", "--json", "--runs", str(runs)]
    environment = os.environ | {"DATABASE_URL": database}
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(told.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main())
