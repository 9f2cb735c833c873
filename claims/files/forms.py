"""The forms a list can be had in, by the part behind the dot of its address."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from typing import Final

from claims import export
from claims.export import Column
from claims.files import flat, formats, objects, parquet
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
    by_database = form == "jsonl" and objects.written()
    asked = objects.objects if by_database else flat.flat
    found: Iterable[Rows] = batches(asked(claims, reader))
    if counted is not None:
        found = counted(found)
    if by_database:
        return objects.json_lines(found, left_out=left_out)
    return lines(form, export.COLUMNS, found, left_out)


def lines(
    form: str, columns: Sequence[Column], found: Iterable[Rows], left_out: Mapping[str, int]
) -> Generator[bytes, None, None]:
    """Yield a file of one of the forms in pieces; where it can be said, with what was left out."""
    if form == "csv":
        return formats.csv_lines(columns, found)
    if form == "jsonl":
        return formats.json_lines(columns, found, left_out=left_out)
    about = {"left_out": formats.as_json(left_out), "label": export.ACCEPTED_LABEL}
    return parquet.parquet(columns, found, about)
