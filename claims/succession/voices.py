"""Voices that go on in a successor: attributions, their speakers, and who is the same as whom."""

from collections.abc import Iterable, Mapping
from typing import Any

from claims import identity
from claims.curation import records
from claims.history import Batch, record
from claims.models import Article, Attribution, IdentityJudgement, Ruling, Speaker
from claims.runs.anchors import match
from claims.runs.attributions import anchored, store_attributions
from claims.succession.findings import moved_attribution
from claims.succession.heir import Heir


def again(ruling: Ruling, batch: Batch, **target: Any) -> Ruling:
    """Return a ruling for another row; it is still the ruling of whoever made it."""
    return Ruling(
        **{"value": ruling.value, **target},
        field=ruling.field,
        reason=ruling.reason,
        batch=batch.uid,
        actor_id=ruling.actor_id,
        run_seen_id=ruling.run_seen_id,
    )


def carry_attributions(batch: Batch, old: Article, heir: Heir) -> dict[int, int]:
    """Store the old article's attributions in its heir, unless that has its own; return their ids.

    From old id to new, for those that stand there whole.
    """
    found = old.attributions.filter(gone=False).order_by("pk").select_related("last_run")
    marked = _carry_marked(found.filter(tier=Attribution.EDITOR), old, heir)
    rows = list(found.exclude(tier=Attribution.EDITOR))
    shifted = [(row, moved_attribution(row.machine, heir.shift)) for row in rows]
    kept = [(row, machine) for row, machine in shifted if machine]
    numbers = {row.machine["n"]: n for n, (row, _) in enumerate(kept)}
    machines = [
        machine | {"n": n, "parent": numbers.get(machine["parent"])}
        for n, (_, machine) in enumerate(kept)
    ]
    if not kept:
        return marked
    theirs = heir.article.attributions.filter(gone=False).exclude(tier=Attribution.EDITOR)
    stored = list(theirs.order_by("pk"))
    if stored:
        pairs = match(
            [anchored(row.machine, row.anchor_key) for row in stored],
            [anchored(one, "") for one in machines],
        )
        ids = {kept[n][0].pk: stored[at].pk for n, at in pairs.items()}
    else:
        made = store_attributions(
            kept[0][0].last_run, heir.article, heir.text, heir.lines, machines, ruled_on=()
        )
        ids = {row.pk: pk for (row, _), pk in zip(kept, made, strict=True)}
    _carry_speakers(batch, old, heir, ids)
    return ids | marked


def _carry_marked(rows: Iterable[Attribution], old: Article, heir: Heir) -> dict[int, int]:
    """Store attributions that editors marked by pointing; return their ids, from old to new."""
    ids = {}
    for row in rows:
        spans = {name: getattr(row, name) for name in ("source", "cue", "content", "mention")}
        moved = moved_attribution(spans, heir.shift)
        if moved is None:
            continue
        made = Attribution(
            article=heir.article,
            speaker_id=speaker_there(row.speaker_id, old, heir.article) if row.speaker_id else None,
            manner=row.manner,
            **{name: moved[name] for name in spans},
            resolved_by=row.resolved_by,
            score=row.score,
            tier=row.tier,
            first_run=row.first_run,
            last_run=row.last_run,
        )
        made.anchor_key = f"{Attribution.EDITOR} {made.uid}"
        made.save()
        ids[row.pk] = made.pk
    return ids


def _carry_speakers(batch: Batch, old: Article, heir: Heir, ids: Mapping[int, int]) -> None:
    """Say that voices of both articles are the same, and carry who was ruled to be speaking."""
    identity.lock()
    same = _counterparts(old, heir.article)
    for one, other in same.items():
        if not _is_local(one):
            _link(one.pk, other.pk)
        elif (one.name, one.privacy) != (other.name, other.privacy):
            names = ("name", "privacy", "version")
            before = {name: getattr(other, name) for name in names}
            records.write(other, {"name": one.name, "privacy": one.privacy})
            after = {name: getattr(other, name) for name in names}
            record([batch.entry(other, before, after)] if heir.there else [])
    rulings = Ruling.objects.standing().filter(attribution__in=ids, field="speaker")
    for ruling in rulings.order_by("pk"):
        _carry_who(batch, ruling, old, heir, ids[ruling.attribution_id or 0])


def _link(one: int, other: int) -> None:
    """Judge two rows to be one voice, unless people judged their voices, one way or the other."""
    heads = identity.heads_of([one, other])
    first, second = heads[one], heads[other]
    if first == second or identity.pair(first, second) in identity.judged({first, second}):
        return
    left, right = identity.pair(one, other)
    IdentityJudgement.objects.get_or_create(
        one_id=left,
        other_id=right,
        defaults={
            "verdict": identity.SAME,
            "origin": IdentityJudgement.Origin.RULE,
            "score": 1.0,
            "reasons": ["the same words in a later version of the article"],
        },
    )
    identity.refresh([left, right])


def _carry_who(batch: Batch, ruling: Ruling, old: Article, heir: Heir, there: int) -> None:
    """Let a ruling on who speaks stand on an attribution of the heir, if nobody ruled there."""
    row = Attribution.objects.select_for_update().get(pk=there)
    if row.rulings.standing().filter(field="speaker").exists():
        return
    speaker = speaker_there(ruling.value, old, heir.article) if ruling.value else None
    again(ruling, batch, attribution_id=there, value=speaker).save()
    before = {"speaker": row.speaker_id, "version": row.version}
    row.speaker_id, row.version = speaker, row.version + 1
    row.save(update_fields=["speaker", "version"])
    after = {"speaker": speaker, "version": row.version}
    record([batch.entry(row, before, after)] if heir.there else [])


def _is_local(speaker: Speaker) -> bool:
    return speaker.kind in Speaker.UNNAMED


def _counterparts(old: Article, heir: Article) -> dict[Speaker, Speaker]:
    """Return the voices of the old article that the heir has too."""
    there = {(one.read_as, one.kind): one for one in heir.speakers_read.all()}
    mine = old.speakers_read.order_by("pk")
    return {one: there[key] for one in mine if (key := (one.read_as, one.kind)) in there}


def speaker_there(speaker: int, old: Article, heir: Article) -> int:
    """Return the row of a voice in the heir, made there if it is one of the old article alone."""
    row = Speaker.objects.get(pk=speaker)
    if row.article_id != old.pk or not _is_local(row):
        return row.pk
    made, _ = Speaker.objects.get_or_create(
        article=heir,
        read_as=row.read_as,
        kind=row.kind,
        defaults={
            "name": row.name,
            "privacy": row.privacy,
            **identity.columns_of(row.name, row.kind, row.privacy),
        },
    )
    return made.pk
