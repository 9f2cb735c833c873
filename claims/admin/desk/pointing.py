"""Editing by pointing: words of the article become a claim, a claim's new place, or a voice."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from claims import gate, history, phrases
from claims.admin.change_form import ChangeFields, parts_of
from claims.admin.desk.card import FIELDS
from claims.admin.desk.page import attributions_of, claims_of, find_article, frame, marks_of
from claims.admin.desk.views import article_url, desk_view, find_claim
from claims.admin.desk.voice_form import VoiceMarkForm, save_voice
from claims.admin.editing import editor, on_one_line
from claims.columns import finding_columns
from claims.curation import assignments, pointing
from claims.curation.pointing import Marked
from claims.filters.queues import Queue
from claims.marks import Mark, flat
from claims.models import Article, Claim
from claims.runs.pointing import marking_run, read_marked, trimmed

WHAT = {
    "claim": "Mark a claim that was missed",
    "move": "Move the claim to these words",
    "source": "Mark who speaks",
    "cue": "Mark the words that attribute",
}
_MOST_PLACES = 20
_NUMBER = re.compile(r"[0-9]{1,9}\Z")


class MarkForm(ChangeFields):
    """What a claim on marked words says: filled with what the engine reads there."""

    version_seen = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(required=False, max_length=500)

    class Meta:
        model = Claim
        fields = FIELDS
        labels = {"edtf": "date (EDTF)", "scope_edtf": "period (EDTF)", "scope_place": "place"}
        help_texts = dict.fromkeys(FIELDS, "")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        on_one_line(self)

    def fields_given(self, read: Mapping[str, Any]) -> dict[str, Any]:
        """Return the value of every field of the claim: as edited, or else as it was `read`."""
        edited = {name: self.cleaned_data[name] for name in FIELDS if name in self.changed_data}
        unedited = {name: read[name] for name in FIELDS if name not in edited}
        return unedited | edited | {"change": self.change(read["change"])}


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("claims.change_claim")
def mark_view(request: HttpRequest, queue: Queue, pk: int) -> HttpResponse:
    """Show what the engine reads in the words pointed at (GET), or store it (POST)."""
    article = find_article(pk)
    asked = request.GET
    what = asked.get("what", "claim")
    claim = find_claim(int(asked["card"])) if _NUMBER.match(asked.get("card", "")) else None
    try:
        if what not in WHAT or (claim is None and what != "claim"):
            raise gate.Refused("what: there is no such thing to mark, or no claim it is for")
        if claim and claim.article_id != article.pk:
            raise gate.Refused("card: that claim is in another article")
        if asked.get("words") and not asked.get("start"):
            return _places(request, queue, article, what, claim)
        start, end = _span(asked)
        if what in ("source", "cue"):
            assert claim is not None
            return _voice(request, queue, article, claim, what, (start, end))
        return _claim(request, queue, article, claim if what == "move" else None, (start, end))
    except (gate.Refused, assignments.Held) as problem:
        messages.error(request, str(problem))
        card = claim.pk if claim else None
        return HttpResponseRedirect(article_url(queue, article.pk, card))


def _span(asked: Mapping[str, str]) -> tuple[int, int]:
    given = [asked.get(name, "") for name in ("start", "end")]
    if not all(map(_NUMBER.match, given)):
        raise gate.Refused("span: select words of the article, or give their first and last place")
    return int(given[0]), int(given[1])


def _claim(
    request: HttpRequest,
    queue: Queue,
    article: Article,
    moved: Claim | None,
    span: tuple[int, int],
) -> HttpResponse:
    """Show or store a new claim, or with `moved` the new place of one."""
    marked = read_marked(article, *span)
    read = finding_columns(marked.finding)
    initial = {name: read[name] for name in FIELDS} | parts_of(read["change"])
    initial["version_seen"] = moved and moved.version
    form = MarkForm(request.POST or None, initial=initial, prefix="mark")
    conflict: history.Stale | None = None
    if form.is_valid():
        try:
            assignments.take(article.pk, editor=editor(request))
            card = _store(request, article, moved, marked, form, form.fields_given(read))
            return HttpResponseRedirect(article_url(queue, article.pk, card))
        except history.Stale as problem:
            conflict = problem
            form = _again(request, problem)
    context = {
        "form": form,
        "conflict": conflict,
        "reading": phrases.reading(read) if marked.finding["rule"] else "",
        "rule": marked.finding["rule"],
        "surface": marked.place.surface,
        "moved": moved,
    }
    place = (marked.place.start, marked.place.end)
    what = "move" if moved else "claim"
    return _page(request, queue, article, moved, what, place, context)


def _again(request: HttpRequest, problem: history.Stale) -> MarkForm:
    """Return the form as it was sent, with the version that is stored now: one step to repeat."""
    data = request.POST.copy()
    data["mark-version_seen"] = str(getattr(problem.row, "version", ""))
    return MarkForm(data, prefix="mark")


def _store(
    request: HttpRequest,
    article: Article,
    moved: Claim | None,
    marked: Marked,
    form: MarkForm,
    fields: Mapping[str, Any],
) -> int:
    """Store what the form says of the marked words, `fields`; return the claim's id."""
    given = {"actor": editor(request), "reason": form.cleaned_data["reason"]}
    if moved is None:
        claim, _ = pointing.mark_claim(article, marked, fields, run=marking_run(), **given)
        messages.success(request, f"Marked and accepted: “{claim.surface}”.")
        return claim.pk
    version = form.cleaned_data["version_seen"] or 0
    pointing.move_claim(moved, marked.place, fields, version=version, **given)
    messages.success(request, f"Moved to “{marked.place.surface}”.")
    return moved.pk


