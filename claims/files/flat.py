"""The flat rows of claims, worked out by the database: for files of millions of rows.

`export.rows` says what a row is; these expressions give the same values, column by column, and a
test compares the two. Lists and objects come as JSON text.
"""

from typing import Any

from django.db.models import (
    Case,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, JSONObject

from claims import export
from claims.export import JsonList, TextList
from claims.filters.readers import Reader
from claims.models import Claim, ClaimVoice, Outlet, Run
from claims.models.claim import ClaimQuerySet

_TEXT = TextField()
_CONFIRMED = Q(voice_status=Claim.VoiceStatus.CONFIRMED)


class Filled(Func):
    """A column of text, named by its path, null where it is empty: quicker than NULLIF."""

    template = "CASE WHEN %(expressions)s <> '' THEN %(expressions)s END"
    output_field = _TEXT


def flat(claims: ClaimQuerySet, reader: Reader) -> QuerySet:
    """Return rows of values in the order of `export.COLUMNS`, as far as the reader may see them."""
    found = expressions(reader)
    names = (column.name for column in export.COLUMNS)
    rows: QuerySet = claims.order_by("id")
    return rows.values_list(*(found[name] for name in names))


def expressions(reader: Reader) -> dict[str, Any]:
    """Return what each column is in SQL."""
    plain = {column.name: _stored(column) for column in export.COLUMNS if column.source}
    return plain | {
        "label": _label(),
        "engine": _engine(),
        "topics": Cast(TextList(export.topic_keys().order_by("item")), TextField()),
        **_words(reader),
        **_voices(reader),
    }


def _stored(column: export.Column) -> Any:
    if column.holds in {"text", "exact"}:
        return Filled(column.source)
    if column.holds == "object":
        return Cast(column.source, TextField())
    return F(column.source)


def _label() -> Any:
    accepted = Claim.Status.ACCEPTED
    waiting = When(status=accepted, second__in=export.WAITING, then=Value(export.AWAITED_LABEL))
    others = (When(status=status, then=Value(label)) for status, label in export.LABELS.items())
    return Case(waiting, *others, output_field=_TEXT)


def _engine() -> Any:
    # Looked up: joined, SQLite would begin with the runs, and sort all rows in the end.
    runs = Run.objects.filter(pk=OuterRef("last_run"))
    return Subquery(runs.values(written=Filled("engine")))


def _voice_label() -> Any:
    confirmed = When(_CONFIRMED, then=Value(export.CONFIRMED_LABEL))
    return Case(confirmed, default=Value(export.UNVERIFIED_LABEL), output_field=_TEXT)


def _words(reader: Reader) -> dict[str, Any]:
    if reader == Reader.EDITOR:
        return {}
    hidden = Q(article__outlet__text_policy=Outlet.TextPolicy.NONE)
    return {
        name: Case(When(hidden, then=None), default=Filled(name), output_field=_TEXT)
        for name in ("surface", "passage")
    }


def _voices(reader: Reader) -> dict[str, Any]:
    told: dict[str, Any] = {
        "voice": F("voice"),
        "voice_label": _voice_label(),
        "attribution": _attribution(reader),
    }
    for name in ("speaker", "ultimate"):
        speaker = known(f"{name}__", reader)
        told |= {name: speaker["name"], f"{name}_uid": speaker["uid"]}
    told = {name: heard(one, reader) for name, one in told.items()}
    chain = Cast(JsonList(_chain(reader)), _TEXT)
    return told | {"chain": heard(chain, reader, Value("[]", _TEXT))}


def heard(told: Any, reader: Reader, hidden: Any = None) -> Any:
    """Return what a reader is told of a claim's voices; `hidden` where it is not to be shown."""
    if reader > Reader.EVERYBODY:
        return told
    return Case(When(_CONFIRMED, then=told), default=hidden)


def known(path: str, reader: Reader) -> dict[str, Any]:
    """Return what a reader is told of a speaker: uid, name, kind, and the name as it is written.

    `path` leads to the speaker and ends in two underscores, or is empty.
    """
    uid, name, kind = (
        Coalesce(f"{path}canonical__{of}", f"{path}{of}") for of in ("uid", "name", "kind")
    )
    written = F(f"{path}name")
    if reader == Reader.EDITOR:
        return {"uid": uid, "name": name, "kind": kind, "written": written}
    public = Q(**{f"{path}canonical__is_public": True}) | Q(
        **{f"{path}canonical": None, f"{path}is_public": True}
    )
    return {
        "uid": Case(When(public, then=uid)),
        "name": Case(When(public, then=name), default=written, output_field=_TEXT),
        "kind": kind,
        "written": written,
    }


def _chain(reader: Reader) -> Any:
    item = JSONObject(**known("speaker__", reader))
    return ClaimVoice.objects.filter(claim=OuterRef("pk")).order_by("position").values(item=item)


def _attribution(reader: Reader) -> Any:
    uid = Case(When(attribution__gone=False, then=F("attribution__uid")), output_field=_TEXT)
    if reader == Reader.EDITOR:
        return uid
    voices = ClaimVoice.objects.annotate(head=Coalesce("speaker__canonical", "speaker"))
    own = Coalesce(OuterRef("attribution__speaker__canonical"), OuterRef("attribution__speaker"))
    return Case(When(Exists(voices.filter(claim=OuterRef("pk"), head=own)), then=uid))
