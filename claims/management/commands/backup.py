"""manage.py backup: one archive of the database and its files, made while others write."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from claims import backup
from claims.management.resumable import ResumableCommand, plural


class Command(ResumableCommand):
    """Prints the archive's name; exit code 1 if a file of the storage is missing or damaged."""

    help = (
        "Write the database and the bytes of every file into one archive, as one moment saw them, "
        "and read it back. Others may go on working."
    )
    resume = "No backup was made."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where it is written, named by the moment")
        parser.add_argument(
            "--keep", type=int, metavar="N", help="then remove all but the last N of the folder"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if (number := options["keep"]) is not None and number < 1:
            raise CommandError("--keep: give 1 or more. No backup was made.")
        try:
            made = backup.make(options["folder"])
        except backup.BadArchive as error:
            raise CommandError(f"{error} No backup was made.") from error
        rows, members = sum(made.manifest.counts.values()), made.manifest.members
        files = sum(name.startswith("files/") for name in members)
        self.stdout.write(
            f"{made.path}: {plural(rows, 'row')}, {plural(files, 'file')}, "
            f"{plural(made.path.stat().st_size, 'byte')}. It reads back whole."
        )
        if made.problems:
            for problem in made.problems:
                self.stderr.write(problem)
            raise CommandError("The backup is written, but files of the storage are not in order.")
        if number:
            removed = backup.keep_last(options["folder"], number)
            self.stdout.write(f"{plural(len(removed), 'older backup')} removed.")
