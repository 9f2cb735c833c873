"""What a staged run would do, article by article, beside what old and new readings are worth."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString

from claims import gate, jobs, phrases, runs
from claims.admin import claim_page, words
from claims.admin.editing import editor
from claims.admin.listing import ID, BadQuestion
from claims.columns import Changed
from claims.marks import Mark, marked
from claims.models import Claim, Reading, Run

OUTCOMES: Final = ("new", "changed", "gone", "orphaned", "to_confirm")
ARTICLES_AT_ONCE: Final = 10
"""Articles of one page: what each reading would do is found out when the page is asked for."""

_HELP: Final = 2.0  # seconds that a request works on a job before it leaves it to a worker


@dataclass(frozen=True, slots=True)
class Row:
    """A claim that applying would make or change: where it stands, and field by field what."""

    outcome: str
    claim: Claim
    reading: str
    passage: SafeString
    differences: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Decision:
    """What can be decided about a run: its words, and what asks for it."""

    label: str
    warning: str
    done: str


DECISIONS: Final[Mapping[str, Decision]] = {
    "apply": Decision(
        "Apply the run",
        "Its readings become claims, article by article. What people ruled stays as it is; where "
        "the new reading differs, the claim asks to be confirmed. This is not taken back by undo: "
        "to go back, the earlier version of the engine reads the articles again.",
        "The run is being applied",
    ),
    "drop": Decision(
        "Drop the run",
        "Its readings are removed for good. No claim was or is touched; the run stays in the list.",
        "The run was dropped",
    ),
    "weigh": Decision(
        "Count again",
        "The counts are from when the articles were read. Counting again takes about as long as "
        "applying, and changes no claim.",
        "The run is being counted again",
    ),
    "retry": Decision(
        "Read the failed articles again",
        "The articles that could not be read are read once more, in this run.",
        "The failed articles are being read again",
    ),
}


class StagedViews:
    """The pages of a run beside its form: what it would do, and the decision about it."""

    admin_site: Any
    opts: Any
    message_user: Any

    def staged_urls(self) -> list[URLPattern]:
        """Return the addresses of the pages."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/diff/", view(self.diff_view), name="claims_run_diff"),
            path("<int:pk>/decide/<str:what>/", view(self.decide_view), name="claims_run_decide"),
        ]

    def diff_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what applying a run would do now, some articles at once."""
        if not request.user.has_perm("claims.view_run"):
            raise PermissionDenied
        run = _run(pk)
        try:
            only, number = _asked(request)
        except BadQuestion as problem:
            context = self._context(request, run, f"{run}: what it would do")
            context["problem"] = str(problem)
            return TemplateResponse(request, "admin/claims/bad_question.html", context, status=400)
        readings = run.readings.staged().order_by("article").defer("data")
        if only:
            readings = readings.filter(**{f"counts__{only}__gt": 0})
        page = Paginator(readings.select_related("article"), ARTICLES_AT_ONCE).get_page(number)
        outlook = run.outlook or {}
        context = self._context(request, run, f"{run}: what it would do") | {
            "only": only,
            "outcomes": [(name, (outlook.get("counts") or {}).get(name)) for name in OUTCOMES],
            "same": (outlook.get("counts") or {}).get("same"),
            "kinds": precision(outlook),
            "page": page,
            "articles": [(one.article, *_rows_or_why_not(one, only)) for one in page],
            "may_decide": request.user.has_perm("claims.run_engine"),
        }
        return TemplateResponse(request, "admin/claims/run/diff.html", context)

    def decide_view(self, request: HttpRequest, pk: int, what: str) -> HttpResponse:
        """Ask whether to do it; on POST do it, or ask a worker to."""
        if what not in DECISIONS:
            raise Http404(f"There is nothing called {what[:40]!r} to decide.")
        if not request.user.has_perm("claims.run_engine"):
            raise PermissionDenied
        run, decision = _run(pk), DECISIONS[what]
        if request.method != "POST":
            context = self._context(request, run, f"{decision.label}?")
            context |= {"decision": decision, "counts": (run.outlook or {}).get("counts")}
            return TemplateResponse(request, "admin/claims/run/decide.html", context)
        try:
            address = _decide(run, what, request)
        except (jobs.NotNow, runs.WrongState) as problem:
            self.message_user(request, f"{problem} Nothing was changed.", "ERROR")
            return HttpResponseRedirect(reverse("admin:claims_run_change", args=[pk]))
        self.message_user(request, f"{decision.done}.", "SUCCESS")
        return HttpResponseRedirect(address)

    def _context(self, request: HttpRequest, run: Run, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "run": run,
        }


def precision(outlook: Mapping[str, Any]) -> list[tuple[str, str, str, bool]]:
    """Return for each kind ruled on the precision of old and new readings, and if it falls."""
    old, new = outlook.get("old") or {}, outlook.get("new") or {}
    return [
        (kind, _share(old.get(kind)), _share(new.get(kind)), _value(new, kind) < _value(old, kind))
        for kind in sorted(old.keys() | new.keys())
    ]


def _decide(run: Run, what: str, request: HttpRequest) -> str:
    """Do what was decided; return the address of the page that tells about it."""
    if what == "drop":
        runs.drop_run(run, actor=editor(request))
        return reverse("admin:claims_run_change", args=[run.pk])
    ask = {"apply": jobs.to_apply, "weigh": jobs.to_weigh, "retry": jobs.retry}[what]
    job = ask(run, actor=editor(request))
    jobs.help_with(job, seconds=_HELP)
    return reverse("admin:claims_job_change", args=[job.pk])


def _run(pk: int) -> Run:
    run = Run.objects.filter(pk=pk).first()
    if run is None:
        raise Http404(f"There is no run {pk}.")
    return run


def _asked(request: HttpRequest) -> tuple[str, int]:
    """Return which outcome to show, if not all, and which page."""
    for name, values in request.GET.lists():
        if name not in {"only", "page"} or len(values) > 1:
            raise BadQuestion(f"{name[:40]}: this page knows no such parameter, or only once")
    only, page = request.GET.get("only", ""), request.GET.get("page", "1")
    if only and only not in OUTCOMES:
        raise BadQuestion(f"only: {only[:40]!r} is not one of {', '.join(OUTCOMES)}")
    if not ID.match(page):
        raise BadQuestion("page: a page is a number from 1")
    return only, int(page)


def _rows_or_why_not(reading: Reading, only: str) -> tuple[list[Row], str]:
    """Return the claims that applying would touch; or none, and why it cannot be applied."""
    try:
        return list(_rows(reading, only)), ""
    except gate.Refused as problem:
        return [], str(problem)


def _rows(reading: Reading, only: str) -> Iterator[Row]:
    """Yield the claims that applying a reading would make or change, in text order.

    Raises:
        gate.Refused: if it cannot be applied any more.
    """
    seen = runs.outlook(reading)
    found = [("new", Changed(claim, {}, {})) for claim in seen.stored.new]
    found += [(runs.outcome(row), row) for row in seen.stored.changed]
    for outcome, row in sorted(found, key=lambda pair: (pair[1].claim.start, pair[1].claim.end)):
        if only in {"", outcome}:
            yield Row(
                outcome,
                row.claim,
                phrases.reading_of(row.claim),
                _passage(row.claim),
                _differences(outcome, row, seen.speakers),
            )


def _differences(
    outcome: str, row: Changed, speakers: Mapping[int, str]
) -> list[tuple[str, str, str]]:
    if outcome == "new":
        voices = row.claim.machine.get("chain") or [row.claim.get_voice_display()]
        return [("voice", "", ", citing ".join(voices))]
    if outcome == "to_confirm":
        return claim_page.newer(row.claim)
    gone = {"gone", "orphaned"}
    return [one for one in words.compared(row.before, row.after, speakers) if one[0] not in gone]


def _passage(claim: Claim) -> SafeString:
    at = claim.sentence_start
    return marked(claim.passage, [Mark(claim.start - at, claim.end - at, "claim")])


def _value(kinds: Mapping[str, Any], kind: str) -> float:
    tally = kinds.get(kind) or {"right": 0, "found": 0}
    return float(tally["right"] / tally["found"]) if tally["found"] else 0.0


def _share(tally: Mapping[str, int] | None) -> str:
    """Return right and found as a share, and what is missed: "83 % (5 of 6), 2 missed"."""
    if not tally:
        return "–"
    missed = tally["gold"] - tally["right"]
    told = f", {missed} missed" if missed else ""
    if not tally["found"]:
        return f"found none{told}"
    share = 100 * tally["right"] / tally["found"]
    return f"{share:.0f} % ({tally['right']} of {tally['found']}){told}"
