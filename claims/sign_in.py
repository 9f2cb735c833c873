"""The sign-in guard: a few wrong passwords lock one name at one address, for a while.

Each try is counted in the database before the password is looked at, so that any number of
processes together look at no more than `SIGN_IN_TRIES` passwords, and forgotten when it was right.
A name is locked at the address the tries came from and nowhere else: nobody is shut out by guesses
from elsewhere, nor by somebody else's behind the same proxy. Names without an account are counted
and locked alike, so the answers tell nobody which accounts there are.
"""

import ipaddress
import math
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from rest_framework.throttling import BaseThrottle

from claims import gate
from claims.models import SignInTry
from claims.statements import Given, Written

LOCKED = (
    "Too many wrong passwords for this name from here. Try again in {} minutes, or ask an "
    "administrator to unlock it."
)


_ACCOUNT = Written(lambda: User.objects.filter(pk=Given("pk")))


def _rights() -> "QuerySet[Permission, Any]":
    own = User.user_permissions.through.objects.filter(user=Given("account"))
    groups = Group.permissions.through.objects.filter(group__user=Given("account"))
    held = Q(pk__in=own.values("permission")) | Q(pk__in=groups.values("permission"))
    rows = Permission.objects.filter(held).order_by()
    return rows.values_list("content_type__app_label", "codename")


_RIGHTS = Written(_rights)


class Locked(PermissionDenied):
    """A name is locked at an address, for so many `seconds`; its password was not looked at."""

    def __init__(self, until: datetime) -> None:
        self.seconds = max(1, math.ceil((until - timezone.now()).total_seconds()))
        super().__init__(LOCKED.format(math.ceil(self.seconds / 60)))


class GuardedBackend(ModelBackend):
    """Names and passwords, for every way in: the sign-in pages and the API's tokens."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Any:
        """Return the account, or None.

        Raises:
            Locked: if too many passwords were wrong; Django then says that nobody is signed in,
                and `raise_if_locked` says why.
        """
        if username is None or password is None:
            return None
        try:
            gate.text("name", username)
            gate.text("password", password)
        except gate.Refused:
            return None
        count(username, request)
        user = super().authenticate(request, username, password, **kwargs)
        if user is not None:
            forget(username, request)
        return user

    def get_user(self, user_id: Any) -> User | None:
        """Return the account of a session, if there still is one that may sign in."""
        user: User | None = _ACCOUNT.first(pk=user_id)
        return user if user and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return what an account may, by itself and by its groups: one statement for both."""
        asked = user_obj.is_active and not user_obj.is_superuser
        if asked and not hasattr(user_obj, "_perm_cache"):
            user_obj._perm_cache = {".".join(names) for names in _RIGHTS(account=user_obj.pk)}
        return super().get_all_permissions(user_obj, obj)


class _Explains(AuthenticationForm):
    """Says that a name is locked, instead of that the password is wrong."""

    def get_invalid_login_error(self) -> forms.ValidationError:
        try:
            raise_if_locked(self.cleaned_data.get("username") or "", self.request)
        except Locked as problem:
            return forms.ValidationError(str(problem), code="locked")
        return super().get_invalid_login_error()


class SignInForm(_Explains):
    """Name and password of any account."""


class AdminSignInForm(_Explains, AdminAuthenticationForm):
    """Name and password of an account that works in the admin."""


@transaction.atomic
def count(name: str, request: HttpRequest | None) -> None:
    """Count a try as failed, until `forget` says that it was not.

    Raises:
        Locked: if the name is locked at the request's address; the try is not counted then, so
            that waiting ends the lock however often somebody knocks.
    """
    now = timezone.now()
    SignInTry.objects.filter(last__lt=now - _while()).delete()
    key, address = _key(name, request), address_of(request)
    user = User.objects.filter(username=name).first()
    new = SignInTry(key=key, address=address, user=user, last=now)
    SignInTry.objects.bulk_create(
        [new], update_conflicts=True, unique_fields=["key"], update_fields=["address"]
    )
    row = SignInTry.objects.select_for_update().get(key=key)
    if row.failures >= settings.SIGN_IN_TRIES:
        raise Locked(row.last + _while())
    row.failures += 1
    row.last = now
    row.save(update_fields=["failures", "last"])


def forget(name: str, request: HttpRequest | None) -> None:
    """Forget the failed tries for a name from the request's address."""
    SignInTry.objects.filter(key=_key(name, request)).delete()


def raise_if_locked(name: str, request: HttpRequest | None) -> None:
    """Count nothing; only say whether a name is locked.

    Raises:
        Locked: if it is, at the request's address.
    """
    row = SignInTry.objects.filter(key=_key(name, request)).first()
    if row and row.failures >= settings.SIGN_IN_TRIES and row.last > timezone.now() - _while():
        raise Locked(row.last + _while())


def address_of(request: HttpRequest | None) -> str:
    """Return where a request comes from; of IPv6 the network of one customer (/64).

    As many proxies are believed as `NUM_PROXIES` says, none by default: a forged
    X-Forwarded-For makes no other address.
    """
    given = BaseThrottle().get_ident(request) if request else ""  # type: ignore[arg-type]
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((int(address), 64), strict=False))
    return str(address)


def _key(name: str, request: HttpRequest | None) -> str:
    said = f"{name.casefold()}\n{address_of(request)}"
    return salted_hmac("claims.sign_in", said, algorithm="sha256").hexdigest()


def _while() -> timedelta:
    return timedelta(minutes=settings.SIGN_IN_MINUTES)
