"""manage.py drop_run: removes what a run has staged."""

from claims import runs
from claims.management.of_run import RunCommand
from claims.management.resumable import plural
from claims.models import Run


class Command(RunCommand):
    """Removes the readings of a staged run; the run itself stays and says so."""

    help = "Remove what a run has staged (see extract_claims --stage); no claim is touched."

    def decide(self, run: Run) -> None:
        """Drop the run."""
        removed = runs.drop_run(run)
        self.stdout.write(f"{run}: {plural(removed, 'reading')} removed.")
