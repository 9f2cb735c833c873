"""Speakers for editors: names, other ways to write them, roles."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from claims.admin.editing import Edited, EditForm, editor
from claims.admin.listing import ID, ListFilter, QuickList, list_url, starting_with
from claims.curation import records
from claims.models import Alias, Attribution, Role, Speaker


class Reach(ListFilter):
    """Whether a speaker is the same in every article."""

    title = "reach"
    parameter_name = "reach"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the two states."""
        return [("shared", "Same in every article"), ("local", "Local to one article")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep speakers in one of the states."""
        if not self.value():
            return queryset
        return queryset.filter(article__isnull=self.value() == "shared")


class AliasInline(admin.TabularInline):
    """Other ways to write the name."""

    model = Alias
    form = EditForm
    extra = 0


class RoleInline(admin.TabularInline):
    """What the speaker was, where and when."""

    model = Role
    form = EditForm
    extra = 0


@admin.register(Speaker)
class SpeakerAdmin(QuickList, Edited):
    """Persons, groups, bodies and documents to whom words are given."""

    list_display = ("name", "kind", "privacy", "article")
    list_filter = (Reach,)
    list_select_related = ("article",)
    sortable_by = ("name",)
    search_fields = ("name",)
    search_help_text = "The beginning of a name, or of another way to write it"
    actions = None
    inlines = (AliasInline, RoleInline)
    readonly_fields = ("uid", "article")
    fieldsets = [(None, {"fields": ["name", "kind", "privacy", "uid", "article"]})]

    def rows_for_list(self, rows: Any) -> Any:
        """Leave out what no list shows."""
        return rows.defer("article__parts", "article__extra")

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Find by the beginning of a name; a claim's page gets its article's voices first.

        Voices of other articles (“some experts”) are offered to nobody who picks a speaker.
        """
        if search_term:
            forms = Alias.objects.filter(starting_with("form", search_term)).values("speaker")
            queryset = queryset.filter(starting_with("name", search_term) | Q(pk__in=forms))
        article = request.GET.get("article", "")
        if ID.match(article):
            here = Q(article=int(article))
            if not search_term:
                spoken = Attribution.objects.filter(article=int(article), speaker__isnull=False)
                return queryset.filter(here | Q(pk__in=spoken.values("speaker"))), False
            queryset = queryset.filter(here | Q(article__isnull=True))
        return queryset, False

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Hand new, edited and removed aliases and roles to curation."""
        formset.save(commit=False)
        for row in formset.deleted_objects:
            records.remove(row, actor=editor(request))
        for row in formset.new_objects:
            records.create(row, actor=editor(request))
        for edited in formset.initial_forms:
            if edited not in formset.deleted_forms and (edits := edited.edits()):
                seen = edited.cleaned_data["version_seen"]
                records.edit(edited.instance, edits, actor=editor(request), version=seen)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add links to what the speaker said."""
        if speaker := context.get("original"):
            context["links"] = [
                ("Claims", list_url("claim", speaker=speaker.pk, work="all")),
                ("Attributions", list_url("attribution", speaker=speaker.pk)),
            ]
        return super().render_change_form(request, context, *args, **kwargs)
