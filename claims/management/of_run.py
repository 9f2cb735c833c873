"""Commands about one run, which is named by its number."""

from abc import abstractmethod
from typing import Any

from django.core.management.base import CommandError, CommandParser

from claims import runs
from claims.management.resumable import ResumableCommand
from claims.models import Run


class RunCommand(ResumableCommand):
    """A command that decides what becomes of a run."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", type=int, metavar="RUN", help="the run's number")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find the run and decide.

        Raises:
            CommandError: if there is no such run, or its state does not allow it.
        """
        run = Run.objects.filter(pk=options["run"]).first()
        if run is None:
            raise CommandError(f"There is no run {options['run']}. Nothing was changed.")
        try:
            self.decide(run)
        except runs.WrongState as problem:
            raise CommandError(f"{problem} Nothing was changed.") from problem

    @abstractmethod
    def decide(self, run: Run) -> None:
        """Do with the run what the command is for; `runs.WrongState` says that it cannot be."""
