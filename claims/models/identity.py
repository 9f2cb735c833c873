"""Who is the same as whom: judgements on pairs of speakers, proposals, and keys to find them by."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from claims.models.speaker import Speaker


class IdentityJudgementQuerySet(models.QuerySet["IdentityJudgement"]):
    """Query words for judgements."""

    def standing(self) -> Self:
        """Keep judgements that nobody took back."""
        return self.filter(revoked=False)

    def touching(self, speakers: Any) -> Self:
        """Keep judgements with any of `speakers` (ids, or a query of them) in the pair."""
        return self.filter(Q(one__in=speakers) | Q(other__in=speakers))


class IdentityJudgement(models.Model):
    """Two speakers are the same voice, or are not, or nobody can tell. One row for each pair.

    A judgement taken back stays as `revoked`; its changes are in the log. Clusters are derived
    from the standing ones by `claims.identity`. A rule writes only pairs that have no row yet.
    """

    class Verdict(models.TextChoices):
        SAME = "same", "the same"
        DIFFERENT = "different", "not the same"
        UNSURE = "unsure", "cannot tell"

    class Origin(models.TextChoices):
        RULE = "rule", "a rule"
        EDITOR = "editor"

    one = models.ForeignKey(
        Speaker, on_delete=models.CASCADE, related_name="judged_first", db_index=False
    )
    other = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="judged_second")
    verdict = models.CharField(max_length=10, choices=Verdict)
    origin = models.CharField(max_length=10, choices=Origin)
    score = models.FloatField(null=True, help_text="How alike they looked when it was judged.")
    reasons = models.JSONField(default=list)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="identity_judgements",
        help_text="Who judged, or took it back; empty for a rule.",
    )
    at = models.DateTimeField(auto_now=True)
    revoked = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = IdentityJudgementQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="identity_once_per_pair"),
            models.CheckConstraint(condition=Q(other__gt=F("one")), name="identity_in_order"),
        ]
        indexes = [models.Index(fields=["verdict", "id"], name="identity_verdict")]

    def __str__(self) -> str:
        sign = {"same": "=", "different": "≠", "unsure": "?"}[self.verdict]
        return f"{self.one} {sign} {self.other}"


class CandidateQuerySet(models.QuerySet["Candidate"]):
    """Query words for proposals."""

    def waiting(self) -> Self:
        """Leave out pairs that somebody judged, and those that are one voice by now."""
        judged = IdentityJudgement.objects.standing().filter(
            one=OuterRef("one"), other=OuterRef("other")
        )
        headed = self.annotate(
            first=Coalesce("one__canonical", "one"), second=Coalesce("other__canonical", "other")
        )
        return headed.exclude(first=F("second")).filter(~Exists(judged))


class Candidate(models.Model):
    """Two speakers who may be the same: a proposal for editors, which links nothing."""

    one = models.ForeignKey(
        Speaker, on_delete=models.CASCADE, related_name="proposed_first", db_index=False
    )
    other = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="proposed_second")
    score = models.FloatField()
    reasons = models.JSONField(default=list)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="candidate_once_per_pair"),
            models.CheckConstraint(condition=Q(other__gt=F("one")), name="candidate_in_order"),
        ]
        indexes = [models.Index(fields=["score", "id"], name="candidate_score")]

    def __str__(self) -> str:
        return f"{self.one} ~ {self.other}"


class NameKey(models.Model):
    """A key of one of a speaker's names, see `corpus.speakers.compare.keys`."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="name_keys")
    key = models.CharField(max_length=250)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "speaker"], name="name_key_once_per_speaker")
        ]

    def __str__(self) -> str:
        return self.key
