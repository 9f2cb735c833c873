"""The second pair of eyes: where the installation asks for it, another editor confirms.

`SECOND_EDITOR` says for which claims. While a claim is awaited or disputed it is not public,
whatever way it was ruled on: `after` decides, and everything that changes claims asks it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User

from claims import gate
from claims.columns import Changed, Rulings, stale
from claims.models import Claim, Ruling, Speaker

FIELD = "second"
PERSONS = "persons"
EVERY = "all"

Second = Claim.Second

VOICE = "voice_status"
_VOICED = Claim.VoiceStatus.CONFIRMED

READING = frozenset(
    {
        *("status", "voice_status", "kind", "value", "low", "high", "comparator", "vague", "unit"),
        *("per", "change", "concept", "modality", "edtf", "scope_edtf", "scope_place", "voice"),
        *("chain", "speaker_id", "ultimate_id", "start", "end"),
    }
)
"""What a claim says: whoever changes any of it has looked at it alone."""


@dataclass(frozen=True, slots=True)
class Look:
    """What an action of one editor does to a claim.

    `author` answers for what the claim says now, `voiced` for its voice alone, which he confirmed;
    in a dispute `others` are those who differ. `vouched` means that the editor stands for all the
    claim says after the action.
    """

    state: str
    author: int | None
    voiced: int | None
    others: frozenset[int]
    status: str
    changed: frozenset[str]
    vouched: bool
    needed: bool


def after(look: Look, actor: User) -> str:
    """Return the state of a claim after an action.

    Nobody confirms his own: who vouches for a claim whose voice he confirmed himself becomes its
    author, and another one confirms it.

    Raises:
        Refused: if two editors differ on it, and `actor` is one of them or no chief editor.
    """
    acts = bool(look.changed) or look.vouched
    if not acts:
        return look.state
    if look.state == Second.DISPUTED:
        if actor.pk in look.others or not actor.has_perm("claims.adjudicate_claim"):
            raise gate.Refused(
                "second: two editors differ on this claim; a chief editor who is neither decides"
            )
        return Second.CONFIRMED
    awaits_him = look.state == Second.AWAITED and look.author != actor.pk
    if look.status != Claim.Status.ACCEPTED:
        rejects = awaits_him and look.status == Claim.Status.REJECTED
        return Second.DISPUTED if rejects else Second.NONE
    if not look.needed:
        return Second.NONE
    if awaits_him and not look.changed:
        return Second.AWAITED if look.voiced == actor.pk else Second.CONFIRMED
    if awaits_him and look.changed != {VOICE}:
        return Second.DISPUTED
    return Second.AWAITED if look.changed else look.state


def wanted(
    actor: User | None, claims: Sequence[Claim], vouched: Collection[int], rulings: Rulings
) -> dict[int, str]:
    """Return the new state of claims whose `rulings` are stored and columns not yet computed.

    Only of those whose state changes, or who answers for it: whoever only confirms the voice of
    what another accepted leaves the figure to him. Where nobody asks for a second pair of eyes it
    costs no statement.
    """
    policy = frozenset(settings.SECOND_EDITOR)
    if actor is None or not (policy or any(claim.second for claim in claims)):
        return {}
    changed = {row.claim.pk: row for row in stale(claims, rulings)}
    persons = _persons(claims, changed) if PERSONS in policy else frozenset()
    asked = [claim.pk for claim in claims if claim.second]
    standing, voiced = _standing(asked), _standing(asked, VOICE)
    found = {}
    for claim in claims:
        row = changed.get(claim.pk) or Changed(claim, {}, {})
        stated = standing.get(claim.pk), voiced.get(claim.pk)
        look = _look(claim, row, *stated, claim.pk in vouched, policy, persons)
        state = after(look, actor)
        takes_over = state == Second.AWAITED and look.vouched and look.author != actor.pk
        if state != claim.second or takes_over:
            found[claim.pk] = state
    return found


def may_confirm(claims: Sequence[Claim], actor: User) -> bool:
    """Tell whether any of the claims awaits a second editor, and `actor` is not the first."""
    awaited = [claim.pk for claim in claims if claim.second]
    return any(ruling.actor_id != actor.pk for ruling in _standing(awaited).values())


def _look(
    claim: Claim,
    row: Changed,
    ruling: Ruling | None,
    voice: Ruling | None,
    vouched: bool,
    policy: frozenset[str],
    persons: Collection[int],
) -> Look:
    def now(name: str) -> Any:
        return row.after.get(name, getattr(claim, name))

    voices = {now("speaker_id"), now("ultimate_id")}
    earlier = ruling.replaced if ruling else None
    return Look(
        state=claim.second,
        author=ruling.actor_id if ruling else None,
        voiced=voice.actor_id if voice and voice.value == _VOICED else None,
        others=frozenset(one.actor_id for one in (ruling, earlier) if one),
        status=now("status"),
        changed=READING & row.after.keys(),
        vouched=vouched,
        needed=bool(policy & {EVERY, now("kind")}) or bool(voices & set(persons)),
    )


def _standing(claims: Iterable[int], field: str = FIELD) -> dict[int, Ruling]:
    rows = Ruling.objects.standing().filter(field=field, claim__in=list(claims))
    return {row.claim_id or 0: row for row in rows.select_related("replaced")}


def _persons(claims: Iterable[Claim], changed: Mapping[int, Changed]) -> frozenset[int]:
    """Return which of the claims' speakers, before and after, are persons with a name."""
    rows = [row.after for row in changed.values()]
    ids = {pk for claim in claims for pk in (claim.speaker_id, claim.ultimate_id)}
    ids |= {row.get(name) for row in rows for name in ("speaker_id", "ultimate_id")}
    known = [pk for pk in ids if pk is not None]
    named = Speaker.objects.filter(pk__in=known, kind=Speaker.Kind.PERSON)
    return frozenset(named.values_list("pk", flat=True))
