"""Public corrections as a page and as a feed: what somebody who relied on a claim must know."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from claims import corrections, phrases
from claims.corrections import Correction
from claims.filters.readers import Reader, reader_of
from claims.models import PublicChange
from claims.pages import told
from claims.pages.answering import page
from claims.pages.atom import Feed
from claims.pages.leafing import USUAL_ROWS, page_of
from claims.when import in_words

NAMES: Final = {
    "edtf": "date",
    "scope_edtf": "period",
    "scope_place": "place",
    "concept": "of what",
    "chain": "voices",
    "modality": "put as",
    "comparator": "stated as",
}
"""Fields of a difference in words, where the name itself is not enough."""

_QUIET: Final = frozenset(
    {"start", "end", "sentence_start", "sentence_end", "speaker", "ultimate"}
    | {"speaker_uid", "ultimate_uid"}
)
"""Fields that follow from others, or are places in a text."""


@page("cursor")
def listed(request: HttpRequest) -> HttpResponse:
    """List public changes of value or voice, newest first."""
    found = page_of(request, corrections.listed(), "pk")
    changes = PublicChange.objects.filter(pk__in=found.ids).order_by("-pk")
    rows = corrections.read(changes, reader_of(request.user))
    context = {"rows": [_told(row) for row in rows], "page": found}
    return render(request, "pages/corrections.html", context)


@page()
def atom(request: HttpRequest) -> HttpResponse:
    """Send the newest public corrections as an Atom feed, the same for everybody."""
    feed = Feed(
        "On Record: corrections",
        "Claims whose value or voice was changed, withdrawn or shown again.",
        page=request.build_absolute_uri(reverse("corrections")),
        address=request.build_absolute_uri(),
    )
    changes = corrections.listed()[:USUAL_ROWS]
    for row in corrections.read(changes, Reader.EVERYBODY):
        words = _told(row)
        address = request.build_absolute_uri(words["address"])
        feed.add(
            f"{row.version.label}: {words['figure'] or f'claim {row.uid}'}",
            address,
            "; ".join(f"{n}: {a} → {b}" for n, a, b in words["differences"]),
            unique_id=f"{address}#change-{row.id}",
            updateddate=row.version.at,
        )
    return feed.response()


def differences(version: Any) -> list[tuple[str, str, str]]:
    """Return what a public change changed: name, before, after, in words; empty is a dash."""
    return [
        (
            NAMES.get(one.field, one.field.replace("_", " ")),
            _words(one.field, one.before),
            _words(one.field, one.after),
        )
        for one in version.differences
        if one.field not in _QUIET
    ]


def _told(row: Correction) -> dict[str, Any]:
    uid = row.uid if row.row else row.successor
    return {
        "correction": row,
        "version": row.version,
        "figure": told.figure_of_what(row.row) if row.row else "",
        "address": reverse("claim_page", args=[row.uid]),
        "successor": uid and uid != row.uid and reverse("claim_page", args=[uid]),
        "differences": differences(row.version),
    }


def _words(field: str, value: Any) -> str:
    """Return a value of a field as words."""
    if field == "comparator":
        return told.COMPARATORS.get(value, "as it is")
    if field in {"value", "low", "high"} and value:
        return phrases.grouped(value)
    if field in {"edtf", "scope_edtf"} and value:
        return in_words(value)
    if field == "change":
        return phrases.change(value).removeprefix(", ") or "–"
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", citing ".join(one["name"] for one in value)
    return str(value)
