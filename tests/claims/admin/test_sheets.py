"""Sheets in the admin: downloaded as the list is filtered, uploaded after a look."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.curation import records
from claims.models import Alias, Change, Outlet, Speaker
from tests.claims import make

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/claims/outlet/sheet/outlet/"


def upload(browser, text, address=UPLOAD):
    return browser.post(address, {"file": SimpleUploadedFile("sheet.csv", text.encode())})


def confirm(browser, page, address=UPLOAD):
    looked = re.search(r'name="looked" value="([^"]+)"', page.text)[1]
    return browser.post(address, {"looked": looked})


def rows(browser, model, sheet, question=""):
    answer = browser.get(f"/admin/claims/{model}/sheet/{sheet}/rows.csv{question}")
    return b"".join(answer.streaming_content).decode().splitlines()


def test_a_sheet_goes_out_is_changed_looked_at_and_stored(browser):
    made = make.outlet("Harbour Wire")
    assert UPLOAD in browser.get("/admin/claims/outlet/").text
    heading, line = rows(browser, "outlet", "outlet")
    assert heading == "id,version,name,domain,kind,country,text_policy"
    page = upload(browser, f"{heading}\n{line.replace('Wire', 'Post')}\n,,Morning Desk,,,,\n")
    assert "What it would do: 1 new, 1 changed" in page.text
    assert Outlet.objects.get().name == "Harbour Wire"
    done = confirm(browser, page)
    assert "Stored: 1 new, 1 changed" in done.text
    assert set(Outlet.objects.values_list("name", flat=True)) == {"Harbour Post", "Morning Desk"}
    (origin,) = set(Change.objects.filter(action="import sheet").values_list("origin", flat=True))
    assert origin == "import"
    assert made.pk == Outlet.objects.get(name="Harbour Post").pk


def test_rows_changed_between_look_and_confirmation_are_refused_with_the_rest(browser):
    made = make.outlet("Harbour Wire")
    page = upload(browser, f"id,version,name\n{made.pk},1,Post\n,,Desk\n")
    records.edit(made, {"name": "Other"}, actor=make.editor(), version=1)
    done = confirm(browser, page)
    assert "Nothing was stored: 1 new" in done.text
    assert "name: Other is stored" in done.text
    assert list(Outlet.objects.values_list("name", flat=True)) == ["Other"]


def test_a_sheet_confirmed_twice_is_stored_once(browser):
    address = "/admin/claims/speaker/sheet/speaker/"
    page = upload(browser, "name,kind\nAda Rao,person\n", address)
    assert "Stored: 1 new" in confirm(browser, page, address).text
    assert "stored already" in confirm(browser, page, address).text
    assert Speaker.objects.count() == 1


def test_a_list_is_downloaded_as_it_is_filtered(browser):
    make.outlet("Harbour Wire")
    make.outlet("Morning Desk")
    lines = rows(browser, "outlet", "outlet", "?q=Morn")
    assert [line.split(",")[2] for line in lines[1:]] == ["Morning Desk"]
    assert browser.get("/admin/claims/outlet/sheet/outlet/rows.csv?x=1").status_code == 400
    lena = make.speaker("Lena Ortiz")
    records.create(Alias(speaker=lena, form="L. Ortiz"), actor=make.editor())
    assert len(rows(browser, "speaker", "speaker")) == 2
    (_, alias) = rows(browser, "speaker", "alias")
    assert alias.split(",")[2:4] == [str(lena.pk), "L. Ortiz"]
    assert rows(browser, "topic", "topic") == ["id,version,scheme,code,label,parent,query"]


def test_refused_rows_are_shown_and_nothing_is_offered(browser):
    page = upload(browser, "name,kind\nHarbour Wire,blog\n")
    assert "Nothing was stored: 0 new, 0 changed, 0 same, 1 refused" in page.text
    assert "is not one of" in page.text
    assert 'name="looked"' not in page.text
    assert "no column" in upload(browser, "colour\nred\n").text


def test_a_sheet_that_is_too_large_is_refused(browser, monkeypatch):
    monkeypatch.setattr("claims.admin.sheets._MOST_BYTES", 5)
    assert "split the sheet" in upload(browser, "name\nHarbour Wire\n").text


def test_a_look_is_its_editors_and_cannot_be_changed(browser, client):
    page = upload(browser, "name\nHarbour Wire\n")
    client.force_login(make.editor("other"))
    assert "Somebody else looked" in confirm(client, page).text
    assert "Somebody else looked" in confirm(browser, page, "/admin/claims/topic/sheet/topic/").text
    assert "Nothing was stored" in browser.post(UPLOAD, {"looked": "a:b"}).text
    assert not Outlet.objects.exists()


def test_sheets_are_for_those_who_may_and_lists_that_have_them(browser, onlooker):
    assert onlooker.get(UPLOAD).status_code == 403
    assert upload(onlooker, "name\nx\n").status_code == 403
    assert "Upload" not in onlooker.get("/admin/claims/outlet/").text
    assert rows(onlooker, "outlet", "outlet")
    assert browser.get("/admin/claims/outlet/sheet/speaker/").status_code == 404
    assert "sheet (CSV)" in browser.get(UPLOAD).text
