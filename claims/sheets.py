"""Spreadsheets of speakers, aliases, topics and outlets: out as CSV, and back with all changes.

A row with an id is an edit of that row, and only if its `version` is still the one in the sheet; a
row without an id is new. Rows that are not in the sheet, and columns that are not, stay as they
are. A sheet is stored whole or not at all, through `claims.curation.records`.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

from django.contrib.auth.models import User
from django.db import models, transaction

from claims import gate, matching
from claims.curation import records
from claims.export import guarded, unguarded
from claims.history import Batch, Stale
from claims.models import Alias, Change, Outlet, Speaker, Topic
from corpus.readers import UnreadableError, read

MOST_ROWS: Final = 1_000
"""A look takes some milliseconds for each row, and on SQLite nobody else writes meanwhile."""
_ID, _VERSION = "id", "version"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as a sheet: its columns, the fields they stand for, and who owns a new row.

    `owner` is the column that names what a row belongs to; it is not changed afterwards.
    """

    model: Any
    columns: Mapping[str, str]
    owner: str = ""


SHEETS: Final[Mapping[str, Sheet]] = {
    "speaker": Sheet(Speaker, {"name": "name", "kind": "kind", "privacy": "privacy"}),
    "alias": Sheet(Alias, {"form": "form", "kind": "kind"}, owner="speaker"),
    "topic": Sheet(
        Topic,
        {
            "scheme": "scheme",
            "code": "code",
            "label": "label",
            "parent": "parent_id",
            "query": "query",
        },
    ),
    "outlet": Sheet(
        Outlet,
        {name: name for name in ("name", "domain", "kind", "country", "text_policy")},
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: `new`, `changed`, `same` or `refused`, and field by field what changes.

    `number` is the line of the file, the heading being 1.
    """

    number: int
    outcome: str
    name: str = ""
    differences: list[tuple[str, str, str]] = field(default_factory=list)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a sheet does, row by row; with `problem` set the sheet itself cannot be used.

    `batch` is that of its edits, which undo takes back; `made` is that of its new rows.
    """

    lines: list[Line] = field(default_factory=list)
    problem: str = ""
    batch: Batch | None = None
    made: Batch | None = None

    def count(self, outcome: str) -> int:
        """Return how many rows are new, changed, same or refused."""
        return sum(line.outcome == outcome for line in self.lines)

    @property
    def sound(self) -> bool:
        """Whether every row can be stored."""
        return not self.problem and not self.count("refused")


def written(name: str, rows: "models.QuerySet[Any]") -> Iterator[str]:
    """Yield a sheet of `rows` line by line: CSV with a heading, for any spreadsheet program."""
    sheet = SHEETS[name]
    names = [_ID, _VERSION, *([sheet.owner] if sheet.owner else []), *sheet.columns]
    fields = [_ID, _VERSION, *([f"{sheet.owner}_id"] if sheet.owner else [])]
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for values in (
        names,
        *rows.order_by("pk").values_list(*fields, *sheet.columns.values()).iterator(2000),
    ):
        writer.writerow(
            "" if v is None else guarded(v) if isinstance(v, str) else v for v in values
        )
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def look(name: str, data: bytes, *, actor: User) -> Report:
    """Return what storing a sheet would do; nothing is stored."""
    with transaction.atomic():
        report = _report(name, data, actor)
        transaction.set_rollback(True)
    return report


def store(name: str, data: bytes, *, actor: User, uid: UUID | None = None) -> Report:
    """Store a sheet, all of it, or nothing if any of its rows is refused.

    With a `uid`, which becomes the batch of its edits, the same sheet is not stored twice. New
    names are looked for elsewhere when all is stored; what stops that leaves it to the next run.
    """
    with transaction.atomic():
        batches = (uid, _of_new(uid)) if uid else ()
        if Change.objects.filter(batch__in=batches).exists():
            return Report(problem="This sheet was stored already")
        report = _report(name, data, actor, uid)
        if not report.sound:
            transaction.set_rollback(True)
            return report
    _match(report)
    return report


def _report(name: str, data: bytes, actor: User, uid: UUID | None = None) -> Report:
    sheet, batch = SHEETS[name], Batch("import sheet", actor, uid or uuid4())
    try:
        rows = list(_rows(sheet, data))
    except (gate.Refused, UnreadableError, csv.Error) as problem:
        return Report(problem=str(problem))
    made = Batch("import new rows", actor, _of_new(batch.uid))
    lines = [_line(sheet, number, row, batch, made) for number, row in rows]
    return Report(lines, batch=batch, made=made)


def _of_new(uid: UUID) -> UUID:
    """Return the batch of a sheet's new rows: apart, so that undo takes back its edits."""
    return uuid5(uid, "new rows")


def _match(report: Report) -> None:
    """Look for the speakers that a sheet named, some at a time."""
    batches = [batch.uid for batch in (report.batch, report.made) if batch]
    rows = Change.objects.filter(batch__in=batches)
    named = set(rows.filter(object_type="speaker").values_list("object_id", flat=True))
    aliases = rows.filter(object_type="alias").values_list("object_id", flat=True)
    named |= set(Alias.objects.filter(pk__in=list(aliases)).values_list("speaker", flat=True))
    pks = sorted(named)
    for start in range(0, len(pks), matching.AT_ONCE):
        matching.match(pks[start : start + matching.AT_ONCE])


def _rows(sheet: Sheet, data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a CSV file with their lines; empty ones are left out.

    Raises:
        Refused: for columns that the sheet does not have, too many rows, or no heading.
    """
    text = read(data, "sheet.txt").text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    heading = [cell.strip().lower() for cell in next(lines, [])]
    known = {_ID, _VERSION, sheet.owner, *sheet.columns} - {""}
    if unknown := [cell for cell in heading if cell not in known]:
        raise gate.Refused(
            f"line 1: no column {unknown[0][:40]!r}; known: {', '.join(sorted(known))}"
        )
    if len(set(heading)) < len(heading) or not set(heading) & sheet.columns.keys():
        raise gate.Refused("line 1: the heading names a column twice, or none that can be changed")
    for count, cells in enumerate(lines, start=1):
        if count > MOST_ROWS:
            raise gate.Refused(f"More than {MOST_ROWS:,} rows; split the sheet.")
        if any(cell.strip() for cell in cells):
            if len(cells) != len(heading):
                raise gate.Refused(f"line {lines.line_num}: {len(cells)} cells, not {len(heading)}")
            values = map(unguarded, cells)
            yield lines.line_num, dict(zip(heading, values, strict=True))


def _line(sheet: Sheet, number: int, row: Mapping[str, str], edits: Batch, made: Batch) -> Line:
    """Store one row, or say why not."""
    name = row.get(next(iter(sheet.columns)), "")[:200]
    try:
        with transaction.atomic():
            if row.get(_ID, "").strip():
                return _edit(sheet, number, row, edits)
            return _create(sheet, number, row, made)
    except Stale as problem:
        stored = "; ".join(f"{key}: {now} is stored" for key, (_, now) in problem.fields.items())
        told = f"It was changed since the sheet was made. {stored}".rstrip()
        return Line(number, "refused", name, problem=told)
    except gate.Refused as problem:
        return Line(number, "refused", name, problem=str(problem))


def _edit(sheet: Sheet, number: int, row: Mapping[str, str], batch: Batch) -> Line:
    stored = sheet.model._default_manager.filter(pk=_number(_ID, row[_ID])).first()
    if stored is None:
        raise gate.Refused(f"id: there is no {sheet.model._meta.verbose_name} {row[_ID]}")
    if sheet.owner in row and row[sheet.owner] != str(getattr(stored, f"{sheet.owner}_id")):
        raise gate.Refused(f"{sheet.owner}: it stays with {getattr(stored, f'{sheet.owner}_id')}")
    version, fields = _number(_VERSION, row.get(_VERSION, "")), _fields(sheet, row)
    before = {name: getattr(stored, name) for name in fields}
    records.edit(stored, fields, version=version, **_how(batch))
    stored.refresh_from_db()
    differences = [
        (name, str(before[key] or ""), str(getattr(stored, key) or ""))
        for name, key in sheet.columns.items()
        if key in fields and before[key] != getattr(stored, key)
    ]
    return Line(number, "changed" if differences else "same", str(stored), differences)


def _create(sheet: Sheet, number: int, row: Mapping[str, str], batch: Batch) -> Line:
    fields = _fields(sheet, row)
    for name in sheet.columns.values():  # an empty cell of a new row means: as if not given
        if fields.get(name) == "" and sheet.model._meta.get_field(name).has_default():
            del fields[name]
    if sheet.owner:
        owner = sheet.model._meta.get_field(sheet.owner).related_model
        pk = _number(sheet.owner, row.get(sheet.owner, ""))
        fields[sheet.owner] = owner._default_manager.filter(pk=pk).first()
        if fields[sheet.owner] is None:
            raise gate.Refused(f"{sheet.owner}: there is none with id {pk}")
    made = sheet.model(**fields)
    records.create(made, **_how(batch))
    shown = [(name, "", str(getattr(made, key) or "")) for name, key in sheet.columns.items()]
    return Line(number, "new", str(made), [one for one in shown if one[2]])


def _how(batch: Batch) -> dict[str, Any]:
    """Return how each row is stored: matching row by row would take most of the time."""
    return {"actor": batch.actor, "batch": batch, "match": False}


def _fields(sheet: Sheet, row: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields that the sheet has columns for, with their values."""
    given = {key: row[name] for name, key in sheet.columns.items() if name in row}
    if "parent_id" in given:
        text = given["parent_id"].strip()
        parent = _number("parent", text) if text else None
        if parent is not None and not sheet.model._default_manager.filter(pk=parent).exists():
            raise gate.Refused(f"parent: there is none with id {parent}")
        return given | {"parent_id": parent}
    return given


def _number(name: str, text: str) -> int:
    digits = text.strip()
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 18:
        raise gate.Refused(f"{name}: {text[:40]!r} is not a number")
    return int(digits)
