"""A page of fifty claims by the API against stock views and Datasette, and how it grows: CPU time.

python -m tests.benchmarks.lists [--runs 7] [--smaller DATABASE_URL]

Works on a database that `tests.benchmarks.synthetic` filled; `--smaller` names another one to
compare with. How deep a page lies is measured in the middle of the public claims and, where an
editor has so many, at row 1,000,000 of all of them. The stock view gives the same rows by
ModelSerializer and CursorPagination, with all that is shown fetched along. Datasette, if it is
there, gives the same rows of the same SQLite file with its labels in place of ids, in this process.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claims.settings")
os.environ.setdefault("THROTTLE_ANONYMOUS", "1000000/min")
os.environ.setdefault("THROTTLE_USER", "1000000/min")
if not apps.ready:
    django.setup()

from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import path
from rest_framework import generics, pagination, serializers

from claims.filters import paging
from claims.filters.base import Answer
from claims.filters.readers import Reader, claims_for
from claims.models import Article, Claim, ClaimVoice, Outlet, Speaker, Topic
from claims.urls import urlpatterns as ours
from tests.benchmarks.clock import milliseconds, tell
from tests.benchmarks.filters import EVERYTHING

FAR = 1_000_000
LIST, STOCK = "/api/v1/claims/", "/stock/claims/"
SENT = (
    *("uid", "status", "published_earliest", "published_latest", "kind", "start", "end"),
    *("surface", "sentence_start", "sentence_end", "passage", "value", "low", "high"),
    *("number_low", "number_high", "comparator", "vague", "unit", "per", "change", "concept"),
    *("modality", "edtf", "date_earliest", "date_latest", "unresolved", "scope_edtf"),
    *("scope_earliest", "scope_latest", "scope_place", "voice", "voice_status", "score"),
)


class StockOutlet(serializers.ModelSerializer):
    class Meta:
        model, fields = Outlet, ("name", "text_policy")


class StockArticle(serializers.ModelSerializer):
    outlet = StockOutlet()

    class Meta:
        model = Article
        fields = ("uid", "headline", "url", "published", "published_basis", "outlet")


class StockSpeaker(serializers.ModelSerializer):
    class Meta:
        model, fields = Speaker, ("uid", "name", "kind")


class StockVoice(serializers.ModelSerializer):
    speaker = StockSpeaker()

    class Meta:
        model, fields = ClaimVoice, ("position", "speaker")


class StockTopic(serializers.ModelSerializer):
    class Meta:
        model, fields = Topic, ("scheme", "code")


class StockClaim(serializers.ModelSerializer):
    article, speaker, ultimate = StockArticle(), StockSpeaker(), StockSpeaker()
    voices, topics = StockVoice(many=True), StockTopic(many=True)
    engine = serializers.CharField(source="last_run.engine")

    class Meta:
        model = Claim
        fields = (*SENT, "article", "speaker", "ultimate", "voices", "topics", "engine")


class StockPages(pagination.CursorPagination):
    page_size, ordering = 50, "-id"


class StockList(generics.ListAPIView):
    """Public claims as a tutorial would list them, with everything shown fetched along."""

    authentication_classes: list[Any] = []
    serializer_class = StockClaim
    pagination_class = StockPages
    queryset = (
        Claim.objects.filter(is_public=True)
        .select_related("article__outlet", "speaker", "ultimate")
        .prefetch_related("voices__speaker", "topics", "last_run")  # joined, it misleads SQLite
    )


urlpatterns = [path("stock/claims/", StockList.as_view()), *ours]


def asked(address: str, *, editor: bool = False) -> Callable[[], Any]:
    """Return what asks for a page, as an editor or as somebody who is not signed in."""
    client = Client(SERVER_NAME="localhost")
    if editor:
        client.force_login(User.objects.get(username="synthetic"))
    cache.clear()
    answer = client.get(address)
    if answer.status_code != 200 or len(answer.json()["results"]) != 50:
        raise AssertionError(f"{address}: {answer.status_code}")
    return lambda: client.get(address)


def labelled() -> Callable[[], Any] | None:
    """Return what asks Datasette for the same rows with labels, if it is there."""
    if connection.vendor != "sqlite" or not find_spec("datasette"):
        return None
    file = str(settings.DATABASES["default"]["NAME"])
    labels = {"claims_article": "headline", "claims_outlet": "name", "claims_speaker": "name"}
    tables = {name: {"label_column": column} for name, column in labels.items()}
    database = os.path.basename(file).rpartition(".")[0]
    peer = import_module("datasette.app").Datasette(
        [file], metadata={"databases": {database: {"tables": tables}}}
    )
    names = ["article_id", "outlet_id", "speaker_id", "ultimate_id", *SENT]
    columns = "&".join(f"_col={name}" for name in names)
    plain = "_nocount=1&_nofacet=1&_nosuggest=1"
    address = f"/{database}/claims_claim.json?is_public=1&_labels=on&_sort_desc=id&_size=50&{plain}"
    loop = asyncio.new_event_loop()

    def ask() -> Any:
        return loop.run_until_complete(peer.client.get(f"{address}&{columns}"))

    answer = ask()
    if answer.status_code != 200 or len(answer.json()["rows"]) != 50:
        raise AssertionError(f"{answer.status_code}: {answer.text[:300]}")
    return ask


def deep(rows: QuerySet[Claim], row: int) -> str:
    """Return the cursor of the page that begins at a row, the newest being row 1."""
    (pk,) = rows.order_by("-id").values_list("pk", flat=True)[row - 3 : row - 2]
    before = paging.page(Answer(rows), paging.Paging(after=paging.Place(None, pk), size=1))
    return str(before.next)


def elsewhere(database: str, runs: int) -> float:
    """Return the milliseconds of the first page of another database."""
    command = [sys.executable, "-m", "tests.benchmarks.lists", "--first", "--runs", str(runs)]
    environment = os.environ | {"DATABASE_URL": database}
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return float(told.stdout)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each figure beside its target."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--smaller", help="DATABASE_URL of a smaller database")
    parser.add_argument("--first", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    with override_settings(ROOT_URLCONF=__name__, DEBUG=False):
        if options.first:
            print(milliseconds({"first": asked(LIST)}, options.runs)["first"])
            return 0
        compare(options.runs, options.smaller)
    return 0


def compare(runs: int, smaller: str | None) -> None:
    """Print the ratios."""
    public, current = claims_for(Reader.EVERYBODY), claims_for(Reader.EDITOR)
    row = public.count() // 2
    address = f"{LIST}?cursor={deep(public, row)}"
    ways = {"list": asked(LIST), "deep": asked(address), "stock": asked(STOCK)}
    if current.count() >= FAR + 50:
        address = f"{LIST}?{EVERYTHING}"
        ways["editor"] = asked(address, editor=True)
        ways["far"] = asked(f"{address}&cursor={deep(current, FAR)}", editor=True)
    if peer := labelled():
        ways["datasette"] = peer
    with CaptureQueriesContext(connection) as captured:
        ways["list"]()
        statements = len(captured)
    times = milliseconds(ways, runs)
    print(f"{connection.vendor}, {Claim.objects.count()} claims")
    print({name: f"{time:.2f} ms" for name, time in times.items()})
    print(f"statements: {statements} (asked: at most 3)")
    tell("list page", times["list"] / times["stock"], 0.25, "ModelSerializer and CursorPagination")
    if peer:
        tell("list page", times["list"] / times["datasette"], 0.7, "Datasette with labels")
    tell(f"page at row {row:,}", times["deep"] / times["list"], 1.5, "the first page")
    if "far" in ways:
        far = f"page at row {FAR:,} of all claims"
        tell(far, times["far"] / times["editor"], 1.5, "an editor's first page")
    if smaller:
        tell("first page", times["list"] / elsewhere(smaller, runs), 1.5, "the smaller database's")


if __name__ == "__main__":
    sys.exit(main())
