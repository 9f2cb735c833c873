"""Log entries put into words for editors."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db.models import Model

from claims import phrases
from claims.models import Change, IdentityJudgement, Speaker

LABELS = {
    "edtf": "date (EDTF)",
    "scope_edtf": "scope: period (EDTF)",
    "scope_place": "scope: place",
    "chain": "voices, nearest first",
    "voice_status": "voice reviewed",
    "per": "per (rate)",
    "published": "published (EDTF)",
}
"""Field names in words, where the name itself is not enough."""

_MOST = 8  # items of a list that are named one by one

_MACHINERY = {
    *("version", "number_low", "number_high", "concept_head", "is_public"),
    *("date_earliest", "date_latest", "scope_earliest", "scope_latest"),
    *("published_earliest", "published_latest", "speaker_id", "ultimate_id"),
    *("machine", "machine_chain", "newer", "actor_id"),
}


def label(field: str) -> str:
    """Return the name of a field as an editor reads it."""
    return LABELS.get(field, field.replace("_", " "))


def shown(value: Any) -> str:
    """Return a stored value as words."""
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict) and "direction" in value:
        words = phrases.change(value).removeprefix(", ")
        return words + (", “by” or “to” is open" if value.get("ambiguous") else "")
    if isinstance(value, list):
        return ", ".join(map(shown, value)) if len(value) <= _MOST else f"{len(value)} of them"
    return str(value)


def differences(
    entry: Change, names: Mapping[Any, str] = MappingProxyType({})
) -> list[tuple[str, str, str]]:
    """Return what a log entry changed: field, before, after.

    In the engine's entries what it did not do is left out. `names` maps ids of speakers to
    names; without one the id is shown.
    """
    did = {n: value for n, value in entry.after.items() if value or n in entry.before}
    return compared(entry.before, did, names)


def compared(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    names: Mapping[Any, str] = MappingProxyType({}),
) -> list[tuple[str, str, str]]:
    """Return the fields that `after` says otherwise: field, before, after; computed ones apart."""

    def said(field: str, value: Any) -> str:
        if field == "chain":
            return shown([names.get(pk, pk) for pk in value or []])
        return shown(names.get(value, value) if field == "speaker" else value)

    pairs = [
        (label(field), said(field, before.get(field)), said(field, value))
        for field, value in sorted(after.items())
        if field not in _MACHINERY
    ]
    return [pair for pair in pairs if pair[1] != pair[2]]


def log(row: Model, *, most: int) -> list[tuple[Change, list[tuple[str, str, str]]]]:
    """Return the newest log entries of a row, each with what it changed."""
    changes = Change.objects.of(row)
    if isinstance(row, Speaker):
        judgements = IdentityJudgement.objects.touching([row.pk]).values("pk")
        judged = Change.objects.filter(object_type="identityjudgement", object_id__in=judgements)
        changes = (changes | judged).order_by("-id")
    entries = list(changes[:most])
    values = [side for entry in entries for side in (entry.before, entry.after)]
    speakers = {pk for side in values for pk in (side.get("chain") or [])}
    speakers |= {side["speaker"] for side in values if side.get("speaker")}
    names = dict(Speaker.objects.filter(pk__in=speakers).values_list("pk", "name"))
    return [(entry, [*_whom(entry), *differences(entry, names)]) for entry in entries]


def _whom(entry: Change) -> list[tuple[str, str, str]]:
    """Return whom a judgement is about, which its fields do not say."""
    return [("speakers", "", entry.object_name)] if entry.object_type == "identityjudgement" else []
