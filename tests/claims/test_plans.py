"""How the databases go about the usual questions: never over the wide rows of all claims."""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.http import QueryDict
from django.test import RequestFactory

from claims.filters.claims import ClaimFilter
from claims.filters.readers import Reader, claims_for
from claims.models import Article, Claim, ClaimTopic
from claims.statistics import refresh
from tests.claims import make
from tests.claims.test_statistics import forget

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 400
MEASURED = "measured"
QUESTIONS = [
    # question, whether its newest rows are found without sorting (MEASURED: once SQLite knows that
    # a kind has too many rows to sort; before, it takes the index of a kind's values for them)
    ("", True),
    ("kind=money", MEASURED),
    ("unit=EUR&kind=money&value_min=1&value_max=9", False),
    ("published_from=2022&published_to=2022", True),
    ("date_from=2022", True),
    ("scope_to=2022", True),
    ("voice_status=confirmed", False),
    ("text=boats", True),
    ("topic=on-record:transport", True),
    ("topic=on-record:harbours", True),
    ("topic=on-record:transport&kind=money&published_from=2022", MEASURED),
]


@pytest.fixture
def many():
    """Make many claims, one in four public; most are about transport, one about harbours."""
    article = make.article("Boats\n\nThe port counted 12 boats.\n")
    claim = make.accepted(article, "12")
    make.tag(claim, make.topic("harbours"))
    topic = make.topic("transport")
    names = [field.attname for field in Claim._meta.concrete_fields if field.name not in {"id"}]
    same = {name: getattr(claim, name) for name in names if name != "uid"}
    made = Claim.objects.bulk_create(
        Claim(**same | {"anchor_key": f"like {n}", "is_public": n % 4 == 0}) for n in range(ROWS)
    )
    ClaimTopic.objects.bulk_create(
        ClaimTopic(claim=one, topic=topic, origin="rule") for one in made[ROWS // 5 :]
    )


def plan(rows):
    """Return the plan of a queryset, without regard to how small the tables are."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET enable_seqscan = off")
            try:
                return rows.explain()
            finally:
                cursor.execute("SET enable_seqscan = on")
    return rows.explain()


def walks(plan):
    """Return the steps of a plan that go over whole rows of all claims."""
    if connection.vendor == "postgresql":
        return re.findall(r"Seq Scan on claims_claim\b.*", plan)
    return [
        step
        for step in plan.splitlines()
        if re.search(r"SCAN (?:claims_claim\b|[A-Z][0-9])(?! USING (?:COVERING )?INDEX)", step)
    ]


@pytest.fixture(params=[False, True], ids=["before measuring", "measured"])
def measured(request, many):
    """See the plans before the tables were measured for the first time, and after."""
    if connection.vendor == "sqlite":
        forget()
    if request.param:
        refresh(changed=0)
    yield request.param
    if connection.vendor == "sqlite":
        forget()


@pytest.mark.parametrize(("question", "in_order"), QUESTIONS)
def test_a_page_and_a_count_for_everybody_walk_no_wide_rows(measured, question, in_order):
    asked = ClaimFilter(QueryDict(question), claims_for(Reader.EVERYBODY), Reader.EVERYBODY)
    rows = asked.ask().rows
    page, count = (
        plan(rows.order_by(*order).values("id")[:most]) for order, most in [(["-id"], 51), ([], 99)]
    )
    assert not walks(page), page
    assert not walks(count), count
    if (measured if in_order == MEASURED else in_order) and connection.vendor == "sqlite":
        assert "TEMP B-TREE" not in page


OF_ALL = [
    # question, the index that SQLite finds a page and a count in, once it was measured
    ("kind=money", "claim_current_of_kind (kind=?)"),
    ("kind=count&value_min=9&text=boats", "claim_current_of_kind (kind=? AND id=?)"),
    ("topic=on-record:harbours", "claim_current (id=?)"),
]


@pytest.mark.parametrize(("question", "index"), OF_ALL)
def test_a_page_and_a_count_for_an_editor_come_from_an_index(many, question, index):
    refresh(changed=0)
    states = [("status", Claim.Status.values), ("visibility", Article.Visibility.values)]
    asked = "&".join([question, *(f"{name}={one}" for name, all_ in states for one in all_)])
    rows = ClaimFilter(QueryDict(asked), claims_for(Reader.EDITOR), Reader.EDITOR).ask().rows
    for found in (
        plan(rows.order_by("-id").values("id")[:51]),
        plan(rows.order_by().values("id")[:99]),
    ):
        assert not walks(found), found
        assert connection.vendor != "sqlite" or f"USING COVERING INDEX {index}" in found
        assert "TEMP B-TREE" not in found
    if connection.vendor == "sqlite":
        forget()


HEAPS = ["waiting", "again", "disputed", "voices", "lost", "accepted", "rejected"]


@pytest.mark.parametrize("heap", HEAPS)
def test_each_heap_of_the_admins_list_is_read_from_an_index(measured, heap):
    shown = admin.site.get_model_admin(Claim)
    request = RequestFactory().get("/", {"work": heap})
    request.user = make.editor()
    page = plan(shown.get_changelist_instance(request).get_queryset(request).values("id")[:100])
    assert not walks(page), page
    assert "Sort" not in page
    assert "TEMP B-TREE" not in page
