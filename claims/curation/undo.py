"""Undo: one action taken back as a whole, unless something it touched changed since."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q

from claims import gate, identity
from claims.curation import articles, identities, records, topics
from claims.curation.rulings import (
    MACHINE_FIELDS,
    Outcome,
    finish,
    locked,
    locked_articles,
    put,
)
from claims.curation.second import FIELD
from claims.history import Batch, record
from claims.models import Article, Attribution, Change, Claim, IdentityJudgement, Ruling

Rows = Mapping[tuple[str, int], Any]

_HOMES = {
    "attribution": "article",
    "claim": "article",
    "evidence": "claim__article",
    "note": "claim__article",
}
"""The tables of what people work on, and where each leads to its article."""


class CannotUndo(ValueError):
    """The action cannot be undone; nothing was changed. `rows` are the log entries in the way."""

    def __init__(self, reason: str, rows: Sequence[Change] = ()) -> None:
        self.rows = list(rows)
        names = ", ".join(f"{row.object_type} “{row.object_name}”" for row in self.rows[:20])
        super().__init__(f"{reason}{': ' if names else ''}{names}. Nothing was changed.")


@transaction.atomic
def undo(batch: UUID, *, actor: User) -> Outcome:
    """Take back everything one batch did: rulings, columns, links, edits.

    Raises:
        CannotUndo: if a row it touched changed since (they are listed), if another row took its
            place, if it was undone already, if there is no such batch, if it was machine work
            or made or removed rows, or if it is somebody else's and `actor` may not.
    """
    entries = list(Change.objects.filter(batch=batch).order_by("pk").select_for_update(no_key=True))
    _check_kind(entries)
    _check_right(entries[0], actor)
    rows = _locked_rows(entries)
    if changed := _changed(rows, entries) or _worked_on_since(entries):
        raise CannotUndo("These were changed since", changed)
    step = Batch.begin("undo", actor)
    _turn_rulings(batch)
    for entry in entries:
        if entry.object_type != "claim":
            _restore(step, rows[entry.object_type, entry.object_id], entry)
    _rejoin([row for row in rows.values() if isinstance(row, IdentityJudgement)])
    if "topic" in entries[0].before:
        _restore_links(step, entries, rows)
    else:
        _restore_claims(step, entries, rows)
    Change.objects.filter(batch=batch).update(undone_by=step.uid)
    return Outcome(step.uid, len(entries), 0)


def _check_kind(entries: Sequence[Change]) -> None:
    if not entries:
        raise CannotUndo("There is no such action")
    if any(entry.undone_by for entry in entries):
        raise CannotUndo("It was undone already")
    if entries[0].actor_id is None:
        raise CannotUndo("It is the engine's work, not an editor's")
    if any(entry.object_type == "user" for entry in entries):
        raise CannotUndo("Accounts are changed on their own pages")
    if any(not entry.before or not entry.after for entry in entries):
        raise CannotUndo("Adding and removing rows is not undone; edit them instead")


def _check_right(entry: Change, actor: User) -> None:
    """Let everybody take back his own, and chief editors what others did."""
    if entry.actor_id != actor.pk and not actor.has_perm("claims.restore_change"):
        raise CannotUndo(f"It is {entry.actor_name}'s; only a chief editor takes it back")
    confirmed = Ruling.objects.filter(field=FIELD, value=Claim.Second.CONFIRMED)
    undone = Change.objects.filter(undone_by=entry.batch).values("batch")
    if confirmed.filter(batch__in=undone).exclude(actor=actor).exists():
        raise CannotUndo("A second editor took the confirmation back; nobody else gives it again")


def _locked_rows(entries: Sequence[Change]) -> Rows:
    """Lock what the action touched, and all claims that follow an article or attribution of it."""
    ids: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        ids[entry.object_type].append(entry.object_id)
    found: list[models.Model] = []
    within = Article.objects.filter(
        Q(pk__in=ids["article"]) | Q(attributions__in=ids["attribution"])
    )
    articles = locked_articles(Article.objects.filter(pk__in=within.values("pk")))
    found += articles.values()
    claims = locked(Claim.objects.filter(Q(pk__in=ids.pop("claim", [])) | Q(article__in=articles)))
    for claim in claims:
        claim.article = articles.get(claim.article_id, claim.article)
    found += claims
    if ids.keys() & {"speaker", "alias", "role", "identityjudgement"}:
        identity.lock()
    for name in sorted(ids.keys() - {"article"}):
        model = apps.get_model("claims", name)
        rows = model._default_manager.filter(pk__in=ids[name]).order_by("pk")
        found += rows.select_for_update(no_key=True)
    return {(row._meta.model_name or "", row.pk): row for row in found}


def _changed(rows: Rows, entries: Sequence[Change]) -> list[Change]:
    """Return the entries whose row is no longer as the action left it.

    What was done to it since does not count where that was taken back again: undo goes step by
    step.
    """
    later: dict[tuple[str, int], list[Change]] = defaultdict(list)
    moved = [entry for entry in entries if _other_version(rows, entry)]
    kinds = {entry.object_type for entry in moved}
    since = Change.objects.filter(
        object_type__in=kinds, object_id__in=[entry.object_id for entry in moved]
    )
    for change in since.filter(pk__gt=entries[0].pk).order_by("pk"):
        later[change.object_type, change.object_id].append(change)
    return [entry for entry in entries if _is_changed(rows, entry, later)]


def _other_version(rows: Rows, entry: Change) -> bool:
    row = rows.get((entry.object_type, entry.object_id))
    return row is not None and row.version != entry.after.get("version", row.version)


def _is_changed(
    rows: Rows, entry: Change, later: Mapping[tuple[str, int], Sequence[Change]]
) -> bool:
    """Tell whether a row is no longer as the action left it: its version, a claim's findings."""
    at = (entry.object_type, entry.object_id)
    row = rows.get(at)
    if row is None:
        return True
    if any(
        getattr(row, name) != entry.after[name] for name in set(MACHINE_FIELDS) & entry.after.keys()
    ):
        return True
    if not _other_version(rows, entry):
        return False
    since = [change for change in later.get(at, ()) if change.pk > entry.pk]
    return not _whole(entry, since, row.version) or not _taken_back(since)


