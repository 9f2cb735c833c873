"""Edits of outlets, speakers and topics: plain rows, with version check and log."""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction

from claims import gate, identity, matching, search
from claims.curation.review import checked_edtf
from claims.curation.rulings import Outcome
from claims.history import Batch, Stale, record
from claims.models import Alias, Role, Speaker, Topic
from corpus.speakers.compare import stated_name

EDITABLE: dict[str, tuple[str, ...]] = {
    "outlet": ("name", "domain", "kind", "country", "text_policy"),
    "speaker": ("name", "kind", "privacy"),
    "topic": ("scheme", "code", "label", "parent_id", "query"),
    "alias": ("form", "kind"),
    "role": ("title", "organisation", "held", "evidence"),
}
"""What may be edited of each kind of row."""


@transaction.atomic
def create(
    row: models.Model, *, actor: User, batch: Batch | None = None, match: bool = True
) -> Outcome:
    """Store a new row and log it, in `batch` if it is part of a larger action.

    Without `match` a new name is not looked for elsewhere: the caller sees to that.

    Raises:
        Refused: for a value that makes no sense, or if there is such a row already.
    """
    fields = EDITABLE[_name(row)]
    _lock(row)
    for name, value in _checked(row, {name: getattr(row, name) for name in fields}).items():
        setattr(row, name, value)
    _check_unique(row)
    if isinstance(row, Speaker):
        row.is_public = identity.columns_of(row.name, row.kind, row.privacy)["is_public"]
    row.save(force_insert=True)
    _follow(row, fields, match)
    batch = batch or Batch.begin("create", actor)
    record([batch.entry(row, {}, _logged(row))])
    return Outcome(batch.uid, 1, 0)


@transaction.atomic
def edit(
    row: models.Model,
    fields: Mapping[str, Any],
    *,
    actor: User,
    version: int,
    batch: Batch | None = None,
    match: bool = True,
) -> Outcome:
    """Change fields of a row, in `batch` if it is part of a larger action.

    Without `match` a new name is not looked for elsewhere: the caller sees to that.

    Raises:
        Stale: if the row no longer has `version`; its `fields` show both values.
        Refused: for a field that is not editable, a value that makes no sense, or if there is
            such a row already.
    """
    checked = _checked(row, fields)
    _lock(row)
    stored: Any = type(row)._default_manager.select_for_update(no_key=True).get(pk=row.pk)
    wanted = {name: value for name, value in checked.items() if getattr(stored, name) != value}
    if stored.version != version:
        conflicts = {name: (value, getattr(stored, name)) for name, value in wanted.items()}
        raise Stale(stored, conflicts)
    batch = batch or Batch.begin("edit", actor)
    if not wanted:
        return Outcome(batch.uid, 0, 1)
    if isinstance(stored, Role):
        wanted["origin"] = Role.Origin.EDITOR.value
    names = [*wanted, "version"]
    before = {name: getattr(stored, name) for name in names}
    write(stored, wanted, match=match)
    record([batch.entry(stored, before, {name: getattr(stored, name) for name in names})])
    return Outcome(batch.uid, 1, 0)


@transaction.atomic
def remove(row: models.Model, *, actor: User) -> Outcome:
    """Delete an alias or a role, and log what it said; one that is gone already is left."""
    batch = Batch.begin("remove", actor)
    _lock(row)
    stored = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    if stored is None:
        return Outcome(batch.uid, 0, 1)
    record([batch.entry(stored, _logged(stored), {})])
    stored.delete()
    _follow(stored, ["removed"], match=True)
    return Outcome(batch.uid, 1, 0)


def write(row: Any, fields: Mapping[str, Any], *, match: bool = True) -> None:
    """Set fields of a locked row, raise its version, and save it.

    Raises:
        Refused: if there is such a row already.
    """
    for name, value in fields.items():
        setattr(row, name, value)
    _check_unique(row)
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    _follow(row, fields, match)


def _lock(row: models.Model) -> None:
    if isinstance(row, Speaker | Alias | Role):
        identity.lock()


def _follow(row: models.Model, fields: Collection[str], match: bool) -> None:
    """Bring into line what is computed from names, kinds and privacy of speakers.

    With `match` a new name is looked for elsewhere at once: who may be the same is proposed.
    """
    if isinstance(row, Alias):
        _rename(row.speaker, match)
    elif isinstance(row, Speaker):
        if {"name", "kind"} & set(fields):
            _rename(row, match)
        identity.refresh([row.pk])
        row.refresh_from_db()


def _rename(speaker: Speaker, match: bool) -> None:
    """Compute what goes with the names of a speaker, and compare it again, now or later."""
    columns = identity.columns_of(speaker.name, speaker.kind)
    del columns["is_public"]
    Speaker.objects.filter(pk=speaker.pk).update(**columns)
    for alias in speaker.aliases.all():
        key = stated_name(alias.form, speaker.kind)[:400]
        Alias.objects.filter(pk=alias.pk).update(name_key=key)
    if match:
        matching.match([speaker.pk])


def _name(row: models.Model) -> str:
    return row._meta.model_name or ""


def _logged(row: models.Model) -> dict[str, Any]:
    """Return what the log says of a new or removed row; of aliases and roles, whose they are."""
    names = EDITABLE[_name(row)]
    owner = ("speaker_id",) if hasattr(row, "speaker_id") else ()
    return {name: getattr(row, name) for name in (*names, *owner)}


def _checked(row: models.Model, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as they are stored: names as one trimmed line, choices that exist."""
    return {name: _value(row, name, value) for name, value in fields.items()}


def _value(row: models.Model, name: str, value: Any) -> Any:
    if name not in EDITABLE[_name(row)]:
        raise gate.Refused(f"{name}: not a field of {row._meta.verbose_name} to edit")
    if name == "parent_id":
        return _parent(row, value)
    field: Any = row._meta.get_field(name)
    kept = gate.line(name, value, longest=field.max_length)
    if not kept and not field.blank:
        raise gate.Refused(f"{name}: it cannot be empty")
    if field.choices and kept not in dict(field.flatchoices):
        allowed = ", ".join(dict(field.flatchoices))
        raise gate.Refused(f"{name}: {kept!r} is not one of {allowed}")
    if name == "held":
        return checked_edtf(name, kept)
    if name == "query" and kept:
        _check_query(kept)
    return kept


def _check_query(query: str) -> None:
    try:
        search.parse(query)
    except gate.Refused as error:
        raise gate.Refused(f"query{str(error).removeprefix('text')}") from error


def _parent(topic: models.Model, parent: int | None) -> int | None:
    """Return the id of a topic's parent, once it is sure that it does not stand under the topic."""
    above, seen = parent, set[int]()
    while above is not None and above not in seen:
        if above == topic.pk:
            raise gate.Refused("parent: a topic cannot stand under itself")
        seen.add(above)
        above = Topic.objects.filter(pk=above).values_list("parent", flat=True).first()
    return parent


def _check_unique(row: models.Model) -> None:
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError as error:
        raise gate.Refused(" ".join(error.messages)) from error
