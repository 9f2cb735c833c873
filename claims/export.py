"""Claims as flat rows: the columns, and what a reader sees in each.

The API's lists, all files and the command answer with these columns; `claims.files` has the same
rows worked out by the database.
"""

import re
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import Any, Literal

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import JSONField, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.db.models.sql.compiler import SQLCompiler

from claims.filters.readers import Reader, claims_for, shows_identity, shows_voice, topics
from claims.models import Claim, ClaimTopic, ClaimVoice, Outlet
from claims.models.claim import ClaimQuerySet
from claims.statements import RowsById

ACCEPTED_LABEL = "reading checked; truth not assessed"
UNVERIFIED_LABEL = "machine reading, unverified"
AWAITED_LABEL = "accepted by one editor, awaits another; truth not assessed"
REJECTED_LABEL = "reading rejected"
CONFIRMED_LABEL = "voice confirmed by an editor"

LABELS = {
    Claim.Status.ACCEPTED: ACCEPTED_LABEL,
    Claim.Status.PROPOSED: UNVERIFIED_LABEL,
    Claim.Status.REJECTED: REJECTED_LABEL,
}
"""What each status means, in words."""
_FORMULA = re.compile("'*[=+\\-@＝＋－＠\t\r\n]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what it holds, what it means, and where it is stored.

    `source` is a path from the claim; empty for columns that are worked out.
    """

    name: str
    holds: Literal["text", "exact", "integer", "double", "flag", "voices", "topics", "object"]
    help: str
    source: str = ""


COLUMNS = (
    Column("uid", "text", "Permanent identifier of the claim.", "uid"),
    Column("status", "text", "accepted, proposed or rejected: is the reading right?", "status"),
    Column("label", "text", "What the status means, in words."),
    Column("article", "text", "uid of the article.", "article__uid"),
    Column("headline", "text", "The outlet's words.", "article__headline"),
    Column("outlet", "text", "Who published it; empty if not known.", "article__outlet__name"),
    Column("url", "text", "Where it was published.", "article__url"),
    Column("published", "text", "EDTF; empty if not known.", "article__published"),
    Column("published_earliest", "integer", "YYYYMMDD, included.", "published_earliest"),
    Column("published_latest", "integer", "YYYYMMDD, included.", "published_latest"),
    Column("published_basis", "text", "What the date rests on.", "article__published_basis"),
    Column("kind", "text", "Kind of figure.", "kind"),
    Column("start", "integer", "Where the words start, in code points of the text.", "start"),
    Column("end", "integer", "Where they end, not included.", "end"),
    Column("surface", "text", "The words; empty if the outlet's are not shown.", "surface"),
    Column("sentence_start", "integer", "Where their sentence starts.", "sentence_start"),
    Column("sentence_end", "integer", "Where it ends, not included.", "sentence_end"),
    Column("passage", "text", "The sentence; empty if the outlet's are not shown.", "passage"),
    Column("value", "exact", "Exact: a decimal or a rational such as 1/3.", "value"),
    Column("low", "exact", "Lower end of a range, exact.", "low"),
    Column("high", "exact", "Upper end of a range, exact.", "high"),
    Column("number_low", "double", "The lower end, rounded to a double.", "number_low"),
    Column("number_high", "double", "The upper end, rounded to a double.", "number_high"),
    Column("comparator", "text", "= ~ < <= > >= ~< ~>", "comparator"),
    Column("vague", "flag", "Hundreds, dozens: a lower bound only.", "vague"),
    Column("unit", "text", "ISO 4217 code, %, pp or a unit code.", "unit"),
    Column("per", "text", "Per what, such as week.", "per"),
    Column("change", "object", "Direction and baseline of a movement.", "change"),
    Column("concept", "text", "What is counted or measured.", "concept"),
    Column("modality", "text", "asserted, planned, forecast, conditional …", "modality"),
    Column("edtf", "text", "The date a claim of kind date states.", "edtf"),
    Column("date_earliest", "integer", "Its first day, YYYYMMDD, signed.", "date_earliest"),
    Column("date_latest", "integer", "Its last day, included.", "date_latest"),
    Column("unresolved", "text", "Why a date is not resolved.", "unresolved"),
    Column("scope_edtf", "text", "The period the figure is about.", "scope_edtf"),
    Column("scope_earliest", "integer", "Its first day.", "scope_earliest"),
    Column("scope_latest", "integer", "Its last day, included.", "scope_latest"),
    Column("scope_place", "text", "The place the figure is about.", "scope_place"),
    Column("voice", "text", "attributed, own or undetermined; empty if unreviewed.", "voice"),
    Column("voice_label", "text", "Whether an editor confirmed the voice."),
    Column("speaker", "text", "The nearest voice that is not the outlet itself."),
    Column("speaker_uid", "text", "Its uid, the same in all articles; empty for private persons."),
    Column("ultimate", "text", "The last voice of the chain."),
    Column("ultimate_uid", "text", "Its uid; empty for private persons."),
    Column("chain", "voices", "All voices, nearest first: uid, name, kind, as the article has it."),
    Column("attribution", "text", "uid of the nearest attribution.", "attribution__uid"),
    Column("topics", "topics", "Topics as scheme:code."),
    Column("score", "double", "The engine's confidence in the reading, 0 to 1.", "score"),
    Column("engine", "text", "Version of the engine that last read it.", "last_run__engine"),
)

_NAMES = tuple(column.name for column in COLUMNS)
_SOURCES = tuple(column.source for column in COLUMNS)
_WRITTEN = tuple(column.name for column in COLUMNS if column.holds in {"text", "exact"})
_POLICY = "article__outlet__text_policy"
_HEARD = ("attribution__speaker_id", "attribution__speaker__canonical_id")
WAITING = {Claim.Second.AWAITED, Claim.Second.DISPUTED}
_GONE = "attribution__gone"
_NEEDED = ("second", "voice_status", "speaker_id", "ultimate_id", _POLICY, _GONE, *_HEARD)


class JsonList(Subquery):
    """The rows of a subquery with one JSON column, as one JSON list, in no particular order."""

    output_field = JSONField()
    gather = "json_group_array(json(item))"

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        template: str | None = None,
        query: Any = None,
        **extra: Any,
    ) -> Any:
        """Write the aggregate of this database around the subquery."""
        postgresql = connection.vendor == "postgresql"
        gather = "coalesce(jsonb_agg(item), '[]')" if postgresql else self.gather
        return super().as_sql(
            compiler,
            connection,
            template=f"(SELECT {gather} FROM (%(subquery)s) AS items)",
            query=query,
            **extra,
        )


class TextList(JsonList):
    """The same of a subquery with one column of text."""

    gather = "json_group_array(item)"


def rows(claims: ClaimQuerySet, reader: Reader) -> Generator[dict[str, Any], None, None]:
    """Yield one flat row per claim, in the order of `claims`, with one statement.

    A reader who may not see the outlet's words, an unreviewed voice or a private person's
    identity gets null there.
    """
    for row in stored(claims).iterator(chunk_size=2000):
        yield told(row, reader)


def page(ids: Sequence[int], reader: Reader) -> list[dict[str, Any]]:
    """Return the rows of a few claims, in the order of their ids: as `rows`, but quicker.

    Those that the reader may not see are left out. The statement is always the same.
    """
    return [told(row, reader) for row in _OF_PAGE[reader](ids)]


def guarded(text: str) -> str:
    """Return a cell's text so that no spreadsheet program takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return the text of a cell that `guarded` wrote."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def stored(claims: ClaimQuerySet) -> Any:
    """Return what `told` needs of claims."""
    paths = {column.source for column in COLUMNS if column.source} | set(_NEEDED)
    found = claims.annotate(found_voices=JsonList(_voices()), found_topics=TextList(topic_keys()))
    return found.values("id", *sorted(paths), "found_voices", "found_topics")


def _all_for(reader: Reader) -> Any:
    return stored(claims_for(reader))


_OF_PAGE = {reader: RowsById(partial(_all_for, reader)) for reader in Reader}


def _voices() -> Any:
    head = {
        name: Coalesce(f"speaker__canonical__{name}", f"speaker__{name}")
        for name in ("uid", "name", "kind", "is_public")
    }
    own = {"written": "speaker__name", "head": Coalesce("speaker__canonical", "speaker")}
    item = JSONObject(position="position", id="speaker_id", **head, **own)
    return ClaimVoice.objects.filter(claim=OuterRef("pk")).order_by().values(item=item)


def topic_keys() -> Any:
    """Return the keys of the topics of a claim, a query inside that of claims, as `item`."""
    # Looked up one by one: joined, PostgreSQL would go over all topics for each claim.
    keyed: Any = topics()
    key = keyed.filter(pk=OuterRef("topic")).order_by().values("key")
    links = ClaimTopic.objects.filter(claim=OuterRef("pk"), removed=False)
    return links.order_by().values(item=Subquery(key))


def told(stored: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    """Finish one row: work out the remaining columns and take out what is not for the reader."""
    row: dict[str, Any] = dict(zip(_NAMES, map(stored.get, _SOURCES), strict=True))
    for name in _WRITTEN:
        row[name] = row[name] or None
    row["label"] = LABELS[stored["status"]]
    if stored["status"] == Claim.Status.ACCEPTED and stored["second"] in WAITING:
        row["label"] = AWAITED_LABEL
    row["topics"] = sorted(stored["found_topics"])
    if stored[_POLICY] == Outlet.TextPolicy.NONE and reader < Reader.EDITOR:
        row |= {"surface": None, "passage": None}
    return row | _told_by(stored, reader)


def _told_by(stored: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    """Return the columns that tell whose words a claim is."""
    if not shows_voice(reader, stored["voice_status"]):
        return {"voice": None, "attribution": None, "chain": []}
    confirmed = stored["voice_status"] == Claim.VoiceStatus.CONFIRMED
    voices = sorted(stored["found_voices"], key=itemgetter("position"))
    chain = [named(voice, reader) for voice in voices]
    told: dict[str, Any] = {"chain": chain}
    told["voice_label"] = CONFIRMED_LABEL if confirmed else UNVERIFIED_LABEL
    for voice, known in zip(voices, chain, strict=True):
        for name in ("speaker", "ultimate"):
            if voice["id"] == stored[f"{name}_id"]:
                told |= {name: known["name"], f"{name}_uid": known["uid"]}
    own, canonical = (stored[name] for name in _HEARD)
    if stored[_GONE]:
        told["attribution"] = None  # it is in no list
    if reader < Reader.EDITOR and (canonical or own) not in {voice["head"] for voice in voices}:
        told["attribution"] = None  # it names another voice than the editor's ruling
    return told


def named(voice: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    """Return a voice under its canonical name; one without a public identity as it is written."""
    known = shows_identity(reader, voice["is_public"])
    return {
        "uid": voice["uid"] if known else None,
        "name": voice["name"] if known else voice["written"],
        "kind": voice["kind"],
        "written": voice["written"],
    }
