"""Many rows at once: the same rows and the same words as one by one, or nothing at all."""

import pytest
from django.db import IntegrityError, connection, transaction

from claims import batch, search
from claims.models import Attribution, Claim, ClaimVoice, FeedEntry, Speaker
from claims.models.article import make_uid
from tests.claims import make

pytestmark = pytest.mark.django_db

APART = {"id", "uid", "anchor_key", "created", "at"}


def copies(row, number, **fields):
    """Return unsaved rows like `row`, each with keys of its own."""
    names = [field.attname for field in row._meta.concrete_fields]
    same = {name: getattr(row, name) for name in names if name not in APART} | fields
    keyed = "anchor_key" in names
    return [
        type(row)(**same, **({"anchor_key": make_uid(), "uid": make_uid()} if keyed else {}))
        for _ in range(number)
    ]


def stored(rows):
    """Return what the database holds of rows, without what differs between any two."""
    found = type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]).order_by("pk")
    return [{name: row[name] for name in row.keys() - APART} for row in found.values()]


@pytest.fixture
def claim():
    article = make.article("Ñandú\u00a0count\n\n“1,200 cafe\u0301s” 😀 opened, Lena Ortiz said.\n")
    said = make.attribution(article, make.speaker(article=article))
    return make.claim(
        article, "1,200", voices=[said], status="accepted", value="1200", change={"by": ["1/3"]}
    )


@pytest.mark.parametrize("number", [1, 3, 12, 203])
def test_a_batch_stores_what_bulk_create_stores(claim, number):
    for row, fields in [
        (claim, {}),
        (claim, {"newer": {"é": None}, "number_low": None, "score": 1, "concept": "a\tb\\N\n"}),
        (claim.attribution, {"mention": None}),
        (claim.rulings.get(), {"standing": False, "value": None}),
    ]:
        one, other = copies(row, number, **fields), copies(row, number, **fields)
        type(row).objects.bulk_create(one)
        batch.insert(other)
        assert stored(one) == stored(other)
        assert len(stored(other)) == number


def test_a_new_row_is_what_its_model_makes():
    values = {"kind": "count", "start": 3, "article_id": 7, "machine": {"kind": "count"}}
    row, made = batch.new(Claim, values), Claim(**values)
    names = [field.attname for field in Claim._meta.concrete_fields if field.name != "uid"]
    assert [getattr(row, name) for name in names] == [getattr(made, name) for name in names]
    other = batch.new(Claim, values)
    assert row._state.adding
    assert row.uid != other.uid
    assert row.machine_chain is not other.machine_chain


def test_a_new_row_has_no_columns_but_its_own():
    with pytest.raises(TypeError, match="Claim has no column article, colour"):
        batch.new(Claim, {"article": None, "colour": "red", "start": 3})


def test_the_rows_of_a_batch_are_of_one_moment(claim):
    rows = copies(claim, 12)
    batch.insert(rows)
    assert {row.created for row in rows} == {rows[0].created}
    assert Claim.objects.filter(created=rows[0].created).count() == 12


@pytest.mark.parametrize("number", [2, 12, 203])
def test_a_batch_gets_numbers_in_the_feed_as_single_rows_do(claim, number):
    def shown(one):
        return [one.everybody is None, one.researcher is None, one.editor is None]

    connection.check_constraints()
    last = FeedEntry.objects.latest("seq").seq
    rows = copies(claim, number, status="proposed", is_public=False)
    names = [f"Dock {n}" for n in range(number)]
    speakers = [Speaker(name=name, kind="body", is_public=True) for name in names]
    batch.insert(rows)
    batch.insert(speakers)
    batch.insert(
        [
            ClaimVoice(claim=row, position=0, speaker=speaker)
            for row, speaker in zip(rows, speakers, strict=True)
        ]
    )
    alone = copies(claim, 1, status="proposed", is_public=False)[0]
    alone.save()
    connection.check_constraints()
    found = FeedEntry.objects.filter(seq__gt=last)
    of_claims = {one.object_id: one for one in found.filter(kind="claim")}
    assert of_claims.keys() == {alone.pk, *(row.pk for row in rows)}
    assert {one.uid for one in of_claims.values()} == {alone.uid, *(row.uid for row in rows)}
    assert all(shown(one) == shown(of_claims[alone.pk]) for one in of_claims.values())
    heard = found.filter(kind="speaker", researcher__isnull=False)
    assert {one.object_id for one in heard} == {speaker.pk for speaker in speakers}


def test_rows_get_ids_in_their_order_and_the_next_row_gets_another(claim):
    first, second = copies(claim, 12), copies(claim, 2)
    batch.insert(first)
    batch.insert(second)
    last = copies(claim, 1)[0]
    last.save()
    ids = [row.pk for row in (claim, *first, *second, last)]
    assert ids == sorted(set(ids))
    assert not first[0]._state.adding
    for row in (first[1], second[1]):
        assert Claim.objects.get(uid=row.uid).pk == row.pk


@pytest.mark.parametrize("number", [2, 12])
def test_an_empty_table_begins_with_any_id(number):
    names = [f"Dock {n}" for n in range(number)]
    batch.insert([Speaker(name=name, kind="body") for name in names])
    assert [row.name for row in Speaker.objects.order_by("pk")] == names


def test_nothing_is_stored_of_no_rows(django_assert_num_queries):
    with django_assert_num_queries(0):
        batch.insert([])
    assert not Claim.objects.exists()


@pytest.mark.parametrize("number", [2, 12])
def test_words_of_a_batch_are_found_and_those_of_single_rows_after_it(claim, number):
    rows = copies(claim, number, passage="A thousand glasshouses.", concept="glasshouses")
    batch.insert(rows)
    alone = copies(claim, 1, passage="One more glasshouse.", concept="")[0]
    alone.save()
    found = search.claims_matching("glasshouses OR glasshouse", Claim.objects.all())
    assert {row.pk for row in found} == {*(row.pk for row in rows), alone.pk}
    assert list(search.out_of_step()) == []


@pytest.mark.parametrize("number", [3, 12])
def test_a_batch_with_one_wrong_row_stores_none_and_no_words(claim, number):
    rows = copies(claim, number, passage="A thousand glasshouses.")
    rows[2].anchor_key = rows[0].anchor_key
    with pytest.raises(IntegrityError), transaction.atomic():
        batch.insert(rows)
    assert list(Claim.objects.all()) == [claim]
    assert not search.claims_matching("glasshouses", Claim.objects.all())
    assert list(search.out_of_step()) == []
    alone = copies(claim, 1, passage="One glasshouse.")[0]
    alone.save()
    assert search.claims_matching("glasshouse", Claim.objects.all()).get() == alone


def test_a_batch_takes_the_same_statements_for_any_number_of_rows(claim):
    def statements(number):
        with connection.execute_wrapper(count):
            told.clear()
            batch.insert(copies(claim, number))
        return len(told)

    def count(execute, sql, params, many, context):
        told.append(sql)
        return execute(sql, params, many, context)

    told = []
    assert statements(1) == statements(10) == 1
    assert statements(11) == statements(40)


def test_the_rows_of_other_tables_have_no_words(claim):
    speaker = claim.speaker
    batch.insert([ClaimVoice(claim=claim, position=9, speaker=speaker)])
    assert claim.voices.get(position=9).speaker == speaker
    assert Attribution.objects.count() == 1
