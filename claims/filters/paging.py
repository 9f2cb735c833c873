"""Pages of a list, for pages and programs alike: in a chosen order, none with an offset.

A page goes on after the row the last one ended with, so rows that come or go meanwhile shift
nothing: a row that is there throughout a walk is met once. The page before it ends with the row
before its first, in the same way. Rows alike in what they are ordered by stand in the order they
were stored in; those without it come last. Ids are found first, by an index in that order, and
rows are read after.

A cursor says after which row to go on, or before which row to stop.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, cast, get_args

from django.db.models import Case, F, FloatField, Func, Model, QuerySet, Value, When
from django.db.models.lookups import GreaterThan, LessThan
from django.http import QueryDict

from claims import search
from claims.filters.base import COUNTED, Answer, BadQuestion, counted
from claims.filters.claims import COMPARABLE, is_comparable
from claims.filters.cursors import opened, sealed
from claims.models import Article, Claim

PARAMETERS: Final = ("cursor", "page_size", "ordering", "count")
MOST_ROWS: Final = 200
USUAL_ROWS: Final = 50
MOST_RELEVANT: Final = 1_000

Counting = Literal["false", "true", "exact"]

_SIZE = re.compile(r"[0-9]{1,6}\Z")


@dataclass(frozen=True, slots=True)
class Ordering:
    """An order of rows: by a column, up or down, and then by id in the same direction."""

    says: str
    column: str = "id"
    down: bool = True
    needs: Literal["", "unit", "text"] = ""

    def along(self, column: str) -> str:
        """Return a column as `order_by` takes it, in the direction of this order."""
        return f"-{column}" if self.down else column


_STORED = {
    "newest": Ordering("stored last first"),
    "oldest": Ordering("stored first first", down=False),
}
_PUBLISHED = Ordering(
    "by the first day on which the article can have been published, latest first",
    "published_earliest",
)
_OF_ARTICLES = _STORED | {"published": _PUBLISHED}
_OF_CLAIMS = _OF_ARTICLES | {
    "value": Ordering("by value, smallest first", "number_low", down=False, needs="unit"),
    "-value": Ordering("by value, largest first", "number_low", needs="unit"),
    "relevance": Ordering(
        f"by how often the words of `text` stand in so short a sentence: the best "
        f"{MOST_RELEVANT:,} of the newest {search.MOST_RANKED:,} that fit",
        "relevance",
        needs="text",
    ),
}


def orderings(model: type[Model]) -> Mapping[str, Ordering]:
    """Return the orders in which rows of a table can be asked for, the usual one first."""
    return {Article: _OF_ARTICLES, Claim: _OF_CLAIMS}.get(model, _STORED)


@dataclass(frozen=True, slots=True)
class Place:
    """A row's place in an order: its value there, None if it has none, and its id."""

    key: float | None
    id: int


_END: Final = {True: Place(None, 0), False: Place(None, 2**63 - 1)}
"""The place after all rows, in orders down and up."""

BEGINNING: Final = ""
"""What stands for the cursor of the first page."""


