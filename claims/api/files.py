"""Every list as a file: CSV, JSON Lines and Parquet, with the list's own questions."""

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from typing import Any, ClassVar

from django.http import StreamingHttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from claims import export, feed
from claims.api import describing, shapes, views
from claims.api.throttles import ExportThrottle
from claims.datapackage import write
from claims.datapackage.scope import scope_of
from claims.export import Column
from claims.files import formats, forms, parquet
from claims.files.reading import chunks, snapshot
from claims.filters.claims import ClaimFilter
from claims.filters.readers import Reader

_HOLDS: tuple[tuple[type[serializers.Field], Any], ...] = (
    (serializers.IntegerField, "integer"),
    (serializers.FloatField, "double"),
    (serializers.BooleanField, "flag"),
    (serializers.CharField, "text"),
    (serializers.ChoiceField, "text"),
)


class NoSuchForm(APIException):
    """A form of file that this installation cannot write."""

    status_code = 406
    default_detail = f"{parquet.NEEDED} on the server. CSV and JSON Lines need nothing."


class FileView(views.ReadView):
    """Every row of a list that fits, in one file, oldest first."""

    throttle_classes = [ExportThrottle]
    of: ClassVar[type[views.ListView]]
    name: ClassVar[str]

    def get(self, request: Request, form: str) -> StreamingHttpResponse:
        """Stream the file; see `claims.files.formats` for how it ends."""
        if form == "parquet" and not parquet.installed():
            raise NoSuchForm
        reader = self.reader()
        as_of = feed.as_of(reader)  # asked first: what the file holds is no older
        answer = self.of.questions(request.query_params, self.of.start(reader), reader).ask()
        left_out = answer.left_out()
        response = StreamingHttpResponse(
            _sent(self._file(form, answer.rows, reader, left_out)),
            content_type=forms.MEDIA_TYPES[form],
        )
        response["Content-Disposition"] = f'attachment; filename="{self.name}.{form}"'
        response["As-Of"] = str(as_of)
        if left_out:
            response["Left-Out"] = ", ".join(f"{name}={n}" for name, n in left_out.items())
        return response

    def _file(
        self, form: str, rows: Any, reader: Reader, left_out: Mapping[str, int]
    ) -> Generator[bytes, None, None]:
        """Yield the file: others than claims by some statements at a time."""
        if self.of is views.ClaimList:
            return forms.of_claims(form, rows, reader, left_out)
        columns = columns_of(self.name)
        found = (formats.tuples(columns, self.of.rows(part, reader)) for part in chunks(rows))
        return forms.lines(form, columns, found, left_out)


def _sent(pieces: Generator[bytes, None, None]) -> Iterator[bytes]:
    """Yield a file that is read within one snapshot, which ends if nobody takes the rest."""
    with snapshot(), closing(pieces):
        yield from pieces


def columns_of(name: str) -> tuple[Column, ...]:
    """Return the columns of a list: those of claims, or what its rows are declared to be."""
    if name == "claims":
        return export.COLUMNS
    fields = shapes.ROWS[name]().fields.items()
    return tuple(Column(name, _holds(field), str(field.help_text or "")) for name, field in fields)


def _holds(field: serializers.Field) -> Any:
    return next((holds for kind, holds in _HOLDS if isinstance(field, kind)), "object")


@extend_schema_view(
    get=extend_schema(
        operation_id="package",
        parameters=describing.parameters(ClaimFilter),
        responses={
            (200, "application/zip"): OpenApiTypes.BINARY,
            **describing.problems(400, 401, 429),
        },
        filters=False,
    )
)
class PackageView(views.ReadView):
    """All tables in one zip file, a Frictionless Data Package, all of one moment.

    Claims that fit, their voices and topics, what was brought to them, and the articles in
    question, with claims or without. A zip file that was cut cannot be opened.
    """

    throttle_classes = [ExportThrottle]

    def get(self, request: Request) -> StreamingHttpResponse:
        """Stream the package."""
        params, reader = request.query_params, self.reader()
        scope_of(params, reader)  # a question that cannot be answered is refused here
        found = write.files(lambda: scope_of(params, reader))
        response = StreamingHttpResponse(write.zipped(found), content_type="application/zip")
        response["Content-Disposition"] = 'attachment; filename="on-record.zip"'
        return response


def file_view(name: str, of: type[views.ListView]) -> Callable[..., Any]:
    """Return the view that sends a list as a file."""
    columns = "\n".join(f"- `{column.name}`: {column.help}" for column in columns_of(name))
    described = extend_schema(
        operation_id=f"{name}_file",
        description=f"{of.__doc__} All of them that fit, oldest first.\n\n{formats.__doc__}\n"
        f"{parquet.__doc__}\nColumns:\n\n{columns}",
        parameters=[
            *describing.parameters(of.questions),
            OpenApiParameter("form", location="path", enum=list(forms.MEDIA_TYPES)),
        ],
        responses={
            **{
                (200, kind.partition(";")[0]): OpenApiTypes.BINARY
                for kind in forms.MEDIA_TYPES.values()
            },
            **describing.problems(400, 401, 404, 406, 429),
        },
        filters=False,
    )
    made = type(f"{name.title()}File", (FileView,), {"of": of, "name": name})
    view: type[FileView] = extend_schema_view(get=described)(made)
    return view.as_view()


class FormerExport(views.ReadView):
    """Where the file of claims was before every list had one."""

    @extend_schema(
        operation_id="claims_export",
        deprecated=True,
        parameters=[OpenApiParameter("form", location="path", enum=["csv", "jsonl"])],
        responses={301: describing.MOVED[301], **describing.problems(401, 404, 429)},
    )
    def get(self, request: Request, form: str) -> Response:
        """Lead to the file's address now, with the same question."""
        address = request.build_absolute_uri(reverse("claims_file", args=[form]))
        asked = request.META.get("QUERY_STRING", "")
        return Response(status=301, headers={"Location": f"{address}?{asked}".rstrip("?")})
