"""Names that are alike: looked for under shared keys, compared, and proposed to editors."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from django.db.models import Count
from django.db.models.functions import Coalesce

from claims import identity
from claims.matching.known import known
from claims.models import Alias, Candidate, NameKey, Speaker
from corpus.speakers.compare import (
    DIFFERENT,
    NAMED,
    Known,
    Likeness,
    answers,
    compare,
    is_lone,
    named,
)

MOST_BEARERS: Final = 50
"""Bearers of one key; a key that more share tells too little and is left out."""
MOST_PAIRS: Final = 50
"""Pairs that are compared for one new speaker: those that share most keys."""
MOST_PROPOSED: Final = 20
"""Proposals for one new speaker: the likeliest."""
MOST_FORMS: Final = 8
"""Ways to write one name that are compared."""

Pair = tuple[int, int]


def propose(
    rows: Sequence[Speaker], unplaced: Sequence[Speaker], doubtful: Sequence[Pair]
) -> tuple[int, dict[int, str]]:
    """Propose who may be the same as each of `rows`; `doubtful` are pairs of one name.

    `unplaced` rows bear a name that stands for several voices: those are proposed, no others.
    Returns how many pairs were proposed, and for rows not compared with all who share a key,
    why not.
    """
    identity.index_names(rows)
    shared, reasons = _shared(rows)
    pairs: set[Pair] = set(doubtful)
    beside = _beside(rows)
    for row in rows:
        ranked = sorted(shared[row.pk], key=lambda pk: (-shared[row.pk][pk], pk))
        near = [pk for pk in beside[row.article_id] if pk != row.pk] if row.article_id else []
        if len(ranked) > MOST_PAIRS:
            more = f"{len(ranked)} share a key; the {MOST_PAIRS} nearest were compared"
            reasons[row.pk] = _said(reasons.get(row.pk), more)
        pairs |= {identity.pair(row.pk, pk) for pk in (*ranked[:MOST_PAIRS], *near[:MOST_PAIRS])}
    return _store(pairs, [*rows, *unplaced]), reasons


def _shared(rows: Sequence[Speaker]) -> tuple[dict[int, Counter[int]], dict[int, str]]:
    """Return with whom each row shares how many keys, and why some keys were left out."""
    asked: dict[str, set[int]] = defaultdict(set)
    pks = [row.pk for row in rows]
    held = NameKey.objects.filter(speaker__in=pks).exclude(key__startswith=NAMED)
    for pk, key in held.values_list("speaker", "key"):
        asked[key].add(pk)
    forms = [(row.pk, row.name, row.kind) for row in rows]
    for pk, name, kind in forms:
        for key in answers(name, kind):
            asked[key].add(pk)
    counts = NameKey.objects.filter(key__in=asked).values("key").annotate(bearers=Count("pk"))
    common = {row["key"]: row["bearers"] for row in counts if row["bearers"] > MOST_BEARERS}
    found: dict[int, Counter[int]] = defaultdict(Counter)
    rare = asked.keys() - common.keys()
    for key, other in NameKey.objects.filter(key__in=rare).values_list("key", "speaker"):
        for pk in asked[key] - {other}:
            found[pk][other] += 1
    reasons: dict[int, str] = {}
    for key in sorted(common):
        for pk in asked[key]:
            reasons[pk] = _said(reasons.get(pk), f"{common[key]} share “{key}”")
    return found, reasons


def _beside(rows: Sequence[Speaker]) -> dict[int, list[int]]:
    """Return the other named speakers of the articles of lone names."""
    lone = {row.article_id for row in rows if not row.name_key and row.article_id}
    found: dict[int, list[int]] = defaultdict(list)
    named = Speaker.objects.filter(article__in=lone).exclude(kind__in=Speaker.UNNAMED)
    for article, pk in named.order_by("pk").values_list("article", "pk"):
        found[article].append(pk)
    return found


def _store(pairs: Collection[Pair], rows: Sequence[Speaker]) -> int:
    """Compare pairs and store the likely ones; return how many."""
    heads = identity.heads_of({pk for ends in pairs for pk in ends})
    articles = {row.article_id for row in rows if row.article_id}
    what = known(set(heads.values()), among=articles)
    what |= _counted(what)
    forms = _forms(heads)
    decided = identity.judged(set(heads.values()))
    found: dict[Pair, Candidate] = {}
    for one, other in sorted(pairs):
        ends = identity.pair(heads[one], heads[other])
        judgement = decided.get(ends)
        if ends[0] == ends[1] or (judgement and not judgement.revoked):
            continue
        alike = _likest(what[heads[one]], forms[one], what[heads[other]], forms[other])
        if alike.verdict != DIFFERENT:
            reasons = list(alike.reasons)
            found[one, other] = Candidate(
                one_id=one, other_id=other, score=alike.score, reasons=reasons
            )
    return len(Candidate.objects.bulk_create(_best(found, {row.pk for row in rows})))


def _counted(what: Mapping[int, Known]) -> dict[int, Known]:
    """Return the speakers of a single name, told how many voices have it in their full names."""
    lone = {pk: named(one.name) for pk, one in what.items() if is_lone(one.name, one.kind)}
    head = Coalesce("speaker__canonical", "speaker")
    rows = NameKey.objects.filter(key__in=set(lone.values())).order_by().values("key")
    counts = dict(rows.annotate(voices=Count(head, distinct=True)).values_list("key", "voices"))
    return {pk: replace(what[pk], namesakes=counts.get(key, 0)) for pk, key in lone.items()}


def _likest(one: Known, names: Sequence[str], other: Known, others: Sequence[str]) -> Likeness:
    """Compare two speakers by those of their names that are most alike."""
    pairs = (
        compare(replace(one, name=left), replace(other, name=right))
        for left in names
        for right in others
    )
    return max(pairs, key=lambda likeness: likeness.score)


def _forms(speakers: Collection[int]) -> dict[int, list[str]]:
    """Return the name of each speaker and other ways to write it."""
    rows = Speaker.objects.filter(pk__in=speakers)
    found = {pk: [name] for pk, name in rows.values_list("pk", "name")}
    stated = Alias.objects.filter(speaker__in=speakers).order_by("pk")
    for pk, form in stated.values_list("speaker", "form"):
        found[pk].append(form)
    return {pk: forms[:MOST_FORMS] for pk, forms in found.items()}


def _best(found: Mapping[Pair, Candidate], new: Collection[int]) -> list[Candidate]:
    """Keep the likeliest for each new speaker, and none that is stored already."""
    ends = {pk for pair in found for pk in pair}
    stored = Candidate.objects.filter(one__in=ends & set(new)) | Candidate.objects.filter(
        other__in=ends & set(new)
    )
    before = set(stored.values_list("one", "other"))
    taken: Counter[int] = Counter()
    kept = []
    for pair, candidate in sorted(found.items(), key=lambda item: (-item[1].score, item[0])):
        mine = [pk for pk in pair if pk in new]
        if pair not in before and any(taken[pk] < MOST_PROPOSED for pk in mine):
            kept.append(candidate)
            taken.update(mine)
    return kept


def _said(before: str | None, more: str) -> str:
    return f"{before}; {more}"[:200] if before else more[:200]
