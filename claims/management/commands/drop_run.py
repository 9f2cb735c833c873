"""manage.py drop_run: removes what a run has staged."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from claims import runs
from claims.management.resumable import ResumableCommand, plural
from claims.models import Run


class Command(ResumableCommand):
    """Removes the readings of a staged run; the run itself stays and says so."""

    help = "Remove what a run has staged (see extract_claims --stage); no claim is touched."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", type=int, metavar="RUN", help="the run's number")

    def handle(self, *args: Any, **options: Any) -> None:
        run = Run.objects.filter(pk=options["run"]).first()
        if run is None:
            raise CommandError(f"There is no run {options['run']}. Nothing was changed.")
        try:
            removed = runs.drop_run(run)
        except runs.WrongState as problem:
            raise CommandError(f"{problem} Nothing was changed.") from problem
        self.stdout.write(f"{run}: {plural(removed, 'reading')} removed.")
