"""What the engine did: runs over articles and what each run said of each article."""

from typing import Self

from django.db import models
from django.db.models import Q

from claims.models.article import Article


class RunQuerySet(models.QuerySet["Run"]):
    """Query words for runs."""

    def open(self) -> Self:
        """Keep runs that still have articles to read or readings to apply, newest first."""
        return self.filter(ended__isnull=True).order_by("-id")


class Run(models.Model):
    """One engine version, with one configuration, over some articles."""

    class Origin(models.TextChoices):
        ENGINE = "engine", "this installation's engine"
        FILE = "file", "readings made elsewhere"
        EDITOR = "editor", "words that editors marked"

    class State(models.TextChoices):
        """What has become of the run's readings. Whether somebody works on it says its `Job`."""

        RUNNING = "running", "running: articles are being read"
        STAGED = "staged", "staged: everything read, nothing applied"
        APPLYING = "applying", "applying: some of what was staged is applied"
        APPLIED = "applied"
        DROPPED = "dropped", "dropped: its readings were removed"
        CANCELLED = "cancelled", "cancelled before its end"

    origin = models.CharField(max_length=10, choices=Origin, default=Origin.ENGINE)
    engine = models.CharField(max_length=40, help_text="The engine's version.")
    config_hash = models.CharField(max_length=64)
    tier = models.CharField(max_length=10, help_text="The reader of voices that ran.")
    figures_only = models.BooleanField(
        default=False, help_text="Voices were read only where figures need them."
    )
    staging = models.BooleanField(
        default=False, help_text="Its readings wait for a decision instead of being applied."
    )
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    started = models.DateTimeField(auto_now_add=True)
    ended = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(
        default=dict,
        help_text="articles, new, same, changed, gone, orphaned, to_confirm, fallbacks",
    )
    errors = models.JSONField(default=list, help_text="Articles that could not be read, and why.")
    outlook = models.JSONField(
        null=True,
        editable=False,
        help_text="Of a staged run: what applying it would do, and how old and new readings do on "
        "what editors ruled (counts, old, new), as counted last.",
    )

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        permissions = [("run_engine", "Can start, apply and drop runs of the engine")]

    def __str__(self) -> str:
        return f"Run {self.pk} of engine {self.engine}"


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Query words for readings."""

    def staged(self) -> Self:
        """Keep readings that wait to be applied."""
        return self.filter(applied__isnull=True)


class Reading(models.Model):
    """What one run says of one article, as the engine wrote it (schema: DESIGN of the engine)."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="readings")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="readings")
    text_sha256 = models.CharField(max_length=64)
    data = models.JSONField()
    applied = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(
        null=True,
        editable=False,
        help_text="What applying it did to the article's claims; staged: what it would do.",
    )
    fallbacks = models.PositiveIntegerField(
        default=0, editable=False, help_text="Passages that were read with less care than asked."
    )

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "article"], name="reading_once_per_run")
        ]
        indexes = [
            models.Index(
                fields=["run", "id"], name="reading_fell_back", condition=Q(fallbacks__gt=0)
            )
        ]

    def __str__(self) -> str:
        return f"Reading of {self.article_id} in run {self.run_id}"
