"""The engine over stored articles: one after another, stoppable at any moment, resumable."""

from collections.abc import Iterator
from functools import partial

from claims.models import Article, Run
from claims.models.article import ArticleQuerySet
from claims.runs.apply import take
from claims.runs.proposals import Counts, Progress
from claims.runs.readings import attempt, finish, match_speakers, read_article, start_run
from claims.runs.staged import weigh


def run_engine(articles: ArticleQuerySet, run: Run | None = None) -> Iterator[Progress]:
    """Read articles and store what was found, each as a whole; yield after each commit.

    An article that cannot be read, or its reading stored, is noted in the run's errors, and the
    run goes on.
    When all articles are done, the new speakers are matched and the run ends; stopped before,
    it stays open to be resumed. The readings of a run that stages are stored and counted only.
    """
    run = run or start_run()
    for pk in list(articles.readable().order_by("pk").values_list("pk", flat=True)):
        article = Article.objects.select_related("outlet").get(pk=pk)
        yield attempt(run, article, partial(_read, run, article))
    if run.staging:
        yield from weigh(run, again=False)
    else:
        match_speakers(run)
    finish(run)


def _read(run: Run, article: Article) -> Counts:
    return take(read_article(run, article))
