"""Rows as Parquet with typed columns; the server needs pyarrow, its extra `parquet`.

A Parquet file ends with a table of what is in it: one that was cut cannot be opened.
"""

from collections.abc import Generator, Iterable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from claims.export import Column
from claims.files.pipe import Pipe
from claims.files.reading import Rows
from claims.files.tables import schema, tables

NEEDED = "Parquet files need the extra `parquet`: pip install 'on-record[parquet]'"


def installed() -> bool:
    """Tell whether pyarrow is installed."""
    return find_spec("pyarrow") is not None


def parquet(
    columns: Sequence[Column], found: Iterable[Rows], about: Mapping[str, str]
) -> Generator[bytes, None, None]:
    """Yield a Parquet file of rows in pieces; `about` is kept in the file's own metadata.

    The rows have no lists of voices or topics: those are claims', which `joined` makes tables of.

    Raises:
        ModuleNotFoundError: if pyarrow is not installed.
    """
    return write(columns, tables(schema(columns), found), about)


def write(
    columns: Sequence[Column], found: Iterable[Any], about: Mapping[str, str]
) -> Generator[bytes, None, None]:
    """Yield a Parquet file of tables with these columns, each table a row group."""
    arrow, files = import_module("pyarrow"), import_module("pyarrow.parquet")
    arrow.set_memory_pool(arrow.system_memory_pool())  # gives back what it no longer needs
    pipe = Pipe()
    with files.ParquetWriter(pipe, schema(columns, about), compression="snappy") as writer:
        for _ in map(writer.write_table, found):  # keeps no table while the next one is made
            yield pipe.drained()
    yield pipe.drained()
