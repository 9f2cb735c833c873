"""What can be asked of the desk: the claims of a queue, and how many of them are left."""

import re
from collections.abc import Collection, Mapping
from typing import Any

import django_filters
from django.db.models import Q
from django.db.models.functions import Right
from django.http import QueryDict

from claims.filters.base import Number, counted, in_order
from claims.filters.claims import ClaimFilter
from claims.filters.readers import Reader, claims_for
from claims.models import Claim
from claims.models.claim import ClaimQuerySet
from claims.statements import Given, Written

_ASKED_FOR = ~Q(second="")
"""Said beside the state: only so does SQLite see that the index of these claims has it."""

HEAPS: Mapping[str, Q] = {
    "waiting": Q(status=Claim.Status.PROPOSED, gone=False),
    "again": Q(to_confirm=True),
    "voices": Q(status=Claim.Status.ACCEPTED, voice_status=Claim.VoiceStatus.UNREVIEWED),
    "lost": Q(orphaned=True),
    "second": _ASKED_FOR & Q(second=Claim.Second.AWAITED),
    "disputed": _ASKED_FOR & Q(second=Claim.Second.DISPUTED),
}
"""The heaps of work, each answered by an index."""

HEAP_NAMES = (
    ("waiting", "waiting for an editor"),
    ("again", "to confirm again"),
    ("voices", "accepted, voice unreviewed"),
    ("lost", "ruled on, no longer found"),
    ("second", "to be confirmed by a second editor"),
    ("disputed", "editors differ"),
)

SHARES: Mapping[str, tuple[str, Collection[str]]] = {
    "8": ("about one claim in eight", "079f"),
    "32": ("about one claim in thirty-two", "0"),
}
"""Random shares of claims: what each is called, and what the uids of its claims end in.

A uid is random, so its last letter is; each of 32 is as likely. Every editor gets the same share,
and the smaller is a part of the larger.
"""

_WAITING = Written(
    lambda: (
        claims_for(Reader.EDITOR)
        .filter(HEAPS["waiting"], article=Given("article"))
        .order_by()
        .values_list("start", "end", "pk")
    )
)
"""What is left of an article where nothing is asked."""

BESIDE = ("card", "of", "what", "start", "end", "words")
"""Parameters of the desk's addresses that are no part of the question: the card that is open,
where counting began, and the words that an editor points at."""


_NUMBER = re.compile(r"[0-9]{1,9}\Z")


class QueueFilter(ClaimFilter):
    """The questions that can be asked of claims, and those that only an editor asks."""

    work = django_filters.ChoiceFilter(
        choices=HEAP_NAMES, method="asked_elsewhere", help_text="Which heap; default waiting."
    )
    share = django_filters.ChoiceFilter(
        choices=[(key, name) for key, (name, _) in SHARES.items()],
        method="asked_elsewhere",
        help_text="A random share of the claims, the same for everybody: one in 8, one in 32.",
    )
    score_min = Number(help_text="The engine's score, from 0 to 1.")
    score_max = Number(help_text="The engine's score, from 0 to 1.")

    def check(self, asked: Mapping[str, Any]) -> None:
        super().check(asked)
        in_order(asked, "score_min", "score_max")

    def filter_queryset(self, queryset: Any) -> Any:
        asked = self.asked
        for end, lookup in (("score_min", "score__gte"), ("score_max", "score__lte")):
            if asked[end] is not None:
                queryset = queryset.filter(**{lookup: asked[end]})
        if asked["share"]:
            _, ends = SHARES[asked["share"]]
            queryset = queryset.alias(last=Right("uid", 1)).filter(last__in=ends)
        return super().filter_queryset(queryset)


class Queue:
    """The claims that one question to the desk asks for; empty parameters ask nothing.

    Raises:
        BadQuestion: as `StrictFilterSet.ask`.
    """

    def __init__(self, params: QueryDict) -> None:
        params = params.copy()
        for name in [name for name, values in params.lists() if not any(values)]:
            del params[name]
        began = params.get("of", "")
        self.began = int(began) if _NUMBER.match(began) else None
        """How many claims were left when the editor began, if that is told."""
        for name in BESIDE:
            params.pop(name, None)
        self.params = params
        rows, work = claims_for(Reader.EDITOR), ""
        if params:
            asked = QueueFilter(params, rows, Reader.EDITOR, everything=True)
            rows, work = asked.ask().rows, asked.asked["work"]
        self.fitting: ClaimQuerySet = rows
        self.work: str = work or "waiting"

    @property
    def query(self) -> str:
        """The question as it stands in an address."""
        return self.params.urlencode()

    @property
    def carried(self) -> str:
        """The question and where counting began, as they go from address to address."""
        began = "" if self.began is None else f"of={self.began}"
        return "&".join(filter(None, (self.query, began)))

    def waiting(self) -> ClaimQuerySet:
        """Return the claims that are left to do."""
        return self.fitting.filter(HEAPS[self.work])

    def places(self, article: int) -> list[tuple[int, int, int]]:
        """Return start, end and id of the claims of an article that are left, in their order."""
        if not self.params:
            return sorted(_WAITING(article=article))
        return sorted(self.waiting().filter(article=article).values_list("start", "end", "pk"))

    def left(self) -> int:
        """Count the claims that are left; 10,001 stands for any more."""
        return counted(self.waiting())
