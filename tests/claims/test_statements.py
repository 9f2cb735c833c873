"""Statements that are written once: the same rows as those that are written each time."""

import pytest
from django.db import connection, transaction

from claims import export
from claims.filters.readers import Reader, claims_for
from claims.models import Article, Claim
from tests.claims import make

pytestmark = pytest.mark.django_db

TEXT = "Boats\n\nLena Ortiz said the port counted 12 boats, up from 9 in 2030.\n"


@pytest.fixture
def claims():
    """Make two public claims, one with a voice, a topic and a change, and one of a draft."""
    article = make.article(TEXT)
    voice = make.attribution(article, make.speaker(privacy="public"))
    change = {"direction": "increase", "from": "9"}
    rich = make.accepted(article, "12", change=change, voices=[voice], voice_status="confirmed")
    for code in ("transport", "harbours"):
        make.tag(rich, make.topic(code))
    draft = make.article("Cars\n\nThe town counted 7 cars.\n", visibility=Article.Visibility.DRAFT)
    return [rich, make.accepted(article, "9"), make.accepted(draft, "7")]


@pytest.mark.parametrize("reader", Reader)
def test_a_page_has_the_rows_that_the_reader_may_see_in_the_order_of_the_ids(claims, reader):
    ids = [claims[place].pk for place in (1, 2, 0)]
    rows = {row["uid"]: row for row in export.rows(claims_for(reader), reader)}
    shown = [claim.uid for claim in (claims[1], claims[2], claims[0]) if claim.uid in rows]
    assert export.page(ids, reader) == [rows[uid] for uid in shown]
    assert len(shown) == (3 if reader == Reader.EDITOR else 2)


@pytest.mark.parametrize("ids", [[], [0]])
def test_no_ids_and_ids_of_nothing_give_no_rows(claims, ids):
    assert export.page(ids, Reader.EVERYBODY) == []


def test_an_id_given_twice_is_answered_twice(claims):
    pk = claims[0].pk
    one, other = export.page([pk, pk], Reader.EVERYBODY)
    assert one == other


def test_each_page_is_one_statement(claims, django_assert_num_queries):
    for claim in claims[:2]:
        with django_assert_num_queries(1):
            export.page([claim.pk], Reader.EVERYBODY)


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_is_asked_anew(claims):
    ids = list(Claim.objects.values_list("pk", flat=True))
    before = export.page(ids, Reader.EDITOR)
    connection.close()
    assert export.page(ids, Reader.EDITOR) == before != []


@pytest.mark.django_db(transaction=True)
def test_a_statement_outlives_a_transaction_that_was_taken_back(claims):
    ids = [claims[0].pk]
    connection.close()
    with transaction.atomic():
        assert export.page(ids, Reader.EDITOR)
        transaction.set_rollback(True)
    assert export.page(ids, Reader.EDITOR)
