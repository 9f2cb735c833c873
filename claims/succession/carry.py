"""Carrying: what was found in an article and ruled by people goes on in its successors."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import F

from claims import columns, identity
from claims.curation.rulings import count_current, locked
from claims.history import Batch
from claims.models import (
    Article,
    Attribution,
    Claim,
    ClaimTopic,
    Evidence,
    IdentityJudgement,
    Note,
    Ruling,
    Speaker,
    make_uid,
)
from claims.runs.anchors import (
    Anchored,
    Places,
    attribution_place,
    claim_keys,
    family,
    match,
)
from claims.runs.apply import part_spans
from claims.runs.attributions import store_attributions
from claims.runs.proposals import Finding, new_claim
from claims.succession.findings import moved_attribution, moved_finding, moved_place
from claims.succession.places import Shift
from corpus.sentences import sentences
from corpus.spans import Span

_CARRIED: Final = ("published", "outlet", "byline", "section", "url", "language", "visibility")
"""Rulings on an article that hold for its successors too; a headline is the words' own."""


@dataclass(frozen=True, slots=True)
class Heir:
    """An article in which words of another go on: its text, and where the other's spans stand."""

    article: Article
    text: str
    shift: Shift

    @property
    def lines(self) -> list[Span]:
        """The sentences of its text."""
        return sentences(self.text, part_spans(self.article))


@dataclass(slots=True)
class Carried:
    """What went over: claims, those of them with rulings, and ruled claims that found no place."""

    claims: int = 0
    ruled: int = 0
    left: list[Claim] = field(default_factory=list)

    def add(self, other: "Carried") -> None:
        """Count what went over from another article too."""
        self.claims += other.claims
        self.ruled += other.ruled
        self.left += other.left


def carry(batch: Batch, old: Article, heirs: Sequence[Heir]) -> Carried:
    """Carry the attributions, claims and rulings of a locked article to its successors."""
    claims = claims_of(old)
    ruled = columns.standing_rulings(claims)
    carried, placed = Carried(), set[int]()
    for heir in heirs:
        _carry_article_rulings(batch, old, heir.article)
        voices = _carry_attributions(batch, old, heir)
        pairs = _carry_claims(claims, heir, voices)
        placed |= pairs.keys()
        _carry_rulings(batch, old, heir, pairs, voices)
        _carry_stated(pairs)
        carried.claims += len(pairs)
        carried.ruled += len(pairs.keys() & ruled.keys())
        Claim.objects.bulk_update(
            [_led(claim, pairs[claim.pk]) for claim in claims if claim.pk in pairs], ["successor"]
        )
    carried.left = [claim for claim in claims if claim.pk in ruled and claim.pk not in placed]
    return carried


def claims_of(article: Article) -> list[Claim]:
    """Return the article's current claims, locked, in the order of the text."""
    claims = locked(Claim.objects.current().filter(article=article))
    for claim in claims:
        claim.article = article
    return sorted(claims, key=lambda claim: (claim.start, claim.pk))


def _led(claim: Claim, heir: Claim) -> Claim:
    claim.successor = heir
    return claim


def _carry_article_rulings(batch: Batch, old: Article, heir: Article) -> None:
    """Let what people ruled on the old article hold for its heir, where nobody ruled on that."""
    own = set(heir.rulings.standing().values_list("field", flat=True))
    rulings = old.rulings.standing().filter(field__in=_CARRIED).exclude(field__in=own)
    Ruling.objects.bulk_create(_again(ruling, batch, article=heir) for ruling in rulings)


def _again(ruling: Ruling, batch: Batch, **target: Any) -> Ruling:
    """Return a ruling for another row; it is still the ruling of whoever made it."""
    return Ruling(
        **{"value": ruling.value, **target},
        field=ruling.field,
        reason=ruling.reason,
        batch=batch.uid,
        actor_id=ruling.actor_id,
        run_seen_id=ruling.run_seen_id,
    )


def _carry_attributions(batch: Batch, old: Article, heir: Heir) -> dict[int, int]:
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
            [_anchored_attribution(row.machine, row.anchor_key) for row in stored],
            [_anchored_attribution(one, "") for one in machines],
        )
        ids = {kept[n][0].pk: stored[at].pk for n, at in pairs.items()}
    else:
        made = store_attributions(
            kept[0][0].last_run, heir.article, heir.text, heir.lines, machines, ruled_on=()
        )
        ids = {row.pk: pk for (row, _), pk in zip(kept, made, strict=True)}
    _carry_speakers(batch, old, heir.article, ids)
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


def _anchored_attribution(machine: Mapping[str, Any], key: str) -> Anchored:
    return Anchored((key,), "attribution", attribution_place(machine))


