"""Who is the same as whom: the one place that computes clusters of speakers from judgements.

The standing judgements “the same” join speakers into clusters; each cluster is shown as one of
its rows, the canonical one: an editor's row before one read in an article, then the oldest.
The oldest, because an identifier that people cite must not change when more articles come in.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, F, Max, Min, QuerySet
from django.db.models.functions import Coalesce

from claims.models import Alias, IdentityJudgement, NameKey, Role, Speaker
from corpus.edtf import between
from corpus.speakers.compare import full_name, keys

_LOCK = 0x6F72_6964  # any number of this project's own
_AT_ONCE = 500

_COLUMNS = ("pk", "article", "kind", "privacy", "canonical", "is_public")

SAME = IdentityJudgement.Verdict.SAME
DIFFERENT = IdentityJudgement.Verdict.DIFFERENT


@dataclass(frozen=True, slots=True)
class Member:
    """One row of a cluster, as far as computing the cluster goes."""

    pk: int
    article: int | None
    kind: str
    privacy: str
    canonical: int | None
    is_public: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """What a row's computed columns should be."""

    canonical: int | None
    is_public: bool


def lock() -> None:
    """Let nobody else judge, match or edit speakers until the transaction ends.

    Lock articles, claims and attributions before, rows of speakers and judgements after it.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def heads_of(speakers: Collection[int]) -> dict[int, int]:
    """Return the canonical row of each speaker."""
    rows = Speaker.objects.filter(pk__in=speakers)
    return dict(rows.values_list("pk", Coalesce("canonical", "pk")))


def refresh(speakers: Collection[int]) -> int:
    """Recompute the clusters that `speakers` are or were in; return how many rows changed.

    Call it inside a transaction, after `lock`, with both ends of every judgement that changed:
    nothing outside their clusters can be affected, so nothing else is read.
    """
    heads = set(heads_of(speakers).values())
    rows = Speaker.objects.order_by().under(heads)
    members = [Member(*row) for row in rows.values_list(*_COLUMNS)]
    wanted = effective(members, _same(heads))
    changed: dict[Placed, list[int]] = defaultdict(list)
    for member in members:
        if wanted[member.pk] != Placed(member.canonical, member.is_public):
            changed[wanted[member.pk]].append(member.pk)
    for placed, pks in changed.items():
        for start in range(0, len(pks), _AT_ONCE):
            Speaker.objects.filter(pk__in=pks[start : start + _AT_ONCE]).update(
                canonical=placed.canonical, is_public=placed.is_public
            )
    return sum(map(len, changed.values()))


def effective(members: Iterable[Member], same: Iterable[tuple[int, int]]) -> dict[int, Placed]:
    """Return the computed columns of `members`, whose judgements “the same” are all in `same`."""
    rows = {member.pk: member for member in members}
    above = {pk: pk for pk in rows}
    for one, other in same:
        above[_top(above, one)] = _top(above, other)
    clusters: dict[int, list[Member]] = defaultdict(list)
    for pk, row in rows.items():
        clusters[_top(above, pk)].append(row)
    found: dict[int, Placed] = {}
    for cluster in clusters.values():
        head = min(cluster, key=lambda row: (row.article is not None, row.pk)).pk
        public = _public(cluster)
        found |= {row.pk: Placed(None if row.pk == head else head, public) for row in cluster}
    return found


def stale(speakers: Collection[int]) -> dict[int, tuple[Placed, Placed]]:
    """Return the speakers whose columns are not what the judgements give: stored, computed.

    Judgements are followed as far as they lead, whatever the columns say; nothing is changed.
    """
    reached, edge = set(speakers), set(speakers)
    while edge:
        pairs = _pairs(IdentityJudgement.objects.touching(edge))
        edge = {pk for pair in pairs for pk in pair} - reached
        reached |= edge
    rows = Speaker.objects.order_by().filter(pk__in=reached)
    members = [Member(*row) for row in rows.values_list(*_COLUMNS)]
    wanted = effective(members, _pairs(IdentityJudgement.objects.filter(one__in=reached)))
    return {
        row.pk: (Placed(row.canonical, row.is_public), wanted[row.pk])
        for row in members
        if row.pk in speakers and wanted[row.pk] != Placed(row.canonical, row.is_public)
    }


def path(one: int, other: int) -> list[int]:
    """Return the shortest chain of judgements “the same” from `one` to `other`, both included.

    Empty if there is none. Call it when the clusters are up to date.
    """
    beside: dict[int, list[int]] = defaultdict(list)
    for left, right in sorted(_same(heads_of([one]).values())):
        beside[left].append(right)
        beside[right].append(left)
    came: dict[int, int] = {one: one}
    waiting = deque([one])
    while waiting:
        at = waiting.popleft()
        for step in beside[at]:
            if step not in came:
                came[step] = at
                waiting.append(step)
    if other not in came:
        return []
    chain = [other]
    while chain[-1] != one:
        chain.append(came[chain[-1]])
    return chain[::-1]


def contradiction(speakers: Collection[int]) -> tuple[IdentityJudgement, list[int]] | None:
    """Return a judgement “not the same” inside a cluster of `speakers`, and the path against it."""
    inside = Speaker.objects.under(set(heads_of(speakers).values())).values("pk")
    rows = IdentityJudgement.objects.standing().filter(verdict=DIFFERENT, one__in=inside)
    row = _headed(rows).filter(first=F("second")).order_by("pk").first()
    return (row, path(row.one_id, row.other_id)) if row else None


def judged(heads: Collection[int]) -> dict[tuple[int, int], IdentityJudgement]:
    """Return what people judged of the voices with these canonical rows, by pair of such rows.

    Judgements that stand, and those taken back: no rule judges such a pair again.
    """
    inside = Speaker.objects.under(heads).values("pk")
    rows = IdentityJudgement.objects.touching(inside).filter(actor__isnull=False)
    found: dict[tuple[int, int], IdentityJudgement] = {}
    for row in _headed(rows).order_by("revoked", "-pk"):
        found.setdefault(pair(row.first, row.second), row)
    return found


def roles(rows: "QuerySet[Role]", most: int) -> Iterator[dict[str, Any]]:
    """Yield each role among `rows` once, oldest first, with the days of articles that say so.

    Keys: title, organisation, held, origin, seen (EDTF), articles (a number), id (of one row).
    """
    told = rows.order_by().values("title", "organisation", "held", "origin")
    dated: Any = told.annotate(
        first=Min("article__published_earliest"),
        last=Max("article__published_latest"),
        articles=Count("article", distinct=True),
        id=Min("pk"),
    )
    kept = ("title", "organisation", "held", "origin", "articles", "id")
    for row in dated.order_by("first", "id")[:most]:
        found: dict[str, Any] = {name: row[name] for name in kept}
        yield found | {"seen": between(row["first"], row["last"])}


def pair(one: int, other: int) -> tuple[int, int]:
    """Return two ids in the order judgements and candidates hold them."""
    return (one, other) if one < other else (other, one)


def columns_of(name: str, kind: str, privacy: str = Speaker.Privacy.UNKNOWN) -> dict[str, Any]:
    """Return the computed columns of a row that is in no cluster yet."""
    key = full_name(name, kind)[:400]
    person = kind == Speaker.Kind.PERSON
    return {
        "name_key": key,
        "compared": not (key or person),
        "is_public": not person or privacy == Speaker.Privacy.PUBLIC,
    }


def index_names(speakers: Sequence[Speaker]) -> None:
    """Write the keys under which speakers are looked for, from their names and aliases."""
    forms = [(row.pk, row.name, row.kind) for row in speakers]
    kinds = {row.pk: row.kind for row in speakers}
    aliases = Alias.objects.filter(speaker__in=kinds)
    forms += [(pk, form, kinds[pk]) for pk, form in aliases.values_list("speaker", "form")]
    wanted = {(pk, key[:250]) for pk, form, kind in forms for key in keys(form, kind)}
    NameKey.objects.filter(speaker__in=kinds).delete()
    NameKey.objects.bulk_create(
        (NameKey(speaker_id=pk, key=key) for pk, key in sorted(wanted)), batch_size=1000
    )


def _same(heads: Collection[int]) -> list[tuple[int, int]]:
    inside = Speaker.objects.under(heads).values("pk")
    return _pairs(IdentityJudgement.objects.filter(one__in=inside))


def _headed(judgements: Any) -> Any:
    """Return judgements with the canonical rows of their pair, `first` and `second`."""
    return judgements.annotate(
        first=Coalesce("one__canonical", "one"), second=Coalesce("other__canonical", "other")
    )


def _pairs(judgements: Any) -> list[tuple[int, int]]:
    rows = judgements.standing().filter(verdict=SAME).order_by()
    return list(rows.values_list("one", "other"))


def _top(above: dict[int, int], pk: int) -> int:
    while above[pk] != pk:
        above[pk] = above[above[pk]]
        pk = above[pk]
    return pk


def _public(cluster: Sequence[Member]) -> bool:
    """Tell whether a voice has an identity for everybody: one private row hides them all."""
    said = {row.privacy for row in cluster}
    person = any(row.kind == Speaker.Kind.PERSON for row in cluster)
    if Speaker.Privacy.PRIVATE in said:
        return not person
    return not person or Speaker.Privacy.PUBLIC in said
