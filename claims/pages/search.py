"""The search page: the questions of `ClaimFilter` as a form, its answer as a list of claims."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims import export, facets
from claims.filters import paging
from claims.filters.base import COUNTED, Answer, BadQuestion
from claims.filters.claims import ClaimFilter
from claims.filters.readers import STATUSES, Reader, claims_for, reader_of
from claims.models import Claim
from claims.pages.asked import NAMES, Asked
from claims.pages.lit import places
from corpus.quantities.base import KINDS, MODALITIES

ON_A_PAGE: Final = 25

ORDERINGS: Final = {
    "": "newest in On Record first",
    "oldest": "oldest in On Record first",
    "published": "latest published first",
    "value": "smallest value first",
    "-value": "largest value first",
    "relevance": "best match first",
}
"""The orders of `claims.filters.paging` as a reader calls them."""

_DATES: Final = {
    "published": "the day of publication",
    "scope": "the period it is about",
    "date": "the date it names",
}


@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """Show the claims that answer the question in the address, and ways to narrow it."""
    params = without_blanks(request.GET)
    if params != request.GET:  # the form sends every field; the address says only what is asked
        query = params.urlencode()
        return redirect(reverse("search") + (f"?{query}" if query else ""))
    reader = reader_of(request.user)
    asked = Asked(params, beside=paging.PARAMETERS)
    try:
        order = _order(params)
        answer = ask(params, reader)
        found = paging.page(answer, order)
        if found.next == paging.BEGINNING:
            order = replace(order, after=None, back=False)
            found = paging.page(answer, order)
        count = paging.count(answer.rows, order, found)
    except BadQuestion as problem:
        context = _form(asked, reader) | {
            "problems": _in_words(problem.errors),
            "open": not _PLAIN.issuperset(problem.errors),
        }
        return render(request, "pages/search.html", context, status=400)
    claims = export.page(found.ids, reader)
    if "text" in params:
        for row in claims:
            row["lit"] = places(str(params["text"]), row["passage"] or "")
    context = _form(asked, reader) | {
        "claims": claims,
        "checked": all(row["status"] == Claim.Status.ACCEPTED for row in claims),
        "count": count,
        "exact": asked.address("search", whole=True, count="exact") if count.more else "",
        "left_out": _left_out(answer),
        "chips": asked.chips(reader),
        "facets": _facets(asked, answer, reader, COUNTED + 1 if count.more else count.value),
        "first": asked.address("search", whole=True) if order.after else "",
        "previous": _leaf(asked, found.previous),
        "next": _leaf(asked, found.next),
        "links": _links(asked),
    }
    return render(request, "pages/search.html", context)


def ask(params: QueryDict, reader: Reader) -> Answer:
    """Return the answer to a question with parameters of a list beside it.

    Raises:
        BadQuestion: as `StrictFilterSet.ask`.
    """
    return ClaimFilter(params, claims_for(reader), reader, beside=paging.PARAMETERS).ask()


def without_blanks(params: QueryDict) -> QueryDict:
    """Return parameters without empty ones and without blanks around values."""
    kept = QueryDict(mutable=True)
    for name, values in params.lists():
        if said := [value.strip() for value in values if value.strip()]:
            kept.setlist(name, said)
    return kept


def _order(params: QueryDict) -> paging.Paging:
    order = paging.Paging.of(params, Claim)
    if order.count == "false":
        order = replace(order, count="true")
    return order if "page_size" in params else replace(order, size=ON_A_PAGE)


def _leaf(asked: Asked, cursor: str | None) -> str:
    return asked.address("search", whole=True, cursor=cursor) if cursor else ""


def _in_words(errors: Mapping[str, str]) -> list[str]:
    """Return what is wrong with a question as sentences."""
    return [f"{NAMES.get(name, name)}: {why}." for name, why in errors.items()]


def _left_out(answer: Answer) -> list[str]:
    """Return, for each range of dates asked for, how many rows are left out for want of it."""
    return [
        f"{_written(number)} more would fit, but {_DATES[name]} is not known."
        for name, number in answer.left_out().items()
        if number
    ]


def _written(number: int) -> str:
    return str(paging.Count(min(number, COUNTED), number > COUNTED))


def _form(asked: Asked, reader: Reader) -> dict[str, Any]:
    """Return what the form shows: the question as far as it was understood, and its choices."""
    given = {name: asked.params.getlist(name) for name in asked.params}
    one = {name: values[-1] for name, values in given.items()}
    more_units = given.get("unit", [])[:-1]
    return {
        "given": one,
        "kinds": _choices(KINDS, given.get("kind", ())),
        "modalities": _choices(MODALITIES, given.get("modality", ())),
        "voices": [
            (*choice, choice[0] in given.get("voice", ())) for choice in Claim.Voice.choices
        ],
        "statuses": [
            (status, export.LABELS[Claim.Status(status)], status in given.get("status", ()))
            for status in Claim.Status.values
            if status in STATUSES[reader]
        ],
        "orderings": [
            (*choice, choice[0] == one.get("ordering", "")) for choice in ORDERINGS.items()
        ],
        "carried": [
            *(("unit", unit) for unit in more_units),
            *((name, value) for name in _CARRIED for value in given.get(name, ())),
        ],
        "bare": asked.bare,
    }


_CARRIED: Final = (
    *("topic", "speaker", "said_by", "ultimate", "outlet", "article", "voice_status"),
    *("visibility", "page_size"),
)
"""Parts of a question that the form has no field for."""

_PLAIN: Final = frozenset({"text", *_CARRIED})
"""Parts of a question that are not in the folded part of the form."""


def _choices(values: Any, chosen: Any) -> list[tuple[str, str, bool]]:
    return [(value, value, value in chosen) for value in values]


def _facets(asked: Asked, answer: Answer, reader: Reader, hits: int) -> dict[str, Any]:
    counted = facets.facets(answer.rows, reader, hits, unfiltered=asked.bare)
    shown = [
        {
            "name": facet.name,
            "title": facet.title,
            "more": facet.more,
            "values": [
                {
                    "label": value.label,
                    "count": f"{value.count:,}",
                    "on": asked.holds(facet.name, value.key),
                    "address": asked.turned(facet.name, value.key),
                }
                for value in facet.values
            ],
        }
        for facet in counted.facets
    ]
    return {"shown": shown, "whole": counted.whole}


def _links(asked: Asked) -> list[tuple[str, str]]:
    """Return the other forms of the same answer."""
    return [
        (asked.file("csv"), "CSV"),
        (asked.file("jsonl"), "JSON Lines"),
        (asked.address("claims"), "API"),
        (asked.address("atom"), "Atom feed"),
    ]
