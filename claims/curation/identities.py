"""Judgements on who is the same as whom: merged, told apart, taken apart, each in one step."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims import gate, identity
from claims.curation.rulings import Outcome
from claims.history import Batch, Stale, record
from claims.models import (
    Article,
    Attribution,
    Candidate,
    Change,
    ClaimVoice,
    IdentityJudgement,
    Speaker,
)

Verdict = IdentityJudgement.Verdict
Origin = IdentityJudgement.Origin

FIELDS = ("verdict", "origin", "score", "reasons", "actor_id", "revoked")
"""What a judgement says; undo puts these back."""


class Contradiction(gate.Refused):
    """A judgement that another one speaks against; `path` holds the speakers between them."""

    def __init__(self, message: str, path: Sequence[Speaker]) -> None:
        self.path = list(path)
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge or a parting would show: rows, their articles, attributions and claims."""

    speakers: int
    articles: int
    attributions: int
    claims: int
    names: list[str]


@transaction.atomic
def judge(
    one: Speaker,
    other: Speaker,
    verdict: str,
    *,
    actor: User,
    reason: str = "",
    version: int | None = None,
) -> Outcome:
    """Rule that two speakers are the same voice, are not, or that nobody can tell.

    `version` is that of the pair's judgement as the caller saw it, 0 for none.

    Raises:
        Refused: for one and the same row, for a voice that means something in its article only,
            or for a verdict that there is not.
        Contradiction: if other judgements say the opposite; it names the path between the two.
        Stale: if the pair was judged by somebody else in the meantime.
    """
    if verdict not in Verdict.values:
        raise gate.Refused(f"verdict: {verdict!r} is not one of {', '.join(Verdict.values)}")
    if one.pk == other.pk:
        raise gate.Refused("other: a speaker cannot be compared with itself")
    reason = gate.line("reason", reason)
    identity.lock()
    rows = Speaker.objects.in_bulk([one.pk, other.pk])
    if verdict == Verdict.SAME:
        _check_reach(rows.values())
    judgement = _of_pair(one.pk, other.pk)
    if version is not None and version != (judgement.version if judgement else 0):
        raise Stale(judgement or rows[one.pk])
    batch = Batch.begin(f"judge {Verdict(verdict).label}", actor)
    stored = judgement and (judgement.verdict, judgement.origin, judgement.revoked)
    if stored == (verdict, Origin.EDITOR, False):
        return Outcome(batch.uid, 0, 1)
    row = judgement or _new(one.pk, other.pk)
    entry = _put(batch, row, verdict, [reason] if reason else [])
    identity.refresh([one.pk, other.pk])
    _check_whole(row)
    record([entry])
    return Outcome(batch.uid, 1, 0)


@transaction.atomic
def revoke(judgement: IdentityJudgement, *, actor: User, version: int) -> Outcome:
    """Take a judgement back: a merge falls apart, a difference no longer bars one.

    No rule makes the pair the same again.

    Raises:
        Stale: if the judgement no longer has `version`.
    """
    identity.lock()
    row = IdentityJudgement.objects.get(pk=judgement.pk)
    if row.version != version:
        raise Stale(row)
    batch = Batch.begin("take judgement back", actor)
    if row.revoked:
        return Outcome(batch.uid, 0, 1)
    record([_take_back(batch, row)])
    identity.refresh([row.one_id, row.other_id])
    return Outcome(batch.uid, 1, 0)


@transaction.atomic
def take_out(speaker: Speaker, *, actor: User) -> Outcome:
    """Take one row out of its cluster: every judgement that joins it is taken back.

    The others stay one voice: where only this row held them together, they are joined anew.
    """
    identity.lock()
    batch = Batch.begin("take apart", actor)
    joined = IdentityJudgement.objects.standing().filter(verdict=Verdict.SAME)
    rows = list(joined.touching([speaker.pk]).select_related("one", "other").order_by("pk"))
    if not rows:
        return Outcome(batch.uid, 0, 1)
    entries = [_take_back(batch, row) for row in rows]
    touched = [speaker.pk, *{pk for row in rows for pk in (row.one_id, row.other_id)}]
    identity.refresh(touched)
    heads = sorted(set(identity.heads_of([pk for pk in touched if pk != speaker.pk]).values()))
    why = f"one voice before “{speaker}” was taken out"
    for head in heads[1:]:
        kept = _of_pair(heads[0], head) or _new(heads[0], head)
        if kept.pk is None:
            entries.append(_put(batch, kept, Verdict.SAME, [why]))
    identity.refresh(touched)
    Speaker.objects.filter(pk=speaker.pk).update(compared=False)
    record(entries)
    return Outcome(batch.uid, len(entries), 0)


def restored(judgements: Collection[IdentityJudgement]) -> None:
    """Recompute the clusters of judgements that an undo put back.

    Raises:
        Contradiction: if a judgement made since says the opposite.
    """
    identity.refresh([pk for row in judgements for pk in (row.one_id, row.other_id)])
    for row in judgements:
        if not row.revoked:
            _check_whole(row)


