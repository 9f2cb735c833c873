"""Measuring the tables, and plans that are good before it and after."""

import pytest
from django.db import OperationalError, connection

from claims.filters.readers import Reader, attributions_for, speakers_for
from claims.models import Attribution, Claim, ClaimVoice
from claims.statistics import refresh
from tests.claims import make

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 300


@pytest.fixture
def many():
    """Make many claims of many speakers, most of them public, each with its own attribution."""
    article = make.article()
    speakers = [make.speaker(f"Lena Ortiz {n}", privacy="public") for n in range(ROWS // 10)]
    voice = make.attribution(article, speakers[0])
    claim = make.accepted(article, voices=[voice], voice_status="confirmed")
    voices, claims = copies(voice), copies(claim)
    for number, (its, one) in enumerate(zip(voices, claims, strict=True)):
        its.speaker = one.speaker = speakers[number // 10]
        one.attribution, one.is_public = its, number % 4 > 0
    Attribution.objects.bulk_create(voices)
    Claim.objects.bulk_create(claims)
    ClaimVoice.objects.bulk_create(
        ClaimVoice(claim=one, speaker=one.speaker, position=0) for one in claims
    )


def copies(row):
    """Return new rows like `row`."""
    names = [f.attname for f in row._meta.concrete_fields if f.name not in ("id", "uid")]
    same = {name: getattr(row, name) for name in names}
    return [type(row)(**same | {"anchor_key": f"like {n}"}) for n in range(ROWS)]


def forget():
    """Let SQLite know nothing of its tables, as before the first import."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sqlite_schema")  # makes the table, if nothing was measured yet
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("ANALYZE sqlite_schema")


PLANS = [
    # rows, what their plan looks up, what it never begins with
    (attributions_for, "(attribution_id=?", ("voice_speaker", "claim_public (is_public=?)")),
    (speakers_for, "voice_speaker (speaker_id=?)", ("claim_public (is_public=?)",)),
]


@pytest.mark.parametrize("measured", [False, True])
@pytest.mark.parametrize(("rows", "looked_up", "never"), PLANS)
def test_no_list_of_voices_begins_with_all_public_claims(many, rows, looked_up, never, measured):
    if connection.vendor != "sqlite":
        pytest.skip("the plan of SQLite")
    forget()
    if measured:
        refresh()
    plan = rows(Reader.EVERYBODY).order_by("-id").values("id")[:50].explain()
    forget()
    assert looked_up in plan
    assert not [index for index in never if index in plan]


def test_measuring_tells_the_database_how_much_there_is(many):
    refresh(changed=10)
    if connection.vendor == "sqlite":
        known = "SELECT stat FROM sqlite_stat1 WHERE idx = 'claim_attribution'"
    else:
        known = "SELECT reltuples FROM pg_class WHERE relname = 'claims_claim'"
    with connection.cursor() as cursor:
        cursor.execute(known)
        (told,) = cursor.fetchone()
    assert int(str(told).split(".")[0].split()[0]) == ROWS + 1


def test_a_few_rows_more_are_not_worth_it_on_postgresql(django_assert_num_queries):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is always measured, as far as it is worth")
    with django_assert_num_queries(1):
        refresh(changed=10**9)


def test_where_others_are_writing_it_is_left_to_the_next_time():
    def busy(*given):
        raise OperationalError("database is locked")

    with connection.execute_wrapper(busy):
        assert refresh() is None
