"""Claims as JSON Lines that SQLite writes itself: half the work of writing every cell here.

PostgreSQL takes longer over its JSON than we do: there `formats` writes it.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from json.encoder import encode_basestring as quoted
from operator import itemgetter
from typing import Any, Final

from django.db import connection
from django.db.models import Case, Func, QuerySet, TextField, Value, When
from django.db.models.lookups import Exact

from claims import export
from claims.export import Column
from claims.files import flat
from claims.files.formats import AS_JSON, ended
from claims.files.reading import Rows
from claims.filters.readers import Reader
from claims.models.claim import ClaimQuerySet

_TEXT: Final = TextField()


def written() -> bool:
    """Tell whether this database is the quicker one to write JSON."""
    return connection.vendor == "sqlite"


def objects(claims: ClaimQuerySet, reader: Reader) -> QuerySet:
    """Return claims as the parts of their JSON objects, as far as the reader may see them.

    A part is an object of neighbouring columns, or a double: of those SQLite would write no more
    than 15 digits.
    """
    found = flat.expressions(reader)
    rows: QuerySet = claims.order_by("id").values_list(*(_part(part, found) for part in _PARTS))
    return rows


def json_lines(found: Iterable[Rows], **end: Any) -> Generator[bytes, None, None]:
    """Yield a JSON Lines file of rows of `objects`, in pieces; `end` is added to its last line."""
    return ended(map(_lines, found), end)


def _parts() -> Iterator[tuple[Column, ...]]:
    """Yield the columns of each part."""
    for double, columns in groupby(export.COLUMNS, key=_is_double):
        part = tuple(columns)
        yield from zip(part, strict=True) if double else [part]


def _is_double(column: Column) -> bool:
    return column.holds == "double"


def _part(columns: Sequence[Column], found: Mapping[str, Any]) -> Any:
    if _is_double(columns[0]):
        return found[columns[0].name]
    pairs = ((Value(column.name), _value(column, found[column.name])) for column in columns)
    return Func(*chain.from_iterable(pairs), function="json_object", output_field=_TEXT)


def _value(column: Column, found: Any) -> Any:
    """Return a value so that it stands in JSON as what it is."""
    if column.holds == "flag":
        words = (When(Exact(found, flag), then=Value(str(flag).lower())) for flag in (True, False))
        found = Case(*words, output_field=_TEXT)
    elif column.holds not in AS_JSON:
        return found
    return Func(found, function="json", output_field=_TEXT)


def _lines(rows: Rows) -> Iterator[str]:
    parts = (_written(*part) for part in zip(_PARTS, zip(*rows, strict=True), strict=True))
    return (f"{{{line}}}\n" for line in map(",".join, zip(*parts, strict=True)))


def _written(columns: Sequence[Column], values: Sequence[Any]) -> Iterable[str]:
    if not _is_double(columns[0]):
        return map(_WITHIN, values)
    name = quoted(columns[0].name)
    return [f"{name}:null" if value is None else f"{name}:{value}" for value in values]


_WITHIN: Final = itemgetter(slice(1, -1))
"""Gives an object without its braces."""
_PARTS: Final = tuple(_parts())
