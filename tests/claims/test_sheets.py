"""Sheets: out and back without loss, refused whole, versions respected, everything logged."""

import csv
import io
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import matching, sheets
from claims.curation import records, undo
from claims.models import Alias, Candidate, Change, Outlet, Speaker, Topic
from tests.claims import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make.editor()


def out(name, rows):
    return "".join(sheets.written(name, rows))


def sheet(*lines, delimiter=","):
    return "\n".join(delimiter.join(map(str, line)) for line in lines).encode()


def outcomes(report):
    return [line.outcome for line in report.lines]


def test_a_sheet_that_comes_back_as_it_went_changes_nothing(editor):
    make.outlet("The Saltmere Courier", domain="courier.example")
    make.outlet("=Cmd, Wire and “more”", kind="agency")
    make.topic("transport", query="ferry OR boat")
    make.topic("piers", parent=make.topic("transport"))
    speaker = make.speaker("Lena Ortiz")
    records.create(Alias(speaker=speaker, form="L. Ortiz"), actor=editor)
    for name in sheets.SHEETS:
        rows = sheets.SHEETS[name].model.objects.all()
        text = out(name, rows)
        report = sheets.store(name, text.encode(), actor=editor)
        assert report.sound, report
        assert outcomes(report) == ["same"] * rows.count()
    assert not Change.objects.filter(action="import sheet").exists()


def test_formulas_leave_as_words_and_come_back(editor):
    made = make.outlet("=1+1")
    text = out("outlet", Outlet.objects.all())
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["name"] == "'=1+1"
    data = sheet(["id", "version", "name"], [made.pk, 1, "'=1+2"])
    assert outcomes(sheets.store("outlet", data, actor=editor)) == ["changed"]
    assert Outlet.objects.get().name == "=1+2"


def test_a_look_shows_every_difference_and_stores_nothing(editor):
    made = make.outlet("Harbour Wire", kind="agency")
    data = sheet(
        ["id", "version", "name", "kind"],
        [made.pk, 1, "Harbour Wire", "newspaper"],
        ["", "", "Morning Desk", ""],
        ["", "", "", ""],
    )
    report = sheets.look("outlet", data, actor=editor)
    changed, new = report.lines
    assert (changed.outcome, changed.number) == ("changed", 2)
    assert changed.differences == [("kind", "agency", "newspaper")]
    assert (new.outcome, new.differences[0]) == ("new", ("name", "", "Morning Desk"))
    assert list(Outlet.objects.values_list("name", "kind")) == [("Harbour Wire", "agency")]
    assert not Change.objects.exists()


def test_a_sheet_is_stored_in_one_batch_and_its_edits_are_undone_in_one_step(editor):
    one, two = make.outlet("One"), make.outlet("Two")
    data = sheet(["ID", "Version", "Name"], [one.pk, 1, "Ones"], [two.pk, 1, "Twos"])
    report = sheets.store("outlet", data, actor=editor)
    assert report.sound
    assert Change.objects.filter(batch=report.batch.uid, action="import sheet").count() == 2
    assert sorted(Outlet.objects.values_list("name", "version")) == [("Ones", 2), ("Twos", 2)]
    undo.undo(report.batch.uid, actor=editor)
    assert sorted(Outlet.objects.values_list("name", flat=True)) == ["One", "Two"]


def test_edits_are_undone_though_the_sheet_had_new_rows_too(editor):
    made = make.outlet("One")
    data = sheet(["id", "version", "name"], [made.pk, 1, "Ones"], ["", "", "Two"])
    report = sheets.store("outlet", data, actor=editor, uid=uuid4())
    undo.undo(report.batch.uid, actor=editor)
    assert sorted(Outlet.objects.values_list("name", flat=True)) == ["One", "Two"]
    with pytest.raises(undo.CannotUndo, match="Adding and removing"):
        undo.undo(report.made.uid, actor=editor)


@pytest.mark.parametrize("row", [["{id}", "1", "Ones"], ["", "", "Two"], ["{id}", "1", "One"]])
def test_the_same_sheet_is_not_stored_twice(editor, row):
    made, uid = make.outlet("One"), uuid4()
    data = sheet(["id", "version", "name"], [cell.format(id=made.pk) for cell in row])
    first = sheets.store("outlet", data, actor=editor, uid=uid)
    again = sheets.store("outlet", data, actor=editor, uid=uid)
    assert first.sound
    if first.count("same"):
        assert again.sound
    else:
        assert again.problem == "This sheet was stored already"


def test_new_names_are_looked_for_elsewhere_once_when_all_is_stored(editor, monkeypatch):
    known, calls, real = make.speaker("Lena Ortiz"), [], matching.match
    matching.match([known.pk])
    rao = make.speaker("Ada Rao")

    def match(speakers):
        calls.append(list(speakers))
        return real(speakers)

    monkeypatch.setattr(matching, "match", match)
    data = sheet(["name", "kind"], *([f"Lena {n} Ortiz", "person"] for n in "ABC"))
    sheets.look("speaker", data, actor=editor)
    assert calls == []
    sheets.store("speaker", data, actor=editor)
    assert [len(speakers) for speakers in calls] == [3]
    assert not Speaker.objects.filter(pk__in=calls[0], compared=False).exists()
    assert Candidate.objects.count() >= 3
    new = sheet(["speaker", "form", "kind"], [rao.pk, "A. M. Rao", "name"])
    sheets.store("alias", new, actor=editor)
    assert calls[1:] == [[rao.pk]]


