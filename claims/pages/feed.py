"""A search as an Atom feed (RFC 4287): its newest claims, for readers who come back."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.views.decorators.http import conditional_page, require_safe

from claims import export, phrases
from claims.filters import paging
from claims.filters.base import BadQuestion
from claims.filters.readers import reader_of
from claims.models import Change, Claim
from claims.pages.asked import Asked
from claims.pages.search import ask, without_blanks

ENTRIES: Final = 50

_BEFORE: Final = datetime(2025, 1, 1, tzinfo=UTC)
"""When a feed without entries was last changed: a fixed day, so that it stays the same."""

Row = Mapping[str, Any]

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Feed(Atom1Feed):
    """An Atom feed that says the same until something in it changes, also without entries."""

    def latest_post_date(self) -> datetime:
        """Return when the entry that was changed last was, or a fixed day."""
        times: list[datetime] = [item["updateddate"] for item in self.items]
        return max(times, default=_BEFORE)


@require_safe
@conditional_page
def atom(request: HttpRequest) -> HttpResponse:
    """Send the newest claims that answer the question in the address, as Atom."""
    reader = reader_of(request.user)
    params = without_blanks(request.GET)
    try:
        rows = ask(params, reader).rows.order_by("-id")[:ENTRIES]
    except BadQuestion as problem:
        return HttpResponse(f"{problem}\n", content_type="text/plain; charset=utf-8", status=400)
    asked = Asked(params, beside=paging.PARAMETERS)
    address = request.build_absolute_uri
    found = list(export.rows(rows, reader))
    changed = _changed(row["uid"] for row in found)
    feed = Feed(
        title="On Record: newest claims" if asked.bare else "On Record: claims that match a search",
        link=address(asked.address("search")),
        description="Who stated which figure, where. Readings are checked; truth is not assessed.",
        feed_url=address(asked.address("atom")),
        feed_guid=address(asked.address("atom")),
        author_name="On Record",
    )
    for row in found:
        link = address(reverse("claim_page", args=[row["uid"]]))
        feed.add_item(
            title=_plain(_title(row)),
            link=link,
            description=_plain(_summary(row)),
            unique_id=link,
            updateddate=changed[row["uid"]],
            categories=row["topics"],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _changed(uids: Iterable[str]) -> dict[str, datetime]:
    """Return when each claim was last changed, or stored if it never was."""
    rows = Claim.objects.filter(uid__in=list(uids)).values_list("pk", "uid", "created")
    names = {pk: uid for pk, uid, _ in rows}
    times = {uid: created for _, uid, created in rows}
    log = Change.objects.filter(object_type="claim", object_id__in=names)
    last = log.order_by().values("object_id").annotate(last=Max("at"))
    return times | {names[row["object_id"]]: row["last"] for row in last}


def _title(row: Row) -> str:
    """Return the figure, what is counted, who stated it."""
    told = [row["surface"] or phrases.reading(row), row["concept"], row["speaker"] or row["outlet"]]
    return " – ".join(filter(None, told))


def _summary(row: Row) -> str:
    """Return the sentence, where it stands, and how far it was checked, as HTML."""
    day = phrases.day(row["published"] or "")
    where = [row["outlet"] or "Outlet unknown", day, row["headline"]]
    quoted = format_html("<blockquote>{}</blockquote>", row["passage"]) if row["passage"] else ""
    return format_html("{}<p>{}</p><p>{}</p>", quoted, ", ".join(filter(None, where)), row["label"])


def _plain(words: str) -> str:
    """Return words without the control characters that no XML may hold."""
    return _NOT_IN_XML.sub("\ufffd", words)
