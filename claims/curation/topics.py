"""What claims are about: editors add topics and take them away."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

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


def put_link(claim_id: int, topic_id: int, link: dict[str, Any] | None) -> None:
    """Make the link of a claim and a topic what it was: origin and removed, or none."""
    if link is None:
        ClaimTopic.objects.filter(claim=claim_id, topic=topic_id).delete()
    else:
        ClaimTopic.objects.update_or_create(claim_id=claim_id, topic_id=topic_id, defaults=link)


def _link(batch: Batch, claims: ClaimQuerySet, topic: Topic, *, removed: bool) -> Outcome:
    rows = locked(claims)
    links = {link.claim_id: link for link in topic.claim_links.filter(claim__in=rows)}
    changed = [claim for claim in rows if _linked(links.get(claim.pk)) == removed]
    after = {"origin": ClaimTopic.Origin.EDITOR.value, "removed": removed}
    ClaimTopic.objects.bulk_create(
        [ClaimTopic(claim=claim, topic=topic, **after) for claim in changed],
        update_conflicts=True,
        unique_fields=["claim", "topic"],
        update_fields=["origin", "removed"],
    )
    for claim in changed:
        claim.version += 1
    Claim.objects.bulk_update(changed, ["version"], batch_size=200)
    record(
        batch.entry(
            claim,
            {"topic": topic.pk, "link": _plain(links.get(claim.pk)), "version": claim.version - 1},
            {"topic": topic.pk, "link": after, "version": claim.version},
        )
        for claim in changed
    )
    return Outcome(batch.uid, len(changed), len(rows) - len(changed))


def _linked(link: ClaimTopic | None) -> bool:
    return link is not None and not link.removed


def _plain(link: ClaimTopic | None) -> dict[str, Any] | None:
    return None if link is None else {"origin": link.origin, "removed": link.removed}
