"""The tables of a package: columns, what they mean, keys, and what leads where."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from claims import export
from claims.export import Column
from claims.filters.reviewed import STATES
from claims.models import (
    Alias,
    Article,
    Attribution,
    Claim,
    ClaimTopic,
    Evidence,
    Outlet,
    Role,
    Speaker,
)
from corpus.quantities.base import COMPARATORS, KINDS, MODALITIES


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `key` names the columns of its primary key, `leads` column → table it leads to."""

    name: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    leads: Mapping[str, str]

    @property
    def path(self) -> str:
        """The name of its file."""
        return f"{self.name}.csv"


def _text(name: str, help: str) -> Column:
    return Column(name, "text", help)


_ELSEWHERE = {
    *("headline", "outlet", "url", "published", "published_earliest", "published_latest"),
    *("published_basis", "speaker", "speaker_uid", "ultimate", "ultimate_uid", "chain", "topics"),
}
"""Columns of the flat rows that have their place in other tables."""

_OUTLETS = (
    _text("name", "Name of the outlet."),
    _text("domain", "Where it publishes."),
    _text("kind", "Kind of outlet."),
    _text("country", "Two letters, ISO 3166."),
    _text("text_policy", "What everybody is shown of its words."),
)
_ARTICLES = (
    _text("uid", "Permanent identifier of the article."),
    _text("outlet", "Who published it; empty if not known."),
    _text("outlet_basis", "What the outlet rests on."),
    _text("headline", "The outlet's words."),
    _text("byline", "Who wrote it, as printed."),
    _text("section", "Section, as printed."),
    _text("url", "Where it was published."),
    _text("language", "BCP 47, for example en."),
    _text("published", "When it was published, EDTF; empty if not known."),
    Column("published_earliest", "integer", "Its first day, included."),
    Column("published_latest", "integer", "Its last day, included."),
    _text("published_basis", "What the date rests on."),
    Column("published_confidence", "double", "How sure the date is."),
    _text("visibility", "Who may see it."),
    _text("text_sha256", "Digest of the text in UTF-8 as it came in."),
    Column("characters", "integer", "Length of the text."),
    Column("parts", "object", "Headline, byline, body … as spans of the text."),
    _text("review", "How far its claims are reviewed: the denominator of any share."),
)
_SPEAKERS = (
    _text("uid", "Permanent identifier of the voice, the same in all articles."),
    _text("name", "Its name."),
    _text("kind", "Kind of voice."),
    Column("is_public", "flag", "Has a public identity: no person, or a public one."),
    _text("article", "The only article it means something in, for unnamed voices."),
)
_ATTRIBUTIONS = (
    _text("uid", "Permanent identifier of the attribution."),
    _text("article", "uid of the article."),
    _text("speaker", "uid of the voice; empty for private persons."),
    _text("manner", "How the words are given."),
    Column("source", "object", "Spans of who speaks."),
    Column("cue", "object", "Spans of the words that attribute."),
    Column("content", "object", "Spans of what is attributed."),
    Column("mention", "object", "Span of the name."),
    _text("said_when", "When it was said, EDTF."),
    Column("score", "double", "The engine's confidence, 0 to 1."),
    _text("tier", "What read it: main, light, or rules of form."),
)
_VOICES = (
    _text("claim", "uid of the claim."),
    Column("position", "integer", "0 is the nearest voice, the last one the ultimate."),
    _text("speaker", "uid of the voice; empty for private persons."),
    _text("name", "Its name; of private persons as the article has it."),
    _text("kind", "Kind of voice."),
    _text("written", "The name as the article has it."),
    Column("nearest", "flag", "The nearest voice that is not merely the reporting outlet."),
)

