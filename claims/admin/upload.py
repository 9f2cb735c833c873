"""Import by upload: a file of text or JSON Lines comes in, and a job says what became of it."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import reverse

from claims import gate, jobs
from claims.admin.editing import editor
from claims.ingest import Options
from claims.models import Article, Job, Outlet

SMALL = 200_000
"""Bytes of a file that the request itself begins to import; a larger one waits for a worker."""

_HELP = 5.0  # seconds that a request works on a small file before it leaves it to a worker


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
        help_text="The engine reads the articles as soon as they are stored.",
    )

    def limit_to_drafts(self) -> None:
        """Offer nothing that everybody would see at once."""
        field: Any = self.fields["visibility"]
        field.choices = [one for one in field.choices if one[0] == Article.Visibility.DRAFT]

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

    def given(self) -> dict[str, str]:
        """Return what the import is told of all articles.

        Raises:
            Refused: for a date that is no EDTF.
        """
        asked = self.cleaned_data
        given = {name: asked[name] for name in ("visibility", "published")}
        given["outlet"] = asked["outlet"].name if asked["outlet"] else ""
        Options(**given)
        return given


def import_view(request: HttpRequest, model_admin: Any) -> HttpResponse:
    """Show the form; on POST ask for the import and show how far it is.

    A small file is imported at once, as far as a few seconds suffice.
    """
    if not request.user.has_perm("claims.add_article"):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if not request.user.has_perm("claims.publish_article"):
        form.limit_to_drafts()
    if request.method == "POST" and form.is_valid():
        try:
            job = _ask(request, form)
        except gate.Refused as problem:
            form.add_error(None, f"{problem}. Nothing was stored.")
        else:
            return HttpResponseRedirect(reverse("admin:claims_job_change", args=[job.pk]))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Import a file",
        "opts": model_admin.opts,
        "form": form,
        "media": model_admin.media + form.media,
    }
    return TemplateResponse(request, "admin/claims/article/import.html", context)


def _ask(request: HttpRequest, form: UploadForm) -> Job:
    file: UploadedFile = form.cleaned_data["file"]
    data, asked = file.read(), form.cleaned_data
    job = jobs.to_import(
        data,
        file.name or "upload",
        form.given(),
        extract=asked["extract"],
        actor=editor(request),
    )
    if len(data) <= SMALL:
        jobs.help_with(job, seconds=_HELP)
    return job
