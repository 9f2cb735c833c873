"""Forms of the admin: saved through `claims.curation` only, and refused when they are stale."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from claims import gate, history
from claims.admin import words
from claims.curation import records
from claims.curation.rulings import Outcome

_PROBLEM = "claims.problem"
"""Key in `request.META` of what curation refused: the form shown again tells it."""


class EditForm(forms.ModelForm):
    """A form that knows which version of the row it shows and which fields were edited.

    Every field carries the value it was shown with, so an edit is what the user changed, not
    what differs from the row as it is now. After a stale save the form comes back with the
    user's edits, the row's present values everywhere else, and the present version.
    """

    version_seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    problem: Exception | None = None

    def __init__(self, *args: Any, problem: Exception | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(problem, history.Stale) and problem.row == self.instance:
            self.problem = problem
        self.initial["version_seen"] = self.instance.version
        self.fields["version_seen"].required = self.instance.pk is not None
        for name, field in self.fields.items():
            field.show_hidden_initial = name != "version_seen"
        on_one_line(self)
        if self.is_bound and isinstance(self.problem, history.Stale):
            self._bring_up_to_date()

    def clean(self) -> dict[str, Any]:
        """Add what curation refused to the form's errors."""
        cleaned = super().clean() or self.cleaned_data
        if isinstance(self.problem, history.Stale):
            self.add_error(None, str(self.problem))
            for name in self._edited():
                self.add_error(name, f"Stored now: {self._words(name) or 'nothing'}.")
        elif self.problem is not None:
            name, _, rest = str(self.problem).partition(": ")
            self.add_error(*((name, rest) if name in self.fields else (None, str(self.problem))))
        return cleaned

    def edits(self) -> dict[str, Any]:
        """Return the fields that the user changed, with their new values."""
        return {name: self.cleaned_data[name] for name in self._edited()}

    def _edited(self) -> list[str]:
        """Return the names of the form's fields that the user changed, and that hold a value."""
        apart = {"version_seen", "reason"}
        return [n for n in self.changed_data if n in self.cleaned_data and n not in apart]

    def _words(self, name: str) -> str:
        """Return a field's stored value in the words of its widget."""
        field = self.fields[name]
        value = self.get_initial_for_field(field, name)
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
            return str(field.queryset.filter(pk=value).first() or "")
        return "" if value is None else str(value)

    def _bring_up_to_date(self) -> None:
        edited = set(self.changed_data)
        data = dict(self.data.items())
        for name, field in self.fields.items():
            stored = _as_posted(field, self.get_initial_for_field(field, name))
            data[self.add_initial_prefix(name)] = stored
            if name not in edited:
                data[self.add_prefix(name)] = stored
        data[self.add_prefix("version_seen")] = str(self.initial["version_seen"])
        self.data = data
        self.__dict__.pop("changed_data", None)


def on_one_line(form: forms.BaseForm) -> None:
    """Show texts of several lines on one, as a browser sends them back; they are no edits then."""
    for name, field in form.fields.items():
        text = form.initial.get(name)
        if isinstance(field.widget, forms.TextInput) and isinstance(text, str):
            form.initial[name] = " ".join(text.split())


def _as_posted(field: forms.Field, value: Any) -> str:
    """Return a value as a browser would send it back."""
    if isinstance(value, bool):
        return str(value)
    shown = field.widget.format_value(value)
    return str((shown[0] if isinstance(shown, list) else shown) or "")


def editor(request: HttpRequest) -> User:
    """Return who is signed in; the admin lets nobody else in."""
    return cast(User, request.user)


def may_undo(request: HttpRequest) -> bool:
    """Return whether the user may take actions back: whoever may change claims and articles."""
    return request.user.has_perms(["claims.change_claim", "claims.change_article"])


class KeptRows(admin.ModelAdmin):
    """Rows that nobody deletes from the web, with the project's own log as their history."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows are never deleted here."""
        return False

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write nothing: curation has logged it."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write nothing: curation has logged it."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the log of one row, newest first."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404(f"There is no {self.opts.verbose_name} {object_id}.")
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {self.opts.verbose_name} “{row}”",
            "opts": self.opts,
            "object": row,
            "log": words.log(row, most=200),
            "may_undo": may_undo(request),
        }
        return TemplateResponse(request, "admin/claims/history.html", context)

    def say(self, request: HttpRequest, done: str, outcome: Outcome) -> None:
        """Tell the user what was done to how many rows, and where it is undone."""
        if not outcome.changed:
            self.message_user(request, "Nothing changed: all of it was so already.")
            return
        already = f"; {outcome.unchanged} were so already" if outcome.unchanged else ""
        address = f"{reverse('admin:claims_change_changelist')}?batch={outcome.batch}"
        count = "1 row" if outcome.changed == 1 else f"{outcome.changed} rows"
        text = format_html(
            '{}: {}{}. <a href="{}">See or undo it</a>', done, count, already, address
        )
        self.message_user(request, text, messages.SUCCESS)


class ReadOnly(KeptRows):
    """Rows that people look at and only the program writes."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows are made by the program."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows are never changed here."""
        return False


class Edited(KeptRows):
    """Rows edited through curation: a stale or senseless save comes back with the reason."""

    form = EditForm

    def save_edits(self, row: Any, edits: Mapping[str, Any], *, actor: User, form: Any) -> None:
        """Store the edits of one row; `form.cleaned_data["version_seen"]` is the version shown.

        Raises:
            Stale: if the row changed since.
            Refused: for values that make no sense.
        """
        records.edit(row, edits, actor=actor, version=form.cleaned_data["version_seen"])

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save the form; what curation refuses is shown in the form, nothing saved."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (gate.Refused, history.Stale) as problem:
            request.META[_PROBLEM] = problem
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """Return the form, told what was refused, if this is the second look at it."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"problem": request.META.get(_PROBLEM)})

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Tell inline forms what was refused: the one whose row is stale shows both values."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return {**kwargs, "form_kwargs": {"problem": request.META.get(_PROBLEM)}}

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Hand new rows and edits to curation; a row that the form has changed is not saved."""
        if not change:
            records.create(obj, actor=editor(request))
        elif edits := form.edits():
            row = self.model._default_manager.get(pk=obj.pk)
            self.save_edits(row, edits, actor=editor(request), form=form)
