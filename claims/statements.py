"""Statements that Django writes once and the database answers many times.

For one row by its id, and for a page of fifty with a dozen joins, Django takes longer to write the
statement than the database to answer it, and PostgreSQL longer to plan it; and it never changes
but for the values that are asked.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import count
from typing import Any, Final
from weakref import WeakSet

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, JSONField, Model, QuerySet
from django.db.models.query import ValuesIterable
from django.db.models.sql import UpdateQuery
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

_AMONG: Final = {
    "postgresql": "SELECT unnest(%s::bigint[])",
    "sqlite": "SELECT value FROM json_each(%s)",
}
_NUMBERS: Final = count(1)
_TOO_LARGE: Final = 2**63


class Given(Expression):
    """A whole number or a text that is told when the statement is asked, in its place."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Write a mark; what is told for it comes when the statement is asked."""
        return "%s", [self]

    def told(self, value: Any, vendor: str) -> Any:
        """Return a value as the database takes it."""
        return value


class Among(Given):
    """Any number of ids that are told when the statement is asked, in the place of a list."""

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Write a list of one mark, however many ids there will be."""
        return _AMONG[connection.vendor], [self]

    def told(self, value: Collection[int], vendor: str) -> Any:
        """Return the ids as the database takes them."""
        return list(value) if vendor == "postgresql" else json.dumps(list(value))


class Stored(Given):
    """A value of a column that is told when the statement is asked."""

    def __init__(self, field: Any) -> None:
        super().__init__(field.attname)
        self._field = field

    def told(self, value: Any, vendor: str) -> Any:
        """Return a value as the column holds it."""
        return self._field.get_db_prep_save(value, connection)


class Written:
    """One question to the database, written when it is asked for the first time.

    `question` returns it as a queryset, in which `Given` and `Among` stand for what is told when
    it is asked: `values` are answered with dictionaries, `values_list` with tuples, anything else
    with rows of its model and no others with them.
    """

    def __init__(self, question: Callable[[], QuerySet[Any, Any]]) -> None:
        self._question = question

    def __call__(self, **told: Any) -> list[Any]:
        """Return what the database answers, in the order of the question.

        Raises:
            TransactionManagementError: outside a transaction, if the question locks rows.
        """
        return self._statement.answer(told)

    def batches(self, at_once: int, /, **told: Any) -> Iterator[list[Any]]:
        """Yield what the database answers in lists of so many, made one after the other.

        The question locks no rows.
        """
        yield from self._statement.batches(told, at_once)

    def first(self, **told: Any) -> Any:
        """Return the first of what the database answers, or None."""
        return next(iter(self(**told)), None)

    @cached_property
    def _statement(self) -> "_Statement":
        return _Statement(self._question())


class _Statement:
    """A question as the database is asked, and how the answer is read."""

    def __init__(self, asked: QuerySet[Any, Any]) -> None:
        query: Any = asked.query
        compiler: Any = query.get_compiler(asked.db)
        self._sql, self._marks = compiler.as_sql()
        self._locks = query.select_for_update and connection.features.has_select_for_update
        columns = [column for column, *_ in compiler.select]
        self._converters = compiler.get_converters(columns)
        self._make: Callable[[Any], Any] = tuple
        if query.selected is None:
            names = [column.target.attname for column in columns]
            self._make = partial(asked.model.from_db, asked.db, names)
        elif issubclass(asked._iterable_class, ValuesIterable):
            names = list(query.selected)
            self._make = lambda row: dict(zip(names, row, strict=True))

    def filled(self, told: Mapping[str, Any]) -> tuple[str, Sequence[Any]]:
        """Return what the database is asked, with what is told in its places."""
        return self._sql, _filled(self._marks, told)

    def answer(self, told: Mapping[str, Any]) -> list[Any]:
        if self._locks and not connection.in_atomic_block:
            raise TransactionManagementError("Rows are locked in a transaction only.")
        if any(isinstance(value, int) and abs(value) >= _TOO_LARGE for value in told.values()):
            return []  # no column holds it, and SQLite cannot be asked
        with connection.cursor() as cursor:
            cursor.execute(*self.filled(told))
            return self.rows(cursor.fetchall())

    def batches(self, told: Mapping[str, Any], at_once: int) -> Iterator[list[Any]]:
        with connection.cursor() as cursor:
            cursor.execute(*self.filled(told))
            while found := cursor.fetchmany(at_once):
                yield self.rows(found)

    def rows(self, found: Sequence[Sequence[Any]]) -> list[Any]:
        """Return what the database answered with the values Django would give.

        Column by column, so that a whole column of JSON is read at once.
        """
        if not (found and self._converters):
            return [self._make(row) for row in found]
        columns: list[Sequence[Any]] = list(zip(*found, strict=True))
        for place, (converters, expression) in self._converters.items():
            if isinstance(expression.output_field, JSONField):
                written = ",".join(one or "null" for one in columns[place])
                columns[place] = json.loads(f"[{written}]")
                continue
            for convert in converters:
                columns[place] = [convert(one, expression, connection) for one in columns[place]]
        return [self._make(row) for row in zip(*columns, strict=True)]


class Update:
    """Sets columns of rows, by their ids and all to the same values, with one statement.

    `computed` are columns that the database works out from what is stored.
    """

    def __init__(self, model: type[Model], names: Iterable[str], **computed: Any) -> None:
        query: Any = model._default_manager.filter(pk__in=Among("ids")).query.chain(UpdateQuery)
        told = {name: Stored(model._meta.get_field(name)) for name in names}
        query.add_update_values(told | computed)
        self._sql, self._marks = query.get_compiler(connection.alias).as_sql()

    def __call__(self, ids: Collection[int], values: Mapping[str, Any]) -> None:
        """Set the columns to `values`, by name, in the rows with these ids."""
        with connection.cursor() as cursor:
            cursor.execute(self._sql, _filled(self._marks, {**values, "ids": ids}))


def _filled(marks: Iterable[Any], told: Mapping[str, Any]) -> list[Any]:
    return [
        mark.told(told[mark.name], connection.vendor) if isinstance(mark, Given) else mark
        for mark in marks
    ]


class _Ids(Among):
    """The ids of a statement that PostgreSQL prepares, of which they are the one parameter."""

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Write a list of all ids there will be."""
        if connection.vendor == "postgresql":
            return "SELECT unnest($1)", []
        return super().as_sql(compiler, connection)


