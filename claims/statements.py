"""Statements that Django writes once and the database answers many times.

For a page of fifty rows with a dozen joins Django takes longer to write the statement than the
database to answer it; and it never changes but for the ids.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final
from weakref import WeakKeyDictionary

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler

_IDS: Final = object()
_AMONG: Final = {
    "postgresql": "SELECT unnest(%s::bigint[])",
    "sqlite": "SELECT value FROM json_each(%s)",
}


class RowsById:
    """Reads rows of a model by their ids, each as a dictionary, with one statement.

    `shape` gets the rows as a queryset and returns it with `values` of what is read, the id among
    them; it must not order or cut them.
    """

    def __init__(self, model: type[Model], shape: Callable[[Any], QuerySet]) -> None:
        self._model = model
        self._shape = shape
        self._written: WeakKeyDictionary[BaseDatabaseWrapper, Any] = WeakKeyDictionary()

    def __call__(self, ids: Sequence[int]) -> list[dict[str, Any]]:
        """Return the rows in the order of `ids`; those that are not there are left out."""
        connection = connections[router.db_for_read(self._model)]
        compiler, sql, params, names = self._statement(connection)
        given: Any = list(ids) if connection.vendor == "postgresql" else json.dumps(list(ids))
        with connection.cursor() as cursor:
            cursor.execute(sql, [given if param is _IDS else param for param in params])
            found: Iterable[Any] = compiler.results_iter([cursor.fetchall()])
        rows = {row[names.index("id")]: dict(zip(names, row, strict=True)) for row in found}
        return [rows[pk] for pk in ids if pk in rows]

    def _statement(
        self, connection: BaseDatabaseWrapper
    ) -> tuple[SQLCompiler, str, Sequence[Any], Sequence[str]]:
        """Return what this connection asks: written when it asks for the first time."""
        if connection not in self._written:
            among = RawSQL(_AMONG[connection.vendor], [_IDS])
            query = self._shape(self._model._default_manager.filter(pk__in=among)).order_by().query
            compiler = query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            names = (*query.extra_select, *query.values_select, *query.annotation_select)
            self._written[connection] = compiler, sql, params, names
        found: tuple[SQLCompiler, str, Sequence[Any], Sequence[str]] = self._written[connection]
        return found
