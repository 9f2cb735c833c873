"""One ruling on all claims that match the list's filter: looked at first, then done in one step."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse

from claims import gate, history
from claims.admin import rulings
from claims.admin.editing import editor
from claims.curation import bulk
from claims.models import Claim
from claims.models.claim import ClaimQuerySet

QUICK: Final = frozenset({"accept", "accept_both", "confirm_voice", "reject", "reopen"})
"""Rulings that one claim may stand for many in; the others are made claim by claim."""

_SALT: Final = "claims.admin.bulk"
_LASTS: Final = 24 * 3600  # seconds in which a look may be followed by the action
_MOST_LISTED: Final = 500


class AskForm(forms.Form):
    """What shall be ruled on all of them."""

    ruling = forms.ChoiceField(
        choices=[(name, rulings.RULINGS[name].label) for name in rulings.IN_LIST]
    )


def bulk_view(request: HttpRequest, model_admin: Any) -> HttpResponse:
    """Show how many claims match and ask what to rule; then show what it would do; then do it.

    What is done is done to the claims that were looked at, and only where nobody changed them
    since.
    """
    if not request.user.has_perm("claims.bulk_claim"):
        raise PermissionDenied
    answer: HttpResponse = model_admin.answered(request, lambda: _answer(request, model_admin))
    return answer


def _answer(request: HttpRequest, model_admin: Any) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Rule on all claims that match",
        "opts": model_admin.opts,
        "question": request.GET.urlencode(),
        "most": bulk.MOST,
    }
    if request.method == "POST" and "looked" in request.POST:
        context |= _do(request)
    else:
        context |= _look(request, _matching(request, model_admin))
    return TemplateResponse(request, "admin/claims/claim/bulk.html", context)


def _matching(request: HttpRequest, model_admin: Any) -> ClaimQuerySet:
    """Return the claims that the list would show, on all its pages."""
    shown = model_admin.get_changelist_instance(request)
    rows: ClaimQuerySet = shown.queryset
    return rows.order_by()


def _look(request: HttpRequest, claims: ClaimQuerySet) -> dict[str, Any]:
    """Count the claims; once a ruling is chosen, find out what it would do, and sign it."""
    seen = bulk.chosen(claims)
    found: dict[str, Any] = {"count": min(len(seen), bulk.MOST), "too_many": len(seen) > bulk.MOST}
    data: QueryDict | None = request.POST if request.method == "POST" else None
    form = AskForm(data)
    found["form"] = form
    if data is None or found["too_many"] or not form.is_valid():
        return found
    name = form.cleaned_data["ruling"]
    further = rulings.form_of(name, data if "asked" in data else None)
    if further and not further.is_valid():
        return found | {"ruling": rulings.RULINGS[name], "name": name, "further": further}
    asked = {key: data.get(key, "") for key in (further.fields if further else ())}
    with transaction.atomic():
        done, problem = _try(request, name, asked, seen)
        transaction.set_rollback(True)
    return found | {
        "ruling": rulings.RULINGS[name],
        "name": name,
        "would": done,
        "problem": problem,
        "told": _told(further),
        "looked": signing.dumps(
            {"who": editor(request).pk, "name": name, "asked": asked, "seen": list(seen.items())},
            salt=_SALT,
            compress=True,
        ),
    }


def _do(request: HttpRequest) -> dict[str, Any]:
    """Do what was looked at; say what was done, and which claims were left."""
    try:
        looked = signing.loads(request.POST["looked"], salt=_SALT, max_age=_LASTS)
    except signing.BadSignature:
        return {"problem": "This page is too old, or was changed. Nothing was done; look again."}
    if looked["who"] != editor(request).pk:
        return {"problem": "Somebody else looked at this. Nothing was done; look again."}
    seen = {int(pk): int(version) for pk, version in looked["seen"]}
    with history.through("bulk"):
        done, problem = _try(request, looked["name"], looked["asked"], seen)
    if done is None:
        return {"problem": f"{problem} Nothing was done."}
    left = Claim.objects.filter(pk__in=done.skipped).order_by("pk")
    return {
        "ruling": rulings.RULINGS[looked["name"]],
        "done": done,
        "left": left[:_MOST_LISTED],
        "lost": len(done.skipped) - left.count(),
        "further_left": max(0, len(done.skipped) - _MOST_LISTED),
    }


def _try(
    request: HttpRequest, name: str, asked: Mapping[str, str], seen: Mapping[int, int]
) -> tuple[bulk.Bulk | None, str]:
    """Rule on the claims; return what was done, or why nothing was."""
    ruling, form = rulings.RULINGS[name], rulings.form_of(name, asked)
    given = form.cleaned_data if form and form.is_valid() else {}
    if form and form.errors:
        return None, form.errors.as_text()
    rule_on = bulk.rule_on if name in QUICK else bulk.one_by_one
    try:
        return rule_on(lambda rows: ruling.act(rows, editor(request), {}, given), seen), ""
    except (gate.Refused, history.Stale) as problem:
        return None, str(problem)


def _told(form: forms.Form | None) -> list[tuple[str, str]]:
    """Return what was asked beside the ruling, as words."""
    if form is None:
        return []
    return [(str(field.label), str(form.cleaned_data[field.name])) for field in form]
