"""A package read without believing it: digests, counts, every cell, keys and what leads where."""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Final

from claims import gate
from claims.datapackage import describe
from claims.datapackage.tables import ALLOWED, TABLES, Table
from claims.export import Column, unguarded

csv.field_size_limit(2**31 - 1)  # a cell may hold the text of an article

Row = dict[str, Any]

_UID: Final = re.compile(r"[0-9a-z]{12}\Z")
_FLAGS: Final = {"true": True, "false": False}


class Damaged(ValueError):
    """A package that is not what it says, or not ours; the text names file and line."""


class Package:
    """An opened package: a folder or a zip file."""

    def __init__(self, opened: Callable[[str], BinaryIO], about: Mapping[str, Any], sha256: str):
        self._opened = opened
        self.about = about
        self.sha256 = sha256
        """Digest of the descriptor, which has the digests of all tables."""

    def rows(self, table: Table) -> Iterator[Row]:
        """Yield the rows of a table, every cell past the gate.

        Raises:
            Damaged: naming the line and column of a cell that cannot be.
        """
        with self._file(table.path) as file:
            text = io.TextIOWrapper(file, encoding="utf-8", newline="")
            try:
                yield from _rows(table, csv.reader(text, strict=True))
            except (UnicodeDecodeError, csv.Error) as error:
                raise Damaged(f"{table.path}: {error}") from error

    def digest(self, table: Table) -> tuple[str, int]:
        """Return the SHA-256 and the length of a table's file."""
        digest, size = hashlib.sha256(), 0
        with self._file(table.path) as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
                size += len(piece)
        return digest.hexdigest(), size

    @contextmanager
    def _file(self, name: str) -> Iterator[BinaryIO]:
        try:
            with self._opened(name) as file:
                yield file
        except (KeyError, FileNotFoundError) as error:
            raise Damaged(f"{name}: is not there") from error
        except zipfile.BadZipFile as error:
            raise Damaged(f"{name}: {error}") from error


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """Open a package.

    Raises:
        Damaged: if it is cut, or has no descriptor of ours.
    """
    if path.is_dir():
        yield _described(lambda name: (path / name).open("rb"))
        return
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise Damaged(f"{path}: is not there") from error
    except zipfile.BadZipFile as error:
        raise Damaged(f"{path.name}: is no whole zip file") from error
    with archive:
        yield _described(lambda name: archive.open(name))  # type: ignore[arg-type,return-value]


def _described(opened: Callable[[str], BinaryIO]) -> Package:
    name = describe.DESCRIPTOR
    package = Package(opened, {}, "")
    with package._file(name) as file:
        data = file.read()
    try:
        about = json.loads(data)
        schema = about["on_record"]["schema"]
        by_name = {one["name"]: one for one in about["resources"]}
        stated = {table.name: by_name[table.name] for table in TABLES}
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged(f"{name}: does not describe a package of On Record") from error
    if schema != describe.SCHEMA:
        raise Damaged(f"{name}: schema {schema!r}; this version reads {describe.SCHEMA}")
    return Package(opened, about | {"tables": stated}, hashlib.sha256(data).hexdigest())


def check(package: Package, told: Callable[[str], None] = lambda name: None) -> dict[str, int]:
    """Read everything; return how many rows each table has. `told` is called before each table.

    Raises:
        Damaged: at the first thing that is wrong.
    """
    keys: dict[str, set[Any]] = {}
    numbers = {}
    for table in TABLES:
        told(table.name)
        stated = package.about["tables"][table.name]
        digest, size = package.digest(table)
        if (f"sha256:{digest}", size) != (stated.get("hash"), stated.get("bytes")):
            raise Damaged(f"{table.path}: its bytes are not those that the descriptor tells of")
        numbers[table.name] = _check_keys(table, package.rows(table), keys)
        if numbers[table.name] != stated.get("rows"):
            raise Damaged(f"{table.path}: {numbers[table.name]} rows, not {stated.get('rows')}")
    return numbers


