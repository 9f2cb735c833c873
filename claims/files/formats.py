"""Rows as CSV and as JSON Lines, in pieces, never held in memory together.

CSV (RFC 4180, UTF-8): an empty cell is null; lists and objects are JSON inside their cell, empty
ones an empty cell. A text cell that a spreadsheet would take for a formula (it begins with
= + - @, their full-width forms, a tab or a line break) gets an apostrophe before it; so does one
that already begins with apostrophes followed by such a sign. To undo it take one apostrophe off
every cell that matches `'+[=+\\-@＝＋－＠\\t\\r\\n]`. Number columns stay as they are. A CSV file
cannot say that it is whole: where that matters take JSON Lines, Parquet or the data package.

JSON Lines: one object a row, and as last line `{"end": {"rows": …, "sha256": …}}` with the number
of rows and the digest of all bytes before it. A file without that line is not whole.
"""

import hashlib
import json
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from json.encoder import encode_basestring as quoted
from typing import Any

from claims.export import Column, guarded
from claims.files.reading import Rows

AS_JSON = {"voices": "[]", "topics": "[]", "object": "null"}
"""What columns hold that come as JSON text, and what stands for none."""

Cells = Callable[[Sequence[Any]], Sequence[str]]
"""What writes the values of a column: many at once is several times as quick as row by row."""

_COMPACT: Mapping[str, Any] = {"ensure_ascii": False, "separators": (",", ":")}
_ENCODER = json.JSONEncoder(**_COMPACT)
_IN_ORDER = json.JSONEncoder(**_COMPACT, sort_keys=True)
_SIGNS = frozenset("'=+-@＝＋－＠\t\r\n")
_PARTING = re.compile('[,"\r\n]')


def csv_lines(columns: Sequence[Column], found: Iterable[Rows]) -> Generator[bytes, None, None]:
    """Yield a CSV file in pieces: a heading and one line per row."""
    yield (",".join(column.name for column in columns) + "\r\n").encode()
    for rows in found:
        cells = [_CSV[column.holds](values) for column, values in _by_column(columns, rows)]
        lines = map(",".join, zip(*cells, strict=True))
        yield "".join([f"{line}\r\n" for line in lines]).encode()


def json_lines(
    columns: Sequence[Column], found: Iterable[Rows], **end: Any
) -> Generator[bytes, None, None]:
    """Yield a JSON Lines file in pieces; `end` is added to the closing line."""
    lines = (map("".join, zip(*_parts(columns, rows), strict=False)) for rows in found)
    return ended(lines, end)


def ended(found: Iterable[Iterable[str]], end: Mapping[str, Any]) -> Generator[bytes, None, None]:
    """Yield lines of JSON, many at a time, and the one that says that they are all."""
    digest = hashlib.sha256()
    number = 0
    for lines in map(list, found):
        number += len(lines)
        piece = "".join(lines).encode()
        digest.update(piece)
        yield piece
    closing = {"rows": number, "sha256": digest.hexdigest(), **end}
    yield (as_json({"end": closing}) + "\n").encode()


def as_json(value: Any) -> str:
    """Return compact JSON."""
    return _ENCODER.encode(value)


def tuples(columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> Rows:
    """Return rows that come as mappings, such as those of `export.rows`, as writers take them."""
    return [tuple(_held(column, row[column.name]) for column in columns) for row in rows]


def _held(column: Column, value: Any) -> Any:
    if column.holds in AS_JSON:
        return None if value is None else as_json(value)
    return value


def _parts(columns: Sequence[Column], rows: Rows) -> Generator[Iterable[str], None, None]:
    """Yield what the lines of rows are made of: names, cells, names …; the last one ends them."""
    before = "{"
    for column, values in _by_column(columns, rows):
        name = f"{before}{quoted(column.name)}:"
        before = ","
        if column.holds in {"text", "exact"} and _plain(values):
            name, before = f'{name}"', '",'
            yield from (repeat(name), values)
        else:
            yield from (repeat(name), _JSON[column.holds](values))
    yield repeat(before.replace(",", "}\n"))


def _plain(values: Sequence[Any]) -> bool:
    """Tell whether texts stand in JSON as they are."""
    if None in values:
        return False
    together = "".join(values)
    return together.isprintable() and '"' not in together and "\\" not in together


def _by_column(columns: Sequence[Column], rows: Rows) -> Iterator[tuple[Column, Sequence[Any]]]:
    return zip(columns, zip(*rows, strict=True), strict=True)


def _numbers(none: str) -> Cells:
    return lambda values: [none if value is None else str(value) for value in values]


def _flags(none: str) -> Cells:
    words = {None: none, True: "true", False: "false"}
    return lambda values: [words[value] for value in values]


def _texts(values: Sequence[str | None]) -> list[str]:
    cells = [value or "" for value in values]
    if _any_of(_SIGNS, cells):
        cells = [guarded(cell) if cell[:1] in _SIGNS else cell for cell in cells]
    return _parted(cells)


def _parted(cells: list[str]) -> list[str]:
    """Return cells in quotes, as RFC 4180 says, where they hold what parts cells or rows."""
    if not _any_of(',"\r\n', cells):
        return cells
    return [
        '"' + cell.replace('"', '""') + '"' if _PARTING.search(cell) else cell for cell in cells
    ]


def _any_of(signs: Iterable[str], cells: Sequence[str]) -> bool:
    together = "".join(cells)
    return any(sign in together for sign in signs)


def _object(value: str | None) -> str:
    """Return JSON as every database would have it: keys in order, no blanks, nothing if empty."""
    held = json.loads(value) if value else None
    return _IN_ORDER.encode(held) if held else ""


def _list(value: str | None) -> str:
    """Return JSON without the blanks that PostgreSQL puts in, nothing if empty."""
    if not value or value == "[]":
        return ""
    return as_json(json.loads(value)) if ", " in value or ": " in value else value


def _or(none: str) -> Cells:
    return lambda values: [value or none for value in values]


def _strings(values: Sequence[str | None]) -> list[str]:
    return ["null" if value is None else quoted(value) for value in values]


_CSV: Mapping[str, Cells] = {
    "text": _texts,
    "exact": lambda values: _parted([value or "" for value in values]),
    "integer": _numbers(""),
    "double": _numbers(""),
    "flag": _flags(""),
    "object": lambda values: _parted([_object(value) for value in values]),
    **dict.fromkeys(("voices", "topics"), lambda values: _parted([_list(v) for v in values])),
}
_JSON: Mapping[str, Cells] = {
    "text": _strings,
    "exact": _strings,
    "integer": _numbers("null"),
    "double": _numbers("null"),
    "flag": _flags("null"),
    **{holds: _or(none) for holds, none in AS_JSON.items()},
}
