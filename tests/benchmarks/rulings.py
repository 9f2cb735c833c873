"""One ruling over HTTP, at the desk and by the API, against views of stock Django: CPU time.

python -m tests.benchmarks.rulings [--claims 200] [--runs 5]

Works on a test database beside that of DATABASE_URL, SQLite in memory unless it says otherwise.
The stock views stand behind the same middleware and sign-in, the API's answers with the same row,
and do the same action as a tutorial would write it: get each row, save it whole, create the
ruling, the public change and the log entry, find the card that comes next. That both leave the
same rows is looked at first. Each round rules on the same claims by all four ways, and takes it
back.
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
from django.utils.html import format_html
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims import tokens
from claims.api import rows, versions
from claims.api.throttles import WriteThrottle
from claims.api.tokens import SafeTokens
from claims.filters.readers import Reader
from claims.models import (
    Article,
    Assignment,
    Attribution,
    Byline,
    Change,
    Claim,
    ClaimVoice,
    PublicChange,
    Ruling,
)
from claims.urls import urlpatterns as ours
from tests.benchmarks.bulk import fill
from tests.claims import make

LOGGED = ("status", "is_public", "version")
FIGURE = (
    *("kind", "value", "low", "high", "comparator", "vague", "unit", "per", "change", "concept"),
    *("modality", "edtf", "voice"),
)
BLANK = {"comparator": "=", "vague": False, "change": None, "modality": "asserted"}
REVIEW = ("status", "voice_status", "second")


def accept_by_stock(pk: int, version: int, actor: Any, origin: str) -> Claim:
    """Accept a claim as `get`, `save` and `create` do it, if it is what the caller saw."""
    with transaction.atomic():
        article = Article.objects.select_for_update().get(claims=pk)
        claim = Claim.objects.select_for_update().get(pk=pk)
        if claim.version != version:
            raise ValueError("changed by somebody else")
        batch = uuid.uuid4()
        before = {name: getattr(claim, name) for name in LOGGED}
        earlier = claim.rulings.filter(field="status", standing=True).first()
        if earlier:
            earlier.standing = False
            earlier.save()
        Ruling.objects.create(
            claim=claim, field="status", value="accepted", replaced=earlier, batch=batch,
            actor=actor, run_seen_id=claim.last_run_id,
        )  # fmt: skip
        recompute(claim, article)
        claim.version += 1
        claim.save()
        if claim.is_public and not before["is_public"]:
            publish(claim, actor)
        Change.objects.create(
            batch=batch, actor=actor, actor_name=actor.username, action="accept", origin=origin,
            object_type="claim", object_id=pk, object_name=str(claim)[:200], before=before,
            after={name: getattr(claim, name) for name in LOGGED},
        )  # fmt: skip
    return claim


def recompute(claim: Claim, article: Article) -> None:
    """Put what people ruled over what the engine found: figure, review, voices."""
    ruled = {row.field: row.value for row in claim.rulings.filter(standing=True)}
    for name in FIGURE:
        setattr(claim, name, ruled.get(name, claim.machine.get(name) or BLANK.get(name, "")))
    for name in REVIEW:
        setattr(claim, name, ruled.get(name, Claim._meta.get_field(name).get_default()))
    claim.is_public = claim.status == "accepted" and article.visibility == "public"
    named = dict(
        Attribution.objects.filter(pk__in=claim.machine_chain).values_list("pk", "speaker")
    )
    chain = ruled.get("chain", [named[pk] for pk in claim.machine_chain])
    if chain != list(claim.voices.order_by("position").values_list("speaker", flat=True)):
        claim.voices.all().delete()
        for position, speaker in enumerate(chain):
            ClaimVoice.objects.create(claim=claim, position=position, speaker_id=speaker)
    claim.speaker_id = chain[0] if chain else None
    claim.ultimate_id = chain[-1] if chain else None


def publish(claim: Claim, actor: Any) -> None:
    """Record that everybody sees the claim from now on."""
    byline = Byline.objects.filter(user=actor).first()
    seen_before = PublicChange.objects.filter(claim=claim).exists()
    PublicChange.objects.create(
        claim=claim, version=claim.version, kind="restored" if seen_before else "published",
        origin="editor", byline=byline.name if byline else "",
    )  # fmt: skip


@admin.site.admin_view
def stock_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a claim for whoever has its article, and go to the next one that waits."""
    if not request.user.has_perm("claims.change_claim"):
        raise PermissionDenied
    claim = get_object_or_404(Claim, pk=pk)
    hold(claim.article_id, request.user)
    version = int(request.POST["version"].partition(":")[2])
    accept_by_stock(pk, version, request.user, "desk")
    messages.success(request, format_html("Figure accepted: “<bdi>{}</bdi>”.", claim.surface))
    waiting = Claim.objects.filter(article=claim.article_id, status="proposed", gone=False)
    places = waiting.order_by("start", "end", "pk").values_list("pk", flat=True)
    shown = places.filter(start__gt=claim.start).first() or places.first() or pk
    return HttpResponseRedirect(
        f"{reverse('desk_article', args=[claim.article_id])}?card={shown}#card"
    )


def hold(article: int, editor: Any) -> None:
    """Give an article to an editor for half an hour, and again when half of that is over."""
    now = timezone.now()
    held = Assignment.objects.filter(article=article).first()
    if held and held.editor_id != editor.pk and held.until > now:
        raise PermissionDenied
    if held is None or held.editor_id != editor.pk or held.until < now + timedelta(minutes=15):
        until = now + timedelta(minutes=30)
        Assignment(article_id=article, editor=editor, taken=now, until=until).save()


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
        accept_by_stock(claim.pk, claim.version, request.user, "api")
        row = self.row(claim)
        return Response(row, headers={"ETag": versions.tag_of(row)})

    def row(self, claim: Claim) -> Any:
        """Return what the API sends of a claim."""
        return rows.claim(Claim.objects.by_id(claim.pk), Reader.EDITOR)


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
        self.browser.cookies.pop("messages", None)  # the page after each ruling shows them
        return self.browser.post(address, sent)

    def _call(self, address: str, claim: Claim) -> HttpResponse:
        tag = {"If-Match": self.tags[claim.pk]}
        return self.program.post(address, "{}", content_type="application/json", headers=tag)

    def look(self, claims: Sequence[Claim]) -> None:
        """Remember the entity tags of claims, as a program would that read them."""
        found = ((one.pk, Claim.objects.by_id(one.pk)) for one in claims)
        self.tags = {pk: versions.tag_of(rows.claim(row, Reader.EDITOR)) for pk, row in found}


WAYS = ("desk", "stock_desk", "api", "stock_api")
TABLES = (Ruling, Change, PublicChange, Claim, ClaimVoice, Assignment)
APART = {"id", "batch", "at", "taken", "until"}
"""What differs between any two rulings that do the same."""


def left(way: Callable[[Claim], HttpResponse], claims: Sequence[Claim]) -> dict[str, Any]:
    """Return the rows of all tables after a ruling on each claim; they are taken back."""
    with transaction.atomic():
        for claim in claims:
            way(claim)
        found = {
            table.__name__: [
                {name: row[name] for name in row.keys() - APART}
                for row in table._default_manager.order_by("pk").values()
            ]
            for table in TABLES
        }
        transaction.set_rollback(True)
    return found


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
    for name in ("desk", "api"):
        ours, stock = (left(getattr(visitor, way), chosen[:5]) for way in (name, f"stock_{name}"))
        if differ := [table for table in ours if ours[table] != stock[table]]:
            raise AssertionError(f"{name}: not the same rows in {', '.join(differ)}")
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
