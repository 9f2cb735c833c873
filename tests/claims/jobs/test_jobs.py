"""Background jobs: asked for once, done by whoever holds them, resumed after any end."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from claims import jobs, runs, verify
from claims.curation import undo
from claims.jobs import worker
from claims.models import Article, Change, Claim, Job, Reading, Run, SourceFile
from claims.runs import staged
from corpus import extract
from tests.claims import make
from tests.claims.runs.test_engine import articles_given

pytestmark = pytest.mark.django_db

GIVEN = {"outlet": "", "visibility": "draft", "published": ""}
LINES = [{"text": f"Port notes of day {n}\n\n{n + 2} boats left in 2030.\n"} for n in range(5)]


def work(**given):
    return jobs.work("tester", jobs.Stop(), idle=False, **given)


def ask_import(lines=LINES, extract=True):
    data = "\n".join(map(json.dumps, lines)).encode()
    return jobs.to_import(data, "feed.jsonl", GIVEN, extract=extract, actor=make.editor())


def ask_run(**given):
    return jobs.to_read(actor=make.editor(), **{"staging": False, **given})


def again(row):
    return type(row).objects.get(pk=row.pk)


def dies_after(monkeypatch, number):
    """Let a worker vanish, as by kill -9, when it has gone so many steps."""
    real, steps = worker._step, []

    def step(job, todo):
        if len(steps) == number:
            raise SystemExit
        steps.append(job)
        return real(job, todo)

    monkeypatch.setattr(worker, "_step", step)
    monkeypatch.setattr(worker, "_release", lambda name, going: going.clear())
    with pytest.raises(SystemExit):
        work()
    monkeypatch.undo()


def lapse():
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))


def test_a_file_is_imported_and_read_and_its_new_articles_are_those_of_the_job():
    known = make.article(LINES[0]["text"])
    job = ask_import()
    assert (job.state, job.held, Article.objects.count()) == ("open", False, 1)
    assert work() == 1
    job = again(job)
    assert (job.state, job.done, job.total, job.worker) == ("done", 5, 5, "tester")
    assert (Article.objects.count(), job.source_file) == (5, SourceFile.objects.get())
    made = Change.objects.filter(batch=job.uid).values_list("object_id", flat=True)
    assert known.pk not in made
    assert len(made) == 4
    assert (job.run.state, job.run.counts["articles"]) == ("applied", 5)
    assert Claim.objects.count() >= 10
    assert not [fault for fault in verify.faults() if not fault.row.startswith("source")]


def test_a_file_is_only_stored_if_nothing_else_was_asked():
    ask_import(extract=False)
    assert work() == 1
    assert (Article.objects.count(), Run.objects.count()) == (5, 0)


def test_a_file_that_holds_nothing_fails_and_says_so():
    job = jobs.to_import(b"\x00\x01\xff" * 9, "x.txt", GIVEN, extract=True, actor=make.editor())
    work()
    job = again(job)
    assert job.state == "failed"
    assert job.message.startswith("Failed: Nothing of it was stored")
    assert not SourceFile.objects.exists()


def test_a_run_is_staged_weighed_and_applied_by_jobs():
    articles_given(3)
    run = ask_run(staging=True).run
    assert work() == 1
    assert (again(run).state, Claim.objects.count()) == ("staged", 0)
    jobs.to_weigh(again(run), actor=make.editor())
    assert work() == 1
    job = jobs.to_apply(again(run), actor=make.editor())
    assert again(run).state == "applying"
    assert work() == 1
    assert (again(job).done, again(job).total, again(run).state) == (3, 3, "applied")
    assert Claim.objects.count() == again(run).outlook["counts"]["new"]


def test_a_run_reads_what_was_asked_for():
    first, second, third = articles_given(3)
    ask_run(articles=[first.pk])
    work()
    ask_run()
    work()
    assert Reading.objects.filter(article__in=[second, third]).count() == 2
    ask_run(everything=True)
    work()
    assert Reading.objects.count() == 6


@pytest.mark.parametrize("steps", range(9))
def test_a_job_whose_worker_vanished_is_finished_by_another_as_if_nothing_happened(
    monkeypatch, steps
):
    job = ask_import()
    dies_after(monkeypatch, steps)
    assert work() == 0  # the lease still holds
    lapse()
    assert work() == 1
    job = again(job)
    assert (job.state, job.deaths, job.done, job.total) == ("done", 0, 5, 5)
    assert Change.objects.filter(batch=job.uid).count() == Article.objects.count() == 5
    assert (job.run.counts["articles"], Reading.objects.count()) == (5, 5)
    assert not [fault for fault in verify.faults() if not fault.row.startswith("source")]


def test_a_job_that_kills_its_workers_is_given_up_and_can_be_resumed(monkeypatch):
    articles_given(1)
    job = ask_run()
    for _ in range(worker.MOST_DEATHS + 1):
        dies_after(monkeypatch, 0)
        lapse()
    assert work() == 0
    assert (again(job).state, again(job).message) == (
        "failed",
        "4 workers died at the same step of it.",
    )
    jobs.resume(again(job), actor=make.editor())
    assert work() == 1
    assert again(job).state == "done"


def test_a_paused_job_rests_and_goes_on_where_it_stood():
    articles_given(3)
    job, editor = ask_run(), make.editor()
    held = {}
    worker._take("one", held, worker.LEASE)
    assert again(job).held
    (mine, todo) = held[job.pk]
    for _ in range(2):
        worker._step(mine, todo)
    jobs.pause(job, actor=editor)
    worker._keep("one", held, worker.LEASE)
    assert held == {}
    assert (again(job).state, again(job).done, again(job).held) == ("paused", 1, False)
    assert work() == 0
    jobs.resume(job, actor=editor)
    assert work() == 1
    assert (again(job).done, Reading.objects.count()) == (3, 3)


def test_a_cancelled_job_ends_and_so_does_its_run():
    articles_given(2)
    job = ask_run(staging=True)
    jobs.cancel(job, actor=make.editor())
    assert work() == 0
    assert (again(job).state, again(job).run.state) == ("cancelled", "cancelled")
    with pytest.raises(jobs.NotNow, match="is cancelled"):
        jobs.resume(job, actor=make.editor())


def test_two_workers_never_hold_the_same_job():
    articles_given(1)
    job = ask_run()
    one, other = {}, {}
    worker._take("one", one, worker.LEASE)
    worker._take("other", other, worker.LEASE)
    assert (list(one), list(other)) == ([job.pk], [])
    assert not worker._lease(job, "other", worker.LEASE)
    lapse()
    worker._take("other", other, worker.LEASE)
    assert list(other) == [job.pk]
    worker._keep("one", one, worker.LEASE)
    assert one == {}


def test_jobs_go_on_in_turn_so_that_a_small_one_need_not_wait():
    articles_given(9)
    large, small = ask_run(), ask_import(LINES[:1], extract=False)
    stop, order = jobs.Stop(), []
    real = worker._step

    def step(job, todo):
        order.append(job.pk)
        return real(job, todo)

    worker._step = step
    try:
        jobs.work("tester", stop, idle=False)
    finally:
        worker._step = real
    assert order.index(small.pk) == 1
    assert order[-1] == large.pk


def test_a_worker_told_to_stop_leaves_the_job_free_for_the_next():
    articles_given(2)
    job, stop = ask_run(), jobs.Stop()
    stop.ask(15, None)
    assert jobs.work("tester", stop) == 0
    held = {}
    worker._take("one", held, worker.LEASE)
    worker._release("one", held)
    assert (again(job).held, again(job).deaths) == (False, 0)


def test_a_worker_without_work_waits_for_some(monkeypatch):
    stop = jobs.Stop()
    monkeypatch.setattr(worker.time, "sleep", stop.ask)
    assert jobs.work("tester", stop) == 0


def test_a_request_helps_with_a_small_job_and_leaves_a_large_one():
    articles_given(2)
    job = ask_run()
    jobs.help_with(job, seconds=0)
    assert (job.state, job.held) == ("open", False)
    jobs.help_with(job, seconds=60)
    assert (job.state, Reading.objects.count()) == ("done", 2)
    other = ask_run(everything=True)
    worker._lease(other, "one", worker.LEASE)
    jobs.help_with(again(other), seconds=60)
    assert again(other).worker == "one"


def test_articles_that_could_not_be_read_are_read_again(monkeypatch):
    first, _ = articles_given(2)
    real = extract.extract

    def fragile(text, *given, **named):
        if text == first.body.text:
            raise ValueError("broken")
        return real(text, *given, **named)

    monkeypatch.setattr(extract, "extract", fragile)
    run = ask_run().run
    work()
    assert [error["article"] for error in again(run).errors] == [first.pk]
    monkeypatch.setattr(extract, "extract", real)
    with pytest.raises(jobs.NotNow, match="with 0 articles"):
        jobs.retry(again(run), actor=make.editor(), article=77)
    jobs.retry(again(run), actor=make.editor(), article=first.pk)
    assert again(run).state == "running"
    work()
    assert (again(run).errors, again(run).state) == ([], "applied")
    assert Reading.objects.filter(run=run).count() == 2


def test_an_article_that_cannot_be_applied_is_applied_by_a_second_try(monkeypatch):
    first, _ = articles_given(2)
    run = ask_run(staging=True).run
    work()
    real = staged.apply

    def fragile(reading):
        if reading.article_id == first.pk:
            raise ValueError("broken")
        return real(reading)

    monkeypatch.setattr(staged, "apply", fragile)
    jobs.to_apply(again(run), actor=make.editor())
    work()
    assert (again(run).state, len(again(run).errors)) == ("applied", 1)
    monkeypatch.setattr(staged, "apply", real)
    assert jobs.retry(again(run), actor=make.editor()).kind == "apply"
    assert again(run).state == "applying"
    work()
    assert (again(run).state, again(run).errors) == ("applied", [])
    assert not run.readings.staged().exists()


@pytest.mark.parametrize("cancelled", [False, True])
def test_a_run_of_which_something_is_applied_is_not_dropped_when_the_rest_was_tried_again(
    cancelled,
):
    first, _ = articles_given(2)
    run = ask_run(staging=True).run
    work()
    run.readings.filter(article=first).delete()
    error = {"article": first.pk, "uid": first.uid, "message": "broken"}
    Run.objects.update(errors=[error])
    jobs.to_apply(again(run), actor=make.editor())
    work()
    job = jobs.retry(again(run), actor=make.editor())
    if cancelled:
        jobs.cancel(job, actor=make.editor())
    else:
        work()
    state = "cancelled" if cancelled else "staged"
    with pytest.raises(runs.WrongState, match="partly applied"):
        runs.drop_run(again(run), actor=make.editor())
    assert (again(run).state, run.readings.filter(applied=None).exists()) == (state, not cancelled)


def engine_with_a_fault(monkeypatch, article=None):
    real = extract.extract

    def faulty(text, *given, **named):
        if article is None or text == article.body.text:
            raise IndexError("no such word")
        return real(text, *given, **named)

    monkeypatch.setattr(extract, "extract", faulty)


def test_a_fault_of_the_engine_in_one_article_is_noted_and_the_others_are_read(monkeypatch):
    first, _ = articles_given(2)
    run = ask_run().run
    engine_with_a_fault(monkeypatch, first)
    assert work() == 1
    (error,) = again(run).errors
    assert (error["article"], error["message"]) == (first.pk, "IndexError: no such word")
    assert (again(run).state, Reading.objects.count()) == ("applied", 1)


@pytest.mark.parametrize("disk", [OSError("disk full"), MemoryError()])
def test_what_no_article_is_to_blame_for_ends_the_job_and_not_its_worker(monkeypatch, disk):
    articles_given(2)
    job, other = ask_run(), ask_import(extract=False)

    def full(*given):
        raise disk

    monkeypatch.setattr("claims.runs.engine.take", full)
    assert work() == 2
    assert (again(job).state, again(other).state) == ("failed", "done")
    assert again(job).message == f"{type(disk).__name__}: {disk}"
    assert again(job.run).errors == []


def test_an_unforeseen_fault_fails_the_job_in_a_worker_as_in_a_request(monkeypatch):
    articles_given(1)
    jobs_asked = [ask_run(), ask_run(), ask_import(extract=False)]

    def fault(*given, **named):
        raise KeyError("gone")

    monkeypatch.setattr(runs, "to_read", fault)
    jobs.help_with(jobs_asked[0], seconds=60)
    assert work() == 2
    assert [again(job).state for job in jobs_asked] == ["failed", "failed", "done"]
    assert {again(job).message for job in jobs_asked[:2]} == {"KeyError: 'gone'"}


def test_one_at_a_time_is_at_a_run():
    articles_given(1)
    job = ask_run(staging=True)
    for ask in (jobs.to_apply, jobs.to_weigh, jobs.retry):
        with pytest.raises(jobs.NotNow, match="not at its end"):
            ask(job.run, actor=make.editor())
    work()
    run = again(job.run)
    jobs.to_apply(run, actor=make.editor())
    work()
    for ask in (jobs.to_apply, jobs.to_weigh, jobs.retry):
        with pytest.raises(jobs.NotNow, match="is applied"):
            ask(run, actor=make.editor())


def test_what_a_disk_refuses_fails_the_job_and_is_told():
    job = ask_import()
    job.options["file"] = "sources/none"
    job.save()
    work()
    assert again(job).message.startswith("FileNotFoundError")
    Job.objects.create(kind="apply", actor=make.editor())
    work()
    assert Job.objects.latest("pk").message == "Failed: It has no run to work on."


def test_jobs_are_in_the_log_and_not_undone_there():
    job = ask_run()
    entry = Change.objects.get(object_type="job", object_id=job.pk)
    with pytest.raises(undo.CannotUndo):
        undo.undo(entry.batch, actor=make.editor())