def _whole(entry: Change, since: Sequence[Change], version: int) -> bool:
    """Tell whether the log holds every version of a row from an entry to the present one."""
    sides = [entry.after, *(side for change in since for side in (change.before, change.after))]
    versions = [side.get("version") for side in sides] + [version]
    return all(one == next_ for one, next_ in zip(versions[::2], versions[1::2], strict=True))


def _taken_back(since: Sequence[Change]) -> bool:
    """Tell whether a row's changes, oldest first, come to nothing: each undone by a later one."""
    standing: set[UUID] = set()
    for change in reversed(since):
        if change.undone_by not in standing:
            standing.add(change.batch)
        else:
            standing.discard(change.undone_by)
    return not standing


def _worked_on_since(entries: Sequence[Change]) -> list[Change]:
    """Return which articles that the action brought to the fore people worked on since.

    To hide them again would hide that work: rulings, topics, evidence, notes.
    """
    shown = {
        entry.object_id: entry
        for entry in entries
        if entry.object_type == "article"
        and (entry.before.get("superseded"), entry.after.get("superseded")) == (True, False)
    }
    if not shown:
        return []
    later = Change.objects.filter(pk__gt=entries[-1].pk, actor__isnull=False)
    later = later.filter(undone_by__isnull=True).exclude(action="undo")
    homes = {("article", pk): pk for pk in shown}
    for name, path in _HOMES.items():
        rows = apps.get_model("claims", name)._default_manager.filter(**{f"{path}__in": shown})
        homes |= {(name, pk): home for pk, home in rows.values_list("pk", path)}
    touched = later.filter(object_type__in=[*_HOMES, "article"])
    found = {homes.get(one) for one in touched.values_list("object_type", "object_id")}
    return [entry for pk, entry in shown.items() if pk in found]


def _turn_rulings(batch: UUID) -> None:
    """Take the rulings of an action back; or, if the batch is an undo of it, let them stand."""
    first, back = batch, True
    while undone := Change.objects.filter(undone_by=first).first():
        first, back = undone.batch, not back
    rulings = Ruling.objects.filter(batch=first)
    earlier = Ruling.objects.filter(
        pk__in=rulings.filter(replaced__isnull=False).values_list("replaced__pk", flat=True)
    )
    falls, stands = (rulings, earlier) if back else (earlier, rulings)
    falls.update(standing=False)
    stands.update(standing=True)


def _restore(step: Batch, row: Any, entry: Change) -> None:
    """Put the columns of a row back and log it; claims compute theirs."""
    now = {name: getattr(row, _column(row, name)) for name in entry.before}
    fields = {name: value for name, value in entry.before.items() if name != "version"}
    try:
        records.write(row, {_column(row, name): value for name, value in fields.items()})
    except gate.Refused as error:
        raise CannotUndo("Another row is in its place", [entry]) from error
    record([step.entry(row, now, fields | {"version": row.version})])


def _column(row: models.Model, name: str) -> str:
    return "speaker_id" if isinstance(row, Attribution) and name == "speaker" else name


def _rejoin(judgements: Sequence[IdentityJudgement]) -> None:
    try:
        identities.restored(judgements)
    except identities.Contradiction as problem:
        raise CannotUndo(str(problem)) from problem


def _restore_links(step: Batch, entries: Sequence[Change], rows: Rows) -> None:
    before = {rows["claim", entry.object_id]: entry.before["link"] for entry in entries}
    topics.put_links(step, entries[0].before["topic"], before)


def _restore_claims(step: Batch, entries: Sequence[Change], rows: Rows) -> None:
    """Put the machine's side of claims back, and bring all that follow into line.

    Claims that are in the article only since the action are resolved against its old date.
    """
    earlier = {entry.object_id: entry.before for entry in entries if entry.object_type == "claim"}
    claims: list[Claim] = [row for (name, _), row in rows.items() if name == "claim"]

    def put_back(claim: Claim) -> None:
        for name in MACHINE_FIELDS:
            setattr(claim, name, earlier[claim.pk].get(name, getattr(claim, name)))

    machine = put([claim for claim in claims if claim.pk in earlier], put_back)
    for entry in entries:
        if "published" in entry.before:
            others = [claim for claim in claims if claim.pk not in earlier]
            machine |= articles.redate(rows["article", entry.object_id], others)
    finish(step, claims, ruled=set(earlier), machine=machine, restores=True)
