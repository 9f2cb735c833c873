"""Ten thousand claims accepted at once, against a loop that saves each: CPU time of one run.

python -m tests.benchmarks.bulk [--claims 10000] [--looped 500] [--runs 3]

Works on a test database beside that of DATABASE_URL, SQLite in memory unless it says otherwise.
The loop does for each claim what stock Django would: get, save, create the ruling and the log
entry, all in one transaction. Every run takes the bulk action back; undo is measured too.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Sequence

import django
from django.apps import apps
from django.db import transaction
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claims.settings")
if not apps.ready:
    django.setup()

from claims.curation import bulk, review, undo
from claims.models import Change, Claim, Ruling
from tests.claims import make

PER_ARTICLE = 50


def fill(number: int) -> None:
    """Make so many proposals, fifty to an article, half of them with a speaker."""
    for _ in range(-(-number // PER_ARTICLE)):
        lines = "".join(
            f"The port counted {n} boats, Lena Ortiz said.\n" for n in range(PER_ARTICLE)
        )
        article = make.article(f"Notes {uuid.uuid4()}\n\n{lines}")
        said = make.attribution(article, make.speaker("Lena Ortiz", article=article))
        for n in range(PER_ARTICLE):
            make.claim(article, "boats", nth=n, voices=[said] if n % 2 else ())


def loop(claims: Sequence[int], actor: object) -> None:
    """Accept claims one after another with stock Django."""
    with transaction.atomic():
        batch = uuid.uuid4()
        for pk in claims:
            claim = Claim.objects.select_related("article").get(pk=pk)
            before = {name: getattr(claim, name) for name in ("status", "is_public", "version")}
            claim.status, claim.version = Claim.Status.ACCEPTED, claim.version + 1
            claim.is_public = claim.article.visibility == "public"
            claim.save()
            Ruling.objects.create(
                claim=claim, field="status", value="accepted", batch=batch, actor=actor,
                run_seen_id=claim.last_run_id,
            )  # fmt: skip
            Change.objects.create(
                batch=batch, actor=actor, actor_name="editor", action="accept",
                object_type="claim", object_id=pk, object_name=str(claim)[:200], before=before,
                after={name: getattr(claim, name) for name in before},
            )  # fmt: skip
        transaction.set_rollback(True)


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds of some work."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def measure(claims: int, looped: int, runs: int) -> dict[str, float]:
    """Return CPU milliseconds for each claim: the loop, the bulk action, its undo."""
    actor = make.editor()
    found: dict[str, list[float]] = {"loop": [], "bulk": [], "undo": []}
    pks = list(Claim.objects.order_by("pk").values_list("pk", flat=True)[:looped])
    for _ in range(runs):
        found["loop"].append(seconds(lambda: loop(pks, actor)) / len(pks))
        seen = bulk.chosen(Claim.objects.all())
        found["bulk"].append(
            seconds(lambda seen=seen: bulk.rule_on(accepted(actor), seen)) / len(seen)
        )
        if Claim.objects.filter(status="accepted").count() != len(seen):
            raise AssertionError("not every claim is accepted")
        last = Change.objects.latest("pk").batch
        found["undo"].append(seconds(lambda last=last: undo.undo(last, actor=actor)) / len(seen))
    return {name: 1000 * statistics.median(times) for name, times in found.items()}


def accepted(actor: object) -> Callable[..., object]:
    """Return what accepts claims for an editor."""
    return lambda rows: review.accept(rows, actor=actor)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the times and how many times quicker the bulk action is."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--looped", type=int, default=500)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args(arguments)
    fill(options.claims)
    for name, each in (times := measure(options.claims, options.looped, options.runs)).items():
        ratio = times["loop"] / each
        print(f"{name}: {each:.3f} ms of CPU a claim, {ratio:.1f} times as quick as the loop")
    return 0


def alone() -> int:
    """Measure on a test database, and remove it."""
    setup_test_environment(debug=False)
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        return main()
    finally:
        teardown_databases(kept, verbosity=0)


if __name__ == "__main__":
    sys.exit(alone())
