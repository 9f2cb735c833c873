"""What holds on every page of the admin: our own files only, no scripts or styles in the page."""

import re

import pytest

from claims.models import Change, Reading
from tests.claims.admin.test_listing import LISTS, fill

OTHERS = ("/admin/", "/admin/claims/article/import/", "/admin/claims/claim/?nothing=1")


def addresses():
    first = {name: f"/admin/claims/{name}/" for name in LISTS}
    return [*OTHERS, *first.values(), *(f"{address}FIRST/change/" for address in first.values())]


@pytest.fixture
def filled(browser):
    fill(1)
    return browser


@pytest.mark.parametrize("address", addresses())
def test_a_page_needs_nothing_that_its_own_policy_forbids(filled, address):
    if "FIRST" in address:
        shown = filled.get(address.removesuffix("FIRST/change/")).context["cl"].result_list[0]
        address = address.replace("FIRST", str(shown.pk))
    answer = filled.get(address)
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    html = answer.text
    assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>", html)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)
    for link in re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="([^"]*)"', html):
        assert link.startswith("/"), link


def test_the_first_page_leads_to_the_work_that_waits(browser):
    page = browser.get("/admin/").text
    for heap in ("again", "voices", "lost"):
        assert f"/admin/claims/claim/?work={heap}" in page
    assert "/admin/claims/article/import/" in page


def test_the_change_form_stays_small(filled):
    claim = Change.objects.get().object_id
    assert len(filled.get(f"/admin/claims/claim/{claim}/change/").content) < 100_000


@pytest.mark.parametrize("number", [99_999, 10**30])
def test_a_row_that_is_not_there_is_told(filled, number):
    answer = filled.get(f"/admin/claims/reading/{number}/change/", follow=True)
    assert "doesn’t exist" in answer.text
    assert Reading.objects.count() == 1
