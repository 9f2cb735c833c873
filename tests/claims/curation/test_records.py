"""Edits of outlets, speakers, topics, aliases and roles."""

import pytest

from claims import gate
from claims.curation import records
from claims.history import Stale
from claims.models import Alias, Change, Outlet, Role, Speaker, Topic
from tests.claims import make

pytestmark = pytest.mark.django_db


def test_an_edit_raises_the_version_and_is_logged():
    outlet = make.outlet("Courier")
    records.edit(outlet, {"name": "The Courier"}, actor=make.editor(), version=1)
    row, entry = Outlet.objects.get(), Change.objects.get()
    assert (row.name, row.version) == ("The Courier", 2)
    assert entry.before == {"name": "Courier", "version": 1}
    assert entry.after == {"name": "The Courier", "version": 2}


def test_an_edit_without_a_difference_is_no_edit():
    outlet = make.outlet("Courier")
    outcome = records.edit(outlet, {"name": "Courier"}, actor=make.editor(), version=1)
    assert outcome.unchanged == 1
    assert not Change.objects.exists()


def test_a_stale_edit_is_refused_with_both_values():
    speaker = make.speaker()
    records.edit(speaker, {"privacy": "public"}, actor=make.editor(), version=1)
    with pytest.raises(Stale) as caught:
        records.edit(speaker, {"privacy": "private"}, actor=make.editor(), version=1)
    assert caught.value.fields == {"privacy": ("private", "public")}


def test_a_new_row_is_logged_with_its_values():
    records.create(Speaker(name="Ivo Brandt", kind="person"), actor=make.editor())
    assert Change.objects.get().after["name"] == "Ivo Brandt"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": "a\x00b"}, "NUL"),
        ({"name": "x" * 201}, "at most 200"),
        ({"uid": "x"}, "not a"),
        ({"name": "  "}, "cannot be empty"),
        ({"kind": "robot"}, "not one of person"),
        ({"privacy": ""}, "cannot be empty"),
    ],
)
def test_a_value_that_does_not_pass_the_gate_is_refused(fields, words):
    with pytest.raises(gate.Refused, match=words):
        records.edit(make.speaker(), fields, actor=make.editor(), version=1)


def test_aliases_and_roles_are_created_edited_and_removed():
    speaker = make.speaker()
    alias = Alias(speaker=speaker, form="L. Ortiz")
    role = Role(speaker=speaker, title="harbour master", organisation="Port of Saltmere")
    records.create(alias, actor=make.editor())
    records.create(role, actor=make.editor())
    records.edit(role, {"held": "2029/.."}, actor=make.editor(), version=1)
    records.remove(alias, actor=make.editor())
    assert Role.objects.get().held == "2029/.."
    assert not Alias.objects.exists()
    assert Change.objects.filter(action="remove").get().before["form"] == "L. Ortiz"


def test_a_name_is_stored_as_one_trimmed_line():
    outlet = Outlet(name=" The\n Courier ")
    records.create(outlet, actor=make.editor())
    records.edit(outlet, {"domain": " courier.example "}, actor=make.editor(), version=1)
    row = Outlet.objects.get()
    assert (row.name, row.domain) == ("The Courier", "courier.example")


def test_a_name_that_another_row_has_is_refused():
    make.outlet("Courier")
    other = make.outlet("Lantern")
    with pytest.raises(gate.Refused, match="already exists"):
        records.create(Outlet(name="Courier"), actor=make.editor())
    with pytest.raises(gate.Refused, match="already exists"):
        records.edit(other, {"name": " Courier"}, actor=make.editor(), version=1)
    assert Outlet.objects.filter(name="Lantern").exists()


def test_a_saved_query_without_a_word_is_refused():
    """It would stop the reading of every article."""
    with pytest.raises(gate.Refused, match="query: no word"):
        records.create(Topic(scheme="a", code="b", label="c", query="!!!"), actor=make.editor())
    records.edit(make.topic(), {"query": "ferry OR boat"}, actor=make.editor(), version=1)
    assert Topic.objects.get().query == "ferry OR boat"


def test_a_topic_does_not_stand_under_itself():
    top, below = make.topic("top"), make.topic("below")
    records.edit(below, {"parent_id": top.pk}, actor=make.editor(), version=1)
    with pytest.raises(gate.Refused, match="under itself"):
        records.edit(top, {"parent_id": below.pk}, actor=make.editor(), version=1)
    records.edit(below, {"parent_id": None}, actor=make.editor(), version=2)
    records.edit(top, {"parent_id": below.pk}, actor=make.editor(), version=1)
    assert Topic.objects.get(code="top").parent == below


def test_when_a_role_was_held_is_a_date():
    with pytest.raises(gate.Refused, match="no EDTF"):
        records.create(Role(speaker=make.speaker(), title="x", held="lately"), actor=make.editor())


def test_an_alias_removed_twice_is_removed_once():
    alias = make.speaker().aliases.create(form="L. Ortiz")
    stale = Alias.objects.get()
    records.remove(alias, actor=make.editor())
    assert records.remove(stale, actor=make.editor()).unchanged == 1
    assert Change.objects.get().before["speaker_id"] == stale.speaker_id
