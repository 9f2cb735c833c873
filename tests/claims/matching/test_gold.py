"""The matcher on our own gold: nobody linked wrongly, nearly everybody found."""

import io

import pytest
from django.core.management import CommandError, call_command

from claims.models import Article, Speaker
from claims.runs.identities import score_matching
from corpus.voices_gold import HALVES, load_voices
from tests.claims import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("half", "found"), [*zip(HALVES, (0.94, 0.93), strict=True)])
def test_gold_speakers_are_linked_or_proposed_and_none_is_linked_wrongly(settings, half, found):
    articles = list(load_voices(settings.ROOT / "corpus" / "gold" / "voices" / half))
    result = score_matching(articles)
    assert result.two["same"] == 0
    assert 1 - result.one["apart"] / result.one.total() >= found
    assert not Article.objects.exists()


def test_the_command_shows_it_and_stores_nothing():
    make.speaker()
    out = io.StringIO()
    call_command("score_engine", "--identities", "--errors", stdout=out)
    tuned, *errors, held_out = out.getvalue().splitlines()
    assert tuned.startswith("tuned: one voice: ")
    assert held_out.startswith("held_out: one voice: ")
    assert all(line.startswith("  ") for line in errors)
    assert Speaker.objects.count() == 1


def test_gold_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "voices" / "tuned").mkdir(parents=True)
    (tmp_path / "voices" / "tuned" / "a.toml").write_text("style = 7")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("score_engine", "--identities", "--gold", str(tmp_path))
