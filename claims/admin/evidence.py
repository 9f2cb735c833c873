"""Evidence and notes on a claim's page: added, edited, approved, withdrawn, each row by itself."""

from typing import Any

from django import forms
from django.contrib import admin
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from claims.admin.editing import EditForm, editor
from claims.curation import evidence
from claims.models import Evidence, Note


class StatedForm(EditForm):
    """What is said, by its author only, and whether readers see it."""

    approved = forms.BooleanField(required=False, label="shown to readers")
    user: int | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        self.initial["approved"] = row.approved_by_id is not None and row.byline != ""
        if row.pk and row.author_id != self.user:
            for name in self.fields.keys() - {"version_seen", "approved", "DELETE"}:
                self.fields[name].disabled = True

    def edits(self) -> dict[str, Any]:
        """Return the fields that the user changed; an article by its id."""
        edits = super().edits()
        if "article" in edits:
            edits["article_id"] = (article := edits.pop("article")) and article.pk
        return edits


class StatedFormSet(BaseInlineFormSet):
    """Rows that are withdrawn, and say so."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Name the box what it does."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Withdraw"


class StatedInline(admin.StackedInline):
    """Rows that are withdrawn instead of deleted."""

    form = StatedForm
    formset = StatedFormSet
    extra = 0
    readonly_fields = ("author", "created")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Show what was not withdrawn."""
        rows: Any = super().get_queryset(request)
        return rows.current().select_related("author", "claim")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let whoever may change a row withdraw it."""
        return self.has_change_permission(request, obj)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Let only those approve who may, and say who is looking."""
        made: Any = super().get_formset(request, obj, **kwargs)
        made.form.user = request.user.pk
        right = f"claims.approve_{self.model._meta.model_name}"
        made.form.base_fields["approved"].disabled = not request.user.has_perm(right)
        return made


class EvidenceInline(StatedInline):
    """Sources elsewhere that bear on the claim."""

    model = Evidence
    autocomplete_fields = ("article",)
    fields = (
        *("relation", "url", "retrieved", "article", ("start", "end"), "quotation"),
        *("approved", "author", "created"),
    )


class NoteInline(StatedInline):
    """What editors have to say of the claim."""

    model = Note
    fields = ("text", "approved", "author", "created")


def save(request: HttpRequest, formset: Any) -> None:
    """Hand every row of a formset that was touched to curation."""
    formset.save(commit=False)
    actor = editor(request)
    for form in formset.forms:
        if form in formset.deleted_forms:
            if form.instance.pk:
                seen = form.cleaned_data["version_seen"]
                evidence.withdraw(form.instance, actor=actor, version=seen)
        elif form.has_changed():
            _save(form, actor)


def _save(form: Any, actor: Any) -> None:
    edits = form.edits()
    approved = edits.pop("approved", None)
    row, seen = form.instance, form.cleaned_data["version_seen"]
    if row.pk is None:
        evidence.add(row, actor=actor)
        seen = row.version
    elif edits:
        stored = type(row).objects.get(pk=row.pk)
        seen += evidence.edit(stored, edits, actor=actor, version=seen).changed
    if approved is not None:
        stored = type(row).objects.get(pk=row.pk)
        evidence.approve(stored, actor=actor, version=seen, approved=approved)
