"""What an editor can rule on claims: one table behind the list's actions and the page's buttons."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from claims import gate, history
from claims.admin.editing import editor
from claims.curation import review, topics
from claims.curation.rulings import Outcome
from claims.models import Claim, Topic
from claims.models.claim import ClaimQuerySet

MOST_AT_ONCE = 500
"""Ticked claims that one action may rule on; see `claims.admin.bulk` for all that match."""

Versions = Mapping[int, int]

_SEEN = re.compile(r"([0-9]{1,18}):([0-9]{1,9})\Z")


class ReasonForm(forms.Form):
    """Why claims are rejected."""

    reason = forms.CharField(
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="For whoever looks at it later, for example “year read as a count”.",
    )


class TopicForm(forms.Form):
    """Which topic claims are about."""

    topic = forms.ModelChoiceField(
        Topic.objects.order_by("label"), widget=forms.Select(attrs={"aria-label": "Topic"})
    )


class VoiceForm(forms.Form):
    """Whether words are a speaker's, the article's own, or nobody can tell."""

    voice = forms.ChoiceField(choices=Claim.Voice.choices)


@dataclass(frozen=True, slots=True)
class Ruling:
    """One thing an editor can rule: its words, and the function that does it.

    `act` takes the claims, the editor, the versions seen and what `form` asked, cleaned.
    """

    label: str
    done: str
    act: Callable[[ClaimQuerySet, Any, Versions, Mapping[str, Any]], Outcome]
    form: type[forms.Form] | None = None


RULINGS: dict[str, Ruling] = {
    "accept": Ruling(
        "Accept figure",
        "Figure accepted",
        lambda claims, actor, seen, asked: review.accept(claims, actor=actor, versions=seen),
    ),
    "accept_both": Ruling(
        "Accept figure and voice",
        "Figure and voice accepted",
        lambda claims, actor, seen, asked: review.accept(
            claims, actor=actor, voice=True, versions=seen
        ),
    ),
    "confirm_voice": Ruling(
        "Confirm voice",
        "Voice confirmed",
        lambda claims, actor, seen, asked: review.confirm_voice(claims, actor=actor, versions=seen),
    ),
    "confirm": Ruling(
        "Confirm as second editor",
        "Confirmed as second editor",
        lambda claims, actor, seen, asked: review.confirm(claims, actor=actor, versions=seen),
    ),
    "reject": Ruling(
        "Reject",
        "Rejected",
        lambda claims, actor, seen, asked: review.reject(
            claims, actor=actor, reason=asked["reason"], versions=seen
        ),
        ReasonForm,
    ),
    "reopen": Ruling(
        "Reopen",
        "Back in the queue",
        lambda claims, actor, seen, asked: review.reopen(claims, actor=actor, versions=seen),
    ),
    "take_newer": Ruling(
        "Take the newer reading",
        "Newer reading taken",
        lambda claims, actor, seen, asked: review.take_newer(claims, actor=actor, versions=seen),
    ),
    "keep": Ruling(
        "Keep the reading ruled on",
        "Reading kept",
        lambda claims, actor, seen, asked: review.keep(claims, actor=actor, versions=seen),
    ),
    "set_voice": Ruling(
        "Set voice state",
        "Voice state set",
        lambda claims, actor, seen, asked: review.set_voice(
            claims, asked["voice"], actor=actor, versions=seen
        ),
        VoiceForm,
    ),
    "add_topic": Ruling(
        "Add topic",
        "Topic added",
        lambda claims, actor, seen, asked: topics.add_topic(claims, asked["topic"], actor=actor),
        TopicForm,
    ),
    "remove_topic": Ruling(
        "Remove topic",
        "Topic removed",
        lambda claims, actor, seen, asked: topics.remove_topic(claims, asked["topic"], actor=actor),
        TopicForm,
    ),
}

IN_LIST = (
    *("accept", "accept_both", "confirm_voice", "confirm", "reject", "reopen"),
    *("set_voice", "add_topic", "remove_topic"),
)
"""The rulings that the list offers for many claims at once."""


def form_of(name: str, data: Any) -> forms.Form | None:
    """Return the form that a ruling asks for, filled from `data`, if it asks for one."""
    wanted = RULINGS[name].form
    return wanted(data) if wanted else None


def action(name: str) -> Callable[[Any, HttpRequest, Any], HttpResponse | None]:
    """Return the list action of a ruling; one that needs a form asks for it on a page between."""
    ruling = RULINGS[name]

    @admin.action(
        description=f"{ruling.label} …" if ruling.form else ruling.label, permissions=["change"]
    )
    def act(model_admin: Any, request: HttpRequest, queryset: ClaimQuerySet) -> HttpResponse | None:
        claims = queryset.order_by()
        chosen = list(claims.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if len(chosen) > MOST_AT_ONCE:
            text = f"At most {MOST_AT_ONCE} claims at once. Nothing was changed."
            model_admin.message_user(request, text, messages.ERROR)
            return None
        asked: Mapping[str, Any] = {}
        if ruling.form:
            form = ruling.form(request.POST if "confirmed" in request.POST else None)
            if not form.is_valid():
                return _ask(model_admin, request, name, form, chosen)
            asked = form.cleaned_data
        apply(model_admin, request, name, Claim.objects.filter(pk__in=chosen), asked)
        return None

    act.__name__ = name
    return act


def apply(
    model_admin: Any,
    request: HttpRequest,
    name: str,
    claims: ClaimQuerySet,
    asked: Mapping[str, Any],
) -> None:
    """Rule on claims as they were shown to the user, and say what happened."""
    ruling = RULINGS[name]
    try:
        outcome = ruling.act(claims, editor(request), seen(request), asked)
    except (history.Stale, gate.Refused) as problem:
        model_admin.message_user(request, str(problem), messages.ERROR)
    else:
        model_admin.say(request, ruling.done, outcome)


def seen(request: HttpRequest) -> dict[int, int]:
    """Return the versions that the page showed: fields `version` with values like `15:3`."""
    pairs = (_SEEN.match(value) for value in request.POST.getlist("version"))
    return {int(pair[1]): int(pair[2]) for pair in pairs if pair}


def _ask(
    model_admin: Any, request: HttpRequest, name: str, form: forms.Form, chosen: list[int]
) -> HttpResponse:
    """Ask what the ruling needs, carrying along what was chosen and the versions seen."""
    ruling = RULINGS[name]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"{ruling.label}: {len(chosen)} claim{'' if len(chosen) == 1 else 's'}",
        "opts": model_admin.opts,
        "action": name,
        "ruling": ruling,
        "form": form,
        "claims": Claim.objects.filter(pk__in=chosen[:20]).order_by("pk"),
        "further": max(0, len(chosen) - 20),
        "chosen": chosen,
        "chosen_name": ACTION_CHECKBOX_NAME,
        "versions": [f"{pk}:{number}" for pk, number in seen(request).items() if pk in chosen],
    }
    return TemplateResponse(request, "admin/claims/claim/ask.html", context)
