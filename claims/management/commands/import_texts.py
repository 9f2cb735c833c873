"""manage.py import_texts: stores articles from text files, JSON Lines files and folders."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from claims import gate, statistics
from claims.ingest import FileReport, Options, find, import_path
from claims.management.resumable import ResumableCommand, plural
from claims.models import Article


class Command(ResumableCommand):
    """Stores what is new, recognises what is known, and says what became of every file."""

    help = (
        "Store articles from text files, JSON Lines files and folders of them. Texts that are "
        "stored already are recognised and left alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="files, folders, or - for standard input"
        )
        parser.add_argument("--outlet", default="", help="who published these texts, if known")
        parser.add_argument(
            "--visibility",
            default=Article.Visibility.DRAFT.value,
            choices=Article.Visibility.values,
            help="of new articles (default: draft)",
        )
        parser.add_argument("--published", default="", help="their date, such as 2031-05-08 (EDTF)")
        parser.add_argument("--url", default="", help="the address, for a file of one article")
        parser.add_argument("--language", default="", help="such as en (BCP 47)")

    def handle(self, *args: Any, **options: Any) -> None:
        given = ("outlet", "visibility", "published", "url", "language")
        try:
            chosen = Options(**{name: options[name] for name in given})
        except gate.Refused as error:
            raise CommandError(f"--{error}. Nothing was imported.") from error
        files = list(find(options["paths"]))
        if not files:
            raise CommandError(f"No file in {', '.join(options['paths'])}. Nothing was imported.")
        reports = []
        for path in self.bar(files, total=len(files), unit="file"):
            report = import_path(path, chosen)
            self._tell(report, options["verbosity"])
            reports.append(report)
        statistics.refresh()
        self._sum_up(reports)

    def _tell(self, report: FileReport, verbosity: int) -> None:
        for one in report.outcomes:
            if one.outcome == "refused":
                line = f", line {one.line}" if one.line else ""
                self.problem(f"{report.name}{line}: {one.message}")
        if report.skipped:
            self.problem(f"{report.name}: {report.skipped}; skipped")
        elif verbosity > 1:
            again = "the same bytes as before: " if report.known else ""
            new, known = report.count("new"), report.count("known")
            self.stdout.write(f"{report.name}: {again}{new} new, {known} already known")

    def _sum_up(self, reports: list[FileReport]) -> None:
        """Say in figures what was done; fail if something was left out."""
        new = sum(report.count("new") for report in reports)
        known = sum(report.count("known") for report in reports)
        files = plural(len(reports), "file")
        self.stdout.write(f"{files}: {plural(new, 'new article')}, {known:,} already known.")
        if new:
            self.stdout.write("Now run: manage.py extract_claims")
        skipped = sum(bool(report.skipped) for report in reports)
        refused = sum(report.count("refused") for report in reports)
        if skipped or refused:
            raise CommandError(
                f"Left out: {plural(skipped, 'file')}, {plural(refused, 'text')}. "
                "All others are stored."
            )
