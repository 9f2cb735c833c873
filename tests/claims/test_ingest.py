"""Import: what becomes an article, what is known already, what is refused and why."""

import json
import os

import pytest
from django.core.files.storage import default_storage

from claims import gate, ingest, verify
from claims.ingest import FileReport, Options, find, import_bytes, import_path
from claims.models import Article, ArticleText, Change, Outlet, Placement, SourceFile
from tests.claims import make

pytestmark = pytest.mark.django_db

PLAIN = make.TEXT.encode()
GLUED = (
    "Ferry counts rise at Saltmere\r\n\r\n"
    "The harbour office counted 3.74 million passengers in 2030, Lena Ortiz said on Tuesday.\r\n"
    "At least 1,200 of them travelled with a bicycle, she said, and the city was glad of it.\r\n"
)
OTHER = (
    "Choir of 60 sings for the pilots\r\n\r\n"
    "The choir of Saltmere sang for 60 minutes on Friday, and 200 people came to listen to it.\r\n"
    "Its leader, Ada Rao, said that 14 more concerts would follow before the end of the year.\r\n"
)


def lines(*objects):
    return "".join(json.dumps(one) + "\n" for one in objects).encode()


def imported(data, name="file.txt", **options):
    return import_bytes(data, name, Options(**options))


def counts(report):
    return report.count("new"), report.count("known"), report.count("refused")


def clean():
    return not list(verify.faults())


def test_a_text_file_becomes_an_article_and_its_bytes_are_kept():
    report = imported(PLAIN, "ferries.txt")
    assert (counts(report), report.known, report.skipped) == ((1, 0, 0), False, "")
    article = Article.objects.get()
    assert article.body.text == make.TEXT.rstrip("\n")
    assert article.headline == "Ferry counts rise at Saltmere"
    assert (article.visibility, article.outlet, article.published) == ("draft", None, "")
    file = SourceFile.objects.get()
    assert (file.name, file.complete) == ("ferries.txt", True)
    with default_storage.open(file.file.name) as stored:
        assert stored.read() == PLAIN
    assert clean()


def test_the_same_bytes_again_are_known():
    imported(PLAIN)
    again = imported(PLAIN, "renamed.txt")
    assert (counts(again), again.known) == ((0, 1, 0), True)
    assert (SourceFile.objects.count(), Placement.objects.count()) == (1, 1)


def test_articles_in_another_order_are_known(settings):
    first = imported((GLUED + "\r\n" + OTHER).encode())
    again = imported((OTHER + "\r\n" + GLUED).encode())
    assert counts(first) == (2, 0, 0)
    assert (counts(again), again.known) == ((0, 2, 0), False)
    assert Placement.objects.count() == 4
    assert clean()


def test_a_twin_in_another_file_has_two_places():
    imported(lines({"text": "7 ships"}), "a.jsonl")
    imported(lines({"text": "no"}, {"text": "7 ships"}), "b.jsonl")
    article = Article.objects.get(body__text="7 ships")
    assert [place.line for place in article.placements.order_by("id")] == [1, 2]
    assert clean()


SAME = [
    # outlet of the first import, of the second, is it the same article
    ("", "", True),
    ("Courier", "", True),
    ("", "Courier", True),
    ("Courier", "Courier", True),
    ("Courier", "Lantern", False),
]


@pytest.mark.parametrize(("first", "second", "same"), SAME)
def test_an_article_is_its_text_and_its_outlet(first, second, same):
    imported(PLAIN, outlet=first)
    assert imported(PLAIN, outlet=second).count("known") == same
    assert Article.objects.count() == (1 if same else 2)
    assert clean()


def test_a_json_line_says_more_than_the_options():
    line = {
        "id": "a1",
        "text": "7 ships came.",
        "headline": "Seven ships",
        "byline": "A. Rao",
        "outlet": "The Daily Lantern",
        "url": "https://lantern.example/7",
        "published": "2031-05-08T10:15:00+02:00",
        "section": "Harbour",
        "language": "en",
        "desk": {"shift": 2},
    }
    imported(lines(line), outlet="The Courier", visibility="public", published="2020")
    article = Article.objects.select_related("outlet").get()
    assert (article.outlet.name, article.outlet_basis) == ("The Daily Lantern", "given")
    assert (article.published, article.published_basis) == ("2031-05-08", "given")
    assert (article.published_earliest, article.published_latest) == (20310508, 20310508)
    assert (article.headline, article.byline, article.section) == (
        "Seven ships",
        "A. Rao",
        "Harbour",
    )
    assert (article.url, article.language) == ("https://lantern.example/7", "en")
    assert article.extra == {"id": "a1", "desk": {"shift": 2}}
    assert article.visibility == "public"
    assert Outlet.objects.get().text_policy == "passage"


