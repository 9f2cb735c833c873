"""Word lists: loaded once, and refused when they contradict themselves."""

from __future__ import annotations

from importlib.resources import files

import pytest

from corpus import lexicon

LISTS = sorted(
    path.name.removesuffix(".toml")
    for path in files("corpus.lexicon").iterdir()
    if path.name.endswith(".toml")
)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_loads(name):
    assert lexicon.load(name)


def test_a_missing_list_is_named():
    with pytest.raises(lexicon.LexiconError, match="no word list called 'nowhere'"):
        lexicon.load("nowhere")


def test_a_broken_list_is_named(monkeypatch, tmp_path):
    (tmp_path / "broken.toml").write_text("words = [")
    monkeypatch.setattr(lexicon, "files", lambda package: tmp_path)
    with pytest.raises(lexicon.LexiconError, match=r"broken\.toml"):
        lexicon.load("broken")


@pytest.mark.parametrize(
    ("entries", "complaint"),
    [
        ("about", "is not a list of words"),
        ([1, 2], "is not a list of words"),
        ([" about"], "empty or padded"),
        ([""], "empty or padded"),
        (["about", "some", "about"], "holds about twice"),
    ],
)
def test_a_list_of_words_is_checked(entries, complaint):
    with pytest.raises(lexicon.LexiconError, match=complaint):
        lexicon.check_words(entries, "hedges.toml: before")


def test_words_come_as_written_and_folded():
    assert "Unit" in lexicon.load("designators")["before"]["name of a unit"]
    assert "monday" in lexicon.folded("nouns", "stops")


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ({"=": ["about"], "~": ["about"]}, "'about' is both = and ~"),
        (["about"], "not a table of lists"),
    ],
)
def test_a_word_stands_in_one_list_only(monkeypatch, table, complaint):
    monkeypatch.setattr(lexicon, "load", lambda name: {"hedges": table})
    with pytest.raises(lexicon.LexiconError, match=complaint):
        lexicon.mapping("made-up", "hedges")
