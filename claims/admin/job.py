"""Background jobs in the admin: how far each is, what it left out, and whether it shall go on."""

from typing import Any, Final

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from claims import jobs
from claims.admin.editing import ReadOnly, editor
from claims.admin.listing import ChoiceFilter, QuickList
from claims.models import Article, Change, Job

_MOST_LINES: Final = 500

CONTROLS: Final = {
    # what, its label, the states it is offered in
    "pause": ("Pause", {Job.State.OPEN}),
    "resume": ("Go on", {Job.State.PAUSED, Job.State.FAILED}),
    "cancel": ("Cancel", {Job.State.OPEN, Job.State.PAUSED, Job.State.FAILED}),
}


class State(ChoiceFilter):
    """Jobs in one state."""

    title, parameter_name = "state", "state"
    choices_of_column = Job.State.choices


class StartForm(forms.Form):
    """What a run shall read, and whether its readings wait for a decision."""

    everything = forms.BooleanField(
        required=False,
        label="articles that this engine has read too",
        help_text="Otherwise only those it has not read.",
    )
    staging = forms.BooleanField(
        required=False,
        initial=True,
        label="stage it: look first",
        help_text="Nothing is applied until somebody has seen what the run would change.",
    )


@admin.register(Job)
class JobAdmin(QuickList, ReadOnly):
    """Imports and runs that a worker does in the background."""

    list_display = ("__str__", "standing", "progress", "actor", "created", "ended")
    list_filter = (State,)
    list_select_related = ("actor", "run")
    actions = None
    fields = ()
    change_form_template = "admin/claims/job/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the addresses of the start page and of the buttons."""
        view = self.admin_site.admin_view
        return [
            path("start/", view(self.start_view), name="claims_job_start"),
            path("<int:pk>/turn/", view(self.turn_view), name="claims_job_turn"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show how far the job is and what it did."""
        job: Job = context["original"]
        live = job.state in {Job.State.OPEN, Job.State.PAUSED}
        context |= {
            "title": str(job),
            "subtitle": None,
            "job": job,
            "live": live,
            "standing": self.standing(job),
            "share": 100 * job.done // job.total if job.total else 0,
            "controls": [
                (what, label) for what, (label, states) in CONTROLS.items() if job.state in states
            ],
            "may_turn": may_turn(request, job),
            "run": job.run,
            "claims": (job.run.counts if job.run else {}).get("new"),
            "failed": job.run.errors[:_MOST_LINES] if job.run else [],
            "imported": _imported(job) if job.kind == Job.Kind.IMPORT else None,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def start_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for a run over stored articles."""
        if not request.user.has_perm("claims.run_engine"):
            raise PermissionDenied
        form = StartForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            job = jobs.to_read(actor=editor(request), **form.cleaned_data)
            return HttpResponseRedirect(reverse("admin:claims_job_change", args=[job.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": "Read articles with this version of the engine",
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "admin/claims/job/start.html", context)

    def turn_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Pause, resume or cancel a job, as the pressed button says."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        job = Job.objects.filter(pk=pk).first()
        if job is None:
            raise Http404(f"There is no job {pk}.")
        if not may_turn(request, job):
            raise PermissionDenied
        what = request.POST.get("what", "")
        turn = {"pause": jobs.pause, "resume": jobs.resume, "cancel": jobs.cancel}.get(what)
        try:
            if turn is None:
                raise jobs.NotNow(f"A job cannot {what[:40]!r}.")
            turn(job, actor=editor(request))
        except jobs.NotNow as problem:
            self.message_user(request, f"{problem} Nothing was changed.", "ERROR")
        return HttpResponseRedirect(reverse("admin:claims_job_change", args=[pk]))

    @admin.display(description="state")
    def standing(self, job: Job) -> str:
        """Return the state in words, and whether anybody is at it."""
        words = job.get_state_display().lower()
        if job.state == Job.State.OPEN:
            words = "at work" if job.held else "waiting for a worker"
        return format_html('<span class="badge {}">{}</span>', job.state, words)

    @admin.display(description="progress")
    def progress(self, job: Job) -> str:
        """Return how far it is."""
        return f"{job.done:,} of {job.total:,}" if job.total is not None else "–"


def may_turn(request: HttpRequest, job: Job) -> bool:
    """Return whether the user may pause, resume or cancel a job: whoever may ask for one."""
    if job.kind == Job.Kind.IMPORT:
        return request.user.has_perm("claims.add_article")
    return request.user.has_perm("claims.run_engine")


def _imported(job: Job) -> dict[str, Any]:
    """Return what became of a file's texts; which articles are new is told by the log."""
    made = Change.objects.filter(batch=job.uid, object_type="article")
    new = made.values("object_id")
    source = job.source_file
    known = source.placements.exclude(article__in=new).count() if source else 0
    return {
        "new": made.count(),
        "known": known,
        "refused": source.errors[:_MOST_LINES] if source else [],
        "articles": Article.objects.filter(pk__in=new).order_by("pk")[:_MOST_LINES],
        "source": source,
        "name": job.options["name"],
    }
