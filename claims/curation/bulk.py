"""One ruling on thousands of claims: decided as for one, written in a handful of statements.

Claims that nobody ruled on fall into groups that any ruling treats alike. One claim of each group,
and every claim that people ruled on, goes through the very function that rules on single claims;
what that wrote for the one is copied for the rest of its group. So what a ruling means is decided
in one place, and the log has an entry for each claim as ever.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection, models, transaction
from django.db.models import Exists, F, OuterRef, Q

from claims.curation.rulings import Outcome
from claims.models import Article, Change, Claim, PublicChange, Ruling
from claims.models.claim import ClaimQuerySet

MOST: Final = 10_000
"""Claims that one action may rule on; it is one transaction and one step to undo."""

Act = Callable[[ClaimQuerySet], Outcome]
"""A ruling on claims, with all but the claims bound."""

_ALIKE: Final = (
    *("status", "voice_status", "second", "is_public", "to_confirm", "gone", "orphaned"),
    *("article__visibility", "kind", "voice", "speaker__kind", "ultimate__kind"),
)
"""All that a ruling on status or voice may depend on where nobody ruled before."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """What a bulk action did: the outcome over all claims, and claims it left as they are."""

    outcome: Outcome
    skipped: list[int] = field(default_factory=list)


def chosen(claims: ClaimQuerySet) -> dict[int, int]:
    """Return the versions of claims by id, of at most `MOST` and one more."""
    return dict(claims.order_by("pk").values_list("pk", "version")[: MOST + 1])


@transaction.atomic
def rule_on(act: Act, seen: Mapping[int, int]) -> Bulk:
    """Let `act` rule on claims; `seen` holds the versions the editor saw, by id.

    Claims that have another version now, or are no more, are left as they are and listed. For
    the rulings of `claims.curation.review` on status and voice review only: what others write
    differs from claim to claim.

    Raises:
        Refused: what `act` raises; nothing was changed.
    """
    groups, alone, skipped = _sorted(_locked(seen), seen)
    first = [members[0] for members in groups]
    outcome = act(Claim.objects.filter(pk__in=[*first, *alone]))
    entries = {
        entry.object_id: entry
        for entry in Change.objects.filter(batch=outcome.batch, object_type="claim")
    }
    changed = outcome.changed
    for members in groups:
        entry, rest = entries.get(members[0]), members[1:]
        if rest and entry:
            _copy(entry, rest)
            changed += len(rest)
    unchanged = len(seen) - len(skipped) - changed
    return Bulk(Outcome(outcome.batch, changed, unchanged), skipped)


@transaction.atomic
def one_by_one(act: Act, seen: Mapping[int, int]) -> Bulk:
    """Let any ruling be made on claims as `rule_on` does, without its short cut."""
    rows = _locked(seen)
    same = [row["pk"] for row in rows if row["version"] == seen[row["pk"]]]
    outcome = act(Claim.objects.filter(pk__in=same))
    return Bulk(outcome, sorted(seen.keys() - set(same)))


def _locked(seen: Collection[int]) -> list[dict[str, Any]]:
    """Lock articles, then claims; return what tells which claims are alike."""
    wanted = Claim.objects.filter(pk__in=seen)
    if connection.features.has_select_for_update:  # where there is none, one writer is at work
        articles = Article.objects.filter(pk__in=wanted.values("article")).order_by("pk")
        list(articles.select_for_update(no_key=True).values_list("pk"))
        list(wanted.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    ruled = Ruling.objects.standing().filter(claim=OuterRef("pk"))
    touched = Exists(ruled) | Q(newer__isnull=False) | Q(missing=True)
    rows = wanted.order_by("pk").annotate(touched=touched)
    return list(rows.values("pk", "version", "touched", *_ALIKE))


def _sorted(
    rows: Sequence[Mapping[str, Any]], seen: Mapping[int, int]
) -> tuple[list[list[int]], list[int], list[int]]:
    """Return groups of claims that are alike, claims to rule on by themselves, others."""
    groups: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    alone, same = [], set()
    for row in rows:
        if row["version"] != seen[row["pk"]]:
            continue
        same.add(row["pk"])
        if row["touched"]:
            alone.append(row["pk"])
        else:
            groups[tuple(row[name] for name in _ALIKE)].append(row["pk"])
    return list(groups.values()), alone, sorted(seen.keys() - same)


def _copy(entry: Change, rest: Sequence[int]) -> None:
    """Write for other claims what was written for the one of `entry`: rulings, log, columns."""
    rulings = Ruling.objects.filter(batch=entry.batch, claim=entry.object_id)
    for pk in list(rulings.values_list("pk", flat=True)):
        _insert(Ruling, pk, rest, {"claim_id": "claim.id", "run_seen_id": "claim.last_run_id"})
    step = entry.after["version"] - entry.before["version"]
    copied = {
        "object_id": "claim.id",
        "object_name": "substr(claim.surface, 1, 200)",
        "before": _versioned("before", 0),
        "after": _versioned("after", step),
    }
    _insert(Change, entry.pk, rest, copied)
    for pk in PublicChange.objects.filter(
        claim=entry.object_id, version=entry.after["version"]
    ).values_list("pk", flat=True):
        _insert(PublicChange, pk, rest, _first_shown(step))
    columns = {name: value for name, value in entry.after.items() if name != "version"}
    _of(rest).update(**columns, version=F("version") + step)


def _first_shown(step: int) -> dict[str, str]:
    """Return what differs in the record that claims are public now; untouched ones were not."""
    earlier = f"SELECT 1 FROM {PublicChange._meta.db_table} one WHERE one.claim_id = claim.id"
    kind = f"CASE WHEN EXISTS ({earlier}) THEN 'restored' ELSE 'published' END"
    return {"claim_id": "claim.id", "version": f"claim.version + {step}", "kind": kind}


def _of(claims: Sequence[int]) -> ClaimQuerySet:
    return Claim.objects.filter(pk__in=claims)


def _insert(
    model: type[models.Model], pk: int, claims: Sequence[int], instead: Mapping[str, str]
) -> None:
    """Copy a row once for each claim, with some columns taken from the claim `instead`."""
    fields = [one for one in model._meta.concrete_fields if not one.primary_key]
    names = [str(one.column) for one in fields]
    quoted = {name: connection.ops.quote_name(name) for name in names}
    values = [instead.get(name, f"model.{quoted[name]}") for name in names]
    table, others = model._meta.db_table, Claim._meta.db_table
    marks = ", ".join(["%s"] * len(claims))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(quoted.values())}) SELECT {', '.join(values)} "
            f"FROM {table} model, {others} claim WHERE model.id = %s AND claim.id IN ({marks})",
            [pk, *claims],
        )


def _versioned(column: str, step: int) -> str:
    """Return SQL for a JSON column with the claim's own version in it, so many steps on."""
    version = f"claim.version + {step}"
    if connection.vendor == "postgresql":
        return f"jsonb_set(model.{column}, '{{version}}', to_jsonb({version}))"
    return f"json_set(model.{column}, '$.version', {version})"
