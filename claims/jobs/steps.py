"""What each kind of job does, step by step: every step is committed, every job repeatable.

The functions under the steps are those of the commands. A job begun again asks the tables what is
left: texts that are stored are known, articles that are read are read.
"""

from collections.abc import Iterator, Sequence

from claims import runs, statistics
from claims.ingest import Options, importing
from claims.models import Article, Job, Run, SourceFile
from claims.models.article import ArticleQuerySet
from claims.redaction.files import bytes_left


class Failed(ValueError):
    """The job cannot go on; the text says why and what is stored."""


def steps(job: Job) -> Iterator[None]:
    """Do the work of a job; yield after each commit, with `job.done` and `job.total` set.

    Raises:
        Failed, OSError, DatabaseError: if it cannot go on.
    """
    match job.kind:
        case Job.Kind.IMPORT:
            yield from _import(job)
        case Job.Kind.READ:
            yield from _read(job, Article.objects.all(), job.options["articles"])
        case Job.Kind.APPLY:
            yield from _counted(job, runs.apply_run(_run(job)), _run(job).readings.staged().count())
        case _:
            job.done = 0
            yield from _counted(job, runs.weigh(_run(job)), _run(job).readings.staged().count())


def _import(job: Job) -> Iterator[None]:
    """Import a file, then find the claims in its articles if that was asked for."""
    asked = job.options
    data = bytes_left(asked["file"], asked.get("redacted_sha256", ""))
    given = {name: asked[name] for name in ("outlet", "visibility", "published")}
    options = Options(**given, actor=job.actor, batch=job.uid)
    work = importing(data, asked["name"], options, asked.get("sha256", ""))
    job.done = 0
    while True:
        try:
            _, job.total = next(work)
        except StopIteration as end:
            report = end.value
            break
        job.done += 1
        yield
    if report.skipped:
        raise Failed(f"Nothing of it was stored: {report.skipped}")
    job.source_file = SourceFile.objects.get(file=asked["file"])
    job.run = job.run or (runs.begin_run() if asked["extract"] else None)
    job.save(update_fields=["source_file", "run"])
    statistics.refresh()
    if job.run:
        texts = job.done
        yield from _read(job, Article.objects.filter(placements__source_file=job.source_file))
        job.done = job.total = texts


def _read(
    job: Job, articles: ArticleQuerySet, wanted: Sequence[int] | None = None
) -> Iterator[None]:
    run = _run(job)
    if wanted is not None:
        articles = articles.filter(pk__in=wanted)
    left = runs.to_read(run, articles.distinct(), again=job.options.get("again", False))
    yield from _counted(job, runs.run_engine(left, run), left.count())


def _counted(job: Job, work: Iterator[runs.Progress], left: int) -> Iterator[None]:
    """Yield for each article; what is left when a job is taken up again says what is done."""
    if job.total is None or job.kind == Job.Kind.IMPORT:
        job.done, job.total = 0, left
    job.done = max(0, job.total - left)
    yield
    for _ in work:
        job.done = min(job.done + 1, job.total)
        yield


def _run(job: Job) -> Run:
    if job.run is None:
        raise Failed("It has no run to work on.")
    return job.run
