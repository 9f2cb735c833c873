"""Identical full names: linked by rule where nothing known of their bearers is in conflict."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Q
from django.db.models.functions import Coalesce

from claims import identity
from claims.matching.known import joined, known
from claims.models import Alias, IdentityJudgement, NameKey, Speaker
from corpus.speakers.compare import Known, conflicts, stated_name

Name = tuple[str, str]
"""A folded full name and a kind."""

Pair = tuple[int, int]
"""Two speakers' ids, the smaller first."""

MOST: Final = 50
"""Voices of one name that a new bearer is held against."""


@dataclass(slots=True)
class Unit:
    """One voice among the bearers of a name: its row to link to, and what is known of it."""

    row: int
    known: Known


@dataclass(slots=True)
class Group:
    """The bearers of one name: voices there were before, and new rows, each with its knowledge."""

    units: list[Unit]
    new: list[tuple[Speaker, Known]]
    full: bool = True
    """Whether the name is known anywhere, and not only where an editor stated it as an alias."""


@dataclass(slots=True)
class Linked:
    """What linking did: rows that joined another (pairs), pairs of one name left to editors,
    and rows that are in such pairs and no voice that others of the name are held against.

    `heads` are the canonical rows that the joined ones have now. Only they are compared with
    other names, whichever of a voice's rows came first.
    """

    pairs: list[Pair] = field(default_factory=list)
    doubtful: list[Pair] = field(default_factory=list)
    unplaced: set[int] = field(default_factory=set)
    heads: dict[int, int] = field(default_factory=dict)


def link(rows: Sequence[Speaker]) -> Linked:
    """Link new rows to the voices of their names."""
    groups, barred = _groups(rows)
    done = Linked()
    for group in groups.values():
        _link_group(group, barred, done)
    IdentityJudgement.objects.bulk_create(
        IdentityJudgement(
            one_id=one,
            other_id=other,
            verdict=identity.SAME,
            origin=IdentityJudgement.Origin.RULE,
            score=1.0,
            reasons=["identical full name"],
        )
        for one, other in (identity.pair(*ends) for ends in done.pairs)
    )
    joined_rows = {pk for ends in done.pairs for pk in ends}
    identity.refresh(joined_rows)
    done.heads = identity.heads_of(joined_rows)
    done.doubtful = [
        identity.pair(done.heads.get(one, one), done.heads.get(other, other))
        for one, other in done.doubtful
    ]
    return done


def _link_group(
    group: Group,
    barred: Collection[Pair],
    done: Linked,
) -> None:
    """Place each new row: with the one voice it fits, or by itself, for editors to decide.

    Rows whose titles are known come first: where they make two voices of one name, a row of
    which nothing is known goes with neither.
    """
    units = group.units
    for row, what in sorted(group.new, key=_order):
        fits = [unit for unit in units if _fits(unit, row, what, barred)]
        agreeing = [unit for unit in fits if unit.known.features & what.features]
        chosen = agreeing if len(agreeing) == 1 else fits if len(units) == 1 else []
        if chosen and row.article_id is not None:
            chosen[0].known = joined(chosen[0].known, what)
            done.pairs.append((row.pk, chosen[0].row))
            continue
        done.doubtful.extend(identity.pair(row.pk, unit.row) for unit in units[:MOST])
        judged = any(row.pk in ends for ends in barred)
        if group.full and (judged or what.features or not units or row.article_id is None):
            units.append(Unit(row.pk, what))
        elif group.full:
            done.unplaced.add(row.pk)


def _order(new: tuple[Speaker, Known]) -> tuple[bool, bool, int, str, int]:
    """Order rows by what their articles say, whenever they came in; editors' own come first."""
    row, what = new
    article = row.article
    day = article.published_earliest or 0 if article else 0
    digest = article.text_sha256 if article else ""
    return (article is not None, not what.features, day, digest, row.pk)


def _fits(unit: Unit, row: Speaker, what: Known, barred: Collection[Pair]) -> bool:
    judged = identity.pair(unit.row, row.pk) in barred
    return not judged and not any(conflicts(unit.known, what))


def _groups(rows: Sequence[Speaker]) -> tuple[dict[Name, Group], Collection[Pair]]:
    """Return the bearers of each full name among `rows`, and the pairs that people judged.

    Rows that are in a cluster already are not new.
    """
    keys = {row.pk: row.name_key or stated_name(row.name, row.kind) for row in rows}
    named = [row for row in rows if keys[row.pk]]
    pks = [row.pk for row in named]
    heading = set(Speaker.objects.filter(canonical__in=pks).values_list("canonical", flat=True))
    new = [row for row in named if row.canonical_id is None and row.pk not in heading]
    fresh = {row.pk for row in new}
    names = {(keys[row.pk], row.kind) for row in new}
    bearers = {name: pks - fresh for name, pks in _bearers(names).items()}
    barred = identity.judged({*fresh, *(pk for pks in bearers.values() for pk in pks)}).keys()
    judged = {pk for ends in barred for pk in ends}
    bearers = {name: _placed(pks, judged) for name, pks in bearers.items()}
    heads = {pk for pks in bearers.values() for pk in pks}
    articles = {row.article_id for row in new if row.article_id}
    what = known(heads | fresh, among=articles)
    groups = {
        name: Group([Unit(pk, what[pk]) for pk in sorted(bearers[name])], []) for name in names
    }
    for row in new:
        group = groups[keys[row.pk], row.kind]
        group.full = bool(row.name_key)
        group.new.append((row, what[row.pk]))
    return groups, barred


def _placed(heads: set[int], judged: Collection[int]) -> set[int]:
    """Leave out rows that were left to editors because the name stands for several voices.

    They are the ones without keys that no editor judged.
    """
    if len(heads) < 2:
        return heads
    keyed = NameKey.objects.filter(Q(speaker__in=heads) | Q(speaker__canonical__in=heads))
    head = Coalesce("speaker__canonical", "speaker")
    placed = set(keyed.order_by().values_list(head, flat=True).distinct())
    return placed | (heads & set(judged)) or heads


def _bearers(names: Iterable[Name]) -> Mapping[Name, set[int]]:
    """Return the canonical rows of all who bear each name, by their own name or an alias."""
    wanted = set(names)
    keys = [key for key, _ in wanted]
    found: dict[Name, set[int]] = defaultdict(set, {name: set() for name in wanted})
    own = Speaker.objects.order_by().filter(name_key__in=keys)
    for key, kind, head in own.values_list(
        "name_key", "kind", Coalesce("canonical", "pk")
    ).distinct():
        found[key, kind].add(head)
    stated = Alias.objects.order_by().filter(name_key__in=keys)
    for key, kind, head in stated.values_list(
        "name_key", "speaker__kind", Coalesce("speaker__canonical", "speaker")
    ):
        found[key, kind].add(head)
    return {name: found[name] for name in wanted}
