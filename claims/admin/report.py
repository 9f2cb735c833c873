"""Reports of readers: the queue, each report, and what an editor does with it."""

from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from claims import gate, history
from claims.admin.editing import ReadOnly, editor
from claims.admin.listing import ID, ChoiceFilter, QuickList
from claims.curation import reports
from claims.models import Report

_PAGES: Final = {"claim": "claim_page", "speaker": "speaker_page", "article": "article_page"}


class StateFilter(ChoiceFilter):
    """How far it was dealt with."""

    title = "state"
    parameter_name = "state"
    choices_of_column = Report.State.choices


class KindFilter(ChoiceFilter):
    """Whether something is wrong, or somebody replies."""

    title = "kind"
    parameter_name = "kind"
    choices_of_column = Report.Kind.choices


@admin.register(Report)
class ReportAdmin(QuickList, ReadOnly):
    """What readers sent in; only a reply that was published is seen outside."""

    list_display = ("beginning", "kind", "about", "state", "created", "handled_by")
    list_filter = (StateFilter, KindFilter)
    list_select_related = ("claim", "speaker", "article", "handled_by")
    actions = None
    change_form_template = "admin/claims/report/change_form.html"
    fields = (
        *("kind", "about", "whole", "name", "contact", "account", "created"),
        *("state", "note", "handled_by"),
    )
    readonly_fields = ("about", "whole")

    def get_urls(self) -> list[URLPattern]:
        """Add the address that deals with a report."""
        guard = self.admin_site.admin_view
        return [
            path("<int:pk>/settle/", guard(self.settle_view), name="claims_report_settle"),
            *super().get_urls(),
        ]

    @admin.display(description="words")
    def beginning(self, report: Report) -> str:
        """Return the beginning of what was sent."""
        return Truncator(report.text).chars(100)

    @admin.display(description="words")
    def whole(self, report: Report) -> str:
        """Return what was sent, with its line ends."""
        return format_html('<div class="words"><bdi class="text">{}</bdi></div>', report.text)

    @admin.display(description="about")
    def about(self, report: Report) -> str:
        """Return what it is about, with its page and its place in the admin."""
        target: Any = report.target
        name = target._meta.model_name
        return format_html(
            '{} <a href="{}"><bdi>{}</bdi></a> (<a href="{}">page</a>)',
            name,
            reverse(f"admin:claims_{name}_change", args=[target.pk]),
            target,
            reverse(_PAGES[name], args=[target.uid]),
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show a report with the ways to deal with it that are open to the editor."""
        report: Report | None = kwargs.get("obj")
        if report and request.user.has_perm("claims.change_report"):
            context["choices"] = _choices(report, request.user.has_perm("claims.publish_report"))
        return super().render_change_form(request, context, *args, **kwargs)

    def settle_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what becomes of a report."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not request.user.has_perm("claims.change_report"):
            raise PermissionDenied
        report = Report.objects.filter(pk=pk).first()
        if report is None:
            raise Http404
        sent = request.POST
        seen = sent.get("version", "")
        try:
            outcome = reports.settle(
                report,
                sent.get("state", ""),
                note=sent.get("note", ""),
                actor=editor(request),
                version=int(seen) if ID.match(seen) else 0,
            )
        except (gate.Refused, history.Stale) as problem:
            messages.error(request, f"{str(problem).removesuffix('.')}. Nothing was changed.")
            return redirect("admin:claims_report_change", pk)
        self.say(request, "Dealt with", outcome)
        return redirect(f"{reverse('admin:claims_report_changelist')}?state=new")


def _choices(report: Report, publishes: bool) -> list[tuple[str, str]]:
    """Return what may be done with a report: its state then, and the words on the button."""
    state = Report.State
    found = [(state.ANSWERED, "Seen to"), (state.DISMISSED, "Dismiss"), (state.NEW, "Open again")]
    if report.kind == Report.Kind.REPLY and report.name:
        found.insert(0, (state.PUBLISHED, "Publish the reply"))
    if not publishes:
        found = [one for one in found if state.PUBLISHED not in {one[0], report.state}]
    return [(str(value), words) for value, words in found if value != report.state]
