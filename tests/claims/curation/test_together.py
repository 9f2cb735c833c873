"""Two at work on one article at once: nobody waits for ever, and nobody reads what was before.

SQLite lets one writer in at a time, so these say something about PostgreSQL only.
"""

import importlib
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, connections

from claims import columns
from claims.curation import articles, review
from claims.models import Article, Attribution, Claim, Run
from claims.runs import apply, read_article, run_engine
from tests.claims import make
from tests.claims.curation.test_review import again, claims

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time"),
]

engine = importlib.import_module("claims.runs.apply")


@pytest.fixture
def paused(monkeypatch):
    """Make a function rest when it is done; the event returned tells when it got there."""

    def pause(module, name):
        real, reached = getattr(module, name), Event()

        def slow(*args, **kwargs):
            done = real(*args, **kwargs)
            reached.set()
            time.sleep(0.5)
            return done

        monkeypatch.setattr(module, name, slow)
        return reached

    return pause


def together(first, reached, second):
    """Do two things at once, the second from the moment that the first has `reached`."""

    def closing(work):
        try:
            work()
        finally:
            connections.close_all()

    def after():
        assert reached.wait(timeout=10)
        second()

    with ThreadPoolExecutor() as threads:
        for done in [threads.submit(closing, first), threads.submit(closing, after)]:
            done.result(timeout=20)
    assert not columns.stale(Claim.objects.select_related("article"))


def another_run():
    return Run.objects.create(engine="1.1", config_hash="1" * 64, tier="light")


def test_a_claim_accepted_while_its_article_is_withdrawn_is_not_public(paused):
    article, editor = make.article(), make.editor()
    claim = make.claim(article)
    together(
        lambda: articles.correct(article, {"visibility": "withdrawn"}, actor=editor, version=1),
        paused(articles, "finish"),
        lambda: review.accept(claims(claim), actor=editor),
    )
    assert (again(claim).status, again(claim).is_public) == ("accepted", False)


def test_claims_of_two_articles_are_accepted_while_a_run_reads_one_of_them(paused):
    read = make.article("Nine boats left the port in 2030.\n")
    unread, editor = make.article("Ten boats left the port in 2031.\n"), make.editor()
    list(run_engine(Article.objects.all()))
    run = another_run()
    apply(read_article(run, read))
    reading = read_article(run, unread)
    together(
        lambda: apply(reading),
        paused(engine, "_date"),
        lambda: review.accept(Claim.objects.all(), actor=editor),
    )
    assert not Claim.objects.exclude(status="accepted").exists()


def test_a_speaker_is_set_while_a_run_reads_the_article(paused):
    article = make.article("Nine boats left the port in 2030, Lena Ortiz said on Tuesday.\n")
    list(run_engine(Article.objects.all()))
    said, new, editor = Attribution.objects.get(), make.speaker("Mara Voss"), make.editor()
    reading = read_article(another_run(), article)
    together(
        lambda: apply(reading),
        paused(engine, "sentences"),
        lambda: review.set_speaker_of_attribution(said, new, actor=editor, version=1),
    )
    assert {claim.speaker for claim in Claim.objects.filter(voice="attributed")} == {new}