TABLES: Final = (
    Table("outlets", "Who published the articles.", _OUTLETS, ("name",), {}),
    Table(
        "articles",
        "All articles in question, with claims or without, and how far they are reviewed.",
        _ARTICLES,
        ("uid",),
        {"outlet": "outlets"},
    ),
    Table(
        "texts",
        "The words of articles, where the audience may read them.",
        (_text("article", "uid of the article."), _text("text", "Its text.")),
        ("article",),
        {"article": "articles"},
    ),
    Table(
        "topics",
        "Subject labels.",
        (
            _text("key", "scheme:code."),
            _text("scheme", "The scheme it belongs to."),
            _text("code", "Its code in the scheme."),
            _text("label", "Its name."),
            _text("parent", "Key of the topic above it."),
        ),
        ("key",),
        {"parent": "topics"},
    ),
    Table(
        "speakers",
        "The voices of the claims that have an identity of their own.",
        _SPEAKERS,
        ("uid",),
        {"article": "articles"},
    ),
    Table(
        "aliases",
        "Other ways to write the names of voices.",
        (
            _text("speaker", "uid of the voice."),
            _text("form", "The other name."),
            _text("kind", "What it is."),
        ),
        ("speaker", "form"),
        {"speaker": "speakers"},
    ),
    Table(
        "roles",
        "What voices were, and when.",
        (
            Column("number", "integer", "Number of the row."),
            _text("speaker", "uid of the voice."),
            _text("title", "What it was."),
            _text("organisation", "Where."),
            _text("held", "When, EDTF, as an editor states it."),
            _text("origin", "editor, or machine: read in an article, unverified."),
            _text("article", "The article that says so."),
            Column("start", "integer", "Where it says so."),
            Column("end", "integer", "Where that ends, not included."),
        ),
        ("number",),
        {"speaker": "speakers", "article": "articles"},
    ),
    Table(
        "attributions",
        "Where an article gives words to the nearest voice of a claim.",
        _ATTRIBUTIONS,
        ("uid",),
        {"article": "articles", "speaker": "speakers"},
    ),
    Table(
        "claims",
        "Figures and dates stated in articles: the reading is checked, truth is not assessed.",
        tuple(column for column in export.COLUMNS if column.name not in _ELSEWHERE),
        ("uid",),
        {"article": "articles", "attribution": "attributions"},
    ),
    Table(
        "voices",
        "Who is given a claim: one row for each claim and voice of its chain.",
        _VOICES,
        ("claim", "position"),
        {"claim": "claims", "speaker": "speakers"},
    ),
    Table(
        "claim_topics",
        "What claims are about.",
        (
            _text("claim", "uid of the claim."),
            _text("topic", "Key of the topic."),
            _text("origin", "Whether a saved query or an editor says so."),
        ),
        ("claim", "topic"),
        {"claim": "claims", "topic": "topics"},
    ),
    Table(
        "evidence",
        "Sources that bear on claims, approved by editors.",
        (
            _text("uid", "Permanent identifier."),
            _text("claim", "uid of the claim."),
            _text("relation", "What it does to the claim."),
            _text("url", "Address of a page."),
            _text("article", "Or the article here whose words it is."),
            Column("start", "integer", "Where they start."),
            Column("end", "integer", "Where they end, not included."),
            _text("quotation", "Word for word; empty if the outlet's words are not shown."),
            Column("retrieved", "exact", "When the page was read, YYYY-MM-DD."),
            _text("byline", "Who brought it."),
        ),
        ("uid",),
        {"claim": "claims", "article": "articles"},
    ),
    Table(
        "notes",
        "What editors have to say of claims, signed.",
        (
            _text("uid", "Permanent identifier."),
            _text("claim", "uid of the claim."),
            _text("text", "The note."),
            _text("byline", "Who signed it."),
        ),
        ("uid",),
        {"claim": "claims"},
    ),
)
"""In the order of their foreign keys."""

BY_NAME: Final = {table.name: table for table in TABLES}

_BASES = tuple(Article.Basis.values)
_LABELS = (*export.LABELS.values(), export.AWAITED_LABEL)

ALLOWED: Final[Mapping[str, tuple[str, ...]]] = {
    "outlets.kind": tuple(Outlet.Kind.values),
    "outlets.text_policy": tuple(Outlet.TextPolicy.values),
    "articles.outlet_basis": _BASES,
    "articles.published_basis": _BASES,
    "articles.visibility": tuple(Article.Visibility.values),
    "articles.review": tuple(state for state, _ in STATES),
    "speakers.kind": tuple(Speaker.Kind.values),
    "voices.kind": tuple(Speaker.Kind.values),
    "aliases.kind": tuple(Alias.Kind.values),
    "roles.origin": tuple(Role.Origin.values),
    "attributions.manner": tuple(Attribution.Manner.values),
    "claims.status": tuple(Claim.Status.values),
    "claims.label": _LABELS,
    "claims.kind": tuple(KINDS),
    "claims.comparator": tuple(COMPARATORS),
    "claims.modality": tuple(MODALITIES),
    "claims.voice": tuple(Claim.Voice.values),
    "claims.voice_label": (export.CONFIRMED_LABEL, export.UNVERIFIED_LABEL),
    "claim_topics.origin": tuple(ClaimTopic.Origin.values),
    "evidence.relation": tuple(Evidence.Relation.values),
}
"""What stands in a column that has a fixed list of values: table.column → values."""

REQUIRED: Final = frozenset(
    {
        *("articles.visibility", "articles.text_sha256", "articles.characters", "articles.review"),
        *("texts.text", "topics.scheme", "topics.code", "topics.label"),
        *("speakers.name", "speakers.kind", "speakers.is_public", "aliases.kind"),
        *("roles.speaker", "roles.title", "roles.origin"),
        *("attributions.article", "attributions.manner", "attributions.tier"),
        *("claims.status", "claims.label", "claims.article", "claims.kind", "claims.start"),
        *("claims.end", "claims.sentence_start", "claims.sentence_end", "claims.comparator"),
        *("claims.vague", "claims.modality", "claims.score"),
        *("voices.name", "voices.kind", "voices.written", "voices.nearest"),
        *("claim_topics.origin", "evidence.claim", "evidence.relation", "evidence.byline"),
        *("notes.claim", "notes.text", "notes.byline"),
    }
)
"""Columns that are never empty, beside those of the primary keys: table.column."""
