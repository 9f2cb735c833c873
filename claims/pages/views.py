"""The pages; for now the landing page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from claims.export import ACCEPTED_LABEL, CONFIRMED_LABEL, UNVERIFIED_LABEL
from claims.filters.base import COUNTED, counted
from claims.filters.readers import Reader, articles_for, claims_for, speakers_for


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is and where things are, with counts of what everybody may see."""
    counts = {
        "claims": claims_for(Reader.EVERYBODY),
        "articles": articles_for(Reader.EVERYBODY),
        "speakers": speakers_for(Reader.EVERYBODY),
    }
    return render(
        request,
        "pages/home.html",
        {
            "counts": [(_written(counted(rows)), name) for name, rows in counts.items()],
            "accepted": ACCEPTED_LABEL,
            "confirmed": CONFIRMED_LABEL,
            "unverified": UNVERIFIED_LABEL,
        },
    )


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Send browsers that ask for an icon by its customary address to the one there is."""
    return redirect(static("claims/favicon.svg"))


def _written(number: int) -> str:
    return f"{COUNTED:,}+" if number > COUNTED else f"{number:,}"
