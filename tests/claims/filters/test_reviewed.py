"""How far an article is reviewed, and who may say that it is complete."""

import pytest

from claims import gate
from claims.curation import articles, review, undo
from claims.filters.reviewed import in_review, with_review
from claims.models import Article, Claim
from tests.claims import make

pytestmark = pytest.mark.django_db


def state(article):
    return with_review(Article.objects.all()).get(pk=article.pk).review


def complete(article, value=True):
    article.refresh_from_db()
    return articles.correct(
        article, {"complete": value}, actor=make.editor(), version=article.version
    )


def test_an_article_is_untouched_then_partly_then_complete_until_new_proposals_come(client):
    article = make.article()
    first = make.claim(article, "3.74 million")
    second = make.claim(article, "1,200")
    assert state(article) == "untouched"
    review.accept(Claim.objects.filter(pk=first.pk), actor=make.editor())
    assert state(article) == "partly"
    with pytest.raises(gate.Refused, match="complete: 1 of its claims wait for a ruling"):
        complete(article)
    review.reject(Claim.objects.filter(pk=second.pk), actor=make.editor())
    outcome = complete(article)
    assert state(article) == "complete"
    client.force_login(make.editor())
    page = client.get(f"/admin/claims/article/{article.pk}/change/").content.decode()
    assert "complete; complete, said editor on 20" in page
    make.claim(article, "2030")
    assert state(article) == "partly"
    undo.undo(outcome.batch, actor=make.editor())
    assert not Article.objects.get().complete


def test_an_article_without_figures_can_be_complete():
    article = make.article("Nothing is counted here.\n")
    assert state(article) == "untouched"
    complete(article)
    assert state(article) == "complete"
    complete(article, False)
    assert state(article) == "partly"
    with pytest.raises(gate.Refused, match="true or false"):
        complete(article, "yes")


def test_articles_are_kept_by_state(client):
    make.article("One thing.\n")
    article = make.article()
    complete(article)
    assert list(in_review(Article.objects.all(), ["complete"])) == [article]
    rows = client.get("/api/v1/articles/?review=complete").json()["results"]
    assert [(row["uid"], row["review"]) for row in rows] == [(article.uid, "complete")]
    assert client.get("/api/v1/articles/?review=done").status_code == 400
    client.force_login(make.editor())
    assert "1 article" in client.get("/admin/claims/article/?review=complete").content.decode()
