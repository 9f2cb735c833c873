"""The addresses of lists as files, beside the pages: they lead to the API's, with the question."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

PAGING = ("cursor", "page_size", "ordering", "count", "sort", "page")
"""Parameters of pages, which say nothing of the rows."""


@require_safe
def leads(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Lead to a list's file."""
    asked = request.GET.copy()
    for paging in PAGING:
        asked.pop(paging, None)
    address = reverse(f"{name}_file", args=[form])
    return redirect(f"{address}?{asked.urlencode()}".rstrip("?"))
