"""Claims joined in Arrow: the rows of the serializer, however many come at once."""

import io
import json
import threading

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from claims import export
from claims.files import forms, joined
from claims.files.reading import batches, snapshot
from claims.filters.claims import ClaimFilter
from claims.filters.readers import Reader, claims_for
from claims.models import Article, Claim, ClaimTopic, Speaker
from tests.claims import make
from tests.claims.datapackage import rich

pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pytestmark = pytest.mark.django_db

ASIDE = 1
"""Statements that read what is the same for all claims: topics."""
BESIDE = 4
"""Statements for each table: articles, links of topics, voices, speakers."""


def read(reader=Reader.EDITOR, rows=None):
    """Return the rows of each table, whose objects are JSON."""
    asked = joined.claims_read(claims_for(reader) if rows is None else rows, reader)
    with snapshot():
        tables = [table.to_pylist() for table in joined.tables_of(batches(asked), reader)]
    return [
        [{**row, "change": json.loads(row["change"] or "null")} for row in table]
        for table in tables
    ]


@pytest.fixture
def small(monkeypatch):
    """Let tables be of four claims, made of three at a time, taken from the database by two."""
    monkeypatch.setattr("claims.files.reading.AT_ONCE", {"sqlite": 2, "postgresql": 2})
    monkeypatch.setattr("claims.files.joined.IN_ARRAYS", 2)
    monkeypatch.setattr("claims.files.tables.IN_ARRAYS", 3)
    monkeypatch.setattr("claims.files.tables.IN_A_TABLE", 4)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("reader", list(Reader))
def test_many_small_tables_have_the_rows_of_the_serializer(reader):
    rich.fill(4, articles=6)
    tables = read(reader)
    found = [row for table in tables for row in table]
    assert found == list(export.rows(claims_for(reader).order_by("id"), reader))
    assert len(tables) > 1


@pytest.mark.usefixtures("small")
def test_each_table_is_so_many_statements():
    rich.fill(4, articles=6)
    with CaptureQueriesContext(connection) as captured:
        tables = read()
    asked = [query for query in captured if 'FROM "claims_' in query["sql"]]
    assert len(asked) == 1 + ASIDE + BESIDE * len(tables)


def test_nothing_is_read_before_the_first_piece_is_taken(django_assert_num_queries):
    make.accepted()
    with django_assert_num_queries(0):
        pieces = forms.of_claims("parquet", claims_for(Reader.EDITOR), Reader.EDITOR, {})
    with snapshot():
        assert b"".join(pieces).endswith(b"PAR1")


def test_topics_come_in_the_order_of_their_keys_without_those_taken_away():
    topics = {code: make.topic(code) for code in ("b", "é", "Z", "a")}
    articles = (make.article(f"{make.TEXT}{number}\n") for number in range(3))
    bare, tagged, last = map(make.accepted, articles)
    for topic in topics.values():
        make.tag(tagged, topic)
    make.tag(last, topics["b"])
    ClaimTopic.objects.filter(claim=tagged, topic=topics["b"]).update(removed=True)
    (table,) = read()
    scheme = topics["a"].scheme
    assert {row["uid"]: row["topics"] for row in table} == {
        bare.uid: [],
        tagged.uid: [f"{scheme}:{code}" for code in ("Z", "a", "é")],
        last.uid: [f"{scheme}:b"],
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("small")
def test_all_tables_are_of_one_moment():
    if connection.vendor != "postgresql":
        pytest.skip("the tests' SQLite is in memory, where readers do lock tables")
    rich.fill(4, articles=6)
    before = [row for table in read() for row in table]

    def write():
        Article.objects.update(headline="Meanwhile")
        Speaker.objects.update(name="Somebody else")
        ClaimTopic.objects.update(removed=True)
        connection.close()

    asked = joined.claims_read(claims_for(Reader.EDITOR), Reader.EDITOR)
    with snapshot():
        tables = joined.tables_of(batches(asked), Reader.EDITOR)
        found = next(tables).to_pylist()
        writer = threading.Thread(target=write)
        writer.start()
        writer.join()
        for table in tables:
            found += table.to_pylist()
    told = ("headline", "speaker", "chain", "topics")
    assert [[row[of] for of in told] for row in found] == [
        [row[of] for of in told] for row in before
    ]
    assert {row["headline"] for table in read() for row in table} == {"Meanwhile"}


QUESTIONS = [
    # what is asked of the list of claims; some fit and some do not
    "kind=count",
    "topic=on-record:a",
    "text=passengers",
    "published_from=2031-01-01",
    "speaker={speaker}",
    "said_by={speaker}",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_any_question_of_the_list_is_answered(question):
    rich.fill(5, articles=9)
    head = claims_for(Reader.EDITOR).exclude(speaker=None).order_by("id")[0].speaker.head
    params = QueryDict(question.format(speaker=head.uid))
    answer = ClaimFilter(params, claims_for(Reader.EDITOR), Reader.EDITOR).ask()
    found = [row["uid"] for table in read(rows=answer.rows) for row in table]
    assert found == [claim.uid for claim in answer.rows.order_by("id")]
    assert 0 < len(found) < Claim.objects.current().count()


def test_the_file_tells_what_each_column_means_and_what_was_left_out():
    files = pytest.importorskip("pyarrow.parquet")
    make.accepted()
    left_out = {"published": 2}
    given = ("parquet", claims_for(Reader.EVERYBODY), Reader.EVERYBODY, left_out)
    with snapshot():
        found = files.read_table(io.BytesIO(b"".join(forms.of_claims(*given)))).schema
    assert found.metadata[b"left_out"] == b'{"published":2}'
    assert found.names == [column.name for column in export.COLUMNS]
    meant = [field.metadata[b"description"].decode() for field in found]
    assert meant == [column.help for column in export.COLUMNS]
