"""How a page answers: questions it does not know, rows that are elsewhere, gone or not there."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims import gate
from claims.filters.base import LONGEST_VALUE, MOST_VALUES, BadQuestion

View = Callable[..., HttpResponse]

_SEVERAL: Final = frozenset({"status"})
"""Parameters of pages that may be repeated."""


def page(*parameters: str) -> Callable[[View], View]:
    """Let a view be read only, and refuse what its address asks beside `parameters` (400)."""

    def wrap(view: View) -> View:
        @require_safe
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                _check(request, parameters)
                return view(request, *args, **kwargs)
            except BadQuestion as problem:
                return refused(request, problem)

        return answered

    return wrap


def refused(request: HttpRequest, problem: BadQuestion) -> HttpResponse:
    """Say which parameters of an address are wrong, and in what (400)."""
    return render(request, "pages/refused.html", {"errors": problem.errors}, status=400)


def moved(name: str, uids: Sequence[str]) -> HttpResponse | None:
    """Lead for good to the one row that took another's place; None if there is not one."""
    if len(uids) != 1:
        return None
    return HttpResponsePermanentRedirect(reverse(name, args=[uids[0]]))


def gone(
    request: HttpRequest, what: str, why: str, successors: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    """Say that something was here and is no longer (410); `successors` are addresses and names."""
    context = {"what": what, "why": why, "successors": successors}
    return render(request, "pages/gone.html", context, status=410)


def _check(request: HttpRequest, parameters: Sequence[str]) -> None:
    errors: dict[str, str] = {}
    for name, values in request.GET.lists():
        most = MOST_VALUES if name in _SEVERAL else 1
        if name not in parameters:
            errors[name[:60]] = "is no parameter here"
        elif len(values) > most:
            errors[name] = f"given {len(values)} times; at most {most}"
        elif not all(values):
            errors[name] = "is empty; leave it out instead"
        else:
            errors |= _refusals(name, values)
    if errors:
        raise BadQuestion(errors)


def _refusals(name: str, values: Sequence[str]) -> dict[str, str]:
    try:
        for value in values:
            gate.text(name, value, longest=LONGEST_VALUE)
    except gate.Refused as problem:
        return {name: str(problem).partition(": ")[2]}
    return {}
