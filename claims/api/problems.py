"""One JSON shape for every error of the API: problem details (RFC 9457).

`type` is about:blank, `title` the status in words, `detail` says what was wrong, and `errors`,
where there are any, maps each parameter to what is wrong with it. `successors` are the addresses
of the rows that took the place of one that is gone.
"""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import exception_handler

from claims import gate
from claims.api.versions import Outdated
from claims.curation.undo import CannotUndo
from claims.filters.base import BadQuestion

MEDIA_TYPE = "application/problem+json"


class Gone(APIException):
    """A row that the reader could see once is hidden now; `detail` says why."""

    status_code = HTTPStatus.GONE


class Superseded(Exception):
    """A row is gone, and more than one took its place; their addresses are in `successors`."""

    def __init__(self, successors: list[str]) -> None:
        self.successors = successors
        super().__init__("Other rows took its place.")


def handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception into problem details; None for what is a fault of ours."""
    if isinstance(error, BadQuestion):
        return _problem(HTTPStatus.BAD_REQUEST, str(error), errors=error.errors)
    if isinstance(error, Superseded):
        return _problem(HTTPStatus.GONE, str(error), successors=error.successors)
    if isinstance(error, CannotUndo):
        return _problem(HTTPStatus.CONFLICT, str(error))
    if isinstance(error, gate.Refused):
        return _problem(
            HTTPStatus.BAD_REQUEST, f"{error}. Nothing was changed.", errors=_named(error)
        )
    if isinstance(error, SuspiciousOperation):
        return _problem(HTTPStatus.BAD_REQUEST, "The request is malformed.")
    answer = exception_handler(error, context)
    if answer is None:
        return None
    detail = str(error.detail) if isinstance(error, APIException) else "Nothing is there."
    told: dict[str, Any] = {}
    headers = dict(answer.headers)
    if isinstance(error, Outdated):
        told, headers = {"etag": error.tag, "conflicts": error.conflicts}, {"ETag": error.tag}
    return _problem(HTTPStatus(answer.status_code), detail, headers=headers, **told)


def _named(error: gate.Refused) -> dict[str, str]:
    """Return what was refused, by the field that its message begins with."""
    field, _, rest = str(error).partition(": ")
    return {field: rest} if rest and " " not in field else {}


def _problem(
    status: HTTPStatus,
    detail: str,
    *,
    errors: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
    **told: Any,
) -> Response:
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
    }
    if errors:
        body["errors"] = errors
    body |= told
    return Response(body, status=status, headers=headers, content_type=MEDIA_TYPE)
