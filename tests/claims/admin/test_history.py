"""The log in the admin: what was done, by whom, and taking it back."""

import uuid

import pytest
from django.urls import reverse

from claims.curation import review
from claims.history import Batch, record
from claims.models import Change, Claim
from tests.claims import make

UNDO = "/admin/claims/change/undo/"
LOG = "/admin/claims/change/"


@pytest.fixture
def accepted(db):
    """Return two claims that one action accepted."""
    article = make.article()
    claims = [make.claim(article), make.claim(article, "1,200", value="1200")]
    review.accept(Claim.objects.all(), actor=make.editor())
    return claims


def statuses():
    return list(Claim.objects.order_by("id").values_list("status", flat=True))


def test_a_batch_is_undone_as_a_whole(browser, accepted):
    batch = Change.objects.first().batch
    page = browser.get(f"{LOG}?batch={batch}").content.decode()
    assert "Undo this batch" in page
    assert "status: <del><bdi>proposed</bdi></del> → <ins><bdi>accepted</bdi></ins>" in page
    answer = browser.post(UNDO, {"batch": batch}, follow=True)
    assert statuses() == ["proposed", "proposed"]
    assert "Undone: 2 rows" in answer.content.decode()
    assert "Undo this batch" not in browser.get(f"{LOG}?batch={batch}").content.decode()


def test_a_batch_with_rows_changed_since_is_left_as_it_is(browser, accepted):
    batch = Change.objects.first().batch
    review.reject(Claim.objects.filter(pk=accepted[0].pk), actor=make.editor())
    answer = browser.post(UNDO, {"batch": batch}, follow=True)
    assert "changed since: claim “3.74 million”. Nothing was changed" in answer.content.decode()
    assert statuses() == ["rejected", "accepted"]


@pytest.mark.parametrize("batch", ["", "x", str(uuid.UUID(int=7))])
def test_an_unknown_batch_is_told(browser, batch):
    assert "no such action" in browser.post(UNDO, {"batch": batch}, follow=True).content.decode()


def test_undo_is_posted_by_somebody_who_may_change_claims_and_articles(browser, onlooker, accepted):
    batch = Change.objects.first().batch
    assert browser.get(UNDO).status_code == 405
    assert onlooker.post(UNDO, {"batch": batch}).status_code == 403
    assert "Undo this batch" not in onlooker.get(f"{LOG}?batch={batch}").content.decode()
    assert statuses() == ["accepted", "accepted"]


@pytest.mark.parametrize(
    ("wanted", "where"),
    [("/admin/claims/claim/", "/admin/claims/claim/"), ("https://elsewhere.example/", LOG)],
)
def test_undo_leads_back_to_a_page_of_ours_only(browser, accepted, wanted, where):
    batch = Change.objects.first().batch
    assert browser.post(UNDO, {"batch": batch, "next": wanted}).url == where


def test_the_history_of_a_row_is_our_log(browser, accepted):
    address = reverse("admin:claims_claim_history", args=[accepted[0].pk])
    page = browser.get(address).content.decode()
    assert "<ins><bdi>accepted</bdi></ins>" in page
    assert "Undo" in page
    assert browser.get("/admin/claims/claim/99999/history/").status_code == 404


def test_a_history_is_for_those_who_may_see_the_row(client, accepted):
    client.force_login(make.user("clerk", is_staff=True))
    address = reverse("admin:claims_claim_history", args=[accepted[0].pk])
    assert client.get(address).status_code == 403


def test_rows_without_a_page_of_their_own_are_named(browser):
    alias = make.speaker().aliases.create(form="L. Ortiz")
    record([Batch.begin("create", make.editor()).entry(alias, {}, {"form": "L. Ortiz"})])
    assert "alias <bdi>L. Ortiz</bdi>" in browser.get(LOG).content.decode()


def test_the_log_is_never_edited(browser, accepted):
    entry = Change.objects.first()
    address = reverse("admin:claims_change_change", args=[entry.pk])
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"action": "nothing"}).status_code == 403
    assert browser.get(f"{LOG}add/").status_code == 403


def test_the_log_is_searched_by_account_by_uid_and_by_name(browser, accepted):
    claim = accepted[0]
    for term, rows in (
        ("editor", 2),
        (claim.uid, 1),
        (claim.uid.upper(), 1),
        ("3.74", 1),
        ("nobody", 0),
        ("  ", 2),
    ):
        page = browser.get(LOG, {"q": term}).content.decode()
        assert page.count('class="field-at') == rows, term


def test_the_log_is_narrowed_by_who_by_way_by_row_and_by_time(browser, accepted):
    for question, rows in (
        ("who=editor", 2),
        ("who=engine", 0),
        ("origin=command", 2),
        ("origin=api", 0),
        ("origin=page", 0),
        ("object_type=claim&since=1", 2),
        ("object_type=speaker", 0),
    ):
        page = browser.get(f"{LOG}?{question}").content.decode()
        assert page.count('class="field-at') == rows, question
    for question in ("origin=magic", "since=2", "object_type=cat"):
        assert browser.get(f"{LOG}?{question}").status_code == 400


def test_the_log_says_by_what_way_a_change_came(browser, accepted):
    address = reverse("admin:claims_claim_rule", args=[accepted[0].pk])
    browser.post(address, {"ruling": "reopen"})
    assert Change.objects.values_list("origin", flat=True).first() == "admin"
    page = browser.get(LOG).content.decode()
    assert '<td class="field-origin">admin</td>' in page
    assert '<td class="field-origin">command</td>' in page
