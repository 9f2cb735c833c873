"""Editors, onlookers and their browsers."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from tests.claims import make


@pytest.fixture
def browser(db):
    """Return a browser in which an editor is signed in."""
    client = Client()
    client.force_login(make.editor())
    return client


@pytest.fixture
def onlooker(db):
    """Return a browser of a staff user who may look at everything and change nothing."""
    user = make.user("onlooker", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label="claims", codename__startswith="view_")
    )
    client = Client()
    client.force_login(user)
    return client
