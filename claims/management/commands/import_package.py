"""manage.py import_package: takes a data package into an empty database."""

from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError, CommandParser

from claims import statistics
from claims.datapackage.check import Damaged, opened
from claims.datapackage.load import NotEmpty, load
from claims.management.resumable import ResumableCommand, plural


class Command(ResumableCommand):
    """Stores everything or nothing, and says what it stored."""

    help = "Take a data package of export_claims into an empty database, whole or not at all."
    resume = "Nothing was imported."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", metavar="PATH", help="a folder or a zip file")
        parser.add_argument(
            "--as",
            dest="account",
            required=True,
            metavar="NAME",
            help="the account that the rulings in the package are entered for",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        actor = User.objects.filter(username=options["account"]).first()
        if actor is None:
            raise CommandError(f"--as {options['account']}: no such account. {self.resume}")
        try:
            with opened(Path(options["path"])) as package:
                numbers = load(package, actor, self._tell if options["verbosity"] > 1 else _quiet)
        except (Damaged, NotEmpty) as error:
            raise CommandError(f"{error}. {self.resume}") from error
        statistics.refresh()
        for name, number in numbers.items():
            self.stdout.write(f"{name}: {plural(number, 'row')}")

    def _tell(self, step: str) -> None:
        self.stderr.write(step)


def _quiet(step: str) -> None:
    """Say nothing."""
