"""What can be asked of claims."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import connections
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict

from claims import search
from claims.filters.base import (
    BadQuestion,
    Choice,
    Dates,
    FirstDay,
    LastDay,
    Number,
    Several,
    StrictFilterSet,
    Words,
    allow,
    in_order,
)
from claims.filters.readers import (
    STATUSES,
    VISIBILITIES,
    Reader,
    articles_for,
    outlets_for,
    topics,
)
from claims.models import Article, Claim, ClaimTopic, ClaimVoice, Outlet
from claims.models.claim import ClaimQuerySet
from corpus.quantities.base import KINDS, MODALITIES

WITHOUT_UNIT = ("count", "share", "ordinal")
"""Kinds whose figures can be compared without a unit."""

COMPARABLE = f"needs one unit, or one kind among {', '.join(WITHOUT_UNIT)}"

DENSE_IN_PUBLIC, DENSE_IN_ALL = 25, 12
"""From one claim in so many on, those under a topic are found sooner in the index that holds the
public ones, or all, newest first and with all that is asked of them, than by themselves."""

_OF_KIND = {"topic", "kind", "value_min", "value_max", "published_from", "published_to"}
"""What is asked of claims under a topic, beside their one kind, where they are found soonest among
all of that kind."""

_PUBLISHED = {"published_from", "published_to"}
_GATHERED = {"speaker", "topic", *_PUBLISHED}
"""What makes a page and the number of claims be found together: each by itself would gather the
same claims, or walk the same ones that do not fit. Not beside words: to have all of those in order,
PostgreSQL would walk all claims."""

_LOOKED_AT = 1000
"""So many claims of a topic, the newest, tell how dense they lie."""

_DAYS = "Year, month or day (2025, 2025-04, 2025-04-28), included. Intervals fit by overlap."


def is_comparable(asked: Mapping[str, Any]) -> bool:
    """Tell whether all figures that are asked for count the same, so that values compare."""
    kinds, units = asked.get("kind") or [], asked.get("unit") or []
    return len(units) == 1 or (len(kinds) == 1 and kinds[0] in WITHOUT_UNIT)


class ClaimFilter(StrictFilterSet):
    """Questions about claims; without `status` and `visibility`, about the public ones."""

    dates = {
        "published": Dates("published_earliest", "published_latest"),
        "scope": Dates("scope_earliest", "scope_latest"),
        "date": Dates("date_earliest", "date_latest", among=Q(kind="date")),
    }

    speaker = Several(
        method="by_chain",
        help_text="uid of a speaker anywhere in the chain of voices, under whichever uid the "
        "voice was merged; may be repeated.",
    )
    said_by = Several(
        method="by_column",
        help_text="uid of the nearest voice that is not merely the reporting outlet.",
    )
    ultimate = Several(method="by_column", help_text="uid of the last voice of the chain.")
    topic = Several(
        method="asked_elsewhere", help_text="scheme:code, for example on-record:transport."
    )
    outlet = Several(method="by_outlet", help_text="Name of an outlet, in full.")
    article = Several(method="by_article", help_text="uid of an article.")
    kind = Choice(
        choices=[(kind, kind) for kind in KINDS], method="by_kind", help_text="Kind of figure."
    )
    unit = Several(
        lookup_expr="in",
        help_text="ISO 4217 code, %, pp or a unit code, as written in the rows.",
    )
    value_min = Number(
        help_text="Keeps figures whose stated value or range reaches this number. Needs one "
        f"`unit`, or one `kind` among {', '.join(WITHOUT_UNIT)}. What is stated counts, whatever "
        "the comparator: “at least 1,200” is 1,200, “between 40 and 55” is all of it, "
        "“hundreds” is its lower bound 100."
    )
    value_max = Number(help_text="As `value_min`, for the upper end. Both ends are included.")
    published_from = FirstDay(help_text=f"When the article was published. {_DAYS}")
    published_to = LastDay(help_text=f"When the article was published. {_DAYS}")
    scope_from = FirstDay(help_text=f"The period the figure is about. {_DAYS}")
    scope_to = LastDay(help_text=f"The period the figure is about. {_DAYS}")
    date_from = FirstDay(help_text=f"The date stated by a claim of kind date. {_DAYS}")
    date_to = LastDay(help_text=f"The date stated by a claim of kind date. {_DAYS}")
    modality = Choice(
        choices=[(name, name) for name in MODALITIES],
        help_text="How the figure is put: as a fact, a plan, a forecast …",
    )
    voice = Choice(
        choices=Claim.Voice.choices,
        method="by_voice",
        help_text="Whose words: attributed, own (the article's), undetermined.",
    )
    voice_status = Choice(
        choices=Claim.VoiceStatus.choices, help_text="Whether an editor confirmed the voice."
    )
    status = Choice(
        choices=Claim.Status.choices,
        method="asked_elsewhere",
        help_text="Default accepted. Proposed claims are machine readings, unverified: for "
        "signed-in readers. Rejected ones are for editors.",
    )
    visibility = Choice(
        choices=Article.Visibility.choices,
        method="asked_elsewhere",
        help_text="Of the article; default public. Others are for editors.",
    )
    text = Words(
        method="by_text",
        help_text="Words of the claim's sentence or concept; “exact phrases”, OR, -minus, "
        "beginnings*. Not stemmed; case and accents do not count.",
    )

    def __init__(
        self,
        params: QueryDict,
        rows: ClaimQuerySet,
        reader: Reader,
        *,
        beside: Collection[str] = (),
        everything: bool = False,
    ) -> None:
        """Prepare to ask; with `everything`, no `status` means any and no `visibility` any."""
        self.everything = everything
        super().__init__(params, rows, reader, beside=beside)

    def check(self, asked: Mapping[str, Any]) -> None:
        super().check(asked)
        in_order(asked, "value_min", "value_max")
        for end in ("value_min", "value_max"):
            if asked[end] is not None and not is_comparable(asked):
                raise BadQuestion({end: COMPARABLE})
        allow(asked, "status", STATUSES[self.reader])
        allow(asked, "visibility", VISIBILITIES[self.reader])

    def parts(self, rows: QuerySet) -> Sequence[QuerySet]:
        asked = self.filters.keys() - {"status", "visibility"}
        if not asked or not asked <= _PUBLISHED or connections[rows.db].vendor != "postgresql":
            return ()  # by what else is asked claims are found sooner than by their days
        dates = self.dates["published"]
        ends = self.asked["published_from"], self.asked["published_to"]
        return [rows.filter(part(*ends)) for part in (dates.closed, dates.open)]

    def gathers(self, asked: Mapping[str, Any]) -> bool:
        return not asked["text"] and any(asked[name] for name in _GATHERED)

    def filter_queryset(self, queryset: Any) -> Any:
        asked, standing = self.asked, self._standing()
        queryset = _public(queryset) if "is_public" in standing else queryset.filter(**standing)
        if asked["value_min"] is not None:
            queryset = queryset.filter(number_high__gte=asked["value_min"])
        if asked["value_max"] is not None:
            queryset = queryset.filter(number_low__lte=asked["value_max"])
        queryset = super().filter_queryset(queryset)
        if not asked["topic"]:
            return queryset
        return self._under_topics(queryset, among_all=not (standing or self.everything))

    def by_chain(self, rows: ClaimQuerySet, name: str, uids: list[str]) -> ClaimQuerySet:
        """Keep claims with any of the speakers anywhere in the chain."""
        voices = ClaimVoice.objects.filter(speaker__in=self.voices(name, uids))
        return self._heard(rows).filter(_among(voices.order_by().values("claim")))

    def by_column(self, rows: ClaimQuerySet, name: str, uids: list[str]) -> ClaimQuerySet:
        """Keep claims whose nearest or ultimate voice is one of the speakers."""
        column = {"said_by": "speaker"}.get(name, name)
        return self._heard(rows).filter(**{f"{column}__in": self.voices(name, uids)})

    def by_voice(self, rows: ClaimQuerySet, name: str, voices: list[str]) -> ClaimQuerySet:
        """Keep claims by whose words they are."""
        return self._heard(rows).filter(voice__in=voices)

    def by_outlet(self, rows: ClaimQuerySet, name: str, names: list[str]) -> ClaimQuerySet:
        """Keep claims of articles of any of the outlets."""
        return rows.filter(outlet__in=self.found(name, names, outlets_for(self.reader), "name"))

    def by_article(self, rows: ClaimQuerySet, name: str, uids: list[str]) -> ClaimQuerySet:
        """Keep claims of any of the articles."""
        return rows.filter(article__in=self.found(name, uids, articles_for(self.reader), "uid"))

    def by_kind(self, rows: ClaimQuerySet, name: str, kinds: list[str]) -> ClaimQuerySet:
        """Keep claims of any of the kinds; `by_text` does so if words are asked for too."""
        return rows if self.asked["text"] else rows.filter(kind__in=kinds)

    def by_text(self, rows: ClaimQuerySet, name: str, words: str) -> ClaimQuerySet:
        """Keep claims with these words, where the reader may see words of the outlet."""
        if self.reader < Reader.EDITOR:
            hidden = Q(outlet__text_policy=Outlet.TextPolicy.NONE)
            rows = rows.filter(~hidden | Q(outlet=None))
        return search.claims_matching(words, rows, self.asked["kind"] or ())

    def asked_elsewhere(self, rows: ClaimQuerySet, name: str, value: Any) -> ClaimQuerySet:
        """Leave the rows alone: `filter_queryset` reads it together with others."""
        return rows

    def _standing(self) -> dict[str, Any]:
        """Return the conditions on status and visibility.

        What narrows nothing is not said: it would lead the database to sort by it.
        """
        status, visibility = self.asked["status"], self.asked["visibility"]
        if not self.everything:
            status = status or [Claim.Status.ACCEPTED]
            visibility = visibility or [Article.Visibility.PUBLIC]
        if (status, visibility) == ([Claim.Status.ACCEPTED], [Article.Visibility.PUBLIC]):
            return {"is_public": True}
        said: dict[str, Any] = {}
        if status and not STATUSES[self.reader].issubset(status):
            said["status__in"] = status
        if visibility and not VISIBILITIES[self.reader].issubset(visibility):
            said["article__visibility__in"] = visibility
        return said

    def _under_topics(self, rows: ClaimQuerySet, *, among_all: bool) -> ClaimQuerySet:
        """Keep claims under any of the topics; `among_all` says that no state is asked for."""
        wanted = self.found("topic", self.asked["topic"], topics(), "key")
        links = ClaimTopic.objects.filter(topic__in=wanted, removed=False)
        one_in = 0
        if self.reader == Reader.EVERYBODY:
            one_in = DENSE_IN_PUBLIC
        elif self.reader == Reader.EDITOR and among_all and self._in_index():
            one_in = DENSE_IN_ALL
        if one_in and _dense(links, one_in):
            return rows.filter(Exists(links.filter(claim=OuterRef("pk"))))
        return rows.filter(_among(links.order_by().values("claim")))

    def _in_index(self) -> bool:
        """Tell whether claims under a topic are found soonest by walking an index of all claims."""
        asked = self.filters.keys() - {"status", "visibility"}
        return asked == {"topic"} or (len(self.asked["kind"] or ()) == 1 and asked <= _OF_KIND)

    def _heard(self, rows: ClaimQuerySet) -> ClaimQuerySet:
        if self.reader > Reader.EVERYBODY:
            return rows
        return rows.filter(voice_status=Claim.VoiceStatus.CONFIRMED)


def _among(ids: QuerySet) -> Any:
    """Match rows whose ids are among these, which are all found first.

    Else PostgreSQL might walk all rows and look for each, or look for one after the other.
    """
    if connections[ids.db].vendor != "postgresql":
        return Q(pk__in=ids)
    array = Subquery(ids, template="ARRAY(%(subquery)s)")
    matches = {"template": "%(expressions)s)", "arg_joiner": " = ANY ("}
    return Func(F("pk"), array, output_field=BooleanField(), **matches)


def _public(rows: ClaimQuerySet) -> ClaimQuerySet:
    """Keep public claims; said twice, PostgreSQL would take them for few."""
    (said,) = Claim.objects.public().query.where.children
    return rows if said in rows.query.where.children else rows.public()


def _dense(links: QuerySet[ClaimTopic], one_in: int) -> bool:
    """Tell whether of all claims one in so many is of a topic, judged by the newest of these."""
    newest = Claim.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    last = links.order_by("-claim").values_list("claim", flat=True)[_LOOKED_AT - 1 :][:1]
    return any(newest - pk < one_in * _LOOKED_AT for pk in last)
