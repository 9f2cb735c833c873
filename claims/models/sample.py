"""Random samples of machine readings, judged by editors who do not see each other's judgements."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.article import Outlet
from claims.models.claim import Claim
from corpus.quantities.base import KINDS


class Sample(models.Model):
    """Claims drawn at random: what is in it never changes, whatever becomes of the claims."""

    name = models.CharField(max_length=120, unique=True)
    seed = models.PositiveIntegerField(
        help_text="The same seed over the same claims draws the same ones."
    )
    size = models.PositiveIntegerField(help_text="How many were asked for.")
    drawn_from = models.PositiveIntegerField(help_text="How many there were to draw from.")
    kind = models.CharField(
        max_length=10, blank=True, choices=[(kind, kind) for kind in KINDS], help_text="Only these."
    )
    outlet = models.ForeignKey(
        Outlet, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    engine = models.CharField(
        max_length=40, blank=True, help_text="Only what this version of the engine found last."
    )
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drawn = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class SampleItem(models.Model):
    """One claim of a sample, with the reading that the machine had when it was drawn."""

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="items")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="sampled")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    machine = models.JSONField(help_text="The finding that is judged.")

    class Meta:
        ordering = ["sample", "position"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "claim"], name="sampled_once"),
            models.UniqueConstraint(fields=["sample", "position"], name="sample_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sample} {self.position}"


class Coding(models.Model):
    """What one editor makes of one reading, without having seen what another makes of it.

    A coding that `settles` is a chief editor's, who saw the two that disagree.
    """

    class Judgement(models.TextChoices):
        RIGHT = "right"
        WRONG = "wrong"
        UNCLEAR = "unclear", "cannot tell"

    item = models.ForeignKey(SampleItem, on_delete=models.CASCADE, related_name="codings")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    figure = models.CharField(max_length=10, choices=Judgement)
    voice = models.CharField(max_length=10, choices=Judgement)
    note = models.CharField(max_length=300, blank=True)
    settles = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "actor"], name="coded_once_by_each"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(settles=True), name="coding_settled_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure}, {self.voice}"
