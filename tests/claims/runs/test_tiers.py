"""With how much care voices are read: asked for, recorded, and read again when more is asked."""

import io
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from claims.models import Article, Attribution, Reading, Run
from claims.runs import apply, compare_readings, start_load, start_run, to_read
from claims.runs import store_reading as store
from corpus import extract
from corpus.spans import Span
from corpus.tagging.base import Fallback
from tests.claims import make

pytestmark = pytest.mark.django_db

TEXT = "Ferry counts\n\nOver 40 boats came, Lena Ortiz said.\n\nThe pier is old, Ada Brandt said.\n"


@pytest.fixture
def both_tiers(monkeypatch):
    """Let the main tier be there too."""
    monkeypatch.setattr("corpus.tagging.installed", lambda: True)


def extracts(*options):
    """Run the command; return what it says and what it warns of."""
    out, err = io.StringIO(), io.StringIO()
    call_command("extract_claims", *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


CARE = [
    # read with, then asked for, is it read again
    (("light",), ("main",), True),
    (("main",), ("light",), False),
    (("main",), ("main",), False),
    (("light", True), ("light", False), True),
    (("light", False), ("light", True), False),
    (("main", True), ("light", False), True),
    (("light", False), ("main", True), True),
    (("main", False), ("light", True), False),
]


@pytest.mark.parametrize(("before", "asked", "again"), CARE)
def test_articles_are_read_again_when_more_care_is_asked_for(both_tiers, before, asked, again):
    def begun(tier, figures_only=False):
        return start_run(tier, figures_only=figures_only)

    article, run = make.article(TEXT), begun(*before)
    data = make.reading_of(TEXT, tier=run.tier)
    apply(store(run, article, data))
    assert to_read(begun(*asked), Article.objects.all()).exists() is again
    assert to_read(begun(*asked), Article.objects.all(), again=True).exists() is (before != asked)


def test_the_main_tier_reads_what_only_the_light_one_has_read(both_tiers):
    make.article(TEXT)
    assert extracts("--tier", "light")[0].startswith("Engine")
    assert "light tier: 0 articles" in extracts("--tier", "light")[0]
    assert "main tier: 1 article read" in extracts()[0]
    assert "light tier: 0 articles" in extracts("--tier", "light")[0]
    assert list(Run.objects.order_by("id").values_list("tier", flat=True))[-1] == "light"
    assert {row.tier for row in Attribution.objects.all()} <= {"main", "rules"}
    assert compare_readings() == ([], [])


def test_a_tier_that_cannot_run_here_is_told_and_the_run_names_the_one_that_read():
    make.article(TEXT)
    assert extracts("--tier", "main")[1] == "onnxruntime is not installed: the light tier reads\n"
    assert Run.objects.get().tier == "light"
    with pytest.raises(CommandError, match="invalid choice: 'best'"):
        extracts("--tier", "best")


def test_voices_are_read_for_figures_only_until_all_are_asked_for(monkeypatch):
    def asked(text, *given, **named):
        care.append((named["tier"], named["figures_only"]))
        return read(text, *given, **named)

    care, read = [], extract.extract
    monkeypatch.setattr(extract, "extract", asked)
    make.article(TEXT)
    for options in (["--figures-only"], ["--figures-only"], [], ["--figures-only"]):
        extracts(*options)
    assert care == [("light", True), ("light", False)]


def told(name, tier):
    return make.attribution_on(TEXT, name, cue="said") | {"tier": tier}


def test_an_attribution_keeps_the_tier_that_read_it():
    article = make.article(TEXT)
    data = make.reading_of(TEXT, tier="main", attributions=[told("Lena Ortiz", "rules")])
    apply(store(start_load("1.0", "main", "0" * 64), article, data))
    assert Attribution.objects.get().tier == "rules"


def test_passages_read_with_less_care_are_counted_and_shown(client):
    article, run = make.article(TEXT), start_load("1.0", "main", "0" * 64)
    fallbacks = [{"start": 0, "end": 12, "reason": "long article"}]
    apply(store(run, article, make.reading_of(TEXT, fallbacks=fallbacks)))
    run.refresh_from_db()
    assert (run.counts["fallbacks"], Reading.objects.get().fallbacks) == (1, 1)
    client.force_login(make.editor())
    page = client.get(f"/admin/claims/run/{run.pk}/change/").text
    assert "characters 0 to 12: long article" in page
    assert "nowhere" in client.get(f"/admin/claims/run/{make.run().pk}/change/").text


def test_the_command_says_that_passages_were_read_with_less_care(monkeypatch):
    make.article(TEXT)
    fallback = Fallback(Span(0, 12), "many cues")

    def fallen(text, *given, **named):
        return replace(read(text, *given, **named), fallbacks=(fallback,))

    read = extract.extract
    monkeypatch.setattr(extract, "extract", fallen)
    assert "Read with less care: 1 passage; the run's page" in extracts()[0]
    assert "less care" not in extracts()[0]


ASKED = [
    ("runs", "tier=main", ["main"]),
    ("runs", "tier=light", []),
    ("runs", "", ["main"]),
    ("attributions", "tier=rules", ["rules"]),
    ("attributions", "tier=main", []),
    ("attributions", "tier=main&tier=rules", ["rules"]),
]


@pytest.mark.parametrize(("name", "question", "tiers"), ASKED)
def test_the_api_shows_tiers_and_filters_by_them(client, name, question, tiers):
    article, run = make.article(TEXT), make.run(tier="main")
    make.attribution(article, make.speaker(), run=run, tier="rules")
    client.force_login(make.editor())
    rows = client.get(f"/api/v1/{name}/?{question}").json()["results"]
    assert [row["tier"] for row in rows] == tiers
