"""Tables filled with ready rows, quicker than by model objects: for benchmarks only."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models

NOW = datetime(2031, 3, 9, 12, 0, tzinfo=UTC)
UID = 0x9E3779B97F4B


class Table:
    """Rows of one model, gathered and then written at once; ids go up from 1 where none is given.

    Columns that are not given hold what a new row has, the time of day in 2031 and a uid made
    of the id.
    """

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.fields = model._meta.concrete_fields
        self.written = 0
        self.rows: list[list[Any]] = []
        self._last = 0
        self._made = {field.attname: _maker(field) for field in self.fields}
        self._given = {field.attname: _default(field) for field in self.fields}

    def put(self, values: Mapping[str, Any]) -> int:
        """Gather a row; return its id."""
        key = self.model._meta.pk.attname
        self._last = pk = values.get(key) or self._last + 1
        row = self._given | {key: pk} | values
        if "uid" in row:
            row["uid"] = f"{pk * UID % 2**48:012x}"
        self.rows.append([self._made[name](value) for name, value in row.items()])
        return pk

    def flush(self) -> None:
        """Write what was gathered."""
        names = ", ".join(f'"{field.column}"' for field in self.fields)
        table = self.model._meta.db_table
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in self.rows:
                        copy.write_row(row)
            else:
                marks = ", ".join("?" for _ in self.fields)
                sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"
                cursor.connection.executemany(sql, self.rows)
        self.written += len(self.rows)
        self.rows.clear()

    def finish(self) -> None:
        """Let the next row of the product get the next id."""
        if connection.vendor == "postgresql" and self._last and self.model._meta.auto_field:
            with connection.cursor() as cursor:
                sql = "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)"
                cursor.execute(sql, [self.model._meta.db_table, self._last])


def vacuum() -> None:
    """Measure the tables and, on PostgreSQL, mark all rows as seen by everybody."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _default(field: Any) -> Any:
    if isinstance(field, models.DateTimeField) and not field.null:
        return NOW
    return None if field.name == "uid" or field.primary_key else field.get_default()


def _maker(field: Any) -> Callable[[Any], Any]:
    """Return what turns a value of a column into what the database's driver takes."""
    if isinstance(field, models.JSONField):
        return lambda value: None if value is None else json.dumps(value)
    if isinstance(field, models.UUIDField | models.DateTimeField):
        return lambda value: field.get_db_prep_value(value, connection)
    return lambda value: value
