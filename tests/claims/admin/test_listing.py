"""Lists of the admin: as many queries for many rows as for few, and strict questions."""

import html
import re
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.admin import listing
from claims.history import Batch, record
from claims.models import Reading, Speaker, Topic
from tests.claims import make

LISTS = (
    *("article", "attribution", "change", "claim", "outlet", "reading", "run", "sourcefile"),
    *("speaker", "topic"),
)


def address(model, query=""):
    return reverse(f"admin:claims_{model}_changelist") + query


def fill(number):
    """Make `number` rows of everything, each article with its own outlet, speaker and claims."""
    earlier = Speaker.objects.count()
    for n in range(earlier, earlier + number):
        file = make.source_file(f"file {n}".encode())
        article = make.article(make.TEXT + f"{n}\n", outlet=make.outlet(f"Outlet {n}"))
        make.placement(article, file)
        speaker = make.speaker(f"Lena Ortiz{n}", privacy="public")
        voice = make.attribution(article, speaker, source="Lena Ortiz")
        claim = make.claim(article, voices=[voice])
        make.tag(claim, make.topic(f"t{n}", parent=Topic.objects.first()))
        run = make.run()
        Reading.objects.create(run=run, article=article, text_sha256=article.text_sha256, data={})
        batch = Batch.begin("correct", make.editor())
        record([batch.entry(claim, {"value": "1"}, {"value": "2"})])


@dataclass
class Answer:
    """How many rows a list has, and what it asked the database."""

    rows: int
    asked: list[str]


def queries(browser, url):
    with CaptureQueriesContext(connection) as seen:
        answer = browser.get(url)
    return Answer(answer.context["cl"].result_count, [query["sql"] for query in seen])


def test_lists_of_a_hundred_rows_ask_as_many_queries_as_lists_of_ten(browser):
    make.run()  # the oldest run is made by whoever comes first
    fill(10)
    few = {model: queries(browser, address(model)) for model in LISTS}
    fill(90)
    many = {model: queries(browser, address(model)) for model in LISTS}
    for model in LISTS:
        assert many[model].rows == few[model].rows + 90, model
        assert len(many[model].asked) == len(few[model].asked) <= 10, model
        assert "claims_articletext" not in str(many[model].asked), model


@pytest.mark.parametrize("model", ["claim", "attribution"])
def test_only_the_rows_of_the_page_are_joined(browser, model, monkeypatch):
    fill(3)
    monkeypatch.setattr(f"claims.admin.{model}.{model.capitalize()}Admin.list_per_page", 2)
    asked = queries(browser, address(model)).asked
    of_list = [sql for sql in asked if f'FROM "claims_{model}"' in sql]
    cut = [sql for sql in of_list if sql.endswith("LIMIT 2")]
    joined = [sql for sql in of_list if "JOIN" in sql]
    assert len(cut) == len(joined) == 1
    assert "JOIN" not in cut[0]
    assert f'"claims_{model}"."id" IN (' in joined[0]


@pytest.mark.parametrize("model", ["claim", "article", "attribution"])
def test_pages_of_a_hundred_claims_ask_as_many_queries_as_those_of_ten(browser, model):
    article = make.article("".join(f"There were {n} boats.\n" for n in range(1000, 1100)))
    voice = make.attribution(article, make.speaker(), source="There", cue="were")
    counts = []
    for numbers in (range(1000, 1010), range(1010, 1100)):
        claims = [make.claim(article, str(n), voices=[voice]) for n in numbers]
        rows = {"claim": claims[0], "article": article, "attribution": voice}
        page = f"/admin/claims/{model}/{rows[model].pk}/change/"
        browser.get(page)  # content types are read once and remembered
        with CaptureQueriesContext(connection) as seen:
            browser.get(page)
        counts.append(len(seen))
    assert counts[0] == counts[1]


