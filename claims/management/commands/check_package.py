"""manage.py check_package: reads a data package and says whether it is whole and consistent."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from claims.datapackage.check import Damaged, check, opened
from claims.management.resumable import ResumableCommand, plural


class Command(ResumableCommand):
    """Prints what is in the package; exit code 1 if anything is wrong with it."""

    help = (
        "Check a data package: digests, counts, every cell, keys and what leads where. Reads only "
        "the package."
    )
    resume = "Nothing was changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", metavar="PATH", help="a folder or a zip file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with opened(Path(options["path"])) as package:
                numbers = check(package)
                cited = package.about["on_record"].get("citation", "")
        except Damaged as error:
            raise CommandError(f"{error}. The package is not to be trusted.") from error
        for name, number in numbers.items():
            self.stdout.write(f"{name}: {plural(number, 'row')}")
        self.stdout.write(f"Whole and consistent. {cited}")
