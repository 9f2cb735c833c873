"""What every test of removals needs."""

import json

import pytest
from django.db import transaction

from claims.curation import review, samples
from claims.ingest import Options, import_bytes
from claims.models import (
    Article,
    Claim,
)
from claims.runs import run_engine
from tests.claims import make
from tests.claims.redaction.removals import OTHER, PRIVATE


@pytest.fixture(autouse=True)
def _committed(request, monkeypatch):
    """Let what waits for a commit happen at once: the transaction of most tests never ends."""
    if not request.node.get_closest_marker("django_db").kwargs.get("transaction"):
        monkeypatch.setattr(transaction, "on_commit", lambda then: then())


@pytest.fixture
def chief():
    return make.editor("chief")


@pytest.fixture
def stored(chief):
    """Return an article about somebody, ruled on, logged, sampled and mentioned elsewhere."""
    import_bytes(PRIVATE.encode(), "one.txt", Options(outlet="The Saltmere Courier"))
    line = {"text": OTHER, "byline": "By Zoë Plantedsen", "extra note": "Zoë Plantedsen"}
    import_bytes(json.dumps(line).encode(), "two.jsonl", Options())
    assert not [step for step in run_engine(Article.objects.all()) if step.error]
    review.reject(
        Claim.objects.filter(surface="60"), actor=chief, reason="as Zoë Plantedsen wrote to us"
    )
    claim = Claim.objects.get(surface="3.74 million")
    review.correct(
        claim, {"concept": "guests of Zoë Plantedsen"}, actor=chief, version=claim.version
    )
    samples.draw("May", size=50, seed=1, actor=chief)
    return Article.objects.get(headline__startswith="Ferry")