REFUSED = [
    # list, question, what the answer names
    ("claim", "?colour=red", "colour"),
    ("claim", "?surface__regex=(", "surface__regex"),
    ("claim", "?article__body__text__contains=a", "article__body__text"),
    ("claim", "?e=1", "e: "),
    ("claim", "?all=", "all"),
    ("claim", "?p=0", "p: "),
    ("claim", "?p=2", "p: "),
    ("claim", "?p=-1", "p: "),
    ("claim", "?p=x", "p: "),
    ("claim", "?p=99999999999999999999999", "p: "),
    ("claim", "?o=1", "o: "),
    ("claim", "?o=99", "o: "),
    ("claim", "?o=x", "o: "),
    ("claim", "?o=-", "o: "),
    ("article", "?o=3", "o: "),
    ("article", "?o=2.1", "o: "),
    ("claim", "?work=everything", "work"),
    ("claim", "?kind=", "kind"),
    ("claim", "?kind=count&kind=money", "kind"),
    ("claim", "?topic=0", "topic"),
    ("claim", "?topic=" + "9" * 30, "topic"),
    ("claim", "?article=77777", "article"),
    ("claim", "?article=" + "9" * 30, "article"),
    ("claim", "?speaker=x", "speaker"),
    ("claim", "?outlet=%00", "outlet"),
    ("claim", "?q=" + "word+" * 100, "word"),
    ("claim", "?q=...", "no word"),
    ("article", "?q=" + "a" * 6000, "characters"),
    ("article", "?dated=maybe", "dated"),
    ("article", "?visibility=secret", "visibility"),
    ("speaker", "?q=" + "a" * 300, "characters"),
    ("speaker", "?q=Lena%00", "NUL"),
    ("speaker", "?reach=far", "reach"),
    ("change", "?batch=7", "batch"),
    ("change", "?o=2", "o: "),
]
ANSWERED = [
    ("claim", ""),
    ("claim", "?p=1"),
    ("claim", "?work=all&kind=count"),
    ("claim", "?q=%22harbour+office%22+OR+-nothing"),
    ("article", "?o=2"),
    ("article", "?o=-2"),
    ("article", "?q=passengers&dated=no&visibility=public"),
    ("outlet", "?o=0"),
    ("outlet", "?q=the+saltmere&_popup=1"),
    ("speaker", "?shown=named&q=lena"),
    ("sourcefile", "?q=ABC"),
    ("change", "?batch=00000000-0000-0000-0000-000000000000"),
    ("reading", ""),
    ("topic", "?q=tr"),
]


@pytest.mark.parametrize(("model", "query", "named"), REFUSED)
def test_a_bad_question_is_answered_in_plain_words(browser, model, query, named):
    make.claim()
    answer = browser.get(address(model, query))
    assert answer.status_code == 400
    assert named in answer.content.decode()
    assert "Show the list without filters" in answer.content.decode()


@pytest.mark.parametrize(("model", "query"), ANSWERED)
def test_a_good_question_is_answered_with_a_list(browser, model, query):
    make.claim(make.article(outlet=make.outlet()))
    assert browser.get(address(model, query)).status_code == 200


@pytest.mark.parametrize("model", ["article", "claim", "outlet", "speaker", "topic", "change"])
def test_every_heading_that_offers_an_order_gets_an_answer(browser, model):
    fill(2)
    offered = re.findall(r'href="(\?[^"]*\bo=[^"]*)"', browser.get(address(model)).text)
    links = [address(model, html.unescape(link)) for link in offered]
    assert {browser.get(link).status_code for link in links} <= {200}
    assert bool(offered) == (model in {"article", "outlet", "speaker"})


def test_a_long_list_is_counted_and_paged_up_to_a_limit_only(browser, monkeypatch):
    monkeypatch.setattr(listing, "MAX_COUNTED", 3)
    monkeypatch.setattr("claims.admin.outlet.OutletAdmin.list_per_page", 2)
    for n in range(5):
        make.outlet(f"Outlet {n}")
    page = browser.get(address("outlet", "?p=2")).content.decode()
    assert "Outlet 2" in page
    assert "More than 3 outlets" in page
    assert browser.get(address("outlet", "?p=3")).status_code == 400


@pytest.mark.parametrize("model", LISTS)
def test_no_list_offers_to_delete_or_to_edit_in_place(browser, model):
    fill(1)
    page = browser.get(address(model)).content.decode()
    assert "delete_selected" not in page
    assert "form-TOTAL_FORMS" not in page


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Lena", True),
        ("lena ort", True),
        ("lENA ORTIZ", True),
        ("Ortiz", True),
        ("ort", True),
        ("HO", True),
        ("na Ort", False),
        ("Lenb", False),
        ("%", False),
    ],
)
def test_names_are_found_by_their_beginning_or_that_of_an_alias(browser, typed, found):
    speaker = make.speaker("Lena Ortiz")
    speaker.aliases.create(form="Ortiz", kind="surname")
    speaker.aliases.create(form="HO", kind="acronym")
    page = browser.get(address("speaker", ""), {"q": typed})
    assert ("Lena Ortiz" in page.content.decode()) == found
