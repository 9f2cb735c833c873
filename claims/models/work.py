"""Work that takes longer than a request: what was asked for, how far it is, who is at it."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.article import SourceFile
from claims.models.run import Run


class JobQuerySet(models.QuerySet["Job"]):
    """Query words for jobs."""

    def free(self) -> Self:
        """Keep open jobs that no worker holds, oldest first."""
        lapsed = Q(leased_until__isnull=True) | Q(leased_until__lt=timezone.now())
        return self.filter(lapsed, state=Job.State.OPEN).order_by("id")


class Job(models.Model):
    """A piece of background work. What is left of it is always asked of the tables it fills.

    So a job has no list of parts: whoever takes it up again, after whatever end of the last
    worker, finds what is there and goes on. A worker holds a job by a lease that it renews.
    """

    class Kind(models.TextChoices):
        IMPORT = "import", "import a file"
        READ = "read", "read articles"
        APPLY = "apply", "apply a staged run"
        WEIGH = "weigh", "count again what applying would do"

    class State(models.TextChoices):
        OPEN = "open"
        PAUSED = "paused"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="jobs")
    source_file = models.ForeignKey(
        SourceFile, null=True, on_delete=models.PROTECT, related_name="jobs"
    )
    options = models.JSONField(default=dict, editable=False)
    done = models.PositiveIntegerField(default=0, help_text="Texts or articles dealt with.")
    total = models.PositiveIntegerField(null=True, help_text="Empty while nobody has counted.")
    message = models.CharField(max_length=500, blank=True, help_text="Why it failed.")
    deaths = models.PositiveSmallIntegerField(
        default=0, help_text="Workers that vanished since it last went a step forward."
    )
    worker = models.CharField(max_length=100, blank=True)
    leased_until = models.DateTimeField(null=True, help_text="Until then the worker holds it.")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="jobs"
    )
    created = models.DateTimeField(auto_now_add=True)
    ended = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["id"], name="job_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"Job {self.pk}: {self.get_kind_display()}"

    @property
    def held(self) -> bool:
        """Whether a worker is at it now."""
        until = self.leased_until
        return self.state == self.State.OPEN and until is not None and until > timezone.now()
