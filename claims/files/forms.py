"""The forms a list can be had in, by the part behind the dot of its address."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from typing import Final

from django.db.models import QuerySet

from claims import export
from claims.export import Column
from claims.files import flat, formats, joined, objects, parquet
from claims.files.reading import Rows, batches
from claims.filters.readers import Reader
from claims.models.claim import ClaimQuerySet

MEDIA_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}


def of_claims(
    form: str,
    claims: ClaimQuerySet,
    reader: Reader,
    left_out: Mapping[str, int],
    counted: Callable[[Iterable[Rows]], Iterable[Rows]] | None = None,
) -> Generator[bytes, None, None]:
    """Yield a file of claims as `lines` does; call it inside `snapshot`.

    `counted` is given the rows, many at a time, and hands them on.
    """

    def read(asked: Callable[[ClaimQuerySet, Reader], QuerySet]) -> Iterable[Rows]:
        found = batches(asked(claims, reader))
        return found if counted is None else counted(found)

    if form == "parquet":
        tables = joined.tables_of(read(joined.claims_read), reader)
        return parquet.write(export.COLUMNS, tables, _about(left_out))
    if form == "jsonl" and objects.written():
        return objects.json_lines(read(objects.objects), left_out=left_out)
    return lines(form, export.COLUMNS, read(flat.flat), left_out)


def lines(
    form: str, columns: Sequence[Column], found: Iterable[Rows], left_out: Mapping[str, int]
) -> Generator[bytes, None, None]:
    """Yield a file of one of the forms in pieces; where it can be said, with what was left out."""
    if form == "csv":
        return formats.csv_lines(columns, found)
    if form == "jsonl":
        return formats.json_lines(columns, found, left_out=left_out)
    return parquet.parquet(columns, found, _about(left_out))


def _about(left_out: Mapping[str, int]) -> dict[str, str]:
    return {"left_out": formats.as_json(left_out), "label": export.ACCEPTED_LABEL}
