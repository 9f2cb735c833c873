"""Background work in the admin: asked for, watched, paused, cancelled and resumed by buttons."""

import pytest

from claims import jobs
from claims.models import Article, Claim, Job, Reading
from tests.claims import make
from tests.claims.runs.test_engine import articles_given

pytestmark = pytest.mark.django_db
START = "/admin/claims/job/start/"


def page(job):
    return f"/admin/claims/job/{job.pk}/change/"


def turn(browser, job, what):
    return browser.post(f"/admin/claims/job/{job.pk}/turn/", {"what": what}, follow=True)


def work():
    return jobs.work("tester", jobs.Stop(), idle=False)


def test_a_run_is_asked_for_and_the_page_says_what_to_start(browser):
    articles_given(2)
    assert "look first" in browser.get(START).text
    answer = browser.post(START, {"staging": "on"}, follow=True)
    assert "manage.py work" in answer.text
    assert "progress.js" in answer.text
    job = Job.objects.get()
    assert (job.run.staging, job.actor.username) == (True, "editor")
    assert work() == 1
    answer = browser.get(page(job))
    assert "2 of 2" in answer.text
    assert "progress.js" not in answer.text
    assert f"/admin/claims/run/{job.run_id}/diff/" in answer.text


def test_a_job_is_paused_resumed_and_cancelled_by_buttons(browser):
    articles_given(1)
    job = jobs.to_read(actor=make.editor(), staging=False)
    assert "paused" in turn(browser, job, "pause").text
    assert work() == 0
    assert "waiting for a worker" in turn(browser, job, "resume").text
    assert "cancelled" in turn(browser, job, "cancel").text
    assert "is cancelled. Nothing was changed." in turn(browser, job, "pause").text
    assert "A job cannot" in turn(browser, job, "explode").text
    assert not Reading.objects.exists()


def test_a_job_at_work_and_one_that_failed_say_so(browser):
    articles_given(1)
    job = jobs.to_read(actor=make.editor(), staging=False)
    jobs.worker._lease(job, "one", jobs.worker.LEASE)
    assert "at work" in browser.get(page(job)).text
    Job.objects.update(state="failed", message="OSError: disk full", leased_until=None)
    answer = browser.get(page(job)).text
    assert "disk full" in answer
    assert "Go on" in answer


def test_failed_articles_are_named_with_their_reasons(browser, monkeypatch):
    (article,) = articles_given(1)
    monkeypatch.setattr("claims.runs.engine.read_article", refuse)
    job = jobs.to_read(actor=make.editor(), staging=False)
    work()
    answer = browser.get(page(job)).text
    assert article.uid in answer
    assert "no room" in answer
    assert f"/admin/claims/run/{job.run_id}/decide/retry/" in answer
    monkeypatch.undo()
    browser.post(f"/admin/claims/run/{job.run_id}/decide/retry/")
    job.run.refresh_from_db()
    assert (job.run.errors, job.run.state) == ([], "applied")
    assert Claim.objects.exists()


def refuse(*given, **named):
    raise ValueError("no room")


def test_the_list_shows_how_far_each_is_in_few_queries(browser, django_assert_max_num_queries):
    articles_given(1)
    for _ in range(5):
        jobs.to_read(actor=make.editor(), staging=False)
    with django_assert_max_num_queries(9):
        answer = browser.get("/admin/claims/job/?state=open")
    assert answer.text.count("waiting for a worker") == 5
    with django_assert_max_num_queries(12):
        browser.get(page(Job.objects.first()))


def test_jobs_are_for_those_who_may_ask_for_them(browser, onlooker):
    articles_given(1)
    job = jobs.to_read(actor=make.editor(), staging=False)
    assert onlooker.get(START).status_code == 403
    assert turn(onlooker, job, "cancel").status_code == 403
    assert "Cancel" not in onlooker.get(page(job)).text
    assert browser.get(f"/admin/claims/job/{job.pk}/turn/").status_code == 405
    assert browser.post("/admin/claims/job/77/turn/").status_code == 404
    data, given = b"A text.", {"outlet": "", "visibility": "draft", "published": ""}
    file = jobs.to_import(data, "a.txt", given, extract=False, actor=make.editor())
    assert turn(onlooker, file, "cancel").status_code == 403
    assert "cancelled" in turn(browser, file, "cancel").text
    assert Article.objects.count() == 1
