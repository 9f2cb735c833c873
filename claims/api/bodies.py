"""What programs send to change a claim: strict shapes, within bounds, every fault named."""

from collections.abc import Callable, Mapping
from typing import IO, Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import APIException, ParseError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import JSONParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from claims.api import describing, shapes
from claims.filters.base import BadQuestion

MOST_BYTES = 100_000

REFUSALS = (400, 401, 403, 404, 409, 412, 413, 415, 428, 429)


class OnlyJson(DefaultContentNegotiation):
    """Answer in the one format there is, whatever a client says it likes."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


class TooLarge(APIException):
    """A body over the limit; it was not read to its end."""

    status_code = 413
    default_detail = f"The body is longer than {MOST_BYTES:,} bytes. Nothing was changed."


class BoundedJson(JSONParser):
    """JSON of a reasonable length and depth."""

    def parse(self, stream: IO[Any], media_type: Any = None, parser_context: Any = None) -> Any:
        data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise TooLarge
        try:
            return super().parse(_Read(data), media_type, parser_context)  # type: ignore[arg-type]
        except RecursionError as error:
            raise ParseError("The JSON is too deep.") from error


class _Read:
    """Bytes that were read, to be read again."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self, size: int = -1) -> bytes:
        """Return the bytes, and then none."""
        data, self.data = self.data, b""
        return data


class Text(serializers.CharField):
    """A string, or null for none; a number is refused, as it may not be what was written."""

    def __init__(self, *, longest: int = 500, empty: bool = True, **more: Any) -> None:
        super().__init__(
            max_length=longest,
            allow_null=empty,
            allow_blank=empty,
            trim_whitespace=False,
            **more,
        )

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise serializers.ValidationError("is no string")
        return super().to_internal_value(data)


class Span(serializers.IntegerField):
    """A place in the article's text, in code points."""

    def __init__(self, **more: Any) -> None:
        super().__init__(min_value=0, max_value=10**9, **more)

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:
            raise serializers.ValidationError("is no whole number")
        return super().to_internal_value(data)


class Nothing(serializers.Serializer):
    """A ruling that asks nothing: {}."""


class Accepting(serializers.Serializer):
    """What is accepted."""

    voice = serializers.BooleanField(required=False, help_text="The voice too; else the figure.")


class Rejecting(serializers.Serializer):
    """Why a reading is rejected."""

    reason = Text(required=False, help_text="For whoever looks at it later.")


class Tagging(serializers.Serializer):
    """A topic."""

    topic = Text(empty=False, help_text="scheme:code")


class Undoing(serializers.Serializer):
    """What is taken back."""

    change = serializers.UUIDField(
        required=False, help_text="As the header Change of the answer named it; else the latest."
    )


class Correcting(serializers.Serializer):
    """New values for fields of a claim, as the rows have them; null or "" for none.

    `speaker` stands for a chain of one voice. With `start` and `end` the claim moves to these
    words and is read anew; what is sent beside them comes before that reading.
    """

    kind = Text(required=False)
    value = Text(required=False, help_text="Exact: a decimal or a rational such as 1/3.")
    low = Text(required=False)
    high = Text(required=False)
    comparator = Text(required=False)
    vague = serializers.BooleanField(required=False)
    unit = Text(required=False)
    per = Text(required=False)
    change = serializers.DictField(required=False, allow_null=True)
    concept = Text(required=False)
    modality = Text(required=False)
    edtf = Text(required=False, help_text="The date of a claim of kind date.")
    scope_edtf = Text(required=False)
    scope_place = Text(required=False)
    voice = Text(required=False)
    speaker = Text(required=False, help_text="uid of the only voice.")
    chain = serializers.ListField(
        child=Text(empty=False), required=False, max_length=20, help_text="uids, nearest first."
    )
    start = Span(required=False)
    end = Span(required=False)
    reason = Text(required=False)


READ_ANEW = (
    *("kind", "value", "low", "high", "comparator", "vague", "unit", "per", "change", "concept"),
    *("edtf", "modality"),
)
"""What the words of a claim say, and a claim that moves says anew."""


def read(shape: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    """Return a request's body as `shape` has it.

    Raises:
        BadQuestion: naming every field that is unknown or wrong.
    """
    return understood(shape, request.data)


def understood(shape: type[serializers.Serializer], data: Any) -> dict[str, Any]:
    """Return JSON as `shape` has it.

    Raises:
        BadQuestion: as `read`.
    """
    if not isinstance(data, Mapping):
        raise BadQuestion({"body": "is no JSON object"})
    asked = shape(data=dict(data))
    errors = {str(name)[:60]: "is no field here" for name in data if name not in asked.fields}
    if not asked.is_valid():
        errors |= {name: _said(found) for name, found in asked.errors.items()}
    if errors:
        raise BadQuestion(errors)
    return dict(asked.validated_data)


def _said(found: Any) -> str:
    return "; ".join(str(one) for one in found) if isinstance(found, list) else str(found)


def ruling(name: str, body: Any) -> Callable[[type], type]:
    """Describe a view that rules on a claim, and tell it what it is asked."""

    def describe(view: Any) -> type:
        view.body = body
        described: type = extend_schema_view(post=_writing(f"claims_{name}", view.__doc__, body))(
            view
        )
        return described

    return describe


def correction(body: Any) -> Callable[[type], type]:
    """Describe the view of one claim, which corrects it too."""
    describe = _writing("claims_correct", "Correct fields of a claim.", body)
    return lambda view: extend_schema_view(patch=describe)(view)


def _writing(name: str, says: str, body: Any) -> Any:
    seen = OpenApiParameter(
        "If-Match", location="header", required=True, description="ETag of the claim as seen."
    )
    return extend_schema(
        operation_id=name,
        description=f"{says}\n\nFor editors; the header Change of the answer names what undoes it.",
        parameters=[seen],
        request=body,
        responses={
            200: shapes.ClaimDetail,
            **describing.problems(*REFUSALS),
        },
    )
