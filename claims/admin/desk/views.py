"""Addresses of the desk that rule: each acts by POST and leads to the next card."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from claims import gate, history
from claims.admin import rulings, words
from claims.admin.desk.acts import ONWARD, RULINGS
from claims.admin.desk.card import CardForm
from claims.admin.desk.page import (
    Shown,
    desk_page,
    find_article,
)
from claims.admin.editing import editor, may_undo
from claims.curation import assignments, review, undo
from claims.curation.rulings import Outcome
from claims.filters.base import BadQuestion
from claims.filters.queues import Queue
from claims.models import Change, Claim
from claims.statements import Given, Written

_SHOWN = Written(
    lambda: Claim.objects.filter(pk=Given("pk")).only("article", "start", "end", "surface")
)
View = Callable[..., HttpResponse]

_LATEST = 200
"""How many of an editor's latest log entries are looked through for one to undo."""


def desk_view(permission: str) -> Callable[[View], View]:
    """Let in staff with a permission; a question that cannot be answered is told (400)."""

    def wrap(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            try:
                return view(request, Queue(request.GET), *args, **kwargs)
            except BadQuestion as problem:
                context = {
                    **admin.site.each_context(request),
                    "title": "This queue cannot be shown",
                    "opts": Claim._meta,
                    "problem": str(problem),
                }
                template = "admin/claims/bad_question.html"
                return TemplateResponse(request, template, context, status=400)

        return wraps(view)(admin.site.admin_view(checked))

    return wrap


@require_safe
@desk_view("claims.view_claim")
def article_view(request: HttpRequest, queue: Queue, pk: int) -> HttpResponse:
    """Show one article with its claims, one of them open."""
    return desk_page(request, find_article(pk), queue)


@require_POST
@desk_view("claims.change_claim")
def rule_view(request: HttpRequest, queue: Queue, pk: int) -> HttpResponse:
    """Rule on the open claim as the card showed it, and open the next one that waits."""
    claim = _SHOWN.first(pk=pk)
    if claim is None:
        raise Http404(f"There is no claim {pk}.")
    name = request.POST.get("ruling", "")
    if name not in RULINGS:
        return back(request, queue, claim, f"There is no ruling {name[:40]!r}.")
    form = RULINGS[name].form
    asked = form(request.POST) if form else None
    if asked is not None and not asked.is_valid():
        return back(request, queue, claim, f"{name}: {asked.errors.as_text()}")
    given = asked.cleaned_data if asked else {}

    seen = {pk: 0, **rulings.seen(request)}  # without a version nothing was seen

    def act() -> Outcome:
        return RULINGS[name].act(Claim.objects.by_id(pk), editor(request), seen, given)

    return done(request, queue, claim, RULINGS[name].done, act, onward=name in ONWARD)


@require_POST
@desk_view("claims.change_claim")
def edit_view(request: HttpRequest, queue: Queue, pk: int) -> HttpResponse:
    """Rule on fields of the open claim; a stale or senseless edit comes back in its form."""
    claim = find_claim(pk)
    accepts = request.POST.get("then") == "accept"
    form = CardForm(request.POST, instance=claim, prefix="card")
    if not form.is_valid():
        return _mend(request, queue, claim, form)
    edits = form.edits() | ({"status": Claim.Status.ACCEPTED.value} if accepts else {})
    stored = find_claim(pk)

    def act() -> Outcome:
        version = form.cleaned_data["version_seen"]
        return review.correct(stored, edits, actor=editor(request), version=version)

    try:
        return done(request, queue, stored, "Corrected", act, onward=accepts, raises=True)
    except (history.Stale, gate.Refused) as problem:
        told = type("ToldForm", (CardForm,), {"problem": problem})
        again = told(request.POST, instance=find_claim(pk), prefix="card")
        again.is_valid()
        return _mend(request, queue, stored, again)


@require_POST
@desk_view("claims.change_claim")
def undo_view(request: HttpRequest, queue: Queue, pk: int) -> HttpResponse:
    """Undo the latest action of the editor in this article that still stands."""
    if not may_undo(request):
        raise PermissionDenied
    article = find_article(pk)
    entry = _latest(request, pk)
    address = article_url(queue, pk)
    if entry is None:
        messages.info(request, "There is nothing of yours to undo in this article.")
        return HttpResponseRedirect(address)
    try:
        assignments.take(article.pk, editor=editor(request))
        undo.undo(entry.batch, actor=editor(request))
        messages.success(request, f"Undone: {entry.action} “{entry.object_name}”.")
    except (undo.CannotUndo, assignments.Held) as problem:
        messages.error(request, str(problem))
    return HttpResponseRedirect(article_url(queue, pk, entry.object_id))


@require_POST
@desk_view("claims.change_claim")
def take_view(request: HttpRequest, queue: Queue, pk: int) -> HttpResponse:
    """Take an article, from whoever has it if `over` is sent; or give it back."""
    article = find_article(pk)
    try:
        if "release" in request.POST:
            assignments.release(article.pk, editor=editor(request))
        else:
            assignments.take(article.pk, editor=editor(request), over="over" in request.POST)
    except assignments.Held as problem:
        messages.error(request, str(problem))
    return HttpResponseRedirect(article_url(queue, pk))


def find_claim(pk: int) -> Claim:
    """Return a claim and its article.

    Raises:
        Http404: if there is none.
    """
    claim: Claim | None = Claim.objects.select_related("article").filter(pk=pk).first()
    if claim is None:
        raise Http404(f"There is no claim {pk}.")
    return claim


def done(
    request: HttpRequest,
    queue: Queue,
    claim: Claim,
    said: str,
    act: Callable[[], Outcome],
    *,
    onward: bool,
    raises: bool = False,
) -> HttpResponse:
    """Act on a claim of an article that nobody else works on, say so, and go on.

    What was shown and is no longer so is not acted on: both values are shown, with one step to
    apply the ruling again. `raises` leaves that, and values that make no sense, to the caller.
    """
    try:
        assignments.take(claim.article_id, editor=editor(request))
        outcome = act()
    except assignments.Held as problem:
        return back(request, queue, claim, str(problem))
    except (history.Stale, gate.Refused) as problem:
        if raises:
            raise
        if isinstance(problem, history.Stale):
            return _conflict(request, queue, claim, problem)
        return back(request, queue, claim, str(problem))
    return _forward(request, queue, claim, said, outcome, onward=onward)


def back(request: HttpRequest, queue: Queue, claim: Claim, problem: str) -> HttpResponse:
    """Go back to the card, and say what was wrong."""
    messages.error(request, problem)
    return HttpResponseRedirect(article_url(queue, claim.article_id, claim.pk))


def article_url(queue: Queue, article: int, card: int | None = None) -> str:
    """Return the address of an article's desk, with a card open if one is named."""
    parts = "&".join(filter(None, (queue.carried, f"card={card}" if card else "")))
    return f"{reverse('desk_article', args=[article])}{f'?{parts}' if parts else ''}#card"


def _forward(
    request: HttpRequest,
    queue: Queue,
    claim: Claim,
    said: str,
    outcome: Outcome,
    *,
    onward: bool,
) -> HttpResponse:
    what = said if outcome.changed else f"{said}: it was so already"
    messages.success(request, format_html("{}: “<bdi>{}</bdi>”.", what, claim.surface))
    card: int | None = claim.pk
    if onward:
        card = _next_waiting(queue, claim) or claim.pk
    return HttpResponseRedirect(article_url(queue, claim.article_id, card))


def _next_waiting(queue: Queue, claim: Claim) -> int | None:
    """Return the claim of the same article that waits next, after it or else before it."""
    here = claim.start, claim.end, claim.pk
    places = [place for place in queue.places(claim.article_id) if place[2] != claim.pk]
    later = [place for place in places if place > here]
    return next((pk for _, _, pk in (later or places)), None)


def _conflict(
    request: HttpRequest, queue: Queue, claim: Claim, problem: history.Stale
) -> HttpResponse:
    """Show the card as it is now, what changed since it was shown, and the ruling to repeat."""
    seen = rulings.seen(request).get(claim.pk, 0)
    since = [
        (entry, differences)
        for entry, differences in words.log(claim, most=20)
        if (entry.after.get("version") or 0) > seen
    ]
    kept = ("ruling", "reason", "topic", "speaker", "voice")
    conflict = {
        "problem": str(problem),
        "label": RULINGS[request.POST["ruling"]].label,
        "since": since,
        "fields": problem.fields.items(),
        "again": [(name, request.POST[name]) for name in kept if request.POST.get(name)],
        "version": f"{claim.pk}:{find_claim(claim.pk).version}",
    }
    shown = Shown(conflict=conflict, open=claim.pk, status=409)
    return desk_page(request, find_article(claim.article_id), queue, shown)


def _mend(request: HttpRequest, queue: Queue, claim: Claim, form: CardForm) -> HttpResponse:
    status = 409 if isinstance(form.problem, history.Stale) else 400
    shown = Shown(form=form, open=claim.pk, status=status)
    return desk_page(request, find_article(claim.article_id), queue, shown)


def _latest(request: HttpRequest, article: int) -> Change | None:
    """Return the editor's latest log entry on a claim of the article that was not undone."""
    mine = Change.objects.filter(actor=editor(request)).order_by("-pk")
    claims = set(Claim.objects.filter(article=article).values_list("pk", flat=True))
    for entry in mine[:_LATEST]:
        if entry.action == "undo" or entry.undone_by:
            continue
        if entry.object_type == "claim" and entry.object_id in claims:
            return entry
    return None
