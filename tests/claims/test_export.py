"""Exports: the same columns everywhere, safe cells, files that say when they are whole."""

import csv
import hashlib
import io
import json
import re
import tracemalloc

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from claims import export
from claims.files import formats
from claims.filters.readers import Reader
from claims.models import Article, Claim, ClaimTopic, Outlet, Speaker
from tests.claims import make

UNDO = re.compile("'+[=+\\-@＝＋－＠\t\r\n]")


def restored(cell):
    """Return a cell as it was, by the rule in the module's docstring."""
    return cell[1:] if UNDO.match(cell) else cell


@pytest.fixture(autouse=True)
def _fresh_quotas():
    cache.clear()


@pytest.fixture
def claims(db):
    outlet = make.outlet("=Courier", text_policy=Outlet.TextPolicy.FULL)
    article = make.article(outlet=outlet, headline="-1 and counting", published="-0043")
    voices = [
        make.attribution(article, make.speaker("Lena Ortiz", privacy=Speaker.Privacy.PUBLIC)),
        make.attribution(article, make.speaker("@office", kind="organisation"), cue="counted"),
    ]
    made = make.accepted(
        article, voices=voices, voice_status="confirmed", value="-5.50", concept="+x", vague=True
    )
    make.tag(made, make.topic("b"))
    make.tag(made, make.topic("a"))
    make.claim(article, "€412 million", kind="money", unit="EUR", value="412000000")
    make.accepted(article, "9 March 2031", kind="date", edtf="2031-03-09")
    return Claim.objects.order_by("id")


def table(body):
    return list(csv.DictReader(io.StringIO(body.decode(), newline="")))


def csv_of(row):
    return b"".join(formats.csv_lines(export.COLUMNS, [formats.tuples(export.COLUMNS, [row])]))


def fetched(client, form, question=""):
    answer = client.get(f"/api/v1/claims.{form}?{question}")
    assert answer.status_code == 200, answer.content
    return answer, b"".join(answer.streaming_content)


def test_a_csv_file_has_one_row_per_claim_oldest_first(client, claims):
    answer, body = fetched(client, "csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="claims.csv"'
    first, second = table(body)
    assert list(first) == [column.name for column in export.COLUMNS]
    told = {
        "label": "reading checked; truth not assessed",
        "headline": "'-1 and counting",
        "outlet": "'=Courier",
        "published": "'-0043",
        "value": "-5.50",
        "number_low": "-5.5",
        "low": "",
        "comparator": "'=",
        "vague": "true",
        "concept": "'+x",
        "speaker": "Lena Ortiz",
        "ultimate": "'@office",
        "topics": '["on-record:a","on-record:b"]',
        "unit": "",
    }
    assert {name: first[name] for name in told} == told
    assert [voice["name"] for voice in json.loads(first["chain"])] == ["Lena Ortiz", "@office"]
    assert (second["edtf"], second["date_latest"], second["chain"]) == (
        "2031-03-09",
        "20310309",
        "",
    )


def test_a_json_lines_file_ends_by_saying_that_it_is_whole(client, claims):
    _, body = fetched(client, "jsonl")
    *lines, last = body.decode().splitlines(keepends=True)
    digest = hashlib.sha256("".join(lines).encode()).hexdigest()
    assert json.loads(last) == {"end": {"rows": 2, "sha256": digest, "left_out": {}}}
    assert [json.loads(line)["surface"] for line in lines] == ["3.74 million", "9 March 2031"]


def test_a_file_has_the_rows_of_the_list(client, claims):
    _, body = fetched(client, "jsonl")
    listed = client.get("/api/v1/claims/?ordering=oldest").json()["results"]
    assert [json.loads(line) for line in body.splitlines()[:-1]] == listed


def test_a_file_obeys_the_same_questions(client, claims):
    answer, body = fetched(client, "jsonl", "kind=date&scope_from=2020")
    assert json.loads(body) == {
        "end": {
            "rows": 0,
            "sha256": hashlib.sha256(b"").hexdigest(),
            "left_out": {"scope": 1},
        }
    }
    assert answer["Left-Out"] == "scope=1"
    assert "Left-Out" not in fetched(client, "csv")[0]


BAD = ["page_size=10", "cursor=x", "status=proposed", "colour=red"]


@pytest.mark.parametrize("question", BAD)
def test_a_file_refuses_what_it_cannot_answer(client, claims, question):
    answer = client.get(f"/api/v1/claims.csv?{question}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [question.split("=")[0]])


def test_exports_have_a_quota_of_their_own(client, claims, settings):
    settings.API_RATES = settings.API_RATES | {"export": {"anonymous": "1/hour", "user": ""}}
    fetched(client, "csv")
    answer = client.get("/api/v1/claims.jsonl")
    assert answer.status_code == 429
    assert 3500 < int(answer["Retry-After"]) <= 3600
    assert client.get("/api/v1/claims/").status_code == 200


def test_an_export_is_one_statement(claims):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert len(list(export.rows(claims, Reader.EDITOR))) == 3
    assert len([query for query in captured if "SELECT" in query["sql"]]) == 1


CELLS = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "'=1", "''-x", "'tis", "plain", ""]


@pytest.mark.parametrize("cell", CELLS)
def test_a_text_cell_is_no_formula_and_can_be_restored(cell):
    row = dict.fromkeys((column.name for column in export.COLUMNS), None)
    written = csv_of(row | {"vague": False, "headline": cell})
    (read,) = table(written)
    assert not read["headline"].startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert restored(read["headline"]) == cell


@given(st.text(alphabet="'=-+@\t\r\n,\"ab1", max_size=12))
def test_any_text_cell_can_be_restored(cell):
    test_a_text_cell_is_no_formula_and_can_be_restored(cell)


def test_a_number_cell_stays_as_it_is():
    row = dict.fromkeys((column.name for column in export.COLUMNS), None)
    row |= {"vague": False, "value": "-5", "number_low": -5.0, "date_earliest": -440315}
    (read,) = table(csv_of(row))
    assert (read["value"], read["number_low"], read["date_earliest"]) == ("-5", "-5.0", "-440315")


def test_memory_does_not_grow_with_the_rows():
    row = {column.name: "x" * 50 for column in export.COLUMNS} | {"vague": True}
    row |= {"chain": [], "topics": [], "change": None}
    rows = formats.tuples(export.COLUMNS, [row]) * 100

    def peak(number):
        tracemalloc.start()
        for write in (formats.csv_lines, formats.json_lines):
            for _ in write(export.COLUMNS, (rows for _ in range(number))):
                pass
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(10)
    assert peak(80) < 1.2 * peak(20)


def run(*args):
    out, err = io.StringIO(), io.StringIO()
    call_command("export_claims", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_writes_all_that_stand_for_the_operator(claims):
    *lines, end = run()[0].splitlines()
    assert [json.loads(line)["status"] for line in lines] == ["accepted", "proposed", "accepted"]
    assert json.loads(end)["end"]["rows"] == 3


def test_the_command_writes_what_the_api_sends_if_asked_for_the_public(client, claims):
    Article.objects.update(url="https://courier.example/1")
    assert run("--public")[0].encode() == fetched(client, "jsonl")[1]
    assert run("--public", "--format", "csv")[0].encode() == fetched(client, "csv")[1]


def test_a_file_appears_only_when_it_is_complete(claims, tmp_path, monkeypatch):
    target = tmp_path / "claims.csv"
    target.write_text("before")
    out, _ = run("--format", "csv", "--output", str(target))
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    assert out == f"3 claims written to {target}, sha256 {digest}\n"
    assert len(table(target.read_bytes())) == 3

    def broken(columns, found):
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("claims.files.formats.csv_lines", broken)
    with pytest.raises(CommandError, match=r"claims\.csv: No space left on device\. Nothing was"):
        run("--format", "csv", "--output", str(target))
    assert hashlib.sha256(target.read_bytes()).hexdigest() == digest
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["claims.csv"]


def test_the_command_says_what_was_left_out(claims):
    out, err = run("--filter", "kind=date", "--filter", "scope_from=2020")
    assert '"left_out":{"scope":1}' in out
    assert err == "1 more have no known scope date and were left out.\n"


def test_a_reader_that_stops_early_is_no_fault(claims, tmp_path):
    class Closed(io.FileIO):
        def write(self, text):
            raise BrokenPipeError

    with Closed(tmp_path / "out", "w") as out, pytest.raises(CommandError, match="closed before"):
        call_command("export_claims", stdout=out)


def test_the_command_says_what_parquet_needs(claims, monkeypatch, tmp_path):
    monkeypatch.setattr("claims.files.parquet.find_spec", lambda name: None)
    with pytest.raises(CommandError, match=r"need the extra `parquet`.* Nothing was written\."):
        run("--format", "parquet", "--output", str(tmp_path / "claims.parquet"))


WRONG = [
    (["--filter", "kind"], "--filter kind: write NAME=VALUE"),
    (["--filter", "colour=red"], "colour: is no parameter here"),
    (["--public", "--filter", "status=proposed"], "status: you may ask for accepted only"),
    (["--output", "/nowhere/at/all.jsonl"], "/nowhere/at/all.jsonl: No such file"),
]


@pytest.mark.parametrize(("args", "why"), WRONG)
def test_the_command_refuses_and_writes_nothing(claims, args, why):
    with pytest.raises(CommandError) as refused:
        run(*args)
    assert str(refused.value).startswith(why)
    assert str(refused.value).endswith("Nothing was written.")


def test_every_column_says_what_it_holds():
    assert len({column.name for column in export.COLUMNS}) == len(export.COLUMNS)
    assert all(column.help.endswith((".", "?", "…", ">")) for column in export.COLUMNS)


def test_a_topic_taken_away_is_in_no_row(claims):
    ClaimTopic.objects.filter(topic__code="a").update(removed=True)
    assert next(export.rows(claims, Reader.EVERYBODY))["topics"] == ["on-record:b"]
