"""What holds on every page of rows: no script, few statements, nothing hidden."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.curation import review
from claims.models import Article, Claim, Outlet, Speaker
from tests.claims import make
from tests.claims.pages.rows import SHOWN, TEXT, addresses, spoken
from tests.claims.pages.test_markup import Page

pytestmark = pytest.mark.django_db


def test_pages_need_no_script_and_no_style_of_their_own(client):
    claim = spoken("full", value="3740000")
    spoken(published="2032-01-01")
    make.tag(claim, make.topic())
    for address in addresses(claim):
        answer = client.get(address)
        body = answer.content.decode()
        assert answer.status_code == 200, address
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert Page(body).faults == [], address
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", body), address


MOST_STATEMENTS = 26
"""Of the page with most parts, the speaker's; none grows with its rows."""


def test_the_number_of_statements_does_not_grow_with_the_rows(client):
    def counts():
        claim = Claim.objects.order_by("pk").first()
        found = {}
        for address in addresses(claim):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            found[address] = len(captured)
        return found

    def more(numbers):
        for number in numbers:
            one = spoken(published=f"20{30 + number}-02-01", outlet=f"Paper {number}")
            make.tag(one, make.topic())
            review.correct(one, {"value": "1"}, actor=make.editor(), version=one.version)
            make.topic(f"topic{number}")

    more(range(2))
    few = counts()
    more(range(2, 50))
    many = counts()
    assert {name: (few[name], n) for name, n in many.items() if n > few[name]} == {}
    assert max(many.values()) <= MOST_STATEMENTS


# Hidden is hidden


def test_nothing_hidden_is_on_any_page_for_everybody(client):
    """Planted words are in rows of every kind that everybody may not see."""
    claim = spoken("full")
    article, topic = claim.article, make.topic()
    make.tag(claim, topic)
    hidden = []
    text = TEXT + "Planted 11 plantedwords, Planted Speaker said. Planted 12. Planted 13.\n"
    quiet = make.article(text, outlet=make.outlet("Mute", text_policy="none"), headline="Open")
    person = make.speaker("Planted Speaker", privacy="private", article=quiet)
    voice = make.attribution(quiet, person, source="Planted Speaker")
    hidden += [make.claim(quiet, "11", voices=[voice], concept="planted proposed")]
    hidden += [make.claim(quiet, "12", status="rejected", concept="planted rejected")]
    make.claim(quiet, "13", voices=[voice], status="accepted", value="13", concept="open")
    for visibility in ("draft", "withdrawn"):
        house = make.outlet(f"Planted Outlet {visibility}", text_policy="full")
        unseen = make.article(text, outlet=house, visibility=visibility, headline="Plantedhead")
        body = make.speaker(f"Planted {visibility}", kind="organisation")
        said = make.attribution(unseen, body, source="Planted Speaker")
        hidden += [make.claim(unseen, "11", voices=[said], concept="planted", **SHOWN)]
        hidden[-1].article.refresh_from_db()
    for row in hidden:
        make.tag(row, topic)
    asked = [*addresses(claim), f"/articles/{quiet.uid}", "/corrections.atom", "/"]
    asked += [f"/outlets/{pk}" for pk in Outlet.objects.values_list("pk", flat=True)]
    asked += [f"/speakers/{uid}" for uid in Speaker.objects.values_list("uid", flat=True)]
    asked += [f"/articles/{uid}" for uid in Article.objects.values_list("uid", flat=True)]
    for uid in Claim.objects.values_list("uid", flat=True):
        asked += [f"/claims/{uid}{end}" for end in ("", "/v1", "/v2", "/cite.bib", "/cite.json")]
    uids = {row.uid for row in hidden}
    for address in asked:
        answer = client.get(address)
        body = answer.content.decode().replace(address, "").lower()
        assert "planted" not in body, address
        assert not [uid for uid in uids if uid in body], address
    assert article.headline in client.get(f"/articles/{article.uid}").content.decode()
