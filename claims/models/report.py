"""What readers report: an error in what is shown, or the reply of whoever it is about."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.article import Article, make_uid
from claims.models.claim import Claim
from claims.models.speaker import Speaker


class ReportQuerySet(models.QuerySet["Report"]):
    """Query words for reports."""

    def new(self) -> Self:
        """Keep what nobody has dealt with."""
        return self.filter(state=Report.State.NEW)

    def published(self) -> Self:
        """Keep the replies that readers see."""
        return self.filter(kind=Report.Kind.REPLY, state=Report.State.PUBLISHED)


class Report(models.Model):
    """An error or a reply, sent in by anybody; private but for replies that were approved.

    Of where it came from only a keyed digest is kept, to tell how many came from there lately.
    """

    class Kind(models.TextChoices):
        ERROR = "error", "an error"
        REPLY = "reply", "a reply"

    class State(models.TextChoices):
        NEW = "new", "new: nobody has dealt with it"
        ANSWERED = "answered", "answered: seen to"
        PUBLISHED = "published", "published: readers see the reply"
        DISMISSED = "dismissed", "dismissed"

    uid = models.CharField(max_length=12, unique=True, default=make_uid, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    claim = models.ForeignKey(
        Claim, null=True, on_delete=models.CASCADE, related_name="reports", editable=False
    )
    speaker = models.ForeignKey(
        Speaker, null=True, on_delete=models.CASCADE, related_name="reports", editable=False
    )
    article = models.ForeignKey(
        Article, null=True, on_delete=models.CASCADE, related_name="reports", editable=False
    )
    text = models.TextField(max_length=4000)
    name = models.CharField(
        max_length=100, blank=True, help_text="As given; shown with a reply that is published."
    )
    contact = models.CharField(
        max_length=200, blank=True, help_text="As given; never shown to readers."
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
        help_text="Who sent it, if signed in.",
    )
    sender = models.CharField(max_length=64, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    note = models.CharField(max_length=500, blank=True, help_text="Why; editors see it.")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        permissions = [("publish_report", "Can publish replies")]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(claim__isnull=False, speaker__isnull=True, article__isnull=True)
                    | Q(claim__isnull=True, speaker__isnull=False, article__isnull=True)
                    | Q(claim__isnull=True, speaker__isnull=True, article__isnull=False)
                ),
                name="report_has_one_target",
            )
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="report_state"),
            models.Index(fields=["sender", "created"], name="report_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.target}"

    @property
    def target(self) -> Claim | Speaker | Article:
        """What it is about."""
        found = self.claim or self.speaker or self.article
        assert found is not None  # the table's constraint
        return found
