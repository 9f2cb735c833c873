"""Rulings that hold for a successor too: on its claims, and on the article itself."""

from collections.abc import Mapping
from typing import Any, Final

from claims.curation import articles, second
from claims.curation.rulings import locked
from claims.history import Batch, record
from claims.models import Article, Claim, Ruling
from claims.succession.findings import moved_place
from claims.succession.heir import Heir
from claims.succession.voices import again, speaker_there

_CARRIED: Final = ("published", "outlet", "byline", "section", "url", "language")
"""Rulings on an article that hold for its successors; the headline is the words' own, and who may
see it is decided with the succession."""


def carry_article_rulings(batch: Batch, old: Article, to: Heir) -> None:
    """Let what people ruled on the old article hold for its heir, where nobody ruled on that."""
    heir = to.article
    own = set(heir.rulings.standing().values_list("field", flat=True))
    rulings = old.rulings.standing().filter(field__in=_CARRIED).exclude(field__in=own)
    made = [again(ruling, batch, article=heir) for ruling in rulings.order_by("pk")]
    wanted = {ruling.field: ruling.value for ruling in made}
    new = articles.columns_of(wanted)
    if not wanted:
        return
    Ruling.objects.bulk_create(made)
    before = {name: getattr(heir, name) for name in (*new, "version")}
    for name, value in new.items():
        setattr(heir, name, value)
    heir.version += 1
    heir.save(update_fields=[*new, "version"])
    if to.there:
        record([batch.entry(heir, before, new | {"version": heir.version})])
    if "published" in wanted:
        claims = locked(Claim.objects.filter(article=heir))
        for claim in claims:
            claim.article = heir
        articles.redate(heir, claims)


def carry_claim_rulings(
    batch: Batch, old: Article, heir: Heir, pairs: Mapping[int, Claim], voices: Mapping[int, int]
) -> None:
    """Let the rulings on old claims stand on the new ones, but not over later ones made there."""
    theirs = Ruling.objects.standing().filter(claim__in=[claim.pk for claim in pairs.values()])
    standing = {(ruling.claim_id, ruling.field): ruling for ruling in theirs}
    rulings = Ruling.objects.standing().filter(claim__in=pairs).select_related("replaced")
    made = []
    for ruling in rulings.order_by("pk"):
        claim = pairs[ruling.claim_id or 0]
        earlier = standing.get((claim.pk, ruling.field))
        value = _moved_value(ruling, claim, old, heir, voices)
        told = value is not None or ruling.value is None
        if told and (earlier is None or (earlier.pk < ruling.pk and earlier.value != value)):
            replaced = earlier or _other_side(ruling, batch, claim)
            made.append(again(ruling, batch, claim=claim, value=value, replaced=replaced))
    replaced_now = [ruling.replaced_id for ruling in made if ruling.replaced_id]
    Ruling.objects.filter(pk__in=replaced_now).update(standing=False)
    Ruling.objects.bulk_create(made)


def _other_side(ruling: Ruling, batch: Batch, claim: Claim) -> Ruling | None:
    """Return the ruling of the other editor in a second look: neither decides their dispute."""
    if ruling.field != second.FIELD or ruling.replaced is None:
        return None
    earlier = again(ruling.replaced, batch, claim=claim, standing=False)
    earlier.save()
    return earlier


def _moved_value(
    ruling: Ruling, claim: Claim, old: Article, heir: Heir, voices: Mapping[int, int]
) -> Any:
    """Return what a ruling says in the heir; None if it speaks of what is not there."""
    if ruling.field == "chain":
        return [speaker_there(pk, old, heir.article) for pk in ruling.value or []]
    value: Any = ruling.value
    if ruling.field == "attribution":
        return voices.get(value)
    if ruling.field == "span":
        return moved_place(value, claim.kind, heir.text, heir.shift, heir.lines)
    return value
