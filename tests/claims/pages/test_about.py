"""Pages about the site: they promise nothing that is not kept."""

import pytest
from django.utils.html import strip_tags

pytestmark = pytest.mark.django_db


def words(client, path):
    """Return the words of a page with single blanks."""
    return " ".join(strip_tags(client.get(path).content.decode()).split())


SAID = [
    ("/about/", "Whether what was stated is true is another question."),
    ("/about/", "CC0-1.0"),
    ("/about/", "never to have admitted or confessed it"),
    ("/about/", "machine reading, unverified"),
    ("/about/", "Cite the version"),
    ("/method/", "“reading checked; truth not assessed” means"),
    ("/method/", "No figure in On Record has been checked against the world."),
    ("/method/", "undetermined"),
    ("/method/", "left out for that reason"),
    ("/contact/", "To report an error"),
]


@pytest.mark.parametrize(("path", "sentence"), SAID)
def test_what_a_reader_must_know_is_said(client, path, sentence):
    assert sentence in words(client, path)


@pytest.mark.parametrize("path", ["/about", "/method", "/contact", "/scorecard", "/claims"])
def test_the_slash_at_the_end_may_be_left_out(client, path):
    assert client.get(path).status_code == client.get(f"{path}/").status_code == 200


def test_the_contact_is_that_of_the_settings(client, settings):
    settings.CONTACT = "write to desk@saltmere.example <b>soon</b>"
    html = client.get("/contact").content.decode()
    assert '<a href="mailto:desk@saltmere.example">' in html
    assert "<b>soon" not in html


def test_an_installation_without_a_contact_says_so(client, settings):
    settings.CONTACT = ""
    assert "has not said how to write to them" in words(client, "/contact")
