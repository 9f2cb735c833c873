"""The form by which anybody reports an error or replies: on a claim, a speaker, an article."""

from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from claims import export, gate, sign_in
from claims.curation import reports
from claims.filters.base import BadQuestion
from claims.filters.readers import Reader, articles_for, claims_for, reader_of, speakers_for
from claims.models import Claim, Report
from claims.pages import told
from claims.pages.answering import refused

_PAGES: Final = {"claim": "claim_page", "speaker": "speaker_page", "article": "article_page"}


class ReportForm(forms.Form):
    """What is wrong, or what somebody has to say to it."""

    kind = forms.ChoiceField(
        choices=[
            (Report.Kind.ERROR.value, "Something here is wrong"),
            (Report.Kind.REPLY.value, "I reply for whoever this is about"),
        ],
        widget=forms.RadioSelect,
        initial=Report.Kind.ERROR.value,
        label="What is it?",
    )
    text = forms.CharField(
        max_length=reports.LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        label="Your words",
        help_text=f"At most {reports.LONGEST:,} letters. If something is wrong: what, and how one "
        "can see it.",
    )
    name = forms.CharField(
        max_length=100,
        required=False,
        label="Name",
        help_text="Needed for a reply: it is shown with it if the reply is published.",
    )
    contact = forms.CharField(
        max_length=200,
        required=False,
        label="How we can reach you",
        help_text="If you like. Only editors see it.",
    )
    website = forms.CharField(
        required=False,
        label="Leave this empty",
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the name of whoever replies."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Report.Kind.REPLY and not cleaned.get("name", "").strip():
            self.add_error("name", "A reply needs the name it is shown under.")
        return cleaned


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, about: str, uid: str) -> HttpResponse:
    """Show the form, or store what was sent by it; a filled trap is thanked and forgotten."""
    target, title = _target(about, uid, reader_of(request.user))
    if names := sorted(set(request.GET) - {"sent"}):
        return refused(request, BadQuestion({name[:60]: "is no parameter here" for name in names}))
    form = ReportForm(request.POST or None)
    context = {
        "form": form,
        "about": about,
        "title": title,
        "back": reverse(_PAGES[about], args=[uid]),
        "sent": "sent" in request.GET,
    }
    status = 200
    if request.method == "POST":
        status = _take(request, form, target)
        if status == 302:
            return redirect(f"{request.path}?sent=yes")
    answer = render(request, "pages/report.html", context, status=status)
    if status == 429:
        answer["Retry-After"] = str(reports.WHILE.seconds)
    return answer


def _take(request: HttpRequest, form: ReportForm, target: Any) -> int:
    """Store a report; return the status of the answer, 302 once it is stored."""
    if not form.is_valid():
        return 400
    given = dict(form.cleaned_data)
    if given.pop("website"):
        return 302
    user = request.user
    try:
        reports.receive(
            target,
            given.pop("kind"),
            given.pop("text").replace("\r\n", "\n"),
            **given,
            address=sign_in.address_of(request),
            account=user if user.is_authenticated else None,
        )
    except gate.Refused as problem:
        name, _, why = str(problem).partition(": ")
        form.add_error(name if name in form.fields else None, why or name)
        return 400
    except reports.TooMany as problem:
        form.add_error(None, str(problem))
        return 429
    return 302


def _target(about: str, uid: str, reader: Reader) -> tuple[Any, str]:
    """Return what is reported on and what it is called, if the reader may see it."""
    start = {"claim": claims_for, "speaker": speakers_for, "article": articles_for}[about]
    found = start(reader).filter(uid=uid).first()
    if found is None:
        raise Http404
    if isinstance(found, Claim):
        rows = export.rows(claims_for(reader).filter(pk=found.pk), reader)
        return found, told.figure_of_what(next(rows))
    return found, str(found)
