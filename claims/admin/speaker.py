"""Speakers for editors: names, other ways to write them, roles."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from claims.admin.claim_form import speaker_field
from claims.admin.editing import Edited, EditForm, editor
from claims.admin.identity import JudgeViews, panel
from claims.admin.listing import ID, ListFilter, list_url, starting_with
from claims.admin.sheets import SheetList
from claims.curation import records
from claims.models import Alias, Attribution, Role, Speaker


class Shown(ListFilter):
    """Which rows: one for each voice, unless something else is asked for."""

    title = "shown"
    parameter_name = "shown"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return what can be shown; the first is shown if nothing is asked for."""
        return [
            ("voices", "One row for each voice"),
            ("named", "Named, in any article"),
            ("local", "Meaning something in one article only"),
            ("merged", "Merged into another row"),
            ("all", "All rows"),
        ]

    def choices(self, changelist: Any) -> Any:
        """Yield the links; there is no other “All”."""
        for value, label in self.lookup_choices:
            yield {
                "selected": (self.value() or "voices") == value,
                "query_string": changelist.get_query_string({"shown": value}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep the rows asked for."""
        match self.value() or "voices":
            case "named":
                return queryset.canonical().exclude(pk__in=Speaker.objects.local().values("pk"))
            case "local":
                return queryset.local()
            case "merged":
                return queryset.filter(canonical__isnull=False)
            case "all":
                return queryset
            case _:
                return queryset.canonical()


class OtherForm(forms.Form):
    """Another speaker to compare with."""

    other = speaker_field("another speaker")


class AliasInline(admin.TabularInline):
    """Other ways to write the name."""

    model = Alias
    form = EditForm
    extra = 0


class RoleInline(admin.TabularInline):
    """What this row says of the speaker; what all rows of the voice say stands below."""

    model = Role
    form = EditForm
    extra = 0


@admin.register(Speaker)
class SpeakerAdmin(JudgeViews, SheetList, Edited):
    """Persons, groups, bodies and documents to whom words are given."""

    change_form_template = "admin/claims/speaker/change_form.html"

    list_display = ("name", "kind", "privacy", "article")
    sheets_of = ("speaker", "alias")
    list_filter = (Shown,)
    list_select_related = ("article",)
    sortable_by = ("name",)
    search_fields = ("name",)
    search_help_text = "The beginning of a name, or of another way to write it"
    actions = None
    inlines = (AliasInline, RoleInline)
    readonly_fields = ("uid", "article", "read_as")
    fieldsets = [(None, {"fields": ["name", "kind", "privacy", "uid", "article", "read_as"]})]

    def get_urls(self) -> list[URLPattern]:
        """Add the addresses that judge who is the same."""
        return [*self.judge_urls(), *super().get_urls()]

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
            stated = Alias.objects.filter(starting_with("form", search_term))
            merged = Speaker.objects.filter(starting_with("name", search_term))
            queryset = queryset.filter(
                starting_with("name", search_term)
                | Q(pk__in=stated.values(head=Coalesce("speaker__canonical", "speaker")))
                | Q(pk__in=merged.filter(canonical__isnull=False).values("canonical"))
            )
        article = request.GET.get("article", "")
        if ID.match(article):
            here = Speaker.objects.filter(article=int(article))
            if not search_term:
                spoken = Attribution.objects.filter(article=int(article), speaker__isnull=False)
                return queryset.filter(Q(pk__in=here) | Q(pk__in=spoken.values("speaker"))), False
            beside = Speaker.objects.canonical().known_to(int(article))
            apart = beside.exclude(pk__in=here.filter(canonical__isnull=False).values("canonical"))
            queryset = queryset.filter(Q(pk__in=here) | Q(pk__in=apart.values("pk")))
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
            context |= panel(speaker) | {"other_form": OtherForm()}
        return super().render_change_form(request, context, *args, **kwargs)
