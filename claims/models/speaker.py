"""Who words are given to: persons, groups, bodies, documents and unnamed roles."""

from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import F, Q

from claims.models.article import Article, make_uid


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    """Query words for speakers."""

    def canonical(self) -> Self:
        """Keep one row for each voice: those that were not found to be another's."""
        return self.filter(canonical__isnull=True)

    def local(self) -> Self:
        """Keep voices that mean something only inside their article (“some experts”)."""
        return self.filter(article__isnull=False, kind__in=Speaker.UNNAMED)

    def known_to(self, article: int) -> Self:
        """Leave out voices that mean something only inside another article."""
        return self.exclude(~Q(article=article), article__isnull=False, kind__in=Speaker.UNNAMED)

    def under(self, heads: Collection[int]) -> Self:
        """Keep all rows of the voices whose canonical rows are `heads`."""
        return self.filter(Q(pk__in=heads) | Q(canonical__in=heads))


class Speaker(models.Model):
    """A person, group, organisation, document or unnamed role to whom words are given.

    What the engine reads has one row per article and name; an editor's own row has no article.
    Rows found to be one voice (`IdentityJudgement`) share a `canonical` row, which is computed
    by `claims.identity` from the judgements: claims and attributions stay with the row of their
    article, so that a judgement taken back leaves everything as it was.
    """

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

    UNNAMED = (Kind.GROUP, Kind.ROLE)
    """Kinds of voices that never leave the article they were read in."""

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
        related_name="speakers_read",
        db_index=False,  # `speaker_once_per_article` begins with it
        help_text="Where the engine read the name; empty for rows that editors made.",
    )
    read_as = models.CharField(
        max_length=200,
        blank=True,
        editable=False,
        help_text="The name as the engine read it, whatever an editor made of it.",
    )
    canonical = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="members",
        db_index=False,
        help_text="The row that stands for this voice; empty if it is this one.",
    )
    is_public = models.BooleanField(
        default=False,
        editable=False,
        help_text="Has an identity of its own for everybody: no person, or one that an editor "
        "called public; computed for all rows of a voice together.",
    )
    name_key = models.CharField(
        max_length=400, blank=True, editable=False, help_text="The folded full name, if it is one."
    )
    compared = models.BooleanField(
        default=False, editable=False, help_text="Matching has looked for the same voice elsewhere."
    )
    uncompared = models.CharField(
        max_length=200, blank=True, editable=False, help_text="With whom it was not compared, why."
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        permissions = [("merge_speaker", "Can judge who is the same as whom")]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "read_as", "kind"], name="speaker_once_per_article"
            ),
            models.CheckConstraint(
                condition=~Q(canonical=F("id")), name="speaker_canonical_is_another"
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="speaker_name"),
            models.Index(fields=["name_key", "kind"], name="speaker_name_key"),
            # The id too, so that PostgreSQL need not look into ten thousand rows for theirs.
            models.Index(fields=["canonical", "id"], name="speaker_members"),
            models.Index(
                fields=["name_key", "kind", "id"],
                name="speaker_to_compare",
                condition=Q(compared=False),
            ),
            models.Index(
                fields=["name", "id"],
                name="speaker_canonical_name",
                condition=Q(canonical__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def head(self) -> "Speaker":
        """The row that stands for this voice: itself or its canonical one."""
        return self.canonical or self

    @property
    def is_local(self) -> bool:
        """Whether the voice means something only inside its article."""
        return self.article_id is not None and self.kind in self.UNNAMED


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
    name_key = models.CharField(
        max_length=400,
        blank=True,
        editable=False,
        help_text="The folded form, if it is a full name.",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name_plural = "aliases"
        ordering = ["form"]
        constraints = [
            models.UniqueConstraint(fields=["speaker", "form"], name="alias_once_per_speaker")
        ]
        indexes = [
            models.Index(fields=["form"], name="alias_form"),
            models.Index(fields=["name_key"], name="alias_name_key"),
        ]

    def __str__(self) -> str:
        return self.form


class Role(models.Model):
    """What a speaker was, where, and when: stated by an editor, or read in an article."""

    class Origin(models.TextChoices):
        MACHINE = "machine", "read by the engine, unverified"
        EDITOR = "editor"

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="roles")
    title = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    held = models.CharField(
        max_length=60, blank=True, help_text="EDTF interval, for example 2019/2024; empty: unknown."
    )
    evidence = models.CharField(max_length=500, blank=True, help_text="Where this is said.")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.EDITOR, editable=False)
    article = models.ForeignKey(
        Article,
        null=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="roles_read",
        help_text="Where the engine read it: held at least when this was published.",
    )
    start = models.PositiveIntegerField(null=True, editable=False)
    end = models.PositiveIntegerField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=True, start__isnull=True, end__isnull=True)
                | Q(article__isnull=False, start__isnull=False, end__gt=F("start")),
                name="role_span_in_an_article",
            )
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.title, self.organisation)))
