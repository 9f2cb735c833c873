"""The search page: the questions of `ClaimFilter` as a form, its answer as a list of claims."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims import export
from claims.filters.claims import ClaimFilter
from claims.filters.readers import claims_for, reader_of


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the claims that answer the question in the address."""
    reader = reader_of(request.user)
    answer = ClaimFilter(request.GET, claims_for(reader), reader).ask()
    found = list(export.rows(answer.rows.order_by("-id")[:20], reader))
    return render(request, "pages/search.html", {"claims": found})
