"""The scorecard: what was measured last, with denominators and intervals, measured by a command."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from claims import scorecard
from claims.curation import review, samples
from claims.models import Claim, Measurement, Sample
from corpus.score import Score, Tally
from tests.claims import make

pytestmark = pytest.mark.django_db


def words(client):
    """Return the words of the page with single blanks."""
    page = client.get("/scorecard/")
    assert page.status_code == 200
    return " ".join(strip_tags(page.content.decode().replace("<", " <")).split())


def score(**kinds):
    """Return a score with (right, found, gold) by kind."""
    result = Score()
    result.kinds |= {kind: Tally(*counts) for kind, counts in kinds.items()}
    return result


def keep(what=scorecard.What.GOLD, *, engine="1.0", tier="light", articles=3, **kinds):
    scorecard.keep_score(what, score(**kinds), engine=engine, tier=tier, articles=articles)


def judged(verdicts, *, name="May", **drawn):
    """Draw a sample of all claims and let two editors judge each reading alike."""
    sample = samples.draw(name, size=len(verdicts), seed=1, actor=make.editor(), **drawn)
    for item, verdict in zip(sample.items.order_by("position"), verdicts, strict=True):
        for who in ("first", "second"):
            samples.code(item, figure=verdict, voice="unclear", actor=make.editor(who))
    return sample


@pytest.fixture
def article():
    article = make.article()
    for found in ("3.74 million", "1,200", "412 million"):
        make.claim(article, found)
    return article


def test_an_empty_database_has_no_figures_and_says_so(client):
    text = words(client)
    assert "There are no figures yet" in text
    assert text.count("No figures yet.") == 3


def test_shares_stand_with_their_counts_and_intervals(client):
    keep(count=(9, 10, 12))
    text = words(client)
    assert "90.0 % 59.6–98.2 9 of 10" in text
    assert "75.0 % 46.8–91.1 9 of 12" in text
    assert "Engine 1.0, light reader of voices 3 articles." in text
    assert "E. B. Wilson" in text


def test_kinds_of_which_there_is_nothing_are_left_out(client):
    keep(count=(1, 1, 1), money=(0, 0, 2), share=(0, 0, 0))
    (card,) = scorecard.cards()
    assert [line.kind for line in card.figures] == ["all", "count", "money"]
    assert "– 0 of 0" in words(client)  # nothing was found, so there is no precision
    assert card.voices == []


def test_voices_count_where_the_figure_was_found():
    result = score(count=(4, 4, 4))
    result.voices_right, result.matched = 3, 4
    scorecard.keep_score(scorecard.What.GOLD, result, engine="1.0", tier="main", articles=1)
    (card,) = scorecard.cards()
    assert [(line.precision.count, line.precision.of) for line in card.voices] == [(3, 4)]


def test_an_engine_keeps_one_card_for_each_tier_and_measure():
    keep(count=(1, 2, 2))
    keep(count=(2, 2, 2))
    keep(count=(2, 2, 2), engine="1.1")
    keep(count=(2, 2, 2), tier="main")
    keep(scorecard.What.RULINGS, articles=None, count=(1, 1, 1))
    assert [(card.what, card.engine) for card in scorecard.cards()] == [
        *(("gold", "1.0"), ("gold", "1.1"), ("gold", "1.0"), ("rulings", "1.0")),
    ]


def test_a_sample_counts_what_both_judges_could_tell(client, article):
    judged(["right", "wrong", "unclear"], kind="count")
    assert scorecard.keep_samples() == 1
    (card,) = scorecard.cards()
    assert [(line.kind, line.precision.count, line.precision.of) for line in card.figures] == [
        *(("all", 1, 2), ("count", 1, 2)),
    ]
    assert card.voices == []
    assert all(line.recall is None for line in card.figures)
    text = words(client)
    assert "3 readings of kind count only" in text
    assert "May" not in re.sub(r"on \d+ May", "", text)  # names of samples are the editors' own


def test_samples_that_are_not_judged_to_the_end_are_not_shown(article):
    samples.draw("open", size=2, seed=1, actor=make.editor())
    differing = samples.draw("differing", size=1, seed=1, actor=make.editor())
    item = differing.items.get()
    samples.code(item, figure="right", voice="right", actor=make.editor("first"))
    samples.code(item, figure="wrong", voice="right", actor=make.editor("second"))
    half = samples.draw("half", size=2, seed=2, actor=make.editor())
    for who in ("first", "second"):
        one = half.items.first()
        samples.code(one, figure="right", voice="right", actor=make.editor(who))
    assert scorecard.keep_samples() == 0


def test_the_newest_samples_take_the_place_of_older_ones(article, monkeypatch):
    monkeypatch.setattr(scorecard, "SHOWN", 1)
    for name in ("old", "new"):
        judged(["right"], name=name)
        assert scorecard.keep_samples() == 1
    (row,) = Measurement.objects.all()
    assert row.subject == str(Sample.objects.get(name="new").pk)


def test_one_outlets_sample_says_so_without_its_name(client):
    outlet = make.outlet("The Zebra")
    make.claim(make.article(outlet=outlet))
    judged(["right"], outlet=outlet)
    scorecard.keep_samples()
    assert "1 reading, all from one outlet" in words(client)
    assert "Zebra" not in words(client)


def test_the_command_stores_what_it_prints_if_it_is_told_to(client, article, settings, tmp_path):
    (tmp_path / "gold").mkdir()
    review.reject(Claim.objects.filter(surface="1,200"), actor=make.editor())
    given = {"gold": tmp_path / "gold", "seeds": tmp_path, "stdout": StringIO()}
    call_command("score_engine", **given)
    assert not Measurement.objects.exists()
    call_command("score_engine", keep=True, **given)
    assert {row.what for row in Measurement.objects.all()} == {"gold", "rulings"}
    assert "Stored for the scorecard, with 0 samples." in given["stdout"].getvalue()
    assert "0 articles." in words(client)


def test_the_page_takes_one_statement_and_runs_no_engine(client, monkeypatch):
    keep(count=(1, 1, 1))
    monkeypatch.setattr("corpus.extract.extract", None)
    with CaptureQueriesContext(connection) as captured:
        client.get("/scorecard/")
    assert len(captured) == 1