def _check_keys(table: Table, rows: Iterator[Row], keys: dict[str, set[Any]]) -> int:
    """Look for rows of one key and for cells that lead nowhere; return the number of rows."""
    seen = keys.setdefault(table.name, set())
    inside = [(name, None) for name, to in table.leads.items() if to == table.name]
    number, above = 0, set()
    for number, row in enumerate(rows, start=1):
        key = tuple(row[name] for name in table.key)
        key = key[0] if len(key) == 1 else key
        if key in seen:
            raise Damaged(f"{table.path}: row {number}: {key} stands there twice")
        seen.add(key)
        above |= {row[name] for name, _ in inside}
        for name, to in table.leads.items():
            if to != table.name and row[name] is not None and row[name] not in keys[to]:
                raise Damaged(f"{table.path}: row {number}: {name} {row[name]} is not in {to}.csv")
    if missing := above - seen - {None}:
        raise Damaged(f"{table.path}: {min(missing)} leads nowhere")
    return number


def _rows(table: Table, lines: Iterator[list[str]]) -> Iterator[Row]:
    names = [column.name for column in table.columns]
    if next(lines, None) != names:
        raise Damaged(f"{table.path}: its columns are not {', '.join(names)}")
    readers = [_reader(table, column) for column in table.columns]
    for number, cells in enumerate(lines, start=1):
        if len(cells) != len(names):
            raise Damaged(f"{table.path}: row {number}: {len(cells)} cells")
        try:
            pairs = zip(names, readers, cells, strict=True)
            yield {name: read(cell) for name, read, cell in pairs}
        except gate.Refused as error:
            raise Damaged(f"{table.path}: row {number}: {error}") from error


def _reader(table: Table, column: Column) -> Callable[[str], Any]:
    """Return what reads a cell of the column.

    It raises `gate.Refused` for what may not stand there.
    """
    needed = describe.required(table, column)
    values = ALLOWED.get(f"{table.name}.{column.name}")

    def read(cell: str) -> Any:
        if not cell:
            if needed:
                raise gate.Refused(f"{column.name}: is empty")
            return None
        value = _READ[column.holds](column.name, cell)
        if values and value not in values:
            raise gate.Refused(f"{column.name}: {value[:60]!r} is none of {', '.join(values)}")
        return value

    return read


def _text(name: str, cell: str) -> str:
    if name == "uid" and not _UID.match(cell):
        raise gate.Refused(f"uid: {cell[:40]!r} is none")
    return gate.text(name, unguarded(cell))


def _exact(name: str, cell: str) -> str:
    if name != "retrieved":
        return gate.exact(name, cell)
    try:
        return date.fromisoformat(cell).isoformat()
    except ValueError as error:
        raise gate.Refused(f"{name}: {cell[:40]!r} is no day") from error


def _integer(name: str, cell: str) -> int:
    try:
        number = int(cell)
    except ValueError as error:
        raise gate.Refused(f"{name}: {cell[:40]!r} is no whole number") from error
    if abs(number) > 2**62 or str(number) != cell:
        raise gate.Refused(f"{name}: {cell[:40]!r} is no whole number")
    return number


def _double(name: str, cell: str) -> float:
    try:
        return float(gate.data(name, float(cell)))
    except ValueError as error:
        raise gate.Refused(f"{name}: {cell[:40]!r} is no finite number") from error


def _flag(name: str, cell: str) -> bool:
    if cell not in _FLAGS:
        raise gate.Refused(f"{name}: {cell[:40]!r} is neither true nor false")
    return _FLAGS[cell]


def _object(name: str, cell: str) -> Any:
    try:
        return gate.data(name, json.loads(cell))
    except (ValueError, RecursionError) as error:
        raise gate.Refused(f"{name}: is no JSON") from error


_READ: Final[Mapping[str, Callable[[str, str], Any]]] = {
    "text": _text,
    "exact": _exact,
    "integer": _integer,
    "double": _double,
    "flag": _flag,
    "object": _object,
}
