"""What the API sends of stored rows: plain values, few statements per list, no text of articles."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from claims.filters.readers import Reader, attributions_for, shows_identity
from claims.models import Article, ArticleText, Attribution, Outlet, Run, Speaker, Topic

Row = dict[str, Any]

_AS_STORED = (
    *("uid", "visibility", "headline", "byline", "section", "outlet_basis", "url", "language"),
    *("published", "published_earliest", "published_latest", "published_basis"),
    *("published_confidence", "text_sha256"),
)
_POLICY = "outlet__text_policy"


def articles(rows: QuerySet[Article], reader: Reader) -> Iterator[Row]:
    """Yield articles without their words."""
    for row in rows.values(*_AS_STORED, "outlet__name", _POLICY):
        yield _article(row)


def article(rows: QuerySet[Article], reader: Reader) -> Row | None:
    """Return one article, with its text if the outlet's policy or the reader's rights allow it."""
    text = ArticleText.objects.filter(article=OuterRef("pk")).values("text")
    if reader < Reader.EDITOR:
        text = text.filter(article__outlet__text_policy=Outlet.TextPolicy.FULL)
    found = rows.annotate(shown=Subquery(text))
    row = found.values(*_AS_STORED, "outlet__name", _POLICY, "shown", "parts").first()
    return row and _article(row) | {"text": row["shown"], "parts": row["parts"]}


def speakers(rows: QuerySet[Speaker], reader: Reader) -> Iterator[Row]:
    """Yield speakers."""
    for uid, name, kind, only in rows.values_list("uid", "name", "kind", "article__uid"):
        yield {"uid": uid, "name": name, "kind": kind, "article": only}


def speaker(rows: QuerySet[Speaker], reader: Reader) -> Row | None:
    """Return one speaker with other names and roles, in three statements."""
    found = rows.select_related("article").prefetch_related("aliases", "roles").first()
    if found is None:
        return None
    return {
        "uid": found.uid,
        "name": found.name,
        "kind": found.kind,
        "article": found.article.uid if found.article else None,
        "aliases": [{"form": alias.form, "kind": alias.kind} for alias in found.aliases.all()],
        "roles": [
            {
                "title": role.title,
                "organisation": role.organisation or None,
                "held": role.held or None,
            }
            for role in found.roles.all()
        ],
    }


def attributions(rows: QuerySet[Attribution], reader: Reader) -> Iterator[Row]:
    """Yield attributions, in two statements; a parent that the reader may not see is null."""
    plain = ("uid", "manner", "source", "cue", "content", "mention", "said_when", "score", "tier")
    who = ("uid", "name", "kind", "privacy")
    found = list(
        rows.values(*plain, "parent", "article__uid", *(f"speaker__{name}" for name in who))
    )
    parents = attributions_for(reader).filter(pk__in={row["parent"] for row in found} - {None})
    uids = dict(parents.values_list("pk", "uid"))
    for row in found:
        yield {name: row[name] for name in plain} | {
            "article": row["article__uid"],
            "speaker": _speaker({name: row[f"speaker__{name}"] for name in who}, reader),
            "parent": uids.get(row["parent"]),
            "said_when": row["said_when"] or None,
        }


def topics(rows: QuerySet[Topic], reader: Reader) -> Iterator[Row]:
    """Yield topics."""
    above = Concat("parent__scheme", Value(":"), "parent__code")
    keyed = rows.annotate(key=Concat("scheme", Value(":"), "code"), above=above)
    plain = ("id", "key", "scheme", "code", "label")
    for row in keyed.values(*plain, "above", "parent"):
        named: Row = {name: row[name] for name in plain}
        yield named | {"parent": row["above"] if row["parent"] else None}


def runs(rows: QuerySet[Run], reader: Reader) -> Iterator[Row]:
    """Yield runs; their counts and errors, which tell of drafts too, are for editors."""
    hidden = {} if reader == Reader.EDITOR else {"counts": None, "errors": None}
    names = ("id", "origin", "engine", "config_hash", "tier", "started", "ended")
    for row in rows.values(*names, "counts", "errors"):
        yield row | hidden


def _article(row: Mapping[str, Any]) -> Row:
    shown = {name: None if row[name] == "" else row[name] for name in _AS_STORED}
    return shown | {"outlet": row["outlet__name"], "text_policy": row[_POLICY]}


def _speaker(row: Mapping[str, Any], reader: Reader) -> Row | None:
    if row["uid"] is None:
        return None
    known = shows_identity(reader, row["kind"], row["privacy"])
    return {"uid": row["uid"] if known else None, "name": row["name"], "kind": row["kind"]}
