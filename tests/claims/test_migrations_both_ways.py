"""Rows stored at a few points of the past go up to today's tables, down and up again, and stay."""

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from claims import search
from claims.models import Article, ArticleText, Claim
from tests.claims.test_migrations import Past, before, migrated  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)

POINTS = ["0002_search", "0012_background_work", "0017_bylines"]
MOVED = {"speaker", "ultimate", "version"}
"""What 0004 gives anew, to the rows of each article; the names stay, and are looked at apart."""
INDEXES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view') "
    "AND (name LIKE 'claims%search%' OR name LIKE 'claims%words')",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'claims%search%' UNION "
    "SELECT indexname FROM pg_indexes WHERE indexname LIKE 'claims%words%'",
}


def latest():
    migrated(MigrationExecutor(connection).loader.graph.leaf_nodes())


def fill(apps):
    past = Past(apps)
    ortiz = past.of("Speaker", name="Lena Ortiz", kind="organisation", uid="ortiz0000000")
    first, told = past.told(1, ("Lena Ortiz", ortiz))
    second, _ = past.told(2, ("Lena Ortiz", ortiz))
    past.rule(claim=first, field="status", value="accepted")
    past.rule(attribution=told[0], field="manner", value="direct")
    topic = past.of("Topic", scheme="on-record", code="ports", label="Ports")
    past.of("ClaimTopic", claim=second, topic=topic, origin="editor")
    outlet = past.of("Outlet", name="The Courier")
    file = past.of(
        "SourceFile", sha256="0" * 64, name="a.txt", encoding="utf-8", size=7, file="sources/none"
    )
    past.of("Placement", article=first.article, source_file=file, start=0, slices=[[0, 7]])
    entry = {"actor_id": past.user.pk, "actor_name": "past", "object_type": "outlet"}
    past.of("Change", **entry, action="create", object_id=outlet.pk, after={"name": "The Courier"})


def rows(apps):
    """Return every row of our tables: the fields that no migration is meant to change."""
    found = {}
    for model in apps.get_app_config("claims").get_models():
        kept = [one.name for one in model._meta.concrete_fields if one.name not in MOVED]
        found[model.__name__] = list(model.objects.order_by("pk").values(*kept))
    voices = apps.get_model("claims", "ClaimVoice").objects.order_by("claim", "position")
    found["ClaimVoice"] = list(voices.values("claim", "position", "speaker__name"))
    del found["Speaker"]
    return found


def search_parts():
    with connection.cursor() as cursor:
        cursor.execute(INDEXES[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def measured():
    """Return the columns of claims, and the pairs of them, that PostgreSQL knows the values of."""
    if connection.vendor != "postgresql":
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_stats WHERE tablename = 'claims_claim' "
            "UNION SELECT statistics_name FROM pg_stats_ext WHERE dependencies IS NOT NULL"
        )
        return {name for (name,) in cursor.fetchall()}


def assert_today_is_whole(parts):
    """Look for the rows, and for the search: its parts, and that they do their work."""
    assert Claim.objects.count() == 2
    assert search_parts() == parts
    assert list(search.out_of_step()) == []
    assert {"words", "claims_claim_kind_unit"} <= measured() or connection.vendor != "postgresql"
    assert search.claims_matching("passengers", Claim.objects.all()).count() == 2
    assert search.articles_matching("passengers", Article.objects.all()).count() == 2
    with transaction.atomic():
        ArticleText.objects.update(text="Trams, and nothing else.")
        assert search.articles_matching("trams", Article.objects.all()).count() == 2
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "before", [[("claims", point)] for point in POINTS], ids=POINTS, indirect=True
)
def test_rows_of_a_point_in_the_past_outlast_the_way_up_and_down(before, request):  # noqa: F811
    point = request.node.callspec.params["before"]
    parts = search_parts()
    fill(before)
    stored = rows(before)
    assert all(stored[table] for table in ("Claim", "Ruling", "ClaimTopic", "Placement", "Change"))
    latest()
    assert_today_is_whole(parts)
    assert rows(migrated(point)) == stored
    latest()
    assert_today_is_whole(parts)
