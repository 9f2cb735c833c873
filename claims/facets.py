"""How many claims of an answer there are of each kind, unit, topic, speaker, outlet, year …

One statement counts all facets of at most `COUNTED` claims, the newest ones. For more than that
there is one answer worth keeping, the list without any question: `recount` counts the whole of it
and stores the numbers, which hold until the log of changes goes on. A page never counts more.

Counts are those of the lists that the values lead to. A value is there only because a claim that
the reader may see has it; voices count where the reader may know them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections, transaction
from django.db.models import Max

from claims.filters.base import COUNTED, counted
from claims.filters.readers import Reader, claims_for, topics
from claims.models import Change, Measurement, Outlet, Speaker
from claims.models.claim import ClaimQuerySet

SHOWN: Final = 12
"""Values of a facet that are shown."""

TITLES: Final = {
    "kind": "Kind of figure",
    "unit": "Unit",
    "topic": "Topic",
    "speaker": "Speaker",
    "outlet": "Outlet",
    "year": "Year of publication",
    "modality": "How it is put",
    "voice": "Whose words",
}
"""The facets in their order; all but `year` are parameters of `ClaimFilter`."""

_VOICES: Final = {"attributed": "a speaker's", "own": "the article's own"}
_COLUMNS: Final = (
    *("id", "kind", "unit", "modality", "voice", "voice_status", "outlet"),
    *("published_earliest", "published_latest"),
)
_AS_NAMED: Final = (
    *("hit", "kind", "unit", "modality", "voice", "voice_status", "outlet"),
    *("earliest", "latest"),
)

Counts = dict[str, list[list[Any]]]
"""For each facet its values with their counts; for the years: first, last, count."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: what to ask for, what to show, and how many claims have it."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its values, most frequent first, years newest first.

    `more` says which are shown where there are others.
    """

    name: str
    title: str
    values: Sequence[Value]
    more: str


@dataclass(frozen=True, slots=True)
class Facets:
    """Facets, and whether all claims of the answer were counted or the newest ones only."""

    facets: Sequence[Facet]
    whole: bool


def facets(rows: ClaimQuerySet, reader: Reader, hits: int, *, unfiltered: bool) -> Facets:
    """Return the facets of `rows`, of which there are `hits` as `counted` has it.

    `unfiltered` says that nothing was asked: such an answer may have been counted before.
    """
    if hits > COUNTED and unfiltered and reader == Reader.EVERYBODY:
        stored = _stored()
        if stored is not None:
            return Facets(_shown(stored), whole=True)
    return Facets(_shown(_count(rows, reader, COUNTED)), whole=hits <= COUNTED)


def recount() -> int | None:
    """Count the facets of all public claims and store them; return how many claims there are.

    Where they are few enough to be counted for each reader nothing is stored: None.
    """
    rows = claims_for(Reader.EVERYBODY)
    if counted(rows) <= COUNTED:
        Measurement.objects.filter(what=Measurement.What.FACETS).delete()
        return None
    state = _state()
    counts = _count(rows, Reader.EVERYBODY, None)
    Measurement.objects.update_or_create(
        what=Measurement.What.FACETS, defaults={"data": {"state": state, "counts": counts}}
    )
    total: int = sum(number for _, number in counts["kind"])
    return total


def _stored() -> Counts | None:
    """Return the stored counts, if nothing was changed since."""
    row = Measurement.objects.filter(what=Measurement.What.FACETS).first()
    if row is None or row.data["state"] != _last_change():
        return None
    found: Counts = row.data["counts"]
    return found


def _state() -> int:
    """Return the last change, when every earlier one is there to be counted.

    PostgreSQL gives out ids before it commits: the lock waits for those that are under way.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {Change._meta.db_table} IN SHARE MODE")
        return _last_change()


def _last_change() -> int:
    return Change.objects.aggregate(last=Max("pk"))["last"] or 0


def _count(rows: ClaimQuerySet, reader: Reader, most: int | None) -> Counts:
    """Count the facets of the newest `most` rows, or of all."""
    hits = rows.order_by("-id").values_list(*_COLUMNS)[:most]
    try:
        sql, params = hits.query.get_compiler(rows.db).as_sql()
    except EmptyResultSet:
        return defaultdict(list)
    parts = " UNION ALL ".join(_parts(reader))
    counts: Counts = defaultdict(list)
    with connections[rows.db].cursor() as cursor:
        cursor.execute(f"WITH hits({', '.join(_AS_NAMED)}) AS ({sql}) {parts}", params)
        for name, value, last, number in cursor:
            counts[name].append([value, last, number] if name == "year" else [value, number])
    return counts


