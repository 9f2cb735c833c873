"""What everybody sees of a claim, and the record of each change of it.

`claims.columns` writes the record wherever it changes columns, so that no way of changing a claim
can do without it; `claims.versions` and `claims.corrections` read it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import OuterRef, Q, Subquery

from claims import batch
from claims.models import Byline, Claim, ClaimVoice, PublicChange
from claims.statements import Among, Given, Written

VALUE: Final = (
    *("kind", "value", "low", "high", "comparator", "vague", "unit", "per", "change", "edtf"),
)
"""Columns that say which figure is stated: a change of them is a correction."""

AROUND: Final = (
    *("concept", "modality", "unresolved", "scope_edtf", "scope_place"),
    *("start", "end", "sentence_start", "sentence_end"),
)
"""Columns that everybody sees beside them."""

VOICE: Final = ("voice", "chain", "speaker_id", "ultimate_id", "attribution_id")
"""Columns that say whose words it is: seen where an editor confirmed them."""

_CONFIRMED: Final = {"voice_status": Claim.VoiceStatus.CONFIRMED.value}
_CORRECTS: Final = {*VALUE, "voice", "chain", "speaker_id", "ultimate_id"}

_TOLD = Written(
    lambda: PublicChange.objects.filter(claim__in=Among("claims")).order_by().values_list("claim")
)
_CHAINS = Written(
    lambda: (
        ClaimVoice.objects.filter(claim__in=Among("claims"))
        .order_by("claim", "position")
        .values_list("claim", "speaker")
    )
)
_BYLINE = Written(lambda: Byline.objects.filter(user=Given("user")).values_list("name"))

Row = tuple[Claim, Mapping[str, Any], Mapping[str, Any]]
"""A stored claim, and its columns before and after a change, as far as they differ."""


def seen(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return what everybody sees of a public claim with these columns, without what is empty."""
    names = (*VALUE, *AROUND)
    confirmed = _CONFIRMED.items() <= columns.items()
    found = {name: columns[name] for name in (*names, *(VOICE if confirmed else ()))}
    kept = {name: value for name, value in found.items() if not _is_empty(value)}
    return kept | (_CONFIRMED if confirmed else {})


def note(rows: Iterable[Row], by: User | None) -> None:
    """Record what changed for everybody in stored claims; `by` None means the engine.

    A handful of statements where anything did, however many rows; none where nothing did.
    """
    told = [row for row in rows if _was_public(row) or row[0].is_public]
    if not told:
        return
    appearing = [row[0].pk for row in told if not _was_public(row)]
    chained = chains({row[0].pk for row in told} - set(appearing))
    known = {pk for (pk,) in _TOLD(claims=appearing)} if appearing else set()
    byline = _byline(by)
    origin = PublicChange.Origin.EDITOR if by else PublicChange.Origin.ENGINE
    made = (_change(row, chained[row[0].pk], row[0].pk in known) for row in told)
    batch.insert(
        [
            PublicChange(**change, origin=origin, byline=byline)
            for change in made
            if change is not None
        ]
    )


def out_of_step() -> Iterator[str]:
    """Yield the claims of which the record tells that everybody sees them, or not, and is wrong."""
    last = PublicChange.objects.filter(claim=OuterRef("pk")).order_by("-id").values("kind")[:1]
    rows: Any = Claim.objects.annotate(last=Subquery(last)).order_by("pk")
    withdrawn = Q(last=PublicChange.Kind.WITHDRAWN)
    shown = Q(last__isnull=False) & ~withdrawn
    for pk in rows.filter(withdrawn, is_public=True).values_list("pk", flat=True):
        yield f"claim {pk} is public; the record of what everybody saw has it withdrawn"
    for pk in rows.filter(shown, is_public=False).values_list("pk", flat=True):
        yield f"claim {pk} is not public; the record of what everybody saw has it shown"


def columns_of(claim: Claim, chain: Collection[int]) -> dict[str, Any]:
    """Return the columns of a claim that `seen` looks at; `chain` holds its speakers' ids."""
    names = (*VALUE, *AROUND, *VOICE, *_CONFIRMED)
    stored = {name: getattr(claim, name) for name in names if name != "chain"}
    return stored | {"chain": list(chain)}


def chains(claims: Collection[int]) -> dict[int, list[int]]:
    """Return the ids of the speakers of claims, nearest first; one query, if any are asked for."""
    found: dict[int, list[int]] = defaultdict(list)
    for claim, speaker in _CHAINS(claims=claims) if claims else ():
        found[claim].append(speaker)
    return found


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value in ("", [])


def _was_public(row: Row) -> bool:
    claim, before, _ = row
    return bool(before.get("is_public", claim.is_public))


def _change(row: Row, chain: list[int], known: bool) -> dict[str, Any] | None:
    """Return the columns of the record of one change; None if nobody sees a difference."""
    claim, before, _ = row
    told: dict[str, Any] = {"claim": claim, "version": claim.version}
    if not _was_public(row):
        kinds = PublicChange.Kind
        return told | {"kind": kinds.RESTORED if known else kinds.PUBLISHED}
    now = columns_of(claim, chain)
    was = now | {name: value for name, value in before.items() if name in now}
    if not claim.is_public:
        return told | {"kind": PublicChange.Kind.WITHDRAWN, "before": seen(was)}
    old, new = seen(was), seen(now)
    differ = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    if not differ:
        return None
    sides = {"before": old, "after": new}
    return told | {
        "kind": _kind(old, differ),
        **{side: {n: state[n] for n in differ if n in state} for side, state in sides.items()},
    }


def _kind(old: Mapping[str, Any], differ: Collection[str]) -> str:
    """Tell a correction from a revision: a voice that was not shown before corrects nothing."""
    fields = _CORRECTS if _CONFIRMED.items() <= old.items() else {*VALUE}
    corrects = not fields.isdisjoint(differ)
    return PublicChange.Kind.CORRECTED if corrects else PublicChange.Kind.REVISED


def _byline(by: User | None) -> str:
    if by is None:
        return ""
    (name,) = _BYLINE.first(user=by.pk) or ("",)
    return name
