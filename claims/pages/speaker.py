"""The page of a speaker: names, roles, figures over time, who cites whom, all claims."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from claims import identity
from claims.api import rows
from claims.filters.base import counted
from claims.filters.readers import (
    Reader,
    reader_of,
    roles_for,
    shows_identity,
    speakers_for,
)
from claims.models import Article, ClaimVoice, Report, Role, Speaker
from claims.models.claim import ClaimQuerySet
from claims.pages import asking, figures
from claims.pages.answering import moved, page

MOST: Final = 20
"""Voices that are named on each side of a chain."""


@page("cursor", "status", "figure")
def speaker(request: HttpRequest, uid: str) -> HttpResponse:
    """Show a speaker; a merged uid leads to the one that stands for the voice now."""
    reader = reader_of(request.user)
    found = rows.speaker(speakers_for(reader).filter(uid=uid), reader)
    if found is None:
        now = rows.canonical_uid(uid, reader)
        if answer := moved("speaker_page", [now] if now else []):
            return answer
        raise Http404
    stored = Speaker.objects.get(uid=uid)
    members = Speaker.objects.under([stored.pk])
    claims = asking.claims_of(request, reader, speaker=uid)
    shown, found_page = asking.listed(request, claims, reader)
    newest = asking.newest(claims)
    series = figures.series_of(newest)
    one = figures.chosen(series, request.GET.get("figure", ""))
    context = {
        "crumbs": [(reverse("speaker_list"), "Speakers")],
        "speaker": found,
        "statuses": request.GET.getlist("status"),
        "kind": stored.get_kind_display(),
        "names": _names(found),
        "article": stored.article if stored.is_local else None,
        "roles": _roles(roles_for(reader).filter(speaker__in=members.values("pk"))),
        "series": series,
        "drawn": figures.drawn(newest, one, reader) if one else None,
        "cited_by": _beside(newest, stored, -1, reader),
        "cites": _beside(newest, stored, 1, reader),
        "claims": shown,
        "page": found_page,
        "number": counted(claims),
        "more": asking.more_address(request, reader),
        "search": asking.search_address(speaker=uid),
        "replies": Report.objects.published().filter(speaker__in=members),
    }
    return render(request, "pages/speaker.html", context)


def _names(found: Mapping[str, Any]) -> list[str]:
    """Return the other ways to write the name, each once."""
    names = {alias["form"] for alias in found["aliases"]} | set(found["also_written"])
    return sorted(names - {found["name"]})


def _roles(roles: Any) -> list[dict[str, Any]]:
    """Return roles, each once, with what they rest on; three statements at most."""
    told = list(identity.roles(roles, rows.MOST))
    stored = Role.objects.select_related("article").in_bulk([role["id"] for role in told])
    public = Article.Visibility.PUBLIC
    for role in told:
        row = stored[role["id"]]
        seen = row.article if row.article and row.article.visibility == public else None
        role |= {"evidence": row.evidence, "article": seen}
    return told


def _beside(claims: ClaimQuerySet, speaker: Speaker, step: int, reader: Reader) -> dict[str, Any]:
    """Return the voices next to a speaker's in the chains of claims, with how many claims.

    With `step` 1 those further from the article, whom he cites; with -1 those nearer, who cite
    him. Voices without a public identity are counted together and not named.
    """
    own = Speaker.objects.under([speaker.pk]).values("pk")
    his = ClaimVoice.objects.filter(
        speaker__in=own, claim=OuterRef("claim"), position=OuterRef("position") - step
    )
    found = (
        ClaimVoice.objects.filter(Exists(his), claim__in=claims.order_by().values("pk"))
        .exclude(speaker__in=own)
        .order_by()
        .values(head=Coalesce("speaker__canonical", "speaker"))
        .annotate(number=Count("claim", distinct=True))
        .order_by("-number", "head")
    )
    counts = dict(found.values_list("head", "number")[: MOST * 5])
    speakers = Speaker.objects.in_bulk(counts)
    known = [pk for pk in counts if shows_identity(reader, speakers[pk].is_public)]
    return {
        "named": [
            (reverse("speaker_page", args=[speakers[pk].uid]), speakers[pk].name, counts[pk])
            for pk in known[:MOST]
        ],
        "others": len(counts) - len(known[:MOST]),
    }
