"""Read a text that a program sends: the engine's answer, of which nothing is kept."""

import io
import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import bodies, describing, shapes
from claims.api.throttles import ExtractThrottle
from claims.api.views import ReadView
from claims.filters.base import BadQuestion
from corpus.dating import from_given
from corpus.extract import extract_record
from corpus.readers import LineError, Record, json_lines
from corpus.split import as_article


class ExtractView(ReadView):
    """Read the figures, dates and voices in a text.

    A JSON object with `text`, and if known `id`, `headline`, `byline`, `outlet`, `url`,
    `published` (EDTF) and `language`; at most 100,000 bytes. Nothing is stored. For signed-in
    callers, unless the installation lets everybody ask.
    """

    parser_classes = [bodies.BoundedJson]
    throttle_classes = [ExtractThrottle]

    def get_permissions(self) -> list[BasePermission]:
        """Let everybody in where the setting says so."""
        return [AllowAny() if settings.EXTRACT_FOR_EVERYBODY else IsAuthenticated()]

    @extend_schema(
        operation_id="extract",
        request=OpenApiTypes.OBJECT,
        responses={
            200: shapes.Reading,
            **describing.problems(400, 401, 403, 413, 415, 429),
        },
    )
    def post(self, request: Request) -> Response:
        """Return the reading of a text."""
        self.refuse_parameters()
        record = _record(request.data)
        reading = extract_record(record, as_article(record))
        kept = {"extra": record.meta["extra"]} if "extra" in record.meta else {}
        return Response(reading.to_json() | kept)


def _record(data: Any) -> Record:
    """Return what was sent as a line of JSON Lines would be read."""
    if not isinstance(data, Mapping):
        raise BadQuestion({"body": "is no JSON object"})
    found = next(json_lines(io.BytesIO(json.dumps(data).encode())))
    if isinstance(found, LineError):
        raise BadQuestion({"body": found.message})
    try:
        if found.meta.get("published") is not None:
            from_given(found.meta["published"])
    except ValueError as error:
        raise BadQuestion({"published": str(error)}) from error
    return found
