"""The desk's header: an article put right, without leaving the desk."""

import re

import pytest
from django.urls import reverse

from claims.models import Article, Claim
from claims.runs import run_engine
from tests.claims import make

pytestmark = pytest.mark.django_db


def shown(page):
    """Return what the form of a page would send."""
    form = re.search(r'(?s)<details class="repair".*?</details>', page)[0]
    data = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', form))
    chosen = re.findall(r'(?s)<select name="([^"]+)".*?value="([^"]+)" selected', form)
    return data | dict(chosen)


def send(browser, article, **changed):
    """Send the form of the desk as it stands, with some fields changed."""
    data = shown(browser.get(reverse("desk_article", args=[article.pk])).text)
    data |= {f"article-{name}": value for name, value in changed.items()}
    return browser.post(reverse("desk_repair", args=[article.pk]), data)


def test_a_new_date_resolves_the_weekdays_at_once(browser, db):
    article = make.article(published="2031-03-11")
    list(run_engine(Article.objects.all()))
    tuesday = Claim.objects.get(surface="Tuesday")
    assert tuesday.edtf == "2031-03-11"
    answer = send(browser, article, published="2031-03-20")
    assert answer.status_code == 302
    tuesday.refresh_from_db()
    assert tuesday.edtf == "2031-03-18"


def test_the_header_says_what_is_known_and_on_what_it_rests(browser, article):
    page = browser.get(reverse("desk_article", args=[article.pk])).text
    assert "rests on: given with the import" in page
    assert "article-visibility" in page


def test_an_outlet_is_named_in_full(browser, article):
    make.outlet("The Oss Gazette")
    answer = send(browser, article, outlet="The Oss Herald")
    assert answer.status_code == 400
    assert "There is no outlet of this name" in answer.text
    assert send(browser, article, outlet="The Oss Gazette").status_code == 302
    article.refresh_from_db()
    assert (article.outlet.name, article.outlet_basis) == ("The Oss Gazette", "editor")


def test_what_makes_no_sense_comes_back(browser, article):
    answer = send(browser, article, published="last week")
    assert answer.status_code == 400
    assert 'value="last week"' in answer.text
    article.refresh_from_db()
    assert article.published == "2031-03-11"


def test_a_stale_form_shows_both_values_and_saves_the_second_time(browser, article):
    data = shown(browser.get(reverse("desk_article", args=[article.pk])).text)
    send(browser, article, headline="Theirs")
    mine = browser.post(
        reverse("desk_repair", args=[article.pk]), data | {"article-headline": "Mine"}
    )
    assert mine.status_code == 409
    assert "Stored now: Theirs" in mine.text
    article.refresh_from_db()
    assert article.headline == "Theirs"
    browser.post(reverse("desk_repair", args=[article.pk]), shown(mine.text))
    article.refresh_from_db()
    assert article.headline == "Mine"


def test_only_chief_editors_publish(client, article):
    client.force_login(make.member("editor"))
    page = client.get(reverse("desk_article", args=[article.pk])).text
    assert "article-headline" in page
    assert "article-visibility" not in page


def test_an_article_that_somebody_else_works_on_is_left(browser, client, article):
    client.force_login(make.member("editor", "other"))
    client.post(reverse("desk_take", args=[article.pk]))
    send(browser, article, headline="Mine")
    article.refresh_from_db()
    assert article.headline != "Mine"
