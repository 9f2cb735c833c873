"""What claims are about: editors' subject labels."""

from django.db import models


class Topic(models.Model):
    """A subject label in a scheme, with an optional saved query that tags claims on import."""

    scheme = models.CharField(max_length=40, help_text="For example iptc or on-record.")
    code = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    query = models.CharField(
        max_length=500,
        blank=True,
        help_text="Tags every new claim whose sentence, concept or headline matches: words, "
        "“exact phrases”, OR, -minus.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["scheme", "code"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="topic_code_once_per_scheme")
        ]

    def __str__(self) -> str:
        return self.label
