"""Accounts for administrators: who is in which group, who is locked out, which tokens there are."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from knox import admin as of_knox
from knox.models import AuthToken

from claims import rights, tokens
from claims.admin.editing import editor
from claims.admin.listing import QuickList, starting_with
from claims.history import Batch, record
from claims.models import SignInTry

admin.site.unregister([User, Group, of_knox.models.AuthToken])  # importing them registered them

_BEFORE = "claims.account"
_LOGGED = ("username", "first_name", "last_name", "email", "is_active", "is_staff", "is_superuser")


@admin.register(User)
class AccountAdmin(QuickList, UserAdmin):
    """Accounts. What one may do comes from its groups; only a superuser makes superusers.

    Whoever is in a group that works in the admin gets the staff flag with it.
    """

    list_display = ("username", "email", "in_groups", "is_active", "last_login")
    list_filter = ()
    search_fields = ("username",)
    search_help_text = "The beginning of the name"
    actions = None
    readonly_fields = ("last_login", "date_joined", "is_staff")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Rights", {"fields": ("groups", "is_active", "is_staff")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the superuser flag to superusers."""
        found = super().get_fieldsets(request, obj)
        if obj is None or not editor(request).is_superuser:
            return found
        return (*found, ("Everything", {"fields": ("is_superuser",)}))

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the groups along."""
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Superusers are changed by superusers only: their password is the key to everything."""
        if obj is not None and obj.is_superuser and not editor(request).is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts are closed, not deleted: what they did stays theirs."""
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Find by the beginning of the name."""
        if search_term:
            queryset = queryset.filter(starting_with("username", search_term))
        return queryset, False

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Remember how the account was, for the log."""
        if obj is not None:
            request.META.setdefault(_BEFORE, _said(obj))
        return super().get_form(request, obj, change=change, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the groups, and set the staff flag by them."""
        super().save_related(request, form, formsets, change)
        user = form.instance
        user.is_staff = user.is_superuser or rights.works_in_admin(user.groups.all())
        user.save(update_fields=["is_staff"])

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write a new account into the project's own log."""
        batch = Batch.begin("make account", editor(request))
        record([batch.entry(obj, {}, _said(obj))])

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write what was changed into the project's own log; of a password only that it was."""
        after = _said(obj)
        before = request.META.get(_BEFORE, after)
        changed = [name for name in after if before[name] != after[name]]
        batch = Batch.begin("edit account" if changed else "set password", editor(request))
        if changed or _BEFORE not in request.META:
            was, now = ({name: side[name] for name in changed} for side in (before, after))
            record([batch.entry(obj, was, now)])

    @admin.display(description="groups")
    def in_groups(self, user: User) -> str:
        """Return the roles in one line."""
        roles = ["superuser"] if user.is_superuser else []
        return ", ".join([*roles, *sorted(group.name for group in user.groups.all())]) or "–"


class Removed(QuickList):
    """Rows that are looked at and removed, never made or changed, by whoever may."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The program makes them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes them."""
        return False

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Write nothing: whoever removes rows has logged it."""


@admin.register(SignInTry)
class SignInTryAdmin(Removed):
    """Failed sign-ins: deleting a row unlocks the name at that address."""

    list_display = ("user", "address", "failures", "last")
    list_select_related = ("user",)
    fields = readonly_fields = ("user", "address", "failures", "last")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Unlock one."""
        self.delete_queryset(request, SignInTry.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Unlock several."""
        batch = Batch.begin("unlock sign-in", editor(request))
        record(batch.entry(row, {"address": row.address}, {}) for row in queryset)
        queryset.delete()


@admin.register(AuthToken)
class TokenAdmin(Removed):
    """Tokens of all accounts: deleting one revokes it."""

    list_display = ("user", "purpose", "writes", "created", "last_used")
    list_select_related = ("user", "card")
    fields = readonly_fields = ("user", "purpose", "writes", "created", "last_used")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Revoke one."""
        self.delete_queryset(request, AuthToken.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Revoke several."""
        tokens.revoke(queryset, actor=editor(request))

    @admin.display(description="for")
    def purpose(self, token: AuthToken) -> str:
        """Return what its owner says it is for."""
        return str(_card(token, "name") or "–")

    @admin.display(description="may write", boolean=True)
    def writes(self, token: AuthToken) -> bool:
        """Return whether it may rule on claims."""
        return bool(_card(token, "writes"))

    @admin.display(description="last used")
    def last_used(self, token: AuthToken) -> Any:
        """Return when it was used last, to within ten minutes."""
        return _card(token, "last_used")


def _card(token: AuthToken, name: str) -> Any:
    return getattr(getattr(token, "card", None), name, None)


def _said(user: User) -> dict[str, Any]:
    """Return what the log says of an account; never its password."""
    groups = sorted(user.groups.values_list("name", flat=True)) if user.pk else []
    return {name: getattr(user, name) for name in _LOGGED} | {"groups": groups}
