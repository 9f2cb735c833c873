"""What shows in which list: the changes that give an object of the changes feed a new number.

Lists show claims, articles and speakers, and in them the names of others: `WATCHES` holds every
column that any list shows, and how the objects are found that show it. A test holds it to that.
"""

from typing import Final, NamedTuple

INSERT, UPDATE, DELETE = "INSERT", "UPDATE", "DELETE"


class Watch(NamedTuple):
    """Changes of a table, and the objects they touch.

    An update counts where one of `columns` differs. `touches` is SQL for rows of kind, object id,
    everybody, researcher (for speakers: who hears them in what changed) from `{these}`, which has
    one column, `key`: the values of the column `key` in the rows that changed, before and after.
    """

    table: str
    events: tuple[str, ...]
    key: str
    columns: tuple[str, ...]
    touches: str


CLAIM_SHOWS: Final = (
    *("status", "published_earliest", "published_latest", "kind", "start", "end", "surface"),
    *("sentence_start", "sentence_end", "passage", "value", "low", "high", "number_low"),
    *("number_high", "comparator", "vague", "unit", "per", "change", "concept", "modality"),
    *("edtf", "date_earliest", "date_latest", "unresolved", "scope_edtf", "scope_earliest"),
    *("scope_latest", "scope_place", "voice", "attribution_id", "score", "last_run_id"),
    *("second", "voice_status", "speaker_id", "ultimate_id", "is_public", "gone"),
)
ARTICLE_SHOWS: Final = (
    *("visibility", "headline", "byline", "section", "outlet_id", "outlet_basis", "url"),
    *("language", "published", "published_earliest", "published_latest", "published_basis"),
    *("published_confidence", "text_sha256", "complete"),
)
IN_CLAIMS: Final = ("visibility", "headline", "url", "outlet_id", "published", "published_basis")
SPEAKER_SHOWS: Final = ("name", "kind", "is_public", "canonical_id")

_ALL_EVENTS: Final = (INSERT, UPDATE, DELETE)
_TOUCH: Final = "SELECT '{}' AS kind, {} AS object_id, {} AS everybody, {} AS researcher"
_HEARD: Final = """
    SELECT 'speaker' AS kind, coalesce(s.canonical_id, s.id) AS object_id,
        c.is_public AND c.voice_status = 'confirmed' AS everybody,
        NOT c.gone AND c.status <> 'rejected' AND a.visibility = 'public' AS researcher
    FROM {{these}} AS these
    JOIN claims_claim c ON {claim}
    JOIN claims_article a ON a.id = c.article_id
    JOIN claims_claimvoice v ON v.claim_id = c.id AND {voice}
    JOIN claims_speaker s ON s.id = v.speaker_id"""
MEMBER: Final = """
    SELECT 'speaker' AS kind, coalesce(s.canonical_id, s.id) AS object_id,
        EXISTS (SELECT 1 FROM claims_claimvoice v JOIN claims_claim c ON c.id = v.claim_id
            WHERE v.speaker_id = s.id AND c.is_public AND c.voice_status = 'confirmed') AS everybody,
        EXISTS (SELECT 1 FROM claims_claimvoice v JOIN claims_claim c ON c.id = v.claim_id
            JOIN claims_article a ON a.id = c.article_id
            WHERE v.speaker_id = s.id AND NOT c.gone AND c.status <> 'rejected'
            AND a.visibility = 'public') AS researcher
    FROM {these} AS these JOIN claims_speaker s ON s.id = these.key"""


def touch(kind: str, object_id: str, found: str = "") -> str:
    """Return the touches of objects that are found from `these`; nobody is heard in them."""
    return f"{_TOUCH.format(kind, object_id, 'false', 'false')} FROM {{these}} AS these {found}"


_OF_ARTICLE: Final = "JOIN claims_claim c ON c.article_id = "

