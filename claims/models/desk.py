"""The editors' desk: who works on which article, and the queues that editors keep."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from claims.models.article import Article


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Query words for assignments."""

    def current(self) -> Self:
        """Keep those that have not run out."""
        return self.filter(until__gt=timezone.now())


class Assignment(models.Model):
    """An editor works on an article until then; nobody else is given it meanwhile."""

    article = models.OneToOneField(
        Article, primary_key=True, on_delete=models.CASCADE, related_name="assignment"
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments"
    )
    taken = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["-taken"]
        indexes = [models.Index(fields=["until"], name="assignment_until")]

    def __str__(self) -> str:
        return f"{self.article_id} with {self.editor}"

    @property
    def is_current(self) -> bool:
        """Whether it has not run out."""
        return self.until > timezone.now()


class SavedQueue(models.Model):
    """A question to the desk that an editor asks again and again."""

    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="queues"
    )
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000, help_text="The question, as in the address.")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["editor", "name"], name="queue_name_once_per_editor")
        ]

    def __str__(self) -> str:
        return self.name
