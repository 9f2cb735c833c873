"""manage.py apply_run: turns what a run has staged into claims."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from claims import runs
from claims.management.resumable import ResumableCommand, plural, told
from claims.models import Run


class Command(ResumableCommand):
    """Applies a staged run article by article; no ruling of a person is overwritten."""

    help = "Apply what a run has staged (see extract_claims --stage), article by article."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", type=int, metavar="RUN", help="the run's number")

    def handle(self, *args: Any, **options: Any) -> None:
        run = Run.objects.filter(pk=options["run"]).first()
        if run is None:
            raise CommandError(f"There is no run {options['run']}. Nothing was changed.")
        done, failed, counts = 0, 0, runs.Counts()
        total = run.readings.staged().count()
        try:
            for step in self.bar(runs.apply_run(run), total=total, unit="article"):
                done += 1
                counts += step.counts
                if step.error:
                    failed += 1
                    self.problem(f"Article {step.article.pk} ({step.article}): {step.error}")
        except runs.WrongState as problem:
            raise CommandError(f"{problem} Nothing was changed.") from problem
        self.stdout.write(f"{run}: {plural(done, 'article')} applied. {told(counts)}")
        if failed:
            raise CommandError(f"{plural(failed, 'article')} could not be applied.")
