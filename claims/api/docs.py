"""The OpenAPI document and the page that shows it, from this server alone."""

from typing import Any

from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response

from claims.middleware import POLICY

STYLED = f"{POLICY}; style-src 'self' 'unsafe-inline'"
"""Swagger's page styles its elements from its script; everything else stays as strict."""


class SchemaView(SpectacularAPIView):
    """The OpenAPI document."""

    authentication_classes = []


class DocsView(SpectacularSwaggerSplitView):
    """The API, to read and to try."""

    authentication_classes = []
    url_name = "schema"

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response["Content-Security-Policy"] = STYLED
        return super().finalize_response(request, response, *args, **kwargs)
