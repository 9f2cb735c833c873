"""Random samples: drawn, judged blind by two editors, settled where they differ, counted."""

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Q, QuerySet

from claims import gate
from claims.agreement import Kappa, Share, kappa, share
from claims.history import Batch, record
from claims.models import Claim, Coding, Outlet, Sample, SampleItem

LARGEST: Final = 5000
JUDGES: Final = 2
"""How many editors judge each item before anybody settles it."""
ALL: Final = "all"

Judgement = Coding.Judgement


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a report: items of one kind, or of all kinds, judged for figure or for voice.

    `agreed` counts the pairs of judges of one mind. `wrong` counts wrong readings among those
    settled: both judges of one mind, or a third judgement. What nobody can tell is not counted.
    """

    kind: str
    items: int
    agreed: Share
    kappa: Kappa | None
    wrong: Share


@dataclass(frozen=True, slots=True)
class Report:
    """What a sample shows: lines for figures and for voices, and how far judging is."""

    figures: list[Line]
    voices: list[Line]
    items: int
    judged: int
    open: int
    """Items whose judges differ and which nobody settled."""


@transaction.atomic
def draw(
    name: str,
    *,
    size: int,
    seed: int,
    actor: User,
    kind: str = "",
    outlet: Outlet | None = None,
    engine: str = "",
) -> Sample:
    """Draw `size` of the machine's current readings; all of them if there are fewer.

    Each claim has the same chance: they are ordered by a hash of seed and uid. `kind` is the
    machine's, so that readings whose kind an editor corrected are drawn as what they were.

    Raises:
        Refused: for a name that is taken or a size out of bounds, or if there is nothing to draw.
    """
    name = gate.line("name", name, longest=120)
    if not name or Sample.objects.filter(name=name).exists():
        raise gate.Refused("name: give one that no other sample has")
    if not 1 <= size <= LARGEST:
        raise gate.Refused(f"size: from 1 to {LARGEST:,}")
    rows = _to_draw_from(kind, outlet, engine)
    asked = {"kind": kind, "outlet": outlet, "engine": engine, "seed": seed, "size": size}
    sample = Sample(name=name, drawn_from=rows.count(), actor=actor, **asked)
    if not sample.drawn_from:
        raise gate.Refused("kind: no claim fits; nothing was drawn")
    sample.save()
    items = SampleItem.objects.bulk_create(_drawn(sample, rows), batch_size=500)
    record([Batch.begin("draw sample", actor).entry(sample, {}, {"size": len(items)})])
    return sample


def _to_draw_from(kind: str, outlet: Outlet | None, engine: str) -> QuerySet[Claim]:
    rows = Claim.objects.filter(gone=False, missing=False)
    rows = rows.filter(outlet=outlet) if outlet else rows
    rows = rows.filter(last_run__engine=engine) if engine else rows
    if not kind:
        return rows
    later = Q(newer__isnull=False, newer__finding__kind=kind)
    return rows.filter(later | Q(newer__isnull=True, machine__kind=kind))


def _drawn(sample: Sample, rows: QuerySet[Claim]) -> Iterator[SampleItem]:
    uids = rows.order_by().values_list("uid", "pk").iterator(chunk_size=5000)
    first = heapq.nsmallest(sample.size, ((_order(sample.seed, uid), pk) for uid, pk in uids))
    claims = Claim.objects.in_bulk([pk for _, pk in first])
    for position, (_, pk) in enumerate(first, start=1):
        found = _current(claims[pk])
        yield SampleItem(
            sample=sample, claim_id=pk, position=position, kind=found["kind"], machine=found
        )


def _current(claim: Claim) -> dict[str, Any]:
    """Return what the machine reads now, though an editor may have ruled on an earlier reading."""
    found: dict[str, Any] = claim.newer["finding"] if claim.newer else claim.machine
    return found


def next_item(sample: Sample, editor: User) -> SampleItem | None:
    """Return the next item that an editor may judge: not judged by him, nor by enough others."""
    waiting = _waiting(sample, editor)
    return waiting.select_related("claim__article__body").order_by("position").first()


def left_for(sample: Sample, editor: User) -> int:
    """Return how many items an editor may still judge."""
    return _waiting(sample, editor).count()


@transaction.atomic
def code(item: SampleItem, *, figure: str, voice: str, note: str = "", actor: User) -> Coding:
    """Store what an editor makes of a reading; it is not changed later, nor is the claim.

    Raises:
        Refused: for a judgement that there is not, or if this editor, or two others, judged it.
    """
    _check(figure, voice)
    note = gate.line("note", note, longest=300)
    row = SampleItem.objects.select_for_update().get(pk=item.pk)
    judges = set(row.codings.filter(settles=False).values_list("actor", flat=True))
    if actor.pk in judges:
        raise gate.Refused("figure: you judged this one before")
    if len(judges) >= JUDGES:
        raise gate.Refused(f"figure: {JUDGES} editors judged this one before you")
    return Coding.objects.create(item=row, actor=actor, figure=figure, voice=voice, note=note)


def disputed(sample: Sample) -> list[SampleItem]:
    """Return the items whose two judges differ and which nobody settled."""
    items = sample.items.prefetch_related("codings__actor").select_related("claim__article__body")
    return [item for item in items.order_by("position") if _differ(list(item.codings.all()))]


@transaction.atomic
def settle(item: SampleItem, *, figure: str, voice: str, note: str = "", actor: User) -> Coding:
    """Store the judgement that settles an item whose judges differ.

    Raises:
        Refused: for a judgement that there is not, by one of the two judges, or if the two are
            of one mind or somebody settled it.
    """
    _check(figure, voice)
    row = SampleItem.objects.select_for_update().get(pk=item.pk)
    codings = list(row.codings.all())
    if not _differ(codings):
        raise gate.Refused("figure: there is nothing to settle")
    if any(one.actor_id == actor.pk for one in codings):
        raise gate.Refused("figure: one of the two judges cannot settle it")
    return Coding.objects.create(
        item=row,
        actor=actor,
        figure=figure,
        voice=voice,
        settles=True,
        note=gate.line("note", note, longest=300),
    )


def report(sample: Sample) -> Report:
    """Return how far the judges agree and how often the machine is wrong, by kind."""
    codings: dict[tuple[int, str], list[Coding]] = defaultdict(list)
    items = {item.pk: item for item in sample.items.all()}
    for one in Coding.objects.filter(item__sample=sample).order_by("id"):
        codings[one.item_id, items[one.item_id].kind].append(one)
    pairs = [(kind, found) for (_, kind), found in codings.items() if _judged(found)]
    kinds = [ALL, *sorted({kind for kind, _ in pairs})]
    return Report(
        figures=[_line(kind, pairs, "figure") for kind in kinds],
        voices=[_line(kind, pairs, "voice") for kind in kinds],
        items=len(items),
        judged=len(pairs),
        open=sum(_differ(found) for _, found in pairs),
    )


def _line(kind: str, judged: Iterable[tuple[str, Sequence[Coding]]], what: str) -> Line:
    items = [found for name, found in judged if kind in (ALL, name)]
    pairs = [(getattr(found[0], what), getattr(found[1], what)) for found in map(_judges, items)]
    settled = [verdict for found in items if (verdict := _settled(found, what))]
    told = [verdict for verdict in settled if verdict != Judgement.UNCLEAR]
    return Line(
        kind=kind,
        items=len(items),
        agreed=share(sum(one == other for one, other in pairs), len(pairs)),
        kappa=kappa(pairs),
        wrong=share(told.count(Judgement.WRONG), len(told)),
    )


def _settled(codings: Sequence[Coding], what: str) -> str | None:
    """Return what is settled of an item: what both judges say, else what the third does."""
    one, other = (str(getattr(coding, what)) for coding in _judges(codings))
    third = next((str(getattr(coding, what)) for coding in codings if coding.settles), None)
    return one if one == other else third


def _judges(codings: Sequence[Coding]) -> list[Coding]:
    return [coding for coding in codings if not coding.settles][:JUDGES]


def _judged(codings: Sequence[Coding]) -> bool:
    return len(_judges(codings)) == JUDGES


def _differ(codings: Sequence[Coding]) -> bool:
    if not _judged(codings) or any(coding.settles for coding in codings):
        return False
    one, other = _judges(codings)
    return (one.figure, one.voice) != (other.figure, other.voice)


def _waiting(sample: Sample, editor: User) -> QuerySet[SampleItem]:
    judges = Count("codings", filter=Q(codings__settles=False))
    mine = Coding.objects.filter(actor=editor, item__sample=sample).values("item")
    return sample.items.exclude(pk__in=mine).annotate(judges=judges).filter(judges__lt=JUDGES)


def _check(figure: str, voice: str) -> None:
    for name, value in (("figure", figure), ("voice", voice)):
        if value not in Judgement.values:
            raise gate.Refused(f"{name}: {value!r} is not one of {', '.join(Judgement.values)}")


def _order(seed: int, uid: str) -> bytes:
    return hashlib.sha256(f"{seed}:{uid}".encode()).digest()
