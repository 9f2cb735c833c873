"""The shapes of answers, for the OpenAPI document; answers are made from rows."""

from typing import Any

from rest_framework import serializers

from claims import export
from claims.filters.base import COUNTED
from claims.filters.reviewed import STATES
from claims.models import Article, Attribution, Outlet, Run, Speaker
from claims.models import Evidence as StoredEvidence

LISTS = (
    *("articles", "attributions", "changes", "claims", "outlets", "runs", "speakers", "topics"),
)


def shape(
    name: str,
    says: str,
    under: type[serializers.Serializer] = serializers.Serializer,
    /,
    **fields: Any,
) -> type[serializers.Serializer]:
    """Return a shape; a class body would clash with names the base class has for itself."""
    return type(name, (under,), {"__doc__": says, **fields})


def _text(**more: Any) -> serializers.Field:
    return serializers.CharField(allow_null=True, **more)


Voice = shape(
    "Voice",
    "A speaker as named in a claim or an attribution; no uid for private persons.",
    uid=_text(),
    name=serializers.CharField(),
    kind=serializers.ChoiceField(choices=Speaker.Kind.choices),
)

Written = shape(
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


Evidence = shape(
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

Note = shape(
    "Note",
    "What an editor has to say of a claim.",
    uid=serializers.CharField(),
    text=serializers.CharField(),
    byline=serializers.CharField(help_text="Who signed it."),
)

Claim = shape(
    "Claim",
    "A figure or date stated in an article.",
    serializers.Serializer,
    **{column.name: _field(column) for column in export.COLUMNS},
)

ClaimDetail = shape(
    "ClaimDetail",
    "A claim, with what editors brought to it and others approved.",
    Claim,
    evidence=Evidence(many=True),
    notes=Note(many=True),
)

ArticleRow = shape(
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

ArticleDetail = shape(
    "ArticleDetail",
    "An article; its text if the outlet allows it to be shown, or for editors.",
    ArticleRow,
    text=_text(help_text="Spans count its code points."),
    parts=serializers.ListField(
        child=serializers.JSONField(), help_text="Headline, byline, body … as spans of the text."
    ),
)

SpeakerRow = shape(
    "SpeakerRow",
    "A speaker; `article` is set for voices that mean something only inside one article.",
    Voice,
    uid=serializers.CharField(),
    article=_text(help_text="uid of the only article the voice means something in."),
)

Alias = shape(
    "Alias",
    "Another way to write a name.",
    form=serializers.CharField(),
    kind=serializers.CharField(),
)

Role = shape(
    "Role",
    "What a speaker was, and when.",
    title=serializers.CharField(),
    organisation=_text(),
    held=_text(help_text="EDTF interval, as an editor states it."),
    origin=serializers.CharField(help_text="editor, or machine: read in articles, unverified."),
    seen=_text(help_text="EDTF: from the first to the last day on which articles say so."),
    articles=serializers.IntegerField(help_text="How many articles say so."),
)

Candidate = shape(
    "Candidate",
    "Another speaker who may be the same: a proposal for editors.",
    uid=serializers.CharField(),
    name=serializers.CharField(),
    score=serializers.FloatField(help_text="How alike the two are, 0 to 1."),
    reasons=serializers.ListField(child=serializers.CharField()),
)

SpeakerDetail = shape(
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

AttributionRow = shape(
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

TopicRow = shape(
    "TopicRow",
    "A topic; `key` is what the filter `topic` takes.",
    id=serializers.IntegerField(),
    key=serializers.CharField(help_text="scheme:code"),
    scheme=serializers.CharField(),
    code=serializers.CharField(),
    label=serializers.CharField(),
    parent=_text(help_text="Key of the topic above it."),
)

OutletRow = shape(
    "OutletRow",
    "Who publishes articles.",
    id=serializers.IntegerField(),
    name=serializers.CharField(help_text="What the filter `outlet` takes."),
    domain=_text(),
    kind=serializers.ChoiceField(choices=Outlet.Kind.choices),
    country=_text(help_text="ISO 3166, two letters."),
    text_policy=serializers.ChoiceField(
        choices=Outlet.TextPolicy.choices, help_text="What everybody may see of its words."
    ),
)

Difference = shape(
    "Difference",
    "One column of a claim before and after a change.",
    field=serializers.CharField(),
    before=serializers.JSONField(allow_null=True),
    after=serializers.JSONField(allow_null=True),
)

Version = shape(
    "Version",
    "A public change of a claim; what a reader may not see now is not told.",
    number=serializers.IntegerField(help_text="The version that the claim has since."),
    kind=serializers.CharField(),
    label=serializers.CharField(help_text="What happened, in words."),
    at=serializers.DateTimeField(allow_null=True, help_text="Null: before changes were kept."),
    by=serializers.CharField(help_text="A public byline, “an editor” or “the engine”."),
    differences=Difference(many=True),
)

History = shape(
    "History",
    "What everybody saw of a claim, newest first.",
    uid=serializers.CharField(),
    versions=Version(many=True),
)

RunRow = shape(
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

Count = shape(
    "Count",
    "How many rows fit.",
    value=serializers.IntegerField(help_text=f"At most {COUNTED}, unless exactly asked for."),
    more=serializers.BooleanField(help_text="There are more than that."),
)

Token = shape(
    "Token",
    "A new token, shown once.",
    token=serializers.CharField(),
)

Problem = shape(
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
    items=serializers.ListField(
        child=serializers.DictField(),
        required=False,
        help_text="Of several rulings those that cannot be done: item (from 0), uid, detail, and "
        "the version it has now.",
    ),
)

Done = shape(
    "Done",
    "A ruling that was done.",
    uid=serializers.CharField(),
    change=serializers.UUIDField(help_text="What undoes it; several rulings may share it."),
    version=serializers.IntegerField(help_text="Of the claim now."),
)

Batch = shape("Batch", "All rulings of a batch were done.", results=Done(many=True))

Seen = shape(
    "Seen",
    "The version of a claim, which a batch of rulings sends back.",
    uid=serializers.CharField(),
    version=serializers.IntegerField(),
)

Reading = shape(
    "Reading",
    "What the engine reads in a text; spans are [start, end) in its code points.",
    id=_text(),
    schema=serializers.IntegerField(help_text="Of this answer: keys are added, never changed."),
    engine=serializers.CharField(help_text="Its version."),
    tier=serializers.CharField(help_text="The reader of voices that ran: main or light."),
    text_sha256=serializers.CharField(help_text="Digest of the text in UTF-8."),
    published=serializers.DictField(help_text="When, by what, and how sure."),
    attributions=serializers.ListField(child=serializers.DictField()),
    claims=serializers.ListField(child=serializers.DictField()),
    designators=serializers.ListField(child=serializers.DictField()),
    flags=serializers.ListField(child=serializers.JSONField()),
    unread=_text(help_text="Why the text was not read, such as language."),
    fallbacks=serializers.ListField(
        child=serializers.DictField(), help_text="Stretches that a simpler reader had to read."
    ),
    extra=serializers.DictField(required=False, help_text="Keys that were sent and mean nothing."),
)


Index = shape(
    "Index",
    "Where the lists are.",
    serializers.Serializer,
    as_of=serializers.IntegerField(
        help_text="The last change that they hold: `since` of what comes after."
    ),
    **{name: serializers.URLField() for name in LISTS},
)


ROWS = {
    "articles": ArticleRow,
    "attributions": AttributionRow,
    "claims": Claim,
    "outlets": OutletRow,
    "speakers": SpeakerRow,
    "topics": TopicRow,
}
"""The rows of the lists that are also files."""
