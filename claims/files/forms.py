"""The forms a list can be had in, by the part behind the dot of its address."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from typing import Final

from claims import export
from claims.export import Column
from claims.files import formats, parquet
from claims.files.reading import Rows

MEDIA_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}


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
