"""Public corrections: what a reader who relied on a claim must know, newest first.

A claim that is public is corrected (another value or voice), withdrawn, or shown again. Of claims
that a reader may not see now no words are told: that they were withdrawn, when, and what took
their place if that is public.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from claims import export, successors
from claims.filters.readers import Reader, claims_for
from claims.models import Claim, PublicChange
from claims.models.feed import PublicChangeQuerySet
from claims.versions import Version, told


@dataclass(frozen=True, slots=True)
class Correction:
    """One public correction.

    `row` is the claim as the reader sees it now, in the shape of `export.COLUMNS`; None if it is
    hidden. `successor` is then the uid of the claim with the same words in the article that took
    the place of its own, empty if the reader may not see that.
    """

    id: int
    uid: str
    version: Version
    row: dict[str, Any] | None
    successor: str


def listed() -> PublicChangeQuerySet:
    """Return all corrections, newest first: take a page of them and `read` it."""
    return PublicChange.objects.corrections().order_by("-id")


def read(changes: Iterable[PublicChange], reader: Reader) -> list[Correction]:
    """Return corrections as a reader may read them, in their order; five statements at most.

    Where claims are hidden two more, and one for each time that their articles were superseded.
    """
    found = list(changes)
    claims = Claim.objects.filter(pk__in={change.claim_id for change in found})
    uids = dict(claims.values_list("pk", "uid"))
    rows = {row["uid"]: row for row in export.rows(_seen(claims, reader), reader)}
    shown = {pk for pk, uid in uids.items() if uid in rows}
    now = successors.of_claims(uids.keys() - shown, reader)
    return [
        Correction(
            id=change.pk,
            uid=uids[change.claim_id],
            version=version,
            row=rows.get(uids[change.claim_id]),
            successor=next(iter(now.get(change.claim_id, ())), ""),
        )
        for change, version in zip(found, told(found, reader, shown=shown), strict=True)
    ]


def _seen(claims: Any, reader: Reader) -> Any:
    return claims_for(reader).filter(pk__in=claims.values("pk"))
