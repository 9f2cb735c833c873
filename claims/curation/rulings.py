"""How a ruling is stored: the one mechanism under every action on claims."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from claims.batch import insert
from claims.columns import Changed, Rulings, refresh
from claims.curation import second
from claims.history import Batch, Stale, record
from claims.models import Article, Claim, Ruling
from claims.models.article import ArticleQuerySet
from claims.models.claim import ClaimQuerySet
from claims.statements import Among, Written

Standing = dict[tuple[int, str], Ruling]
"""The rulings that stand, by the claim's id and the field."""

MACHINE_FIELDS = ("machine", "machine_chain", "newer")
"""What a claim holds of the engine's findings; columns and rulings are apart from it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action did: the batch that undoes it, rows changed, rows that were so already."""

    batch: UUID
    changed: int
    unchanged: int


def locked_articles(articles: ArticleQuerySet) -> dict[int, Article]:
    """Return articles by id, locked until the transaction ends.

    Whatever changes claims or attributions locks their articles first, then claims, then
    attributions: nobody waits for one who waits for him, and what is read after the lock is
    what the last one left.
    """
    return {row.pk: row for row in _to_lock(articles)}


def locked(claims: ClaimQuerySet, versions: Mapping[int, int] | None = None) -> list[Claim]:
    """Return the claims and their articles, all locked until the transaction ends.

    `versions` maps claim ids to the versions the caller saw.

    Raises:
        Stale: if one of them has another version now.
    """
    if claims.known is None:
        articles = {row.pk: row for row in _articles_of(claims)}
        wanted = claims.order_by().values("pk")
        rows = list(_to_lock(Claim.objects.filter(pk__in=wanted, article__in=articles)))
    else:
        articles = {row.pk: row for row in _ARTICLES(claims=claims.known)}
        rows = _CLAIMS(claims=claims.known)
    for claim in rows:
        claim.article = articles[claim.article_id]
        if versions is not None and versions.get(claim.pk, claim.version) != claim.version:
            raise Stale(claim)
    return rows


def _to_lock(rows: Any) -> Any:
    return rows.order_by("pk").select_for_update(no_key=True)


def _articles_of(claims: ClaimQuerySet) -> Any:
    return _to_lock(Article.objects.filter(pk__in=claims.order_by().values("article")))


_ARTICLES = Written(lambda: _articles_of(Claim.objects.filter(pk__in=Among("claims"))))
_CLAIMS = Written(lambda: _to_lock(Claim.objects.filter(pk__in=Among("claims"))))
_STANDING = Written(lambda: Ruling.objects.standing().filter(claim__in=Among("claims")).order_by())


def rule(
    batch: Batch,
    claims: Sequence[Claim],
    wanted: Callable[[Claim], Mapping[str, Any]],
    *,
    reason: str = "",
    machine: Mapping[int, dict[str, Any]] | None = None,
    vouched: Collection[int] = (),
) -> Outcome:
    """Store one ruling for each field of `wanted(claim)` that is not ruled so already.

    A field's earlier ruling no longer stands, but is kept for undo. Columns are recomputed and
    every changed claim gets one log entry. Call it inside a transaction, with `locked` claims.
    `vouched` are the ids of claims that the editor stands for as they are after it.
    """
    standing = _standing(claims)
    new = [
        _ruling(batch, claim, field, value, standing.get((claim.pk, field)), reason)
        for claim in claims
        for field, value in wanted(claim).items()
        if not _stands(standing.get((claim.pk, field)), value)
    ]
    standing |= _stored(new)
    ruled = {ruling.claim_id for ruling in new}
    return finish(batch, claims, ruled=ruled, machine=machine, vouched=vouched, standing=standing)


