"""A search as an Atom feed: its newest claims, for readers who come back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import Max
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import conditional_page, require_safe

from claims import export, phrases
from claims.filters import paging
from claims.filters.base import BadQuestion
from claims.filters.readers import Reader, claims_for, reader_of
from claims.pages.asked import Asked
from claims.pages.atom import Feed
from claims.pages.search import ask, without_blanks
from claims.when import in_words

ENTRIES: Final = 50

Row = Mapping[str, Any]


@require_safe
@conditional_page
def atom(request: HttpRequest) -> HttpResponse:
    """Send the newest claims that answer the question in the address, as Atom."""
    reader = reader_of(request.user)
    params = without_blanks(request.GET)
    try:
        answer = ask(params, reader)
    except BadQuestion as problem:
        return HttpResponse(f"{problem}\n", content_type="text/plain; charset=utf-8", status=400)
    asked = Asked(params, beside=paging.PARAMETERS)
    feed = Feed(
        "On Record: newest claims" if asked.bare else "On Record: claims that match a search",
        "Each entry says whether its reading was checked; truth is not assessed.",
        page=request.build_absolute_uri(asked.address("search")),
        address=request.build_absolute_uri(asked.address("atom")),
    )
    newest = paging.page(answer, paging.Paging(size=ENTRIES))
    rows = export.page(newest.ids, reader)
    changed = _changed((row["uid"] for row in rows), reader)
    for row in rows:
        link = request.build_absolute_uri(reverse("claim_page", args=[row["uid"]]))
        feed.add(
            _title(row),
            link,
            _summary(row),
            unique_id=link,
            updateddate=changed[row["uid"]],
            categories=row["topics"],
        )
    return feed.response()


def _changed(uids: Iterable[str], reader: Reader) -> dict[str, datetime]:
    """Return when each claim last changed for everybody, or when it was stored."""
    last = Coalesce(Max("public_changes__at"), "created")
    rows = claims_for(reader).filter(uid__in=list(uids)).order_by()
    return dict(rows.annotate(last=last).values_list("uid", "last"))


def _title(row: Row) -> str:
    """Return the figure, what is counted, who stated it."""
    told = [row["surface"] or phrases.reading(row), row["concept"], row["speaker"] or row["outlet"]]
    return " – ".join(filter(None, told))


def _summary(row: Row) -> str:
    """Return the sentence, where it stands, and how far it was checked, as HTML."""
    where = [row["outlet"] or "Outlet unknown", in_words(row["published"] or ""), row["headline"]]
    quoted = format_html("<blockquote>{}</blockquote>", row["passage"]) if row["passage"] else ""
    return format_html("{}<p>{}</p><p>{}</p>", quoted, ", ".join(filter(None, where)), row["label"])
