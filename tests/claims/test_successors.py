"""What took the place of rows that are gone: told by the changes feed, and led to by old uids."""

import itertools
import random
from collections import Counter

import pytest
from django.db import connection
from django.test import Client

from claims import corrections, successors
from claims.curation import review
from claims.filters.readers import Reader
from claims.ingest import Options, import_bytes
from claims.models import Article, Claim, SourceFile, Succession
from claims.succession import resplit, stretches, supersede
from tests.claims import make, writing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_quotas(monkeypatch):
    monkeypatch.setattr("claims.api.views.ReadView.throttle_classes", [])


def commit():
    """Let the database do what it does at commit; the transaction of a test never ends."""
    connection.check_constraints()


def changes(client, question=""):
    commit()
    return client.get(f"/api/v1/changes/?{question}").json()


def test_a_merged_speaker_leads_to_the_one_that_stands_for_it(client):
    speakers = []
    for n in range(2):
        article = make.article(f"{n}. {make.TEXT}")
        ortiz = make.speaker("Lena Ortiz", article=article, privacy="public")
        told = [make.attribution(article, ortiz)]
        make.accepted(article, voices=told, voice_status="confirmed")
        speakers.append(ortiz)
    before = changes(client, "kind=speaker")
    assert {one["uid"] for one in before["results"]} == {one.uid for one in speakers}
    make.same(*speakers)
    found = {one["uid"]: one for one in changes(client, f"since={before['seq']}")["results"]}
    merged = found[speakers[1].uid]
    assert (merged["event"], merged["target"]) == ("merged", speakers[0].uid)
    assert found[speakers[0].uid]["event"] == "updated"


def test_a_claim_that_was_superseded_leads_to_its_successor(client):
    writing.fill(1)
    review.accept(Claim.objects.all(), actor=make.editor())
    before = changes(client, "kind=claim")
    writing.at_random(random.Random(1), [writing.take_its_place])
    found = changes(client, f"kind=claim&since={before['seq']}")["results"]
    merged = [one for one in found if one["event"] == "merged"]
    assert {one["uid"] for one in merged} == {one["uid"] for one in before["results"]}
    created = {one["uid"] for one in found if one["event"] == "created"}
    assert {one["target"] for one in merged} == created


@pytest.fixture
def thrice():
    """Make three versions of a report, the first two superseded in this order."""
    articles = [make.article(make.TEXT + n * "More came.\n") for n in range(3)]
    made = [make.accepted(article) for article in articles]
    connection.check_constraints()
    for old, new in itertools.pairwise(articles):
        versions = dict(Article.objects.values_list("pk", "version"))
        supersede(old, new, actor=make.editor(), versions=versions)
    return articles, made


@pytest.mark.parametrize("kind", ["article", "claim"])
def test_what_was_superseded_twice_leads_to_where_its_uid_leads(client, thrice, kind):
    articles, claims = thrice
    *old, now = [row.uid for row in (articles if kind == "article" else claims)]
    found = {one["uid"]: one for one in changes(client, f"kind={kind}")["results"]}
    assert found[now]["row"]["uid"] == now
    assert (found[now]["target"], found[now]["successors"]) == (None, [])
    for uid in old:
        told = found[uid]
        assert (told["event"], told["row"]) == ("merged", None)
        assert (told["target"], told["successors"]) == (now, [now])
        led = client.get(f"/api/v1/{kind}s/{uid}/")
        assert (led.status_code, led["Location"]) == (
            *(301, f"http://testserver/api/v1/{kind}s/{now}"),
        )


def test_a_successor_that_a_reader_may_not_see_is_not_told(client, thrice):
    *_, last = thrice[0]
    review.reject(last.claims.all(), actor=make.editor())
    Article.objects.filter(pk=last.pk).update(visibility=Article.Visibility.DRAFT)
    found = changes(client)["results"]
    assert {one["event"] for one in found} == {"removed"}
    assert not any(one["target"] or one["successors"] for one in found)
    editor = Client()
    editor.force_login(make.editor())
    seen = {one["uid"]: one for one in changes(editor, "kind=claim")["results"]}
    assert {one["event"] for one in seen.values()} == {"created", "merged"}


def test_a_public_correction_names_what_took_the_place_in_the_end(thrice):
    *old, now = (claim.uid for claim in thrice[1])
    told = {one.uid: one for one in corrections.read(corrections.listed(), Reader.EVERYBODY)}
    assert {uid: one.successor for uid, one in told.items()} == dict.fromkeys(old, now)


def test_an_article_that_was_divided_is_removed_and_names_its_parts(client):
    text = f"Ferry counts rise\n\n{make.TEXT}\nThe choir of Saltmere sang 12 songs that year.\n"
    import_bytes(text.encode(), "file.txt", Options(visibility="public"))
    whole = Article.objects.get()
    before = changes(client, "kind=article")["seq"]
    file = SourceFile.objects.get()
    at = {stretches(file, 0)[-1].start: "B"}
    resplit(file, 0, at, actor=make.editor(), versions={whole.pk: whole.version})
    found = changes(client, f"kind=article&since={before}")["results"]
    (old,) = [one for one in found if one["uid"] == whole.uid]
    parts = [one["uid"] for one in found if one["row"]]
    assert (old["event"], old["target"], len(parts)) == ("removed", None, 2)
    assert sorted(old["successors"]) == sorted(parts)


@pytest.mark.parametrize("number", [1, 6])
def test_gone_objects_cost_the_same_however_many(client, number, django_assert_num_queries):
    for n in range(number):
        old, new = (make.article(f"{n}. {make.TEXT}{more}") for more in ("", "More came.\n"))
        for article in (old, new):
            make.accepted(article)
        commit()
        versions = {one.pk: one.version for one in (old, new)}
        supersede(old, new, actor=make.editor(), versions=versions)
    commit()
    with django_assert_num_queries(9):  # the entries, two kinds of rows, and of each its heirs
        found = client.get("/api/v1/changes/").json()
    assert Counter(one["event"] for one in found["results"]) == {
        "merged": 2 * number,
        "created": 2 * number,
    }


def test_what_leads_back_to_itself_leads_nowhere():
    first, second = (make.article(f"{n}. {make.TEXT}") for n in range(2))
    for old, new in ((first, second), (second, first)):
        Succession.objects.create(old=old, new=new)
    Article.objects.update(superseded=True)
    assert successors.of_articles([first.pk, second.pk], Reader.EDITOR) == {}


def test_nothing_is_asked_where_nothing_is_gone(django_assert_num_queries):
    with django_assert_num_queries(0):
        for of in (successors.of_articles, successors.of_claims, successors.of_speakers):
            assert of([], Reader.EVERYBODY) == {}
