"""Atom feeds (RFC 4287) that hold whatever a text may hold, and stay the same until it changes."""

import re
from datetime import UTC, datetime
from typing import Any, Final

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed

_BEFORE: Final = datetime(2025, 1, 1, tzinfo=UTC)
"""When a feed without entries was last changed: a fixed day."""

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Feed(Atom1Feed):
    """A feed by On Record; entries say with `updateddate` when they last changed."""

    def __init__(self, title: str, description: str, *, page: str, address: str) -> None:
        """Begin a feed that stands at `address`, of what `page` shows."""
        super().__init__(
            title=title,
            link=page,
            description=description,
            subtitle=description,
            feed_url=address,
            feed_guid=address,
            author_name="On Record",
        )

    def add(self, title: str, link: str, summary: str, **more: Any) -> None:
        """Add an entry; control characters, which no XML may hold, are replaced."""
        self.add_item(_plain(title), link, _plain(summary), **more)

    def latest_post_date(self) -> datetime:
        """Return when the entry that was changed last was."""
        times: list[datetime] = [item["updateddate"] for item in self.items]
        return max(times, default=_BEFORE)

    def response(self) -> HttpResponse:
        """Return the feed as an answer."""
        return HttpResponse(self.writeString("utf-8"), content_type=self.content_type)


def _plain(words: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", words)
