"""Two at work on speakers at once: nothing twice, nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from django.db import connection, connections

from claims import matching, verify
from claims.curation import identities, records
from claims.matching import rounds
from claims.models import Article, Candidate, IdentityJudgement, Run, Speaker
from claims.runs import run_engine
from tests.claims import make
from tests.claims.matching.test_rounds import ARTICLES, clusters, reads, run_ends

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time"),
]


def at_once(*works):
    def closing(work):
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(closing, w) for w in works]]


def test_two_workers_match_nobody_twice(monkeypatch):
    monkeypatch.setattr(rounds, "AT_ONCE", 2)
    for name, about in ARTICLES * 3:
        reads(name, about)
    done = at_once(run_ends, run_ends)
    assert sum(one.compared for one in done) == Speaker.objects.count() == len(ARTICLES) * 3
    linked = IdentityJudgement.objects.count()
    assert sum(one.linked for one in done) == linked
    assert Speaker.objects.filter(canonical__isnull=False).count() == linked
    assert sum(one.proposed for one in done) == Candidate.objects.count()
    assert len(clusters()) < len(ARTICLES) * 3
    assert not [fault for fault in verify.faults() if fault.row.startswith(("speaker", "identity"))]


def test_runs_that_end_together_leave_each_speaker_once():
    texts = [f"“It rose by {n} percent,” Lena Ortiz said on Monday.\n" for n in range(2, 12)]
    for text in texts:
        make.article(text)
    halves = [
        list(Article.objects.order_by("pk").values_list("pk", flat=True))[n::2] for n in (0, 1)
    ]
    runs = [Run.objects.create(engine=f"1.{n}", config_hash="0" * 64, tier="light") for n in (0, 1)]
    at_once(
        *(
            lambda half=half, run=run: list(run_engine(Article.objects.filter(pk__in=half), run))
            for half, run in zip(halves, runs, strict=True)
        )
    )
    rows = Speaker.objects.filter(name="Lena Ortiz")
    assert rows.count() == len(texts)
    assert rows.canonical().count() == 1
    assert not Speaker.objects.filter(compared=False).exists()


def test_editors_and_matching_wait_for_one_another():
    rows = [reads("Lena Ortiz", "surgeon {}") for _ in range(20)]
    editor = make.editor()

    def edits():
        for row in rows:
            row.refresh_from_db()
            records.edit(row, {"privacy": "public"}, actor=editor, version=row.version)

    def judges():
        for one, other in pairwise(rows):
            identities.judge(one, other, "same", actor=editor)

    at_once(edits, judges, run_ends)
    sum(matching.match_new(), matching.Matched())
    assert Speaker.objects.canonical().count() == 1
    assert not [fault for fault in verify.faults() if fault.row.startswith(("speaker", "identity"))]


def test_of_two_contradicting_judgements_one_is_refused():
    one, other, third = (reads(name) for name in ("Lena Ortiz", "Lena Ortis", "L. Ortiz"))
    editor = make.editor()
    identities.judge(one, third, "different", actor=editor)

    def attempt(left, right):
        try:
            identities.judge(left, right, "same", actor=editor)
        except identities.Contradiction:
            return 0
        return 1

    assert sum(at_once(lambda: attempt(one, other), lambda: attempt(other, third))) == 1
    assert not [fault for fault in verify.faults() if fault.row.startswith(("speaker", "identity"))]
