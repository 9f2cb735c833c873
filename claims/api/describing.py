"""The operations of the API, for the OpenAPI document: parameters, answers, errors."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.db.models import Model
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.serializers import Serializer

from claims.api import choosing
from claims.api.problems import MEDIA_TYPE
from claims.api.shapes import Count, Problem, shape
from claims.filters import paging
from claims.filters.base import COUNTED, Choice, Number, Several, StrictFilterSet
from claims.filters.readers import Reader


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How a token is sent, for the OpenAPI document."""

    target_class = "claims.api.tokens.SafeTokens"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token …`, made at /api/v1/tokens/.",
        }


class PasswordScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Name and password, for the OpenAPI document."""

    target_class = "claims.api.tokens.SafePasswords"
    name = "password"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "basic"}


def _choosing(row: Any) -> tuple[OpenApiParameter, ...]:
    fields = OpenApiParameter(
        "fields", description="Fields to send, separated by commas; default all."
    )
    if along := choosing.EXPANSIONS.get(row):
        says = f"Rows to send along under `expanded`, separated by commas: {', '.join(along)}."
        return fields, OpenApiParameter("expand", description=says)
    return (fields,)


@cache
def asked(row: Any) -> Any:
    """Return the shape of what is sent of a row: any of its fields, and what is sent along."""
    along = {
        name: one.shape(many=True, required=False)
        if one.many
        else one.shape(allow_null=True, required=False)
        for name, one in choosing.EXPANSIONS.get(row, {}).items()
    }
    more = {}
    if along:
        expanded = shape(f"{row.__name__}Expanded", "Rows sent along.", Serializer, **along)
        more = {"expanded": expanded(required=False)}
    return shape(
        f"{row.__name__}Asked", f"{row.__doc__} Fields as asked for.", row, get_fields=_some, **more
    )


def _some(self: Any) -> Any:
    fields = serializers.Serializer.get_fields(self)
    for field in fields.values():
        field.required = False
    return fields


def _paging(model: type[Model]) -> tuple[OpenApiParameter, ...]:
    orders = paging.orderings(model)
    says = "; ".join(f"`{name}`: {order.says}" for name, order in orders.items())
    return (
        OpenApiParameter(
            "cursor", description="Where to go on, or back: as given in `next` and `previous`."
        ),
        OpenApiParameter(
            "page_size",
            {"type": "integer", "minimum": 1, "maximum": paging.MOST_ROWS},
            description=f"Rows per page; default {paging.USUAL_ROWS}.",
        ),
        OpenApiParameter(
            "ordering", enum=[*orders], description=f"{says}. Rows without a value come last."
        ),
        OpenApiParameter(
            "count",
            enum=["false", "true", "exact"],
            description=f"Also count the rows: `true` up to {COUNTED:,}, `exact` to the last.",
        ),
    )


def problems(*codes: int) -> dict[Any, OpenApiResponse]:
    """Return the answers of an operation that are errors."""
    return {(code, MEDIA_TYPE): OpenApiResponse(Problem) for code in codes}


def parameters(questions: type[StrictFilterSet]) -> list[OpenApiParameter]:
    """Return the parameters of a filter set."""
    return [
        OpenApiParameter(
            name,
            OpenApiTypes.NUMBER if isinstance(asked, Number) else OpenApiTypes.STR,
            many=isinstance(asked, Several | Choice),
            enum=[value for value, _ in asked.extra["choices"]]
            if isinstance(asked, Choice)
            else None,
            description=str(asked.extra.get("help_text", "")),
        )
        for name, asked in questions.base_filters.items()
    ]


def listing(
    name: str,
    row: Any,
    questions: type[StrictFilterSet],
    *more: OpenApiParameter,
    examples: Sequence[OpenApiExample] = (),
    **beside: serializers.Field,
) -> Callable[[Any], type]:
    """Describe a list view: its parameters and pages of `row`, and what is told `beside` rows."""
    page = shape(
        f"{name.capitalize()}Page",
        "One page of a list.",
        results=asked(row)(many=True),
        next=serializers.URLField(allow_null=True, help_text="The page after this one."),
        previous=serializers.URLField(
            allow_null=True,
            help_text="The page that ends before this one, shorter where the list begins. "
            "Empty if none of its rows is left: its `next` is then the first page.",
        ),
        count=Count(allow_null=True, help_text="Null unless asked for."),
        left_out=serializers.DictField(
            child=serializers.IntegerField(),
            help_text="For each range of dates asked for: rows that fit otherwise but whose "
            f"date is not known. {COUNTED + 1} stands for any more.",
        ),
        **beside,
    )

    def describe(view: Any) -> type:
        view.shape = row
        orders = _paging(view.start(Reader.EDITOR).model)
        described: type = extend_schema_view(
            get=extend_schema(
                operation_id=f"{name}_list",
                description=view.__doc__,
                parameters=[*parameters(questions), *orders, *_choosing(row), *more],
                responses={200: page, **problems(400, 401, 429)},
                examples=examples,
                filters=False,
            )
        )(view)
        return described

    return describe


MOVED = {301: OpenApiResponse(description="Another row took its place: see Location.")}
UNCHANGED = {304: OpenApiResponse(description="As the caller has it already.")}


def detail(name: str, row: Any, *, moves: bool = True) -> Callable[[Any], type]:
    """Describe the view of one row; `moves` if another may take its place."""
    elsewhere = {**MOVED, **problems(410)} if moves else {}
    known = OpenApiParameter(
        "If-None-Match", location="header", description="ETags that the caller has already."
    )
    answers = {200: asked(row), **UNCHANGED, **elsewhere, **problems(400, 401, 404, 429)}

    def describe(view: Any) -> type:
        view.shape = row
        described: type = extend_schema_view(
            get=extend_schema(
                operation_id=f"{name}_one",
                description=view.__doc__,
                parameters=[known, *_choosing(row)],
                responses=answers,
            )
        )(view)
        return described

    return describe
