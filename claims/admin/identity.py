"""Who is the same as whom, for editors: what a judgement would do, the judgement, the list."""

from typing import Any

from django.contrib import admin, messages
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

from claims import gate, history, identity
from claims.admin.editing import ReadOnly, editor
from claims.admin.listing import ID, ChoiceFilter, ListFilter, QuickList, RowFilter
from claims.curation import identities
from claims.models import Alias, Candidate, IdentityJudgement, Role, Speaker

MOST = 50
"""Rows, roles and judgements that a speaker's page shows."""

Verdict = IdentityJudgement.Verdict


def panel(speaker: Speaker) -> dict[str, Any]:
    """Return what a speaker's page shows of its voice: rows, roles, proposals, judgements."""
    head = speaker.head
    inside = Speaker.objects.under([head.pk])
    rows = inside.values("pk")
    judged = IdentityJudgement.objects.touching(rows).select_related("one", "other", "actor")
    members = inside.exclude(pk=speaker.pk).select_related("article").defer("article__parts")
    names = set(inside.order_by("name").values_list("name", flat=True).distinct()[:MOST])
    names |= set(Alias.objects.filter(speaker__in=rows).values_list("form", flat=True)[:MOST])
    return {
        "head": head,
        "names": sorted(names - {speaker.name}),
        "members": members.order_by("pk")[:MOST],
        "members_count": inside.count() - 1,
        "roles": list(identity.roles(Role.objects.filter(speaker__in=rows), MOST)),
        "candidates": identities.candidates_of(head),
        "judgements": judged.exclude(verdict=Verdict.SAME, actor=None)[:MOST],
    }


