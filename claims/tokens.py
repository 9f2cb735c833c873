"""Tokens of accounts: made, looked at, and how recently they were used."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from knox.models import AuthToken

from claims import gate
from claims.history import Batch, record
from claims.models import TokenCard
from claims.statements import Given, Written

MOST = 20
"""Tokens that one account may have."""

NOTED_EVERY = timedelta(minutes=10)
"""How exactly the last use is known: noting every request would make each a write."""

_CARD = Written(lambda: TokenCard.objects.filter(pk=Given("token")))


@transaction.atomic
def make(user: User, *, name: str = "", writes: bool = False) -> str:
    """Make a token and return it: only its hash is stored, so nobody can show it again.

    Raises:
        Refused: for a name that is no line of text, or if the account has `MOST` already.
    """
    name = gate.line("name", name, longest=80)
    User.objects.select_for_update().get(pk=user.pk)
    if AuthToken.objects.filter(user=user).count() >= MOST:
        raise gate.Refused(f"tokens: an account has {MOST} at most; revoke one first")
    row, token = AuthToken.objects.create(user)
    TokenCard.objects.create(token=row, name=name, writes=writes)
    said = {"token": row.token_key[:6], "for": name, "writes": writes}
    record([Batch.begin("make token", user).entry(user, {}, said)])
    return str(token)


@transaction.atomic
def revoke(rows: "QuerySet[AuthToken]", *, actor: User) -> int:
    """Revoke tokens, which are refused from the next request on; return how many there were."""
    found = list(rows.select_related("user"))
    batch = Batch.begin("revoke token", actor)
    record(batch.entry(row.user, {"token": row.token_key[:6]}, {}) for row in found)
    AuthToken.objects.filter(pk__in=[row.pk for row in found]).delete()
    return len(found)


def of(user: User) -> "QuerySet[AuthToken]":
    """Return the tokens of an account with their cards, newest first."""
    rows: QuerySet[AuthToken] = AuthToken.objects.filter(user=user).select_related("card")
    return rows.order_by("-created", "pk")


def note_use(token: AuthToken) -> TokenCard:
    """Note that a token was used, and return its card; one made without a card gets one."""
    card: TokenCard | None = _CARD.first(token=token.pk)
    now = timezone.now()
    if card is None or card.last_used is None or card.last_used < now - NOTED_EVERY:
        card, _ = TokenCard.objects.update_or_create(token=token, defaults={"last_used": now})
    return card
