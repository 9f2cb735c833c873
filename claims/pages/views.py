"""The first page, and what browsers ask of every host."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from claims import export
from claims.filters import paging
from claims.filters.base import Answer
from claims.filters.readers import Reader, articles_for, claims_for, outlets_for, speakers_for
from claims.pages.about import LABELS

NEWEST = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is and what it holds, show its newest claims, lead to everything.

    Everybody sees the same page, with what everybody may see.
    """
    counts = {
        "claims": claims_for(Reader.EVERYBODY),
        "articles": articles_for(Reader.EVERYBODY),
        "speakers": speakers_for(Reader.EVERYBODY),
        "outlets": outlets_for(Reader.EVERYBODY),
    }
    everything = claims_for(Reader.EVERYBODY)
    newest = paging.page(Answer(everything), paging.Paging(size=NEWEST))
    return render(
        request,
        "pages/home.html",
        {
            "counts": [(paging.capped(rows), name) for name, rows in counts.items()],
            "claims": export.page(newest.ids, Reader.EVERYBODY),
            "labels": LABELS,
        },
    )


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Send browsers that ask for an icon by its customary address to the one there is."""
    return redirect(static("claims/favicon.svg"))
