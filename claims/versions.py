"""The public history of a claim: what everybody saw of it when, and any version of it again.

A version is `Claim.version`: it rises with every change of a claim, also with those that nobody
sees from outside. Whoever cites version 4 of a claim that next changed for readers in version 7
gets what stood there from 4 to 6. Only what everybody saw comes back: nothing of the time before
a claim was public or while it was withdrawn; and of a claim that a reader may not see now, only
that something was shown, changed and withdrawn, and when.

What the claim says is kept (`SAID`); its article, outlet, topics, score and engine, and the names
of its voices, are told as they are now.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models.functions import Coalesce

from claims import export, public
from claims.columns import sortable
from claims.filters.readers import Reader, claims_for
from claims.models import ArticleText, Claim, PublicChange, Speaker

SAID: Final = (
    *(*public.VALUE, *public.AROUND, "voice", "chain"),
    *("speaker", "speaker_uid", "ultimate", "ultimate_uid"),
)
"""What is kept of every version, in the names of `export.COLUMNS`."""

_PLACE: Final = ("start", "end", "sentence_start", "sentence_end")
_SEVERAL: Final = ("uid", "name", "kind", "is_public")

State = Mapping[str, Any]
"""What everybody saw, as `public.seen` has it: nothing of what was empty."""
Voices = Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of `SAID` before and after a change; None or no voices: empty, or not shown."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Version:
    """A claim from one public change on: its number, and what changed.

    `at` is None where the claim was public before changes were recorded. `by` is the editor's
    public byline, else “an editor” or “the engine”. Of what a reader may not see now there are no
    differences.
    """

    number: int
    kind: str
    label: str
    at: datetime | None
    by: str
    differences: list[Difference]


def history(claim: Claim, reader: Reader) -> list[Version]:
    """Return the public changes of a claim, newest first; three statements at most."""
    changes = claim.public_changes.order_by("-version", "-id")
    rows = claims_for(reader).filter(pk=claim.pk)
    return told(changes, reader, shown=set(rows.values_list("pk", flat=True)))


def at(claim: Claim, number: int, reader: Reader) -> dict[str, Any] | None:
    """Return the row of one version in the shape of `export.COLUMNS`.

    The present version is as the reader sees it now. None if the claim did not have this version
    in public, if the record does not reach back to it, or if the reader may not see it now.
    """
    rows = claims_for(reader).filter(pk=claim.pk)
    stored, today = rows.first(), next(export.rows(rows, reader), None)
    if stored is None or today is None or number > stored.version:
        return None
    if number == stored.version:
        return today
    state = _state(stored, number)
    if state is None:
        return None
    said = _said(state, _voices([state]), reader)
    row = today | said | sortable(_whole(said)) | {"status": Claim.Status.ACCEPTED.value}
    row["label"] = export.ACCEPTED_LABEL
    row["voice_label"] = export.CONFIRMED_LABEL if "voice_status" in state else None
    if state.get("attribution_id") != stored.attribution_id:
        row["attribution"] = None
    return row | _words(stored, today, state)


def told(
    changes: Iterable[PublicChange], reader: Reader, *, shown: Collection[int]
) -> list[Version]:
    """Return public changes as a reader may read them; `shown` are the claims he may see now."""
    found = list(changes)
    voices = _voices([side for one in found for side in (one.before, one.after)])
    return [_version(one, voices, reader, one.claim_id in shown) for one in found]


def _version(change: PublicChange, voices: Voices, reader: Reader, shown: bool) -> Version:
    withdrawn = change.kind == PublicChange.Kind.WITHDRAWN
    sides = (change.before, change.after) if shown and not withdrawn else ({}, {})
    before, after = (_said(side, voices, reader) for side in sides)
    return Version(
        number=change.version,
        kind=change.kind,
        label=change.get_kind_display(),
        at=change.at,
        by=change.byline or change.get_origin_display(),
        differences=[
            Difference(name, before[name], after[name])
            for name in SAID
            if before[name] != after[name]
        ],
    )


def _state(stored: Claim, number: int) -> dict[str, Any] | None:
    """Return what everybody saw of a version before the present one, None if nothing.

    Changes are taken back from the end of the stretch in which it was public: from what is
    public now, or from what was there when it was withdrawn.
    """
    changes = list(stored.public_changes.order_by("version", "id"))
    earlier = [one for one in changes if one.version <= number]
    if not earlier or earlier[-1].kind == PublicChange.Kind.WITHDRAWN:
        return None
    later = changes[len(earlier) :]
    kinds = [one.kind for one in later]
    if PublicChange.Kind.WITHDRAWN in kinds:
        end = kinds.index(PublicChange.Kind.WITHDRAWN)
        state, later = dict(later[end].before), later[:end]
    else:
        chain = stored.voices.order_by("position").values_list("speaker", flat=True)
        state = public.seen(public.columns_of(stored, chain))
    for change in reversed(later):
        state = {name: state[name] for name in state.keys() - change.after.keys()}
        state |= change.before
    return state


def _voices(states: Iterable[State]) -> Voices:
    """Return the speakers that states name, by id, under their canonical names; one statement."""
    ids = {
        pk
        for state in states
        for pk in (*state.get("chain", ()), state.get("speaker_id"), state.get("ultimate_id"))
    }
    head = {f"head_{name}": Coalesce(f"canonical__{name}", name) for name in _SEVERAL}
    rows = Speaker.objects.filter(pk__in=ids - {None}).annotate(**head)
    return {
        row["pk"]: {name: row[f"head_{name}"] for name in _SEVERAL} | {"written": row["name"]}
        for row in rows.values("pk", "name", *head)
    }


def _said(state: State, voices: Voices, reader: Reader) -> dict[str, Any]:
    """Return the columns of `SAID` that a state, or a part of one, gives."""
    said = {name: state.get(name) for name in (*public.VALUE, *public.AROUND, "voice")}
    named = {pk: export.named(voice, reader) for pk, voice in voices.items()}
    said["vague"] = bool(said["vague"])
    said["chain"] = [named[pk] for pk in state.get("chain", ()) if pk in named]
    for name in ("speaker", "ultimate"):
        voice = named.get(state.get(f"{name}_id", 0), {"name": None, "uid": None})
        said |= {name: voice["name"], f"{name}_uid": voice["uid"]}
    return said


def _whole(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value or "" for name, value in said.items()}


def _words(stored: Claim, today: Mapping[str, Any], state: State) -> dict[str, Any]:
    """Return the words at the place of a version, where the reader may read words at all."""
    place = [state.get(name, 0) for name in _PLACE]
    if today["surface"] is None or place == [getattr(stored, name) for name in _PLACE]:
        return {}
    text = ArticleText.objects.get(pk=stored.article_id).text
    start, end, first, last = place
    return {"surface": text[start:end], "passage": text[first:last]}
