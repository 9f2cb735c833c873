"""manage.py restore: puts a backup in the place of what is there, whole or not at all."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser

from claims import backup
from claims.management.resumable import ResumableCommand, plural


class Command(ResumableCommand):
    """Ends with `verify`; exit code 1 if anything was refused or is not in order."""

    help = (
        "Restore a backup to an empty installation, or with --replace in the place of what is "
        "there; then migrate it to this release and verify it. A kill leaves what was."
    )
    resume = "Nothing was restored."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="an archive that `backup` wrote")
        parser.add_argument(
            "--replace", action="store_true", help="also where the database is not empty"
        )
        parser.add_argument(
            "--check", action="store_true", help="only read the archive, and say what it is"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                found = backup.check(options["file"])
            else:
                found = backup.restore(options["file"], replace=options["replace"])
        except backup.BadArchive as error:
            raise CommandError(f"{error} Nothing was restored.") from error
        except backup.NotRestored as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        rows = plural(sum(found.counts.values()), "row")
        made = f"made {found.made} by release {found.release} on {found.engine}, {rows}"
        if options["check"]:
            self.stdout.write(f"{options['file']} is whole: {made}.")
            return
        self.stdout.write(f"Restored: {made}. Now everything is verified.")
        call_command("verify", stdout=self.stdout, stderr=self.stderr)