BAD_LINES = [
    # what a line says beside its text, what the report says
    ({"url": "javascript:alert(1)"}, "url: 'javascript:alert(1)' does not begin"),
    ({"url": "ftp://lantern.example/"}, "does not begin with http"),
    ({"url": "http://[::1"}, "is no address"),
    ({"url": "https://"}, "and a host"),
    ({"published": "last week"}, "published: 'last week' is no EDTF date"),
    ({"published": "2031-02-30"}, "has no day 30"),
    ({"published": "2031-05-08T99:00"}, "published: "),
    ({"headline": "x" * 501}, "headline: 501 characters"),
    ({"headline": "a\u001bb"}, "headline: control character U+001B"),
    ({"outlet": "x" * 201}, "outlet: 201 characters"),
    ({"language": "klingonese-long"}, "language: "),
    ({"headline": 7}, "key headline: not a string"),
    ({"text": 7}, "key text: missing, or not a string"),
    ({"text": " \n"}, "text: nothing in it"),
    ({"text": ""}, "text: nothing in it"),
    ({"text": "x" * (ingest.LONGEST_ARTICLE + 1)}, "1,000,001 characters"),
]


@pytest.mark.parametrize(("said", "message"), BAD_LINES)
def test_a_bad_line_is_named_and_the_others_are_stored(said, message):
    report = imported(lines({"text": "7 ships"}, {"text": "8 ships"} | said, {"text": "9 ships"}))
    assert counts(report) == (2, 0, 1)
    (refused,) = [one for one in report.outcomes if one.outcome == "refused"]
    assert refused.line == 2
    assert message in refused.message
    (error,) = SourceFile.objects.get().errors
    assert error == {"line": 2, "message": refused.message}


HOSTILE_LINES = [
    (b'{"text": "7 ships", "n": 1e400}', "not finite"),
    (b'{"text": "7 ships", "n": NaN}', "not finite"),
    (b'{"text": "7 ships", "n": ' + b"9" * 5000 + b"}", "digits"),
    (b'{"text": "7 ships", "n": ' + b"[" * 100_000, "nested"),
    (b'{"text": "7 ships", "n": ' + b"[" * 50 + b"]" * 50 + b"}", "nested"),
    (b'["7 ships"]', "not a JSON object"),
    (b'{"text": "7 ships"', "not JSON"),
    (b'{"text": "\xff"}', "not UTF-8"),
]


@pytest.mark.parametrize(("line", "message"), HOSTILE_LINES)
def test_a_hostile_line_is_refused_by_number(line, message):
    report = imported(b'{"text": "8 ships"}\n' + line + b"\n")
    assert counts(report) == (1, 0, 1)
    assert message in report.outcomes[1].message


@pytest.mark.parametrize("escape", ["\\u0000", "\\ud800", "\\udfff"])
def test_what_no_database_stores_is_replaced_and_noted(escape):
    line = f'{{"text": "7{escape}ships", "key": "a{escape}b", "k{escape}": 1}}\n'.encode()
    assert counts(imported(line, "a.jsonl")) == (1, 0, 0)
    assert ArticleText.objects.get().text == "7\ufffdships"
    (note,) = SourceFile.objects.get().layout
    assert note == {"line": 1, "start": 1, "end": 2, "reason": "unreadable character replaced"}
    assert clean()


def test_a_line_twice_in_one_file_is_one_article():
    report = imported(lines({"text": "7 ships"}, {"text": "7 ships"}))
    assert counts(report) == (1, 1, 0)
    assert Placement.objects.count() == 2


SKIPPED = [
    (b"", "no article"),
    (b" \r\n\t\n", "no article"),
    (b"\x7fELF" + bytes(range(256)) * 20, "binary data"),
    (b"<!doctype html><p>7 ships", "HTML"),
]


@pytest.mark.parametrize(("data", "reason"), SKIPPED)
def test_a_file_without_articles_leaves_no_row(data, reason):
    assert reason in imported(data).skipped
    assert not SourceFile.objects.exists()


