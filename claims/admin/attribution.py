"""Attributions for editors: who is speaking, in the article's words, and who it should be."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from claims.admin.claim_form import speaker_field
from claims.admin.claim_page import whole_words
from claims.admin.editing import Edited, EditForm
from claims.admin.listing import IdsFirst, QuickList, RowFilter, VoiceFilter
from claims.curation import review
from claims.marks import Mark, marked
from claims.models import Article, Attribution, Run

LEGEND = {
    "source": "source: who speaks",
    "cue": "cue: the word that attributes",
    "content": "content: what is attributed",
}
_AROUND = 300


class OfArticle(RowFilter):
    """Attributions in one article."""

    title, parameter_name, model = "article", "article", Article


class OfRun(RowFilter):
    """Attributions that one run was the last to find."""

    title, parameter_name, model = "run", "last_run", Run


class AttributionForm(EditForm):
    """Who is speaking."""

    speaker = speaker_field("speaker")

    class Meta:
        model = Attribution
        fields = ("speaker",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picker: Any = self.fields["speaker"].widget
        picker.article = self.instance.article_id


@admin.register(Attribution)
class AttributionAdmin(QuickList, Edited):
    """Every claim in an attribution follows the speaker set here."""

    form = AttributionForm
    changelist = IdsFirst
    list_display = ("speaker_words", "manner", "score", "in_article", "gone")
    list_filter = (OfArticle, VoiceFilter, OfRun)
    list_select_related = ("speaker__canonical", "article")
    actions = None
    readonly_fields = ("manner", "resolved_by", "found", "said_when", "score", "tier", "last_run")
    change_form_template = "admin/claims/attribution/change_form.html"
    fieldsets = [(None, {"fields": ["speaker", *readonly_fields]})]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Attributions are found by the engine."""
        return False

    def rows_for_list(self, rows: Any) -> Any:
        """Leave out what no list shows."""
        return rows.defer("machine", "content", "article__parts", "article__extra")

    def save_edits(
        self, row: Any, edits: Mapping[str, Any], *, actor: User, form: forms.Form
    ) -> None:
        """Rule who is speaking."""
        version = form.cleaned_data["version_seen"]
        review.set_speaker_of_attribution(row, edits["speaker"], actor=actor, version=version)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the words around the attribution, with its parts marked."""
        attribution: Attribution = context["original"]
        marks = [
            Mark(start, end, role, role)
            for role in LEGEND
            for start, end in getattr(attribution, role)
        ]
        text = attribution.article.body.text
        start = min((mark.start for mark in marks), default=0)
        end = max((mark.end for mark in marks), default=0)
        context |= {
            "title": f"Attribution to {attribution.speaker or 'nobody yet'}",
            "subtitle": None,
            "attribution": attribution,
            "words": marked(
                text, marks, *whole_words(text, start - _AROUND, start, end, end + _AROUND)
            ),
            "legend": list(LEGEND.items()),
            "claims": attribution.claims.order_by("start"),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="speaker")
    def speaker_words(self, attribution: Attribution) -> str:
        """Return the speaker's name, or that there is none yet."""
        speaker = attribution.speaker
        return format_html("<bdi>{}</bdi>", speaker.head if speaker else "unresolved")

    @admin.display(description="article")
    def in_article(self, attribution: Attribution) -> str:
        """Return the article's headline."""
        return format_html("<bdi>{}</bdi>", attribution.article)

    @admin.display(description="the machine's speaker")
    def found(self, attribution: Attribution) -> str:
        """Return the name that the engine found, and between whom it wavered."""
        name = attribution.machine.get("speaker") or "none"
        wavering = ", ".join(attribution.candidates)
        return f"{name}; candidates: {wavering}" if wavering else name
