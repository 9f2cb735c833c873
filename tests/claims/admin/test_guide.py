"""The guide, and what greets editors where nothing was imported yet."""

import pytest
from django.urls import reverse

from tests.claims import make

pytestmark = pytest.mark.django_db


def test_the_guide_explains_every_state_and_key(client):
    client.force_login(make.editor())
    page = client.get(reverse("guide")).content.decode()
    for words in ("proposed", "undetermined", "withdrawn", "passage", "accept figure and voice"):
        assert words in page
    assert "at least 0.8" in page
    assert "<kbd>u</kbd>" in page


def test_an_empty_database_says_what_to_do_first(client):
    client.force_login(make.editor())
    assert "Nothing is here yet" in client.get("/admin/").content.decode()
    make.article()
    page = client.get("/admin/").content.decode()
    assert "Nothing is here yet" not in page
    assert reverse("guide") in page


@pytest.mark.parametrize("address", ["/admin/", "/admin/guide/"])
def test_strangers_are_sent_to_sign_in(client, address):
    assert client.get(address)["Location"].startswith("/admin/login/")
