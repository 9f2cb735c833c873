"""What readers and programs follow: changes of what is public, and the order of all changes."""

from typing import Self

from django.db import models
from django.db.models import Q

from claims.models.claim import Claim


class PublicChangeQuerySet(models.QuerySet["PublicChange"]):
    """Query words for public changes."""

    def corrections(self) -> Self:
        """Keep what a reader who relied on a claim must know: corrected, withdrawn, restored."""
        return self.filter(kind__in=PublicChange.TOLD)


class PublicChange(models.Model):
    """One change of what everybody sees of a claim. Only removals for legal reasons edit it.

    `before` and `after` hold columns of the claim that everybody saw: all that were not empty
    where a claim is withdrawn, those that differ where it changes, nothing where it appears.
    Voices stand there only where an editor had confirmed them, as ids of speakers: they are
    named as they are called when somebody reads it.
    """

    class Kind(models.TextChoices):
        PUBLISHED = "published", "first shown"
        REVISED = "revised", "revised; value and voice stayed"
        CORRECTED = "corrected", "value or voice corrected"
        WITHDRAWN = "withdrawn", "withdrawn"
        RESTORED = "restored", "shown again"

    class Origin(models.TextChoices):
        EDITOR = "editor", "an editor"
        ENGINE = "engine", "the engine"

    TOLD = (Kind.CORRECTED, Kind.WITHDRAWN, Kind.RESTORED)

    claim = models.ForeignKey(
        Claim, db_index=False, on_delete=models.CASCADE, related_name="public_changes"
    )
    version = models.PositiveIntegerField(help_text="The claim's version since the change.")
    kind = models.CharField(max_length=10, choices=Kind)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    origin = models.CharField(max_length=10, choices=Origin)
    byline = models.CharField(
        max_length=100, blank=True, help_text="The editor's public byline at the time, if any."
    )
    at = models.DateTimeField(
        auto_now_add=True, null=True, help_text="Empty where it was shown before this was kept."
    )

    objects = PublicChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["claim", "version"], name="public_change_claim"),
            models.Index(
                fields=["id"],
                name="public_change_told",
                condition=Q(kind__in=["corrected", "withdrawn", "restored"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} v{self.version}: {self.get_kind_display()}"


class FeedEntry(models.Model):
    """When an object that lists show last changed; one row for each, kept by the database.

    Triggers (`claims/migrations/_feed.py`) give a changed object the next number at the end of
    the transaction that changed it, and nobody commits a smaller number after a larger one: who
    has read up to a number has missed nothing before it. Nothing else writes this table.
    """

    class Kind(models.TextChoices):
        CLAIM = "claim"
        ARTICLE = "article"
        SPEAKER = "speaker"

    seq = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind)
    object_id = models.BigIntegerField()
    uid = models.CharField(max_length=12, help_text="Kept when the row is gone.")
    everybody = models.BigIntegerField(
        null=True, help_text="The first number under which everybody could see it."
    )
    researcher = models.BigIntegerField(null=True, help_text="The same, for researchers.")
    editor = models.BigIntegerField(null=True, help_text="The same, for editors.")
    corrected = models.BigIntegerField(
        null=True, help_text="The number under which its value or voice was last corrected."
    )

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="feed_once")]
        indexes = [
            models.Index(
                fields=["seq"], name="feed_everybody", condition=Q(everybody__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.seq}: {self.kind} {self.uid}"
