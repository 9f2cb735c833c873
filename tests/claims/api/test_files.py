"""Every list as a file: the rows of the list, the list's questions, in three forms."""

import csv
import io
import json
import zipfile

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.api import shapes
from claims.models import Claim
from tests.claims import make
from tests.claims.datapackage import rich

pytestmark = pytest.mark.django_db

LISTS = sorted(shapes.ROWS)


@pytest.fixture(autouse=True)
def _fresh_quotas():
    cache.clear()


def fetched(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return answer, b"".join(answer.streaming_content)


@pytest.mark.parametrize("name", LISTS)
def test_a_file_of_json_lines_has_the_rows_of_the_list(client, name):
    rich.fill(3)
    listed = client.get(f"/api/v1/{name}/?ordering=oldest&page_size=200").json()["results"]
    _, body = fetched(client, f"/api/v1/{name}.jsonl")
    *lines, end = body.splitlines()
    assert [json.loads(line) for line in lines] == listed
    assert json.loads(end)["end"]["rows"] == len(listed) > 0


@pytest.mark.parametrize("name", LISTS)
def test_a_csv_file_has_a_line_for_each_row(client, name):
    rich.fill(3)
    answer, body = fetched(client, f"/api/v1/{name}.csv")
    assert answer["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    rows = list(csv.reader(io.StringIO(body.decode(), newline="")))
    listed = client.get(f"/api/v1/{name}/?page_size=200").json()["results"]
    assert set(rows[0]) == set(listed[0])
    assert len(rows) == len(listed) + 1


@pytest.mark.parametrize("name", LISTS)
def test_a_parquet_file_has_the_rows_of_the_list(client, name):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    rich.fill(3)
    answer, body = fetched(client, f"/api/v1/{name}.parquet")
    assert answer["Content-Type"] == "application/vnd.apache.parquet"
    found = parquet.read_table(io.BytesIO(body)).to_pylist()
    _, lines = fetched(client, f"/api/v1/{name}.jsonl")
    wanted = [json.loads(line) for line in lines.splitlines()[:-1]]
    nested = {key for row in wanted for key in row if isinstance(row[key], dict | list)}
    plain = sorted(wanted[0].keys() - nested)
    assert [[row[key] for key in plain] for row in found] == [
        [row[key] for key in plain] for row in wanted
    ]


def test_a_parquet_file_is_refused_where_it_cannot_be_written(client, monkeypatch):
    monkeypatch.setattr("claims.files.parquet.find_spec", lambda name: None)
    answer = client.get("/api/v1/claims.parquet")
    assert answer.status_code == 406
    assert answer["Content-Type"] == "application/problem+json"
    assert "need the extra `parquet`" in answer.json()["detail"]
    assert client.get("/api/v1/claims.csv").status_code == 200


QUESTIONS = [
    ("articles", "review=complete", None),
    ("articles", "colour=red", "colour"),
    ("claims", "kind=date", None),
    ("claims", "page_size=10", "page_size"),
    ("outlets", "kind=newspaper", None),
    ("outlets", "country=GB", None),
    ("outlets", "kind=pub", "kind"),
    ("speakers", "name=Lena", None),
    ("topics", "scheme=on-record", None),
    ("topics", "cursor=1", "cursor"),
]


@pytest.mark.parametrize(("name", "question", "wrong"), QUESTIONS)
def test_a_file_obeys_the_questions_of_its_list(client, name, question, wrong):
    rich.fill(3)
    if wrong:
        answer = client.get(f"/api/v1/{name}.jsonl?{question}")
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [wrong])
        return
    listed = client.get(f"/api/v1/{name}/?{question}&ordering=oldest&page_size=200").json()
    _, body = fetched(client, f"/api/v1/{name}.jsonl?{question}")
    assert [json.loads(line) for line in body.splitlines()[:-1]] == listed["results"]


def test_the_former_address_leads_to_the_file(client):
    answer = client.get("/api/v1/claims/export.csv?kind=date&unit=%25")
    assert answer.status_code == 301
    assert answer["Location"] == "http://testserver/api/v1/claims.csv?kind=date&unit=%25"
    assert client.get("/api/v1/claims/export.jsonl")["Location"].endswith("/claims.jsonl")


@pytest.mark.parametrize("name", LISTS)
def test_beside_the_pages_the_same_question_leads_to_the_same_file(client, name):
    answer = client.get(f"/{name}.csv?text=a+b&text=c&ordering=oldest&page=2")
    assert answer.status_code == 302
    assert answer["Location"] == f"/api/v1/{name}.csv?text=a+b&text=c"
    assert client.get(f"/{name}.parquet")["Location"] == f"/api/v1/{name}.parquet"


@pytest.mark.parametrize("address", ["/claims.xml", "/runs.csv", "/api/v1/runs.csv"])
def test_other_files_are_not_there(client, address):
    assert client.get(address).status_code == 404


def test_the_package_comes_by_the_same_questions(client):
    rich.fill(3)
    answer, body = fetched(client, "/api/v1/package.zip?kind=count")
    assert answer["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(body))
    about = json.loads(archive.read("datapackage.json"))["on_record"]
    assert about["filter"] == {"kind": ["count"]}
    assert about["audience"].startswith("everybody")
    claims = list(csv.DictReader(io.StringIO(archive.read("claims.csv").decode(), newline="")))
    shown = Claim.objects.public().filter(kind="count")
    assert [row["uid"] for row in claims] == list(
        shown.order_by("id").values_list("uid", flat=True)
    )
    answer = client.get("/api/v1/package.zip?status=proposed")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["status"])


def test_researchers_get_unreviewed_claims_marked_if_they_ask(client):
    make.claim()
    client.force_login(make.user("researcher"))
    _, body = fetched(client, "/api/v1/package.zip?status=proposed")
    archive = zipfile.ZipFile(io.BytesIO(body))
    assert b"machine reading, unverified" in archive.read("claims.csv")
    assert b"may hold machine readings, unverified" in archive.read("datapackage.json")


STATEMENTS = [
    # list, statements: the first asks which change the file is as of
    ("claims", 2),
    ("articles", 4),
    ("attributions", 5),
    ("outlets", 4),
    ("speakers", 4),
    ("topics", 4),
]


@pytest.mark.parametrize(("name", "most"), STATEMENTS)
def test_a_file_takes_few_statements_however_long_it_is(client, name, most):
    rich.fill(3)
    with CaptureQueriesContext(connection) as captured:
        fetched(client, f"/api/v1/{name}.jsonl")
    asked = [query["sql"] for query in captured if "FROM" in query["sql"]]
    assert len(asked) <= most, asked


def test_the_list_of_outlets_is_two_statements(client, django_assert_num_queries):
    make.article(outlet=make.outlet(country="GB"))
    with django_assert_num_queries(2):
        (row,) = client.get("/api/v1/outlets/").json()["results"]
    assert (row["name"], row["country"], row["domain"]) == ("The Saltmere Courier", "GB", None)


def test_a_reader_who_leaves_ends_the_reading(client, monkeypatch):
    rich.fill(3)
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)  # the test's own
    for address in ("/api/v1/claims.csv", "/api/v1/package.zip"):
        answer = client.get(address)
        next(iter(answer.streaming_content))
        answer.close()
    assert client.get("/api/v1/claims/").status_code == 200
