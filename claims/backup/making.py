"""Making a backup, and keeping so many of them."""

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.db import connection

from claims.backup import postgresql, sqlite
from claims.backup.archive import Pieces, write
from claims.backup.manifest import Manifest
from claims.backup.state import Snapshot, Stored
from claims.redaction.files import bytes_left

_PATTERN: Final = "on-record-[0-9]*.zip"
_SCRATCH: Final = ".backup-"
_STALE: Final = 24 * 3600
"""Seconds after which what a killed backup left belongs to nobody."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that stands on the disk; `problems` are the files that are not as they should be."""

    path: Path
    manifest: Manifest
    problems: tuple[str, ...]


def make(folder: Path) -> Made:
    """Write a backup into a folder, named by the moment; others may go on writing.

    A file of the storage that is missing or damaged is named, and the rest is kept all the same.

    Raises:
        OSError: if the disk refuses; no file stands there then.
        BadArchive: if the disk gives back other bytes than it was given.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _clear(folder)
    problems: list[str] = []
    with (
        TemporaryDirectory(prefix=_SCRATCH, dir=folder) as scratch,
        _taken(Path(scratch)) as snapshot,
    ):
        moment = datetime.fromisoformat(snapshot.manifest.made)
        target = folder / f"on-record-{moment:%Y%m%d-%H%M%S}.zip"
        part = Path(scratch, target.name)
        manifest = write(part, _members(snapshot, problems), snapshot.manifest)
        os.link(part, target)  # unlike a renaming, it never takes another file's place
        _settle(folder)
    return Made(target, manifest, tuple(problems))


def keep_last(folder: Path, number: int) -> list[Path]:
    """Remove all but the last so many backups of a folder; return what was removed."""
    old = sorted(folder.glob(_PATTERN))[:-number]
    for path in old:
        path.unlink()
    return old


def _clear(folder: Path) -> None:
    for left in folder.glob(f"{_SCRATCH}*"):
        if left.stat().st_mtime < time.time() - _STALE:
            shutil.rmtree(left, ignore_errors=True)


def _settle(folder: Path) -> None:
    """Let the name of a new file outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _taken(scratch: Path) -> AbstractContextManager[Snapshot]:
    return postgresql.taken() if connection.vendor == "postgresql" else sqlite.taken(scratch)


def _members(snapshot: Snapshot, problems: list[str]) -> Iterator[tuple[str, Pieces]]:
    yield from snapshot.members
    for file in snapshot.files:
        try:
            data = bytes_left(file.name, file.removed)
        except OSError as error:
            problems.append(f"{file.name}: {error.strerror}")
            continue
        if hashlib.sha256(data).hexdigest() != file.digest:
            problems.append(_differs(file))
        yield f"files/{file.name}", [data]


def _differs(file: Stored) -> str:
    return (
        f"{file.name}: its bytes do not have the digest {file.digest}. If words were removed from "
        "it while the backup was made, make another"
    )
