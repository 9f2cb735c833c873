"""Who works on which article: nobody gets one that somebody else is at, unless they ask."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections
from django.utils import timezone

from claims.curation import assignments
from claims.curation.assignments import Held, next_article, release, take
from claims.models import Assignment, Claim
from tests.claims import make

pytestmark = pytest.mark.django_db


def articles(number):
    found = []
    for one in range(number):
        found.append(make.article(f"In {2030 + one} some 3.74 million came.\n"))
        make.claim(found[-1])
    return found


def ran_out(article):
    Assignment.objects.filter(article=article).update(until=timezone.now() - timedelta(seconds=1))


def test_two_editors_never_get_the_same_article():
    first, second = articles(2)
    ida, tom, una = (make.editor(name) for name in ("ida", "tom", "una"))
    claims = Claim.objects.all()
    assert next_article(claims, editor=ida) == first.pk
    assert next_article(claims, editor=tom) == second.pk
    assert next_article(claims, editor=una) is None
    assert next_article(claims, editor=ida) == first.pk


def test_the_next_article_comes_after_the_present_one_and_round_to_the_start():
    first, second, third = articles(3)
    ida, claims = make.editor("ida"), Claim.objects.all()
    assert next_article(claims, editor=ida, after=first.pk) == second.pk
    assert next_article(claims, editor=ida, after=third.pk) == first.pk
    assert next_article(claims.filter(article=first), editor=ida, after=first.pk) is None


def test_going_on_gives_the_article_back():
    first, second = articles(2)
    ida = make.editor("ida")
    take(first.pk, editor=ida)
    assert next_article(Claim.objects.all(), editor=ida, after=first.pk) == second.pk
    assert [row.article for row in Assignment.objects.all()] == [second]


def test_an_article_is_taken_over_only_if_that_is_asked():
    (article,) = articles(1)
    ida, tom = make.editor("ida"), make.editor("tom")
    take(article.pk, editor=ida)
    with pytest.raises(Held, match="ida works on this article until"):
        take(article.pk, editor=tom)
    assert take(article.pk, editor=tom, over=True).editor == tom
    with pytest.raises(Held, match="tom"):
        take(article.pk, editor=ida)


def test_what_nobody_does_anything_on_runs_out():
    (article,) = articles(1)
    take(article.pk, editor=make.editor("ida"))
    ran_out(article)
    assert take(article.pk, editor=make.editor("tom")).editor.username == "tom"


def test_working_on_keeps_the_article():
    (article,) = articles(1)
    ida = make.editor("ida")
    until = take(article.pk, editor=ida).until
    assert str(Assignment.objects.get()) == f"{article.pk} with ida"
    assert take(article.pk, editor=ida).until == until
    soon = timezone.now() + timedelta(minutes=2)
    Assignment.objects.update(until=soon)
    assert take(article.pk, editor=ida).until > soon


def test_only_its_editor_gives_an_article_back():
    (article,) = articles(1)
    ida, tom = make.editor("ida"), make.editor("tom")
    take(article.pk, editor=ida)
    release(article.pk, editor=tom)
    assert Assignment.objects.count() == 1
    release(article.pk, editor=ida)
    assert not Assignment.objects.exists()


def test_who_is_too_late_gets_the_next_one(monkeypatch):
    first, second = articles(2)
    ida, tom = make.editor("ida"), make.editor("tom")
    real = assignments.take

    def quicker(article, *, editor, over=False):
        if article == first.pk and editor == tom:
            real(article, editor=ida)
        return real(article, editor=editor, over=over)

    monkeypatch.setattr(assignments, "take", quicker)
    assert next_article(Claim.objects.all(), editor=tom) == second.pk


def test_a_queue_that_others_always_empty_first_ends(monkeypatch):
    articles(1)
    held = Assignment(editor=make.editor("ida"), until=timezone.now())

    def never(article, *, editor, over=False):
        raise Held(held)

    monkeypatch.setattr(assignments, "take", never)
    assert next_article(Claim.objects.all(), editor=make.editor("tom")) is None


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_four_editors_who_ask_at_once_get_four_articles():
    found = articles(4)
    editors = [make.editor(f"editor {number}") for number in range(4)]
    ready = Barrier(4)

    def ask(editor):
        try:
            ready.wait(timeout=10)
            return next_article(Claim.objects.all(), editor=editor)
        finally:
            connections.close_all()

    with ThreadPoolExecutor() as threads:
        given = list(threads.map(ask, editors))
    assert sorted(given) == [article.pk for article in found]
