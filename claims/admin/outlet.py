"""Outlets and topics for editors: short tables that articles and claims point at."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from claims.admin.editing import Edited
from claims.admin.listing import list_url, starting_with
from claims.admin.sheets import SheetList
from claims.models import Outlet, Topic


@admin.register(Outlet)
class OutletAdmin(SheetList, Edited):
    """Publishers, and what readers who are not signed in may see of their words."""

    list_display = ("name", "kind", "country", "text_policy")
    sheets_of = ("outlet",)
    sortable_by = ("name",)
    search_fields = ("name",)
    search_help_text = "The beginning of the name"
    actions = None
    fieldsets = [(None, {"fields": ["name", "domain", "kind", "country", "text_policy"]})]

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Find by the beginning of the name."""
        found = queryset.filter(starting_with("name", search_term)) if search_term else queryset
        return found, False

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add links to what the outlet published."""
        if outlet := context.get("original"):
            context["links"] = [
                ("Articles", list_url("article", outlet=outlet.pk)),
                ("Claims", list_url("claim", outlet=outlet.pk, work="all")),
            ]
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Topic)
class TopicAdmin(SheetList, Edited):
    """Subject labels, with the saved queries that tag new claims."""

    list_display = ("label", "scheme", "code", "parent", "query")
    sheets_of = ("topic",)
    list_select_related = ("parent",)
    search_fields = ("label",)
    search_help_text = "The beginning of the label"
    actions = None
    autocomplete_fields = ("parent",)
    fieldsets = [(None, {"fields": ["label", "scheme", "code", "parent", "query"]})]

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Find by the beginning of the label."""
        found = queryset.filter(starting_with("label", search_term)) if search_term else queryset
        return found, False

    def save_edits(self, row: Any, edits: Mapping[str, Any], *, actor: User, form: Any) -> None:
        """Store the edits; the parent by its id."""
        fields = dict(edits)
        if "parent" in fields:
            parent = fields.pop("parent")
            fields["parent_id"] = parent.pk if parent else None
        super().save_edits(row, fields, actor=actor, form=form)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add a link to the claims under the topic."""
        if topic := context.get("original"):
            context["links"] = [("Claims", list_url("claim", topic=topic.pk, work="all"))]
        return super().render_change_form(request, context, *args, **kwargs)
