"""Evidence and notes on a claim's page: added, edited, approved and withdrawn by forms."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.curation import evidence
from claims.models import Byline, Evidence, Note
from tests.claims import make
from tests.claims.admin.forms import fields_on


@pytest.fixture
def claim(db):
    return make.accepted()


@pytest.fixture
def ada(db):
    user = make.member("editor", "ada")
    Byline.objects.create(user=user, name="A. Lovelock")
    return user


@pytest.fixture
def note(claim, ada):
    row = Note(claim=claim, text="The port counts crews too.")
    evidence.add(row, actor=ada)
    return row


def at(user):
    client = Client()
    client.force_login(user)
    return client


def page_of(claim):
    return reverse("admin:claims_claim_change", args=[claim.pk])


def sent_from(client, claim):
    return fields_on(client.get(page_of(claim)))


def test_evidence_and_a_note_are_added_on_the_claims_page(claim, ada):
    client = at(ada)
    sent = sent_from(client, claim) | {
        "evidence_rows-TOTAL_FORMS": "1",
        "evidence_rows-0-relation": "supports",
        "evidence_rows-0-url": "https://example.org/figures",
        "note_rows-TOTAL_FORMS": "1",
        "note_rows-0-text": "  Words,\nas typed. ",
    }
    answer = client.post(page_of(claim), sent)
    assert answer.status_code == 302, answer.context["errors"]
    assert Evidence.objects.get().author == ada
    assert Note.objects.get().text.splitlines() == ["Words,", "as typed."]


def test_evidence_moves_from_a_page_to_words_of_an_article(claim, ada):
    row = Evidence(claim=claim, relation="context", url="https://example.org/")
    evidence.add(row, actor=ada)
    other = make.article("Ferries carried many.\n")
    client = at(ada)
    sent = sent_from(client, claim) | {
        "evidence_rows-0-url": "",
        "evidence_rows-0-article": str(other.pk),
        "evidence_rows-0-start": "0",
        "evidence_rows-0-end": "7",
    }
    assert client.post(page_of(claim), sent).status_code == 302
    row.refresh_from_db()
    assert (row.article, row.quotation, row.url) == (other, "Ferries", "")


def test_an_editor_cannot_approve_and_a_chief_editor_can(claim, note, ada):
    approving = {"note_rows-0-approved": "on"}
    for user, seen in ((ada, False), (make.member("chief editor"), True)):
        client = at(user)
        client.post(page_of(claim), sent_from(client, claim) | approving)
        assert Note.objects.approved().exists() is seen
    client = at(make.member("chief editor"))
    sent = sent_from(client, claim)
    del sent["note_rows-0-approved"]
    client.post(page_of(claim), sent)
    assert not Note.objects.approved().exists()


def test_an_edit_and_its_approval_may_come_together(claim):
    chief = make.member("chief editor")
    Byline.objects.create(user=chief, name="C. Hief")
    evidence.add(Note(claim=claim, text="The port counts crews too."), actor=chief)
    client = at(chief)
    sent = sent_from(client, claim)
    sent |= {"note_rows-0-text": "Better.", "note_rows-0-approved": "on"}
    client.post(page_of(claim), sent)
    assert Note.objects.approved().get().text == "Better."


def test_nobody_rewrites_what_another_signed(claim, note):
    client = at(make.member("chief editor"))
    sent = sent_from(client, claim)
    client.post(page_of(claim), sent | {"note_rows-0-text": "The port counts no crews."})
    note.refresh_from_db()
    assert (note.text, note.version) == ("The port counts crews too.", 1)


def test_what_is_taken_away_is_withdrawn_and_no_longer_shown(claim, note, ada):
    client = at(ada)
    client.post(page_of(claim), sent_from(client, claim) | {"note_rows-0-DELETE": "on"})
    assert Note.objects.get().withdrawn
    assert (
        "The port counts crews"
        not in client.get(page_of(claim)).content.decode().split("log-heading")[0]
    )


def test_a_new_row_that_is_taken_away_at_once_is_none(claim, ada):
    client = at(ada)
    sent = sent_from(client, claim) | {
        "note_rows-TOTAL_FORMS": "1",
        "note_rows-0-text": "Words.",
        "note_rows-0-DELETE": "on",
    }
    client.post(page_of(claim), sent)
    assert not Note.objects.exists()


def test_a_refusal_is_told_and_nothing_is_saved(claim, ada):
    client = at(ada)
    sent = sent_from(client, claim) | {
        "unit": "EUR",
        "evidence_rows-TOTAL_FORMS": "1",
        "evidence_rows-0-relation": "supports",
        "evidence_rows-0-url": "ftp://example.org/",
    }
    answer = client.post(page_of(claim), sent)
    assert "does not begin with http" in answer.content.decode()
    claim.refresh_from_db()
    assert (claim.unit, Evidence.objects.exists()) == ("", False)


def test_a_note_in_two_windows_shows_both_texts_and_one_step_applies_the_second(claim, ada, note):
    first, second = at(ada), at(ada)
    old = sent_from(second, claim)
    first.post(page_of(claim), sent_from(first, claim) | {"note_rows-0-text": "From the first."})
    answer = second.post(page_of(claim), old | {"note_rows-0-text": "From the second."})
    page = answer.content.decode()
    assert "changed by somebody else" in page
    assert "Stored now: From the first." in page
    assert Note.objects.get().text == "From the first."
    again = fields_on(answer)
    assert again["note_rows-0-text"] == "From the second."
    assert second.post(page_of(claim), again).status_code == 302
    assert Note.objects.get().text == "From the second."


def test_onlookers_see_rows_and_change_none(claim, note):
    client = at(make.member("admin"))
    assert "The port counts crews" in client.get(page_of(claim)).content.decode()
    assert client.post(page_of(claim), {"note_rows-0-text": "x"}).status_code == 403
