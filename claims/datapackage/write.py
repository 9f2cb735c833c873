"""A package written file by file, all from one state of the database."""

import hashlib
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime

from claims import feed
from claims.datapackage import describe
from claims.datapackage.describe import Written
from claims.datapackage.rows import rows_of
from claims.datapackage.scope import Scope
from claims.datapackage.tables import TABLES, Table
from claims.files.formats import csv_lines
from claims.files.pipe import Pipe
from claims.files.reading import Rows, snapshot

Files = Generator[tuple[str, Generator[bytes, None, None]], None, None]


def files(scope_of: Callable[[], Scope], *, created: str = "") -> Files:
    """Yield the name and the pieces of each file; the descriptor, which has their digests, last.

    Take all pieces of a file before asking for the next one. `scope_of` is called when the state
    of the database that is written stands.
    """
    created = created or datetime.now(UTC).isoformat(timespec="seconds")
    written: dict[str, Written] = {}
    with snapshot():
        scope = scope_of()
        sequence = feed.as_of(scope.reader)
        yield describe.README, _whole(describe.readme(scope, created, sequence))
        yield describe.CODE_BOOK, _whole(describe.code_book())
        for table in TABLES:
            yield table.path, _written(table, rows_of(table.name, scope), written)
        yield describe.DESCRIPTOR, _whole(describe.descriptor(scope, created, sequence, written))


def zipped(found: Files) -> Iterator[bytes]:
    """Yield a zip file in pieces; its table of contents comes last, so a cut one cannot be read."""
    pipe = Pipe()
    with closing(found), zipfile.ZipFile(pipe, "w") as archive:
        for name, pieces in found:
            with closing(pieces), archive.open(_entry(name), "w", force_zip64=True) as file:
                for piece in pieces:
                    file.write(piece)
                    yield pipe.drained()
    yield pipe.drained()


def _whole(data: bytes) -> Generator[bytes, None, None]:
    yield data


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)  # of 1980: the descriptor says when it was made
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _written(
    table: Table, found: Iterable[Rows], done: dict[str, Written]
) -> Generator[bytes, None, None]:
    """Yield the file of a table, and note what it came to when it is at its end."""
    digest, size, number = hashlib.sha256(), 0, [0]
    for piece in csv_lines(table.columns, _counted(found, number)):
        digest.update(piece)
        size += len(piece)
        yield piece
    done[table.name] = Written(number[0], size, digest.hexdigest())


def _counted(found: Iterable[Rows], number: list[int]) -> Iterator[Rows]:
    for rows in found:
        number[0] += len(rows)
        yield rows