class RowsById:
    """Reads rows by their ids, each as a dictionary, with one statement that is planned once.

    `write` returns the queryset of all rows there are to read, with `values` of what is read, the
    id among them; it must not order or cut them.
    """

    def __init__(self, write: Callable[[], QuerySet[Any, Any]]) -> None:
        self._write = write
        self._name = f"rows_by_id_{next(_NUMBERS)}"
        self._prepared: WeakSet[Any] = WeakSet()

    def __call__(self, ids: Sequence[int]) -> list[dict[str, Any]]:
        """Return the rows in the order of `ids`; those that are not there are left out."""
        with connection.cursor() as cursor:
            cursor.execute(*self._asked(list(ids)))
            rows = {row["id"]: row for row in self._statement.rows(cursor.fetchall())}
        return [rows[pk] for pk in ids if pk in rows]

    @cached_property
    def _statement(self) -> _Statement:
        return _Statement(self._write().filter(pk__in=_Ids("ids")).order_by())

    def _asked(self, ids: list[int]) -> tuple[str, Sequence[Any]]:
        """Return the statement with these ids; PostgreSQL keeps its plan for each connection."""
        sql, params = self._statement.filled({"ids": ids})
        if connection.vendor == "sqlite":
            return sql, params
        server: Any = connection.connection
        if server not in self._prepared:
            with connection.wrap_database_errors:
                server.execute(f"PREPARE {self._name} (bigint[]) AS {sql}", params)
            self._prepared.add(server)
        return f"EXECUTE {self._name} (%s)", [ids]