WATCHES: Final = (
    Watch("claims_claim", _ALL_EVENTS, "id", CLAIM_SHOWS, touch("claim", "key")),
    Watch(
        *("claims_claim", (UPDATE,), "id", ("status", "voice_status", "is_public", "gone")),
        _HEARD.format(claim="c.id = these.key", voice="true"),
    ),
    Watch(
        # Whether an article is reviewed; what comes into one that nobody looked at changes nothing.
        *("claims_claim", _ALL_EVENTS, "article_id", ("status", "to_confirm", "gone")),
        touch("article", "a.id", "JOIN claims_article a ON a.id = these.key AND a.complete"),
    ),
    Watch(
        *("claims_ruling", _ALL_EVENTS, "claim_id", ("standing",)),
        touch("article", "c.article_id", "JOIN claims_claim c ON c.id = these.key"),
    ),
    Watch(
        *("claims_ruling", _ALL_EVENTS, "article_id", ("standing",)),
        touch("article", "key", "WHERE key IS NOT NULL"),
    ),
    Watch(
        *("claims_claimvoice", _ALL_EVENTS, "claim_id", ("position", "speaker_id")),
        touch("claim", "key"),
    ),
    Watch(
        *("claims_claimvoice", (INSERT, UPDATE), "id", ("claim_id", "speaker_id")),
        _HEARD.format(
            claim="c.id = (SELECT claim_id FROM claims_claimvoice WHERE id = these.key)",
            voice="v.id = these.key",
        ),
    ),
    Watch(
        *("claims_claimvoice", (UPDATE, DELETE), "speaker_id", ("claim_id", "speaker_id")),
        touch("speaker", "coalesce(s.canonical_id, s.id)",
               "JOIN claims_speaker s ON s.id = these.key"),
    ),
    Watch(
        *("claims_claimtopic", _ALL_EVENTS, "claim_id", ("topic_id", "removed")),
        touch("claim", "key"),
    ),
    Watch(
        *("claims_topic", (UPDATE,), "id", ("scheme", "code")),
        touch("claim", "c.id", "JOIN claims_claimtopic l ON l.topic_id = these.key "
                "JOIN claims_claim c ON c.id = l.claim_id"),
    ),
    Watch("claims_article", _ALL_EVENTS, "id", ARTICLE_SHOWS, touch("article", "key")),
    Watch("claims_article", (UPDATE,), "id", IN_CLAIMS, touch("claim", "c.id", f"{_OF_ARTICLE}these.key")),
    Watch(
        *("claims_article", (UPDATE,), "id", ("visibility",)),
        _HEARD.format(claim="c.article_id = these.key", voice="true"),
    ),
    Watch(
        *("claims_outlet", (UPDATE,), "id", ("name", "text_policy")),
        touch("article", "a.id", "JOIN claims_article a ON a.outlet_id = these.key"),
    ),
    Watch(
        *("claims_outlet", (UPDATE,), "id", ("name", "text_policy")),
        touch("claim", "c.id", f"JOIN claims_article a ON a.outlet_id = these.key {_OF_ARTICLE}a.id"),
    ),
    Watch("claims_speaker", _ALL_EVENTS, "id", SPEAKER_SHOWS, touch("speaker", "key")),
    Watch("claims_speaker", (UPDATE,), "id", SPEAKER_SHOWS, MEMBER),
    Watch(  # the voices it leaves, and joins
        *("claims_speaker", (UPDATE,), "canonical_id", ("canonical_id",)),
        touch("speaker", "key", "WHERE key IS NOT NULL"),
    ),
    Watch(
        *("claims_speaker", (UPDATE,), "id", SPEAKER_SHOWS),
        touch("claim", "c.id", "JOIN claims_speaker s ON s.id = these.key OR s.canonical_id = these.key "
                "JOIN claims_claimvoice v ON v.speaker_id = s.id "
                "JOIN claims_claim c ON c.id = v.claim_id"),
    ),
    Watch(
        *("claims_speaker", (UPDATE,), "id", ("canonical_id",)),
        touch("claim", "c.id", "JOIN claims_attribution t ON t.speaker_id = these.key "
                "JOIN claims_claim c ON c.attribution_id = t.id"),
    ),
    Watch(
        *("claims_attribution", (UPDATE,), "id", ("speaker_id", "gone")),
        touch("claim", "c.id", "JOIN claims_claim c ON c.attribution_id = these.key"),
    ),
)  # fmt: skip
