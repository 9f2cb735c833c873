"""The changes feed: what changed since a number, in an order in which nothing is missed."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import export, feed, successors
from claims.api import describing, rows
from claims.api.views import ReadView
from claims.files.reading import snapshot
from claims.filters.base import BadQuestion
from claims.filters.readers import Reader, articles_for, claims_for, speakers_for

MOST_ROWS: Final = 200
USUAL_ROWS: Final = 50

_NUMBER: Final = re.compile(r"[0-9]{1,18}\Z")
_READ: Final[Mapping[str, tuple[Callable[[Reader], Any], Callable[[Any, Reader], Any]]]] = {
    "article": (articles_for, rows.articles),
    "claim": (claims_for, export.rows),
    "speaker": (speakers_for, rows.speakers),
}
"""Where the rows of each kind begin, and how they are sent: as in the lists."""
_NOW: Final[Mapping[str, Callable[[Collection[int], Reader], successors.Found]]] = {
    "article": successors.of_articles,
    "claim": successors.of_claims,
    "speaker": successors.of_speakers,
}
"""What stands for rows of each kind that are gone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The question: changes after `since` of these kinds, so many at once."""

    since: int
    kinds: list[str]
    size: int

    @classmethod
    def of(cls, params: QueryDict) -> "Asked":
        """Read the parameters.

        Raises:
            BadQuestion: naming each that is unknown, malformed or given twice.
        """
        errors = {
            name[:60]: "is no parameter here"
            for name in params
            if name not in {"since", "kind", "page_size"}
        }
        errors |= {
            name: "given twice" for name in ("since", "page_size") if len(params.getlist(name)) > 1
        }
        since, size = params.get("since", "0"), params.get("page_size", str(USUAL_ROWS))
        kinds = params.getlist("kind") or list(_READ)
        if not _NUMBER.match(since):
            errors["since"] = "is no number; take `seq` of the last answer, or 0 to begin"
        if not _NUMBER.match(size) or not 1 <= int(size) <= MOST_ROWS:
            errors["page_size"] = f"is no whole number from 1 to {MOST_ROWS}"
        if not set(kinds) <= _READ.keys() or len(kinds) > len(set(kinds)):
            errors["kind"] = f"give any of {', '.join(_READ)}, each once"
        if errors:
            raise BadQuestion(errors)
        return cls(int(since), kinds, int(size))


class Change(serializers.Serializer):
    """One object that changed, as it is now."""

    seq = serializers.IntegerField(help_text="Rises from entry to entry, with gaps.")
    kind = serializers.CharField(help_text="claim, article or speaker.")
    uid = serializers.CharField()
    event = serializers.ChoiceField(
        choices=["created", "updated", "corrected", "removed", "merged"],
        help_text="created: first shown after `since`; corrected: a claim whose value or voice "
        "was corrected after it; removed, merged: not to be seen any more.",
    )
    row = serializers.DictField(
        allow_null=True, help_text="As the list of its kind sends it; null if removed or merged."
    )
    target = serializers.CharField(
        allow_null=True, help_text="merged: uid of the object that stands for it now."
    )
    successors = serializers.ListField(
        child=serializers.CharField(),
        help_text="uids of all that stand for it now: of an article that was divided, which is "
        "`removed`, there are several. Empty where there is a row, or nothing took its place.",
    )


class ChangesPage(serializers.Serializer):
    """Changes in order, and where to go on."""

    results = Change(many=True)
    next = serializers.URLField(help_text="What comes after: now, or whenever you ask again.")
    seq = serializers.IntegerField(help_text="`since` of the next question.")
    more = serializers.BooleanField(help_text="There is more already.")


_PARAMETERS: Final = [
    OpenApiParameter("since", OpenApiTypes.INT, description="`seq` of the last answer; default 0."),
    OpenApiParameter(
        "kind", many=True, enum=list(_READ), description="Only these kinds; default all."
    ),
    OpenApiParameter(
        "page_size",
        OpenApiTypes.INT,
        description=f"Changes per page, 1 to {MOST_ROWS}; default {USUAL_ROWS}.",
    ),
]


class ChangeList(ReadView):
    """What changed since a number: claims, articles and speakers, each with its row as it is now.

    Begin with `since=0`, put every row in the place of the one with its uid, take out what was
    removed or merged, and go on at `next` for ever: you then hold exactly the rows that the lists
    would give you. An object that changed several times comes once, where it changed last. The
    rows of a page are of one moment.
    """

    @extend_schema(
        operation_id="changes_list",
        parameters=_PARAMETERS,
        responses={200: ChangesPage, **describing.problems(400, 401, 429)},
        filters=False,
    )
    def get(self, request: Request) -> Response:
        """Return a page of changes."""
        asked, reader = Asked.of(request.query_params), self.reader()
        with snapshot(short=True):
            found = feed.since(asked.since, reader, asked.kinds, asked.size + 1)
            entries = found[: asked.size]
            stored = _rows(entries, reader)
            gone = [one for one in entries if _key(one) not in stored]
            now = _now(gone, reader)
        last = entries[-1].seq if entries else asked.since
        return Response(
            {
                "results": [_sent(one, stored.get(_key(one)), now) for one in entries],
                "next": _address(request, last),
                "seq": last,
                "more": len(found) > asked.size,
            }
        )


Key = tuple[str, str]
"""Kind and uid."""


def _key(entry: feed.Entry) -> Key:
    return entry.kind, entry.uid


def _rows(entries: Sequence[feed.Entry], reader: Reader) -> dict[Key, rows.Row]:
    """Return the rows that the reader may see; one statement for each kind."""
    found = {}
    for kind, of_kind in _by_kind(entries).items():
        start, read = _READ[kind]
        for row in read(start(reader).filter(pk__in=of_kind), reader):
            found[kind, str(row["uid"])] = row
    return found


def _now(gone: Sequence[feed.Entry], reader: Reader) -> dict[Key, list[str]]:
    """Return the uids of what stands for objects that the reader may not see any more."""
    return {
        (kind, of_kind[pk]): uids
        for kind, of_kind in _by_kind(gone).items()
        for pk, uids in _NOW[kind](of_kind, reader).items()
    }


def _by_kind(entries: Sequence[feed.Entry]) -> dict[str, dict[int, str]]:
    """Return the uids of objects by their ids, for each kind there is."""
    found = dict[str, dict[int, str]]()
    for one in entries:
        found.setdefault(one.kind, {})[one.object_id] = one.uid
    return found


def _sent(
    entry: feed.Entry, row: rows.Row | None, now: Mapping[Key, Sequence[str]]
) -> dict[str, Any]:
    uids = now.get(_key(entry), ())
    one = uids[0] if len(uids) == 1 else None
    return {
        "seq": entry.seq,
        "kind": entry.kind,
        "uid": entry.uid,
        "event": _event(entry) if row is not None else "merged" if one else "removed",
        "row": row,
        "target": one,
        "successors": uids,
    }


def _event(entry: feed.Entry) -> str:
    if entry.new:
        return "created"
    return "corrected" if entry.corrected else "updated"


def _address(request: Request, seq: int) -> str:
    params = request.query_params.copy()
    params["since"] = str(seq)
    return request.build_absolute_uri(f"{request.path}?{params.urlencode()}")
