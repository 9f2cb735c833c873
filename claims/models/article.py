"""Where words come from: outlets, files as received, articles and their texts."""

import secrets
from typing import Self

from django.db import models
from django.db.models import F, Q

# Crockford's base 32, nothing to misread aloud; eight bytes stand for each of its letters.
_LETTERS = b"0123456789abcdefghjkmnpqrstvwxyz" * 8


def make_uid() -> str:
    """Return a random public identifier of 12 letters (60 bits), never reused."""
    return secrets.token_bytes(12).translate(_LETTERS).decode()


class Outlet(models.Model):
    """Who published an article."""

    class Kind(models.TextChoices):
        NEWSPAPER = "newspaper"
        AGENCY = "agency", "news agency"
        BROADCASTER = "broadcaster"
        WEBSITE = "website"
        GOVERNMENT = "government"
        OTHER = "other"

    class TextPolicy(models.TextChoices):
        """What readers who are not signed in may see of the outlet's words."""

        FULL = "full", "the full text"
        PASSAGE = "passage", "the claim's sentence only"
        NONE = "none", "no words of the text"

    name = models.CharField(max_length=200, unique=True)
    domain = models.CharField(max_length=200, blank=True, help_text="For example courier.example")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    country = models.CharField(
        max_length=2, blank=True, help_text="Two letters, ISO 3166; empty if not known."
    )
    text_policy = models.CharField(
        max_length=10,
        choices=TextPolicy,
        default=TextPolicy.PASSAGE,
        help_text="What readers who are not signed in may see of this outlet's words, on pages, "
        "in the API and in exports. Editors see everything.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SourceFile(models.Model):
    """Bytes as received. The same bytes again are the same row."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=300, help_text="The file's name when it first came in.")
    media_type = models.CharField(max_length=100)
    encoding = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField(help_text="In bytes.")
    layout = models.JSONField(
        default=list,
        help_text="Stretches of the file that are in no article: line, start, end, reason. "
        "Offsets are code points of the decoded text.",
    )
    errors = models.JSONField(
        default=list, help_text="Lines that could not be read: line, message."
    )
    redacted_sha256 = models.CharField(
        max_length=64, blank=True, help_text="Of the bytes now, if words were removed."
    )
    file = models.FileField(upload_to="sources/")
    complete = models.BooleanField(
        default=False, help_text="All its articles are stored; if not, import it again."
    )
    received = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class ArticleQuerySet(models.QuerySet["Article"]):
    """Query words for articles."""

    def public(self) -> Self:
        """Keep articles that readers who are not signed in may see."""
        return self.filter(visibility=Article.Visibility.PUBLIC)

    def readable(self) -> Self:
        """Leave out what the engine has nothing to read in: superseded, or its text removed."""
        return self.filter(superseded=False).exclude(unread=Article.REDACTED)

    def for_list(self) -> Self:
        """Fetch in one query what a list of articles shows; the text is in its own table."""
        return self.select_related("outlet")


class Article(models.Model):
    """One news text. Its words are in `ArticleText` and never change."""

    class Visibility(models.TextChoices):
        DRAFT = "draft", "draft: editors only"
        PUBLIC = "public", "public: accepted claims are shown to everybody"
        WITHDRAWN = "withdrawn", "withdrawn: no longer shown"

    class Basis(models.TextChoices):
        """What the publication date or the outlet rests on."""

        NONE = "none", "not known"
        GIVEN = "given", "given with the import"
        METADATA = "metadata", "a line printed with the article"
        DATELINE = "dateline", "the article's dateline"
        URL = "url", "the article's address"
        INFERRED = "inferred", "inferred from the text"
        EDITOR = "editor", "an editor's ruling"

    REDACTED = "redacted"
    """Why the engine does not read an article whose text was removed."""

    uid = models.CharField(max_length=12, unique=True, default=make_uid, editable=False)
    text_sha256 = models.CharField(max_length=64, editable=False)
    redacted_sha256 = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Of the text now, if words were removed for legal reasons.",
    )
    outlet = models.ForeignKey(
        Outlet, null=True, blank=True, on_delete=models.PROTECT, related_name="articles"
    )
    outlet_basis = models.CharField(max_length=10, choices=Basis, default=Basis.NONE)
    headline = models.CharField(max_length=500, blank=True)
    byline = models.CharField(max_length=300, blank=True)
    section = models.CharField(max_length=100, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    language = models.CharField(max_length=10, blank=True, help_text="BCP 47, for example en.")
    parts = models.JSONField(
        default=list,
        editable=False,
        help_text="Headline, byline, dateline, metadata and body as spans of the text.",
    )
    published = models.CharField(
        max_length=60,
        blank=True,
        help_text="EDTF (ISO 8601-2), such as 2025-04-28 or 2025-07-07/..; empty if not known.",
    )
    published_earliest = models.BigIntegerField(null=True, editable=False, help_text="YYYYMMDD")
    published_latest = models.BigIntegerField(null=True, editable=False, help_text="YYYYMMDD")
    published_basis = models.CharField(max_length=10, choices=Basis, default=Basis.NONE)
    published_evidence = models.JSONField(
        null=True, editable=False, help_text="The span of the text the date rests on: start, end."
    )
    published_confidence = models.FloatField(default=0.0, editable=False)
    visibility = models.CharField(
        max_length=10, choices=Visibility, default=Visibility.DRAFT, help_text="Who may see it."
    )
    unread = models.CharField(
        max_length=40, blank=True, editable=False, help_text="Why the engine did not read it."
    )
    claim_count = models.PositiveIntegerField(default=0, editable=False)
    complete = models.BooleanField(
        default=False,
        help_text="An editor ruled on every proposal and looked for what the engine missed.",
    )
    extra = models.JSONField(default=dict, editable=False, help_text="Unknown keys of the import.")
    superseded = models.BooleanField(
        default=False,
        editable=False,
        help_text="Other articles hold its words now: a later version, or boundaries put right.",
    )
    imported = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        permissions = [
            ("publish_article", "Can publish and withdraw articles"),
            ("redact_article", "Can take words or names out for legal reasons"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["outlet", "text_sha256"], name="article_text_once_per_outlet"
            ),
            models.UniqueConstraint(
                fields=["text_sha256"],
                condition=Q(outlet__isnull=True),
                name="article_text_once_without_outlet",
            ),
        ]
        indexes = [
            models.Index(fields=["text_sha256"], name="article_text_sha256"),
            models.Index(fields=["visibility", "id"], name="article_visibility"),
            models.Index(fields=["published_earliest"], name="article_published_earliest"),
            models.Index(
                fields=["visibility", "published_earliest", "id"], name="article_by_published"
            ),
            models.Index(fields=["published_latest"], name="article_published_latest"),
        ]

    def __str__(self) -> str:
        return self.headline or f"Article {self.uid}"


class ArticleText(models.Model):
    """The words of one article, apart from its row so that lists never read them."""

    article = models.OneToOneField(
        Article, primary_key=True, on_delete=models.CASCADE, related_name="body"
    )
    text = models.TextField(editable=False)

    def __str__(self) -> str:
        return f"Text of {self.article_id}"


class Succession(models.Model):
    """Words of an article that was superseded go on in another."""

    old = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="heirs")
    new = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="forebears")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="succession_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="succession_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"


class Placement(models.Model):
    """Where an article stands in a file: one article may stand in several."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="placements")
    source_file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="placements")
    line = models.PositiveIntegerField(
        default=0, help_text="The line of a JSON Lines file, from 1; 0 for plain text."
    )
    start = models.PositiveIntegerField(help_text="Where the first slice starts.")
    slices = models.JSONField(
        help_text="[start, end) pairs, in code points of the decoded file (JSON Lines: of the "
        "record's text), in file order: their plain concatenation is the article's text."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_file", "line", "start", "article"], name="placement_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} in {self.source_file_id}"
