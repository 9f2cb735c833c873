"""The shapes of requests and answers, for the OpenAPI document; answers are made from rows."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework import serializers

from claims import export
from claims.api.problems import MEDIA_TYPE
from claims.filters.base import COUNTED, Choice, Number, Several, StrictFilterSet
from claims.filters.claims import ClaimFilter
from claims.filters.reviewed import STATES
from claims.models import Article, Attribution, Run, Speaker
from claims.models import Evidence as StoredEvidence

LISTS = ("articles", "attributions", "changes", "claims", "runs", "speakers", "topics")


def _shape(
    name: str,
    says: str,
    under: type[serializers.Serializer] = serializers.Serializer,
    /,
    **fields: serializers.Field,
) -> type[serializers.Serializer]:
    """Return a shape; a class body would clash with names the base class has for itself."""
    return type(name, (under,), {"__doc__": says, **fields})


def _text(**more: Any) -> serializers.Field:
    return serializers.CharField(allow_null=True, **more)


Voice = _shape(
    "Voice",
    "A speaker as named in a claim or an attribution; no uid for private persons.",
    uid=_text(),
    name=serializers.CharField(),
    kind=serializers.ChoiceField(choices=Speaker.Kind.choices),
)

Written = _shape(
    "Written",
    "A voice of a claim or an attribution: who it is, and the name the article has.",
    Voice,
    written=serializers.CharField(help_text="The name as it stands in the article."),
)


def _field(column: export.Column) -> serializers.Field:
    if column.holds in {"text", "exact"}:
        return _text(help_text=column.help)
    if column.holds == "integer":
        return serializers.IntegerField(allow_null=True, help_text=column.help)
    if column.holds == "double":
        return serializers.FloatField(allow_null=True, help_text=column.help)
    if column.holds == "flag":
        return serializers.BooleanField(help_text=column.help)
    if column.holds == "voices":
        return Written(many=True, help_text=column.help)
    if column.holds == "topics":
        return serializers.ListField(child=serializers.CharField(), help_text=column.help)
    return serializers.DictField(allow_null=True, help_text=column.help)


Evidence = _shape(
    "Evidence",
    "A source that bears on a claim: a page, or words of an article here.",
    uid=serializers.CharField(),
    relation=serializers.ChoiceField(choices=StoredEvidence.Relation.choices),
    url=_text(),
    article=_text(help_text="uid of the article whose words it is."),
    start=serializers.IntegerField(allow_null=True),
    end=serializers.IntegerField(allow_null=True),
    quotation=_text(help_text="Word for word; null if the outlet's words are not shown."),
    retrieved=serializers.DateField(allow_null=True, help_text="When the page was read."),
    byline=serializers.CharField(help_text="Who brought it."),
)

Note = _shape(
    "Note",
    "What an editor has to say of a claim.",
    uid=serializers.CharField(),
    text=serializers.CharField(),
    byline=serializers.CharField(help_text="Who signed it."),
)

Claim = _shape(
    "Claim",
    "A figure or date stated in an article.",
    serializers.Serializer,
    **{column.name: _field(column) for column in export.COLUMNS},
)

ClaimDetail = _shape(
    "ClaimDetail",
    "A claim, with what editors brought to it and others approved.",
    Claim,
    evidence=Evidence(many=True),
    notes=Note(many=True),
)

ArticleRow = _shape(
    "ArticleRow",
    "An article without its words.",
    uid=serializers.CharField(),
    visibility=serializers.ChoiceField(choices=Article.Visibility.choices),
    headline=_text(help_text="The outlet's words."),
    byline=_text(),
    section=_text(),
    outlet=_text(help_text="Who published it; null if not known."),
    outlet_basis=serializers.CharField(help_text="What it rests on."),
    text_policy=_text(help_text="What is shown to everybody of the outlet's words."),
    url=_text(),
    language=_text(),
    published=_text(help_text="EDTF; null if not known."),
    published_earliest=serializers.IntegerField(allow_null=True, help_text="YYYYMMDD, included."),
    published_latest=serializers.IntegerField(allow_null=True, help_text="YYYYMMDD, included."),
    published_basis=serializers.CharField(help_text="What it rests on."),
    published_confidence=serializers.FloatField(),
    text_sha256=serializers.CharField(help_text="Digest of the text in UTF-8."),
    review=serializers.ChoiceField(choices=STATES, help_text="How far it is reviewed."),
)

ArticleDetail = _shape(
    "ArticleDetail",
    "An article; its text if the outlet allows it to be shown, or for editors.",
    ArticleRow,
    text=_text(help_text="Spans count its code points."),
    parts=serializers.ListField(
        child=serializers.JSONField(), help_text="Headline, byline, body … as spans of the text."
    ),
)

SpeakerRow = _shape(
    "SpeakerRow",
    "A speaker; `article` is set for voices that mean something only inside one article.",
    Voice,
    uid=serializers.CharField(),
    article=_text(help_text="uid of the only article the voice means something in."),
)

Alias = _shape(
    "Alias",
    "Another way to write a name.",
    form=serializers.CharField(),
    kind=serializers.CharField(),
)

Role = _shape(
    "Role",
    "What a speaker was, and when.",
    title=serializers.CharField(),
    organisation=_text(),
    held=_text(help_text="EDTF interval, as an editor states it."),
    origin=serializers.CharField(help_text="editor, or machine: read in articles, unverified."),
    seen=_text(help_text="EDTF: from the first to the last day on which articles say so."),
    articles=serializers.IntegerField(help_text="How many articles say so."),
)

Candidate = _shape(
    "Candidate",
    "Another speaker who may be the same: a proposal for editors.",
    uid=serializers.CharField(),
    name=serializers.CharField(),
    score=serializers.FloatField(help_text="How alike the two are, 0 to 1."),
    reasons=serializers.ListField(child=serializers.CharField()),
)

SpeakerDetail = _shape(
    "SpeakerDetail",
    "A speaker with other names and roles, from all the articles it speaks in.",
    SpeakerRow,
    aliases=Alias(many=True),
    also_written=serializers.ListField(
        child=serializers.CharField(), help_text="Other names under which articles have it."
    ),
    roles=Role(many=True),
    merged=serializers.ListField(
        child=serializers.CharField(), help_text="uids that lead here, 200 at most."
    ),
    merged_count=serializers.IntegerField(help_text="How many uids lead here."),
    candidates=Candidate(many=True, allow_null=True, help_text="For editors."),
)

AttributionRow = _shape(
    "AttributionRow",
    "Words given to a speaker; spans are [start, end) in code points of the article's text.",
    uid=serializers.CharField(),
    article=serializers.CharField(help_text="uid of the article."),
    speaker=Written(allow_null=True),
    manner=serializers.ChoiceField(choices=Attribution.Manner.choices),
    source=serializers.JSONField(help_text="Spans of who speaks."),
    cue=serializers.JSONField(help_text="Spans of the words that attribute."),
    content=serializers.JSONField(help_text="Spans of what is attributed."),
    mention=serializers.JSONField(allow_null=True, help_text="Span of the name."),
    parent=_text(help_text="uid of the attribution this one stands in."),
    said_when=_text(help_text="EDTF"),
    score=serializers.FloatField(help_text="The engine's confidence, 0 to 1."),
    tier=serializers.CharField(help_text="What read it: main, light, or rules of form."),
)

TopicRow = _shape(
    "TopicRow",
    "A topic; `key` is what the filter `topic` takes.",
    id=serializers.IntegerField(),
    key=serializers.CharField(help_text="scheme:code"),
    scheme=serializers.CharField(),
    code=serializers.CharField(),
    label=serializers.CharField(),
    parent=_text(help_text="Key of the topic above it."),
)

RunRow = _shape(
    "RunRow",
    "One engine version over some articles; counts and errors are for editors.",
    id=serializers.IntegerField(),
    origin=serializers.ChoiceField(choices=Run.Origin.choices),
    engine=serializers.CharField(),
    config_hash=serializers.CharField(),
    tier=serializers.CharField(help_text="The reader of voices that ran: main or light."),
    figures_only=serializers.BooleanField(
        help_text="Voices were read only where figures need them."
    ),
    started=serializers.DateTimeField(),
    ended=serializers.DateTimeField(allow_null=True),
    counts=serializers.JSONField(allow_null=True),
    errors=serializers.JSONField(allow_null=True),
)

Count = _shape(
    "Count",
    "How many rows fit.",
    value=serializers.IntegerField(help_text=f"At most {COUNTED}."),
    more=serializers.BooleanField(help_text="There are more than that."),
)

Token = _shape(
    "Token",
    "A new token, shown once.",
    token=serializers.CharField(),
)

Problem = _shape(
    "Problem",
    "What went wrong (RFC 9457).",
    type=serializers.CharField(),
    title=serializers.CharField(),
    status=serializers.IntegerField(),
    detail=serializers.CharField(),
    errors=serializers.DictField(
        child=serializers.CharField(), required=False, help_text="Parameter: what is wrong."
    ),
    successors=serializers.ListField(
        child=serializers.URLField(), required=False, help_text="Rows that took its place."
    ),
    etag=serializers.CharField(required=False, help_text="412: the ETag it has now."),
    conflicts=serializers.DictField(
        required=False, help_text="412: field, what was sent and what is stored."
    ),
)


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


PAGING = (
    OpenApiParameter("cursor", description="Where to go on: as given in `next`."),
    OpenApiParameter(
        "page_size", OpenApiTypes.INT, description="Rows per page, 1 to 200; default 50."
    ),
    OpenApiParameter(
        "ordering", enum=["newest", "oldest"], description="By when the row was stored."
    ),
    OpenApiParameter(
        "count", enum=["true", "false"], description=f"Also count the rows, up to {COUNTED:,}."
    ),
)

Index = _shape(
    "Index",
    "Where the lists are.",
    serializers.Serializer,
    **{name: serializers.URLField() for name in LISTS},
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
    name: str, row: Any, questions: type[StrictFilterSet], *more: int
) -> Callable[[type], type]:
    """Describe a list view: its parameters and pages of `row`; `more` are further error codes."""
    page = _shape(
        f"{name.capitalize()}Page",
        "One page of a list.",
        results=row(many=True),
        next=serializers.URLField(allow_null=True, help_text="The page after this one."),
        count=Count(allow_null=True, help_text="Null unless asked for."),
        left_out=serializers.DictField(
            child=serializers.IntegerField(),
            help_text="For each range of dates asked for: rows that fit otherwise but whose "
            f"date is not known. {COUNTED + 1} stands for any more.",
        ),
    )
    return lambda view: extend_schema_view(
        get=extend_schema(
            operation_id=f"{name}_list",
            description=view.__doc__,
            parameters=[*parameters(questions), *PAGING],
            responses={200: page, **problems(400, 401, 429, *more)},
            filters=False,
        )
    )(view)


MOVED = {301: OpenApiResponse(description="Another row took its place: see Location.")}


def detail(name: str, row: Any) -> Callable[[type], type]:
    """Describe the view of one row."""
    return lambda view: extend_schema_view(
        get=extend_schema(
            operation_id=f"{name}_one",
            description=view.__doc__,
            responses={200: row, **MOVED, **problems(400, 401, 404, 410, 429)},
        )
    )(view)


def export_file(view: type) -> type:
    """Describe the view of an export."""
    columns = "\n".join(f"- `{column.name}`: {column.help}" for column in export.COLUMNS)
    described = extend_schema(
        operation_id="claims_export",
        description=f"{export.__doc__}\nColumns:\n\n{columns}",
        parameters=[
            *parameters(ClaimFilter),
            OpenApiParameter("form", location="path", enum=["csv", "jsonl"]),
        ],
        responses={
            (200, "text/csv"): OpenApiTypes.STR,
            (200, "application/x-ndjson"): OpenApiTypes.STR,
            **problems(400, 401, 404, 429),
        },
        filters=False,
    )
    return extend_schema_view(get=described)(view)
