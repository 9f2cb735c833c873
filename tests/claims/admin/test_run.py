"""Runs, readings and source files in the admin: everything shown, nothing changed."""

import pytest

from claims.admin import run as pages
from claims.models import Reading
from tests.claims import make


@pytest.fixture
def rows(db):
    article = make.article()
    run = make.run(
        counts={"new": 3, "to_confirm": 1}, errors=[{"article": 7, "message": "no <text>"}]
    )
    layout = [{"line": 2, "start": n, "end": n + 1, "reason": "menu"} for n in range(3)]
    file = make.source_file(layout=layout, errors=["line 4 is no JSON"], name="wire.jsonl")
    make.placement(article, file, line=2)
    reading = Reading.objects.create(
        run=run, article=article, text_sha256=article.text_sha256, data={"claims": ["“40”"]}
    )
    return {"run": run, "sourcefile": file, "reading": reading}


SHOWN = [
    ("run", ["new 3, to confirm 1", "no &lt;text&gt;", "Readings of this run"]),
    ("sourcefile", ["Ferry counts rise", "line 2", "menu", "line 4 is no JSON"]),
    ("reading", ["“40”", "claims"]),
]


@pytest.mark.parametrize(("model", "words"), SHOWN)
def test_everything_about_it_is_shown(browser, rows, model, words):
    page = browser.get(f"/admin/claims/{model}/{rows[model].pk}/change/").content.decode()
    for word in words:
        assert word in page


@pytest.mark.parametrize("model", ["run", "sourcefile", "reading"])
def test_nothing_about_it_is_changed(browser, rows, model):
    address = f"/admin/claims/{model}/{rows[model].pk}/"
    assert browser.post(f"{address}change/", {"name": "x"}).status_code == 403
    assert browser.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    assert browser.get(f"/admin/claims/{model}/add/").status_code == 403


def test_what_is_very_long_is_cut_and_says_so(browser, rows, monkeypatch):
    monkeypatch.setattr(pages, "_LONGEST_READING", 5)
    monkeypatch.setattr(pages, "_MOST_ROWS", 2)
    reading, file = rows["reading"], rows["sourcefile"]
    assert "… cut here" in browser.get(f"/admin/claims/reading/{reading.pk}/change/").text
    assert "and 1 more" in browser.get(f"/admin/claims/sourcefile/{file.pk}/change/").text


def test_an_empty_run_says_so(browser, db):
    page = browser.get(f"/admin/claims/run/{make.run().pk}/change/").text
    assert "none" in page
