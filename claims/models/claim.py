"""What was stated: attributions, claims, their voices and topics.

These tables hold most rows of all. A foreign key has no index of its own (`db_index=False`) where
another index begins with it, or where nothing is ever looked up by it.
"""

from collections.abc import Sequence
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from claims.models.article import Article, Outlet, make_uid
from claims.models.run import Run
from claims.models.speaker import Speaker
from claims.models.topic import Topic
from corpus.quantities.base import COMPARATORS, KINDS, MODALITIES

_DAYS = ("published_earliest", "published_latest")
_ASKED = (
    *(*_DAYS, "kind", "unit", "number_low", "number_high"),
    *("status", "voice_status", "outlet", "date_earliest", "date_latest"),
    *("scope_earliest", "scope_latest"),
)
"""What lists are asked by; SQLite finds the first columns of an index soonest."""

_ASKED_OF_KIND = (*_DAYS, "unit", "number_low", "number_high")
_PUBLIC, _CURRENT = Q(is_public=True), Q(gone=False)
_UNDATED = Q(published_earliest=None, published_latest=None)
_HALF_DATED = Q(published_earliest=None, published_latest__isnull=False) | Q(
    published_earliest__isnull=False, published_latest=None
)


class Attribution(models.Model):
    """Words given to a speaker: source, cue and content spans in an article."""

    class Manner(models.TextChoices):
        DIRECT = "direct"
        INDIRECT = "indirect"
        MIXED = "mixed"
        DOCUMENT = "document"

    EDITOR = "editor"
    """The tier of an attribution that an editor marked."""

    uid = models.CharField(max_length=12, unique=True, default=make_uid, editable=False)
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="attributions", db_index=False
    )
    speaker = models.ForeignKey(
        Speaker, null=True, blank=True, on_delete=models.PROTECT, related_name="attributions"
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children"
    )
    manner = models.CharField(max_length=10, choices=Manner)
    source = models.JSONField(default=list, help_text="Spans [start, end) of who speaks.")
    cue = models.JSONField(default=list, help_text="Spans of the words that attribute.")
    content = models.JSONField(default=list, help_text="Spans of what is attributed.")
    mention = models.JSONField(null=True, help_text="Span of the name that identifies the speaker.")
    resolved_by = models.CharField(max_length=20, blank=True)
    candidates = models.JSONField(default=list)
    said_when = models.CharField(max_length=60, blank=True, help_text="EDTF")
    score = models.FloatField(default=0.0)
    tier = models.CharField(max_length=10, help_text="What read it: a tier, or rules of form.")
    anchor_key = models.CharField(max_length=64, editable=False)
    machine = models.JSONField(default=dict, editable=False, help_text="As the engine found it.")
    first_run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+", db_index=False)
    last_run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="attributions")
    gone = models.BooleanField(default=False, help_text="The last run did not find it again.")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "anchor_key"], name="attribution_anchor_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.speaker or 'unresolved'} ({self.manner})"


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Query words for claims."""

    known: Sequence[int] | None = None
    """The ids that were asked for, where nothing else was; a queryset made of this one has none."""

    def by_id(self, *ids: int) -> Self:
        """Keep claims by their ids; of all claims, these are `known` to be what is asked for."""
        found = self.filter(pk__in=ids)
        found.known = None if self.query.has_filters() else ids
        return found

    def ids(self) -> Sequence[int]:
        """Return the ids of the claims; where they are `known`, also of claims that are not."""
        return self.known or list(self.values_list("pk", flat=True))

    def public(self) -> Self:
        """Keep what readers who are not signed in may see: accepted claims of public articles."""
        return self.filter(is_public=True)

    def current(self) -> Self:
        """Leave out claims that the engine no longer finds and nobody ruled on."""
        return self.filter(gone=False)

    def queue(self) -> Self:
        """Keep what waits for an editor."""
        return self.current().filter(Q(status=Claim.Status.PROPOSED) | Q(to_confirm=True))

    def for_list(self) -> Self:
        """Fetch in one query what a list of claims shows."""
        return self.select_related(
            *("article", "outlet", "attribution", "speaker__canonical", "ultimate__canonical")
        )


class Claim(models.Model):
    """A figure or date stated in an article. Columns hold effective values: machine + rulings."""

    class Status(models.TextChoices):
        """Is the reading of the figure right? It says nothing about truth."""

        PROPOSED = "proposed", "proposed: machine reading, unverified"
        ACCEPTED = "accepted", "accepted: reading checked; truth not assessed"
        REJECTED = "rejected", "rejected: not a right reading"

    class Voice(models.TextChoices):
        ATTRIBUTED = "attributed", "attributed to a speaker"
        OWN = "own", "the article's own"
        UNDETERMINED = "undetermined", "not determined"

    class VoiceStatus(models.TextChoices):
        UNREVIEWED = "unreviewed", "unreviewed: machine reading"
        CONFIRMED = "confirmed", "confirmed by an editor"

    class Second(models.TextChoices):
        """Whether another editor has looked, where the installation asks for one."""

        NONE = "", "not asked for"
        AWAITED = "awaited", "accepted by one editor, awaits another"
        DISPUTED = "disputed", "two editors differ: a chief editor decides"
        CONFIRMED = "confirmed", "confirmed by a second editor"

    uid = models.CharField(max_length=12, unique=True, default=make_uid, editable=False)
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="claims", db_index=False
    )
    outlet = models.ForeignKey(
        Outlet,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        db_index=False,
    )
    published_earliest = models.BigIntegerField(null=True, editable=False)
    published_latest = models.BigIntegerField(null=True, editable=False)

    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    start = models.PositiveIntegerField(editable=False)
    end = models.PositiveIntegerField(editable=False)
    surface = models.CharField(max_length=400, editable=False)
    sentence_start = models.PositiveIntegerField(editable=False)
    sentence_end = models.PositiveIntegerField(editable=False)
    passage = models.TextField(editable=False, help_text="The claim's sentence, word for word.")

    value = models.CharField(
        max_length=90, blank=True, help_text="Exact, for example 3740000 or 1/3; empty for ranges."
    )
    low = models.CharField(max_length=90, blank=True)
    high = models.CharField(max_length=90, blank=True)
    number_low = models.FloatField(null=True, editable=False, help_text="Rounded, for filters.")
    number_high = models.FloatField(null=True, editable=False, help_text="Rounded, for filters.")
    comparator = models.CharField(
        max_length=2, choices=[(sign, sign) for sign in COMPARATORS], default="="
    )
    vague = models.BooleanField(default=False)
    unit = models.CharField(
        max_length=40, blank=True, help_text="ISO 4217 code, %, pp or a unit code."
    )
    per = models.CharField(max_length=60, blank=True)
    change = models.JSONField(null=True, blank=True)
    concept = models.CharField(max_length=300, blank=True, help_text="What is counted or measured.")
    concept_head = models.CharField(max_length=100, blank=True, editable=False)
    modality = models.CharField(
        max_length=12, choices=[(name, name) for name in MODALITIES], default="asserted"
    )
    edtf = models.CharField(max_length=60, blank=True, help_text="A date claim's date.")
    date_earliest = models.BigIntegerField(null=True, editable=False)
    date_latest = models.BigIntegerField(null=True, editable=False)
    unresolved = models.CharField(
        max_length=200, blank=True, help_text="Why a date is not resolved."
    )
    scope_edtf = models.CharField(max_length=60, blank=True)
    scope_earliest = models.BigIntegerField(null=True, editable=False)
    scope_latest = models.BigIntegerField(null=True, editable=False)
    scope_place = models.CharField(max_length=200, blank=True)

    voice = models.CharField(max_length=12, choices=Voice, default=Voice.UNDETERMINED)
    attribution = models.ForeignKey(
        Attribution,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="claims",
        db_index=False,
    )
    speaker = models.ForeignKey(
        Speaker,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="claims",
        db_index=False,
    )
    ultimate = models.ForeignKey(
        Speaker, null=True, blank=True, on_delete=models.PROTECT, related_name="ultimate_claims"
    )

    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    voice_status = models.CharField(
        max_length=10, choices=VoiceStatus, default=VoiceStatus.UNREVIEWED
    )
    second = models.CharField(max_length=10, choices=Second, blank=True, editable=False)
    is_public = models.BooleanField(default=False, editable=False)
    score = models.FloatField(default=0.0)
    rule = models.CharField(max_length=60, blank=True)
    anchor_key = models.CharField(max_length=64, editable=False)
    machine = models.JSONField(
        default=dict, editable=False, help_text="The finding that the columns rest on."
    )
    machine_chain = models.JSONField(
        default=list, editable=False, help_text="Ids of its attributions, nearest voice first."
    )
    newer = models.JSONField(
        null=True,
        editable=False,
        help_text="A later finding that differs from the one people ruled on: finding, chain, "
        "dismissed.",
    )
    first_run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+", db_index=False)
    last_run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="claims")
    missing = models.BooleanField(
        default=False, editable=False, help_text="The last reading of the article lacks it."
    )
    gone = models.BooleanField(
        default=False, editable=False, help_text="Missing, and nobody ruled on it: hidden."
    )
    orphaned = models.BooleanField(
        default=False, editable=False, help_text="Missing, but somebody ruled on it: kept."
    )
    to_confirm = models.BooleanField(
        default=False, editable=False, help_text="A later finding differs from the one ruled on."
    )
    successor = models.ForeignKey(
        "self",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="forebears",
        db_index=False,
        help_text="The same words in an article that took the place of this claim's.",
    )
    created = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    topics = models.ManyToManyField(Topic, through="ClaimTopic", related_name="claims")
    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        permissions = [
            ("bulk_claim", "Can rule on all claims that match a filter"),
            ("adjudicate_claim", "Can decide where two editors differ"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "anchor_key"], name="claim_anchor_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="claim_span_not_empty"),
            models.CheckConstraint(
                condition=Exact(Length("surface"), F("end") - F("start")),
                name="claim_surface_fits_span",
            ),
            models.CheckConstraint(
                condition=Q(sentence_start__lte=F("start"), sentence_end__gte=F("end")),
                name="claim_stands_in_its_sentence",
            ),
        ]
        indexes = [
            # All that most questions look at, newest first and without the wide rows themselves:
            # of the claims that everybody sees, of those that editors do, and of one kind of these.
            # What a condition says is a column too: else SQLite would not find all in the index.
            models.Index(
                fields=["id", "is_public", *_ASKED], name="claim_public", condition=_PUBLIC
            ),
            models.Index(fields=["id", "gone", *_ASKED], name="claim_current", condition=_CURRENT),
            models.Index(
                fields=["kind", "id", "gone", *_ASKED_OF_KIND],
                name="claim_current_of_kind",
                condition=_CURRENT,
            ),
            # Few, and asked for beside the others by every question about days of publication.
            models.Index(fields=_DAYS, name="claim_undated", condition=_UNDATED),
            models.Index(fields=["id"], name="claim_half_dated", condition=_HALF_DATED),
            models.Index(fields=["status", "id"], name="claim_status"),
            models.Index(
                fields=["unit", "kind", "number_low", "number_high", "is_public", "gone"],
                name="claim_value",
            ),
            models.Index(fields=["speaker", "id"], name="claim_speaker"),
            models.Index(fields=["outlet", "id"], name="claim_outlet"),
            # For whoever looks for an attribution's public claims: without it a database that has
            # measured nothing yet may begin with all public ones.
            models.Index(fields=["attribution", "is_public"], name="claim_attribution"),
            models.Index(fields=["voice_status", "status", "id"], name="claim_voice_status"),
            models.Index(fields=["id"], name="claim_to_confirm", condition=Q(to_confirm=True)),
            models.Index(fields=["id"], name="claim_orphaned", condition=Q(orphaned=True)),
            models.Index(fields=["second", "id"], name="claim_second", condition=~Q(second="")),
            models.Index(
                fields=["successor"],
                name="claim_successor",
                condition=Q(successor__isnull=False),
            ),
            models.Index(fields=["concept", "id"], name="claim_concept", condition=~Q(concept="")),
            # The orders of public lists (claims.filters.paging), each walked row by row. That of a
            # kind leaves out rows without a value: else questions of a kind would begin there.
            models.Index(
                fields=["published_earliest", "id"], name="claim_by_published", condition=_PUBLIC
            ),
            models.Index(
                fields=["unit", "number_low", "id"],
                name="claim_by_value_in_unit",
                condition=_PUBLIC,
            ),
            models.Index(
                fields=["kind", "number_low", "id"],
                name="claim_by_value_of_kind",
                condition=Q(is_public=True, number_low__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.surface


class ClaimVoice(models.Model):
    """One voice in a claim's chain, from the nearest (0) to the ultimate."""

    claim = models.ForeignKey(
        Claim, on_delete=models.CASCADE, related_name="voices", db_index=False
    )
    position = models.PositiveSmallIntegerField()
    speaker = models.ForeignKey(
        Speaker, on_delete=models.PROTECT, related_name="voices", db_index=False
    )

    class Meta:
        ordering = ["claim", "position"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "position"], name="voice_position_once")
        ]
        indexes = [models.Index(fields=["speaker", "claim"], name="voice_speaker")]

    def __str__(self) -> str:
        return f"{self.position}: {self.speaker_id}"


class ClaimTopic(models.Model):
    """A claim is about a topic, says a saved query or an editor."""

    class Origin(models.TextChoices):
        RULE = "rule", "a saved query"
        EDITOR = "editor"

    claim = models.ForeignKey(
        Claim, on_delete=models.CASCADE, related_name="topic_links", db_index=False
    )
    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="claim_links", db_index=False
    )
    origin = models.CharField(max_length=10, choices=Origin)
    removed = models.BooleanField(
        default=False, help_text="An editor took it away: no saved query brings it back."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "topic"], name="topic_once_per_claim")
        ]
        indexes = [models.Index(fields=["topic", "claim", "removed"], name="topic_claim")]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.topic_id}"
