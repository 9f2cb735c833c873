"""How well the engine reads, as last measured: stored by a command, shown on a page.

Three measures, none of which stands for another: the engine on texts marked by hand, on what
editors ruled, and readings drawn at random that editors judged. Shares come with their 95 % score
intervals (E. B. Wilson 1927).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from claims.agreement import Share, share
from claims.curation import samples
from claims.models import Measurement, Sample
from corpus.quantities.base import KINDS
from corpus.score import Score

ALL: Final = samples.ALL
SHOWN: Final = 20
"""Samples that are shown, the newest."""

What = Measurement.What


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of claim: shares of what was found that is right, and of what is there found.

    Samples have no `recall`: nobody looked for what the engine missed.
    """

    kind: str
    precision: Share
    recall: Share | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One measurement: of which engine, on what, when, and what came out, all kinds first."""

    what: str
    engine: str
    about: Mapping[str, Any]
    at: datetime
    figures: list[Line]
    voices: list[Line]


def keep_score(what: What, score: Score, *, engine: str, tier: str, articles: int | None) -> None:
    """Store how an engine did on gold marks (`articles` of them) or on rulings."""
    data = {
        "kinds": {kind: [t.right, t.found, t.gold] for kind, t in score.kinds.items()},
        "voices": [score.voices_right, score.matched],
        "about": {"tier": tier, "articles": articles},
    }
    Measurement.objects.update_or_create(
        what=what, engine=engine, subject=tier, defaults={"data": data}
    )


@transaction.atomic
def keep_samples() -> int:
    """Store what the newest samples show of which every item was judged; return how many."""
    kept = 0
    Measurement.objects.filter(what=What.SAMPLE).delete()
    for sample in Sample.objects.order_by("-id"):
        found = samples.report(sample)
        if kept == SHOWN or not found.judged or found.judged < found.items or found.open:
            continue
        Measurement.objects.create(
            what=What.SAMPLE, engine=sample.engine, subject=str(sample.pk), data=_of(sample, found)
        )
        kept += 1
    return kept


def cards() -> Iterator[Card]:
    """Yield what is stored: gold, then rulings, then samples, each the newest first."""
    order = list(What.values)
    shown = Measurement.objects.exclude(what=What.FACETS)
    for row in sorted(shown, key=lambda row: (order.index(row.what), -row.at.timestamp())):
        lines = _from_sample if row.what == What.SAMPLE else _from_score
        yield Card(row.what, row.engine, row.data["about"], row.at, *lines(row.data))


def _of(sample: Sample, found: samples.Report) -> dict[str, Any]:
    """Return what a sample shows, without its name and the outlet's, which are not public."""
    return {
        "figures": {line.kind: _right(line.wrong) for line in found.figures},
        "voices": {line.kind: _right(line.wrong) for line in found.voices},
        "about": {
            "readings": found.items,
            "kind": sample.kind,
            "one_outlet": sample.outlet_id is not None,
            "drawn": sample.drawn.date().isoformat(),
        },
    }


def _right(wrong: Share) -> list[int]:
    return [wrong.of - wrong.count, wrong.of]


def _from_score(data: Mapping[str, Any]) -> tuple[list[Line], list[Line]]:
    kinds = data["kinds"]
    total = [sum(counts) for counts in zip(*kinds.values(), strict=True)]
    lines = [
        Line(kind, share(right, found), share(right, gold))
        for kind, (right, found, gold) in [(ALL, total), *_in_order(kinds)]
        if found or gold
    ]
    right, matched = data["voices"]
    return lines, [Line(ALL, share(right, matched))] if matched else []


def _from_sample(data: Mapping[str, Any]) -> tuple[list[Line], list[Line]]:
    return _shares(data["figures"]), _shares(data["voices"])


def _shares(kinds: Mapping[str, list[int]]) -> list[Line]:
    return [
        Line(kind, share(*counts))
        for kind, counts in [(ALL, kinds[ALL]), *_in_order(kinds)]
        if counts[1]
    ]


def _in_order(kinds: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(kind, kinds[kind]) for kind in KINDS if kind in kinds]
