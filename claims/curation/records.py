"""Edits of outlets, speakers and topics: plain rows, with version check and log."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction

from claims import gate
from claims.curation.rulings import Outcome
from claims.history import Batch, Stale, record

EDITABLE: dict[str, tuple[str, ...]] = {
    "outlet": ("name", "domain", "kind", "country", "text_policy"),
    "speaker": ("name", "kind", "privacy"),
    "topic": ("scheme", "code", "label", "parent_id", "query"),
    "alias": ("form", "kind"),
    "role": ("title", "organisation", "held", "evidence"),
}
"""What may be edited of each kind of row."""


@transaction.atomic
def create(row: models.Model, *, actor: User) -> Outcome:
    """Store a new row and log it."""
    fields = EDITABLE[_name(row)]
    _check(row, {name: getattr(row, name) for name in fields})
    row.save(force_insert=True)
    batch = Batch.begin("create", actor)
    record([batch.entry(row, {}, {name: getattr(row, name) for name in fields})])
    return Outcome(batch.uid, 1, 0)


@transaction.atomic
def edit(
    row: models.Model,
    fields: Mapping[str, Any],
    *,
    actor: User,
    version: int | None = None,
) -> Outcome:
    """Change fields of a row; rows with versions are refused when stale.

    Raises:
        Stale: if the row no longer has `version`; its `fields` show both values.
        Refused: for a field that is not editable or a value that does not pass the gate.
    """
    _check(row, fields)
    stored: Any = type(row)._default_manager.select_for_update().get(pk=row.pk)
    wanted = {name: value for name, value in fields.items() if getattr(stored, name) != value}
    if version is not None and stored.version != version:
        conflicts = {name: (value, getattr(stored, name)) for name, value in wanted.items()}
        raise Stale(stored, conflicts)
    batch = Batch.begin("edit", actor)
    if not wanted:
        return Outcome(batch.uid, 0, 1)
    before = {name: getattr(stored, name) for name in wanted}
    after = dict(wanted)
    write(stored, wanted)
    if version is not None:
        before["version"], after["version"] = version, stored.version
    record([batch.entry(stored, before, after)])
    return Outcome(batch.uid, 1, 0)


@transaction.atomic
def remove(row: models.Model, *, actor: User) -> Outcome:
    """Delete an alias or a role, and log what it said."""
    batch = Batch.begin("remove", actor)
    fields = {name: getattr(row, name) for name in EDITABLE[_name(row)]}
    speaker = {"speaker_id": row.speaker_id}  # type: ignore[attr-defined]  # alias or role
    record([batch.entry(row, fields | speaker, {})])
    row.delete()
    return Outcome(batch.uid, 1, 0)


def write(row: models.Model, fields: Mapping[str, Any]) -> None:
    """Set fields of a locked row, raise its version if it has one, and save it."""
    for name, value in fields.items():
        setattr(row, name, value)
    names = list(fields)
    if hasattr(row, "version"):
        row.version += 1
        names.append("version")
    row.save(update_fields=names)


def _name(row: models.Model) -> str:
    return row._meta.model_name or ""


def _check(row: models.Model, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        if name not in EDITABLE[_name(row)]:
            raise gate.Refused(f"{name}: not a field of {row._meta.verbose_name} to edit")
        if isinstance(value, str):
            longest = row._meta.get_field(name).max_length  # type: ignore[union-attr]
            gate.line(name, value, longest=longest or 500)
