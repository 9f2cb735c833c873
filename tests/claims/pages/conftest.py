"""What tests of pages need: a client of each kind of reader."""

import pytest
from django.test import Client

from tests.claims import make


@pytest.fixture
def readers(client):
    """Return a client for each kind of reader."""
    found = {"everybody": client}
    for name, user in (("researcher", make.user("researcher")), ("editor", make.editor())):
        found[name] = Client()
        found[name].force_login(user)
    return found
