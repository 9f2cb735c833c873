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


def _words(reader: Reader) -> dict[str, Any]:
    if reader == Reader.EDITOR:
        return {}
    hidden = Q(article__outlet__text_policy=Outlet.TextPolicy.NONE)
    return {
        name: Case(When(hidden, then=None), default=Filled(name), output_field=_TEXT)
        for name in ("surface", "passage")
    }


def _voices(reader: Reader) -> dict[str, Any]:
    confirmed = Q(voice_status=Claim.VoiceStatus.CONFIRMED)
    told: dict[str, Any] = {
        "voice": F("voice"),
        "chain": Cast(JsonList(_chain(reader)), TextField()),
        "attribution": _attribution(reader),
    }
    for name in ("speaker", "ultimate"):
        told |= named(name, reader)
    label = Case(
        When(confirmed, then=Value(export.CONFIRMED_LABEL)),
        default=Value(export.UNVERIFIED_LABEL),
        output_field=_TEXT,
    )
    if reader > Reader.EVERYBODY:
        return told | {"voice_label": label}
    hidden = {"chain": Value("[]")}
    told |= {"voice_label": label}
    return {
        name: Case(When(confirmed, then=one), default=hidden.get(name), output_field=_TEXT)
        for name, one in told.items()
    }


def named(path: str, reader: Reader) -> dict[str, Any]:
    """Return the name and uid a reader is told of the speaker at `path`: `path`, `path_uid`."""
    uid = Coalesce(f"{path}__canonical__uid", f"{path}__uid")
    name = Coalesce(f"{path}__canonical__name", f"{path}__name")
    if reader == Reader.EDITOR:
        return {path: name, f"{path}_uid": uid}
    public = Q(**{f"{path}__canonical__is_public": True}) | Q(
        **{f"{path}__canonical": None, f"{path}__is_public": True}
    )
    return {
        path: Case(When(public, then=name), default=F(f"{path}__name"), output_field=_TEXT),
        f"{path}_uid": Case(When(public, then=uid)),
    }


def _chain(reader: Reader) -> Any:
    known = named("speaker", reader)
    item = JSONObject(
        uid=known["speaker_uid"],
        name=known["speaker"],
        kind=Coalesce("speaker__canonical__kind", "speaker__kind"),
        written=F("speaker__name"),
    )
    return ClaimVoice.objects.filter(claim=OuterRef("pk")).order_by("position").values(item=item)


def _attribution(reader: Reader) -> Any:
    uid = Case(When(attribution__gone=False, then=F("attribution__uid")), output_field=_TEXT)
    if reader == Reader.EDITOR:
        return uid
    voices = ClaimVoice.objects.annotate(head=Coalesce("speaker__canonical", "speaker"))
    own = Coalesce(OuterRef("attribution__speaker__canonical"), OuterRef("attribution__speaker"))
    return Case(When(Exists(voices.filter(claim=OuterRef("pk"), head=own)), then=uid))
