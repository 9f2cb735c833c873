"""Who words are given to: persons, groups, bodies, documents and unnamed roles."""

from typing import Self

from django.db import models

from claims.models.article import Article, make_uid


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    """Query words for speakers."""

    def shared(self) -> Self:
        """Keep speakers that stand for the same voice in every article."""
        return self.filter(article__isnull=True)

    def local_to(self, article: Article) -> Self:
        """Keep unnamed and collective voices of one article."""
        return self.filter(article=article)


class Speaker(models.Model):
    """A person, group, organisation, document or unnamed role to whom words are given."""

    class Kind(models.TextChoices):
        PERSON = "person"
        GROUP = "group"
        ORGANISATION = "organisation"
        DOCUMENT = "document"
        ROLE = "role", "unnamed role"

    class Privacy(models.TextChoices):
        """Whether a person has a public page; unknown counts as private."""

        UNKNOWN = "unknown", "not decided: treated as private"
        PUBLIC = "public", "a public person"
        PRIVATE = "private", "a private person"

    uid = models.CharField(max_length=12, unique=True, default=make_uid, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    privacy = models.CharField(max_length=10, choices=Privacy, default=Privacy.UNKNOWN)
    article = models.ForeignKey(
        Article,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="local_speakers",
        help_text="Set for voices that mean something only inside one article (“some experts”).",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["name", "id"], name="speaker_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Alias(models.Model):
    """Another way to write a speaker's name."""

    class Kind(models.TextChoices):
        NAME = "name", "name"
        SURNAME = "surname"
        ACRONYM = "acronym"
        SPELLING = "spelling", "other spelling"

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="aliases")
    form = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NAME)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "aliases"
        ordering = ["form"]
        constraints = [
            models.UniqueConstraint(fields=["speaker", "form"], name="alias_once_per_speaker")
        ]
        indexes = [models.Index(fields=["form"], name="alias_form")]

    def __str__(self) -> str:
        return self.form


class Role(models.Model):
    """What a speaker was, where, and from when to when."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="roles")
    title = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    held = models.CharField(
        max_length=60, blank=True, help_text="EDTF interval, for example 2019/2024; empty: unknown."
    )
    evidence = models.CharField(max_length=500, blank=True, help_text="Where this is said.")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.title, self.organisation)))
