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


@pytest.fixture
def claim(db):
    article = make.article(outlet=make.outlet(), published="2031-03-11")
    lena = make.attribution(article, make.speaker("Lena Ortiz", privacy="public"))
    office = make.attribution(
        article, make.speaker("harbour office", kind="organisation"), cue="counted"
    )
    return make.claim(
        article,
        voices=[lena, office],
        concept_span=make.span_of(make.TEXT, "passengers"),
        scope={"edtf": "2030", "place": None, "span": make.span_of(make.TEXT, "2030")},
    )


# The list
