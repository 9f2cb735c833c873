"""manage.py apply_run: turns what a run has staged into claims."""

from django.core.management.base import CommandError

from claims import runs
from claims.management.of_run import RunCommand
from claims.management.resumable import plural, told
from claims.models import Run


class Command(RunCommand):
    """Applies a staged run article by article; no ruling of a person is overwritten."""

    help = "Apply what a run has staged (see extract_claims --stage), article by article."

    def decide(self, run: Run) -> None:
        """Apply the run."""
        done, failed, counts = 0, 0, runs.Counts()
        total = run.readings.staged().count()
        for step in self.bar(runs.apply_run(run), total=total, unit="article"):
            done += 1
            counts += step.counts
            if step.error:
                failed += 1
                self.problem(f"Article {step.article.pk} ({step.article}): {step.error}")
        self.stdout.write(f"{run}: {plural(done, 'article')} applied. {told(counts)}")
        if failed:
            raise CommandError(f"{plural(failed, 'article')} could not be applied.")
