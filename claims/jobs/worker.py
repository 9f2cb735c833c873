"""Workers: they take jobs by a lease, go on step by step, and may die at any moment.

A job whose worker vanished is free again when its lease is over. Two workers on one job would
harm nothing, as every step is repeatable; the lease only saves the labour.
"""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db import close_old_connections
from django.db.models import F
from django.utils import timezone

from claims import history
from claims.jobs.steps import steps
from claims.models import Job
from claims.models.work import JobQuerySet

LEASE: Final = timedelta(seconds=60)
"""How long a job is held without a step forward; the longest article is read in about that."""
AT_ONCE: Final = 3
"""Jobs that one worker goes on with in turn, so that a small one need not wait for a large one."""
MOST_DEATHS: Final = 3
"""Workers that may vanish one after another at the same step of a job before it is given up."""
_REST: Final = 1.0


Going = dict[int, tuple[Job, Iterator[None]]]
"""The jobs a worker holds, by id, each with what is left to do."""


class Stop:
    """Tells a worker to end after the step it is at."""

    def __init__(self) -> None:
        self.asked = False

    def ask(self, *_: object) -> None:
        """Ask for the end; fit to be a signal's handler."""
        self.asked = True


def work(name: str, stop: Stop, *, lease: timedelta = LEASE, idle: bool = True) -> int:
    """Go on with whatever jobs are open until `stop`; return how many were brought to an end.

    Without `idle` it ends when there is nothing to do.
    """
    going: Going = {}
    ended = 0
    try:
        while not stop.asked:
            _take(name, going, lease)
            if not going and not idle:
                break
            if not going:
                close_old_connections()
                time.sleep(_REST)
            for pk, (job, todo) in list(going.items()):
                if not stop.asked and not _step(job, todo):
                    ended += 1
                    del going[pk]
            _keep(name, going, lease)
    finally:
        _release(name, going)
    return ended


def help_with(job: Job, *, seconds: float) -> None:
    """Go on with one job for some seconds, here and now, unless a worker has it already.

    A browser that waits for a small file then sees what became of it; what is left is a worker's.
    """
    name = f"request {job.pk}"
    if not _lease(job, name, LEASE):
        return
    until = time.monotonic() + seconds
    todo = steps(job)
    going = {job.pk: (job, todo)}
    try:
        while job.pk in going and time.monotonic() < until:
            if not _step(job, todo):
                going.clear()
            _keep(name, going, LEASE)
    finally:
        _release(name, going)
    job.refresh_from_db()


def _take(name: str, going: Going, lease: timedelta) -> None:
    free = Job.objects.free().select_related("run", "actor")
    for job in free.exclude(pk__in=going)[: AT_ONCE - len(going)]:
        if _lease(job, name, lease):
            going[job.pk] = (job, steps(job))


def _lease(job: Job, name: str, lease: timedelta) -> bool:
    """Take a free job; False if somebody else was quicker or it is given up."""
    vanished = job.leased_until is not None
    free = Job.objects.free().filter(pk=job.pk, leased_until=job.leased_until)
    if vanished and job.deaths >= MOST_DEATHS:
        _end(free, Job.State.FAILED, f"{job.deaths + 1} workers died at the same step of it.")
        return False
    until = timezone.now() + lease
    deaths = F("deaths") + 1 if vanished else F("deaths")
    return bool(free.update(worker=name, leased_until=until, deaths=deaths))


def _step(job: Job, todo: Iterator[None]) -> bool:
    """Go one step forward; False if the job is at its end, for good or ill."""
    mine = Job.objects.filter(pk=job.pk, state=Job.State.OPEN)
    way = "import" if job.kind == Job.Kind.IMPORT else "admin"
    try:
        with history.through(way):
            next(todo)
    except StopIteration:
        mine.update(done=job.done, total=job.total)
        _end(mine, Job.State.DONE)
        return False
    except Exception as problem:  # a worker's boundary: no job's fault may end the others' work
        _end(mine, Job.State.FAILED, f"{type(problem).__name__}: {problem}")
        return False
    mine.update(done=job.done, total=job.total, deaths=0)
    return True


def _end(rows: JobQuerySet, state: str, message: str = "") -> None:
    rows.update(state=state, message=message[:500], ended=timezone.now(), leased_until=None)


def _keep(name: str, going: Going, lease: timedelta) -> None:
    """Hold on to jobs; those that were paused, cancelled or lost to another are let go."""
    mine = Job.objects.filter(pk__in=going, worker=name, state=Job.State.OPEN)
    if going:
        mine.update(leased_until=timezone.now() + lease)
    held = set(mine.values_list("pk", flat=True)) if going else set()
    for pk in going.keys() - held:
        del going[pk]


def _release(name: str, going: Going) -> None:
    Job.objects.filter(pk__in=going, worker=name).update(leased_until=None)
    going.clear()
