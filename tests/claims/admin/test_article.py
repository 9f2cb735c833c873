"""Articles in the admin: the words stay what they are, what is known of them is corrected."""

import pytest

from claims.models import Article, ArticleText, Change
from tests.claims import make
from tests.claims.admin.forms import fields_on, save
from tests.claims.test_marks import Page

TEXT = (
    " \tFerry\r\n\r\nOn Tuesday \U0001f6a2 3.74 million came, \u202e40 percent more.\u2069\r\n\n "
)


@pytest.fixture
def article(db):
    return make.article(TEXT, headline="Ferry")


def page_of(article):
    return f"/admin/claims/article/{article.pk}/change/"


def test_the_words_are_shown_to_the_letter_with_their_claims_marked(browser, article):
    one = make.claim(article, "3.74 million")
    two = make.accepted(article, "40 percent more", kind="percent", value="40", unit="%")
    page = browser.get(page_of(article))
    shown = Page(page.context["words"])
    assert shown.text == TEXT
    assert shown.inside == {"proposed": "3.74 million", "accepted": "40 percent more"}
    assert shown.ids == [f"claim-{one.pk}", f"claim-{two.pk}"]
    assert shown.links == {
        f"/admin/claims/claim/{one.pk}/change/": "3.74 million",
        f"/admin/claims/claim/{two.pk}/change/": "40 percent more",
    }
    assert "accepted claims" in page.content.decode()


def test_no_form_field_holds_the_text(browser, article):
    page = browser.get(page_of(article)).content.decode()
    assert "<textarea" not in page


def test_saving_the_form_left_as_it_is_changes_nothing(browser, article):
    make.claim(article, "3.74 million")
    save(browser, page_of(article))
    article.refresh_from_db()
    assert article.version == 1
    assert ArticleText.objects.get().text == TEXT
    assert not Change.objects.exists()


def test_a_new_date_has_the_editor_as_its_basis(browser, article):
    save(browser, page_of(article), published="2031-03-11")
    article.refresh_from_db()
    assert (article.published, article.published_basis) == ("2031-03-11", "editor")
    assert ArticleText.objects.get().text == TEXT


CORRECTIONS = [
    ({"visibility": "withdrawn"}, {"visibility": "withdrawn"}),
    ({"headline": "  Ferries  "}, {"headline": "Ferries"}),
    ({"url": "courier.example/7"}, {"url": "https://courier.example/7"}),
    ({"language": "en-GB", "section": "Port"}, {"language": "en-GB", "section": "Port"}),
    ({"published": "2031-03/.."}, {"published_earliest": 20310301, "published_latest": None}),
]


@pytest.mark.parametrize(("edits", "stored"), CORRECTIONS)
def test_what_is_known_of_an_article_is_corrected(browser, article, edits, stored):
    save(browser, page_of(article), **edits)
    article.refresh_from_db()
    assert {name: getattr(article, name) for name in stored} == stored


def test_an_outlet_is_set_and_taken_away(browser, article):
    outlet = make.outlet()
    save(browser, page_of(article), outlet=outlet.pk)
    article.refresh_from_db()
    assert (article.outlet, article.outlet_basis) == (outlet, "editor")
    save(browser, page_of(article), outlet="")
    article.refresh_from_db()
    assert article.outlet is None


REFUSED = [
    ({"published": "soon"}, "soon"),
    ({"url": "javascript:alert(1)"}, "Enter a valid URL"),
    ({"visibility": "secret"}, "Select a valid choice"),
    ({"outlet": "99999"}, "Select a valid choice"),
]


@pytest.mark.parametrize(("edits", "message"), REFUSED)
def test_senseless_corrections_come_back_with_the_reason(browser, article, edits, message):
    assert message in save(browser, page_of(article), **edits).content.decode()
    assert not Change.objects.exists()


def test_an_outlet_that_has_the_text_already_is_refused(browser, article):
    twin = make.article(TEXT, outlet=make.outlet(), headline="Ferry")
    answer = save(browser, page_of(article), outlet=twin.outlet_id)
    assert "already has an article with this text" in answer.content.decode()


def test_a_stale_save_shows_both_values(browser, article):
    outlet, other = make.outlet(), make.outlet("Harbour Wire")
    opened = fields_on(browser.get(page_of(article)))
    save(browser, page_of(article), outlet=outlet.pk, headline="Theirs")
    answer = browser.post(page_of(article), {**opened, "outlet": other.pk})
    assert "Stored now: The Saltmere Courier." in answer.content.decode()
    assert fields_on(answer)["headline"] == "Theirs"
    article.refresh_from_db()
    assert article.outlet == outlet
    browser.post(page_of(article), fields_on(answer))
    article.refresh_from_db()
    assert (article.outlet, article.headline) == (other, "Theirs")


def test_the_page_shows_basis_evidence_files_and_layout(browser):
    article = make.article(
        published="2031-03-11",
        published_basis=Article.Basis.DATELINE,
        published_evidence=make.span_of(make.TEXT, "Tuesday"),
        parts=[
            {"role": "headline", "start": 0, "end": 29},
            {"role": "body", "start": 31, "end": 99},
        ],
    )
    layout = [{"line": 0, "start": 900 + n, "end": 901 + n, "reason": "menu"} for n in range(60)]
    make.placement(article, make.source_file(name="wire.txt", layout=layout), start=12)
    page = browser.get(page_of(article))
    text = page.content.decode()
    assert "the article’s dateline" in text or "the article&#x27;s dateline" in text
    assert "“<bdi>Tuesday</bdi>”" in text
    assert Page(page.context["words"]).inside["headline"] == "Ferry counts rise at Saltmere"
    assert "wire.txt" in text
    assert "900–901: menu" in text
    assert "and 10 more" in text


def test_an_onlooker_reads_but_corrects_nothing(onlooker, article):
    assert onlooker.get(page_of(article)).status_code == 200
    assert onlooker.post(page_of(article), {"headline": "x"}).status_code == 403
