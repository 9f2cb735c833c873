"""The Atom feed of a search: valid, stable, the same until something in it changes."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.curation import review
from claims.models import Claim, Speaker
from tests.claims import make

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
NEEDED = ("id", "title", "updated")


def read(client, question=""):
    """Return the root of a feed."""
    answer = client.get(f"/claims.atom?{question}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def entries(root):
    """Return the entries of a feed, each as the text of its elements by name."""
    found = root.findall(f"{ATOM}entry")
    return [{part.tag.removeprefix(ATOM): part.text for part in entry} for entry in found]


@pytest.fixture
def claim():
    article = make.article(outlet=make.outlet(), published="2031-03-11")
    ortiz = make.speaker("Lena Ortiz", privacy=Speaker.Privacy.PUBLIC)
    voices = [make.attribution(article, ortiz)]
    claim = make.claim(article, voices=voices)
    make.tag(claim, make.topic())
    review.accept(Claim.objects.filter(pk=claim.pk), actor=make.editor(), voice=True)
    return claim


def test_an_entry_says_what_was_stated_by_whom_and_how_far_it_is_checked(client, claim):
    root = read(client)
    (entry,) = entries(root)
    assert entry["title"] == "3.74 million – passengers – Lena Ortiz"
    assert entry["id"].endswith(f"/claims/{claim.uid}")
    assert "reading checked; truth not assessed" in entry["summary"]
    assert "The Saltmere Courier, 11 March 2031, Ferry counts rise" in entry["summary"]
    assert root.find(f"{ATOM}entry/{ATOM}category").get("term") == "on-record:transport"


def test_feed_and_entries_have_what_atom_asks_for(client, claim):
    root = read(client, "kind=count")
    for part in (root, root.find(f"{ATOM}entry")):
        for name in NEEDED:
            assert part.findtext(f"{ATOM}{name}")
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == root.findtext(f"{ATOM}id") == "http://testserver/claims.atom?kind=count"
    assert links["alternate"] == "http://testserver/claims?kind=count"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "On Record"


def test_the_time_of_an_entry_is_that_of_its_last_public_change(client, claim):
    (before,) = entries(read(client))
    claim.refresh_from_db()
    review.correct(claim, {"value": "3740001"}, actor=make.editor(), version=claim.version)
    (after,) = entries(read(client))
    assert after["id"] == before["id"]
    assert after["updated"] > before["updated"]
    assert after["updated"] == read(client).findtext(f"{ATOM}updated")


def test_a_feed_that_did_not_change_is_not_sent_again(client, claim):
    first = client.get("/claims.atom")
    again = client.get("/claims.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    claim.refresh_from_db()
    review.reject(Claim.objects.filter(pk=claim.pk), actor=make.editor())
    changed = client.get("/claims.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_an_empty_feed_stays_the_same(client):
    root = read(client)
    assert root.findtext(f"{ATOM}updated") == "2025-01-01T00:00:00+00:00"
    assert entries(root) == []


def test_what_no_xml_may_hold_is_replaced(client):
    article = make.article("Bell\x07head <b>&\n\nIt cost 5\x0b euros.\n")
    make.accepted(article, "5\x0b euros", kind="money")
    (entry,) = entries(read(client))
    assert entry["title"].startswith("5\ufffd euros")
    assert "Bell\ufffdhead &lt;b&gt;&amp;" in entry["summary"]


def test_a_question_that_cannot_be_answered_is_named(client):
    answer = client.get("/claims.atom?kind=colour")
    assert answer.status_code == 400
    assert answer.content.startswith(b"kind: colour is none of")


def test_what_is_not_public_is_dated_by_when_it_was_stored(client):
    claim = make.claim()
    client.force_login(make.user())
    (entry,) = entries(read(client, "status=proposed"))
    assert "machine reading, unverified" in entry["summary"]
    assert datetime.fromisoformat(entry["updated"]) == claim.created.astimezone(UTC)


def test_a_feed_takes_three_statements(client, claim):
    with CaptureQueriesContext(connection) as captured:
        client.get("/claims.atom")
    assert len(captured) == 3  # ids, rows, when they changed
