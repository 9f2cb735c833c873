"""SQLite: a copy of the whole file, made by SQLite itself in one transaction each way.

`VACUUM INTO` reads as of one moment, holds up no writer, and leaves free pages behind, and with
them what was removed for legal reasons. Restoring writes the pages into the file that is there, as
one transaction: renaming a file would leave the old one's log beside the new one's pages, and other
processes with the old one open.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from django.db import connection

from claims.backup import state
from claims.backup.archive import CHUNK, BadArchive, Pieces, contents
from claims.backup.manifest import DATABASE, Manifest
from claims.backup.state import Snapshot


@contextmanager
def taken(scratch: Path) -> Iterator[Snapshot]:
    """Copy the database as it is at this moment into a folder, and read the copy."""
    copy = scratch / DATABASE
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    question = partial(_ask, copy)
    manifest = state.manifest_of(question)
    yield Snapshot(manifest, [(DATABASE, _pieces(copy))], state.files(question))


def put(whole: ZipFile, manifest: Manifest, scratch: Path) -> None:
    """Let the database become the archive's, in one transaction.

    Other processes that have it open wait, and then see the new rows.

    Raises:
        BadArchive: if it is not what the manifest says.
    """
    copy = scratch / DATABASE
    with copy.open("wb") as file:
        file.writelines(contents(whole, manifest, DATABASE))
    question = partial(_ask, copy)
    try:
        kept = state.counts(question, manifest.counts), state.migrations(question)
    except sqlite3.DatabaseError as error:
        raise BadArchive(f"its database cannot be read: {error}") from error
    if kept != (manifest.counts, manifest.migrations):
        raise BadArchive("its database is not the one that its manifest describes")
    connection.ensure_connection()
    with _opened(copy) as source:
        source.backup(connection.connection)


def _ask(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with _opened(path) as file:
        return file.execute(sql).fetchall()


def _opened(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True))


def _pieces(path: Path) -> Pieces:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece
