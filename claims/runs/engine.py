"""The engine over stored articles: one after another, stoppable at any moment, resumable."""

from collections.abc import Iterator

from claims.models import Article, Run
from claims.models.article import ArticleQuerySet
from claims.runs.apply import take
from claims.runs.proposals import Counts, Progress
from claims.runs.readings import finish, match_speakers, note, read_article, start_run
from claims.runs.staged import weigh


def run_engine(articles: ArticleQuerySet, run: Run | None = None) -> Iterator[Progress]:
    """Read articles and store what was found, each as a whole; yield after each commit.

    An article whose reading cannot be stored is noted in the run's errors, and the run goes on.
    When all articles are done, the new speakers are matched and the run ends; stopped before,
    it stays open to be resumed. The readings of a run that stages are stored and counted only.
    """
    run = run or start_run()
    failed = {error["article"] for error in run.errors}
    for pk in list(articles.readable().order_by("pk").values_list("pk", flat=True)):
        article = Article.objects.select_related("outlet").get(pk=pk)
        try:
            counts = take(read_article(run, article))
        except ValueError as error:  # FindingsError and gate.Refused among them
            note(run, article, str(error))
            yield Progress(article, Counts(), str(error))
        else:
            if pk in failed:
                note(run, article, "")
            yield Progress(article, counts)
    if run.staging:
        yield from weigh(run, again=False)
    else:
        match_speakers(run)
    finish(run)
