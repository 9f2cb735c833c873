"""The log for editors: who changed what, from what to what, and a button that takes it back."""

import uuid
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import url_has_allowed_host_and_scheme

from claims.admin import words
from claims.admin.editing import ReadOnly, editor, may_undo
from claims.admin.listing import BadQuestion, ListFilter, QuickList
from claims.curation import undo
from claims.models import Change

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


@admin.register(Change)
class ChangeAdmin(QuickList, ReadOnly):
    """The log. Nothing edits it; undoing an action writes new entries."""

    list_display = ("at", "who", "origin", "in_batch", "row", "what", "undone")
    list_display_links = None
    list_filter = (Batch,)
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
