"""Pages of a list as they are sent: rows, the addresses beside them, what was counted."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Model
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import facets
from claims.filters import paging
from claims.filters.base import Answer

Beside = Callable[[paging.Count | None], Mapping[str, Any]]
"""What a list tells beside its rows, from their number where it is known."""


def page(
    request: Request,
    answer: Answer,
    model: type[Model],
    read: Callable[[paging.Page], Sequence[Mapping[str, Any]]],
    beside: Beside,
) -> Response:
    """Return one page of an answer with rows of `model`; `read` gives what is sent of a page.

    Raises:
        BadQuestion: as `paging.Paging.of` and `paging.page`.
    """
    asked = paging.Paging.of(request.query_params, model)
    found = paging.page(answer, asked)
    count = paging.count(answer.rows, asked, found) if asked.count != "false" else None
    following, previous = _address(request, found.next), _address(request, found.previous)
    links = [f'<{to}>; rel="{is_}"' for to, is_ in ((following, "next"), (previous, "prev")) if to]
    return Response(
        {
            "results": read(found),
            "next": following,
            "previous": previous,
            "count": count and {"value": count.value, "more": count.more},
            "left_out": answer.left_out(),
            **beside(count or found.count),
        },
        headers={"Link": ", ".join(links)} if links else None,
    )


def _address(request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    params = request.query_params.copy()
    params["cursor"] = cursor
    if cursor == paging.BEGINNING:
        del params["cursor"]
    params.pop(facets.NAME, None)  # they are of all pages together
    address: str = request.build_absolute_uri(f"{request.path}?{params.urlencode()}")
    return address
