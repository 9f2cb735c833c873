"""Commands that may be stopped at any moment, show how far they are, and fail in plain words."""

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from tqdm import tqdm

from claims.runs import Counts

INTERRUPTED = 130
"""The exit code of a process that Ctrl-C ended."""

T = TypeVar("T")

_NO_TABLE = re.compile('no such table|relation "[a-z_]+" does not exist')


class ResumableCommand(BaseCommand):
    """A command whose work is stored piece by piece.

    Ctrl-C ends it with exit code 130; what a disk or a database refuses ends it with one line.
    """

    resume = "All that was reported is stored. Start the command again to go on where it stood."

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command.

        Raises:
            CommandError: for Ctrl-C (with its exit code), disk and database errors.
        """
        try:
            return super().execute(*args, **options)
        except KeyboardInterrupt:
            raise CommandError(f"\nStopped. {self.resume}", returncode=INTERRUPTED) from None
        except (OSError, DatabaseError) as error:
            told = str(error).partition("\n")[0]
            first = " Run manage.py migrate first." if _NO_TABLE.search(told) else ""
            raise CommandError(f"{type(error).__name__}: {told}.{first} {self.resume}") from error

    def bar(self, steps: Iterable[T], *, total: int | None, unit: str) -> Iterator[T]:
        """Yield `steps`, with a progress bar on a terminal and none elsewhere."""
        yield from tqdm(steps, total=total, unit=unit, disable=None, file=sys.stderr, leave=False)

    def problem(self, line: str) -> None:
        """Write one line about something that was left out."""
        with tqdm.external_write_mode(file=sys.stderr):
            self.stderr.write(line)


def plural(number: int, noun: str) -> str:
    """Return "1 article" or "1,200 articles"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def told(counts: Counts) -> str:
    """Return what readings did to claims, in one sentence."""
    return (
        f"Claims: {counts.new} new, {counts.same} same, {counts.changed} changed, "
        f"{counts.gone} gone, {counts.orphaned} orphaned, {counts.to_confirm} to confirm."
    )


def write_whole(lines: Iterable[bytes], target: Path) -> str:
    """Write a file under a temporary name beside `target`, rename it when it is whole.

    Returns its SHA-256.

    Raises:
        CommandError: if the disk refuses; nothing was written then.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    digest = hashlib.sha256()
    try:
        with part.open("wb") as file:
            for piece in lines:
                file.write(piece)
                digest.update(piece)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise CommandError(f"{target}: {error.strerror}. Nothing was written.") from error
    finally:
        part.unlink(missing_ok=True)
    return digest.hexdigest()


def write_folder(files: Iterable[tuple[str, Iterable[bytes]]], target: Path) -> None:
    """Write a folder of files under a temporary name beside `target`, rename it when it is whole.

    Raises:
        CommandError: if the folder is there already, or the disk refuses.
    """
    if target.exists():
        raise CommandError(f"{target}: is there already. Nothing was written.")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.mkdir()
        for name, pieces in files:
            write_whole(pieces, part / name)
        part.rename(target)
    except OSError as error:
        raise CommandError(f"{target}: {error.strerror}. Nothing was written.") from error
    finally:
        rmtree(part, ignore_errors=True)
