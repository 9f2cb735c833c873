"""Pages of outlets and topics with their claims, and the lists of all there is."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from claims import gate
from claims.filters.base import counted
from claims.filters.readers import (
    Reader,
    articles_for,
    claims_for,
    outlets_for,
    reader_of,
    speakers_for,
    topics,
)
from claims.models import Article, ClaimTopic, Outlet, Speaker, Topic
from claims.pages import asking
from claims.pages.answering import page
from claims.pages.leafing import Page, page_of


@page("cursor", "status")
def outlet(request: HttpRequest, pk: str) -> HttpResponse:
    """Show an outlet: who it is, what may be shown of its words, its claims."""
    reader = reader_of(request.user)
    found = outlets_for(reader).filter(pk=pk).first()
    if found is None:
        raise Http404
    articles = articles_for(reader).public().filter(outlet=found)
    context = {
        "outlet": found,
        "articles": counted(articles),
        "search": asking.search_address(outlet=found.name),
    }
    return _with_claims(request, reader, "outlet", context, outlet=found.name)


@page("cursor", "status")
def topic(request: HttpRequest, scheme: str, code: str) -> HttpResponse:
    """Show a topic: where it stands, and its claims."""
    reader = reader_of(request.user)
    try:
        gate.text("topic", scheme + code)
    except gate.Refused as problem:
        raise Http404 from problem
    found = topics().filter(scheme=scheme, code=code).select_related("parent").first()
    if found is None:
        raise Http404
    key = f"{scheme}:{code}"
    context = {
        "topic": found,
        "key": key,
        "children": Topic.objects.filter(parent=found).order_by("label", "pk"),
        "search": asking.search_address(topic=key),
    }
    return _with_claims(request, reader, "topic", context, topic=key)


@page("cursor")
def speaker_list(request: HttpRequest) -> HttpResponse:
    """List the speakers that a reader may see, by name."""
    rows = speakers_for(reader_of(request.user))
    found = page_of(request, rows, order=("name", "pk"))
    speakers = Speaker.objects.filter(pk__in=found.ids).order_by("name", "pk")
    return _list(request, "speaker", speakers.select_related("article"), found)


@page("cursor")
def article_list(request: HttpRequest) -> HttpResponse:
    """List public articles, newest first."""
    found = page_of(request, articles_for(reader_of(request.user)).public())
    articles = Article.objects.filter(pk__in=found.ids).order_by("-pk").select_related("outlet")
    return _list(request, "article", articles.annotate(**_claims_of("claims")), found)


@page("cursor")
def outlet_list(request: HttpRequest) -> HttpResponse:
    """List the outlets of public articles, by name."""
    rows = outlets_for(reader_of(request.user))
    found = page_of(request, rows, "pk", ("name", "pk"))
    public = Count("articles", filter=Q(articles__visibility=Article.Visibility.PUBLIC))
    outlets = Outlet.objects.filter(pk__in=found.ids).order_by("name", "pk")
    return _list(request, "outlet", outlets.annotate(article_count=public), found)


@page("cursor")
def topic_list(request: HttpRequest) -> HttpResponse:
    """List topics, scheme by scheme."""
    found = page_of(request, topics(), "pk", ("scheme", "label", "pk"))
    public = claims_for(Reader.EVERYBODY).filter(pk=OuterRef("claim"))
    links = ClaimTopic.objects.filter(Exists(public), removed=False, topic__in=found.ids)
    counts = dict(links.order_by().values_list("topic").annotate(n=Count("pk")))
    rows = list(Topic.objects.filter(pk__in=found.ids).order_by("scheme", "label", "pk"))
    return _list(request, "topic", [(row, counts.get(row.pk, 0)) for row in rows], found)


def _claims_of(path: str) -> dict[str, Any]:
    return {"public_claims": Count(path, filter=Q(**{f"{path}__is_public": True}))}


def _with_claims(
    request: HttpRequest, reader: Reader, name: str, context: dict[str, Any], **question: str
) -> HttpResponse:
    rows = asking.claims_of(request, reader, **question)
    claims, found = asking.listed(request, rows, reader)
    context |= {
        "claims": claims,
        "page": found,
        "number": counted(rows),
        "more": asking.more_address(request, reader),
        "crumbs": [(reverse(f"{name}_list"), f"{name}s".capitalize())],
    }
    return render(request, f"pages/{name}.html", context)


def _list(
    request: HttpRequest, name: str, rows: "QuerySet | list[Any]", found: Page
) -> HttpResponse:
    return render(request, f"pages/{name}_list.html", {"rows": rows, "page": found})
