"""Old uids: they lead to what took the place of a row, never to what a reader may not see."""

import pytest
from django.db import connection

from claims.curation import review
from claims.ingest import Options, import_bytes
from claims.models import Article, Claim, SourceFile
from claims.runs import run_engine
from claims.succession import resplit, stretches, supersede
from tests.claims import make

pytestmark = pytest.mark.django_db

FIRST = "The harbour office counted 40 ferries and 300 crews on the piers of the city in 2030.\n"
SECOND = "The choir of Saltmere sang 12 songs for the 80 pilots who had come to the town hall.\n"


def versions():
    return dict(Article.objects.values_list("pk", "version"))


@pytest.fixture
def article():
    """Return a public article of two lines with an accepted claim in each."""
    data = ("Ferry counts rise at Saltmere\n\n" + FIRST + SECOND).encode()
    import_bytes(data, "file.txt", Options(visibility="public"))
    list(run_engine(Article.objects.all()))
    review.accept(Claim.objects.filter(surface__in=["40", "12"]), actor=make.editor())
    return Article.objects.get()


def split_up(article):
    file = SourceFile.objects.get()
    last = stretches(file, 0)[-1]
    resplit(file, 0, {last.start: "B"}, actor=make.editor(), versions=versions())
    return list(Article.objects.filter(superseded=False).order_by("pk"))


def test_a_claims_old_uid_leads_to_its_successor(client, article):
    uid = Claim.objects.get(surface="12").uid
    connection.check_constraints()
    split_up(article)
    now = Claim.objects.current().get(surface="12").uid
    found = client.get(f"/api/v1/claims/{uid}/")
    assert (found.status_code, found["Location"]) == (
        301,
        f"http://testserver/api/v1/claims/{now}",
    )
    assert client.get(found["Location"]).json()["surface"] == "12"


def test_an_article_in_two_parts_is_gone_and_names_them(client, article):
    made = split_up(article)
    found = client.get(f"/api/v1/articles/{article.uid}/")
    assert found.status_code == 410
    assert found.json()["successors"] == [
        f"http://testserver/api/v1/articles/{one.uid}" for one in made
    ]


def test_a_later_version_and_its_successor_are_led_to(client, article):
    second = make.article(FIRST, published="2031-05-06")
    third = make.article(FIRST + SECOND)
    connection.check_constraints()  # numbers of the changes feed are given at commit
    for old, new in ((article, second), (second, third)):
        supersede(old, new, actor=make.editor(), versions=versions())
    Article.objects.filter(pk=third.pk).update(visibility="public")
    found = client.get(f"/api/v1/articles/{article.uid}/")
    assert found["Location"] == f"http://testserver/api/v1/articles/{third.uid}"
    hidden = Article.objects.filter(pk=third.pk)
    hidden.update(visibility="draft")
    connection.check_constraints()
    assert client.get(f"/api/v1/articles/{article.uid}/").status_code == 410


def test_a_hidden_successor_is_not_led_to(client, article):
    uid = Claim.objects.get(surface="12").uid
    connection.check_constraints()
    split_up(article)
    now = Claim.objects.current().filter(surface="12")
    review.reject(now, actor=make.editor())
    connection.check_constraints()
    assert client.get(f"/api/v1/claims/{uid}/").status_code == 410
    unruled = Claim.objects.filter(surface="80").first().uid
    assert client.get(f"/api/v1/claims/{unruled}/").status_code == 404
