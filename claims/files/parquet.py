"""Rows as Parquet with typed columns: all that touches pyarrow, the extra `parquet`.

A Parquet file ends with a table of what is in it: one that was cut cannot be opened.
"""

import json
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from claims.export import Column
from claims.files.formats import AS_JSON
from claims.files.pipe import Pipe
from claims.files.reading import Rows

NEEDED = "Parquet files need the extra `parquet`: pip install 'on-record[parquet]'"
IN_ARRAYS = 500
"""Rows that are made arrays of at a time."""
IN_A_GROUP = 10_000
"""Rows of one row group: what is held in memory at a time."""


def installed() -> bool:
    """Tell whether pyarrow is installed."""
    return find_spec("pyarrow") is not None


def parquet(
    columns: Sequence[Column], found: Iterable[Rows], about: Mapping[str, str]
) -> Generator[bytes, None, None]:
    """Yield a Parquet file in pieces; `about` is kept in the file's own metadata.

    Raises:
        ModuleNotFoundError: if pyarrow is not installed.
    """
    arrow, files = import_module("pyarrow"), import_module("pyarrow.parquet")
    arrow.set_memory_pool(arrow.system_memory_pool())  # gives back what it no longer needs
    schema = arrow.schema([_field(arrow, column) for column in columns], metadata=dict(about))
    pipe = Pipe()
    with files.ParquetWriter(pipe, schema, compression="snappy") as writer:
        arrays = (_batch(arrow, columns, schema, rows) for rows in _gathered(found, IN_ARRAYS))
        for group in _groups(arrays):
            writer.write_table(arrow.Table.from_batches(group))
            yield pipe.drained()
    yield pipe.drained()


def _gathered(found: Iterable[Rows], at_least: int) -> Iterator[Rows]:
    """Yield rows in lists of `at_least` so many."""
    held: Rows = []
    for rows in found:
        held += rows
        if len(held) >= at_least:
            yield held
            held = []
    if held:
        yield held


def _batch(arrow: Any, columns: Sequence[Column], schema: Any, rows: Rows) -> Any:
    values = zip(*rows, strict=True)
    arrays = [
        _array(arrow, column, field.type, held)
        for column, field, held in zip(columns, schema, values, strict=True)
    ]
    return arrow.RecordBatch.from_arrays(arrays, schema=schema)


def _groups(batches: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield batches in lists of `IN_A_GROUP` rows or a little more."""
    held: list[Any] = []
    for batch in batches:
        held.append(batch)
        if sum(one.num_rows for one in held) >= IN_A_GROUP:
            yield held
            held = []
    if held:
        yield held


def _field(arrow: Any, column: Column) -> Any:
    types = {
        "integer": arrow.int64(),
        "double": arrow.float64(),
        "flag": arrow.bool_(),
        "topics": arrow.list_(arrow.string()),
        "voices": arrow.list_(
            arrow.struct([(name, arrow.string()) for name in ("uid", "name", "kind", "written")])
        ),
    }
    kind = types.get(column.holds, arrow.string())
    return arrow.field(column.name, kind, metadata={"description": column.help})


def _array(arrow: Any, column: Column, kind: Any, values: Sequence[Any]) -> Any:
    if column.holds in AS_JSON and column.holds != "object":
        none = AS_JSON[column.holds]
        values = json.loads(f"[{','.join([value or none for value in values])}]")
    if column.holds == "flag":
        values = [None if value is None else bool(value) for value in values]
    return arrow.array(values, kind)