@dataclass(frozen=True, slots=True)
class Paging:
    """What is asked of the list itself; with `back`, the page that ends before the place `after`.

    Without a place it is the first page.
    """

    name: str = "newest"
    ordering: Ordering = field(default_factory=lambda: _STORED["newest"])
    size: int = USUAL_ROWS
    after: Place | None = None
    back: bool = False
    count: Counting = "false"

    @property
    def walked(self) -> Ordering:
        """The order in which rows are met from the place on."""
        return replace(self.ordering, down=self.ordering.down != self.back)

    @classmethod
    def of(
        cls,
        params: QueryDict,
        model: type[Model],
        *,
        usual: str = "newest",
    ) -> "Paging":
        """Read the parameters of a page of rows of `model`; `usual` is its order unless asked.

        Raises:
            BadQuestion: naming each that is malformed or given twice.
        """
        given = {name: str(params[name]) for name in PARAMETERS if name in params}
        errors = {name: "given twice" for name in given if len(params.getlist(name)) > 1}
        size, count = given.get("page_size", str(USUAL_ROWS)), given.get("count", "false")
        orders, name = orderings(model), given.get("ordering", usual)
        place: tuple[Place | None, bool] | None = None, False
        if not _SIZE.match(size) or not 1 <= int(size) <= MOST_ROWS:
            errors["page_size"] = f"is no whole number from 1 to {MOST_ROWS}"
        if name not in orders:
            errors["ordering"] = f"is none of {', '.join(orders)}"
        elif "cursor" in given and (place := _opened(given["cursor"], name)) is None:
            errors["cursor"] = "is no cursor of this order; take the address of a page as it is"
        if count not in get_args(Counting):
            errors["count"] = "is none of false, true, exact"
        if errors or place is None:
            raise BadQuestion(errors)
        return cls(name, orders[name], int(size), *place, cast(Counting, count))


@dataclass(frozen=True, slots=True)
class Page:
    """The ids of one page, in their order, and the cursors of its neighbours; None at an end.

    `count` is how many rows fit, where to find the page was to know it.
    """

    ids: Sequence[int]
    ordering: Ordering
    previous: str | None
    next: str | None
    count: "Count | None" = None

    def of(self, rows: Any) -> Any:
        """Return the rows of the page in its order; `rows` are all that the reader may see.

        What was hidden since its id was found is left out.
        """
        kept = rows.filter(pk__in=self.ids)
        if self.ordering.needs == "text":
            places = (When(pk=pk, then=place) for place, pk in enumerate(self.ids))
            return kept.order_by(Case(*places))
        column, down = F(self.ordering.column), self.ordering.down
        first = column.desc(nulls_last=True) if down else column.asc(nulls_last=True)
        return kept.order_by(first, self.ordering.along("id"))


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows fit; with `more`, so many and more."""

    value: int
    more: bool

    def __str__(self) -> str:
        return f"{self.value:,}{'+' if self.more else ''}"


def page(answer: Answer, paging: Paging) -> Page:
    """Return one page of an answer, in one or two statements.

    Where nothing is left before a place, the page is empty and leads on to the beginning.

    Raises:
        BadQuestion: if the question is not one whose answer has such an order.
    """
    ordering = paging.ordering
    if ordering.needs == "unit" and not is_comparable(answer.asked):
        raise BadQuestion({"ordering": f"{paging.name} {COMPARABLE}"})
    number = None
    if ordering.needs == "text":
        places = _by_relevance(answer, paging)
    elif ordering.column == "id":
        places, number = _by_id(answer, paging)
    else:
        places = _by_column(answer, paging)
    if paging.back and not places:
        return Page([], ordering, None, BEGINNING)
    shown, more = places[: paging.size], len(places) > paging.size
    before, beyond = paging.after is not None, more
    if paging.back:
        shown.reverse()
        before, beyond = more, paging.after != _END[ordering.down]
    first = shown[0] if shown else _END[ordering.down]
    return Page(
        [place.id for place in shown],
        ordering,
        _sealed(paging.name, first, back=True) if before else None,
        _sealed(paging.name, shown[-1]) if beyond else None,
        number,
    )


def count(rows: QuerySet, paging: Paging, found: Page) -> Count:
    """Count the rows that fit, to `COUNTED` unless an exact number is asked for.

    `found` is the page, which may have told.
    """
    if found.count is not None:
        return found.count
    if paging.count == "exact":
        return Count(rows.order_by().count(), more=False)
    return capped(rows)


def capped(rows: QuerySet) -> Count:
    """Count rows as far as `COUNTED`."""
    number = counted(rows)
    return Count(min(number, COUNTED), number > COUNTED)


def _by_id(answer: Answer, paging: Paging) -> tuple[list[Place], Count | None]:
    """Find the rows of a page and one more, and how many fit where that is known with them."""
    first, order = paging.after is None, paging.walked.along("id")
    most = together = max(paging.size, COUNTED) + 1
    if not (first and answer.gathered and paging.count == "true"):
        most = paging.size + 1
    found, *others = (
        _beyond(part, paging).order_by(order).values_list("id", flat=True)[:most]
        for part in answer.parts or (answer.rows,)
    )
    ids = list(found.union(*others, all=True).order_by(order)[:most] if others else found)
    number = None
    if first and len(ids) < most:
        number = Count(len(ids), more=False)
    elif first and most == together:
        number = Count(COUNTED, more=True)
    return [Place(None, pk) for pk in ids[: paging.size + 1]], number


def _by_column(answer: Answer, paging: Paging) -> list[Place]:
    """Find the rows that have a value and those that have none, which come last.

    Two statements, as databases disagree on where null stands in an order; but one if the other
    rows lie behind, or the page is full.
    """
    parts = [_valued, _empty]
    if paging.back:
        parts.reverse()
    if paging.after is not None and (paging.after.key is None) != paging.back:
        del parts[0]
    places, wanted = list[Place](), paging.size + 1
    for part in parts:
        if len(places) < wanted:
            found = part(answer, paging).values_list(paging.ordering.column, "id")
            places += [Place(key, pk) for key, pk in found[: wanted - len(places)]]
    return places


def _valued(answer: Answer, paging: Paging) -> QuerySet:
    """Return the rows that have a value; its index is walked, as the order names it."""
    after, walked = paging.after, paging.walked
    rows: QuerySet = answer.rows.filter(**{f"{walked.column}__isnull": False})
    if after is not None and after.key is not None:
        beyond = LessThan if walked.down else GreaterThan
        end = _Pair(Value(after.key), Value(after.id))
        rows = rows.filter(beyond(_Pair(F(walked.column), F("id")), end))
    return rows.order_by(walked.along(walked.column), walked.along("id"))


def _empty(answer: Answer, paging: Paging) -> QuerySet:
    """Return the rows that have none; the index of a kind's values, though, holds none of them."""
    walked = paging.walked
    rows: QuerySet = answer.rows.filter(**{f"{walked.column}__isnull": True})
    if paging.after is not None and paging.after.key is None:
        rows = _beyond(rows, paging)
    of_kind = walked.needs == "unit" and not answer.asked.get("unit")
    return rows.order_by(*map(walked.along, ("id",) if of_kind else (walked.column, "id")))


