"""The log for editors: who changed what, from what to what, and a button that takes it back."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme

from claims.admin import words
from claims.admin.editing import ReadOnly, editor, may_undo
from claims.admin.listing import (
    BadQuestion,
    ChoiceFilter,
    ListFilter,
    QuickList,
    starting_with,
)
from claims.curation import undo
from claims.history import MACHINE, WAYS
from claims.models import Article, Attribution, Change, Claim, Speaker

_WITH_UID: tuple[type[Any], ...] = (Article, Attribution, Claim, Speaker)
_TARGETS = ("article", "attribution", "claim", "outlet", "speaker", "topic", "run")


def _uuid(value: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(value)
    except ValueError:
        return None


class Batch(ListFilter):
    """One action: all its entries, which are undone together."""

    title = "action"
    parameter_name = "batch"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the batch asked for, if any."""
        value = request.GET.get("batch", "")
        if value and not _uuid(value):
            raise BadQuestion(f"batch: {value[:40]!r} is no action's identifier")
        return [(value, value[:8])] if value else []

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep the entries of one action."""
        return queryset.filter(batch=self.value()) if self.value() else queryset


class By(ListFilter):
    """Whose changes: one's own, or the engine's, or one name asked for by a link."""

    title = "who"
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the user, the engine, and the name asked for."""
        asked = request.GET.get(self.parameter_name, "")[:150]
        names = [editor(request).get_username(), MACHINE, asked]
        return [(name, name) for name in dict.fromkeys(names) if name]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep what that name did."""
        return queryset.filter(actor_name=self.value()) if self.value() else queryset


class Way(ChoiceFilter):
    """By what way the change came."""

    title = "by what way"
    parameter_name = "origin"
    choices_of_column = [(way, way) for way in WAYS]


class Kind(ChoiceFilter):
    """What kind of row it is about."""

    title = "row"
    parameter_name = "object_type"
    choices_of_column = [(name, name) for name in _TARGETS]


class Since(ListFilter):
    """How long ago at most."""

    title = "since"
    parameter_name = "since"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return spans of days."""
        return [("1", "a day ago"), ("7", "a week ago"), ("30", "30 days ago")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep changes of the last days."""
        if not self.value():
            return queryset
        return queryset.filter(at__gte=timezone.now() - timedelta(days=int(self.value() or 0)))


@admin.register(Change)
class ChangeAdmin(QuickList, ReadOnly):
    """The log. Nothing edits it; undoing an action writes new entries."""

    list_display = ("at", "who", "origin", "in_batch", "row", "what", "undone")
    list_display_links = None
    list_filter = (Batch, By, Way, Kind, Since)
    search_fields = ("object_name",)
    search_help_text = "A name of an account, the uid of a row, or the beginning of its name"
    actions = None
    change_list_template = "admin/claims/change/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the address that undoes an action."""
        view = self.admin_site.admin_view(self.undo_view)
        return [path("undo/", view, name="claims_change_undo"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the log; for one action, with the button that undoes it."""
        batch = _uuid(request.GET.get("batch", ""))
        first = Change.objects.filter(batch=batch).first() if batch else None
        return super().changelist_view(
            request, {**(extra_context or {}), "batch": first, "may_undo": may_undo(request)}
        )

    def undo_view(self, request: HttpRequest) -> HttpResponse:
        """Undo one action as a whole, or say why not."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not may_undo(request):
            raise PermissionDenied
        batch = _uuid(request.POST.get("batch", ""))
        try:
            if batch is None:
                raise undo.CannotUndo("There is no such action")
            outcome = undo.undo(batch, actor=editor(request))
        except undo.CannotUndo as problem:
            self.message_user(request, str(problem), messages.ERROR)
        else:
            self.say(request, "Undone", outcome)
        return HttpResponseRedirect(_back(request))

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Find by account, by the uid of a row, or by the beginning of its name."""
        if not (term := " ".join(search_term.split())):
            return queryset, False
        found = Q(actor_name=term) | starting_with("object_name", term)
        for model in _WITH_UID:
            for pk in model._default_manager.filter(uid=term.lower()).values_list("pk", flat=True):
                found |= Q(object_type=model._meta.model_name, object_id=pk)
        return queryset.filter(found), False

    @admin.display(description="who")
    def who(self, entry: Change) -> str:
        """Return the actor's name at that time."""
        return entry.actor_name

    @admin.display(description="action")
    def in_batch(self, entry: Change) -> str:
        """Return what was done, as a link to all entries of the same action."""
        return format_html('<a href="?batch={}">{}</a>', entry.batch, entry.action)

    @admin.display(description="row")
    def row(self, entry: Change) -> str:
        """Return the row's kind and name, as a link where it has a page."""
        name = entry.object_name or str(entry.object_id)
        try:
            address = reverse(f"admin:claims_{entry.object_type}_change", args=[entry.object_id])
        except NoReverseMatch:  # aliases and roles have no page of their own
            return format_html("{} <bdi>{}</bdi>", entry.object_type, name)
        return format_html('{} <a href="{}"><bdi>{}</bdi></a>', entry.object_type, address, name)

    @admin.display(description="what")
    def what(self, entry: Change) -> str:
        """Return what changed, field by field."""
        return format_html(
            '<ul class="differences">{}</ul>',
            format_html_join(
                "",
                "<li>{}: <del><bdi>{}</bdi></del> → <ins><bdi>{}</bdi></ins></li>",
                words.differences(entry)[:20],
            ),
        )

    @admin.display(description="undone")
    def undone(self, entry: Change) -> str:
        """Return whether it was taken back."""
        return "undone" if entry.undone_by else ""


def _back(request: HttpRequest) -> str:
    """Return the address the user came from, if it is one of ours; else the log."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return reverse("admin:claims_change_changelist")
