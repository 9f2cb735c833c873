"""Bylines: each editor's own, logged, and never another's."""

import pytest

from claims import bylines
from claims.curation import evidence, undo
from claims.gate import Refused
from claims.models import Byline, Change, Note
from tests.claims import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    user = make.member("editor", "ada")
    bylines.choose(user, "Ann Author")
    return user


@pytest.fixture
def bert():
    return make.member("editor", "bert")


ALIKE = [
    # what another editor types, may he sign with it?
    ("Ann Author", False),
    (" ann  AUTHOR ", False),
    ("\uff21nn Author", False),
    ("Ann B. Author", True),
    ("", True),
]


@pytest.mark.parametrize(("typed", "free"), ALIKE)
def test_no_two_editors_sign_alike(ada, bert, typed, free):
    if free:
        bylines.choose(bert, typed)
    else:
        with pytest.raises(Refused, match="another editor"):
            bylines.choose(bert, typed)
    assert bylines.of(bert.pk) == (typed if free else "")
    assert bylines.of(ada.pk) == "Ann Author"


def test_a_choice_made_at_the_same_moment_is_refused(ada, bert, monkeypatch):
    monkeypatch.setattr(bylines, "_is_anothers", lambda user, name: False)
    with pytest.raises(Refused, match="another editor"):
        bylines.choose(bert, "Ann Author")


def test_a_name_under_what_readers_see_stays_its_authors(ada, bert):
    note = Note(claim=make.accepted(), text="The port counts crews too.")
    evidence.add(note, actor=ada)
    chief = make.member("chief editor")
    evidence.approve(note, actor=chief, version=1)
    bylines.choose(ada, "Ann B. Author")
    with pytest.raises(Refused, match="another editor"):
        bylines.choose(bert, "ANN AUTHOR")
    bylines.choose(ada, "ANN AUTHOR")
    bylines.choose(ada, "")
    evidence.withdraw(note, actor=chief, version=2)
    bylines.choose(bert, "Ann Author")
    assert Byline.objects.get().user == bert


def test_every_change_of_a_byline_is_logged_and_not_undone_there(ada):
    bylines.choose(ada, "Ann B. Author")
    bylines.choose(ada, "Ann B. Author")
    bylines.choose(ada, "")
    entries = list(Change.objects.filter(actor=ada, action="choose byline").order_by("pk"))
    names = ["", "Ann Author", "Ann B. Author", ""]
    assert [entry.before["byline"] for entry in entries] == names[:-1]
    assert [entry.after["byline"] for entry in entries] == names[1:]
    with pytest.raises(undo.CannotUndo):
        undo.undo(entries[-1].batch, actor=ada)
