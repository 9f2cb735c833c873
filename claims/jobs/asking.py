"""Asking for background work, and saying that it shall rest, end or go on."""

import hashlib
from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims import runs
from claims.history import Batch, record
from claims.ingest import keep
from claims.models import Job, Run


class NotNow(ValueError):
    """The job, or its run, is not in a state that allows it; nothing was changed."""


def to_import(
    data: bytes, name: str, given: Mapping[str, str], *, extract: bool, actor: User
) -> Job:
    """Ask for the import of a file; its bytes are kept at once.

    `given` holds outlet, visibility and published, as `claims.ingest.Options` checked them.

    Raises:
        OSError: if the bytes cannot be kept.
    """
    digest = hashlib.sha256(data).hexdigest()
    options = {**given, "sha256": digest, "name": name, "extract": extract}
    options["file"] = keep(data, digest)
    return _ask(Job.Kind.IMPORT, actor, options=options)


@transaction.atomic
def to_read(
    *, actor: User, staging: bool, everything: bool = False, articles: Collection[int] | None = None
) -> Job:
    """Ask for a run over stored articles: those not read by this engine, or `everything`."""
    run = runs.begin_run(staging=staging)
    options = {"articles": sorted(articles) if articles is not None else None, "again": everything}
    return _ask(Job.Kind.READ, actor, run=run, options=options)


@transaction.atomic
def to_apply(run: Run, *, actor: User) -> Job:
    """Ask for a staged run to be applied, or for the rest of it.

    Raises:
        NotNow: if it is not staged, or somebody is at it already.
    """
    _check_free(run)
    try:
        runs.begin_applying(run, actor=actor)
    except runs.WrongState as problem:
        raise NotNow(str(problem)) from problem
    return _ask(Job.Kind.APPLY, actor, run=run)


@transaction.atomic
def to_weigh(run: Run, *, actor: User) -> Job:
    """Ask for the count of what applying a staged run would do, as things are now."""
    _check_free(run)
    if run.state != Run.State.STAGED:
        raise NotNow(f"{run} is {run.state}, not staged.")
    return _ask(Job.Kind.WEIGH, actor, run=run)


@transaction.atomic
def retry(run: Run, *, actor: User, article: int | None = None) -> Job:
    """Ask for the articles of a run that failed, or one of them, to be tried again.

    Those that are read and could not be applied are applied; without any, the others are read.

    Raises:
        NotNow: if there are none, or the run is not at its end.
    """
    _check_free(run)
    failed = [error["article"] for error in run.errors if article in {None, error["article"]}]
    if not failed or run.state not in {Run.State.APPLIED, Run.State.STAGED}:
        raise NotNow(f"{run} is {run.state}, with {len(failed)} articles to read again.")
    unapplied = run.readings.staged().filter(article__in=failed).exists()
    applies = unapplied and run.state == Run.State.APPLIED
    state = Run.State.APPLYING if applies else Run.State.RUNNING
    Run.objects.filter(pk=run.pk).update(state=state, ended=None)
    run.refresh_from_db()
    if applies:
        return _ask(Job.Kind.APPLY, actor, run=run)
    return _ask(Job.Kind.READ, actor, run=run, options={"articles": failed, "again": True})


def pause(job: Job, *, actor: User) -> None:
    """Let a job rest after the step it is at."""
    _turn(job, {Job.State.OPEN}, Job.State.PAUSED, "pause job", actor)


@transaction.atomic
def resume(job: Job, *, actor: User) -> None:
    """Let a paused or failed job go on where it stood."""
    _turn(job, {Job.State.PAUSED, Job.State.FAILED}, Job.State.OPEN, "resume job", actor)
    Job.objects.filter(pk=job.pk).update(deaths=0, message="", ended=None)


@transaction.atomic
def cancel(job: Job, *, actor: User) -> None:
    """End a job after the step it is at. What is stored stays; a run half applied stays so."""
    live = {Job.State.OPEN, Job.State.PAUSED, Job.State.FAILED}
    _turn(job, live, Job.State.CANCELLED, "cancel job", actor)
    now = timezone.now()
    Job.objects.filter(pk=job.pk).update(ended=now)
    unread = Run.objects.filter(jobs=job, state=Run.State.RUNNING)
    unread.update(state=Run.State.CANCELLED, ended=now)


def _ask(kind: str, actor: User, **fields: Any) -> Job:
    job: Job = Job.objects.create(kind=kind, actor=actor, **fields)
    record([Batch.begin("ask for job", actor).entry(job, {}, {"kind": kind})])
    return job


def _check_free(run: Run) -> None:
    """Refuse a run at which somebody is already; lock it until the transaction ends."""
    Run.objects.select_for_update(no_key=True).get(pk=run.pk)
    run.refresh_from_db()
    if job := run.jobs.filter(state__in=(Job.State.OPEN, Job.State.PAUSED)).first():
        raise NotNow(f"{run}: {job} is not at its end.")


@transaction.atomic
def _turn(job: Job, earlier: Collection[str], state: str, action: str, actor: User) -> None:
    if not Job.objects.filter(pk=job.pk, state__in=earlier).update(state=state, leased_until=None):
        job.refresh_from_db()
        raise NotNow(f"{job} is {job.get_state_display().lower()}.")
    record([Batch.begin(action, actor).entry(job, {}, {"state": state})])
    job.refresh_from_db()
