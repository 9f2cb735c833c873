"""Rulings on articles: date, outlet, headline, who may see it. The text is never among them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims import gate
from claims.columns import offer, standing_rulings
from claims.curation import records
from claims.curation.review import checked_edtf
from claims.curation.rulings import Outcome, finish, locked, locked_articles, put
from claims.history import Batch, Stale, record
from claims.models import Article, Claim, Outlet, Ruling
from corpus.dating import Published
from corpus.edtf import bounds
from corpus.extract import redate_claim

FIELDS = (
    *("published", "outlet", "headline", "byline", "section", "url", "language", "visibility"),
    "complete",
)
_LONGEST = {"headline": 500, "byline": 300, "section": 100, "language": 10}


@transaction.atomic
def correct(article: Article, fields: Mapping[str, Any], *, actor: User, version: int) -> Outcome:
    """Rule on fields of an article: `published` is EDTF or empty, `outlet` an id or None.

    With a new publication date every relative date in the article is resolved anew at once;
    claims that people ruled on keep their values and ask to be confirmed where it differs.

    Raises:
        Stale: if the article no longer has `version`; its `fields` show both values.
        Refused: for an unknown field, a value that makes no sense, an outlet that already has
            an article with this text, a visibility that `actor` may not change, or `complete`
            while a claim waits for a ruling.
    """
    checked = {field: _checked(field, value) for field, value in fields.items()}
    if "visibility" in checked and not actor.has_perm("claims.publish_article"):
        raise gate.Refused("visibility: only chief editors publish and withdraw")
    row = locked_articles(Article.objects.filter(pk=article.pk))[article.pk]
    stored = {field: _stored(row, field) for field in checked}
    wanted = {field: value for field, value in checked.items() if value != stored[field]}
    if row.version != version:
        raise Stale(row, {field: (wanted[field], stored[field]) for field in wanted})
    batch = Batch.begin("correct article", actor)
    if not wanted:
        return Outcome(batch.uid, 0, 1)
    _check_outlet(row, wanted)
    if wanted.get("complete") and (waiting := Claim.objects.queue().filter(article=row).count()):
        raise gate.Refused(f"complete: {waiting} of its claims wait for a ruling")
    columns = columns_of(wanted)
    before = {name: getattr(row, name) for name in columns}
    _rule(batch, row, wanted)
    records.write(row, columns)
    record([batch.entry(row, before | {"version": version}, columns | {"version": row.version})])
    claims = locked(Claim.objects.filter(article=row))
    for claim in claims:
        claim.article = row
    finish(batch, claims, machine=redate(row, claims) if "published" in wanted else {})
    return Outcome(batch.uid, 1, 0)


def redate(article: Article, claims: Sequence[Claim]) -> dict[int, dict[str, Any]]:
    """Resolve the relative dates of locked claims against their article's date, as it is now.

    What the engine said last is resolved anew; where people ruled on something else, it is
    offered to them. Returns what stood in the machine's fields before, as `put` does.
    """
    ruled = standing_rulings(claims)
    published = Published(
        edtf=article.published or None,
        earliest=article.published_earliest,
        latest=article.published_latest,
        basis="given",
    )

    def resolve(claim: Claim) -> None:
        last = claim.newer or {"finding": claim.machine, "chain": claim.machine_chain}
        finding = redate_claim(last["finding"], published)
        if finding != last["finding"]:
            offer(claim, finding, last["chain"], ruled=claim.pk in ruled)

    return put(claims, resolve)


def _checked(field: str, value: Any) -> Any:
    if field not in FIELDS:
        raise gate.Refused(f"{field}: not a field of an article that can be corrected")
    if field == "published":
        return checked_edtf(field, value)
    if field == "visibility" and value not in Article.Visibility.values:
        raise gate.Refused(f"visibility: {value!r} is not one of draft, public, withdrawn")
    if field == "outlet" and value is not None and type(value) is not int:
        raise gate.Refused("outlet: give its id, or nothing")
    if field == "complete" and not isinstance(value, bool):
        raise gate.Refused("complete: say whether it is, true or false")
    if field == "url":
        return gate.address(field, value)
    if field in _LONGEST:
        return gate.line(field, value, longest=_LONGEST[field])
    return value


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


def columns_of(wanted: Mapping[str, Any]) -> dict[str, Any]:
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
