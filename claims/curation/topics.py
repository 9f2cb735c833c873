"""What claims are about: editors add topics and take them away."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from claims.curation.rulings import Outcome, locked
from claims.history import Batch, record
from claims.models import Claim, ClaimTopic, Topic
from claims.models.claim import ClaimQuerySet


@transaction.atomic
def add_topic(claims: ClaimQuerySet, topic: Topic, *, actor: User) -> Outcome:
    """Say that claims are about a topic."""
    return _link(Batch.begin("add topic", actor), claims, topic, removed=False)


@transaction.atomic
def remove_topic(claims: ClaimQuerySet, topic: Topic, *, actor: User) -> Outcome:
    """Say that claims are not about a topic; no saved query brings it back."""
    return _link(Batch.begin("remove topic", actor), claims, topic, removed=True)


def put_links(batch: Batch, topic: int, wanted: Mapping[Claim, Mapping[str, Any] | None]) -> None:
    """Make the links of locked claims with a topic as wanted: origin and removed, or none.

    Every claim gets its next version and a log entry.
    """
    rows = ClaimTopic.objects.filter(topic=topic, claim__in=[claim.pk for claim in wanted])
    links = {link.claim_id: link for link in rows}
    unlinked = [claim.pk for claim, link in wanted.items() if link is None]
    rows.filter(claim__in=unlinked).delete()
    ClaimTopic.objects.bulk_create(
        [
            ClaimTopic(claim=claim, topic_id=topic, **link)
            for claim, link in wanted.items()
            if link is not None
        ],
        update_conflicts=True,
        unique_fields=["claim", "topic"],
        update_fields=["origin", "removed"],
    )
    for claim in wanted:
        claim.version += 1
    Claim.objects.filter(pk__in=[claim.pk for claim in wanted]).update(version=F("version") + 1)
    record(
        batch.entry(
            claim,
            {"topic": topic, "link": _plain(links.get(claim.pk)), "version": claim.version - 1},
            {"topic": topic, "link": link, "version": claim.version},
        )
        for claim, link in wanted.items()
    )


def _link(batch: Batch, claims: ClaimQuerySet, topic: Topic, *, removed: bool) -> Outcome:
    rows = locked(claims)
    links = {link.claim_id: link for link in topic.claim_links.filter(claim__in=rows)}
    changed = [claim for claim in rows if _linked(links.get(claim.pk)) == removed]
    after = {"origin": ClaimTopic.Origin.EDITOR.value, "removed": removed}
    put_links(batch, topic.pk, dict.fromkeys(changed, after))
    return Outcome(batch.uid, len(changed), len(rows) - len(changed))


def _linked(link: ClaimTopic | None) -> bool:
    return link is not None and not link.removed


def _plain(link: ClaimTopic | None) -> dict[str, Any] | None:
    return None if link is None else {"origin": link.origin, "removed": link.removed}
