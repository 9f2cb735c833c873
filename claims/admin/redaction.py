"""The pages on which a chief editor removes a text or a name for legal reasons, in two steps."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from claims import gate
from claims.admin.editing import ReadOnly, editor
from claims.admin.listing import ID, QuickList
from claims.models import Article, Speaker, Tombstone
from claims.redaction import Preview, preview_name, redact_name, redact_text


class TextForm(forms.Form):
    """On what ground a text is removed; the article's uid typed once more."""

    reason = forms.CharField(max_length=500, help_text="On what ground; it is kept.")
    uid = forms.CharField(label="the article’s uid, to be sure", max_length=12)
    version = forms.IntegerField(widget=forms.HiddenInput)


class NameForm(forms.Form):
    """Which forms of a name are removed, and on what ground."""

    forms_of_name = forms.CharField(
        label="forms of the name",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One in each line, as they stand in texts.",
    )
    reason = forms.CharField(max_length=500, help_text="On what ground; it is kept.")


@admin.register(Tombstone)
class TombstoneAdmin(QuickList, ReadOnly):
    """What was removed, when, by whom and why."""

    list_display = ("what", "subject", "reason", "actor", "at")
    list_select_related = ("actor",)
    actions = None
    fields = ("what", "subject", "digest", "reason", "counts", "actor", "at")
    change_list_template = "admin/claims/tombstone/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the pages of the two steps."""
        guard = self.admin_site.admin_view
        return [
            path("text/<int:pk>/", guard(self.text_view), name="claims_tombstone_text"),
            path("name/", guard(self.name_view), name="claims_tombstone_name"),
            *super().get_urls(),
        ]

    def text_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what goes with an article's text, then remove it."""
        _check(request)
        article = Article.objects.filter(pk=pk).first()
        if article is None:
            raise Http404
        form = TextForm(request.POST or None, initial={"version": article.version})
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            try:
                if given["uid"] != article.uid:
                    raise gate.Refused("uid: it is another article’s")
                stone = redact_text(
                    article,
                    reason=given["reason"],
                    actor=editor(request),
                    version=given["version"],
                )
                return self._done(request, stone)
            except gate.Refused as problem:
                messages.error(request, f"{problem}. Nothing was changed.")
        context = self.page_context(request, "Remove a text") | {"article": article, "form": form}
        return TemplateResponse(request, "admin/claims/tombstone/redact.html", context)

    def name_view(self, request: HttpRequest) -> HttpResponse:
        """Show where a name stands, then remove it everywhere."""
        _check(request)
        form = NameForm(request.POST or None, initial=_of_speaker(request.GET.get("speaker", "")))
        found: Preview | None = None
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            names = [line for line in given["forms_of_name"].splitlines() if line.strip()]
            try:
                if "confirmed" in request.POST:
                    stone = redact_name(names, reason=given["reason"], actor=editor(request))
                    return self._done(request, stone)
                found = preview_name(names)
            except gate.Refused as problem:
                messages.error(request, f"{problem}. Nothing was changed.")
        context = self.page_context(request, "Remove a name") | {"form": form, "found": found}
        return TemplateResponse(request, "admin/claims/tombstone/redact.html", context)

    def _done(self, request: HttpRequest, stone: Tombstone) -> HttpResponse:
        messages.success(request, "The words are gone from the database and its files.")
        return HttpResponseRedirect(reverse("admin:claims_tombstone_change", args=[stone.pk]))


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm("claims.redact_article"):
        raise PermissionDenied


def _of_speaker(pk: str) -> dict[str, str]:
    """Return the names of a speaker, one in each line."""
    speaker = Speaker.objects.filter(pk=pk).first() if ID.match(pk) else None
    if speaker is None:
        return {}
    names = [speaker.name, *speaker.aliases.values_list("form", flat=True)]
    return {"forms_of_name": "\n".join(dict.fromkeys(names))}