def finish(
    batch: Batch,
    claims: Sequence[Claim],
    *,
    ruled: Collection[int | None] = (),
    machine: Mapping[int, dict[str, Any]] | None = None,
    vouched: Collection[int] = (),
    restores: bool = False,
    standing: Standing | None = None,
) -> Outcome:
    """Recompute the claims' columns, log what changed and count it.

    A ruling that leaves every column as it was (an editor states the machine's value) is logged
    too: `ruled` holds the ids of claims with a new ruling. `machine` holds what stood in those
    `MACHINE_FIELDS` of claims that the action changed, so that undo can put it back. `restores`
    says that the action is an undo, which puts the state of the second look back too. `standing`
    are the claims' rulings, if the caller has them.
    """
    earlier = machine or {}
    standing = _standing(claims) if standing is None else standing
    looked = {} if restores else second.wanted(batch.actor, claims, vouched, _values(standing))
    if looked:
        rows = [claim for claim in claims if claim.pk in looked]
        standing = standing | _put_second(batch, rows, looked, standing)
        ruled = {*ruled, *looked}
    refreshed = refresh(claims, by=batch.actor, rulings=_values(standing))
    changed = {row.claim.pk: row for row in refreshed}
    entries = []
    for claim in claims:
        if claim.pk in changed or claim.pk in ruled or claim.pk in earlier:
            unseen = {"version": claim.version}
            row = changed.get(claim.pk) or Changed(claim, dict(unseen), dict(unseen))
            before = earlier.get(claim.pk, {})
            after = {name: getattr(claim, name) for name in before}
            entries.append(batch.entry(claim, row.before | before, row.after | after))
    record(entries)
    count_current({row.claim.article_id for row in changed.values() if "gone" in row.after})
    return Outcome(batch.uid, len(entries), len(claims) - len(entries))


def _put_second(
    batch: Batch, claims: Sequence[Claim], states: Mapping[int, str], standing: Standing
) -> Standing:
    """Rule on the state of the second look, also where only who answers for it changes."""
    return _stored(
        [
            _ruling(
                batch,
                claim,
                second.FIELD,
                states[claim.pk],
                standing.get((claim.pk, second.FIELD)),
                "",
            )
            for claim in claims
        ]
    )


def _stored(new: Sequence[Ruling]) -> Standing:
    """Store rulings in the place of those they replace, and return them."""
    if replaced := [ruling.replaced_id for ruling in new if ruling.replaced_id]:
        Ruling.objects.filter(pk__in=replaced).update(standing=False)
    insert(new)
    return {(ruling.claim_id or 0, ruling.field): ruling for ruling in new}


def put(claims: Sequence[Claim], change: Callable[[Claim], object]) -> dict[int, dict[str, Any]]:
    """Change the machine's side of claims, save it, and return what stood where it changed."""
    changed: dict[int, dict[str, Any]] = {}
    for claim in claims:
        before = {name: getattr(claim, name) for name in MACHINE_FIELDS}
        change(claim)
        if differing := {n: was for n, was in before.items() if getattr(claim, n) != was}:
            changed[claim.pk] = differing
    if rows := [claim for claim in claims if claim.pk in changed]:
        Claim.objects.bulk_update(rows, MACHINE_FIELDS, batch_size=200)
    return changed


def count_current(articles: Collection[int]) -> None:
    """Count the claims of articles anew: a ruling on a claim that was gone brings it back."""
    for pk in articles:
        count = Claim.objects.filter(article=pk).current().count()
        Article.objects.filter(pk=pk).update(claim_count=count)


def _standing(claims: Sequence[Claim]) -> Standing:
    rows = _STANDING(claims=[claim.pk for claim in claims])
    return {(row.claim_id, row.field): row for row in rows}


def _values(standing: Standing) -> Rulings:
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for (claim, field), ruling in standing.items():
        found[claim][field] = ruling.value
    return found


def _stands(ruling: Ruling | None, value: Any) -> bool:
    return ruling is not None and ruling.value == value


def _ruling(
    batch: Batch, claim: Claim, field: str, value: Any, earlier: Ruling | None, reason: str
) -> Ruling:
    return Ruling(
        claim=claim,
        field=field,
        value=value,
        reason=reason,
        replaced=earlier,
        batch=batch.uid,
        actor=batch.actor,
        run_seen_id=claim.last_run_id,
    )
