"""Import by upload: a file of text or JSON Lines comes in, and a report says what became of it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Sum
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse

from claims import gate, runs, statistics
from claims.ingest import FileReport, Options, import_bytes
from claims.models import Article, ArticleText, Outlet

MOST_READ_AT_ONCE = 50
"""New articles that the engine reads while the browser waits; more are left to the command."""

MOST_CHARACTERS_AT_ONCE = 200_000
"""And how long they may be together: dense text takes the engine about a minute per million."""

_MOST_LINES = 1000


class UploadForm(forms.Form):
    """A file, and what is known of all its articles."""

    file = forms.FileField(help_text="Plain text with one or more articles, or JSON Lines.")
    outlet = forms.ModelChoiceField(
        Outlet.objects.all(),
        required=False,
        widget=AutocompleteSelect(Article._meta.get_field("outlet"), admin.site),
        help_text="Who published it, if all of it has one outlet. What a line of JSON says of "
        "itself comes first.",
    )
    published = forms.CharField(
        required=False,
        max_length=60,
        label="published (EDTF)",
        help_text="Only if all of it was published then, for example 2025-04-28.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    visibility = forms.ChoiceField(choices=Article.Visibility.choices)
    extract = forms.BooleanField(
        required=False,
        initial=True,
        label="find claims at once",
        help_text=f"For up to {MOST_READ_AT_ONCE} new articles with {MOST_CHARACTERS_AT_ONCE:,} "
        "characters; more are read by manage.py extract_claims.",
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a file above the size cap."""
        file: UploadedFile = self.cleaned_data["file"]
        size = file.size or 0
        if size > settings.UPLOAD_MAX_BYTES:
            allowed = filesizeformat(settings.UPLOAD_MAX_BYTES)
            raise forms.ValidationError(
                f"{filesizeformat(size)} is too large; at most {allowed} can be uploaded. "
                "Nothing was stored. Larger files come in by manage.py import_texts."
            )
        return file

    def options(self, actor: Any) -> Options:
        """Return what the import is told of all articles.

        Raises:
            Refused: for a date that is no EDTF.
        """
        given = self.cleaned_data
        return Options(
            outlet=given["outlet"].name if given["outlet"] else "",
            visibility=given["visibility"],
            published=given["published"],
            actor=actor,
        )


def import_view(request: HttpRequest, model_admin: Any) -> HttpResponse:
    """Show the form; on POST import the file and show what became of each of its texts."""
    if not request.user.has_perm("claims.add_article"):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Import a file",
        "opts": model_admin.opts,
        "form": form,
        "media": model_admin.media + form.media,
    }
    if request.method == "POST" and form.is_valid():
        file: UploadedFile = form.cleaned_data["file"]
        try:
            report = import_bytes(file.read(), file.name or "upload", form.options(request.user))
        except gate.Refused as problem:
            form.add_error(None, f"{problem}. Nothing was stored.")
        else:
            statistics.refresh()
            context |= _report(report, extract=form.cleaned_data["extract"])
    return TemplateResponse(request, "admin/claims/article/import.html", context)


def _report(report: FileReport, *, extract: bool) -> dict[str, Any]:
    new = [one.article for one in report.outcomes if one.article and one.outcome == "new"]
    found: dict[str, Any] = {
        "report": report,
        "counts": {name: report.count(name) for name in ("new", "known", "refused")},
        "outcomes": report.outcomes[:_MOST_LINES],
        "further": max(0, len(report.outcomes) - _MOST_LINES),
    }
    if extract and (left := _too_much(new)):
        found["left"] = left
    elif extract and new:
        steps = list(runs.run_engine(Article.objects.filter(pk__in=new)))
        found["claims"] = sum(step.counts.new for step in steps)
        found["unread"] = [(step.article, step.error) for step in steps if step.error]
    return found


def _too_much(new: list[int]) -> str:
    """Return why new articles are not read at once, or nothing."""
    if len(new) > MOST_READ_AT_ONCE:
        return f"{len(new)} articles are too many to read while you wait."
    texts = ArticleText.objects.filter(article__in=new)
    size = texts.aggregate(size=Sum(Length("text"), default=0))["size"]
    if size > MOST_CHARACTERS_AT_ONCE:
        return f"{size:,} characters are too many to read while you wait."
    return ""
