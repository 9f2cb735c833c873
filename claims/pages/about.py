"""Pages about the site itself: what it is, how it works, whom to write to."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims import export

LABELS = {
    "accepted": export.ACCEPTED_LABEL,
    "awaited": export.AWAITED_LABEL,
    "confirmed": export.CONFIRMED_LABEL,
    "unverified": export.UNVERIFIED_LABEL,
}
"""The labels of claims, by what they say."""


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what On Record is, what it holds, and on what terms."""
    context = {"labels": LABELS, "licence": settings.DATA_LICENCE}
    return render(request, "pages/about.html", context)


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """Say how claims are found, checked and shown."""
    return render(request, "pages/method.html", {"labels": LABELS})


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Say whom to write to, as the installation's settings have it."""
    return render(request, "pages/contact.html", {"contact": settings.CONTACT})
