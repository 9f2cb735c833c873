"""The page of an article: its words and claims as far as a reader may see them."""

import pytest

from tests.claims import make
from tests.claims.pages.rows import spoken, words

pytestmark = pytest.mark.django_db


def test_the_whole_text_is_marked_where_the_outlet_allows_it(client):
    claim = spoken("full")
    page = client.get(f"/articles/{claim.article.uid}").content.decode()
    assert f'<a href="/claims/{claim.uid}">3.74 million</a></mark>' in page
    assert "The town hopes for more." in page
    assert "The headline is the outlet" in page
    closed = spoken("passage", outlet="Northport Wire", published="2031-04-01")
    page = words(client.get(f"/articles/{closed.article.uid}"))
    assert "The harbour office counted" in page
    assert "The town hopes" not in page


def test_machine_readings_are_shown_to_whom_may_ask_for_them_and_marked(readers):
    claim = spoken("full")
    make.claim(claim.article, "2030", kind="date", edtf="2030")
    address = f"/articles/{claim.article.uid}?status=accepted&status=proposed"
    page = readers["researcher"].get(address)
    assert 'class="mark-unchecked"' in page.content.decode()
    assert "machine reading, unverified" in words(page)
    answer = readers["everybody"].get(address)
    assert answer.status_code == 400
    assert "mark-unchecked" not in answer.content.decode()
    plain = readers["everybody"].get(f"/articles/{claim.article.uid}").content.decode()
    assert "machine reading" not in plain
    assert "status=" not in plain


@pytest.mark.parametrize("visibility", ["draft", "withdrawn"])
def test_an_article_that_is_not_public_is_for_editors(readers, visibility):
    article = make.article("Plantedhead\n\nPlanted 12 words.\n", visibility=visibility)
    codes = [reader.get(f"/articles/{article.uid}").status_code for reader in readers.values()]
    assert codes == [404, 404, 200]