def _carry_speakers(batch: Batch, old: Article, heir: Article, ids: Mapping[int, int]) -> None:
    """Say that voices of both articles are the same, and carry who was ruled to be speaking."""
    identity.lock()
    same = _counterparts(old, heir)
    named = [pair for pair in same.items() if not _is_local(pair[0])]
    pairs = [identity.pair(one.pk, other.pk) for one, other in named]
    known = IdentityJudgement.objects.touching([one.pk for one, _ in named])
    judged = set(known.values_list("one", "other"))
    IdentityJudgement.objects.bulk_create(
        IdentityJudgement(
            one_id=one,
            other_id=other,
            verdict=identity.SAME,
            origin=IdentityJudgement.Origin.RULE,
            score=1.0,
            reasons=["the same words in a later version of the article"],
        )
        for one, other in pairs
        if (one, other) not in judged
    )
    for one, other in same.items():
        if _is_local(one) and (one.name, one.privacy) != (other.name, other.privacy):
            Speaker.objects.filter(pk=other.pk).update(name=one.name, privacy=one.privacy)
    identity.refresh([pk for pair in pairs for pk in pair])
    rulings = Ruling.objects.standing().filter(attribution__in=ids, field="speaker")
    for ruling in rulings.order_by("pk"):
        speaker = speaker_there(ruling.value, old, heir) if ruling.value else None
        there = ids[ruling.attribution_id or 0]
        _again(ruling, batch, attribution_id=there, value=speaker).save()
        Attribution.objects.filter(pk=there).update(speaker=speaker, version=F("version") + 1)


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


def _carry_claims(
    claims: Sequence[Claim], heir: Heir, voices: Mapping[int, int]
) -> dict[int, Claim]:
    """Find or make the claims of the old article in its heir; return them by the old one's id."""
    lines = heir.lines
    found = [(claim, moved_finding(claim, heir.shift, lines, voices)) for claim in claims]
    moved = [(claim, finding) for claim, finding in found if finding]
    keys = claim_keys(Places(heir.text, lines), [finding for _, finding in moved])
    there = list(Claim.objects.filter(article=heir.article).order_by("pk").select_for_update())
    pairs = match(
        [_anchored(claim.machine, claim.anchor_key) for claim in there],
        [_anchored(finding, key) for (_, finding), key in zip(moved, keys, strict=True)],
    )
    new: dict[int, Claim] = {}
    for n, ((claim, finding), key) in enumerate(zip(moved, keys, strict=True)):
        if n not in pairs:
            chain = [voices[pk] for pk in claim.machine_chain if pk in voices]
            made = new_claim(claim.last_run, heir.article, heir.text, Finding(finding, key, chain))
            made.first_run, made.missing = claim.first_run, claim.missing
            new[claim.pk] = made
    columns.create(list(new.values()))
    ClaimTopic.objects.bulk_create(
        ClaimTopic(claim=new[link.claim_id], topic_id=link.topic_id, origin=link.origin,
                   removed=link.removed)
        for link in ClaimTopic.objects.filter(claim__in=new).order_by("pk")
    )  # fmt: skip
    return new | {moved[n][0].pk: there[at] for n, at in pairs.items()}


def _anchored(finding: Mapping[str, Any], key: str) -> Anchored:
    return Anchored((key,), family(finding["kind"]), Span(finding["start"], finding["end"]))


def _carry_rulings(
    batch: Batch, old: Article, heir: Heir, pairs: Mapping[int, Claim], voices: Mapping[int, int]
) -> None:
    """Let the rulings on old claims stand on the new ones, but not over later ones made there."""
    theirs = Ruling.objects.standing().filter(claim__in=[claim.pk for claim in pairs.values()])
    standing = {(ruling.claim_id, ruling.field): ruling for ruling in theirs}
    made = []
    for ruling in Ruling.objects.standing().filter(claim__in=pairs).order_by("pk"):
        claim = pairs[ruling.claim_id or 0]
        earlier = standing.get((claim.pk, ruling.field))
        value = _moved_value(ruling, claim, old, heir, voices)
        told = value is not None or ruling.value is None
        if told and (earlier is None or (earlier.pk < ruling.pk and earlier.value != value)):
            made.append(_again(ruling, batch, claim=claim, value=value, replaced=earlier))
    replaced = [ruling.replaced_id for ruling in made if ruling.replaced_id]
    Ruling.objects.filter(pk__in=replaced).update(standing=False)
    Ruling.objects.bulk_create(made)
    columns.refresh(locked(Claim.objects.filter(article=heir.article)))
    count_current({heir.article.pk})


def _carry_stated(pairs: Mapping[int, Claim]) -> None:
    """Let evidence and notes stand beside the new claims as they stood beside the old ones."""
    for model in (Evidence, Note):
        rows: Any = model._default_manager.filter(claim__in=pairs).order_by("pk")
        for row in rows:
            row.claim = pairs[row.claim_id]
            row.pk, row.uid, row._state.adding = None, make_uid(), True
            row.save()


def _moved_value(
    ruling: Ruling, claim: Claim, old: Article, heir: Heir, voices: Mapping[int, int]
) -> Any:
    """Return what a ruling says in the heir; None if it speaks of what is not there."""
    if ruling.field == "chain":
        return [speaker_there(pk, old, heir.article) for pk in ruling.value or []]
    value: Any = ruling.value
    if ruling.field == "attribution":
        return voices.get(value)
    if ruling.field == "span":
        return moved_place(value, claim.kind, heir.text, heir.shift, heir.lines)
    return value
