"""Effective values: the one place that computes a row's columns from machine and rulings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F

from claims import batch, gate, public
from claims.models import Article, ArticleText, Attribution, Claim, ClaimVoice, Ruling
from claims.statements import Among, Update, Written
from corpus.edtf import bounds

_TEXTS = (
    *("value", "low", "high", "unit", "per", "concept", "concept_head", "edtf", "unresolved"),
    "rule",
)

_DATED = {"date": "edtf", "scope": "scope_edtf"}
_SENTENCE = frozenset({"sentence_start", "sentence_end"})
_WORTH_A_STATEMENT = 10
"""Claims that change alike from which on one statement for them is quicker than their part of one
for all."""

RULED_CLAIM_FIELDS = (
    *("status", "voice_status", "kind", "value", "low", "high", "comparator", "vague", "unit"),
    *("per", "change", "concept", "modality", "edtf", "scope_edtf", "scope_place"),
    *("voice", "chain"),
)
"""Fields of a claim that an editor may rule on; `chain` lists speaker ids, nearest voice first."""

POINTED = ("made", "span", "attribution")
"""What editors rule by pointing at words, beside the fields: that there is a claim at all, where
it stands (start, end, surface, sentence, anchor key), and the id of an attribution they marked."""

_APART = frozenset({"chain", *POINTED})

_RULINGS = Written(
    lambda: (
        Ruling.objects.standing()
        .filter(claim__in=Among("claims"))
        .order_by()
        .values_list("claim", "field", "value")
    )
)
_SPEAKERS = Written(
    lambda: (
        Attribution.objects.filter(pk__in=Among("ids"), speaker__isnull=False)
        .order_by()
        .values_list("id", "speaker")
    )
)


@dataclass(frozen=True, slots=True)
class Changed:
    """A claim whose columns changed: the fields that differ, before and after, with `version`."""

    claim: Claim
    before: dict[str, Any]
    after: dict[str, Any]


Rulings = Mapping[int, Mapping[str, Any]]
"""What stands ruled: claim id → field → value."""


def standing_rulings(claims: Iterable[Claim]) -> dict[int, dict[str, Any]]:
    """Return the rulings of each claim that stand; one query."""
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for claim, field, value in _RULINGS(claims=[claim.pk for claim in claims]):
        found[claim][field] = value
    return found


def finding_columns(machine: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that a finding alone gives; empty text stands for null."""
    scope = machine.get("scope") or {}
    return {name: machine.get(name) or "" for name in _TEXTS} | {
        "kind": machine.get("kind"),
        "comparator": machine.get("comparator") or "=",
        "vague": bool(machine.get("vague")),
        "change": machine.get("change"),
        "modality": machine.get("modality") or "asserted",
        "score": float(machine.get("score") or 0.0),
        "scope_edtf": scope.get("edtf") or "",
        "scope_place": scope.get("place") or "",
        "voice": machine.get("voice") or Claim.Voice.UNDETERMINED,
        "status": Claim.Status.PROPOSED,
        "voice_status": Claim.VoiceStatus.UNREVIEWED,
        "second": Claim.Second.NONE,
    }


def effective(
    claim: Claim, article: Article, rulings: Mapping[str, Any], chain: Sequence[int]
) -> dict[str, Any]:
    """Return every computed column of `claim`.

    `chain` holds the ids of the machine's speakers, nearest first; a ruling on `chain` or on
    `voice` comes before it. Numbers are the exact value rounded: a single value is both ends.
    A claim that an editor made is never gone or orphaned because an engine misses it.
    """
    columns = finding_columns(claim.machine) | {
        field: value for field, value in rulings.items() if field not in _APART
    }
    columns |= sortable(columns)
    if columns["edtf"]:
        columns["unresolved"] = ""
    if "concept" in rulings:
        columns["concept_head"] = ""  # the machine's word, for the machine's concept
    voices = _voices(columns["voice"], rulings.get("chain"), chain)
    columns["speaker_id"] = _speaker(claim.machine, voices, ruled="chain" in rulings)
    columns["ultimate_id"] = voices[-1] if voices else None
    columns["to_confirm"] = bool(claim.newer and not claim.newer["dismissed"])
    columns |= _place(claim, article, rulings)
    columns["outlet_id"] = article.outlet_id
    columns["published_earliest"] = article.published_earliest
    columns["published_latest"] = article.published_latest
    columns["is_public"] = (
        columns["status"] == Claim.Status.ACCEPTED
        and columns["second"] in {Claim.Second.NONE, Claim.Second.CONFIRMED}
        and article.visibility == Article.Visibility.PUBLIC
    )
    return columns


