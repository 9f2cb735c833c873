"""What editors bring to a claim: evidence from elsewhere, and notes they sign."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models.article import Article, make_uid
from claims.models.claim import Claim


class StatedQuerySet(models.QuerySet["Stated"]):
    """Query words for evidence and notes."""

    def current(self) -> Self:
        """Leave out what was withdrawn."""
        return self.filter(withdrawn=False)

    def approved(self) -> Self:
        """Keep what readers may see: approved under a byline, and not withdrawn since."""
        return self.current().filter(approved_by__isnull=False).exclude(byline="")


class Stated(models.Model):
    """What evidence and notes share: whose it is, who approved it, whether it was withdrawn."""

    uid = models.CharField(max_length=12, unique=True, default=make_uid, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="%(class)s_rows")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who approved it as it stands; an edit takes the approval away.",
    )
    byline = models.CharField(
        max_length=100,
        blank=True,
        editable=False,
        help_text="The author's public byline when it was approved; it stays when that changes.",
    )
    withdrawn = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = StatedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["id"]


class Evidence(Stated):
    """A source elsewhere that bears on a claim: a page of the web, or words of an article here."""

    class Relation(models.TextChoices):
        """What it does to the claim; whether the claim is true is no column."""

        SUPPORTS = "supports"
        CONTRADICTS = "contradicts"
        CONTEXT = "context", "gives context"

    relation = models.CharField(max_length=12, choices=Relation)
    url = models.CharField("address (URL)", max_length=1000, blank=True)
    article = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.PROTECT, related_name="used_as_evidence"
    )
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    quotation = models.TextField(blank=True, max_length=2000, help_text="Word for word.")
    retrieved = models.DateField(null=True, blank=True, help_text="When the page was read.")

    class Meta(Stated.Meta):
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(article__isnull=True, start__isnull=True, end__isnull=True) & ~Q(url="")
                )
                | Q(article__isnull=False, url="", start__gte=0, end__gt=F("start")),
                name="evidence_is_page_or_span",
                violation_error_message="Give the address of a page, or else an article with the "
                "first and last place of its words.",
            )
        ]
        permissions = [("approve_evidence", "Can approve evidence for the public")]

    def __str__(self) -> str:
        return f"{self.get_relation_display()}: {self.url or self.article}"


class Note(Stated):
    """What an editor has to say of a claim, signed with the editor's public byline."""

    text = models.TextField(max_length=4000)

    class Meta(Stated.Meta):
        permissions = [("approve_note", "Can approve notes for the public")]

    def __str__(self) -> str:
        return self.text[:80]
