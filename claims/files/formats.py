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

import csv
import hashlib
import io
import json
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from json.encoder import encode_basestring as quoted
from typing import Any

from claims.export import Column, guarded
from claims.files.reading import Rows

AS_JSON = {"voices": "[]", "topics": "[]", "object": "null"}
"""What columns hold that come as JSON text, and what stands for none."""

_SIGNS = frozenset("'=+-@＝＋－＠\t\r\n")


def csv_lines(columns: Sequence[Column], found: Iterable[Rows]) -> Generator[bytes, None, None]:
    """Yield a CSV file in pieces: a heading and one line per row."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(column.name for column in columns)
    written = [_cells_of(column) for column in columns]
    for rows in found:
        by_column = zip(*rows, strict=True)
        writer.writerows(
            zip(
                *(cells(values) for cells, values in zip(written, by_column, strict=True)),
                strict=True,
            )
        )
        yield _drained(buffer)
    if buffer.tell():
        yield _drained(buffer)


def json_lines(
    columns: Sequence[Column], found: Iterable[Rows], **end: Any
) -> Generator[bytes, None, None]:
    """Yield a JSON Lines file in pieces; `end` is added to the closing line."""
    digest = hashlib.sha256()
    line = encoder(columns)
    number = 0
    for rows in found:
        number += len(rows)
        piece = "".join(map(line, rows)).encode()
        digest.update(piece)
        yield piece
    closing = {"rows": number, "sha256": digest.hexdigest()} | end
    yield (as_json({"end": closing}) + "\n").encode()


def encoder(columns: Sequence[Column]) -> Callable[[tuple[Any, ...]], str]:
    """Return what writes a row as one line of JSON; five times as quick as a dict and `dumps`."""
    template = "{" + ",".join(f"{quoted(column.name)}:%s" for column in columns) + "}\n"
    held = list(enumerate(column.holds for column in columns))
    inside = [(place, AS_JSON[holds]) for place, holds in held if holds in AS_JSON]
    flags = [place for place, holds in held if holds == "flag"]

    def line(row: tuple[Any, ...]) -> str:
        cells = [
            "null" if value is None else quoted(value) if value.__class__ is str else value
            for value in row
        ]
        for place, none in inside:
            cells[place] = row[place] or none
        for place in flags:
            if row[place] is not None:
                cells[place] = "true" if row[place] else "false"
        return template % tuple(cells)

    return line


def as_json(value: Any) -> str:
    """Return compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def tuples(columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> Rows:
    """Return rows that come as mappings, such as those of `export.rows`, as writers take them."""
    return [tuple(_held(column, row[column.name]) for column in columns) for row in rows]


def _held(column: Column, value: Any) -> Any:
    if column.holds in AS_JSON:
        return None if value is None else as_json(value)
    return value


def _cells_of(column: Column) -> Callable[[Sequence[Any]], Iterable[Any]]:
    """Return what makes cells of a column's values."""
    if column.holds == "flag":
        return lambda values: ["" if v is None else "true" if v else "false" for v in values]
    if column.holds == "object":
        return lambda values: [_in_order(value) for value in values]
    if column.holds in AS_JSON:
        return lambda values: ["" if value == "[]" else _compact(value) for value in values]
    return _guarded if column.holds == "text" else lambda values: values


def _in_order(value: str | None) -> str:
    """Return JSON as every database would have it: keys in order, no blanks, nothing if empty."""
    held = json.loads(value) if value else None
    return (
        json.dumps(held, ensure_ascii=False, separators=(",", ":"), sort_keys=True) if held else ""
    )


def _compact(value: str | None) -> str | None:
    """Return JSON without the blanks that PostgreSQL puts in."""
    return as_json(json.loads(value)) if value and (", " in value or ": " in value) else value


def _guarded(values: Sequence[str | None]) -> Iterable[str | None]:
    if not any(value is not None and value[:1] in _SIGNS for value in values):
        return values
    return [None if value is None else guarded(value) for value in values]


def _drained(buffer: io.StringIO) -> bytes:
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece
