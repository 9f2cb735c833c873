"""Others' tools read our files: values, dates, nulls and booleans arrive typed."""

import csv
import io
import json

import pytest
from django.core.management import call_command

from claims.datapackage.tables import BY_NAME
from claims.export import unguarded
from tests.claims import make
from tests.claims.datapackage import rich

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a package, and all claims in every form."""
    rich.fill(5, articles=8)
    target = tmp_path / "package"
    call_command("export_claims", "--package", str(target), stdout=io.StringIO())
    for form in ("csv", "jsonl", "parquet"):
        if form == "parquet":
            pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
        args = ("--format", form, "--output", str(tmp_path / f"claims.{form}"))
        call_command("export_claims", *args, stdout=io.StringIO())
    return tmp_path


def lines(folder):
    return [json.loads(line) for line in (folder / "claims.jsonl").read_text().splitlines()[:-1]]


def book(folder, table, tool):
    """Return column → type for a tool, from the code book."""
    with (folder / "package" / "codebook.csv").open(newline="") as file:
        return {row["column"]: row[tool] for row in csv.DictReader(file) if row["table"] == table}


def test_frictionless_finds_the_package_valid(folder):
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    report = frictionless.validate(str(folder / "package" / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])[:5]


def test_pandas_reads_every_table_with_the_types_of_the_code_book(folder):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    for name, table in BY_NAME.items():
        path = folder / "package" / table.path
        found = pandas.read_csv(path, dtype=book(folder, name, "pandas"), keep_default_na=False,
                                na_values=[""])  # fmt: skip
        assert list(found) == [column.name for column in table.columns]
    claims = pandas.read_csv(
        folder / "package" / "claims.csv", dtype=book(folder, "claims", "pandas")
    )
    wanted = lines(folder)
    assert claims["number_low"].dtype == "Float64"
    assert claims["vague"].dtype == "boolean"
    assert claims["date_earliest"].dtype == "Int64"
    for column in ("value", "number_low", "vague", "date_earliest", "edtf", "unit"):
        got = [None if pandas.isna(value) else value for value in claims[column]]
        assert got == [row[column] for row in wanted], column


def test_pandas_reads_json_lines(folder):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    found = pandas.read_json(folder / "claims.jsonl", lines=True, dtype={"value": "string"})
    *rows, last = (row for _, row in found.iterrows())
    assert last["end"]["rows"] == len(rows) == len(lines(folder))


def test_parquet_columns_are_typed(folder):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    table = parquet.read_table(folder / "claims.parquet")
    types = {field.name: str(field.type) for field in table.schema}
    assert types["number_low"] == "double"
    assert types["date_earliest"] == "int64"
    assert types["vague"] == "bool"
    assert types["topics"].startswith("list<")
    assert table.schema.metadata[b"label"] == b"reading checked; truth not assessed"
    for row, wanted in zip(table.to_pylist(), lines(folder), strict=True):
        change = row.pop("change")
        assert (json.loads(change) if change else None) == wanted.pop("change")
        assert row == wanted


def test_duckdb_reads_all_three_forms(folder):
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    wanted = lines(folder)
    query = "SELECT uid, number_low, vague FROM {} ORDER BY uid"
    expected = sorted((row["uid"], row["number_low"], row["vague"]) for row in wanted)
    types = {"number_low": "DOUBLE", "vague": "BOOLEAN", "value": "VARCHAR"}
    with duckdb.connect() as db:
        as_csv = f"read_csv('{folder / 'claims.csv'}', types={types})"
        as_lines = (
            f"(SELECT * FROM read_json('{folder / 'claims.jsonl'}') WHERE \"end\" IS NOT NULL)"
        )
        for source in (f"'{folder / 'claims.parquet'}'", as_csv):
            assert db.execute(query.format(source)).fetchall() == expected
        assert db.execute(f"SELECT count(uid) FROM {as_lines}").fetchone() == (len(wanted),)


def test_guarded_cells_come_back_as_they_were(tmp_path):
    make.accepted(concept="=1+1")
    target = tmp_path / "claims.csv"
    args = ("--format", "csv", "--output", str(target))
    call_command("export_claims", *args, stdout=io.StringIO())
    (row,) = csv.DictReader(io.StringIO(target.read_bytes().decode(), newline=""))
    assert (row["concept"], unguarded(row["concept"])) == ("'=1+1", "=1+1")
