"""The page of an article: what it is, its words with the marks of its claims, who is heard."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from claims import feed, phrases
from claims.api import rows
from claims.filters.readers import Reader, articles_for, reader_of
from claims.filters.reviewed import STATES
from claims.marks import Mark, marked
from claims.models import Article, Outlet, Report
from claims.pages import asking
from claims.pages.answering import gone, moved, page

MOST: Final = 500
"""Claims of one article that its page shows."""

_BASES: Final = dict(Article.Basis.choices)
_STATES: Final = dict(STATES)


@page("status")
def article(request: HttpRequest, uid: str) -> HttpResponse:
    """Show an article; one that was superseded leads to the article that holds its words now."""
    reader = reader_of(request.user)
    visible = articles_for(reader).filter(uid=uid)
    found = rows.article(visible, reader)
    if found is None:
        return _elsewhere(request, uid, reader)
    claims = _claims(request, reader, found)
    stored = visible.select_related("outlet").get()
    context = {
        "crumbs": [(reverse("article_list"), "Articles")],
        "article": found,
        "search": asking.search_address(article=uid),
        "outlet": stored.outlet,
        "date_basis": _BASES[found["published_basis"]],
        "outlet_basis": _BASES[found["outlet_basis"]],
        "review": _STATES[found["review"]],
        "policy": stored.outlet.text_policy if stored.outlet else Outlet.TextPolicy.PASSAGE,
        "text": found["text"] and _lit(found, claims),
        "claims": sorted(claims, key=lambda row: row["start"]),
        "most": MOST if len(claims) == MOST else 0,
        "voices": _voices(claims),
        "replies": Report.objects.published().filter(article=stored),
        "more": asking.more_address(request, reader),
    }
    return render(request, "pages/article.html", context)


def _elsewhere(request: HttpRequest, uid: str, reader: Reader) -> HttpResponse:
    uids = rows.articles_now(uid, reader)
    if len(uids) > 1:
        addresses = [(reverse("article_page", args=[one]), one) for one in uids]
        return gone(request, "article", "Its words go on in these:", addresses)
    if found := moved("article_page", uids):
        return found
    if why := feed.gone("article", uid, reader):
        return gone(request, "article", why)
    raise Http404


def _claims(request: HttpRequest, reader: Reader, found: Mapping[str, Any]) -> asking.Rows:
    if found["visibility"] != Article.Visibility.PUBLIC:
        return []
    claims = asking.claims_of(request, reader, article=found["uid"])
    return asking.shown(claims.order_by("start").values_list("pk", flat=True)[:MOST], reader)


def _lit(found: Mapping[str, Any], claims: Iterable[Mapping[str, Any]]) -> SafeString:
    """Return the whole text with its claims marked, each a link to its page."""
    marks = [
        Mark(
            row["start"],
            row["end"],
            "claim" if row["status"] == "accepted" else "unchecked",
            f"{phrases.reading(row)}: {row['label']}",
            href=reverse("claim_page", args=[row["uid"]]),
        )
        for row in claims
    ]
    marks += [
        Mark(part["start"], part["end"], "headline")
        for part in found["parts"]
        if part["role"] == "headline"
    ]
    return marked(found["text"], marks)


def _voices(claims: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return who is heard in the claims shown, the most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in claims:
        counts.update({(voice["name"], voice["uid"] or "") for voice in row["chain"]})
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"name": name, "uid": uid, "claims": number} for (name, uid), number in ranked]