def sortable(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return what goes with exact values and EDTF: rounded numbers, first and last days.

    A single value is both ends of its range, and the one end of a range open on one side too.
    """
    low, high = columns["low"] or columns["value"], columns["high"] or columns["value"]
    days = {name: _bounds(columns[edtf]) for name, edtf in _DATED.items()}
    return {
        "number_low": gate.rounded(low or high or None),
        "number_high": gate.rounded(high or low or None),
        **{f"{name}_earliest": first for name, (first, _) in days.items()},
        **{f"{name}_latest": last for name, (_, last) in days.items()},
    }


def _place(claim: Claim, article: Article, rulings: Mapping[str, Any]) -> dict[str, Any]:
    """Return where the claim stands, whose words it is in, and whether it is there at all."""
    place = rulings.get("span") or claim.machine
    columns: dict[str, Any] = {name: place[name] for name in ("start", "end", "surface")}
    columns["sentence_start"], columns["sentence_end"] = place["sentence"]
    found = claim.machine_chain[0] if claim.machine_chain else None
    columns["attribution_id"] = rulings.get("attribution", found)
    columns["gone"] = article.superseded or (claim.missing and not rulings)
    lost = claim.missing and not columns["gone"]
    columns["orphaned"] = lost and not rulings.get("made")
    return columns


def offer(claim: Claim, finding: dict[str, Any], chain: list[int], *, ruled: bool) -> None:
    """Put a new finding under a stored claim; the caller saves the claim, then calls `refresh`.

    `chain` holds the ids of the finding's attributions, nearest voice first. Where people ruled
    and the finding says something else than the one they saw, it stands beside it as `newer` and
    the claim asks to be confirmed, unless it was rejected or dismissed when it last said the same.
    """
    if not ruled or _said(claim.machine) == _said(finding):
        claim.machine, claim.machine_chain, claim.newer = finding, chain, None
        return
    dismissed = claim.status == Claim.Status.REJECTED
    if claim.newer and _said(claim.newer["finding"]) == _said(finding):
        dismissed = claim.newer["dismissed"]
    claim.newer = {"finding": finding, "chain": chain, "dismissed": dismissed}


def create(claims: Sequence[Claim]) -> None:
    """Store new claims, their articles loaded, with computed columns and voices.

    A handful of statements, however many claims there are.
    """
    speakers = _speakers(claims)
    voices: list[list[int]] = []
    for claim in claims:
        chain = _read_chain(claim, speakers)
        columns = effective(claim, claim.article, {}, chain)
        vars(claim).update(columns)  # no row of another table was read by an id that changes
        voices.append(_voices(columns["voice"], None, chain))
    batch.insert(claims)
    _write_voices(zip(claims, voices, strict=True))


def refresh(
    claims: Sequence[Claim], *, by: User | None = None, rulings: Rulings | None = None
) -> list[Changed]:
    """Recompute and save the columns of stored claims; return those that changed.

    Call it inside a transaction, with the rows locked and their articles loaded: a handful of
    statements, however many claims there are. `version` rises by one for each
    changed row. What changes for everybody is recorded as done `by` that editor, None for the
    engine; writing the log is the caller's part. `rulings` are those that stand, if he has them.
    """
    changed = [_set(row) for row in stale(claims, rulings)]
    moved = [row for row in changed if row.after.keys() & _SENTENCE]
    _cut_passages([row.claim for row in moved])
    # Voices go before and come after the columns that say who may see them: the changes feed
    # never takes one for shown that is not.
    rewritten = [(row.claim, row.after["chain"]) for row in changed if "chain" in row.after]
    if rewritten:
        ClaimVoice.objects.filter(claim__in=[claim.pk for claim, _ in rewritten]).delete()
    _write(moved, [row for row in changed if not row.after.keys() & _SENTENCE])
    _write_voices(rewritten)
    public.note(((row.claim, row.before, row.after) for row in changed), by)
    return changed


def stale(claims: Sequence[Claim], rulings: Rulings | None = None) -> list[Changed]:
    """Return the stored claims whose columns are not what machine and rulings give.

    Nothing is changed; the articles must be loaded. `rulings` as for `refresh`.
    """
    rulings = standing_rulings(claims) if rulings is None else rulings
    speakers, stored = _speakers(claims), public.chains([claim.pk for claim in claims])
    found: list[Changed] = []
    for claim in claims:
        chain = _read_chain(claim, speakers)
        ruled = rulings.get(claim.pk, {})
        columns = effective(claim, claim.article, ruled, chain)
        before = {name: getattr(claim, name) for name in columns}
        columns["chain"] = _voices(columns["voice"], ruled.get("chain"), chain)
        before["chain"] = stored[claim.pk]
        names = sorted(name for name in columns if columns[name] != before[name])
        if names:
            found.append(Changed(claim, _only(names, before), _only(names, columns)))
    return found


def _said(finding: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a finding says, without how it was found."""
    columns = finding_columns(finding) | {"chain": list(finding.get("chain") or [])}
    return {
        name: value
        for name, value in columns.items()
        if name not in {"score", "rule", "unresolved"}
    }


def _set(row: Changed) -> Changed:
    """Put what differs into the claim, not yet saved, and raise its version."""
    claim = row.claim
    for name, value in row.after.items():
        if name != "chain":
            setattr(claim, name, value)
    claim.version += 1
    return Changed(
        claim,
        row.before | {"version": claim.version - 1},
        row.after | {"version": claim.version},
    )


def _write(moved: Sequence[Changed], others: Sequence[Changed]) -> None:
    """Save changed columns; claims that change alike, as under one ruling, share a statement."""
    alike: dict[str, list[Changed]] = defaultdict(list)
    for row in others:
        alike[repr([pair for pair in row.after.items() if pair[0] != "version"])].append(row)
    apart = list(moved)
    for rows in alike.values():
        if len(rows) < _WORTH_A_STATEMENT and (moved or len(alike) > 1):
            apart += rows
            continue
        names = tuple(name for name in rows[0].after if name not in {"chain", "version"})
        _update_of(names)([row.claim.pk for row in rows], rows[0].after)
    if apart:
        differ = {name.removesuffix("_id") for row in apart for name in row.after} - {"chain"}
        differ |= {"passage"} if differ & _SENTENCE else set()
        Claim.objects.bulk_update([row.claim for row in apart], sorted(differ), batch_size=200)


@lru_cache(maxsize=200)
def _update_of(names: tuple[str, ...]) -> Update:
    return Update(Claim, names, version=F("version") + 1)


def _cut_passages(claims: Sequence[Claim]) -> None:
    """Cut the sentences of claims out of their texts anew; one query."""
    bodies = ArticleText.objects.in_bulk({claim.article_id for claim in claims})
    for claim in claims:
        text = bodies[claim.article_id].text
        claim.passage = text[claim.sentence_start : claim.sentence_end]


def _only(names: Iterable[str], columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: columns[name] for name in names}


def _write_voices(rows: Iterable[tuple[Claim, Sequence[int]]]) -> None:
    batch.insert(
        [
            ClaimVoice(claim_id=claim.pk, position=position, speaker_id=speaker)
            for claim, voices in rows
            for position, speaker in enumerate(voices)
        ]
    )


def _speakers(claims: Iterable[Claim]) -> dict[int, int]:
    """Return the speakers of the claims' attributions, by attribution; one query, if any."""
    chains = {pk for claim in claims for pk in claim.machine_chain}
    return dict(_SPEAKERS(ids=chains)) if chains else {}


def _read_chain(claim: Claim, speakers: Mapping[int, int]) -> list[int]:
    """Return the ids of the speakers that were read, nearest first.

    A finding that came in a data package names them itself: it has no attributions but one.
    """
    given = claim.machine.get("speakers")
    if given is not None:
        return list(given)
    return [speakers[pk] for pk in claim.machine_chain if pk in speakers]


def _voices(voice: str, ruled: Sequence[int] | None, chain: Sequence[int]) -> list[int]:
    if voice != Claim.Voice.ATTRIBUTED:
        return []
    return list(chain if ruled is None else ruled)


def _speaker(machine: Mapping[str, Any], voices: Sequence[int], *, ruled: bool) -> int | None:
    """Return the nearest voice that is not merely the reporting outlet."""
    if not voices:
        return None
    names = machine.get("chain") or []
    if ruled or len(names) != len(voices) or machine.get("speaker") not in names:
        return voices[0]
    return voices[names.index(machine["speaker"])]


@lru_cache(maxsize=10_000)
def _bounds(edtf: str) -> tuple[int | None, int | None]:
    return bounds(edtf) if edtf else (None, None)
