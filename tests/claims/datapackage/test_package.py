"""A data package: one moment, described, whole or recognisably not, read by others' tools."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from claims.datapackage import describe, write
from claims.datapackage.scope import scope_of
from claims.datapackage.tables import TABLES
from claims.export import unguarded
from claims.filters.readers import Reader
from claims.models import Claim, Outlet
from tests.claims import make
from tests.claims.datapackage import rich

pytestmark = pytest.mark.django_db


def written(folder, *args):
    call_command("export_claims", "--package", str(folder), *args, stdout=io.StringIO())
    return folder


def rows(folder, name):
    text = (folder / f"{name}.csv").read_bytes().decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def folder(tmp_path):
    """Return a package of all that stands in a rich database."""
    rich.fill(5, articles=8)
    return written(tmp_path / "package")


def test_the_descriptor_tells_rows_bytes_and_digest_of_every_table(folder):
    about = json.loads((folder / "datapackage.json").read_text())
    for one in about["resources"]:
        data = (folder / one["path"]).read_bytes()
        assert one["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert one["bytes"] == len(data)
        assert one["rows"] == len(rows(folder, one["name"]))
    assert [one["name"] for one in about["resources"]] == [table.name for table in TABLES]
    told = about["on_record"]
    assert told["label"] == "reading checked; truth not assessed"
    assert (told["filter"], told["schema"]) == ({}, 1)
    assert told["audience"].startswith("editor")
    assert "Not for quotations" in about["licenses"][0]["title"]
    assert told["citation"].startswith("On Record, data package of ")


def test_the_descriptor_is_written_last(folder, tmp_path):
    found = write.files(lambda: scope_of(QueryDict(""), Reader.EVERYBODY))
    names = []
    for name, pieces in found:
        names.append(name)
        b"".join(pieces)
    assert names == ["README.md", "codebook.csv", *(t.path for t in TABLES), "datapackage.json"]


def test_the_code_book_has_a_line_for_every_column(folder):
    lines = rows(folder, "codebook")
    assert {(line["table"], line["column"]) for line in lines} == {
        (table.name, column.name) for table in TABLES for column in table.columns
    }
    assert all(line["meaning"] and line["pandas"] and line["readr"] for line in lines)
    (sign,) = (line for line in lines if line["column"] == "comparator")
    assert unguarded(sign["allowed"]).startswith("'= | ")


def test_articles_without_claims_are_in_it_with_their_review_state(tmp_path):
    make.article("Quiet\n\nNothing.\n")
    make.accepted(make.article())
    found = rows(written(tmp_path / "p", "--public"), "articles")
    assert [row["review"] for row in found] == ["untouched", "partly"]


def test_questions_about_articles_narrow_them_and_others_do_not(tmp_path):
    make.article("Quiet\n\nNothing.\n", outlet=make.outlet("The Quiet One"))
    make.accepted(make.article(outlet=make.outlet()))
    found = written(tmp_path / "a", "--filter", "kind=money")
    assert (len(rows(found, "articles")), len(rows(found, "claims"))) == (2, 0)
    found = written(tmp_path / "b", "--filter", "outlet=The Quiet One")
    assert [row["outlet"] for row in rows(found, "articles")] == ["The Quiet One"]
    assert [row["name"] for row in rows(found, "outlets")] == ["The Quiet One"]
    uid = Claim.objects.get().article.uid
    found = written(tmp_path / "c", "--filter", f"article={uid}")
    assert [row["uid"] for row in rows(found, "articles")] == [uid]


def test_a_filter_is_told_in_the_package(tmp_path):
    make.accepted()
    found = written(tmp_path / "p", "--filter", "kind=count", "--filter", "scope_from=2031")
    told = json.loads((found / "datapackage.json").read_text())["on_record"]
    assert told["filter"] == {"kind": ["count"], "scope_from": ["2031"]}
    assert told["left_out"] == {"scope": 1}


HIDDEN = ["plantedproposed", "plantedrejected", "planteddraft", "Planted Person", "Plantedmuted"]


def test_what_is_hidden_is_in_no_table(tmp_path):
    text = "Seen\n\n11 plantedproposed boats.\n12 plantedrejected boats.\n13 seen boats said.\n"
    article = make.article(text, outlet=make.outlet(text_policy=Outlet.TextPolicy.PASSAGE))
    make.claim(article, "11")
    make.claim(article, "12", status="rejected")
    person = make.attribution(article, make.speaker("Planted Person"), cue="said")
    make.accepted(article, "13", voices=[person])
    make.accepted(make.article("Draft\n\n14 planteddraft boats.\n", visibility="draft"), "14")
    mute = make.outlet("Mute", text_policy=Outlet.TextPolicy.NONE)
    make.accepted(make.article("Mute\n\nPlantedmuted 15 boats.\n", outlet=mute), "15")
    target = written(tmp_path / "p", "--public")
    whole = "".join(path.read_text() for path in target.iterdir())
    assert "13 seen boats" in whole
    assert [word for word in HIDDEN if word in whole] == []


def test_every_table_is_one_statement(tmp_path):
    rich.fill(2)
    with CaptureQueriesContext(connection) as captured:
        found = write.files(lambda: scope_of(QueryDict(""), Reader.EVERYBODY))
        b"".join(write.zipped(found))
    assert len([query for query in captured if "FROM" in query["sql"]]) == len(TABLES) + 1  # as of


def test_a_folder_that_is_there_is_left_alone(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(CommandError, match=r"is there already\. Nothing was written\."):
        written(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_nothing_is_left_of_a_package_that_could_not_be_written(tmp_path, monkeypatch):
    def broken(name, scope):
        yield from ()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("claims.datapackage.write.rows_of", broken)
    for target in ("package", "package.zip"):
        with pytest.raises(CommandError, match=r"No space left on device\. Nothing was written"):
            written(tmp_path / target)
    assert [path.name for path in tmp_path.iterdir() if "package" in path.name] == []


def checked(path):
    out = io.StringIO()
    call_command("check_package", str(path), stdout=out)
    return out.getvalue()


def test_a_whole_package_is_found_whole(folder, tmp_path):
    told = checked(folder)
    assert "claims: " in told
    assert told.splitlines()[-1].startswith("Whole and consistent. On Record, data package of")
    assert checked(written(tmp_path / "package.zip")).splitlines()[:-1] == told.splitlines()[:-1]


def test_a_zip_file_that_was_cut_cannot_look_whole(folder, tmp_path):
    data = written(tmp_path / "package.zip").read_bytes()
    for length in (0, 100, len(data) // 2, len(data) - 1):
        (tmp_path / "cut.zip").write_bytes(data[:length])
        with pytest.raises(CommandError, match=r"cut\.zip: is no whole zip file"):
            checked(tmp_path / "cut.zip")


DAMAGES = [
    ("claims.csv", b"", b" ", "claims.csv: its bytes are not those"),
    ("datapackage.json", b"{", b"[", "datapackage.json: does not describe"),
    ("datapackage.json", b'"schema": 1,', b'"schema": 2,', "schema 2; this version reads 1"),
    ("datapackage.json", b'"rows": ', b'"rows": 1', "outlets.csv: 3 rows, not 13"),
]


@pytest.mark.parametrize(("name", "old", "new", "why"), DAMAGES)
def test_a_changed_byte_is_found(folder, name, old, new, why):
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data.replace(old, new, 1) if old else data + new)
    with pytest.raises(CommandError, match=why) as refused:
        checked(folder)
    assert str(refused.value).endswith("The package is not to be trusted.")


def test_a_missing_file_is_found(folder, tmp_path):
    (folder / "voices.csv").unlink()
    with pytest.raises(CommandError, match=r"voices\.csv: is not there"):
        checked(folder)
    with pytest.raises(CommandError, match="nowhere: is not there"):
        checked(tmp_path / "nowhere")


def described(folder, name, text):
    """Write a table and describe it as if it were right."""
    data = text.encode()
    (folder / f"{name}.csv").write_bytes(data)
    about = json.loads((folder / "datapackage.json").read_text())
    (one,) = (one for one in about["resources"] if one["name"] == name)
    one |= {"hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "bytes": len(data)}
    one["rows"] = len(list(csv.reader(io.StringIO(text, newline="")))) - 1
    (folder / "datapackage.json").write_text(json.dumps(about))


TOPICS = "key,scheme,code,label,parent\r\n"
FORGED = [
    ("topics", TOPICS + "a:b,a,b,B,\r\na:b,a,b,B,\r\n", "row 2: a:b stands there twice"),
    ("topics", TOPICS + "a:b,a,b,B,a:c\r\n", "a:c leads nowhere"),
    ("topics", TOPICS + "a:b,a,b,,\r\n", "row 1: label: is empty"),
    ("topics", TOPICS + "a:b,a,b\r\n", "row 1: 3 cells"),
    ("topics", "key,scheme\r\n", "its columns are not key, scheme, code"),
    ("topics", TOPICS + 'a:b,a,b,"B\r\n', "unexpected end of data"),
    (
        "notes",
        "uid,claim,text,byline\r\nn00000000001,nobody,T,B\r\n",
        "claim nobody is not in claims.csv",
    ),
]


@pytest.mark.parametrize(("name", "text", "why"), FORGED)
def test_a_table_that_does_not_hold_together_is_found(tmp_path, name, text, why):
    folder = written(tmp_path / "package")
    described(folder, name, text)
    with pytest.raises(CommandError, match=f"{name}.csv: .*{why}"):
        checked(folder)


CELLS = [
    ("position", "1.0", "no whole number"),
    ("position", "99999999999999999999", "no whole number"),
    ("nearest", "yes", "neither true nor false"),
]


@pytest.mark.parametrize(("column", "cell", "why"), CELLS)
def test_a_cell_of_another_type_is_found(tmp_path, column, cell, why):
    make.accepted()
    uid = Claim.objects.get().uid
    folder = written(tmp_path / "package")
    line = {"claim": uid, "position": "0", "name": "N", "kind": "person", "written": "N"}
    line |= {"speaker": "", "nearest": "true"} | {column: cell}
    names = ("claim", "position", "speaker", "name", "kind", "written", "nearest")
    text = f"{','.join(names)}\r\n{','.join(line[name] for name in names)}\r\n"
    described(folder, "voices", text)
    with pytest.raises(CommandError, match=f"{column}: .*{why}"):
        checked(folder)


SCORES = [("nan", "no finite number"), ("x", "no finite number")]


@pytest.mark.parametrize(("cell", "why"), SCORES)
def test_a_double_that_is_none_is_found(tmp_path, cell, why):
    make.accepted(score=0.625)
    folder = written(tmp_path / "package")
    text = (folder / "claims.csv").read_bytes().decode().replace(",0.625,", f",{cell},")
    described(folder, "claims", text)
    with pytest.raises(CommandError, match=why):
        checked(folder)


def test_the_software_is_named_also_where_it_is_not_installed(monkeypatch):
    def missing(name):
        raise describe.PackageNotFoundError

    monkeypatch.setattr(describe, "version", lambda name: "1.2")
    assert describe.software() == "on-record 1.2"
    monkeypatch.setattr(describe, "version", missing)
    assert describe.software() == "on-record"


def test_a_zip_holds_the_files_of_the_folder(folder, tmp_path):
    archive = zipfile.ZipFile(written(tmp_path / "package.zip"))
    for table in TABLES:
        assert archive.read(table.path) == (folder / table.path).read_bytes()
