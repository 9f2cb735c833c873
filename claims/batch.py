"""Many new rows at once: ready tuples in place of statements with a thousand placeholders.

What `bulk_create` stores, `insert` stores too, several times as quickly. A few rows are one plain
statement; of more PostgreSQL takes all by COPY. SQLite takes a hundred at a time, and what follows
from claims, voices, topics and speakers, words in the word index and numbers in the changes feed,
comes for all of them at the end: for each row, as triggers do it elsewhere, it costs more than all
the rest.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain, groupby
from operator import attrgetter
from typing import Any, Final, TypeVar

from django.db import connection, models, transaction

from claims.models import Claim, ClaimTopic, ClaimVoice, Speaker

_FEW: Final = 10
"""Rows up to which one statement with all of their values is the quickest way."""

_AS_IT_IS: Final = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.FloatField,
    models.BooleanField,
    models.ForeignKey,
)

_AT_ONCE: Final = 100
"""Rows of one statement on SQLite: for each that triggers follow it notes how to take it back."""

_FOLLOWED: Final = (Claim, ClaimTopic, ClaimVoice, Speaker)
"""What readings bring many of, and triggers make words and numbers from."""

_Row = TypeVar("_Row", bound=models.Model)


def new(model: type[_Row], values: Mapping[str, Any]) -> _Row:
    """Return a new row, not stored yet, a few times as quickly as `model(**values)`.

    `values` are those of columns, by attribute (`article_id`); the others have their defaults.

    Raises:
        TypeError: naming what is no column.
    """
    defaults, makers = _defaults(model)
    if unknown := values.keys() - defaults.keys():
        raise TypeError(f"{model.__name__} has no column {', '.join(sorted(unknown))}")
    made = {name: make() for name, make in makers.items() if name not in values}
    return model(*{**defaults, **made, **values}.values())


@transaction.atomic(savepoint=False)
def insert(rows: Sequence[models.Model]) -> None:
    """Store new rows of one model, all of them or none; each gets its id, in their order.

    As with `bulk_create` no signal is sent.
    """
    if not rows:
        return
    (_insert_few if len(rows) <= _FEW else _insert_many)(rows)
    alias = connection.alias
    for row in rows:
        row._state.adding, row._state.db = False, alias


def _insert_few(rows: Sequence[models.Model]) -> None:
    """Store rows in one statement; the database counts their ids in the order it is given them."""
    model = type(rows[0])
    values = [value for row in _values(rows) for value in row[1:]]
    with connection.cursor() as cursor:
        into = _into(model, _columns(model)[1:], len(rows))
        cursor.execute(f"{into} RETURNING id", values)
        ids = sorted(pk for (pk,) in cursor.fetchall())
    for row, pk in zip(rows, ids, strict=True):
        row.pk = pk


def _insert_many(rows: Sequence[models.Model]) -> None:
    """Store rows under ids that are theirs already."""
    model = type(rows[0])
    for row, pk in zip(rows, _ids(model, len(rows)), strict=True):
        row.pk = pk
    (_copy if connection.vendor == "postgresql" else _execute)(model, _values(rows))


def _copy(model: type[models.Model], rows: Iterable[Sequence[Any]]) -> None:
    into = f"COPY {model._meta.db_table} ({', '.join(_columns(model))}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(into) as copy:
        for values in rows:
            copy.write_row(values)


def _execute(model: type[models.Model], rows: Sequence[Sequence[Any]]) -> None:
    parts = [rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE)]
    with connection.cursor() as cursor, _together(model, rows[0][0], rows[-1][0]):
        for number, alike in groupby(parts, len):
            values = [list(chain.from_iterable(part)) for part in alike]
            cursor.executemany(_into(model, _columns(model), number), values)


@contextmanager
def _together(model: type[models.Model], first: int, last: int) -> Iterator[None]:
    """Let the triggers of new rows wait for the last of them (`claims.migrations._batch`)."""
    if model not in _FOLLOWED:
        yield
        return
    begin = "INSERT INTO claims_batch (of_table, first, last) VALUES (%s, %s, %s)"
    with connection.cursor() as cursor:
        cursor.execute(begin, [model._meta.db_table, first, last])
        yield
        cursor.execute("DELETE FROM claims_batch")


def _into(model: type[models.Model], columns: Sequence[str], number: int = 1) -> str:
    marks = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * number)
    return f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES {marks}"


@cache
def _defaults(model: type[models.Model]) -> tuple[dict[str, Any], dict[str, Callable[[], Any]]]:
    """Return what all columns begin with, in their order, and what makes it where rows differ."""
    fields: Sequence[Any] = model._meta.concrete_fields
    defaults = {field.attname: field.get_default() for field in fields}
    given = [field for field in fields if field.has_default()]
    return defaults, {field.attname: field.default for field in given if callable(field.default)}


@cache
def _columns(model: type[models.Model]) -> list[str]:
    return [f'"{field.column}"' for field in model._meta.concrete_fields]


def _ids(model: type[models.Model], number: int) -> list[int]:
    """Return ids that no other row has or gets."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            given = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(given, [table, number])
            return sorted(pk for (pk,) in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone() or (0,)
    return list(range(last + 1, last + 1 + number))


def _values(rows: Sequence[models.Model]) -> list[Sequence[Any]]:
    """Return what the columns of each row take, made column by column; the id comes first."""
    columns = [values(rows) for values in _makers(type(rows[0]))]
    return list(zip(*columns, strict=True))


@cache
def _makers(model: type[models.Model]) -> list[Callable[[Sequence[Any]], Iterable[Any]]]:
    return [_maker(field) for field in model._meta.concrete_fields]


def _maker(field: Any) -> Callable[[Sequence[Any]], Iterable[Any]]:
    """Return what makes the values of a column from rows."""
    get = attrgetter(field.attname)
    if isinstance(field, models.JSONField):
        return lambda rows: map(_json, map(get, rows))
    if isinstance(field, _AS_IT_IS):
        return lambda rows: map(get, rows)
    if getattr(field, "auto_now_add", False):
        return lambda rows: _moment(field, rows)
    return lambda rows: [
        field.get_db_prep_save(field.pre_save(row, True), connection) for row in rows
    ]


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value)


def _moment(field: Any, rows: Sequence[Any]) -> list[Any]:
    """Return one and the same moment for all rows, and let them have it."""
    now = field.pre_save(rows[0], True)
    for row in rows:
        setattr(row, field.attname, now)
    return [field.get_db_prep_save(now, connection)] * len(rows)
