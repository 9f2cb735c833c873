"""Eleven questions to the list of claims, each a page with a capped count: CPU time of one answer.

python -m tests.benchmarks.filters [--runs 5] [--plans]

Works on a database that `tests.benchmarks.synthetic` filled. Each question is asked by everybody,
of public claims, and by an editor, of all of them; `--plans` shows how the database goes about it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claims.settings")
os.environ.setdefault("THROTTLE_ANONYMOUS", "1000000/min")
os.environ.setdefault("THROTTLE_USER", "1000000/min")
if not apps.ready:
    django.setup()

from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode

from claims.models import Article, Claim, Outlet, Speaker, Topic
from tests.benchmarks.clock import milliseconds, tell

MOST = 100
COMMON = "budget"
EVERYTHING = urlencode(
    {"status": Claim.Status.values, "visibility": Article.Visibility.values}, doseq=True
)


def questions() -> dict[str, str]:
    """Return the parameters of each question, for what the generator made often and seldom."""
    heads = list(Speaker.objects.filter(article=None, is_public=True).order_by("pk"))
    topics = list(Topic.objects.order_by("pk"))
    seldom = Outlet.objects.order_by("pk")[0].name.split()[0].lower()
    days = {"published_from": "2021", "published_to": "2022"}
    asked = {
        "none": {},
        "top speaker": {"speaker": heads[0].uid},
        "middling speaker": {"speaker": heads[len(heads) // 50].uid},
        "top topic": {"topic": f"on-record:{topics[0].code}"},
        "middling topic": {"topic": f"on-record:{topics[20].code}"},
        "kind, unit, value": {
            **{"kind": "money", "unit": "USD", "value_min": "1000000", "value_max": "100000000"}
        },
        "published in 2022": {"published_from": "2022", "published_to": "2022"},
        "text, common word": {"text": COMMON},
        "text, rarer word": {"text": seldom},
        "topic, kind, dates": {"topic": f"on-record:{topics[0].code}", "kind": "money", **days},
        "text, kind, value": {"text": COMMON, "kind": "count", "value_min": "1000"},
    }
    return {name: urlencode(params) for name, params in asked.items()}


def ask(client: Client, address: str) -> HttpResponse:
    """Return the answer to a question, which must be one."""
    cache.clear()
    answer = client.get(address)
    if answer.status_code != 200:
        raise AssertionError(f"{address}: {answer.content.decode()}")
    return answer


def show_plans(way: Callable[[], HttpResponse]) -> None:
    """Print how the database goes about each statement."""
    with CaptureQueriesContext(connection) as captured:
        way()
        statements = [query["sql"] for query in captured]
    explain = "EXPLAIN ANALYZE" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    for sql in statements:
        if "claims_claim" in sql:
            print("   ", sql[sql.index("FROM") :][:600])
            with connection.cursor() as cursor:
                cursor.execute(f"{explain} {sql}")
                print(*(f"        {row[-1]}" for row in cursor.fetchall()), sep="\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the milliseconds and hits of each question, and the slowest beside the target."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--plans", action="store_true")
    options = parser.parse_args(arguments)
    everybody, editor = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    editor.force_login(User.objects.get(username="synthetic"))
    ways = {}
    for name, question in questions().items():
        address = f"/api/v1/claims/?count=true&{question}"
        ways[name] = partial(ask, everybody, address)
        ways[f"{name}; editor"] = partial(ask, editor, f"{address}&{EVERYTHING}")
    print(f"{connection.vendor}, {Claim.objects.count()} claims")
    times = milliseconds(ways, options.runs)
    for name, way in ways.items():
        count = way().json()["count"]
        print(f"{name}: {times[name]:.1f} ms, {count['value']}{'+' if count['more'] else ''} hits")
        if options.plans:
            show_plans(way)
    slowest = max(times, key=lambda name: times[name])
    tell(f"slowest, {slowest}", times[slowest], MOST, "CPU milliseconds")
    return 0


if __name__ == "__main__":
    sys.exit(main())
