"""Statements that are written once: what is told when they are asked, and how rows come back."""

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.db.transaction import TransactionManagementError

from claims import export
from claims.filters.readers import Reader, claims_for
from claims.models import Article, Claim, Speaker
from claims.statements import Among, Given, RowsById, Update, Written
from tests.claims import make

NAMES = ("Lena Ortiz", "Rafe Quill", "Mara Voss")
TEXT = "Boats\n\nLena Ortiz said the port counted 12 boats, up from 9 in 2030.\n"


@pytest.fixture
def speakers(db):
    return [make.speaker(name) for name in NAMES]


def test_one_question_is_asked_again_with_other_values(speakers, django_assert_num_queries):
    asked = []

    def question():
        asked.append(1)
        return Speaker.objects.filter(name=Given("name"), kind=Given("kind"))

    named = Written(question)
    with django_assert_num_queries(4):
        found = [[row.pk for row in named(name=name, kind="person")] for name in NAMES]
        assert named.first(name="Lena Ortiz", kind="body") is None
    assert found == [[row.pk] for row in speakers]
    assert named.first(name="Rafe Quill", kind="person") == speakers[1]
    assert asked == [1]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (lambda rows: rows.values("name", "is_public"), {"name": "Mara Voss", "is_public": False}),
        (lambda rows: rows.values_list("name", "is_public"), ("Mara Voss", False)),
        (lambda rows: rows.only("kind"), None),
    ],
)
def test_the_answer_has_the_shape_of_the_question(speakers, shape, expected):
    asked = Written(lambda: shape(Speaker.objects.filter(pk=Given("pk"))))
    (found,) = asked(pk=speakers[2].pk)
    assert found == (expected or speakers[2])


def test_what_only_some_columns_were_read_of_reads_the_others_later(
    speakers, django_assert_num_queries
):
    row = Written(lambda: Speaker.objects.filter(pk=Given("pk")).only("kind")).first(
        pk=speakers[0].pk
    )
    with django_assert_num_queries(1):
        assert (row.kind, row.name) == ("person", "Lena Ortiz")


@pytest.mark.parametrize("chosen", [[], [2], [2, 0]])
def test_any_number_of_ids_is_told(speakers, chosen):
    ids = [speakers[n].pk for n in chosen]
    asked = Written(lambda: Speaker.objects.filter(pk__in=Among("ids")).order_by("pk"))
    assert [row.pk for row in asked(ids=ids)] == sorted(ids)


def test_values_are_told_as_values_and_never_written(speakers):
    named = Written(lambda: Speaker.objects.filter(name=Given("name")))
    assert named(name="' OR 1=1 --") == []
    assert named(name="%s") == []


def test_an_answer_comes_some_rows_at_a_time(speakers, django_assert_num_queries):
    named = Written(lambda: Speaker.objects.filter(pk__in=Among("ids")).values_list("name"))
    ids = [row.pk for row in speakers]
    with django_assert_num_queries(2):
        assert [len(some) for some in named.batches(2, ids=ids)] == [2, 1]
        assert list(named.batches(2, ids=[])) == []


def test_rows_by_id_come_in_the_order_of_the_ids_without_those_that_are_none(speakers):
    read = RowsById(lambda: Speaker.objects.values("id", "name"))
    ids = [speakers[2].pk, 0, speakers[0].pk]
    assert [row["name"] for row in read(ids)] == ["Mara Voss", "Lena Ortiz"]


@pytest.mark.parametrize(
    "values",
    [
        {"status": "accepted", "is_public": True},
        {"change": {"direction": "increase", "é": [1, None]}, "speaker_id": None},
        {"change": None, "number_low": 1.5, "concept": "%s cats"},
    ],
)
@pytest.mark.django_db
def test_columns_of_rows_are_set_and_what_is_computed_comes_from_each(
    values, django_assert_num_queries
):
    article = make.article("At least 1,200 people came on 40 boats with 300 crates.\n")
    one, two, other = (make.claim(article, words) for words in ("1,200", "40", "300"))
    Claim.objects.filter(pk=two.pk).update(version=7)
    update = Update(Claim, values, version=F("version") + 1)
    with django_assert_num_queries(1):
        update([one.pk, two.pk], values)
    rows = Claim.objects.in_bulk([one.pk, two.pk, other.pk])
    assert [rows[one.pk].version, rows[two.pk].version] == [one.version + 1, 8]
    for pk in (one.pk, two.pk):
        assert {name: getattr(rows[pk], name) for name in values} == values
    assert rows[other.pk].version == other.version


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_in_a_transaction_only():
    locked = Written(lambda: Speaker.objects.filter(pk=Given("pk")).select_for_update())
    make.speaker("Lena Ortiz")
    if connection.vendor == "sqlite":  # which locks no rows
        assert locked(pk=0) == []
        return
    with pytest.raises(TransactionManagementError):
        locked(pk=0)


@pytest.mark.django_db
def test_only_ids_that_were_asked_of_all_claims_are_known(django_assert_num_queries):
    claim = make.claim(make.article("At least 1,200 people came.\n"), "1,200")
    for claims, known in [
        (Claim.objects.by_id(claim.pk), (claim.pk,)),
        (Claim.objects.by_id(), ()),
        (Claim.objects.by_id(claim.pk).public(), None),
        (Claim.objects.by_id(claim.pk).order_by("pk"), None),
        (Claim.objects.public().by_id(claim.pk), None),
        (Claim.objects.all(), None),
    ]:
        assert claims.known == known
    with django_assert_num_queries(0):
        assert Claim.objects.by_id(claim.pk).ids() == (claim.pk,)
    assert list(Claim.objects.by_id(claim.pk).order_by("pk").ids()) == [claim.pk]
    assert list(Claim.objects.public().by_id(claim.pk).ids()) == []


@pytest.fixture
def claims(db):
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
