"""One ruling over HTTP, at the desk and by the API, against views of stock Django: CPU time.

python -m tests.benchmarks.rulings [--claims 200] [--runs 5]

Works on a test database beside that of DATABASE_URL, SQLite in memory unless it says otherwise.
The stock views stand behind the same middleware and sign-in and do the same action as a tutorial
would write it: get each row, save it whole, create the ruling and the log entry, find the card
that comes next in the same queue. Each round rules on the same claims by all four ways, and takes
it back.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claims.settings")
if not apps.ready:
    django.setup()

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.test import Client
from django.test.utils import (
    override_settings,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)
from django.urls import path, reverse
from django.utils import timezone
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims import tokens
from claims.api import rows, versions
from claims.api.throttles import WriteThrottle
from claims.api.tokens import SafeTokens
from claims.filters.queues import Queue
from claims.filters.readers import Reader
from claims.models import Article, Assignment, Change, Claim, Ruling
from claims.urls import urlpatterns as ours
from tests.benchmarks.bulk import fill
from tests.claims import make

FIELDS = ("status", "is_public", "version")


def accept_by_stock(pk: int, version: int, actor: User) -> Claim:
    """Accept a claim as `get`, `save` and `create` do it, if it is what the caller saw."""
    with transaction.atomic():
        article = Article.objects.select_for_update().get(claims=pk)
        claim = Claim.objects.select_for_update().get(pk=pk)
        if claim.version != version:
            raise ValueError("changed by somebody else")
        batch = uuid.uuid4()
        before = {name: getattr(claim, name) for name in FIELDS}
        earlier = claim.rulings.filter(field="status", standing=True).first()
        if earlier:
            earlier.standing = False
            earlier.save()
        Ruling.objects.create(
            claim=claim, field="status", value="accepted", replaced=earlier, batch=batch,
            actor=actor, run_seen=claim.last_run,
        )  # fmt: skip
        claim.status, claim.version = Claim.Status.ACCEPTED, claim.version + 1
        claim.is_public = article.visibility == Article.Visibility.PUBLIC
        claim.save()
        Change.objects.create(
            batch=batch, actor=actor, actor_name=actor.username, action="accept", origin="desk",
            object_type="claim", object_id=pk, object_name=str(claim)[:200], before=before,
            after={name: getattr(claim, name) for name in FIELDS},
        )  # fmt: skip
    return claim


@admin.site.admin_view
def stock_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a claim for whoever has its article, and go to the next one that waits."""
    if not request.user.has_perm("claims.change_claim"):
        raise PermissionDenied
    claim = get_object_or_404(Claim, pk=pk)
    held, _ = Assignment.objects.get_or_create(article=claim.article, defaults=_taken(request))
    if held.editor != request.user and held.until > timezone.now():
        raise PermissionDenied
    held.until = timezone.now() + timedelta(minutes=30)
    held.save()
    accept_by_stock(pk, int(request.POST["version"].partition(":")[2]), held.editor)
    messages.success(request, f"Figure accepted: “{claim.surface}”.")
    waiting = Queue(request.GET).waiting().filter(article=claim.article)
    after = waiting.filter(start__gt=claim.start).order_by("start", "end", "pk").first()
    shown = after or waiting.order_by("start", "end", "pk").first() or claim
    desk = reverse("desk_article", args=[claim.article.pk])
    return HttpResponseRedirect(f"{desk}?card={shown.pk}")


def _taken(request: HttpRequest) -> dict[str, Any]:
    return {"editor": request.user, "taken": timezone.now(), "until": timezone.now()}


class StockApi(APIView):
    """Accept a claim whose entity tag the caller knows."""

    authentication_classes = [SafeTokens, SessionAuthentication]
    throttle_classes = [WriteThrottle]

    def post(self, request: Request, uid: str) -> Response:
        """Accept, and return the claim as it is now."""
        if not request.user.has_perm("claims.change_claim"):
            raise PermissionDenied
        claim = get_object_or_404(Claim, uid=uid)
        if not versions.matches(request, versions.tag_of(self.row(claim))):
            raise ValidationError
        accept_by_stock(claim.pk, claim.version, request.user)
        row = self.row(claim)
        return Response(row, headers={"ETag": versions.tag_of(row)})

    def row(self, claim: Claim) -> Any:
        """Return what the API sends of a claim."""
        return rows.claim(Claim.objects.filter(pk=claim.pk), Reader.EDITOR)


