"""An editor at the desk, and an article with claims in every state."""

import pytest
from django.test import Client

from tests.claims import make

TEXT = (
    "Ferry counts rise at Saltmere\n\n"
    "The harbour office counted 3.74 million passengers in 2030, Lena Ortiz said on Tuesday.\n"
    "At least 1,200 of them travelled with a bicycle, she said.\n"
    "Bookings rose 178 percent to 5,000, the office said.\n"
)


@pytest.fixture
def browser(db):
    """Return a browser in which an editor is signed in."""
    client = Client()
    client.force_login(make.editor())
    return client


@pytest.fixture
def article(db):
    return make.article(TEXT, outlet=make.outlet(), published="2031-03-11")


@pytest.fixture
def lena(article):
    """Return an attribution that names its speaker in the claim's sentence, with a high score."""
    return make.attribution(article, make.speaker("Lena Ortiz", privacy="public"))


@pytest.fixture
def claim(article, lena):
    return make.claim(article, voices=[lena])


@pytest.fixture
def second(article):
    return make.claim(article, "1,200", value="1200", comparator=">=")
