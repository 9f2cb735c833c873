"""What tests of the API need: clients of each kind of reader, and quotas that begin anew."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.claims import make


@pytest.fixture(autouse=True)
def _fresh_quotas():
    cache.clear()


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def researcher(db):
    """Return a client signed in without rights."""
    client = Client()
    client.force_login(make.user("researcher"))
    return client


@pytest.fixture
def editor(db):
    """Return a client signed in as an editor."""
    client = Client()
    client.force_login(make.editor())
    return client
