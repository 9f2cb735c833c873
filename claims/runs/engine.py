"""The engine over stored articles: one after another, stoppable at any moment, resumable."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from claims.models import Article, Run
from claims.models.article import ArticleQuerySet
from claims.runs.apply import apply
from claims.runs.proposals import Counts
from claims.runs.readings import finish, match_speakers, read_article, start_run


@dataclass(frozen=True, slots=True)
class Progress:
    """One article done: what it changed, or the error for which it was left as it was."""

    article: Article
    counts: Counts
    error: str = ""


def run_engine(articles: ArticleQuerySet, run: Run | None = None) -> Iterator[Progress]:
    """Read articles and store what was found, each as a whole; yield after each commit.

    An article whose reading cannot be stored is noted in the run's errors, and the run goes on.
    When all articles are done, the new speakers are matched and the run ends; stopped before,
    it stays open to be resumed.
    """
    run = run or start_run()
    for pk in list(articles.readable().order_by("pk").values_list("pk", flat=True)):
        article = Article.objects.select_related("outlet").get(pk=pk)
        try:
            yield Progress(article, apply(read_article(run, article)))
        except ValueError as error:  # FindingsError and gate.Refused among them
            _note(run, article, str(error))
            yield Progress(article, Counts(), str(error))
    match_speakers(run)
    finish(run)


@transaction.atomic
def _note(run: Run, article: Article, message: str) -> None:
    row = Run.objects.select_for_update().get(pk=run.pk)
    others = [error for error in row.errors if error["article"] != article.pk]
    row.errors = [*others, {"article": article.pk, "uid": article.uid, "message": message}]
    row.save(update_fields=["errors"])
