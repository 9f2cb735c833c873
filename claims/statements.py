"""Statements that Django writes once and the database answers many times.

For a page of fifty rows with a dozen joins Django takes longer to write the statement than the
database to answer it, and PostgreSQL longer to plan it; and it never changes but for the ids.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Final
from weakref import WeakKeyDictionary, WeakSet

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import JSONField, Model, QuerySet
from django.db.models.expressions import RawSQL

_IDS: Final = object()
_AMONG: Final = {
    "postgresql": RawSQL("SELECT unnest($1)", []),
    "sqlite": RawSQL("SELECT value FROM json_each(%s)", [_IDS]),
}
_NUMBERS: Final = count(1)


@dataclass(frozen=True, slots=True)
class _Statement:
    """What one connection is asked, and of what it answers: columns, and what makes their values.

    `converters` are as Django has them: for the place of a column functions and its expression.
    """

    sql: str
    params: Sequence[Any]
    names: Sequence[str]
    converters: Mapping[int, tuple[Sequence[Callable[..., Any]], Any]]


class RowsById:
    """Reads rows of a model by their ids, each as a dictionary, with one statement.

    `write` returns the queryset of all rows there are to read, with `values` of what is read, the
    id among them; it must not order or cut them.
    """

    def __init__(self, model: type[Model], write: Callable[[], QuerySet]) -> None:
        self._model = model
        self._write = write
        self._name = f"rows_by_id_{next(_NUMBERS)}"
        self._written: WeakKeyDictionary[BaseDatabaseWrapper, _Statement] = WeakKeyDictionary()
        self._prepared: WeakSet[Any] = WeakSet()

    def __call__(self, ids: Sequence[int]) -> list[dict[str, Any]]:
        """Return the rows in the order of `ids`; those that are not there are left out."""
        connection = connections[router.db_for_read(self._model)]
        statement = self._statement(connection)
        with connection.cursor() as cursor:
            cursor.execute(*self._asked(connection, statement, list(ids)))
            columns = _converted(list(zip(*cursor.fetchall(), strict=True)), statement, connection)
        keys = columns[statement.names.index("id")] if columns else ()
        made = (dict(zip(statement.names, row, strict=True)) for row in zip(*columns, strict=True))
        rows = dict(zip(keys, made, strict=True))
        return [rows[pk] for pk in ids if pk in rows]

    def _statement(self, connection: BaseDatabaseWrapper) -> _Statement:
        """Return what this connection asks: written when it asks for the first time."""
        if connection not in self._written:
            query = self._write().filter(pk__in=_AMONG[connection.vendor]).order_by().query
            compiler = query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            names = (*query.extra_select, *query.values_select, *query.annotation_select)
            converters = compiler.get_converters([column for column, *_ in compiler.select])
            self._written[connection] = _Statement(sql, params, names, converters)
        return self._written[connection]

    def _asked(
        self, connection: BaseDatabaseWrapper, statement: _Statement, ids: list[int]
    ) -> tuple[str, Sequence[Any]]:
        """Return the statement with these ids; PostgreSQL keeps its plan for each connection."""
        if connection.vendor == "sqlite":
            given = json.dumps(ids)
            return statement.sql, [given if one is _IDS else one for one in statement.params]
        server = connection.connection
        if server not in self._prepared:
            server.execute(f"PREPARE {self._name} (bigint[]) AS {statement.sql}", statement.params)
            self._prepared.add(server)
        return f"EXECUTE {self._name} (%s)", [ids]


def _converted(
    columns: list[Sequence[Any]], statement: _Statement, connection: BaseDatabaseWrapper
) -> list[Sequence[Any]]:
    """Return columns with the values Django would give; a whole column of JSON is read at once."""
    for place, (converters, expression) in statement.converters.items() if columns else ():
        if isinstance(expression.output_field, JSONField):
            columns[place] = json.loads(f"[{','.join(one or 'null' for one in columns[place])}]")
            continue
        for convert in converters:
            columns[place] = [convert(one, expression, connection) for one in columns[place]]
    return columns