def _beyond(rows: QuerySet, paging: Paging) -> QuerySet:
    if paging.after is None:
        return rows
    return rows.filter(**{"id__lt" if paging.walked.down else "id__gt": paging.after.id})


def _by_relevance(answer: Answer, paging: Paging) -> list[Place]:
    if not answer.asked.get("text"):
        raise BadQuestion({"ordering": "relevance needs words to look for in text"})
    ranked = search.best(answer.asked["text"], answer.rows, most=MOST_RELEVANT)
    if paging.after is not None:
        end = (paging.after.key or 0.0, paging.after.id)
        ranked = [place for place in ranked if (place > end if paging.back else place < end)]
    if paging.back:
        ranked.reverse()
    return [Place(*place) for place in ranked[: paging.size + 1]]


class _Pair(Func):
    """Two columns compared as one: the first, and where it is the same the second."""

    template = "(%(expressions)s)"
    output_field = FloatField()


def _sealed(name: str, place: Place, *, back: bool = False) -> str:
    return sealed(name, place.key, place.id, *[1] * back)


def _opened(cursor: str, name: str) -> tuple[Place, bool] | None:
    """Return the place a cursor of an order holds, and whether it leads back.

    None if it is none of ours.
    """
    ordering, *said = opened(cursor) or [None]
    if ordering != name:
        return None
    key, pk, *back = said
    return Place(key, pk), bool(back)
