"""Evidence and notes on claims: brought by editors, approved for readers, withdrawn, never lost."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims import bylines, gate
from claims.curation import records
from claims.curation.rulings import Outcome
from claims.history import Batch, Stale, record
from claims.models import ArticleText, Evidence, Note
from claims.models.evidence import Stated

FIELDS: dict[type[Stated], tuple[str, ...]] = {
    Evidence: ("relation", "url", "article_id", "start", "end", "quotation", "retrieved"),
    Note: ("text",),
}
"""What may be edited."""

_LONGEST = {"quotation": 2000, "text": 4000}


@transaction.atomic
def add(row: Stated, *, actor: User) -> Outcome:
    """Store evidence or a note on a claim; readers do not see it before it is approved.

    Raises:
        Refused: for a value that makes no sense.
    """
    fields = FIELDS[type(row)]
    for name, value in _checked(row, {name: getattr(row, name) for name in fields}).items():
        setattr(row, name, value)
    row.author = actor
    row.save(force_insert=True)
    batch = Batch.begin(f"add {row._meta.model_name}", actor)
    said = {name: getattr(row, name) for name in fields}
    before = {"withdrawn": True, "version": 0}  # undo withdraws it
    record([batch.entry(row, before, said | {"withdrawn": False, "version": row.version})])
    return Outcome(batch.uid, 1, 0)


@transaction.atomic
def edit(row: Stated, fields: Mapping[str, Any], *, actor: User, version: int) -> Outcome:
    """Change what one's own evidence or note says; what was approved is to be approved again.

    Raises:
        Stale: if the row no longer has `version`; its `fields` show both values.
        Refused: if somebody else brought it, or for a value that makes no sense.
    """
    return _write("edit", row, fields, actor=actor, version=version)


@transaction.atomic
def approve(row: Stated, *, actor: User, version: int, approved: bool = True) -> Outcome:
    """Show evidence or a note to readers as it stands, or hide it again.

    It keeps the byline that its author has now.

    Raises:
        Stale: if the row no longer has `version`.
        Refused: if `actor` may not, if its author has no byline, or where a second pair of eyes is
            asked for, if it is the author's own.
    """
    name = row._meta.model_name
    if not actor.has_perm(f"claims.approve_{name}"):
        raise gate.Refused("approved: only chief editors approve for the public")
    if approved and settings.SECOND_EDITOR and row.author_id == actor.pk:
        raise gate.Refused("approved: nobody approves what he brought himself")
    byline = bylines.of(row.author_id) if approved else ""
    if approved and not byline:
        raise gate.Refused("approved: its author has no public byline yet")
    wanted = {"approved_by_id": actor.pk if approved else None, "byline": byline}
    return _write("approve" if approved else "hide", row, wanted, actor=actor, version=version)


@transaction.atomic
def withdraw(row: Stated, *, actor: User, version: int) -> Outcome:
    """Withdraw evidence or a note: nobody sees it any more, and undo brings it back.

    Raises:
        Stale: if the row no longer has `version`.
    """
    return _write("withdraw", row, {"withdrawn": True}, actor=actor, version=version)


def _write(
    what: str, row: Stated, fields: Mapping[str, Any], *, actor: User, version: int
) -> Outcome:
    stored = type(row)._default_manager.select_for_update(no_key=True).get(pk=row.pk)
    wanted = {name: value for name, value in fields.items() if getattr(stored, name) != value}
    if stored.version != version:
        conflicts = {name: (value, getattr(stored, name)) for name, value in wanted.items()}
        raise Stale(stored, conflicts)
    batch = Batch.begin(f"{what} {row._meta.model_name}", actor)
    if what == "edit" and wanted:
        if stored.author_id != actor.pk:
            raise gate.Refused(f"{next(iter(wanted))}: only its author changes what it says")
        wanted = _checked(stored, wanted)
        wanted |= {"approved_by_id": None, "byline": ""} if stored.approved_by_id else {}
    if not wanted:
        return Outcome(batch.uid, 0, 1)
    names = [*wanted, "version"]
    before = {name: getattr(stored, name) for name in names}
    records.write(stored, wanted)
    after = {name: getattr(stored, name) for name in names}
    record([batch.entry(stored, before, after)])
    return Outcome(batch.uid, 1, 0)


def _checked(row: Stated, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as they are stored, together with what follows from them."""
    for name in fields:
        if name not in FIELDS[type(row)]:
            raise gate.Refused(f"{name}: not a field of {row._meta.verbose_name} to edit")
    for name in _LONGEST.keys() & fields.keys():
        gate.text(name, fields[name], longest=_LONGEST[name])
    if isinstance(row, Note):
        if not fields["text"].strip():
            raise gate.Refused("text: it cannot be empty")
        return dict(fields)
    said = {name: fields.get(name, getattr(row, name)) for name in FIELDS[Evidence]}
    if said["relation"] not in Evidence.Relation.values:
        raise gate.Refused(f"relation: {said['relation']!r} is none of them")
    said["url"] = gate.address("url", said["url"])
    if bool(said["url"]) == bool(said["article_id"]):
        raise gate.Refused("url: give the address of a page, or else an article and its words")
    return _of_page(said) if said["url"] else _of_article(said)


def _of_page(said: dict[str, Any]) -> dict[str, Any]:
    today = timezone.localdate()
    read: date = said["retrieved"] or today
    if read > today:
        raise gate.Refused(f"retrieved: {read} is still to come")
    return said | {"retrieved": read, "start": None, "end": None}


def _of_article(said: dict[str, Any]) -> dict[str, Any]:
    """Return evidence whose quotation is cut out of its article."""
    body = ArticleText.objects.filter(article=said["article_id"]).first()
    if body is None:
        raise gate.Refused("article: there is no such article")
    start, end = said["start"] or 0, said["end"] or 0
    words = body.text[start:end]
    gate.span("start", start, end, words, body.text)
    if said["quotation"] not in {"", words}:
        raise gate.Refused(f"quotation: {words[:60]!r} stands at [{start}, {end})")
    gate.text("quotation", words, longest=_LONGEST["quotation"])
    return said | {"quotation": words, "retrieved": None}
