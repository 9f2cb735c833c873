"""What people ruled, and the log of every change."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.article import Article
from claims.models.claim import Attribution, Claim
from claims.models.run import Run


class RulingQuerySet(models.QuerySet["Ruling"]):
    """Query words for rulings."""

    def standing(self) -> Self:
        """Keep rulings that nobody replaced or undid."""
        return self.filter(standing=True)


class Ruling(models.Model):
    """A human value for one field of one row, on top of the machine's."""

    claim = models.ForeignKey(Claim, null=True, on_delete=models.CASCADE, related_name="rulings")
    attribution = models.ForeignKey(
        Attribution, null=True, on_delete=models.CASCADE, related_name="rulings"
    )
    article = models.ForeignKey(
        Article, null=True, on_delete=models.CASCADE, related_name="rulings"
    )
    field = models.CharField(max_length=30)
    value = models.JSONField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    standing = models.BooleanField(default=True)
    replaced = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    batch = models.UUIDField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="rulings"
    )
    at = models.DateTimeField(auto_now_add=True)
    run_seen = models.ForeignKey(
        Run,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The run whose reading the editor saw.",
    )

    objects = RulingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(claim__isnull=False, attribution__isnull=True, article__isnull=True)
                    | Q(claim__isnull=True, attribution__isnull=False, article__isnull=True)
                    | Q(claim__isnull=True, attribution__isnull=True, article__isnull=False)
                ),
                name="ruling_has_one_target",
            ),
            *(
                models.UniqueConstraint(
                    fields=[target, "field"],
                    condition=Q(standing=True, **{f"{target}__isnull": False}),
                    name=f"ruling_stands_once_per_{target}_field",
                )
                for target in ("claim", "attribution", "article")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} = {self.value!r}"


class ChangeQuerySet(models.QuerySet["Change"]):
    """Query words for the log."""

    def of(self, row: models.Model) -> Self:
        """Keep changes of one row, newest first."""
        return self.filter(object_type=row._meta.model_name, object_id=row.pk).order_by("-id")


class Change(models.Model):
    """One entry of the log: who changed what, when, from what to what. Nothing edits it.

    People's changes have one entry per row; machine work has one per article and run.
    """

    batch = models.UUIDField(default=uuid.uuid4, db_index=True)
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="changes"
    )
    actor_name = models.CharField(max_length=150, help_text="Kept if the account is renamed.")
    action = models.CharField(max_length=40)
    origin = models.CharField(
        max_length=10,
        blank=True,
        help_text="By what way: admin, desk, bulk, api, page, command, import.",
    )
    object_type = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    object_name = models.CharField(max_length=200, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undone_by = models.UUIDField(null=True, help_text="The batch that undid this one.")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["object_type", "object_id", "id"], name="change_object"),
            models.Index(fields=["actor_name", "id"], name="change_actor"),
            models.Index(fields=["object_name", "id"], name="change_name"),
            models.Index(fields=["origin", "id"], name="change_origin"),
            models.Index(fields=["at"], name="change_at"),
        ]
        permissions = [("restore_change", "Can take back what somebody else did")]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"
