"""Restoring a backup: refused, or whole.

Files come first: they only join those that are there, under names that are their digests, and mean
nothing until rows speak of them. Then the database changes in one transaction. Whatever ends the
process before that, a kill or a power cut, leaves the installation as it was.
"""

import hashlib
import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZipFile

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from claims import __version__, statistics
from claims.backup import postgresql, sqlite, state
from claims.backup.archive import contents, opened
from claims.backup.manifest import Manifest

_FILES: Final = "files/"


class NotRestored(Exception):
    """An archive is in order, but this installation is not one to restore it to."""


def restore(path: Path, *, replace: bool = False) -> Manifest:
    """Let this installation become what the archive holds, and migrate it to this release.

    With `replace`, whatever the database holds is gone; files that the archive does not have stay
    in the storage.

    Raises:
        BadArchive: if the archive is damaged, cut, or none of ours.
        NotRestored: if it is of another kind of database or of a newer release, if the database
            is not empty, or if a file in the storage has other bytes under the same name.
        OSError: if it cannot be read, or the disk refuses.
    """
    storage = Path(settings.MEDIA_ROOT)
    storage.mkdir(parents=True, exist_ok=True)
    with opened(path) as (whole, manifest):
        _refuse_misfits(manifest, replace=replace)
        _refuse_other_files(manifest, storage)
        with (
            TemporaryDirectory(prefix=".restore-", dir=storage) as scratch,
            ExitStack() as undo,
        ):
            for name in _missing(manifest, storage):
                added = _add(whole, manifest, name, storage, Path(scratch))
                undo.callback(added.unlink, missing_ok=True)
            if connection.vendor == "postgresql":
                postgresql.put(whole, manifest)
            else:
                sqlite.put(whole, manifest, Path(scratch))
            undo.pop_all()
    call_command("migrate", verbosity=0, interactive=False)
    statistics.refresh()
    return manifest


def _refuse_misfits(manifest: Manifest, *, replace: bool) -> None:
    if manifest.engine != connection.vendor:
        raise NotRestored(
            f"It is a backup of {manifest.engine}, and DATABASE_URL names {connection.vendor}."
        )
    if unknown := sorted(set(manifest.migrations) - state.known_migrations()):
        raise NotRestored(
            f"Release {manifest.release} made it, which has {unknown[0]} and this one, "
            f"{__version__}, has not. Install that release or a later one first."
        )
    if not replace and not state.is_empty():
        raise NotRestored("The database is not empty. With --replace all that it holds is lost.")
    needed = sum(member.size for member in manifest.members.values())
    if needed > (free := shutil.disk_usage(settings.MEDIA_ROOT).free):
        raise NotRestored(f"It takes {needed:,} bytes, and {free:,} are free on the disk.")


def _refuse_other_files(manifest: Manifest, storage: Path) -> None:
    """Never put back words that were removed from a file after the backup was made."""
    for name, member in manifest.members.items():
        path = storage / name.removeprefix(_FILES)
        if not name.startswith(_FILES) or not path.exists():
            continue
        if hashlib.sha256(path.read_bytes()).hexdigest() != member.sha256:
            raise NotRestored(
                f"{path} holds other bytes than the backup's. If words were removed from it since, "
                "the backup would bring them back; else move the file away."
            )


def _missing(manifest: Manifest, storage: Path) -> list[str]:
    files = [name for name in manifest.members if name.startswith(_FILES)]
    return [name for name in files if not (storage / name.removeprefix(_FILES)).exists()]


def _add(whole: ZipFile, manifest: Manifest, name: str, storage: Path, scratch: Path) -> Path:
    """Unpack a file under a name of no meaning; when it is whole, give it its own."""
    part, path = scratch / "file", storage / name.removeprefix(_FILES)
    with part.open("wb") as file:
        file.writelines(contents(whole, manifest, name))
        file.flush()
        os.fsync(file.fileno())
    path.parent.mkdir(parents=True, exist_ok=True)
    return part.replace(path)
