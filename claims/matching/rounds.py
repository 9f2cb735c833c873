"""The round of matching: new names in batches, each batch one transaction, repeatable."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from claims import identity
from claims.matching.linking import link
from claims.matching.proposing import propose
from claims.models import Speaker
from claims.models.speaker import SpeakerQuerySet

AT_ONCE: Final = 200
"""New speakers of one transaction."""
OF_ONE_NAME: Final = 2000
"""New bearers of one name that are not parted, so that all are judged by all that is known."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What a batch did: speakers looked at, linked by rule, pairs proposed, not compared fully."""

    compared: int = 0
    linked: int = 0
    proposed: int = 0
    uncompared: int = 0

    def __add__(self, other: "Matched") -> "Matched":
        return Matched(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def match_new() -> Iterator[Matched]:
    """Match all speakers that nobody matched yet; yield after each commit.

    In the order of their names and, within one name, of what their articles say: the order in
    which articles came in since the last time makes no difference. What was linked before stays:
    a page that people cite loses no claims because a namesake turned up.
    """
    while (done := _batch()).compared:
        yield done


@transaction.atomic
def match(speakers: Collection[int]) -> Matched:
    """Match these speakers now; those matched before are left."""
    identity.lock()
    return _match(list(_waiting().filter(pk__in=speakers)))


@transaction.atomic
def _batch() -> Matched:
    identity.lock()
    waiting = _waiting()
    rows = list(waiting[:AT_ONCE])
    if len(rows) == AT_ONCE and (name := rows[-1].name_key):
        rows += waiting.filter(name_key=name, kind=rows[-1].kind, pk__gt=rows[-1].pk)[:OF_ONE_NAME]
    return _match(rows)


def _waiting() -> SpeakerQuerySet:
    rows = Speaker.objects.filter(compared=False).select_related("article", "canonical")
    return rows.defer("article__parts", "article__extra").order_by("name_key", "kind", "pk")


def _told_by_head(row: Speaker) -> bool:
    """Tell whether a row's name is that of the voice it is already part of."""
    return row.canonical is not None and row.canonical.name_key == row.name_key


def _match(rows: list[Speaker]) -> Matched:
    if not rows:
        return Matched()
    done = link(rows)
    settled = done.unplaced | {pk for pk, head in done.heads.items() if pk != head}
    others = [row for row in rows if row.pk not in settled and not _told_by_head(row)]
    unplaced = [row for row in rows if row.pk in done.unplaced]
    proposed, reasons = propose(others, unplaced, done.doubtful)
    for row in rows:
        row.compared, row.uncompared = True, reasons.get(row.pk, "")
    Speaker.objects.filter(pk__in=[row.pk for row in rows]).update(compared=True, uncompared="")
    noted = [row for row in rows if row.uncompared]
    Speaker.objects.bulk_update(noted, ["uncompared"], batch_size=200)
    return Matched(len(rows), len(done.pairs), proposed, len(noted))
