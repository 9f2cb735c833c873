"""Lists on pages: bounded by the row a page goes on after or ends before, never by an offset."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from claims.filters.base import BadQuestion

USUAL_ROWS: Final = 50

_KEYS: Final = {"uid": re.compile(r"[0-9a-z]{12}\Z"), "pk": re.compile(r"[0-9]{1,18}\Z")}
_BACK: Final = "-"
"""Before the key of a row: the page ends before it. Alone: the page ends the list."""


@dataclass(frozen=True, slots=True)
class Page:
    """The ids of a page's rows in their order, and the addresses of other pages, or none."""

    ids: list[int]
    previous: str
    next: str
    first: str


def page_of(
    request: HttpRequest, rows: Any, key: str = "uid", order: Sequence[str] = ("-pk",)
) -> Page:
    """Return the page of `rows` that the parameter `cursor` of the request asks for.

    `key` names the column that cursors hold. `order` ends with a column that is unique; its
    columns are never null, and all of them rise or all fall. Where nothing is left before a row
    the list begins there: it is the first page.

    Raises:
        BadQuestion: for a cursor of no row.
    """
    cursor = request.GET.get("cursor", "")
    back = cursor.startswith(_BACK)
    found = _from(rows, cursor.removeprefix(_BACK), key, _turned(order) if back else order)
    if back and not found:
        back, cursor, found = False, "", _from(rows, "", key, order)
    shown, more = found[:USUAL_ROWS], len(found) > USUAL_ROWS
    if back:
        shown.reverse()
    before, beyond = (more, cursor != _BACK) if back else (bool(cursor), more)
    first = str(shown[0][1]) if shown else ""
    return Page(
        [pk for pk, _ in shown],
        _address(request, _BACK + first) if before else "",
        _address(request, str(shown[-1][1])) if beyond else "",
        _address(request, "") if cursor else "",
    )


def _from(rows: QuerySet, cursor: str, key: str, order: Sequence[str]) -> list[tuple[int, Any]]:
    """Return id and key of the rows of a page and of one more, in an order."""
    beyond = _beyond(rows, cursor, key, order) if cursor else Q()
    return list(rows.filter(beyond).order_by(*order).values_list("pk", key)[: USUAL_ROWS + 1])


def _turned(order: Sequence[str]) -> list[str]:
    return [name[1:] if name.startswith("-") else f"-{name}" for name in order]


def _beyond(rows: QuerySet, cursor: str, key: str, order: Sequence[str]) -> Q:
    """Return the condition of rows that come after the one named by a cursor."""
    columns = [name.removeprefix("-") for name in order]
    found = rows.model._default_manager
    fits = _KEYS[key].match(cursor)
    last = found.filter(**{key: cursor}).values_list(*columns).first() if fits else None
    if last is None:
        raise BadQuestion({"cursor": "is of no row; begin again without it"})
    side = "lt" if order[0].startswith("-") else "gt"
    beyond, before = Q(), Q()
    for column, value in zip(columns, last, strict=True):
        beyond |= before & Q(**{f"{column}__{side}": value})
        before &= Q(**{column: value})
    return beyond


def _address(request: HttpRequest, cursor: str) -> str:
    params = request.GET.copy()
    params.pop("cursor", None)
    if cursor:
        params["cursor"] = cursor
    return f"{request.path}?{params.urlencode()}" if params else request.path