def _voice(
    request: HttpRequest,
    queue: Queue,
    article: Article,
    claim: Claim,
    what: str,
    span: tuple[int, int],
) -> HttpResponse:
    """Show or store who speaks, by the words that say so."""
    text = article.body.text
    pointed = trimmed(text, *span)
    form = VoiceMarkForm(claim, text, {what: (pointed.start, pointed.end)}, request.POST or None)
    if form.is_valid():
        assignments.take(article.pk, editor=editor(request))
        try:
            save_voice(form, actor=editor(request))
            messages.success(request, f"Voice marked for “{claim.surface}”.")
            return HttpResponseRedirect(article_url(queue, article.pk, claim.pk))
        except history.Stale as problem:
            form = form.again(problem)
    context = {"form": form, "surface": pointed.cut(text), "moved": claim}
    context["conflict"] = form.conflict
    place = (pointed.start, pointed.end)
    return _page(request, queue, article, claim, what, place, context)


def _places(
    request: HttpRequest, queue: Queue, article: Article, what: str, claim: Claim | None
) -> HttpResponse:
    """Show where the words typed stand in the article, to choose one of the places."""
    text, sought = article.body.text, gate.text("words", request.GET["words"], longest=400)
    found = [match.span() for match in re.finditer(re.escape(sought), text)][:_MOST_PLACES]
    if not found:
        raise gate.Refused(f"words: “{sought}” does not stand in the article")
    places = [
        (start, end, text[max(0, start - 60) : start], text[start:end], text[end : end + 60])
        for start, end in found
    ]
    return _page(request, queue, article, claim, what, None, {"places": places})


def _page(
    request: HttpRequest,
    queue: Queue,
    article: Article,
    claim: Claim | None,
    what: str,
    place: tuple[int, int] | None,
    context: dict[str, Any],
) -> HttpResponse:
    marks = marks_of(claims_of(article), attributions_of(article), claim)
    if place:
        marks.append(Mark(*place, "point", anchor="point"))
    context |= {
        **frame(request, article, queue),
        "title": WHAT[what],
        "what": what,
        "claim": claim,
        "place": place,
        "words": flat(article.body.text, marks),
    }
    status = 409 if context.get("conflict") else 200
    return TemplateResponse(request, "admin/claims/desk/mark.html", context, status=status)
