"""Pages of a list: newest first, each with the address of the next one, none with an offset.

A page is bounded by the row the last one ended with, so rows that come or go meanwhile shift
nothing: a row present throughout a walk is met once. Ids are found first, rows are read after.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet, Subquery
from django.http import QueryDict
from rest_framework.request import Request

from claims.filters.base import COUNTED, Answer, BadQuestion, counted

PARAMETERS = ("cursor", "page_size", "ordering", "count")
MOST_ROWS = 200
USUAL_ROWS = 50

_KEYS = {"uid": re.compile(r"[0-9a-z]{12}\Z"), "id": re.compile(r"[0-9]{1,18}\Z")}
_SIZE = re.compile(r"[0-9]{1,6}\Z")


@dataclass(frozen=True, slots=True)
class Paging:
    """What the reader asks of the list itself; `cursor` is the key of the row to go on after."""

    cursor: str | None
    size: int
    newest: bool
    count: bool

    @classmethod
    def of(cls, params: QueryDict, key: str) -> "Paging":
        """Read the parameters of a page.

        Raises:
            BadQuestion: naming each that is malformed or given twice.
        """
        errors = {name: "given twice" for name in PARAMETERS if len(params.getlist(name)) > 1}
        cursor, size = params.get("cursor"), params.get("page_size", str(USUAL_ROWS))
        ordering, count = params.get("ordering", "newest"), params.get("count", "false")
        if cursor is not None and not _KEYS[key].match(cursor):
            errors["cursor"] = "is no cursor; take the address in `next` as it is"
        if not _SIZE.match(size) or not 1 <= int(size) <= MOST_ROWS:
            errors["page_size"] = f"is no whole number from 1 to {MOST_ROWS}"
        if ordering not in {"newest", "oldest"}:
            errors["ordering"] = "is neither newest nor oldest"
        if count not in {"true", "false"}:
            errors["count"] = "is neither true nor false"
        if errors:
            raise BadQuestion(errors)
        return cls(cursor, int(size), ordering == "newest", count == "true")


def page(
    request: Request,
    answer: Answer,
    key: str,
    read: Callable[[Any], Iterable[Mapping[str, Any]]],
) -> dict[str, Any]:
    """Return one page of an answer; `read` turns rows into what is sent, in their order.

    `key` names the column that cursors hold, which `read` must return too.

    Raises:
        BadQuestion: as `Paging.of`, and for a cursor of no row.
    """
    paging = Paging.of(request.query_params, key)
    model = answer.rows.model
    order = "-id" if paging.newest else "id"
    ids = _after(answer.rows, paging, key).order_by(order).values("id")[: paging.size + 1]
    found = list(read(model._default_manager.filter(pk__in=ids).order_by(order)))
    if not found and paging.cursor and not _known(model, key, paging.cursor):
        raise BadQuestion({"cursor": "is of no row; begin again without it"})
    results = found[: paging.size]
    more = len(found) > paging.size
    return {
        "results": results,
        "next": _address(request, str(results[-1][key])) if more else None,
        "count": _count(answer.rows) if paging.count else None,
        "left_out": answer.left_out(),
    }


def _after(rows: QuerySet, paging: Paging, key: str) -> QuerySet:
    if paging.cursor is None:
        return rows
    last = Subquery(rows.model._default_manager.filter(**{key: paging.cursor}).values("id"))
    return rows.filter(pk__lt=last) if paging.newest else rows.filter(pk__gt=last)


def _known(model: type[Model], key: str, cursor: str) -> bool:
    return model._default_manager.filter(**{key: cursor}).exists()


def _count(rows: QuerySet) -> dict[str, Any]:
    number = counted(rows)
    return {"value": min(number, COUNTED), "more": number > COUNTED}


def _address(request: Request, cursor: str) -> str:
    params = request.query_params.copy()
    params["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{params.urlencode()}")
