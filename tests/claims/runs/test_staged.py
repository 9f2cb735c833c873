"""Staged runs: what they would do is what they do, and dropping one leaves no trace in claims."""

import json
import random
from dataclasses import replace

import pytest

from claims import verify
from claims.curation import review
from claims.models import Article, Attribution, Change, Claim, Reading, Run, Speaker
from claims.runs import (
    Counts,
    WrongState,
    apply_run,
    drop_run,
    load,
    outlook,
    run_engine,
    start_run,
    to_read,
    weigh,
)
from tests.claims import make
from tests.claims.runs.test_engine import articles_given, engine, run  # noqa: F401

pytestmark = pytest.mark.django_db


def stage(**given):
    """Stage what the engine says now of all articles; return the run and the sum of counts."""
    row = start_run(staging=True)
    left = to_read(row, Article.objects.all(), **given)
    total = sum((step.counts for step in run_engine(left, row)), Counts())
    row.refresh_from_db()
    return row, total


def contents():
    """Return every row that applying a reading may touch."""
    tables = (Claim, Attribution, Speaker, Change, Article)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_staging_reads_and_counts_and_changes_nothing():
    articles_given(3)
    before = contents()
    row, total = stage()
    assert contents() == before
    assert (row.state, row.ended is not None, row.counts) == ("staged", True, {})
    assert total.new > 12
    assert row.outlook["counts"]["new"] == total.new
    assert Reading.objects.staged().count() == 3


def test_applying_does_what_the_counts_said():
    articles_given(3)
    row, total = stage()
    assert sum((step.counts for step in apply_run(row)), Counts()) == total
    row.refresh_from_db()
    assert (row.state, row.counts["new"], row.counts["articles"]) == ("applied", total.new, 3)
    assert Claim.objects.count() == total.new
    assert Change.objects.filter(action="apply run", object_id=row.pk).count() == 1
    assert not list(verify.faults())
    assert list(run_engine(to_read(start_run(), Article.objects.all()))) == []


def test_what_a_newer_engine_would_do_is_what_it_does_article_by_article(engine):  # noqa: F811
    """Over rulings of every kind and an engine that changes nearly everything."""
    articles_given(6)
    run()
    chance, editor = random.Random(3), make.editor()
    claims = list(Claim.objects.order_by("pk"))
    accepted, rejected = claims[::4], claims[1::4]
    review.accept(Claim.objects.filter(pk__in=[c.pk for c in accepted]), actor=editor, voice=True)
    review.reject(Claim.objects.filter(pk__in=[c.pk for c in rejected]), actor=editor)

    def change(claim):
        luck = chance.random()
        if luck < 0.3:
            return None
        return replace(claim, concept="other") if luck < 0.6 else claim

    engine("99", change)
    before = contents()
    row, total = stage()
    assert contents() == before
    assert min(total.same, total.changed, total.gone, total.orphaned, total.to_confirm) > 0
    readings = list(Reading.objects.staged().filter(run=row).order_by("article"))
    chance.shuffle(readings)
    foreseen = {
        one.article_id: {c.claim.pk: c.after for c in outlook(one).stored.changed}
        for one in readings
    }
    assert contents() == before
    seen = {step.article.pk: step.counts for step in apply_run(row)}
    for reading in Reading.objects.filter(run=row):
        assert seen[reading.article_id] == Counts(**reading.counts)
        log = Change.objects.filter(object_id=reading.article_id, action="read").latest("pk")
        done = {int(pk): after for pk, after in log.after["claims"].items()}
        assert done == foreseen[reading.article_id]
    assert not list(verify.faults())


def test_a_dropped_run_keeps_its_row_and_loses_its_readings():
    articles_given(2)
    row, _ = stage()
    assert drop_run(row) == 2
    row.refresh_from_db()
    assert row.state == "dropped"
    assert not Reading.objects.exists()
    again, total = stage()
    assert again != row
    assert total.new > 0


