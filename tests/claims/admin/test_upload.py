"""Import by upload: what comes in, what is refused, and the report about it."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims import jobs
from claims.models import Article, Claim, Job, SourceFile
from tests.claims import make

IMPORT = "/admin/claims/article/import/"


def upload(browser, data, name="file.txt", **fields):
    file = SimpleUploadedFile(name, data)
    return browser.post(IMPORT, {"file": file, "visibility": "draft", **fields}, follow=True)


def test_a_small_text_becomes_an_article_with_claims_while_the_browser_waits(browser):
    answer = upload(browser, make.TEXT.encode(), outlet=make.outlet().pk, extract="on")
    article = Article.objects.get()
    assert (article.outlet, article.visibility) == (make.outlet(), "draft")
    assert article.body.text in make.TEXT
    assert Claim.objects.exists()
    assert f"{Claim.objects.count()} new claim" in answer.text
    assert f"/admin/claims/article/{article.pk}/change/" in answer.text
    assert Job.objects.get().state == "done"


def test_a_large_file_waits_for_a_worker_and_the_page_says_what_to_start(browser, monkeypatch):
    monkeypatch.setattr("claims.admin.upload.SMALL", 5)
    answer = upload(browser, make.TEXT.encode(), extract="on")
    assert "manage.py work" in answer.text
    assert not Article.objects.exists()
    jobs.work("tester", jobs.Stop(), idle=False)
    assert Claim.objects.exists()


def test_claims_are_left_alone_when_not_asked_for(browser):
    assert "1 new" in upload(browser, make.TEXT.encode()).text
    assert not Claim.objects.exists()


def test_each_refused_line_of_json_lines_is_named(browser):
    lines = [{"text": "A first text.", "outlet": "Harbour Wire"}, {"headline": "no text"}]
    data = "\n".join([*map(json.dumps, lines), "[not", json.dumps({"text": "A last text."})])
    answer = upload(browser, data.encode(), name="feed.jsonl")
    assert "2 new, 0 known already, 2 refused" in answer.text
    assert [one["line"] for one in answer.context["imported"]["refused"]] == [2, 3]
    again = upload(browser, data.encode(), name="feed.jsonl")
    assert "0 new, 2 known already" in again.text


FAILED = [b"\x00\x01\x02\xff" * 40, b"\n \n"]


@pytest.mark.parametrize("data", FAILED)
def test_a_file_without_articles_is_told_whole(browser, data):
    assert "Nothing of it was stored" in upload(browser, data).text
    assert not SourceFile.objects.exists()


REFUSED = [
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
    assert not Job.objects.exists()


def test_an_article_that_cannot_be_read_is_named(browser, monkeypatch):
    def fail(*given, **named):
        raise ValueError("no reading")

    monkeypatch.setattr("claims.runs.engine.read_article", fail)
    answer = upload(browser, make.TEXT.encode(), extract="on")
    assert "could not be read" in answer.text
    assert "no reading" in answer.text


def test_the_form_is_for_those_who_may_add_articles(browser, onlooker):
    assert "Choose" not in onlooker.get("/admin/claims/article/").text
    assert onlooker.get(IMPORT).status_code == 403
    assert upload(onlooker, b"A text.").status_code == 403
    assert not Article.objects.exists()
    assert IMPORT in browser.get("/admin/claims/article/").text
    assert "Plain text" in browser.get(IMPORT).text