def test_a_file_of_bad_lines_only_is_skipped_and_its_lines_are_named():
    report = imported(b'{"text": 7}\n', "a.jsonl")
    assert (report.skipped, counts(report)) == ("no article in it", (0, 0, 1))
    assert not SourceFile.objects.exists()


def test_boms_line_ends_and_composed_letters_stay_as_they_are():
    text = "\ufeffCafe\u0301 counts\u00a0rise\r\n\r\nThe city counted 7\u00a0000 cups.\r\n"
    imported(text.encode())
    stored = ArticleText.objects.get().text
    assert "\r\n" in stored
    assert "e\u0301 counts\u00a0rise" in stored
    assert not stored.startswith("\ufeff")
    assert SourceFile.objects.get().layout[0]["reason"] == "byte order mark"
    assert clean()


BAD_OPTIONS = [
    ({"url": "file:///etc/passwd"}, "url"),
    ({"published": "soon"}, "published"),
    ({"outlet": "a\x00b"}, "outlet: NUL"),
    ({"language": "x" * 11}, "language"),
    ({"visibility": "secret"}, "visibility"),
]


@pytest.mark.parametrize(("given", "message"), BAD_OPTIONS)
def test_options_are_checked_before_anything_is_read(given, message):
    with pytest.raises(gate.Refused, match=message):
        Options(**given)


def test_an_address_is_for_a_file_of_one_article():
    url = "https://courier.example/ferries"
    report = imported((GLUED + "\r\n" + OTHER).encode(), url=url)
    assert report.skipped == "url: the file holds 2 articles, not one"
    assert counts(imported(PLAIN, url=url, published="2031-05")) == (1, 0, 0)
    article = Article.objects.get()
    assert (article.url, article.published_latest) == (url, 20310531)


def test_an_uploader_is_named_in_the_log():
    editor = make.editor()
    imported(PLAIN, actor=editor)
    change = Change.objects.of(Article.objects.get()).get()
    assert (change.action, change.actor) == ("import", editor)


def test_folders_are_walked_in_order_and_hidden_files_left_out(tmp_path):
    for name in ("b/2.txt", "b/1.txt", "a/3.txt", ".git/4.txt", "a/.5.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [os.path.relpath(path, tmp_path) for path in find([str(tmp_path), "-", "nowhere"])]
    assert found[:3] == ["a/3.txt", "b/1.txt", "b/2.txt"]
    assert list(find(["-", "nowhere"])) == ["-", "nowhere"]


def test_a_path_that_cannot_be_read_is_named(tmp_path):
    report = import_path(str(tmp_path / "nowhere\x1b.txt"), Options())
    assert report == FileReport(str(tmp_path / "nowhere\ufffd.txt"), "No such file or directory")
    assert import_path(str(tmp_path), Options()).skipped == "Is a directory"


def test_a_name_that_is_no_text_is_made_one():
    imported(PLAIN, os.fsdecode(b"caf\xe9\n.txt"))
    assert SourceFile.objects.get().name == "caf\ufffd .txt"


def test_an_import_that_was_stopped_is_finished_by_the_next(monkeypatch):
    stored = ingest._store

    def killed(*args):
        if Article.objects.count() == 1:
            raise KeyboardInterrupt
        return stored(*args)

    monkeypatch.setattr(ingest, "_store", killed)
    with pytest.raises(KeyboardInterrupt):
        imported(lines({"text": "7 ships"}, {"text": "8 ships"}))
    assert (Article.objects.count(), SourceFile.objects.get().complete) == (1, False)
    assert next(verify.notes()).startswith("files stored in part")
    monkeypatch.setattr(ingest, "_store", stored)
    assert counts(imported(lines({"text": "7 ships"}, {"text": "8 ships"}))) == (1, 1, 0)
    assert SourceFile.objects.get().complete


def test_a_text_that_another_process_stores_meanwhile_is_known(monkeypatch):
    known = ingest._known
    calls = []

    def late(digest, outlet):
        calls.append(digest)
        return None if len(calls) == 1 else known(digest, outlet)

    imported(PLAIN)
    monkeypatch.setattr(ingest, "_known", late)
    assert counts(imported(PLAIN)) == (0, 1, 0)


def test_bytes_that_were_lost_are_kept_again(media):
    imported(PLAIN)
    (path,) = [path for path in media.rglob("*") if path.is_file()]
    path.unlink()
    assert not clean()
    imported(PLAIN)
    assert clean()
