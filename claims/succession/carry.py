"""Carrying: what was found in an article and ruled by people goes on in its successors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from claims import columns
from claims.curation import records
from claims.curation.rulings import count_current, locked
from claims.history import Batch, record
from claims.models import Article, Claim, ClaimTopic, Evidence, Note, make_uid
from claims.runs.anchors import Places, claim_keys, match
from claims.runs.proposals import Finding, anchored, new_claim
from claims.succession.findings import moved_finding
from claims.succession.heir import Heir
from claims.succession.rulings import carry_article_rulings, carry_claim_rulings
from claims.succession.voices import carry_attributions


@dataclass(slots=True)
class Carried:
    """What went over: claims, those of them with rulings, and ruled claims that found no place."""

    claims: int = 0
    ruled: int = 0
    left: list[Claim] = field(default_factory=list)

    def add(self, other: "Carried") -> None:
        """Count what went over from another article too."""
        self.claims += other.claims
        self.ruled += other.ruled
        self.left += other.left


def carry(batch: Batch, old: Article, heirs: Sequence[Heir]) -> Carried:
    """Carry the attributions, claims and rulings of a locked article to its successors."""
    claims = claims_of(old)
    ruled = columns.standing_rulings(claims)
    carried, placed = Carried(), set[int]()
    for heir in heirs:
        voices = carry_attributions(batch, old, heir)
        pairs = _carry_claims(claims, heir, voices)
        placed |= pairs.keys()
        carry_claim_rulings(batch, old, heir, pairs, voices)
        carry_article_rulings(batch, old, heir)
        _carry_stated(batch, pairs)
        _bring_in_line(batch, heir.article)
        carried.claims += len(pairs)
        carried.ruled += len(pairs.keys() & ruled.keys())
        Claim.objects.bulk_update(
            [_led(claim, pairs[claim.pk]) for claim in claims if claim.pk in pairs], ["successor"]
        )
    carried.left = [claim for claim in claims if claim.pk in ruled and claim.pk not in placed]
    return carried


def _bring_in_line(batch: Batch, article: Article) -> None:
    claims = locked(Claim.objects.filter(article=article))
    for claim in claims:
        claim.article = article
    columns.refresh(claims, by=batch.actor)
    count_current({article.pk})


def claims_of(article: Article) -> list[Claim]:
    """Return the article's current claims, locked, in the order of the text."""
    claims = locked(Claim.objects.current().filter(article=article))
    for claim in claims:
        claim.article = article
    return sorted(claims, key=lambda claim: (claim.start, claim.pk))


def _led(claim: Claim, heir: Claim) -> Claim:
    claim.successor = heir
    return claim


def _carry_claims(
    claims: Sequence[Claim], heir: Heir, voices: Mapping[int, int]
) -> dict[int, Claim]:
    """Find or make the claims of the old article in its heir; return them by the old one's id."""
    lines = heir.lines
    found = [(claim, moved_finding(claim, heir.shift, lines, voices)) for claim in claims]
    moved = [(claim, finding) for claim, finding in found if finding]
    keys = claim_keys(Places(heir.text, lines), [finding for _, finding in moved])
    there = list(Claim.objects.filter(article=heir.article).order_by("pk").select_for_update())
    pairs = match(
        [anchored(claim.machine, claim.anchor_key) for claim in there],
        [anchored(finding, key) for (_, finding), key in zip(moved, keys, strict=True)],
    )
    new: dict[int, Claim] = {}
    for n, ((claim, finding), key) in enumerate(zip(moved, keys, strict=True)):
        if n not in pairs:
            chain = [voices[pk] for pk in claim.machine_chain if pk in voices]
            made = new_claim(claim.last_run, heir.article, heir.text, Finding(finding, key, chain))
            made.first_run, made.missing = claim.first_run, claim.missing
            new[claim.pk] = made
    columns.create(list(new.values()))
    ClaimTopic.objects.bulk_create(
        ClaimTopic(claim=new[link.claim_id], topic_id=link.topic_id, origin=link.origin,
                   removed=link.removed)
        for link in ClaimTopic.objects.filter(claim__in=new).order_by("pk")
    )  # fmt: skip
    return new | {moved[n][0].pk: there[at] for n, at in pairs.items()}


def _carry_stated(batch: Batch, pairs: Mapping[int, Claim]) -> None:
    """Let evidence and notes stand beside the new claims as they stand beside the old ones.

    They come with the action: undoing it withdraws them.
    """
    for model in (Evidence, Note):
        rows: Any = model._default_manager.filter(claim__in=pairs, withdrawn=False)
        for row in rows.order_by("pk"):
            row.claim = pairs[row.claim_id]
            row.pk, row.uid, row._state.adding, row.withdrawn = None, make_uid(), True, True
            row.save()
            before = {"withdrawn": True, "version": row.version}
            records.write(row, {"withdrawn": False})
            record([batch.entry(row, before, {"withdrawn": False, "version": row.version})])