def version_of(one: Speaker, other: Speaker) -> int:
    """Return the version of the judgement on a pair, 0 if nobody judged it yet."""
    judgement = _of_pair(one.pk, other.pk)
    return judgement.version if judgement else 0


def preview(speakers: Iterable[Speaker]) -> Preview:
    """Count what the voices of `speakers` have together; nothing is changed."""
    heads = set(identity.heads_of([row.pk for row in speakers]).values())
    inside = Speaker.objects.under(heads)
    rows = inside.values("pk")
    names = inside.order_by("name").values_list("name", flat=True).distinct()
    return _counted(rows, inside.count(), list(names[:20]))


def preview_of_row(speaker: Speaker) -> Preview:
    """Count what one row has by itself: what leaves when it is taken out."""
    return _counted([speaker.pk], 1, [speaker.name])


def candidates_of(speaker: Speaker, most: int = 20) -> list[tuple[Speaker, Candidate]]:
    """Return who may be the same voice as a canonical speaker, likeliest first.

    Each other voice once, with the best proposal; not those already judged, either way.
    """
    inside = Speaker.objects.under([speaker.pk]).values("pk")
    rows = Candidate.objects.filter(one__in=inside) | Candidate.objects.filter(other__in=inside)
    rows = rows.select_related("one__canonical", "other__canonical").order_by("-score", "pk")
    found: dict[int, tuple[Speaker, Candidate]] = {}
    for row in rows[:200]:
        for end in (row.one, row.other):
            if end.head.pk != speaker.pk:
                found.setdefault(end.head.pk, (end.head, row))
    decided = identity.judged([speaker.pk])
    standing = {ends for ends, judgement in decided.items() if not judgement.revoked}
    left = (pair for pk, pair in found.items() if identity.pair(pk, speaker.pk) not in standing)
    return list(left)[:most]


def _check_reach(rows: Iterable[Speaker]) -> None:
    for row in rows:
        if row.is_local:
            raise gate.Refused(
                f"other: “{row}” is a voice of its article only; set the speaker of its "
                "attributions instead"
            )


def _of_pair(one: int, other: int) -> IdentityJudgement | None:
    first, second = identity.pair(one, other)
    found = IdentityJudgement.objects.filter(one=first, other=second)
    return found.select_related("one", "other").first()


def _new(one: int, other: int) -> IdentityJudgement:
    first, second = identity.pair(one, other)
    return IdentityJudgement(one_id=first, other_id=second, revoked=True, version=0)


def _said(row: IdentityJudgement) -> dict[str, Any]:
    if row.pk is None:
        return {"revoked": True, "version": 0}
    return {name: getattr(row, name) for name in (*FIELDS, "version")}


def _put(batch: Batch, row: IdentityJudgement, verdict: str, reasons: list[str]) -> Change:
    """Store what an editor judges; return the log entry, not yet saved."""
    before = _said(row)
    row.verdict, row.origin, row.revoked = verdict, Origin.EDITOR, False
    row.reasons, row.actor = reasons or row.reasons, batch.actor
    return _saved(batch, row, before)


def _take_back(batch: Batch, row: IdentityJudgement) -> Change:
    before = _said(row)
    row.revoked, row.actor = True, batch.actor
    return _saved(batch, row, before)


def _saved(batch: Batch, row: IdentityJudgement, before: dict[str, Any]) -> Change:
    row.version += 1
    row.save()
    return batch.entry(row, before, _said(row))


def _check_whole(row: IdentityJudgement) -> None:
    """Refuse a judgement that others contradict, with the path that does."""
    pair = [row.one_id, row.other_id]
    if row.verdict != Verdict.SAME:
        chain = _chain(identity.path(*pair))
        if chain:
            said = " = ".join(map(_named, chain))
            raise Contradiction(f"They are still the same by {said}; take these apart first", chain)
    elif found := identity.contradiction(pair):
        against, between = found
        chain = _chain(between)
        said = " = ".join(map(_named, chain))
        raise Contradiction(
            f"Then {said} would be one voice, but {_named(chain[0])} and {_named(chain[-1])} were "
            f"ruled not to be the same by {against.actor}",
            chain,
        )


def _chain(pks: Sequence[int]) -> list[Speaker]:
    rows = Speaker.objects.in_bulk(pks)
    return [rows[pk] for pk in pks]


def _named(speaker: Speaker) -> str:
    return f"“{speaker}” ({speaker.uid})"


def _counted(rows: Any, speakers: int, names: list[str]) -> Preview:
    said = Attribution.objects.filter(speaker__in=rows)
    articles = Article.objects.filter(speakers_read__in=rows)
    return Preview(
        speakers=speakers,
        articles=articles.distinct().count(),
        attributions=said.count(),
        claims=ClaimVoice.objects.filter(speaker__in=rows).values("claim").distinct().count(),
        names=names,
    )
