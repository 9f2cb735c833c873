"""What was removed for legal reasons: that it was, by whom and why; never the words themselves."""

from django.conf import settings
from django.db import models


class Tombstone(models.Model):
    """One removal. Nothing edits it, and nothing brings the words back."""

    class What(models.TextChoices):
        TEXT = "text", "the text of an article"
        NAME = "name", "a name, everywhere"

    what = models.CharField(max_length=10, choices=What)
    subject = models.CharField(max_length=60, help_text="uid of the article or speaker, if any.")
    digest = models.CharField(
        max_length=64, help_text="HMAC-SHA-256 of what was removed, under the site's secret key."
    )
    reason = models.CharField(max_length=500)
    counts = models.JSONField(default=dict, help_text="Rows that held it, by table.")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.at:%Y-%m-%d}"
