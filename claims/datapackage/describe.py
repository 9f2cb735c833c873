"""What a package says of itself: `datapackage.json`, the code book, and a README."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from django.conf import settings

from claims import export
from claims.datapackage.scope import Scope
from claims.datapackage.tables import ALLOWED, REQUIRED, TABLES, Table
from claims.export import Column, guarded
from claims.filters.readers import Reader

DESCRIPTOR: Final = "datapackage.json"
CODE_BOOK: Final = "codebook.csv"
README: Final = "README.md"
SCHEMA: Final = 1
"""Rises when a column changes its meaning; columns may be added within one number."""

AUDIENCES: Final = {
    Reader.EVERYBODY: "everybody: accepted claims of public articles",
    Reader.RESEARCHER: "researcher: may hold machine readings, unverified",
    Reader.EDITOR: "editor: all that stands, with every word; not for the public",
}
APART: Final = (
    "For the data. Not for quotations: headlines, passages, surfaces and texts are their outlets' "
    "words, quoted for research."
)
"""What the licence of the data does not cover."""

_TYPES: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "text": ("string", "string", "c", "string"),
    "exact": ("string", "string", "c", "string"),
    "integer": ("integer", "Int64", "d", "int64"),
    "double": ("number", "Float64", "d", "float64"),
    "flag": ("boolean", "boolean", "l", "bool"),
    "object": ("any", "string", "c", "string"),
}
"""What a column holds → its type in a table schema, pandas, readr and arrow."""

_UNITS: Final = {
    **dict.fromkeys(("start", "end", "sentence_start", "sentence_end"), "code points of the text"),
    **dict.fromkeys(("characters", "parts", "source", "cue", "content"), "code points of the text"),
    **dict.fromkeys(("score", "published_confidence"), "0 to 1"),
    **dict.fromkeys(("value", "low", "high", "number_low", "number_high"), "see the column unit"),
    "mention": "code points of the text",
}


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one file: how many rows and bytes, and the digest of the bytes."""

    rows: int
    size: int
    sha256: str


def allowed(table: Table, column: Column) -> tuple[str, ...]:
    """Return what may stand in the cells of a column; empty if anything may."""
    if column.holds == "flag":
        return ("true", "false")
    return tuple(guarded(value) for value in ALLOWED.get(f"{table.name}.{column.name}", ()))


def required(table: Table, column: Column) -> bool:
    """Tell whether a cell of the column is never empty."""
    return column.name in table.key or f"{table.name}.{column.name}" in REQUIRED


def descriptor(scope: Scope, created: str, sequence: int, written: Mapping[str, Written]) -> bytes:
    """Return `datapackage.json` (Frictionless Data Package)."""
    about = {
        "profile": "tabular-data-package",
        "name": "on-record",
        "title": "On Record: who stated which figure, where",
        "description": f"Claims found in news texts. {export.ACCEPTED_LABEL.capitalize()}.",
        "created": created,
        "licenses": [{"name": settings.DATA_LICENCE, "title": APART}],
        "on_record": {
            "schema": SCHEMA,
            "software": software(),
            "as_of": sequence,
            "audience": AUDIENCES[scope.reader],
            "label": export.ACCEPTED_LABEL,
            "filter": scope.asked,
            "left_out": scope.answer.left_out(),
            "citation": citation(created, sequence),
        },
        "resources": [_resource(table, written[table.name]) for table in TABLES],
    }
    return (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode()


def software() -> str:
    """Return the name and version of what wrote a package."""
    try:
        return f"on-record {version('on-record')}"
    except PackageNotFoundError:
        return "on-record"


def citation(created: str, sequence: int) -> str:
    """Return how to cite a package; its digests are in the descriptor."""
    return f"On Record, data package of {created[:10]}, as of change {sequence} ({software()})."


def _resource(table: Table, written: Written) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.path,
        "description": table.help,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": written.size,
        "hash": f"sha256:{written.sha256}",
        "rows": written.rows,
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    return {
        "fields": [_field(table, column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": [
            {"fields": [name], "reference": _target(table, to)} for name, to in table.leads.items()
        ],
    }


def _target(table: Table, to: str) -> dict[str, Any]:
    (other,) = (one for one in TABLES if one.name == to)
    return {"resource": "" if other is table else to, "fields": list(other.key)}


def _field(table: Table, column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if required(table, column) else {}
    if column.holds == "flag":
        limits |= {"trueValues": ["true"], "falseValues": ["false"]}
    field = {"name": column.name, "type": _TYPES[column.holds][0], "description": column.help}
    values = allowed(table, column)
    if values and column.holds != "flag":
        limits["enum"] = list(values)
    own = {name: limits.pop(name) for name in ("trueValues", "falseValues") if name in limits}
    return field | own | ({"constraints": limits} if limits else {})


def code_book() -> bytes:
    """Return the code book: one line for every column of every table."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(
        (
            *("table", "column", "meaning", "unit", "allowed", "required", "type"),
            *("pandas", "readr", "arrow"),
        )
    )
    for table in TABLES:
        writer.writerows(_line(table, column) for column in table.columns)
    return buffer.getvalue().encode()


def _line(table: Table, column: Column) -> Iterable[str]:
    day = column.name.endswith(("_earliest", "_latest"))
    unit = "day, YYYYMMDD, signed" if day else _UNITS.get(column.name, "")
    needed = "yes" if required(table, column) else "no"
    values = " | ".join(allowed(table, column))
    cells = (table.name, column.name, column.help, unit, values, needed)
    return map(guarded, (*cells, *_TYPES[column.holds]))


def readme(scope: Scope, created: str, sequence: int) -> bytes:
    """Return the README of a package."""
    tables = "\n".join(f"- `{table.path}`: {table.help}" for table in TABLES)
    return f"""# On Record: data package

{export.ACCEPTED_LABEL.capitalize()}. Claims marked "{export.UNVERIFIED_LABEL}" were checked by
nobody. For {AUDIENCES[scope.reader]}.

Cite as: {citation(created, sequence)}

{tables}

`{DESCRIPTOR}` describes the tables and holds rows, bytes and SHA-256 of each; it is written last.
`{CODE_BOOK}` says what every column means and its type in pandas, readr and arrow. Empty cells are
null. `value` is exact text, `number_low` and `number_high` are the same rounded to doubles. Dates
are EDTF text beside first and last day as integers.

A text cell that a spreadsheet would take for a formula begins with an apostrophe that is not part
of it: take one off every cell that matches `'+[=+\\-@＝＋－＠\\t\\r\\n]`.

Licence: {settings.DATA_LICENCE}. {APART}
""".encode()