urlpatterns = [
    path("admin/stock/<int:pk>/", stock_desk, name="stock_desk"),
    path("api/stock/<str:uid>/", StockApi.as_view(), name="stock_api"),
    *ours,
]


class Visitor:
    """An editor with a browser and a token, who sends one ruling by any of the ways."""

    def __init__(self) -> None:
        self.user = make.editor()
        self.browser = Client()
        self.browser.force_login(self.user)
        token = tokens.make(self.user, writes=True)
        self.program = Client(headers={"Authorization": f"Token {token}"})

    def desk(self, claim: Claim) -> HttpResponse:
        """Rule as the desk's button does."""
        return self._button(reverse("desk_rule", args=[claim.pk]), claim)

    def stock_desk(self, claim: Claim) -> HttpResponse:
        """Rule by the stock view."""
        return self._button(reverse("stock_desk", args=[claim.pk]), claim)

    def api(self, claim: Claim) -> HttpResponse:
        """Rule by the API."""
        return self._call(reverse("claim_accept", args=[claim.uid]), claim)

    def stock_api(self, claim: Claim) -> HttpResponse:
        """Rule by the stock view of the API."""
        return self._call(reverse("stock_api", args=[claim.uid]), claim)

    def _button(self, address: str, claim: Claim) -> HttpResponse:
        sent = {"ruling": "accept", "version": f"{claim.pk}:{claim.version}"}
        return self.browser.post(address, sent)

    def _call(self, address: str, claim: Claim) -> HttpResponse:
        tag = {"If-Match": self.tags[claim.pk]}
        return self.program.post(address, "{}", content_type="application/json", headers=tag)

    def look(self, claims: Sequence[Claim]) -> None:
        """Remember the entity tags of claims, as a program would that read them."""
        found = ((one.pk, Claim.objects.filter(pk=one.pk)) for one in claims)
        self.tags = {pk: versions.tag_of(rows.claim(row, Reader.EDITOR)) for pk, row in found}


WAYS = ("desk", "stock_desk", "api", "stock_api")


def seconds(way: Callable[[Claim], HttpResponse], claims: Sequence[Claim]) -> float:
    """Return the CPU seconds of a ruling on each claim; they are taken back afterwards."""
    cache.clear()
    with transaction.atomic():
        begun = time.process_time()
        answers = [way(claim).status_code for claim in claims]
        spent = time.process_time() - begun
        ruled = Ruling.objects.filter(field="status", value="accepted", standing=True).count()
        if ruled != len(claims) or not set(answers) <= {200, 302}:
            raise AssertionError(f"{ruled} rulings, answers {sorted(set(answers))}")
        transaction.set_rollback(True)
    return spent


def measure(claims: int, runs: int) -> dict[str, float]:
    """Return CPU milliseconds of one ruling by each way; the median of the runs."""
    visitor, chosen = Visitor(), list(Claim.objects.order_by("pk")[:claims])
    visitor.look(chosen)
    found: dict[str, list[float]] = {name: [] for name in WAYS}
    for name in WAYS:
        seconds(getattr(visitor, name), chosen[:5])
    for _ in range(runs):
        for name in WAYS:
            found[name].append(seconds(getattr(visitor, name), chosen) / len(chosen))
    return {name: 1000 * statistics.median(times) for name, times in found.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the times of one ruling and how they compare."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--claims", type=int, default=200)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args(arguments)
    fill(options.claims)
    with override_settings(ROOT_URLCONF=__name__):
        times = measure(options.claims, options.runs)
    for name in ("desk", "api"):
        ours, stock = times[name], times[f"stock_{name}"]
        print(f"{name}: {ours:.2f} ms of CPU a ruling, stock {stock:.2f}, ratio {ours / stock:.2f}")
    return 0


def alone() -> int:
    """Measure on a test database, and remove it."""
    setup_test_environment(debug=False)
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        return main()
    finally:
        teardown_databases(kept, verbosity=0)


if __name__ == "__main__":
    sys.exit(alone())
