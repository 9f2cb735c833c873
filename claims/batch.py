"""Many new rows at once: ready tuples in place of statements with a thousand placeholders.

What `bulk_create` stores, `insert` stores too, several times as quickly. A few rows are one plain
statement; of many PostgreSQL takes all by COPY. SQLite takes them one after another, and the words
of claims come into the word index in one statement at the end: one for each row, as the triggers
would, costs more than all the rest.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from operator import attrgetter
from typing import Any, Final

from django.db import connection, models, transaction

from claims.models import Claim

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


@transaction.atomic(savepoint=False)
def insert(rows: Sequence[models.Model]) -> None:
    """Store new rows of one model, all of them or none; each gets its id, in their order.

    As with `bulk_create` no signal is sent.
    """
    if not rows:
        return
    (_insert_few if len(rows) <= _FEW else _insert_many)(rows)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _insert_few(rows: Sequence[models.Model]) -> None:
    """Store rows in one statement; the database counts their ids in the order it is given them."""
    model = type(rows[0])
    values = [make(row) for row in rows for make in _makers(model)[1:]]
    with connection.cursor() as cursor:
        into = _into(model, _columns(model)[1:], len(rows))
        cursor.execute(f"{into} RETURNING id", values)
        ids = sorted(pk for (pk,) in cursor.fetchall())
    for row, pk in zip(rows, ids, strict=True):
        row.pk = pk


def _insert_many(rows: Sequence[models.Model]) -> None:
    model = type(rows[0])
    for row, pk in zip(rows, _ids(model, len(rows)), strict=True):
        row.pk = pk
    made = [[make(row) for make in _makers(model)] for row in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            into = f"COPY {model._meta.db_table} ({', '.join(_columns(model))}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(into) as copy:
                for values in made:
                    copy.write_row(values)
        else:
            with _words_later(model, rows[0].pk, rows[-1].pk):
                cursor.executemany(_into(model, _columns(model)), made)


def _into(model: type[models.Model], columns: Sequence[str], number: int = 1) -> str:
    marks = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * number)
    return f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES {marks}"


@cache
def _columns(model: type[models.Model]) -> list[str]:
    return [f'"{field.column}"' for field in model._meta.concrete_fields]


@cache
def _makers(model: type[models.Model]) -> list[Callable[[Any], Any]]:
    return [_maker(field) for field in model._meta.concrete_fields]


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


@contextmanager
def _words_later(model: type[models.Model], first: int, last: int) -> Iterator[None]:
    """Put the words of new claims into their word index when all of them are there."""
    if model is not Claim:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO claims_batch (id) VALUES (1)")
        yield
        cursor.execute(
            "INSERT INTO claims_claim_search (rowid, passage, concept) "
            "SELECT id, passage, concept FROM claims_claim_words WHERE id BETWEEN %s AND %s",
            [first, last],
        )
        cursor.execute("DELETE FROM claims_batch")


def _maker(field: Any) -> Callable[[Any], Any]:
    """Return what makes the value of a column from a row."""
    name = field.attname
    if isinstance(field, models.JSONField):
        return lambda row: None if (value := getattr(row, name)) is None else json.dumps(value)
    if isinstance(field, _AS_IT_IS):
        return attrgetter(name)
    return lambda row: field.get_db_prep_save(field.pre_save(row, True), connection)
