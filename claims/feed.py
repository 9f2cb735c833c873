"""The order of all changes: what changed since a number, for each kind of reader.

Every object that lists show has one entry, under the number of its last change; when it changes
again its entry moves to the end. So who reads from 0, and goes on from the last number read, has
at the end all rows that a reader of his kind may see, and reads each of them once if nothing
changes meanwhile. The database itself gives the numbers (`claims/migrations/_feed.py`).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, Max, Model, OuterRef, Q

from claims.filters.base import BadQuestion
from claims.filters.readers import Reader
from claims.models import Article, Claim, FeedEntry, Speaker

_SINCE: Final = {
    Reader.EVERYBODY: "everybody",
    Reader.RESEARCHER: "researcher",
    Reader.EDITOR: "editor",
}
"""The columns with the first number under which a kind of reader could see an object."""


_MODELS: Final[dict[type[Model], str]] = {
    Article: FeedEntry.Kind.ARTICLE,
    Speaker: FeedEntry.Kind.SPEAKER,
    Claim: FeedEntry.Kind.CLAIM,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An object that changed; `new` since the number asked for, or `corrected` since then."""

    seq: int
    kind: str
    object_id: int
    uid: str
    new: bool
    corrected: bool


def as_of(reader: Reader) -> int:
    """Return the number of the last change that a reader may be told of, 0 if there is none.

    What is read after asking holds that change.
    """
    seen = FeedEntry.objects.filter(**{f"{_SINCE[reader]}__isnull": False})
    return seen.aggregate(newest=Max("seq"))["newest"] or 0


def since(seq: int, reader: Reader, kinds: Collection[str], most: int) -> list[Entry]:
    """Return what changed after a number and a reader could see then or before, in order.

    What the reader may not see any more is among it; what never was to be seen is not.

    Raises:
        BadQuestion: if there is no such number yet.
    """
    first = _SINCE[reader]
    rows = FeedEntry.objects.filter(seq__gt=seq, kind__in=kinds, **{f"{first}__isnull": False})
    entries = [
        Entry(
            *(row.seq, row.kind, row.object_id, row.uid),
            new=getattr(row, first) > seq,
            corrected=(row.corrected or 0) > seq,
        )
        for row in rows.order_by("seq")[:most]
    ]
    if not entries and seq > (newest := as_of(reader)):
        raise BadQuestion({"since": f"is after the last change, {newest}; begin again with 0"})
    return entries


def gone(kind: str, uid: str, reader: Reader) -> str | None:
    """Return why an object is hidden that a reader of this kind could see once; None if never."""
    seen = {f"{_SINCE[reader]}__isnull": False}
    if not FeedEntry.objects.filter(kind=kind, uid=uid, **seen).exists():
        return None
    of = Q(uid=uid) | Q(claims__uid=uid)
    if Article.objects.filter(of, unread=Article.REDACTED).exists():
        return "It was removed for legal reasons."
    return "It was here, and was withdrawn."


def out_of_step() -> Iterator[str]:
    """Yield what has no number, and would not be in the feed."""
    for model, kind in _MODELS.items():
        numbered = FeedEntry.objects.filter(kind=kind, object_id=OuterRef("pk"))
        missing = model._default_manager.filter(~Exists(numbered)).order_by("pk")
        for pk in missing.values_list("pk", flat=True):
            yield f"{kind} {pk} has no number in the changes feed; any change of it gives it one"
