"""Rows as tables of Arrow with typed columns: what pyarrow, the extra `parquet`, keeps them in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import repeat
from typing import Any

from claims.export import Column
from claims.files.reading import Rows

IN_ARRAYS = 500
"""Rows that are made arrays of at a time: few stay in the processor's cache, and are gone before
Python looks for garbage among them."""
IN_A_TABLE = 8_000
"""Rows of one table: what is held in memory at a time."""


def schema(columns: Sequence[Column], about: Mapping[str, str] | None = None) -> Any:
    """Return the types of columns, each with what it means; `about` tells of them together."""
    arrow = import_module("pyarrow")
    return arrow.schema([_field(arrow, column) for column in columns], metadata=about)


def tables(shape: Any, found: Iterable[Rows]) -> Iterator[Any]:
    """Yield rows as tables of `IN_A_TABLE` rows or a little more; the last may have fewer."""
    arrow = import_module("pyarrow")
    held: list[Any] = []
    for batch in _batches(shape, found):
        held.append(batch)
        if sum(one.num_rows for one in held) >= IN_A_TABLE:
            yield arrow.Table.from_batches(held)
            held = []
    if held:
        yield arrow.Table.from_batches(held)


def whole(shape: Any, found: Iterable[Rows]) -> Any:
    """Return all rows, which may be none, as one batch."""
    return import_module("pyarrow").concat_batches([_batch(shape, []), *_batches(shape, found)])


def _batches(shape: Any, found: Iterable[Rows]) -> Iterator[Any]:
    return (_batch(shape, rows) for rows in _gathered(found))


def _batch(shape: Any, rows: Rows) -> Any:
    arrow = import_module("pyarrow")
    columns: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else repeat((), len(shape))
    arrays = [
        arrow.array(_flags(values) if kind == arrow.bool_() else values, kind)
        for kind, values in zip(shape.types, columns, strict=True)
    ]
    return arrow.RecordBatch.from_arrays(arrays, schema=shape)


def _gathered(found: Iterable[Rows]) -> Iterator[Rows]:
    """Yield rows in lists of at least `IN_ARRAYS`."""
    held: Rows = []
    for rows in found:
        held += rows
        if len(held) >= IN_ARRAYS:
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


def _flags(values: Sequence[Any]) -> list[bool | None]:
    return [None if value is None else bool(value) for value in values]
