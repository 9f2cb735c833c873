"""Starter rows from TOML files."""

import shutil

import pytest

from claims import gate, starters
from claims.models import Change, Outlet, Role, Speaker, Topic
from tests.claims import make
from tests.test_project import ROOT

pytestmark = pytest.mark.django_db


def test_the_sample_files_give_outlets_topics_and_speakers():
    folders = starters.load(ROOT / "seeds", actor=make.editor())
    assert {folder.outlet for folder in folders} == set(
        Outlet.objects.values_list("name", flat=True)
    )
    assert all(folder.path.is_dir() for folder in folders)
    assert Topic.objects.filter(scheme="iptc").count() == 17
    assert Topic.objects.exclude(parent=None).exists()
    assert Speaker.objects.get(name="Emil Voss") != Speaker.objects.get(name="Clara Voss")
    assert Role.objects.filter(speaker__name="Tobias Renner").count() == 2


def test_loading_again_adds_nothing_and_keeps_what_editors_changed():
    starters.load(ROOT / "seeds", actor=make.editor())
    Outlet.objects.filter(name="Daily Lantern").update(text_policy="none")
    logged = Change.objects.count()
    starters.load(ROOT / "seeds", actor=make.editor())
    assert Change.objects.count() == logged
    assert Outlet.objects.get(name="Daily Lantern").text_policy == "none"


def test_nothing_is_half_loaded(tmp_path):
    for name in ("outlets", "topics", "speakers"):
        shutil.copy(ROOT / "seeds" / f"{name}.toml", tmp_path)
    with (tmp_path / "speakers.toml").open("a") as file:
        file.write('\n[[speaker]]\nname = "a\\u0000b"\nkind = "person"\npublic = true\n')
    with pytest.raises(gate.Refused, match="NUL"):
        starters.load(tmp_path, actor=make.editor())
    assert not Outlet.objects.exists()
