"""Claims on a page of something: the questions of `ClaimFilter`, asked from its address."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from claims import export
from claims.filters.base import COUNTED
from claims.filters.claims import ClaimFilter
from claims.filters.readers import Reader, claims_for
from claims.models import Claim
from claims.models.claim import ClaimQuerySet
from claims.pages.leafing import Page, page_of

Rows = list[dict[str, Any]]


def claims_of(request: HttpRequest, reader: Reader, **question: str) -> ClaimQuerySet:
    """Return the claims that answer a question; the address may name their `status`.

    Without it they are the public ones. Signed-in readers may ask for machine readings too.

    Raises:
        BadQuestion: for a status that the reader may not ask for.
    """
    params = QueryDict(mutable=True)
    params.update(question)
    params.setlist("status", request.GET.getlist("status"))
    rows: ClaimQuerySet = ClaimFilter(params, claims_for(reader), reader).ask().rows
    return rows


def newest(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Return the newest of claims, as many as are counted: what is summed up stays bounded."""
    ids = claims.order_by("-pk").values("pk")[:COUNTED]
    return Claim.objects.filter(pk__in=ids)


def listed(request: HttpRequest, rows: ClaimQuerySet, reader: Reader) -> tuple[Rows, Page]:
    """Return one page of claims as rows to show, newest first; two statements."""
    page = page_of(request, rows)
    return export.page(page.ids, reader), page


def shown(ids: Iterable[int], reader: Reader) -> Rows:
    """Return claims by id as rows to show, newest first."""
    return list(export.rows(Claim.objects.filter(pk__in=ids).order_by("-pk"), reader))


def more_address(request: HttpRequest, reader: Reader) -> str:
    """Return the address that shows machine readings as well, for whom may see them."""
    if reader == Reader.EVERYBODY or "status" in request.GET:
        return ""
    return f"{request.path}?status=accepted&status=proposed"


def search_address(**question: str) -> str:
    """Return the address of the search page with a question put to it."""
    params = QueryDict(mutable=True)
    params.update(question)
    return f"{reverse('search')}?{params.urlencode()}"
