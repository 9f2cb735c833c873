"""Every list as a file: CSV, JSON Lines and Parquet, with the list's own questions."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

from django.http import StreamingHttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle

from claims import export
from claims.api import shapes, views
from claims.export import Column
from claims.files import flat, formats, parquet
from claims.files.reading import Rows, batches, chunks, snapshot
from claims.filters.readers import Reader

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}
"""The forms of a file and their media types; the part behind the dot of the address."""

_HOLDS: tuple[tuple[type[serializers.Field], Any], ...] = (
    (serializers.IntegerField, "integer"),
    (serializers.FloatField, "double"),
    (serializers.BooleanField, "flag"),
    (serializers.CharField, "text"),
    (serializers.ChoiceField, "text"),
)


class ExportThrottle(UserRateThrottle):
    """Files have a quota of their own."""

    scope = "export"


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
        answer = self.of.questions(request.query_params, self.of.start(reader), reader).ask()
        left_out = answer.left_out()
        columns = columns_of(self.name)
        found = _rows(self.of, columns, answer.rows, reader)
        response = StreamingHttpResponse(
            lines(form, columns, found, left_out), content_type=FORMS[form]
        )
        response["Content-Disposition"] = f'attachment; filename="{self.name}.{form}"'
        if left_out:
            response["Left-Out"] = ", ".join(f"{name}={n}" for name, n in left_out.items())
        return response


def lines(
    form: str, columns: Sequence[Column], found: Iterator[Rows], left_out: dict[str, int]
) -> Iterator[bytes]:
    """Yield a file of a form, read within one snapshot."""
    with snapshot():
        if form == "csv":
            yield from formats.csv_lines(columns, found)
        elif form == "jsonl":
            yield from formats.json_lines(columns, found, left_out=left_out)
        else:
            about = {"left_out": formats.as_json(left_out), "label": export.ACCEPTED_LABEL}
            yield from parquet.parquet(columns, found, about)


def columns_of(name: str) -> tuple[Column, ...]:
    """Return the columns of a list: those of claims, or what its rows are declared to be."""
    if name == "claims":
        return export.COLUMNS
    fields = shapes.ROWS[name]().fields.items()
    return tuple(Column(name, _holds(field), str(field.help_text or "")) for name, field in fields)


def _holds(field: serializers.Field) -> Any:
    return next((holds for kind, holds in _HOLDS if isinstance(field, kind)), "object")


def _rows(
    of: type[views.ListView], columns: Sequence[Column], rows: Any, reader: Reader
) -> Iterator[Rows]:
    """Yield rows: those of claims by one statement, others some statements at a time."""
    if of is views.ClaimList:
        yield from batches(flat.flat(rows, reader))
        return
    for part in chunks(rows):
        yield formats.tuples(columns, of.rows(part, reader))


def file_view(name: str, of: type[views.ListView]) -> Callable[..., Any]:
    """Return the view that sends a list as a file."""
    columns = "\n".join(f"- `{column.name}`: {column.help}" for column in columns_of(name))
    described = extend_schema(
        operation_id=f"{name}_file",
        description=f"{of.__doc__} All of them that fit, oldest first.\n\n{formats.__doc__}\n"
        f"{parquet.__doc__}\nColumns:\n\n{columns}",
        parameters=[
            *shapes.parameters(of.questions),
            OpenApiParameter("form", location="path", enum=list(FORMS)),
        ],
        responses={
            **{(200, kind.partition(";")[0]): OpenApiTypes.BINARY for kind in FORMS.values()},
            **shapes.problems(400, 401, 404, 406, 429),
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
        responses={301: shapes.MOVED[301], **shapes.problems(401, 404, 429)},
    )
    def get(self, request: Request, form: str) -> Response:
        """Lead to the file's address now, with the same question."""
        address = request.build_absolute_uri(reverse("claims_file", args=[form]))
        asked = request.META.get("QUERY_STRING", "")
        return Response(status=301, headers={"Location": f"{address}?{asked}".rstrip("?")})
