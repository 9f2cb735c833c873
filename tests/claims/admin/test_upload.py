"""Import by upload: what comes in, what is refused, and the report about it."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.models import Article, Claim, SourceFile
from tests.claims import make

IMPORT = "/admin/claims/article/import/"


def upload(browser, data, name="file.txt", **fields):
    file = SimpleUploadedFile(name, data)
    return browser.post(IMPORT, {"file": file, "visibility": "draft", **fields})


def test_a_text_becomes_an_article_with_claims(browser):
    answer = upload(browser, make.TEXT.encode(), outlet=make.outlet().pk, extract="on")
    article = Article.objects.get()
    assert (article.outlet, article.visibility) == (make.outlet(), "draft")
    assert article.body.text in make.TEXT
    assert Claim.objects.exists()
    assert f"{Claim.objects.count()} new claim" in answer.text
    assert f"/admin/claims/article/{article.pk}/change/" in answer.text


def test_claims_are_left_to_the_command_when_not_asked_for(browser):
    assert "1 new" in upload(browser, make.TEXT.encode()).text
    assert not Claim.objects.exists()


def test_each_line_of_json_lines_has_its_line_in_the_report(browser):
    lines = [{"text": "A first text.", "outlet": "Harbour Wire"}, {"headline": "no text"}]
    data = "\n".join([*map(json.dumps, lines), "[not", json.dumps({"text": "A last text."})])
    answer = upload(browser, data.encode(), name="feed.jsonl")
    assert [(one.line, one.outcome) for one in answer.context["outcomes"]] == [
        (1, "new"),
        (2, "refused"),
        (3, "refused"),
        (4, "new"),
    ]
    assert "2 new, 0 known already, 2 refused" in answer.text
    again = upload(browser, data.encode(), name="feed.jsonl")
    assert "These bytes were imported before" in again.text
    assert "0 new, 2 known already" in again.text


REFUSED = [
    (b"\x00\x01\x02\xff" * 40, {}, "Nothing of it was stored"),
    (b"\n \n", {}, "Nothing of it was stored"),
    (b"A text.", {"published": "soon"}, "soon"),
    (b"A text.", {"visibility": "secret"}, "Select a valid choice"),
    (b"A text.", {"outlet": "999"}, "Select a valid choice"),
    (b"", {}, "The submitted file is empty"),
    (b"A text that is too long.", {}, "is too large"),
]


@pytest.mark.parametrize(("data", "fields", "message"), REFUSED)
def test_what_cannot_be_imported_is_refused_whole(browser, settings, data, fields, message):
    settings.UPLOAD_MAX_BYTES = 23 if b"too long" in data else 20_000
    assert message in upload(browser, data, **fields).text
    assert not Article.objects.exists()
    assert not SourceFile.objects.exists()


@pytest.mark.parametrize("limit", ["MOST_READ_AT_ONCE", "MOST_CHARACTERS_AT_ONCE"])
def test_much_new_text_is_left_to_the_command(browser, monkeypatch, limit):
    monkeypatch.setattr(f"claims.admin.upload.{limit}", 0)
    assert "manage.py extract_claims" in upload(browser, make.TEXT.encode(), extract="on").text
    assert not Claim.objects.exists()


def test_an_article_that_cannot_be_read_is_named(browser, monkeypatch):
    def fail(*given, **named):
        raise ValueError("no reading")

    monkeypatch.setattr("claims.runs.engine.read_article", fail)
    answer = upload(browser, make.TEXT.encode(), extract="on")
    assert "was stored but could not be read: no reading" in answer.text


def test_the_form_is_for_those_who_may_add_articles(browser, onlooker):
    assert "Choose" not in onlooker.get("/admin/claims/article/").text
    assert onlooker.get(IMPORT).status_code == 403
    assert upload(onlooker, b"A text.").status_code == 403
    assert not Article.objects.exists()
    assert IMPORT in browser.get("/admin/claims/article/").text
    assert "Plain text" in browser.get(IMPORT).text
