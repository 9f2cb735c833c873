"""Rulings on claims: is the figure read right, whose words are they, what is wrong with them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims import gate
from claims.columns import RULED_CLAIM_FIELDS
from claims.curation import second
from claims.curation.rulings import Outcome, finish, locked, locked_articles, put, rule
from claims.history import Batch, Stale, record
from claims.models import Article, Attribution, Claim, Ruling, Speaker
from claims.models.claim import ClaimQuerySet
from corpus.edtf import bounds
from corpus.quantities.base import COMPARATORS, KINDS, MODALITIES

Versions = Mapping[int, int] | None

_EXACT = ("value", "low", "high")
_LONGEST = {"unit": 40, "per": 60, "concept": 300, "scope_place": 200}
_CHOICES: dict[str, Iterable[str]] = {
    "kind": KINDS,
    "comparator": COMPARATORS,
    "modality": MODALITIES,
    "voice": Claim.Voice.values,
    "status": Claim.Status.values,
    "voice_status": Claim.VoiceStatus.values,
}


@transaction.atomic
def accept(
    claims: ClaimQuerySet,
    *,
    actor: User,
    voice: bool = False,
    versions: Versions = None,
) -> Outcome:
    """Rule that the figures are read right; with `voice`, that the voices are right too.

    A finding that differed from the one shown is dismissed: what the editor saw is what stands.
    """
    rulings = {"status": Claim.Status.ACCEPTED.value}
    if voice:
        rulings["voice_status"] = Claim.VoiceStatus.CONFIRMED.value
    rows = locked(claims, versions)
    machine = put(rows, _dismiss)
    unconfirmed = {row.pk for row in rows if row.voice_status == Claim.VoiceStatus.UNREVIEWED}
    return rule(
        Batch.begin("accept", actor),
        rows,
        lambda claim: rulings,
        machine=machine,
        vouched={row.pk for row in rows} if voice else unconfirmed,
    )


@transaction.atomic
def confirm(claims: ClaimQuerySet, *, actor: User, versions: Versions = None) -> Outcome:
    """Confirm as a second editor all that claims say, figure and voice as they stand.

    Those that await nobody, and those that the editor answers for himself, stay as they are.

    Raises:
        Refused: if there is none among them that somebody else accepted, or if two editors
            differ on one and `actor` may not decide.
    """
    rows = locked(claims, versions)
    if not second.may_confirm(rows, actor):
        raise gate.Refused("second: nobody confirms what nobody else accepted")
    batch, vouched = Batch.begin("confirm as second", actor), {row.pk for row in rows}
    return finish(batch, rows, vouched=vouched)


@transaction.atomic
def confirm_voice(claims: ClaimQuerySet, *, actor: User, versions: Versions = None) -> Outcome:
    """Rule that the voices are right; it says nothing about the figures."""
    rulings = {"voice_status": Claim.VoiceStatus.CONFIRMED.value}
    return rule(
        Batch.begin("confirm voice", actor), locked(claims, versions), lambda claim: rulings
    )


@transaction.atomic
def reject(
    claims: ClaimQuerySet, *, actor: User, reason: str = "", versions: Versions = None
) -> Outcome:
    """Rule that these are no right readings; no later run proposes them again.

    Raises:
        Refused: if the reason does not pass the gate.
    """
    rulings = {"status": Claim.Status.REJECTED.value}
    rows = locked(claims, versions)
    reason = gate.line("reason", reason)
    return rule(
        Batch.begin("reject", actor),
        rows,
        lambda claim: rulings,
        reason=reason,
        machine=put(rows, _dismiss),
        vouched={row.pk for row in rows},
    )


@transaction.atomic
def reopen(claims: ClaimQuerySet, *, actor: User, versions: Versions = None) -> Outcome:
    """Put claims back into the queue: proposed, with an unreviewed voice.

    A later finding that was dismissed asks again.
    """
    rulings = {
        "status": Claim.Status.PROPOSED.value,
        "voice_status": Claim.VoiceStatus.UNREVIEWED.value,
    }
    rows = locked(claims, versions)
    return rule(
        Batch.begin("reopen", actor),
        rows,
        lambda claim: {
            field: value for field, value in rulings.items() if getattr(claim, field) != value
        },
        machine=put(rows, _ask_again),
    )


@transaction.atomic
def correct(
    claim: Claim,
    fields: Mapping[str, Any],
    *,
    actor: User,
    version: int,
    reason: str = "",
) -> Outcome:
    """Rule on the value of fields of one claim; fields that hold the value already are left.

    `fields` may name any of `RULED_CLAIM_FIELDS`; values are as stored in the columns, empty
    text for none, and `chain` is a list of speaker ids, nearest voice first.

    Raises:
        Stale: if the claim no longer has `version`; its `fields` show both values.
        Refused: for an unknown field or a value that makes no sense.
    """
    checked = {field: checked_value(field, value) for field, value in fields.items()}
    (row,) = locked(Claim.objects.by_id(claim.pk))
    chain = list(row.voices.order_by("position").values_list("speaker", flat=True))
    stored = {field: chain if field == "chain" else getattr(row, field) for field in checked}
    wanted = {field: value for field, value in checked.items() if value != stored[field]}
    if row.version != version:
        raise Stale(row, {field: (wanted[field], stored[field]) for field in wanted})
    check_whole({**figure_of(row), **wanted})
    if "chain" in wanted:
        check_chain(row, wanted["chain"])
    return rule(Batch.begin("correct", actor), [row], lambda claim: wanted, reason=reason)


@transaction.atomic
def take_newer(claims: ClaimQuerySet, *, actor: User, versions: Versions = None) -> Outcome:
    """Let the engine's later finding replace the one the editor saw; other rulings stand.

    Raises:
        Refused: if a figure would contradict itself, half as ruled and half as found later.
    """
    rows = locked(claims, versions)
    machine = put(rows, _take_newer)
    outcome = finish(Batch.begin("take newer reading", actor), rows, machine=machine)
    for claim in rows:
        if claim.pk in machine:
            check_whole(figure_of(claim))
    return outcome


@transaction.atomic
def keep(claims: ClaimQuerySet, *, actor: User, versions: Versions = None) -> Outcome:
    """Stay with the reading ruled on; the same later finding does not ask again."""
    rows = locked(claims, versions)
    return finish(Batch.begin("keep reading", actor), rows, machine=put(rows, _dismiss))


@transaction.atomic
def set_voice(
    claims: ClaimQuerySet, voice: str, *, actor: User, versions: Versions = None
) -> Outcome:
    """Rule whether the claims' words are a speaker's, the article's own, or nobody can tell.

    Claims in no attribution keep their state when the words are ruled to be a speaker's.

    Raises:
        Refused: if there is no such state.
    """
    value = checked_value("voice", voice)
    rows = locked(claims, versions)
    spoken = value == Claim.Voice.ATTRIBUTED

    def wanted(claim: Claim) -> dict[str, Any]:
        fits = claim.voice != value and bool(claim.machine_chain or not spoken)
        return {"voice": value} if fits else {}

    return rule(Batch.begin("set voice state", actor), rows, wanted)


@transaction.atomic
def set_speaker_of_attribution(
    attribution: Attribution, speaker: Speaker | None, *, actor: User, version: int
) -> Outcome:
    """Rule who is speaking in an attribution; every claim in it follows.

    Raises:
        Stale: if the attribution no longer has `version`.
        Refused: if the speaker is a voice of another article.
    """
    locked_articles(Article.objects.filter(pk=attribution.article_id))
    claims = locked(Claim.objects.filter(article=attribution.article_id))
    row = Attribution.objects.select_for_update(no_key=True).get(pk=attribution.pk)
    new = speaker.pk if speaker else None
    if row.version != version:
        raise Stale(row, {"speaker": (new, row.speaker_id)})
    if speaker and speaker.is_local and speaker.article_id != row.article_id:
        raise gate.Refused(f"speaker: “{speaker}” is a voice of another article")
    batch = Batch.begin("set speaker", actor)
    earlier = row.rulings.standing().filter(field="speaker").first()
    if earlier and earlier.value == new:
        return Outcome(batch.uid, 0, 1)
    before = {"speaker": row.speaker_id, "version": row.version}
    row.rulings.filter(field="speaker").update(standing=False)
    Ruling.objects.create(
        attribution=row,
        field="speaker",
        value=new,
        replaced=earlier,
        batch=batch.uid,
        actor=actor,
        run_seen=row.last_run,
    )
    row.speaker, row.version = speaker, row.version + 1
    row.save(update_fields=["speaker", "version"])
    record([batch.entry(row, before, {"speaker": new, "version": row.version})])
    outcome = finish(batch, [claim for claim in claims if row.pk in claim.machine_chain])
    return Outcome(batch.uid, outcome.changed + 1, outcome.unchanged)


def checked_value(field: str, value: Any) -> Any:
    """Return a ruling's value as it is stored.

    Raises:
        Refused: for an unknown field or a value the field cannot hold, naming both.
    """
    if field not in RULED_CLAIM_FIELDS:
        raise gate.Refused(f"{field}: not a field of a claim that can be ruled on")
    if field in _CHOICES and value not in _CHOICES[field]:
        allowed = ", ".join(_CHOICES[field])
        raise gate.Refused(f"{field}: {value!r} is not one of {allowed}")
    if field in _EXACT:
        return gate.exact(field, value) if value else ""
    if field in _LONGEST:
        return gate.line(field, value, longest=_LONGEST[field])
    if field in {"edtf", "scope_edtf"}:
        return checked_edtf(field, value)
    if field == "change":
        return _checked_change(value)
    if field == "chain":
        if not isinstance(value, list) or not all(map(_is_id, value)):
            raise gate.Refused("chain: give a list of speaker ids, nearest voice first")
        return value
    return bool(value) if field == "vague" else value


def checked_edtf(field: str, value: str) -> str:
    """Return an EDTF text, or the empty text.

    Raises:
        Refused: if it is no EDTF of levels 0 and 1.
    """
    text = gate.line(field, value, longest=60)
    try:
        bounds(text) if text else None
    except ValueError as error:
        raise gate.Refused(f"{field}: {error}") from error
    return text


def _is_id(value: Any) -> bool:
    return type(value) is int and 0 < value < 2**63


def _checked_change(value: Any) -> Any:
    if value is None:
        return None
    if not isinstance(value, dict) or value.get("direction") not in {"increase", "decrease"}:
        raise gate.Refused("change: give its direction, increase or decrease, or nothing")
    return gate.data("change", value)


def figure_of(claim: Claim) -> dict[str, Any]:
    """Return what `check_whole` looks at, as it is stored."""
    return {name: getattr(claim, name) for name in (*_EXACT, "voice")}


def check_whole(figure: Mapping[str, Any]) -> None:
    """Refuse a figure that contradicts itself.

    Raises:
        Refused: for a value beside bounds, bounds in the wrong order, or speakers of no voice.
    """
    if figure["value"] and (figure["low"] or figure["high"]):
        raise gate.Refused("value: give either one value or low and high, not both")
    low, high = figure["low"], figure["high"]
    if low and high and gate.fraction(low) > gate.fraction(high):
        raise gate.Refused(f"low: {low} is above high, {high}")
    if figure.get("chain") and figure["voice"] != Claim.Voice.ATTRIBUTED:
        raise gate.Refused("chain: only a claim whose voice is attributed has speakers")


def check_chain(claim: Claim, chain: list[int]) -> None:
    """Refuse voices that the claim's article cannot know.

    Raises:
        Refused: for a voice of another article only, or one that is given twice.
    """
    known = Speaker.objects.known_to(claim.article_id).filter(pk__in=chain)
    if known.count() != len(chain):
        raise gate.Refused("chain: each voice must be a different speaker known to this article")


def _dismiss(claim: Claim) -> None:
    if claim.newer:
        claim.newer = {**claim.newer, "dismissed": True}


def _ask_again(claim: Claim) -> None:
    if claim.newer:
        claim.newer = {**claim.newer, "dismissed": False}


def _take_newer(claim: Claim) -> None:
    if claim.newer:
        claim.machine, claim.machine_chain = claim.newer["finding"], claim.newer["chain"]
        claim.newer = None
