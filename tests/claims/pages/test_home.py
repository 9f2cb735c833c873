"""The first page says what this is and where things are, from this server alone."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.template.loader import get_template
from django.test.utils import CaptureQueriesContext

from claims.models import Article, Speaker
from tests.claims import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims():
    article = make.article(outlet=make.outlet())
    ortiz = make.speaker(privacy=Speaker.Privacy.PUBLIC)
    voices = [make.attribution(article, ortiz)]
    make.accepted(article, voices=voices, voice_status="confirmed")
    make.accepted(article, "At least 1,200", value="1200")
    make.claim(article, "€412 million", kind="money", value="412000000", unit="EUR")
    make.article("A draft.\n", visibility=Article.Visibility.DRAFT)


def counts(page):
    return dict(re.findall(r"<dt>(\w+)</dt><dd>([^<]+)</dd>", page.content.decode()))


def test_it_counts_what_everybody_may_see_and_shows_the_newest(client, claims):
    with CaptureQueriesContext(connection) as captured:
        page = client.get("/")
    assert counts(page) == {"claims": "2", "articles": "1", "speakers": "1", "outlets": "1"}
    assert [row["surface"] for row in page.context["claims"]] == ["At least 1,200", "3.74 million"]
    assert len(captured) == 6  # four counts, ids, rows


def test_editors_see_there_what_everybody_sees(client, claims):
    client.force_login(make.editor())
    page = client.get("/")
    assert counts(page)["claims"] == "2"
    assert "412 million" not in " ".join(row["surface"] for row in page.context["claims"])


def test_counts_are_capped(client, claims, monkeypatch):
    monkeypatch.setattr("claims.filters.base.COUNTED", 1)
    monkeypatch.setattr("claims.filters.paging.COUNTED", 1)
    assert counts(client.get("/"))["claims"] == "1+"


def test_it_leads_to_everything_and_loads_nothing_from_elsewhere(client):
    body = client.get("/").content.decode()
    assert "<script" not in body
    addresses = set(re.findall(r'(?:src|href|action)="([^"]+)"', body))
    assert all(address.startswith(("/", "#", "data:")) for address in addresses)
    assert finders.find("claims/site.css")
    wanted = {"/api/docs", "/api/schema", "/api/v1", "/admin/", "/claims", "/claims.atom"}
    assert wanted | {"/scorecard", "/about", "/method", "/contact"} <= addresses
    for address in addresses:
        if not address.startswith(("#", "/static")):
            assert client.get(address.partition("#")[0]).status_code in {200, 302}, address


def test_labels_are_honest(client):
    body = client.get("/").content.decode()
    assert "reading checked; truth not assessed" in body
    assert "machine reading, unverified" in body


def test_a_missing_page_is_plain(client):
    page = client.get("/nothing/here/")
    assert page.status_code == 404
    assert "Nothing is there" in page.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403.html", "500.html"])
def test_error_pages_render_without_a_request(name):
    assert "<h1>" in get_template(name).render({})


def test_only_reading_is_allowed(client):
    assert client.post("/").status_code == 405
