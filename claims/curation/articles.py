"""Rulings on articles: date, outlet, headline, who may see it. The text is never among them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.db import transaction

from claims import gate
from claims.columns import offer, standing_rulings
from claims.curation.review import checked_edtf
from claims.curation.rulings import Outcome, finish, locked, put
from claims.history import Batch, Stale, record
from claims.models import Article, Claim, Outlet, Ruling
from corpus.dating import Published
from corpus.edtf import bounds
from corpus.extract import redate_claim

FIELDS = ("published", "outlet", "headline", "byline", "section", "url", "language", "visibility")
_LONGEST = {"headline": 500, "byline": 300, "section": 100, "language": 10}


@transaction.atomic
def correct(article: Article, fields: Mapping[str, Any], *, actor: User, version: int) -> Outcome:
    """Rule on fields of an article: `published` is EDTF or empty, `outlet` an id or None.

    With a new publication date every relative date in the article is resolved anew at once;
    claims that people ruled on keep their values and ask to be confirmed where it differs.

    Raises:
        Stale: if the article no longer has `version`; its `fields` show both values.
        Refused: for an unknown field, a value that makes no sense, or an outlet that already
            has an article with this text.
    """
    checked = {field: _checked(field, value) for field, value in fields.items()}
    row = Article.objects.select_for_update().get(pk=article.pk)
    stored = {field: _stored(row, field) for field in checked}
    wanted = {field: value for field, value in checked.items() if value != stored[field]}
    if row.version != version:
        raise Stale(row, {field: (wanted[field], stored[field]) for field in wanted})
    batch = Batch.begin("correct article", actor)
    if not wanted:
        return Outcome(batch.uid, 0, 1)
    _check_outlet(row, wanted)
    columns = _columns(wanted)
    before = {name: getattr(row, name) for name in columns}
    _rule(batch, row, wanted)
    write(row, columns)
    record([batch.entry(row, before | {"version": version}, columns | {"version": row.version})])
    follow(batch, row, redate="published" in wanted)
    return Outcome(batch.uid, 1, 0)


def write(article: Article, columns: Mapping[str, Any]) -> None:
    """Set columns of a locked article and raise its version."""
    for name, value in columns.items():
        setattr(article, name, value)
    article.version += 1
    article.save(update_fields=[*columns, "version"])


def follow(batch: Batch, article: Article, *, redate: bool) -> Outcome:
    """Bring an article's claims in line with it: outlet, dates, visibility; log what changed."""
    claims = locked(Claim.objects.filter(article=article))
    for claim in claims:
        claim.article = article
    machine: dict[int, dict[str, Any]] = {}
    if redate:
        ruled = standing_rulings(claims)
        published = Published(
            edtf=article.published or None,
            earliest=article.published_earliest,
            latest=article.published_latest,
            basis="given",
        )
        machine = put(
            [
                claim
                for claim in claims
                if claim.machine.get("calendar") or claim.machine.get("scope")
            ],
            lambda claim: offer(
                claim,
                redate_claim(claim.machine, published),
                claim.machine_chain,
                ruled=claim.pk in ruled,
            ),
        )
    return finish(batch, claims, machine=machine)


def _checked(field: str, value: Any) -> Any:
    if field not in FIELDS:
        raise gate.Refused(f"{field}: not a field of an article that can be corrected")
    if field == "published":
        return checked_edtf(field, value)
    if field == "visibility" and value not in Article.Visibility.values:
        raise gate.Refused(f"visibility: {value!r} is not one of draft, public, withdrawn")
    if field == "url" and value and urlsplit(value).scheme not in {"http", "https"}:
        raise gate.Refused("url: only http and https addresses are kept")
    if field in _LONGEST:
        return gate.line(field, value, longest=_LONGEST[field])
    return gate.data(field, value)


def _stored(article: Article, field: str) -> Any:
    return article.outlet_id if field == "outlet" else getattr(article, field)


def _check_outlet(article: Article, wanted: Mapping[str, Any]) -> None:
    if "outlet" not in wanted:
        return
    if wanted["outlet"] and not Outlet.objects.filter(pk=wanted["outlet"]).exists():
        raise gate.Refused(f"outlet: there is none with id {wanted['outlet']}")
    twins = Article.objects.filter(text_sha256=article.text_sha256, outlet=wanted["outlet"])
    if twin := twins.exclude(pk=article.pk).first():
        raise gate.Refused(f"outlet: it already has an article with this text, {twin.uid}")


def _columns(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that go with the fields: bounds and basis."""
    columns = {("outlet_id" if name == "outlet" else name): wanted[name] for name in wanted}
    if "outlet" in wanted:
        columns["outlet_basis"] = Article.Basis.EDITOR.value
    if "published" in wanted:
        edtf = wanted["published"]
        earliest, latest = bounds(edtf) if edtf else (None, None)
        columns |= {
            "published_earliest": earliest,
            "published_latest": latest,
            "published_basis": Article.Basis.EDITOR.value,
            "published_evidence": None,
            "published_confidence": 1.0 if edtf else 0.0,
        }
    return columns


def _rule(batch: Batch, article: Article, wanted: Mapping[str, Any]) -> None:
    standing = {
        ruling.field: ruling for ruling in article.rulings.standing().filter(field__in=wanted)
    }
    Ruling.objects.filter(pk__in=[ruling.pk for ruling in standing.values()]).update(standing=False)
    Ruling.objects.bulk_create(
        Ruling(
            article=article,
            field=field,
            value=value,
            replaced=standing.get(field),
            batch=batch.uid,
            actor=batch.actor,
        )
        for field, value in wanted.items()
    )
