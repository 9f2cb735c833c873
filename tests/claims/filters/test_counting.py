"""How many rows fit: counted as far as asked, and told by the page where that is known with it."""

import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.filters import base, paging
from claims.models import Claim
from tests.claims.filters.test_paging import answer, some_claims

pytestmark = pytest.mark.django_db


COUNTS = [
    # asked, counted so far, what is said
    ("count=true", 10, "3"),
    ("count=true", 3, "3"),
    ("count=true&page_size=1", 10, "3"),
    ("count=true&page_size=1", 2, "2+"),
    ("count=true&page_size=2&published_from=1900", 10, "3"),
    ("count=true&page_size=1&published_from=1900", 3, "3"),
    ("count=true&page_size=1&published_from=1900", 2, "2+"),
    ("count=true&page_size=2&published_from=1900", 1, "1+"),
    ("count=exact&page_size=1&published_from=1900", 2, "3"),
    ("count=exact&page_size=1", 2, "3"),
    ("count=exact", 2, "3"),
    ("count=false&page_size=1&published_from=1900", 2, "2+"),
]


@pytest.mark.parametrize(("question", "most", "said"), COUNTS)
def test_rows_are_counted_as_far_as_asked(monkeypatch, question, most, said):
    some_claims(3, published=itertools.repeat(20300101))
    monkeypatch.setattr(base, "COUNTED", most)
    monkeypatch.setattr(paging, "COUNTED", most)
    asked, found = answer(question)
    counted = paging.count(asked.rows, found, paging.page(asked, found))
    assert str(counted) == said


DAYS = [
    # first and last day, which may be open
    *((20300101, 20300131), (20300101, None), (None, 20300131), (None, None)),
    *((20310101, 20311231), (20310101, None), (None, 20311231), (20300101, 20311231)),
]


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("asked", ["from=2030", "to=2030", "from=2030-02&published_to=2031"])
def test_claims_of_open_and_closed_days_are_walked_in_one_order(asked, order):
    made = some_claims(len(DAYS) * 2)
    for claim, (first, last) in zip(made, DAYS * 2, strict=True):
        days = {"published_earliest": first, "published_latest": last}
        Claim.objects.filter(pk=claim.pk).update(**days)
    question = f"published_{asked}&page_size=2&count=true&ordering={order}"
    found, page = [], ""
    while page is not None:
        given, paged = answer(f"{question}&cursor={page}" if page else question)
        shown = paging.page(given, paged)
        found += shown.ids
        page = shown.next
        assert paging.count(given.rows, paged, shown).value == given.rows.count()
    rows = given.rows.order_by("-id" if order == "newest" else "id")
    assert found == list(rows.values_list("id", flat=True))
    assert 4 <= len(found) < len(made)


ONE_STATEMENT = [
    # asked, whether page and number took one statement
    ("kind=count&page_size=3", True),  # the page is not full
    ("published_from=1900&page_size=2", True),
    ("published_from=1900&page_size=2&count=exact", False),
    ("published_from=1900&page_size=2&text=boats", False),
    ("kind=count&page_size=2", False),
]


@pytest.mark.parametrize(("question", "alone"), ONE_STATEMENT)
def test_a_number_that_the_page_told_is_not_counted_again(question, alone):
    some_claims(3, published=itertools.repeat(20300101))
    asked, found = answer(question if "count=" in question else f"{question}&count=true")
    with CaptureQueriesContext(connection) as captured:
        assert str(paging.count(asked.rows, found, paging.page(asked, found))) == "3"
    assert len(captured) == (1 if alone else 2)


def test_a_large_count_is_written_with_commas():
    assert str(paging.Count(10_000, more=True)) == "10,000+"
