"""What the API sends of stored rows: plain values, few statements per list, no text of articles."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, JSONObject

from claims import export, identity, successors
from claims.curation import identities
from claims.filters.readers import (
    Reader,
    attributions_for,
    claims_for,
    members_for,
    roles_for,
    shows_identity,
)
from claims.filters.reviewed import with_review
from claims.models import (
    Alias,
    Article,
    ArticleText,
    Attribution,
    Claim,
    Evidence,
    Note,
    Outlet,
    Role,
    Run,
    Speaker,
    Topic,
)
from claims.models.article import ArticleQuerySet
from claims.models.claim import ClaimQuerySet
from claims.statements import RowsById

Row = dict[str, Any]

MOST = 200
"""Merged uids, names and roles of one speaker that are sent."""

_AS_STORED = (
    *("uid", "visibility", "headline", "byline", "section", "outlet_basis", "url", "language"),
    *("published", "published_earliest", "published_latest", "published_basis"),
    *("published_confidence", "text_sha256", "review"),
)
_POLICY = "outlet__text_policy"
_BESIDE = ("found_evidence", "found_notes")
_NOTE = ("uid", "text", "byline")
_EVIDENCE = ("uid", "relation", "url", "start", "end", "quotation", "retrieved")
_SOURCE = ("article__uid", "article__visibility", f"article__{_POLICY}", "byline")


def claim(rows: ClaimQuerySet, reader: Reader) -> Row | None:
    """Return one claim, with the evidence and notes on it that were approved."""
    row = next(iter(_IN_FULL[reader](rows.ids())), None)
    if row is None:
        return None
    brought, notes = (sorted(row[name], key=itemgetter("id")) for name in _BESIDE)
    return export.told(row, reader) | {
        "evidence": [_evidence(one, reader) for one in brought],
        "notes": [{name: one[name] for name in _NOTE} for one in notes],
    }


def _in_full(claims: ClaimQuerySet) -> Any:
    sentence = {"sentence_start__lte": OuterRef("start"), "sentence_end__gte": OuterRef("end")}
    shown = claims_for(Reader.EVERYBODY).filter(article=OuterRef("article"), **sentence)
    beside = {
        "found_evidence": Evidence.objects.approved().values(
            item=JSONObject(passage=Exists(shown), **_named_so(*_EVIDENCE, *_SOURCE))
        ),
        "found_notes": Note.objects.approved().values(item=JSONObject(**_named_so(*_NOTE))),
    }
    return export.stored(claims).annotate(
        **{
            name: export.JsonList(found.filter(claim=OuterRef("pk")).order_by())
            for name, found in beside.items()
        }
    )


def _named_so(*names: str) -> dict[str, str]:
    return {name: name for name in ("id", *names)}


def _all_in_full(reader: Reader) -> Any:
    """Return every claim that a reader may see, and to an editor those that are gone as well."""
    return _in_full(Claim.objects.all() if reader == Reader.EDITOR else claims_for(reader))


_IN_FULL = {reader: RowsById(partial(_all_in_full, reader)) for reader in Reader}


def _evidence(row: Mapping[str, Any], reader: Reader) -> Row:
    """Return evidence; words of an article here as far as the reader may see them."""
    shown = {name: row[name] or None for name in ("uid", "relation", "url", "quotation")}
    shown |= {name: row[name] for name in ("start", "end")}
    shown["retrieved"] = row["retrieved"] and date.fromisoformat(row["retrieved"])
    shown |= {"article": row["article__uid"], "byline": row["byline"]}
    if reader < Reader.EDITOR and row["article__uid"]:
        if row["article__visibility"] != Article.Visibility.PUBLIC:
            shown |= dict.fromkeys(("article", "start", "end", "quotation"))
        elif not _is_public(row):
            shown["quotation"] = None
    return shown


def _is_public(row: Mapping[str, Any]) -> bool:
    """Tell whether everybody may read the words of evidence, by the policy of their outlet.

    Where a sentence is shown for its claims, that is within the sentence of a public one.
    """
    policy = row[f"article__{_POLICY}"]
    if policy == Outlet.TextPolicy.FULL:
        return True
    return policy != Outlet.TextPolicy.NONE and bool(row["passage"])


def articles(rows: ArticleQuerySet, reader: Reader) -> Iterator[Row]:
    """Yield articles without their words."""
    for row in with_review(rows).values(*_AS_STORED, "outlet__name", _POLICY):
        yield _article(row)


def article(rows: ArticleQuerySet, reader: Reader) -> Row | None:
    """Return one article, with its text if the outlet's policy or the reader's rights allow it."""
    text = ArticleText.objects.filter(article=OuterRef("pk")).values("text")
    if reader < Reader.EDITOR:
        text = text.filter(article__outlet__text_policy=Outlet.TextPolicy.FULL)
    found = with_review(rows).annotate(shown=Subquery(text))
    row = found.values(*_AS_STORED, "outlet__name", _POLICY, "shown", "parts").first()
    return row and _article(row) | {"text": row["shown"], "parts": row["parts"]}


def speakers(rows: QuerySet[Speaker], reader: Reader) -> Iterator[Row]:
    """Yield speakers; only a voice that stays in its article names it."""
    for row in rows.values("uid", "name", "kind", "article__uid"):
        yield _named(row)


def speaker(rows: QuerySet[Speaker], reader: Reader) -> Row | None:
    """Return one speaker with all names and roles of the rows that are one voice with it."""
    found = rows.values("pk", "uid", "name", "kind", "article__uid").first()
    if found is None:
        return None
    pk = found["pk"]
    merged = members_for(reader).filter(canonical=pk).order_by("pk")
    rows_of = Speaker.objects.under([pk]).values("pk")
    aliases = Alias.objects.filter(speaker__in=rows_of).order_by("form", "pk")
    return _named(found) | {
        "aliases": list(aliases.values("form", "kind")[:MOST]),
        "also_written": sorted(
            set(merged.values_list("name", flat=True).distinct().order_by("name")[:MOST])
            - {found["name"]}
        ),
        "roles": list(_roles(roles_for(reader).filter(speaker__in=rows_of))),
        "merged": list(merged.values_list("uid", flat=True)[:MOST]),
        "merged_count": merged.count(),
        "candidates": _candidates(pk) if reader == Reader.EDITOR else None,
    }


def canonical_uid(uid: str, reader: Reader) -> str | None:
    """Return the uid of the speaker that a merged one is shown as, if the reader may see it."""
    merged = Speaker.objects.filter(uid=uid).values("pk")
    found = successors.of_speakers(merged, reader)
    return next((uids[0] for uids in found.values()), None)


def articles_now(uid: str, reader: Reader) -> list[str]:
    """Return the uids of the articles that hold the words of a superseded one now, if visible."""
    return _now(Article, successors.of_articles, uid, reader)


def claims_now(uid: str, reader: Reader) -> list[str]:
    """Return the uid of the claim that took the place of one, in a list; empty if hidden."""
    return _now(Claim, successors.of_claims, uid, reader)


def _now(
    model: type[Model], of: Callable[..., successors.Found], uid: str, reader: Reader
) -> list[str]:
    pk = model._default_manager.filter(uid=uid).values_list("pk", flat=True).first()
    return [] if pk is None else of([pk], reader).get(pk, [])


def _named(row: Mapping[str, Any]) -> Row:
    local = row["kind"] in Speaker.UNNAMED
    named: Row = {name: row[name] for name in ("uid", "name", "kind")}
    return named | {"article": row["article__uid"] if local else None}


def _roles(rows: QuerySet[Role]) -> Iterator[Row]:
    for row in identity.roles(rows, MOST):
        yield {name: row[name] or None for name in ("title", "organisation", "held", "origin")} | {
            name: row[name] for name in ("seen", "articles")
        }


def _candidates(pk: int) -> list[Row]:
    return [
        {"uid": other.uid, "name": other.name, "score": row.score, "reasons": row.reasons}
        for other, row in identities.candidates_of(Speaker.objects.get(pk=pk))
    ]


def attributions(rows: QuerySet[Attribution], reader: Reader) -> Iterator[Row]:
    """Yield attributions, in two statements; a parent that the reader may not see is null."""
    plain = ("uid", "manner", "source", "cue", "content", "mention", "said_when", "score", "tier")
    who = {
        name: Coalesce(f"speaker__canonical__{name}", f"speaker__{name}")
        for name in ("uid", "name", "kind", "is_public")
    }
    shown = rows.annotate(**{f"by_{name}": found for name, found in who.items()})
    names = [f"by_{name}" for name in who]
    found = list(shown.values(*plain, "parent", "article__uid", "speaker__name", *names))
    parents = attributions_for(reader).filter(pk__in={row["parent"] for row in found} - {None})
    uids = dict(parents.values_list("pk", "uid"))
    for row in found:
        yield {name: row[name] for name in plain} | {
            "article": row["article__uid"],
            "speaker": _speaker(row, reader),
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


def outlets(rows: QuerySet[Outlet], reader: Reader) -> Iterator[Row]:
    """Yield outlets."""
    for row in rows.values("id", "name", "domain", "kind", "country", "text_policy"):
        yield row | {name: row[name] or None for name in ("domain", "country")}


def runs(rows: QuerySet[Run], reader: Reader) -> Iterator[Row]:
    """Yield runs; their counts and errors, which tell of drafts too, are for editors."""
    hidden = {} if reader == Reader.EDITOR else {"counts": None, "errors": None}
    names = ("id", "origin", "engine", "config_hash", "tier", "figures_only")
    for row in rows.values(*names, "started", "ended", "counts", "errors"):
        yield row | hidden


def _article(row: Mapping[str, Any]) -> Row:
    shown = {name: None if row[name] == "" else row[name] for name in _AS_STORED}
    return shown | {"outlet": row["outlet__name"], "text_policy": row[_POLICY]}


def _speaker(row: Mapping[str, Any], reader: Reader) -> Row | None:
    """Return a voice under its canonical name; one without a public identity as it is written."""
    if row["by_uid"] is None:
        return None
    known = shows_identity(reader, row["by_is_public"])
    return {
        "uid": row["by_uid"] if known else None,
        "name": row["by_name"] if known else row["speaker__name"],
        "kind": row["by_kind"],
        "written": row["speaker__name"],
    }
