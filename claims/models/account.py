"""What belongs to accounts: failed sign-ins, tokens' rights and use, names editors sign with."""

import unicodedata
from typing import Any

from django.conf import settings
from django.db import models


class SignInTry(models.Model):
    """Failed sign-ins for one name from one address; enough of them lock that pair for a while.

    Names are kept as a keyed digest: people type passwords into the wrong field. `user` is set
    if there is such an account, so that an administrator can see who is locked out.
    """

    key = models.CharField(max_length=64, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="sign_in_tries",
        help_text="Empty if no account has the name that was tried.",
    )
    address = models.CharField(max_length=64, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    last = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = "failed sign-in"
        ordering = ["-last"]
        indexes = [models.Index(fields=["last"], name="sign_in_last")]

    def __str__(self) -> str:
        return f"{self.user or 'no account'} from {self.address}"


class TokenCard(models.Model):
    """What is known of a token beside its hash; a token without a card reads only."""

    token = models.OneToOneField(
        "knox.AuthToken", primary_key=True, on_delete=models.CASCADE, related_name="card"
    )
    name = models.CharField(max_length=80, blank=True, help_text="What it is for.")
    writes = models.BooleanField(
        default=False, help_text="May rule on claims, as far as its owner may."
    )
    last_used = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return self.name or "a token"


class Byline(models.Model):
    """The name an editor signs notes with in public; never the name of the account."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="byline",
    )
    name = models.CharField(max_length=100)
    name_key = models.CharField(
        max_length=400,
        unique=True,
        editable=False,
        help_text="The name without case: no two editors sign alike.",
    )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the name together with its key."""
        self.name_key = self.key_of(self.name)
        super().save(*args, **kwargs)

    @staticmethod
    def key_of(name: str) -> str:
        """Return what two names have in common that readers take for one."""
        return unicodedata.normalize("NFKC", name).casefold()[:400]