def _parts(reader: Reader) -> Iterable[str]:
    """Yield the statements that count the hits facet by facet, all with the same four columns."""
    heard = "voice_status = 'confirmed'" if reader == Reader.EVERYBODY else "1 = 1"
    known = "head.is_public" if reader < Reader.EDITOR else "1 = 1"
    plain = "SELECT '{0}', {0}, '', count(*) FROM hits WHERE {1} GROUP BY {0}"
    for name, where in (
        *(("kind", "1 = 1"), ("unit", "unit <> ''"), ("modality", "1 = 1"), ("voice", heard)),
    ):
        yield plain.format(name, where)
    yield (
        "SELECT 'year', cast(earliest / 10000 AS text), cast(latest / 10000 AS text), count(*) "
        "FROM hits WHERE earliest IS NOT NULL OR latest IS NOT NULL "
        "GROUP BY earliest / 10000, latest / 10000"
    )
    yield _most("outlet", "outlet", "hits WHERE outlet IS NOT NULL")
    # SQLite takes tables that are crossed in this order; else it would begin with the links.
    topic = "hits CROSS JOIN claims_claimtopic link WHERE link.claim_id = hit AND NOT link.removed"
    yield _most("topic", "link.topic_id", topic)
    voices = (
        "hits CROSS JOIN claims_claimvoice heard "
        "CROSS JOIN claims_speaker named CROSS JOIN claims_speaker head "
        "WHERE heard.claim_id = hit AND named.id = heard.speaker_id "
        f"AND head.id = coalesce(named.canonical_id, named.id) AND {heard} AND {known}"
    )
    yield _most("speaker", "head.id", voices)


def _most(name: str, key: str, source: str) -> str:
    """Return a statement for the most frequent values, ties by id, one more than are shown."""
    counts = f"SELECT {key} AS id, count(DISTINCT hit) AS number FROM {source} GROUP BY {key}"
    best = f"{counts} ORDER BY number DESC, id LIMIT {SHOWN + 1}"
    return f"SELECT '{name}', cast(id AS text), '', number FROM ({best}) AS {name}s"


def _shown(counts: Mapping[str, Sequence[Sequence[Any]]]) -> list[Facet]:
    return [_facet(name, counts.get(name, ())) for name in TITLES]


def _facet(name: str, found: Sequence[Sequence[Any]]) -> Facet:
    """Return a facet with the keys and labels of its values, as they are now."""
    if name == "year":
        every, more = _years(found), f"the {SHOWN} latest"
    else:
        ordered = sorted(found, key=lambda value: (-value[1], _in_order(value[0])))
        every, more = [(value, number) for value, number in ordered], f"the {SHOWN} most frequent"
    first = every[:SHOWN]
    labels = _LABELS.get(name, _as_they_are)([key for key, _ in first])
    values = [Value(*labels[key], number) for key, number in first if key in labels]
    return Facet(name, TITLES[name], values, more if len(every) > SHOWN else "")


def _in_order(key: str) -> tuple[int, str]:
    """Return what ids are ordered by as numbers, and words as words."""
    return (int(key), "") if key.isascii() and key.isdecimal() else (0, key)


def _years(found: Iterable[Sequence[Any]]) -> list[tuple[str, int]]:
    """Return the years in which intervals begin or end, newest first, and how many lie in each.

    An interval counts in every year that it reaches, as the filter by date has it.
    """
    spans = [(_number(first), _number(last), number) for first, last, number in found]
    years = {year for first, last, _ in spans for year in (first, last) if year and year > 0}
    return [
        (
            f"{year:04d}",
            sum(
                number
                for first, last, number in spans
                if (first is None or first <= year) and (last is None or last >= year)
            ),
        )
        for year in sorted(years, reverse=True)
        if year <= 9999
    ]


def _number(written: str | None) -> int | None:
    return None if written is None else int(written)


Labels = dict[str, tuple[str, str]]
"""For each counted value what to ask for it, and its label."""


def _as_they_are(keys: Iterable[str]) -> Labels:
    return {key: (key, key) for key in keys}


def _voices(keys: Iterable[str]) -> Labels:
    return {key: (key, _VOICES.get(key, "not determined")) for key in keys}


def _outlets(keys: Iterable[str]) -> Labels:
    rows = Outlet.objects.filter(pk__in=keys).values_list("pk", "name")
    return {str(pk): (name, name) for pk, name in rows}


def _speakers(keys: Iterable[str]) -> Labels:
    rows = Speaker.objects.filter(pk__in=keys).values_list("pk", "uid", "name")
    return {str(pk): (uid, name) for pk, uid, name in rows}


def _topics(keys: Iterable[str]) -> Labels:
    rows: Any = topics()
    found = rows.filter(pk__in=keys).values_list("pk", "key", "label")
    return {str(pk): (key, label) for pk, key, label in found}


_LABELS: Final[Mapping[str, Callable[[Iterable[str]], Labels]]] = {
    "voice": _voices,
    "outlet": _outlets,
    "speaker": _speakers,
    "topic": _topics,
}