class JudgeViews:
    """Addresses of a speaker's page that judge; mixed into its admin."""

    def judge_urls(self: Any) -> list[URLPattern]:
        """Return the addresses."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/judge/", wrap(self.judge_view), name="claims_speaker_judge"),
            path("<int:pk>/take-out/", wrap(self.take_out_view), name="claims_speaker_take_out"),
        ]

    def judge_view(self: Any, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what becomes of two voices (GET), or judge them (POST)."""
        asked = request.POST if request.method == "POST" else request.GET
        one = _speaker(self, request, str(pk))
        other = _speaker(self, request, asked.get("other", ""))
        verdict = asked.get("verdict", Verdict.SAME.value)
        if request.method == "POST":
            _check_right(request)
            return _done(
                self,
                request,
                one,
                lambda: identities.judge(
                    one,
                    other,
                    verdict,
                    actor=editor(request),
                    reason=asked.get("reason", ""),
                    version=_version(asked.get("version", "")),
                ),
            )
        context = {
            "title": f"Are “{one}” and “{other}” one voice?",
            "sides": [(row, identities.preview([row])) for row in (one, other)],
            "together": identities.preview([one, other]),
            "other": other,
            "version": identities.version_of(one, other),
            "verdicts": Verdict.choices,
        }
        return _page(self, request, one, "judge", context)

    def take_out_view(self: Any, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what leaves when a row is taken out of its voice (GET), or take it out (POST)."""
        speaker = _speaker(self, request, str(pk))
        if request.method == "POST":
            _check_right(request)
            return _done(
                self,
                request,
                speaker,
                lambda: identities.take_out(speaker, actor=editor(request)),
            )
        context = {
            "title": f"Take “{speaker}” apart",
            "leaves": identities.preview_of_row(speaker),
            "together": identities.preview([speaker]),
        }
        return _page(self, request, speaker, "take_out", context)


class VerdictFilter(ChoiceFilter):
    """What was judged."""

    title = "verdict"
    parameter_name = "verdict"
    choices_of_column = Verdict.choices


class OriginFilter(ChoiceFilter):
    """Who judged: a rule or a person."""

    title = "origin"
    parameter_name = "origin"
    choices_of_column = IdentityJudgement.Origin.choices


class StandingFilter(ChoiceFilter):
    """Whether it was taken back."""

    title = "taken back"
    parameter_name = "revoked"
    choices_of_column = (("0", "No"), ("1", "Yes"))


class OfVoice(RowFilter):
    """Judgements of one speaker's rows."""

    title, parameter_name, model = "speaker", "speaker", Speaker

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep judgements with any row of the voice."""
        if not self.value():
            return queryset
        heads = identity.heads_of([int(self.value() or 0)]).values()
        return queryset.touching(Speaker.objects.under(set(heads)).values("pk"))


@admin.register(IdentityJudgement)
class IdentityJudgementAdmin(QuickList, ReadOnly):
    """Judgements on pairs of speakers, newest first; here they are taken back."""

    list_display = ("pair", "verdict", "origin", "score", "why", "actor", "at", "revoked")
    list_filter = (VerdictFilter, OriginFilter, StandingFilter, OfVoice)
    list_select_related = ("one", "other", "actor")
    actions = None
    change_form_template = "admin/claims/identityjudgement/change_form.html"
    fields = ("pair", "verdict", "origin", "score", "why", "actor", "at", "revoked")
    readonly_fields = fields

    def get_urls(self) -> list[URLPattern]:
        """Add the address that takes a judgement back."""
        view = self.admin_site.admin_view(self.revoke_view)
        name = "claims_identityjudgement_revoke"
        return [path("<int:pk>/revoke/", view, name=name), *super().get_urls()]

    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take one judgement back, as its page showed it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        judgement = IdentityJudgement.objects.filter(pk=pk).first()
        if judgement is None:
            raise Http404(f"There is no judgement {pk}.")
        _check_right(request)
        try:
            version = _version(request.POST.get("version", "")) or 0
            outcome = identities.revoke(judgement, actor=editor(request), version=version)
            self.say(request, "Taken back", outcome)
        except (gate.Refused, history.Stale) as problem:
            self.message_user(request, str(problem), messages.ERROR)
        return HttpResponseRedirect(
            reverse("admin:claims_identityjudgement_change", args=[judgement.pk])
        )

    @admin.display(description="speakers")
    def pair(self, judgement: IdentityJudgement) -> str:
        """Return the two, as links."""
        links = (
            format_html('<a href="{}"><bdi>{}</bdi></a>', _address(row), row)
            for row in (judgement.one, judgement.other)
        )
        sign = str(judgement).removeprefix(str(judgement.one)).strip()[:1]
        return format_html("{} {} {}", *(next(links), sign, next(links)))

    @admin.display(description="reasons")
    def why(self, judgement: IdentityJudgement) -> str:
        """Return the reasons in words."""
        return "; ".join(judgement.reasons)


class Waiting(ListFilter):
    """Whether somebody has judged the pair, or others that join it."""

    title = "shown"
    parameter_name = "shown"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return what can be shown; the first is shown if nothing is asked for."""
        return [("waiting", "Waiting for an editor"), ("all", "All that were proposed")]

    def choices(self, changelist: Any) -> Any:
        """Yield the links; there is no other “All”."""
        for value, label in self.lookup_choices:
            yield {
                "selected": (self.value() or "waiting") == value,
                "query_string": changelist.get_query_string({"shown": value}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep the proposals asked for."""
        return queryset if self.value() == "all" else queryset.waiting()


@admin.register(Candidate)
class CandidateAdmin(QuickList, ReadOnly):
    """Speakers who may be the same, likeliest first; judged on the way to one of them."""

    list_display = ("names", "score", "why", "judge")
    list_display_links = None
    list_filter = (Waiting,)
    list_select_related = ("one__canonical", "other__canonical")
    actions = None
    fields = ("names", "score", "why", "judge")
    readonly_fields = fields

    @admin.display(description="speakers")
    def names(self, candidate: Candidate) -> str:
        """Return the two, as links."""
        links = [
            format_html('<a href="{}"><bdi>{}</bdi></a>', _address(row), row)
            for row in (candidate.one, candidate.other)
        ]
        return format_html("{} ~ {}", *links)

    @admin.display(description="reasons")
    def why(self, candidate: Candidate) -> str:
        """Return the reasons in words."""
        return "; ".join(candidate.reasons)

    @admin.display(description="")
    def judge(self, candidate: Candidate) -> str:
        """Return the link to the look at both."""
        address = reverse("admin:claims_speaker_judge", args=[candidate.one_id])
        return format_html('<a href="{}?other={}">Judge…</a>', address, candidate.other_id)


def _speaker(view: Any, request: HttpRequest, pk: str) -> Speaker:
    row: Speaker | None = Speaker.objects.filter(pk=pk).first() if ID.match(pk) else None
    if row is None:
        raise Http404(f"There is no speaker {pk[:20]!r}.")
    if not view.has_change_permission(request, row):
        raise PermissionDenied
    return row


def _check_right(request: HttpRequest) -> None:
    if not request.user.has_perm("claims.merge_speaker"):
        raise PermissionDenied


def _version(given: str) -> int | None:
    return int(given) if ID.match(given) else None


def _address(speaker: Speaker) -> str:
    return reverse("admin:claims_speaker_change", args=[speaker.pk])


def _done(view: Any, request: HttpRequest, speaker: Speaker, act: Any) -> HttpResponse:
    """Do it, say what was done or why not, and go back to the speaker."""
    try:
        view.say(request, "Judged", act())
    except (gate.Refused, history.Stale) as problem:
        view.message_user(request, str(problem), messages.ERROR)
    return HttpResponseRedirect(_address(speaker))


def _page(
    view: Any, request: HttpRequest, speaker: Speaker, name: str, context: dict[str, Any]
) -> HttpResponse:
    context |= {**view.admin_site.each_context(request), "opts": view.opts, "object": speaker}
    return TemplateResponse(request, f"admin/claims/speaker/{name}.html", context)
