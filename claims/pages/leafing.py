"""Lists on pages: bounded by the row a page goes on after or ends before, never by an offset."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from claims.filters.base import BadQuestion
from claims.filters.cursors import opened, sealed

USUAL_ROWS: Final = 50

_END: Final = None
"""In the place of the key of a row: the end of the list."""


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
        BadQuestion: for a cursor that no page of this list gave.
    """
    asked, back = _asked(request, rows)
    found = _from(rows, asked, key, _turned(order) if back else order)
    if back and not found:
        asked, back = [], False
        found = _from(rows, asked, key, order)
    shown, more = found[:USUAL_ROWS], len(found) > USUAL_ROWS
    before, beyond = bool(asked), more
    if back:
        shown.reverse()
        before, beyond = more, asked != [_END]
    first = shown[0][1] if shown else _END
    return Page(
        [pk for pk, _ in shown],
        _address(request, rows, first, back=True) if before else "",
        _address(request, rows, shown[-1][1]) if beyond else "",
        _plain(request) if asked else "",
    )


def _asked(request: HttpRequest, rows: QuerySet) -> tuple[list[Any], bool]:
    """Return the key that the cursor holds, if there is one, and whether it leads back."""
    if "cursor" not in request.GET:
        return [], False
    name, *said = opened(request.GET["cursor"]) or [None]
    if name != rows.model._meta.db_table:
        raise BadQuestion({"cursor": "is none of this list; begin again without it"})
    key, back = said
    return [key], back


def _from(rows: QuerySet, asked: Sequence[Any], key: str, order: Sequence[str]) -> list[Any]:
    """Return id and key of the rows of a page and of one more, in an order."""
    for last in asked:
        if last is not _END:
            rows = rows.filter(_beyond(rows, last, key, order))
    return list(rows.order_by(*order).values_list("pk", key)[: USUAL_ROWS + 1])


def _turned(order: Sequence[str]) -> list[str]:
    return [name[1:] if name.startswith("-") else f"-{name}" for name in order]


def _beyond(rows: QuerySet, last: Any, key: str, order: Sequence[str]) -> Q:
    """Return the condition of rows that come after the one with a key, seen or hidden since."""
    columns = [name.removeprefix("-") for name in order]
    found = rows.model._default_manager.filter(**{key: last}).values_list(*columns).first()
    if found is None:
        raise BadQuestion({"cursor": "is of no row any more; begin again without it"})
    side = "lt" if order[0].startswith("-") else "gt"
    beyond, before = Q(), Q()
    for column, value in zip(columns, found, strict=True):
        beyond |= before & Q(**{f"{column}__{side}": value})
        before &= Q(**{column: value})
    return beyond


def _address(request: HttpRequest, rows: QuerySet, key: Any, *, back: bool = False) -> str:
    return _plain(request, cursor=sealed(rows.model._meta.db_table, key, back))


def _plain(request: HttpRequest, **cursor: str) -> str:
    """Return the address of the request with another cursor, or with none."""
    params = request.GET.copy()
    params.pop("cursor", None)
    params.update(cursor)
    return f"{request.path}?{params.urlencode()}" if params else request.path