def test_only_a_staged_run_is_applied_or_dropped():
    articles_given(1)
    run()
    row = Run.objects.get()
    for decide in (drop_run, lambda one: next(apply_run(one))):
        with pytest.raises(WrongState, match="is applied: only a staged run"):
            decide(row)


def test_a_run_half_applied_goes_on_where_it_stood_and_is_not_dropped():
    articles_given(3)
    row, total = stage()
    steps = apply_run(row)
    next(steps)
    steps.close()
    row.refresh_from_db()
    assert row.state == "applying"
    with pytest.raises(WrongState):
        drop_run(row)
    assert len(list(apply_run(row))) == 2
    row.refresh_from_db()
    assert (row.state, row.counts["new"]) == ("applied", total.new)


def test_what_was_staged_but_not_counted_is_counted_when_the_run_goes_on():
    articles_given(2)
    row = start_run(staging=True)
    steps = run_engine(Article.objects.all(), row)
    next(steps)
    steps.close()
    Reading.objects.update(counts=None)  # killed between the two
    row, total = stage()
    assert not Reading.objects.filter(counts__isnull=True).exists()
    assert row.outlook["counts"]["new"] == total.new > 0


def test_counting_again_follows_what_was_ruled_meanwhile(engine):  # noqa: F811
    articles_given(2)
    run()
    engine("99", lambda claim: None)
    row, total = stage()
    assert (total.gone, total.orphaned) == (Claim.objects.count(), 0)
    review.accept(Claim.objects.all(), actor=make.editor())
    list(weigh(row))
    row.refresh_from_db()
    assert row.outlook["counts"]["gone"] == 0
    assert row.outlook["counts"]["orphaned"] == Claim.objects.count()


def test_old_and_new_readings_are_scored_on_what_editors_ruled(engine):  # noqa: F811
    articles_given(2)
    run()
    wrong = Claim.objects.filter(kind="percent")
    right = Claim.objects.filter(kind="money")
    review.reject(wrong, actor=make.editor())
    review.accept(right, actor=make.editor())
    engine("99", lambda claim: None if claim.kind == "percent" else claim)
    row, _ = stage()
    old, new = row.outlook["old"], row.outlook["new"]
    assert old["percent"] == {"right": 0, "found": wrong.count(), "gold": 0}
    assert "percent" not in new
    assert old["money"] == new["money"] == {"right": 2, "found": 2, "gold": 2}


def test_an_article_that_cannot_be_counted_or_applied_is_noted_and_the_rest_goes_on(monkeypatch):
    articles_given(2)
    row, _ = stage()

    def refuse(reading):
        raise ValueError("no room")

    monkeypatch.setattr("claims.runs.staged.take", refuse)
    assert [step.error for step in weigh(row)] == ["no room"] * 2
    monkeypatch.setattr("claims.runs.staged.apply", refuse)
    assert [step.error for step in apply_run(row)] == ["no room"] * 2
    row.refresh_from_db()
    assert [error["message"] for error in row.errors] == ["no room"] * 2


def test_readings_made_elsewhere_can_be_staged_too(tmp_path):
    article = make.article()
    data = make.reading_of(article.body.text, [make.finding_on(make.TEXT, "3.74 million")])
    path = tmp_path / "readings.jsonl"
    path.write_text(json.dumps(data))
    with path.open("rb") as stream:
        (line,) = load(stream, "0" * 64, staging=True)
    assert (line.counts.new, Claim.objects.count()) == (1, 0)
    row = Run.objects.get()
    assert (row.state, row.outlook["counts"]["new"]) == ("staged", 1)
    list(apply_run(row))
    assert Claim.objects.get().surface == "3.74 million"


def test_an_article_of_an_earlier_run_that_is_read_at_last_is_no_error_any_more():
    first, _ = articles_given(2)
    row = make.run(errors=[{"article": first.pk, "uid": first.uid, "message": "broken"}])
    list(run_engine(Article.objects.all(), row))
    row.refresh_from_db()
    assert row.errors == []
