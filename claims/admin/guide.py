"""The editors' guide, and what an empty database greets them with."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from claims.admin.desk.certain import MARGIN
from claims.columns import RULED_CLAIM_FIELDS
from claims.filters.base import counted
from claims.models import Article, Claim, Outlet, Report


def guide_view(request: HttpRequest) -> HttpResponse:
    """Show the guide."""
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Editors’ guide",
        "margin": MARGIN,
        "statuses": Claim.Status.choices,
        "voices": Claim.Voice.choices,
        "visibilities": Article.Visibility.choices,
        "policies": Outlet.TextPolicy.choices,
        "fields": RULED_CLAIM_FIELDS,
    }
    return TemplateResponse(request, "admin/claims/guide.html", context)


def index_view(request: HttpRequest) -> HttpResponse:
    """Show the admin's first page with the reports nobody has seen to; in an empty database,
    with what to do first."""
    reports = counted(Report.objects.new())
    return admin.site.index(request, {"empty": not Article.objects.exists(), "reports": reports})
