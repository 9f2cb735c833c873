"""The desk's front page: what waits, the question that narrows it, and the way to an article."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from claims import gate
from claims.admin.desk.views import article_url, desk_view
from claims.admin.editing import editor
from claims.curation import assignments
from claims.filters.queues import HEAP_NAMES, SHARES, Queue
from claims.filters.readers import topics
from claims.models import Article, Assignment, Outlet, SavedQueue, Speaker
from corpus.quantities.base import KINDS

SHOWN = 20
"""Articles, and voices to choose from, that the front page shows."""
_LOOKED_AT = 2_000
"""Claims at the head of a queue in which articles and voices are looked for."""
MOST_SAVED = 30


class QueueForm(forms.Form):
    """The question to the desk; each field is a parameter of the address."""

    work = forms.ChoiceField(choices=HEAP_NAMES, label="Work")
    kind = forms.ChoiceField(required=False)
    outlet = forms.ChoiceField(required=False)
    speaker = forms.ChoiceField(required=False, label="Voice")
    topic = forms.ChoiceField(required=False)
    score_min = forms.CharField(required=False, label="Score from")
    score_max = forms.CharField(required=False, label="to")
    text = forms.CharField(required=False, label="Words")
    share = forms.ChoiceField(required=False, label="At random")

    def __init__(self, queue: Queue) -> None:
        asked = {name: queue.params.get(name, "") for name in self.base_fields}
        super().__init__(initial=asked | {"work": queue.work})
        for name in ("score_min", "score_max"):
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "size": 4}
        names = Outlet.objects.order_by("name").values_list("name", flat=True)
        self._choose("share", [(key, name) for key, (name, _) in SHARES.items()], none="all")
        self._choose("kind", [(kind, kind) for kind in KINDS])
        self._choose("outlet", [(name, name) for name in names])
        self._choose("topic", [(row.key, row.label) for row in _topics()])
        self._choose("speaker", _voices(queue))

    def _choose(self, name: str, choices: list[tuple[str, str]], none: str = "any") -> None:
        field: Any = self.fields[name]
        asked = self.initial[name]
        if asked and asked not in dict(choices):
            choices = [(asked, asked), *choices]
        field.choices = [("", none), *choices]


@require_safe
@desk_view("claims.view_claim")
def queue_view(request: HttpRequest, queue: Queue) -> HttpResponse:
    """Show what waits: the question, the first articles it leads to, and who works on them."""
    left = queue.left()
    context = {
        **admin.site.each_context(request),
        "title": "Review",
        "queue": queue,
        "form": QueueForm(queue),
        "left": left,
        "further": [
            (name, value)
            for name, values in queue.params.lists()
            for value in values
            if name not in QueueForm.base_fields
        ],
        "heap": dict(HEAP_NAMES)[queue.work],
        "articles": _articles(queue),
        "mine": Assignment.objects.current()
        .filter(editor=editor(request))
        .select_related("article"),
        "saved": SavedQueue.objects.filter(editor=editor(request)),
        "may_rule": request.user.has_perm("claims.change_claim"),
    }
    return TemplateResponse(request, "admin/claims/desk/queues.html", context)


@require_POST
@desk_view("claims.change_claim")
def next_view(request: HttpRequest, queue: Queue) -> HttpResponse:
    """Give the editor the next article of the queue; the one he comes from is given back."""
    came_from = request.POST.get("after", "")
    after = int(came_from) if came_from.isdecimal() and len(came_from) < 18 else 0
    found = assignments.next_article(queue.waiting(), editor=editor(request), after=after)
    if found is None:
        messages.info(request, "Nothing more waits in this queue that nobody works on.")
        return HttpResponseRedirect(f"{reverse('desk')}?{queue.query}")
    if queue.began is None:
        queue.began = queue.left()
    return HttpResponseRedirect(article_url(queue, found))


@require_POST
@desk_view("claims.change_claim")
def save_view(request: HttpRequest, queue: Queue) -> HttpResponse:
    """Keep a question under a name, or forget one (`forget` holds its name)."""
    who = editor(request)
    mine = SavedQueue.objects.filter(editor=who)
    if forgotten := request.POST.get("forget"):
        mine.filter(name=forgotten).delete()
        return HttpResponseRedirect(reverse("desk"))
    try:
        name = gate.line("name", request.POST.get("name", ""), longest=60)
    except gate.Refused as problem:
        messages.error(request, str(problem))
        name = ""
    if name and mine.exclude(name=name).count() < MOST_SAVED:
        SavedQueue.objects.update_or_create(
            editor=who, name=name, defaults={"query": queue.query[:2000]}
        )
        messages.success(request, f"Kept as “{name}”.")
    elif name:
        messages.error(request, f"You keep {MOST_SAVED} queues already; forget one first.")
    return HttpResponseRedirect(f"{reverse('desk')}?{queue.query}")


def _articles(queue: Queue) -> list[Article]:
    """Return the first articles of a queue, each with the number of its claims that wait."""
    head = queue.waiting().order_by("pk").values_list("pk", flat=True)[:_LOOKED_AT]
    counted = (
        queue.waiting()
        .filter(pk__in=list(head))
        .order_by()
        .values("article")
        .annotate(claims=Count("pk"))
        .order_by("article")[:SHOWN]
    )
    numbers = {row["article"]: row["claims"] for row in counted}
    rows = Article.objects.filter(pk__in=numbers).select_related("outlet", "assignment__editor")
    found = list(rows.defer("parts", "extra").order_by("pk"))
    for article in found:
        article.waiting = numbers[article.pk]  # type: ignore[attr-defined]
    return found


def _topics() -> Any:
    return topics().order_by("label")


def _voices(queue: Queue) -> list[tuple[str, str]]:
    """Return the voices most often heard at the head of a queue, by name."""
    head = queue.waiting().order_by("pk").values_list("speaker", flat=True)[:_LOOKED_AT]
    ids = {pk for pk in head if pk}
    rows = Speaker.objects.filter(pk__in=ids).select_related("canonical")
    names = {row.head.uid: str(row.head) for row in rows}
    return sorted(names.items(), key=lambda pair: pair[1].lower())
