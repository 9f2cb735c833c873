"""Random samples for editors: drawn, judged blind one reading at a time, settled, reported."""

import secrets
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from claims import gate, phrases
from claims.admin import claim_page, words
from claims.admin.editing import KeptRows, editor
from claims.admin.listing import QuickList
from claims.agreement import Share
from claims.columns import finding_columns
from claims.curation import samples
from claims.models import Claim, Coding, Outlet, Sample, SampleItem
from corpus.quantities.base import KINDS

Waiting = tuple[SampleItem | None, dict[str, Any]]
"""What a user is to judge next, and what the page tells beside it."""


class DrawForm(forms.Form):
    """What to draw, and how many."""

    name = forms.CharField(max_length=120)
    size = forms.IntegerField(min_value=1, max_value=samples.LARGEST, initial=200)
    kind = forms.ChoiceField(required=False, choices=[("", "all kinds"), *((k, k) for k in KINDS)])
    outlet = forms.ModelChoiceField(Outlet.objects.all(), required=False, empty_label="all outlets")
    engine = forms.CharField(
        required=False, max_length=40, help_text="Only what this version of the engine found last."
    )
    seed = forms.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        initial=lambda: secrets.randbelow(2**31),
        help_text="The same seed over the same claims draws the same ones.",
    )


class CodingForm(forms.Form):
    """What an editor makes of a reading."""

    figure = forms.ChoiceField(
        choices=Coding.Judgement.choices, widget=forms.RadioSelect, label="The figure is read"
    )
    voice = forms.ChoiceField(
        choices=Coding.Judgement.choices, widget=forms.RadioSelect, label="The voice is"
    )
    note = forms.CharField(required=False, max_length=300)


@admin.register(Sample)
class SampleAdmin(QuickList, KeptRows):
    """Samples: what was drawn, how far it is judged, and what that shows."""

    list_display = ("name", "kind", "outlet", "engine", "size", "drawn_from", "actor", "drawn")
    list_select_related = ("outlet", "actor")
    actions = None
    change_form_template = "admin/claims/sample/change_form.html"
    fields = ("name", "kind", "outlet", "engine", "seed", "size", "drawn_from", "actor", "drawn")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was drawn never changes."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Add the pages on which readings are judged and settled."""
        guard = self.admin_site.admin_view
        return [
            path("<int:pk>/code/", guard(self.code_view), name="claims_sample_code"),
            path("<int:pk>/settle/", guard(self.settle_view), name="claims_sample_settle"),
            *super().get_urls(),
        ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Draw a sample."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = DrawForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                sample = samples.draw(actor=editor(request), **form.cleaned_data)
            except gate.Refused as problem:
                name, _, rest = str(problem).partition(": ")
                form.add_error(name if name in form.fields else None, rest)
            else:
                address = reverse("admin:claims_sample_change", args=[sample.pk])
                return HttpResponseRedirect(address)
        context = self.page_context(request, "Draw a sample") | {"form": form}
        return TemplateResponse(request, "admin/claims/sample/draw.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show the report beside what was drawn."""
        sample: Sample = context["original"]
        context |= {
            "title": str(sample),
            "subtitle": None,
            "report": (found := samples.report(sample)),
            "tables": [
                ("Figures", [_cells(line) for line in found.figures]),
                ("Voices", [_cells(line) for line in found.voices]),
            ],
            "left": samples.left_for(sample, editor(request)),
            "may_code": request.user.has_perm("claims.add_coding"),
            "may_settle": request.user.has_perm("claims.change_coding"),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def code_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the next reading that the user has not judged; on POST store the judgement."""
        sample = self._sample(request, pk, "claims.add_coding")
        return self._judging(request, sample, samples.code, _to_code)

    def settle_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the first reading whose judges differ; on POST store the judgement that settles."""
        sample = self._sample(request, pk, "claims.change_coding")
        return self._judging(request, sample, samples.settle, _to_settle)

    def _judging(
        self,
        request: HttpRequest,
        sample: Sample,
        store: Callable[..., Coding],
        waiting: Callable[[Sample, User], Waiting],
    ) -> HttpResponse:
        form = CodingForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            item = sample.items.filter(pk=_number(request.POST.get("item"))).first()
            if item is None:
                raise Http404
            try:
                store(item, actor=editor(request), **form.cleaned_data)
            except gate.Refused as problem:
                messages.error(request, f"{str(problem).partition(': ')[2]}. Nothing was stored.")
            return HttpResponseRedirect(request.path)
        item, told = waiting(sample, editor(request))
        context = self.page_context(request, str(sample)) | {"sample": sample, "form": form} | told
        context |= _shown(item) if item else {}
        return TemplateResponse(request, "admin/claims/sample/code.html", context)

    def _sample(self, request: HttpRequest, pk: int, right: str) -> Sample:
        if not request.user.has_perm(right):
            raise PermissionDenied
        sample = Sample.objects.filter(pk=pk).first()
        if sample is None:
            raise Http404
        return sample


def _cells(line: samples.Line) -> list[str]:
    """Return a line of the report in words."""
    agreement = line.kappa
    return [
        line.kind,
        str(line.items),
        _percent(line.agreed),
        f"{agreement.value:.2f} ({agreement.low:.2f} to {agreement.high:.2f})"
        if agreement
        else "–",
        _percent(line.wrong),
    ]


def _percent(share: Share) -> str:
    if share.value is None:
        return "–"
    ends = f"{100 * share.low:.0f} to {100 * share.high:.0f}"
    return f"{100 * share.value:.1f} % ({ends}), {share.count} of {share.of}"


def _number(words: str | None) -> int:
    return int(words) if words and words.isdecimal() and len(words) < 19 else 0


def _to_code(sample: Sample, user: User) -> Waiting:
    return samples.next_item(sample, user), {"left": samples.left_for(sample, user)}


def _to_settle(sample: Sample, user: User) -> Waiting:
    mine = [
        item
        for item in samples.disputed(sample)
        if all(one.actor_id != user.pk for one in item.codings.all())
    ]
    codings = list(mine[0].codings.all()) if mine else []
    item = mine[0] if mine else None
    return item, {"left": len(mine), "settling": True, "codings": codings}


def _shown(item: SampleItem) -> dict[str, Any]:
    """Return what a judge sees: the words and the machine's reading, and nobody's ruling."""
    machine = item.machine
    chain = " ← ".join(machine.get("chain") or [])
    return {
        "item": item,
        "passage": claim_page.passage_read(item.claim, machine),
        "reading": phrases.reading(finding_columns(machine)),
        "machine": [
            (words.label(name), words.shown(machine.get(name)))
            for name in ("kind", "concept", "modality")
        ],
        "voice": chain or dict(Claim.Voice.choices)[machine["voice"]],
    }
