"""The rows of files: those of the documented serializer, value by value, for every reader."""

import io
import json
import threading
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import export
from claims.files import flat, formats, forms, parquet
from claims.files.reading import batches, chunks, snapshot
from claims.filters.readers import Reader, claims_for
from claims.models import Claim, Outlet
from tests.claims import make
from tests.claims.datapackage import rich

IN_PARQUET = pytest.mark.skipif(not parquet.installed(), reason="pyarrow is not installed")
FORMS = ["jsonl", pytest.param("parquet", marks=IN_PARQUET)]


def read(reader, rows=None, form="jsonl"):
    """Return the rows of a file, whose objects Parquet has as JSON."""
    asked = claims_for(reader) if rows is None else rows
    with snapshot():
        whole = b"".join(forms.of_claims(form, asked, reader, {}))
    if form == "jsonl":
        return [json.loads(line) for line in whole.splitlines()[:-1]]
    found = import_module("pyarrow.parquet").read_table(io.BytesIO(whole)).to_pylist()
    return [{**row, "change": json.loads(row["change"] or "null")} for row in found]


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("reader", list(Reader))
@pytest.mark.parametrize("seed", [11, 12])
def test_rows_by_the_database_are_those_of_the_serializer(seed, reader, form):
    rich.fill(seed, articles=9)
    found = read(reader, form=form)
    assert found == list(export.rows(claims_for(reader).order_by("id"), reader))
    assert len(found) > 3


HIDDEN = [
    # reader, words, voice, name, uid: as it is, as another, or none
    (Reader.EVERYBODY, False, False, None, None),
    (Reader.RESEARCHER, False, True, "L. Ortiz", None),
    (Reader.EDITOR, True, True, "Lena Ortiz", "head"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("reader", "words", "voice", "name", "uid"), HIDDEN)
def test_what_is_hidden_is_in_no_form(reader, words, voice, name, uid, form):
    outlet = make.outlet(text_policy=Outlet.TextPolicy.NONE)
    article = make.article(outlet=outlet)
    head = make.speaker("Lena Ortiz", privacy="private")
    written = make.speaker("L. Ortiz", article=article)
    make.same(written, head)
    made = make.accepted(article, voices=[make.attribution(article, written)])
    (row,) = read(reader, Claim.objects.filter(pk=made.pk), form)
    assert row["surface"] == (made.surface if words else None)
    assert row["passage"] == (made.passage if words else None)
    assert row["voice_label"] == (export.UNVERIFIED_LABEL if voice else None)
    shown = {"head": head.uid}.get(uid)
    assert (row["speaker"], row["speaker_uid"]) == (name, shown)
    assert (row["ultimate"], row["ultimate_uid"]) == (name, shown)
    item = {"uid": shown, "name": name, "kind": "person", "written": "L. Ortiz"}
    assert row["chain"] == ([item] if voice else [])


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_an_attribution_that_is_gone_is_named_nowhere(form):
    article = make.article()
    given = make.attribution(article, make.speaker(privacy="public"))
    made = make.accepted(article, voices=[given], voice_status="confirmed")
    assert read(Reader.EDITOR, form=form)[0]["attribution"] == given.uid
    type(given).objects.update(gone=True)
    for reader in Reader:
        (row,) = read(reader, form=form)
        assert row == next(export.rows(Claim.objects.filter(pk=made.pk), reader))
        assert row["attribution"] is None


HOSTILE = [
    *('"', "\\", "\\u0041", "a\tb\nc\rd", "\x01\x1f\x7f", "\u2028 \ufeff", "é € 😀 日本"),
    *("{}", "],[", ","),
]
DOUBLES = [0.1 + 0.2, 1 / 3, 12345678901234567.0, 1e22, 5e-324, -0.0, 100.0]


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("words", HOSTILE)
def test_words_come_as_they_are(words, form):
    made = make.accepted(voice_status="confirmed")
    Claim.objects.filter(pk=made.pk).update(concept=words, scope_place=words)
    type(made.article).objects.update(headline=words)
    (row,) = read(Reader.EDITOR, form=form)
    assert (row["headline"], row["concept"], row["scope_place"]) == (words, words, words)


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("double", DOUBLES)
def test_doubles_come_to_the_last_digit(double, form):
    made = make.accepted()
    Claim.objects.filter(pk=made.pk).update(number_low=double, number_high=None, score=double)
    (row,) = read(Reader.EDITOR, form=form)
    assert [row["number_low"], row["number_high"], row["score"]] == [double, None, double]


@pytest.mark.django_db
def test_both_ways_to_write_json_give_the_same_lines():
    rich.fill(3, articles=5)
    rows = claims_for(Reader.EDITOR)
    with snapshot():
        here = b"".join(formats.json_lines(export.COLUMNS, batches(flat.flat(rows, Reader.EDITOR))))
    *lines, _ = here.splitlines()
    assert [json.loads(line) for line in lines] == read(Reader.EDITOR)


@pytest.mark.django_db
def test_a_file_is_one_statement():
    rich.fill(1)
    with CaptureQueriesContext(connection) as captured:
        read(Reader.EVERYBODY)
    assert len([query for query in captured if "FROM" in query["sql"]]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_a_question_that_nothing_can_answer_gives_no_rows(form):
    make.accepted()
    assert read(Reader.EDITOR, Claim.objects.filter(pk__in=[]), form) == []


@pytest.mark.django_db
def test_parts_together_are_all_rows(monkeypatch):
    monkeypatch.setattr("claims.files.reading.IN_A_PART", 2)
    for number in range(5):
        make.outlet(f"Outlet {number}")
    found = [[row.name for row in part] for part in chunks(Outlet.objects.all())]
    assert found == [["Outlet 0", "Outlet 1"], ["Outlet 2", "Outlet 3"], ["Outlet 4"]]


@pytest.mark.django_db(transaction=True)
def test_all_that_is_read_is_of_one_moment():
    if connection.vendor != "postgresql":
        pytest.skip("the tests' SQLite is in memory, where readers do lock tables")
    make.outlet("Before")

    def write():
        Outlet.objects.create(name="Meanwhile")
        connection.close()

    with snapshot():
        assert Outlet.objects.count() == 1
        writer = threading.Thread(target=write)
        writer.start()
        writer.join()
        assert Outlet.objects.count() == 1
    assert Outlet.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_leaves_the_connection_as_it_was():
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite is told how to begin and how much to keep")
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA cache_size").fetchone()
        mapped = cursor.execute("PRAGMA mmap_size").fetchone()
        with snapshot():
            assert cursor.execute("PRAGMA cache_size").fetchone() == (-8000,)
            assert cursor.execute("PRAGMA mmap_size").fetchone() in {None, (0,)}
            assert connection.in_atomic_block
        assert cursor.execute("PRAGMA cache_size").fetchone() == before
        assert cursor.execute("PRAGMA mmap_size").fetchone() == mapped
    assert connection.transaction_mode == connection.settings_dict["OPTIONS"]["transaction_mode"]
