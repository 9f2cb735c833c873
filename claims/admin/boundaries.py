"""Where articles begin and end in their file, and which article is a later version of another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from claims import gate, history, jobs
from claims.admin.editing import editor
from claims.admin.listing import ID
from claims.models import Article, Claim, Job, Placement
from claims.succession import (
    Carried,
    Owner,
    Stretch,
    differences,
    plan,
    resplit,
    stretches,
    supersede,
)

NEW = ("A", "B", "C", "D")
"""Names of new articles; more of them come by doing it again."""
_MOST_LINES = 1000
_MOST_LIKE = 10
_HELP = 5.0  # seconds that a request reads before it leaves the rest to a worker


@dataclass(frozen=True, slots=True)
class _Row:
    """A line on the page: its words, the name of its choice, and what is chosen."""

    line: Stretch
    chosen: str


def boundaries_view(request: HttpRequest, view: Any, pk: int) -> HttpResponse:
    """Show the lines of the file around an article; on POST show, then do, what is asked."""
    article = _article(request, pk)
    place = _place(request, article)
    sent = request.POST if request.method == "POST" else request.GET
    cuts = {int(one) for one in sent.getlist("cut") if ID.match(one)}
    context = view.page_context(request, "Where it begins and ends") | {"article": article}
    try:
        lines = stretches(place.source_file, place.line, cuts)
        if words := sent.get("before", "").strip():
            cuts.add(_cut(lines, words))
            lines = stretches(place.source_file, place.line, cuts)
        around = _around(lines, article.pk)
        owners = {one.start: _owner(sent.get(f"line-{one.start}"), one.article) for one in around}
        context |= {"cuts": sorted(cuts), "place": place} | _page(around, owners)
        if request.method == "POST" and "before" not in sent:
            return _arrange(request, context, place, owners, cuts)
    except gate.Refused as problem:
        messages.error(request, f"{str(problem).rstrip('.')}. Nothing was changed.")
    except history.Stale as problem:
        messages.error(request, str(problem))
    return TemplateResponse(request, "admin/claims/article/boundaries.html", context)


def later_view(request: HttpRequest, view: Any, pk: int) -> HttpResponse:
    """Ask for the later version, show the differences, then let it take the place."""
    article = _article(request, pk)
    context = view.page_context(request, "A later version of it") | {"article": article}
    form = LaterForm(request.POST or None, article=article)
    context |= {"form": form, "like": _like(article)}
    if request.method == "POST" and form.is_valid():
        later = form.cleaned_data["later"]
        if "confirmed" in request.POST:
            try:
                return _supersede(request, article, later)
            except (gate.Refused, history.Stale) as problem:
                messages.error(request, str(problem))
        context |= {
            "later": later,
            "differences": differences(article.body.text, later.body.text),
            "versions": [(one.pk, one.version) for one in (article, later)],
        }
    return TemplateResponse(request, "admin/claims/article/later.html", context)


class LaterForm(forms.Form):
    """Which article is the later version."""

    later = forms.CharField(
        label="uid of the later version",
        help_text="Import the publisher’s new text first; its uid stands on its page.",
    )

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article

    def clean_later(self) -> Article:
        """Return the article with this uid, if it can be a later version."""
        uid = self.cleaned_data["later"].strip()
        found = Article.objects.filter(uid=uid, superseded=False).exclude(pk=self.article.pk)
        if later := found.first():
            return later
        raise forms.ValidationError(f"There is no other article with the uid {uid!r}.")


def _article(request: HttpRequest, pk: int) -> Article:
    if not request.user.has_perms(["claims.change_claim", "claims.change_article"]):
        raise PermissionDenied
    article = Article.objects.select_related("outlet").filter(pk=pk, superseded=False).first()
    if article is None:
        raise Http404
    return article


def _place(request: HttpRequest, article: Article) -> Placement:
    place = article.placements.select_related("source_file").order_by("pk").first()
    if place is None:
        raise Http404("It stands in no file.")
    return place


def _around(lines: Sequence[Stretch], pk: int) -> Sequence[Stretch]:
    """Return the lines from the article before to the article after, both included."""
    own = [n for n, line in enumerate(lines) if line.article == pk]
    first, last = own[0], own[-1]
    before = next((line.article for line in reversed(lines[:first]) if line.article), None)
    after = next((line.article for line in lines[last + 1 :] if line.article), None)
    shown = [n for n, line in enumerate(lines) if line.article in {pk, before, after} - {None}]
    start = shown[0] if before else 0
    stop = shown[-1] + 1 if after else len(lines)
    if stop - start > _MOST_LINES:
        raise gate.Refused(f"lines: {stop - start:,}; at most {_MOST_LINES:,} are shown.")
    return lines[start:stop]


def _cut(lines: Sequence[Stretch], words: str) -> int:
    """Return the character of the file that `words` begin at: they must stand once."""
    places = [line.start + line.words.index(words) for line in lines if words in line.words]
    if len(places) != 1 or sum(line.words.count(words) for line in lines) != 1:
        raise gate.Refused(f"cut before: “{words[:60]}” does not stand exactly once here.")
    return places[0]


def _owner(chosen: str | None, now: int | None) -> Owner:
    if chosen is None:
        return now
    if ID.match(chosen):
        return int(chosen)
    return chosen or None


def _page(around: Sequence[Stretch], owners: dict[int, Owner]) -> dict[str, Any]:
    pks = list(dict.fromkeys(line.article for line in around if line.article))
    articles = Article.objects.in_bulk(pks)
    choices = [("", "no article"), *((str(pk), str(articles[pk])[:60]) for pk in pks)]
    choices += [(name, f"new article {name}") for name in NEW]
    shown = [_Row(line, str(owners[line.start] or "")) for line in around]
    versions = [(pk, articles[pk].version) for pk in pks]
    return {"rows": shown, "choices": choices, "versions": versions}


def _arrange(
    request: HttpRequest,
    context: dict[str, Any],
    place: Placement,
    owners: dict[int, Owner],
    cuts: set[int],
) -> HttpResponse:
    """Show what an arrangement would do, or do it if that was seen."""
    file, line = place.source_file, place.line
    if "confirmed" not in request.POST:
        planned = plan(file, line, owners, cuts)
        ruled = Claim.objects.current().filter(rulings__standing=True)
        context["planned"] = {
            "new": [(one.headline or one.text[:80], len(one.text)) for one in planned.new],
            "old": [
                (old, ruled.filter(article=old).distinct().count(), old.claim_count)
                for old in planned.old
            ],
        }
        return TemplateResponse(request, "admin/claims/article/boundaries.html", context)
    versions = _versions(request)
    outcome, carried, made = resplit(
        file, line, owners, cuts, actor=editor(request), versions=versions
    )
    _say(request, outcome.batch, carried, f"{len(made)} articles made")
    _read(request, made)
    first = made[0].pk if made else None
    name = "admin:claims_article_change" if first else "admin:claims_article_changelist"
    return HttpResponseRedirect(reverse(name, args=[first] if first else []))


def _supersede(request: HttpRequest, article: Article, later: Article) -> HttpResponse:
    outcome, carried = supersede(article, later, actor=editor(request), versions=_versions(request))
    _say(request, outcome.batch, carried, "The later version stands now")
    return HttpResponseRedirect(reverse("admin:claims_article_change", args=[later.pk]))


def _versions(request: HttpRequest) -> dict[int, int]:
    """Return the versions that the page showed, by article."""
    pairs = (one.partition(":") for one in request.POST.getlist("version"))
    return {int(pk): int(seen) for pk, _, seen in pairs if ID.match(pk) and ID.match(seen)}


def _say(request: HttpRequest, batch: Any, carried: Carried, done: str) -> None:
    log = reverse("admin:claims_change_changelist")
    messages.success(
        request,
        format_html(
            '{}: {} claims went over, {} of them with rulings. <a href="{}?batch={}">Undo</a>',
            *(done, carried.claims, carried.ruled, log, batch),
        ),
    )
    if carried.left:
        words = ", ".join(f"“{claim.surface}”" for claim in carried.left[:20])
        messages.warning(
            request, f"{len(carried.left)} claims with rulings found no place there: {words}."
        )


def _read(request: HttpRequest, made: Sequence[Article]) -> None:
    """Let the engine read new articles, here and now as far as a few seconds suffice."""
    if not made:
        return
    job = jobs.to_read(
        actor=editor(request), staging=False, articles=[article.pk for article in made]
    )
    jobs.help_with(job, seconds=_HELP)
    job.refresh_from_db()
    if job.state != Job.State.DONE:
        address = reverse("admin:claims_job_change", args=[job.pk])
        messages.warning(request, format_html('<a href="{}">Reading goes on.</a>', address))


def _like(article: Article) -> list[Article]:
    """Return articles of the outlet with the same headline, newest first."""
    same = Article.objects.filter(
        outlet=article.outlet, headline=article.headline, superseded=False
    )
    return list(same.exclude(pk=article.pk).order_by("-pk")[:_MOST_LIKE])
