"""manage.py extract_claims: reads stored articles and files what it finds as proposals."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from claims.management.resumable import ResumableCommand, plural, told
from claims.models import Article
from claims.runs import Counts, run_engine, start_run, to_read
from corpus.tagging import TIERS, best_tier


class Command(ResumableCommand):
    """Reads articles that this version of the engine has not read, or those that are named."""

    help = "Find figures, dates and voices in stored articles and file them as proposals."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "articles", nargs="*", type=int, metavar="ID", help="only these articles"
        )
        parser.add_argument(
            "--again", action="store_true", help="read articles that this version has read too"
        )
        parser.add_argument(
            "--stage",
            action="store_true",
            help="apply nothing: the readings wait for apply_run or drop_run, and the counts say "
            "what applying them would do",
        )
        parser.add_argument(
            "--tier", choices=TIERS,
            help="reader of voices: main, the best (the default, if onnxruntime is installed), or "
            "light, for bulk; main reads again what only light has read, never the other way",
        )  # fmt: skip
        parser.add_argument(
            "--figures-only", action="store_true",
            help="read voices only in paragraphs that a figure needs; a run without this reads "
            "these articles again",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        articles = Article.objects.all()
        if wanted := set(options["articles"]):
            articles = articles.filter(pk__in=wanted)
            if missing := wanted - set(articles.values_list("pk", flat=True)):
                named = ", ".join(map(str, sorted(missing)))
                raise CommandError(f"No article with id {named}. Nothing was changed.")
        tier = options["tier"]
        if tier and best_tier(tier) != tier:
            self.problem("onnxruntime is not installed: the light tier reads")
        run = start_run(tier, figures_only=options["figures_only"], staging=options["stage"])
        articles = to_read(run, articles, again=options["again"])
        done, failed, counts = 0, 0, Counts()
        total = articles.count()
        for step in self.bar(run_engine(articles, run), total=total, unit="article"):
            done += 1
            counts += step.counts
            if step.error:
                failed += 1
                self.problem(f"Article {step.article.pk} ({step.article}): {step.error}")
        self.stdout.write(
            f"Engine {run.engine}, {run.tier} tier: {plural(done, 'article')} read. {told(counts)}"
        )
        if run.staging:
            self.stdout.write(f"Nothing is applied. Now: apply_run {run.pk}, or drop_run {run.pk}.")
        if not done:
            self.stdout.write("Nothing to read: use --again to read articles once more.")
        run.refresh_from_db(fields=["counts"])
        if fallbacks := run.counts.get("fallbacks"):
            self.stdout.write(
                f"Read with less care: {plural(fallbacks, 'passage')}; the run's page in the admin "
                "says where and why."
            )
        if failed:
            raise CommandError(f"{plural(failed, 'article')} could not be read; left unchanged.")
