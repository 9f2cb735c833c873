"""Corrections of articles: what is stored, and what follows for their claims."""

import pytest

from claims import gate
from claims.curation import articles, review
from claims.history import Stale
from claims.models import Article, ArticleText
from claims.runs import run_engine
from tests.claims import make
from tests.claims.curation.test_review import again, claims, find

pytestmark = pytest.mark.django_db


def correct(article, **fields):
    version = Article.objects.get(pk=article.pk).version
    return articles.correct(article, fields, actor=make.editor(), version=version)


def test_a_date_set_by_an_editor_has_its_bounds_and_basis():
    article = make.article()
    claim = make.claim(article)
    correct(article, published="2031-05")
    row = Article.objects.get()
    assert (row.published_earliest, row.published_latest) == (20310501, 20310531)
    assert (row.published_basis, row.published_confidence) == ("editor", 1.0)
    assert again(claim).published_latest == 20310531


def test_a_date_can_be_ruled_unknown():
    article = make.article(published="2031-05-06")
    correct(article, published="")
    row = Article.objects.get()
    assert (row.published, row.published_earliest, row.published_basis) == ("", None, "editor")


def test_the_outlet_of_an_article_is_copied_to_its_claims():
    article, outlet = make.article(), make.outlet()
    claim = make.claim(article)
    correct(article, outlet=outlet.pk)
    assert again(claim).outlet == outlet
    assert Article.objects.get().outlet_basis == "editor"


def test_withdrawing_an_article_hides_its_accepted_claims_at_once():
    article = make.article()
    claim = make.claim(article)
    review.accept(claims(claim), actor=make.editor())
    correct(article, visibility="withdrawn")
    assert not again(claim).is_public
    correct(article, visibility="public")
    assert again(claim).is_public


def test_the_text_stays_as_it_is_whatever_is_corrected():
    article = make.article("\r\n Nine boats\u00a0left.\r\n")
    correct(article, headline="Nine boats", byline="A. Writer", language="en", section="Port")
    assert ArticleText.objects.get().text == "\r\n Nine boats\u00a0left.\r\n"


def test_the_same_values_again_change_nothing():
    article = make.article()
    outcome = correct(article, headline=article.headline)
    assert (outcome.changed, outcome.unchanged) == (0, 1)
    assert Article.objects.get().version == 1


def test_a_stale_correction_is_refused_with_both_values():
    article = make.article()
    correct(article, byline="A. Writer")
    with pytest.raises(Stale) as caught:
        articles.correct(article, {"byline": "B. Writer"}, actor=make.editor(), version=1)
    assert caught.value.fields == {"byline": ("B. Writer", "A. Writer")}


REFUSED = [
    ({"text": "other words"}, "not a field"),
    ({"published": "last Tuesday"}, "no EDTF"),
    ({"visibility": "secret"}, "not one of draft"),
    ({"url": "javascript:alert(1)"}, "does not begin with http"),
    ({"url": "http://["}, "no address"),
    ({"url": "https://courier.example/" + "a" * 1000}, "at most 1000"),
    ({"headline": "x" * 501}, "at most 500"),
    ({"headline": "a\x00b"}, "NUL"),
    ({"outlet": 404}, "none with id 404"),
    ({"outlet": "1"}, "give its id"),
]


@pytest.mark.parametrize(("fields", "words"), REFUSED)
def test_a_value_that_makes_no_sense_is_refused(fields, words):
    article = make.article()
    with pytest.raises(gate.Refused, match=words):
        correct(article, **fields)
    assert Article.objects.get().version == 1


def test_an_outlet_has_one_article_with_a_text():
    outlet = make.outlet()
    twin = make.article(outlet=outlet)
    with pytest.raises(gate.Refused, match=twin.uid):
        correct(make.article(), outlet=outlet.pk)


def test_a_new_date_resolves_relative_dates_and_asks_about_ruled_ones():
    """Untouched claims follow at once; a claim an editor accepted keeps its date and asks."""
    article = make.article("The port closed on Tuesday. It opened again on Friday.\n")
    list(run_engine(Article.objects.all()))
    tuesday, friday = article.claims.filter(kind="date").order_by("start")
    assert tuesday.edtf == friday.edtf == ""
    review.accept(claims(friday), actor=make.editor())
    correct(article, published="2031-05-10")  # a Saturday
    assert (again(tuesday).edtf, again(tuesday).unresolved) == ("2031-05-06", "")
    assert (again(friday).edtf, again(friday).to_confirm) == ("", True)
    review.take_newer(claims(friday), actor=make.editor())
    assert again(friday).edtf == "2031-05-09"


def test_a_new_date_leaves_the_question_of_a_later_reading_open():
    article = make.article(published="2031-05-06")
    scope = {"edtf": "2030", "place": None, "span": [0, 5], "calendar": None}
    claim = make.claim(article, scope=scope)
    review.accept(claims(claim), actor=make.editor())
    find(claim, value="4000000")
    correct(article, published="2031-05-07")
    review.take_newer(claims(claim), actor=make.editor())
    assert again(claim).value == "4000000"


def test_a_new_date_is_carried_into_the_later_reading_that_waits():
    article = make.article("The port closed on Tuesday with nine boats in it.\n")
    list(run_engine(Article.objects.all()))
    claim = article.claims.get(kind="date")
    review.accept(claims(claim), actor=make.editor())
    find(claim, modality="planned")
    correct(article, published="2031-05-10")
    review.take_newer(claims(claim), actor=make.editor())
    assert (again(claim).edtf, again(claim).modality) == ("2031-05-06", "planned")
