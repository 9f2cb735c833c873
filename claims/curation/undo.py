"""Undo: one action taken back as a whole, unless something it touched changed since."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction

from claims.curation import articles, records
from claims.curation.rulings import MACHINE_FIELDS, Outcome, finish, locked, put
from claims.curation.topics import put_link
from claims.history import Batch, record
from claims.models import Article, Attribution, Change, Claim, Ruling


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
        CannotUndo: if a row it touched changed since (they are listed), if it was undone
            already, if there is no such batch, or if it was machine work or created rows.
    """
    entries = list(Change.objects.filter(batch=batch).order_by("pk").select_for_update())
    _check_kind(entries)
    rows = _locked_rows(entries)
    changed = [entry for entry in entries if _version(rows, entry) != entry.after.get("version")]
    if changed:
        raise CannotUndo("These were changed since", changed)
    step = Batch.begin("undo", actor)
    _turn_rulings(batch)
    for entry in entries:
        if entry.object_type not in {"claim", "article"}:
            _restore(step, rows[entry.object_type, entry.object_id], entry)
    _restore_articles(step, entries, rows)
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
    if entries[0].action in {"create", "remove"}:
        raise CannotUndo("Adding and removing rows is not undone; edit them instead")


def _locked_rows(entries: Sequence[Change]) -> dict[tuple[str, int], Any]:
    rows: dict[tuple[str, int], Any] = {}
    for name in ("article", "attribution", "claim", "outlet", "speaker", "topic", "alias", "role"):
        ids = [entry.object_id for entry in entries if entry.object_type == name]
        if not ids:
            continue
        if name == "claim":
            found: Sequence[models.Model] = locked(Claim.objects.filter(pk__in=ids))
        else:
            model = apps.get_model("claims", name)
            found = list(model._default_manager.filter(pk__in=ids).select_for_update())
        rows |= {(name, row.pk): row for row in found}
    return rows


def _version(rows: Mapping[tuple[str, int], Any], entry: Change) -> Any:
    """Return the row's version now; rows without versions compare what the entry left there."""
    row = rows.get((entry.object_type, entry.object_id))
    if row is None:
        return "deleted"
    if "version" in entry.after:
        return row.version
    same = all(getattr(row, name) == value for name, value in entry.after.items())
    return None if same else "changed"


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
    fields = {name: value for name, value in entry.before.items() if name != "version"}
    now = {name: getattr(row, _column(row, name)) for name in fields}
    records.write(row, {_column(row, name): value for name, value in fields.items()})
    versions = {"version": row.version} if "version" in entry.after else {}
    record([step.entry(row, now, fields | versions)])


def _column(row: models.Model, name: str) -> str:
    return "speaker_id" if isinstance(row, Attribution) and name == "speaker" else name


def _restore_articles(
    step: Batch, entries: Sequence[Change], rows: Mapping[tuple[str, int], Any]
) -> None:
    for entry in entries:
        if entry.object_type == "article":
            article: Article = rows["article", entry.object_id]
            fields = {name: value for name, value in entry.before.items() if name != "version"}
            now = {name: getattr(article, name) for name in fields} | {"version": article.version}
            articles.write(article, fields)
            record([step.entry(article, now, fields | {"version": article.version})])
            for (name, _), row in rows.items():
                if name == "claim" and row.article_id == article.pk:
                    row.article = article
            others = Claim.objects.filter(article=article).exclude(
                pk__in=[pk for name, pk in rows if name == "claim"]
            )
            finish(step, _with(article, locked(others)))


def _with(article: Article, claims: list[Claim]) -> list[Claim]:
    for claim in claims:
        claim.article = article
    return claims


def _restore_claims(
    step: Batch, entries: Sequence[Change], rows: Mapping[tuple[str, int], Any]
) -> None:
    earlier = {entry.object_id: entry.before for entry in entries if entry.object_type == "claim"}
    claims = [rows["claim", pk] for pk in earlier]
    for claim in claims:
        if "topic" in earlier[claim.pk]:
            put_link(claim.pk, earlier[claim.pk]["topic"], earlier[claim.pk]["link"])

    def put_back(claim: Claim) -> None:
        for name in MACHINE_FIELDS:
            if name in earlier[claim.pk]:
                setattr(claim, name, earlier[claim.pk][name])

    finish(step, claims, ruled=set(earlier), machine=put(claims, put_back))
