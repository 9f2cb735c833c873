"""Staged runs: what applying one would do, counted; and the decision, apply or drop."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims.history import Batch, record
from claims.models import Reading, Run
from claims.runs.apply import apply, take
from claims.runs.proposals import Counts, Progress
from claims.runs.readings import attempt, finish, match_speakers
from claims.runs.score import score_readings
from corpus.score import Score


class WrongState(ValueError):
    """The run is not in a state that allows what was asked; nothing was changed."""


def weigh(run: Run, *, again: bool = True) -> Iterator[Progress]:
    """Count what applying a staged run would do, article by article; then score it on rulings.

    With `again` false only what was never counted is. What people rule and what other runs apply
    meanwhile changes the answer: `run.outlook` is as of now.
    """
    for reading in _staged(run, uncounted=not again):
        yield attempt(run, reading.article, partial(take, reading))
    old, new = score_readings(run)
    rows = run.readings.staged().values_list("counts", flat=True)
    total = sum((Counts(**counts) for counts in rows if counts), Counts())
    Run.objects.filter(pk=run.pk).update(
        outlook={
            "counts": {name: getattr(total, name) for name in Counts.__slots__},
            "old": _plain(old),
            "new": _plain(new),
        }
    )


def apply_run(run: Run, *, actor: User | None = None) -> Iterator[Progress]:
    """Apply all that a run has staged, each article as a whole; yield after each commit.

    Stopped at any moment it goes on where it stood when it is called again.

    Raises:
        WrongState: if the run has nothing staged, or is still reading.
    """
    begin_applying(run, actor=actor)
    run.refresh_from_db(fields=["errors"])
    for reading in _staged(run):
        yield attempt(run, reading.article, partial(apply, reading))
    match_speakers(run)
    finish(run)


@transaction.atomic
def begin_applying(run: Run, *, actor: User | None) -> None:
    """Mark a staged run as being applied; from here on it cannot be dropped.

    Raises:
        WrongState: if the run has nothing staged, or is still reading.
    """
    row = _locked(run)
    if row.state == Run.State.APPLYING:
        return
    if row.state != Run.State.STAGED:
        raise WrongState(f"{row} is {row.state}: only a staged run can be applied.")
    _turn(row, Run.State.APPLYING, "apply run", actor)


@transaction.atomic
def drop_run(run: Run, *, actor: User | None = None) -> int:
    """Remove the readings of a run of which nothing is applied; return how many. The run stays.

    Raises:
        WrongState: if some of it is applied, or it is still reading.
    """
    row = _locked(run)
    if row.state not in {Run.State.STAGED, Run.State.CANCELLED} or not row.staging:
        raise WrongState(f"{row} is {row.state}: only a staged run can be dropped.")
    if row.readings.filter(applied__isnull=False).exists():
        raise WrongState(f"{row} is partly applied: only what nothing came of can be dropped.")
    removed, _ = row.readings.staged().delete()
    _turn(row, Run.State.DROPPED, "drop run", actor)
    return removed


def _locked(run: Run) -> Run:
    return Run.objects.select_for_update(no_key=True).get(pk=run.pk)


def _turn(row: Run, state: str, action: str, actor: User | None) -> None:
    row.state = state
    row.save(update_fields=["state"])
    record([Batch.begin(action, actor).entry(row, {}, {"state": state})])


def _staged(run: Run, *, uncounted: bool = False) -> Iterator[Reading]:
    """Yield what a run has staged, oldest article first, fetched one by one."""
    rows = Reading.objects.filter(run=run).staged().order_by("article")
    rows = rows.filter(counts__isnull=True) if uncounted else rows
    for pk in list(rows.values_list("pk", flat=True)):
        yield Reading.objects.select_related("article", "run").get(pk=pk)


def _plain(score: Score) -> dict[str, Any]:
    """Return right and found of each kind, as far as anybody ruled on it."""
    return {
        kind: {"right": tally.right, "found": tally.found, "gold": tally.gold}
        for kind, tally in score.kinds.items()
        if tally.found or tally.gold
    }
