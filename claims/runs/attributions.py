"""Attributions of a reading as rows: known again by their anchors, a person's ruling kept."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from claims import batch
from claims.models import Article, Attribution, Ruling, Run
from claims.runs.anchors import (
    Anchored,
    Places,
    attribution_keys,
    attribution_place,
    digest,
    match,
)
from claims.runs.voices import speakers_of, voice_of
from corpus.spans import Span

_TAKEN = ("manner", "source", "cue", "content", "mention", "candidates", "score", "tier")
_UPDATED = (*_TAKEN, "resolved_by", "said_when", "machine", "speaker", "anchor_key")


def store_attributions(
    run: Run,
    article: Article,
    text: str,
    sentences: Sequence[Span],
    found: Sequence[Mapping[str, Any]],
    *,
    ruled_on: Collection[int],
) -> list[int]:
    """Store the attributions of a reading; return their ids, in the reading's order.

    `ruled_on` are ids of attributions under claims that people ruled on: where such a one has
    another speaker now, the old row stays with its claims and a new one takes its place.
    Attributions that are not found again are marked as gone; those that editors marked are not
    the engine's and stay as they are.
    """
    rows_read = Attribution.objects.filter(article=article).exclude(tier=Attribution.EDITOR)
    stored = list(rows_read.order_by("pk").select_for_update())
    keys = attribution_keys(Places(text, sentences), sentences, text, found)
    pairs = match(
        [anchored(row.machine, row.anchor_key) for row in stored],
        [anchored(one, key) for one, key in zip(found, keys, strict=True)],
    )
    speakers = speakers_of(article, text, filter(None, map(voice_of, found)))
    ruled = _ruled_speakers(stored)
    rows: list[Attribution] = []
    changed: list[Attribution] = []
    superseded: list[Attribution] = []
    for place, (one, key) in enumerate(zip(found, keys, strict=True)):
        columns = _columns(one, key)
        voice = voice_of(one)
        columns["speaker_id"] = speakers[voice] if voice else None
        row = stored[pairs[place]] if place in pairs else None
        if row and row.pk in ruled:
            columns["speaker_id"] = row.speaker_id
        elif row and row.pk in ruled_on and row.speaker_id != columns["speaker_id"]:
            superseded.append(row)
            row = None
        row = row or Attribution(article=article, first_run=run, last_run=run)
        if _set(row, columns) and row.pk:
            changed.append(row)
        rows.append(row)
    _save(superseded, changed, [row for row in rows if not row.pk])
    _mark(run, found=[row.pk for row in rows], stored=[row.pk for row in stored])
    _link(rows, found)
    return [row.pk for row in rows]


def anchored(machine: Mapping[str, Any], key: str) -> Anchored:
    """Return an attribution as far as knowing it again goes."""
    return Anchored((key,), "attribution", attribution_place(machine))


def _ruled_speakers(stored: Sequence[Attribution]) -> set[int | None]:
    rulings = Ruling.objects.standing().filter(
        attribution__in=[row.pk for row in stored], field="speaker"
    )
    return set(rulings.values_list("attribution", flat=True))


def _columns(one: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: one[name] for name in _TAKEN} | {
        "resolved_by": one["resolved_by"] or "",
        "said_when": one["said_when"] or "",
        "machine": dict(one),
        "anchor_key": key,
    }


def _set(row: Attribution, columns: Mapping[str, Any]) -> bool:
    """Set columns; a stored row that changes gets its next version. Tell whether it changed."""
    if all(getattr(row, name) == value for name, value in columns.items()):
        return False
    for name, value in columns.items():
        setattr(row, name, value)
    row.version += 1 if row.pk else 0
    return True


def _save(
    superseded: Sequence[Attribution], changed: Sequence[Attribution], new: Sequence[Attribution]
) -> None:
    for row in superseded:
        row.anchor_key = digest("superseded", str(row.pk))
    Attribution.objects.bulk_update(superseded, ["anchor_key"])
    Attribution.objects.bulk_update(changed, [*_UPDATED, "version"], batch_size=200)
    batch.insert(new)


def _mark(run: Run, *, found: Sequence[int], stored: Sequence[int]) -> None:
    Attribution.objects.filter(pk__in=found).update(last_run=run, gone=False)
    Attribution.objects.filter(pk__in=set(stored) - set(found)).update(gone=True)


def _link(rows: Sequence[Attribution], found: Sequence[Mapping[str, Any]]) -> None:
    """Set the parents, which have ids now."""
    changed = []
    for row, one in zip(rows, found, strict=True):
        parent = None if one["parent"] is None else rows[one["parent"]].pk
        if row.parent_id != parent:
            row.parent_id = parent
            changed.append(row)
    Attribution.objects.bulk_update(changed, ["parent"])