def test_a_look_at_many_speakers_takes_few_queries_for_each(editor):
    heading, rows = ["name", "kind"], [[f"Lena {n} Ortiz", "person"] for n in range(40)]
    counts = []
    for number in (20, 40):
        with CaptureQueriesContext(connection) as caught:
            assert sheets.look("speaker", sheet(heading, *rows[:number]), actor=editor).sound
        counts.append(len(caught))
    assert counts[1] - counts[0] <= 20 * 18


REFUSED = [
    # heading, row, what is said of it
    (["id", "version", "name"], ["{id}", "7", "New"], "It was changed since the sheet was made"),
    (["id", "version", "name"], ["{id}", "", "New"], "version: '' is not a number"),
    (["id", "version", "name"], ["999", "1", "New"], "id: there is no outlet 999"),
    (["id", "version", "name"], ["x", "1", "New"], "id: 'x' is not a number"),
    (["id", "version", "name"], ["{id}", "1", ""], "name: it cannot be empty"),
    (["name", "kind"], ["New", "blog"], "kind: 'blog' is not one of"),
    (["name", "kind"], ["Harbour Wire", "agency"], "already exists"),
]


@pytest.mark.parametrize(("heading", "row", "problem"), REFUSED)
def test_a_refused_row_is_named_and_nothing_is_stored(editor, heading, row, problem):
    made = make.outlet("Harbour Wire")
    row = [cell.format(id=made.pk) for cell in row]
    good = dict.fromkeys(heading, "") | {"name": "Morning Desk"}
    data = sheet(heading, row, [good[name] for name in heading])
    report = sheets.store("outlet", data, actor=editor)
    assert outcomes(report) == ["refused", "new"]
    assert problem in report.lines[0].problem
    assert list(Outlet.objects.values_list("name", "version")) == [("Harbour Wire", 1)]


UNUSABLE = [
    (b"", "the heading names a column twice, or none"),
    (b"id,version\n1,1\n", "none that can be changed"),
    (b"name,name\na,b\n", "twice"),
    (b"name,colour\na,b\n", "no column 'colour'"),
    (b"name,kind\na\n", "line 2: 1 cells, not 2"),
    (b'name\n"a\n', "unexpected end of data"),
    (b"\x00\x01\xff\xfe" * 9, ""),
]


@pytest.mark.parametrize(("data", "problem"), UNUSABLE)
def test_a_sheet_that_cannot_be_used_says_why(editor, data, problem):
    report = sheets.store("outlet", data, actor=editor)
    assert problem in report.problem
    assert not report.sound
    assert not Outlet.objects.exists()


def test_too_long_a_sheet_is_refused(editor, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 1)
    report = sheets.look("outlet", sheet(["name"], ["a"], ["b"]), actor=editor)
    assert "split the sheet" in report.problem


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_what_spreadsheet_programs_write_is_read(editor, delimiter):
    data = b"\xef\xbb\xbf" + sheet(["name", "kind"], ["Ström", "agency"], delimiter=delimiter)
    assert sheets.store("outlet", data.replace(b"\n", b"\r\n"), actor=editor).sound
    assert Outlet.objects.get().name == "Ström"


def test_aliases_stay_with_their_speaker_and_new_ones_name_theirs(editor):
    lena, ada = make.speaker("Lena Ortiz"), make.speaker("Ada Rao")
    records.create(Alias(speaker=lena, form="L. Ortiz"), actor=editor)
    (alias,) = Alias.objects.all()
    heading = ["id", "version", "speaker", "form", "kind"]
    moved = sheets.store("alias", sheet(heading, [alias.pk, 1, ada.pk, "x", "name"]), actor=editor)
    assert f"it stays with {lena.pk}" in moved.lines[0].problem
    lost = sheets.store("alias", sheet(heading, ["", "", 999, "x", "name"]), actor=editor)
    assert "speaker: there is none with id 999" in lost.lines[0].problem
    data = sheet(
        heading, [alias.pk, 1, lena.pk, "Ms Ortiz", "name"], ["", "", ada.pk, "A. Rao", ""]
    )
    assert sheets.store("alias", data, actor=editor).sound
    assert set(Alias.objects.values_list("speaker__name", "form", "kind")) == {
        ("Lena Ortiz", "Ms Ortiz", "name"),
        ("Ada Rao", "A. Rao", "name"),
    }


def test_topics_stand_under_topics_that_are_there(editor):
    above = make.topic("transport")
    heading = ["scheme", "code", "label", "parent"]
    wrong = sheets.store("topic", sheet(heading, ["x", "y", "Z", 999]), actor=editor)
    assert "parent: there is none with id 999" in wrong.lines[0].problem
    data = sheet(heading, ["x", "y", "Piers", above.pk], ["x", "z", "Boats", ""])
    assert sheets.store("topic", data, actor=editor).sound
    assert Topic.objects.get(code="y").parent == above
    assert Topic.objects.get(code="z").parent is None


def test_speakers_change_names_and_privacy_as_in_their_form(editor):
    lena = make.speaker("Lena Ortiz")
    data = sheet(
        ["id", "version", "name", "privacy"], [lena.pk, lena.version, "Lena Ortiz Vega", "public"]
    )
    assert sheets.store("speaker", data, actor=editor).sound
    lena.refresh_from_db()
    assert (lena.name, lena.is_public) == ("Lena Ortiz Vega", True)
    assert Speaker.objects.count() == 1
