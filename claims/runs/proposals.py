"""Findings of a reading as claims: known again, offered to those ruled on, else proposed."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from claims import batch, columns, search
from claims.models import Article, Claim, ClaimTopic, Run, Topic
from claims.runs.anchors import Anchored, Places, claim_keys, digest, family, match
from corpus.spans import Span

_MACHINE: Final = ("machine", "machine_chain", "newer", "anchor_key")


@dataclass(frozen=True, slots=True)
class Counts:
    """What a reading did to the claims of its article; each claim counts once."""

    new: int = 0
    same: int = 0
    changed: int = 0
    gone: int = 0
    orphaned: int = 0
    to_confirm: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Progress:
    """One article done: what it changed, or the error for which it was left as it was."""

    article: Article
    counts: Counts
    error: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing did: counts, the new claims, and what changed in those that were there."""

    counts: Counts
    new: Sequence[Claim]
    changed: Sequence[columns.Changed]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding with its anchor key and the ids of its attributions, nearest voice first."""

    data: dict[str, Any]
    key: str
    chain: list[int]


def keyed(
    places: Places, findings: Sequence[dict[str, Any]], attributions: Sequence[int]
) -> list[Finding]:
    """Return the findings of a reading with their keys; `attributions` are ids by number."""
    keys = claim_keys(places, findings)
    return [
        Finding(one, key, [attributions[number] for number in _voices(one)])
        for one, key in zip(findings, keys, strict=True)
    ]


def store_claims(
    run: Run,
    article: Article,
    text: str,
    claims: Sequence[Claim],
    findings: Sequence[Finding],
    *,
    ruled: Mapping[int, Mapping[str, Any]],
) -> Stored:
    """Bring the locked `claims` of an article in line with a reading's findings.

    `ruled` holds the standing rulings of claims that people ruled on: those keep what they say,
    and one that an editor moved is known by its new place too.
    """
    pairs = match(
        [
            anchored(claim.machine, claim.anchor_key, ruled.get(claim.pk, {}).get("span"))
            for claim in claims
        ],
        [anchored(one.data, one.key) for one in findings],
    )
    _offer(claims, [(claims[at], findings[place]) for place, at in pairs.items()], ruled)
    _mark(run, claims, {claims[at].pk for at in pairs.values()})
    changed = columns.refresh(claims)
    new = [
        new_claim(run, article, text, finding)
        for place, finding in enumerate(findings)
        if place not in pairs
    ]
    _key_apart(claims, new)
    columns.create(new)
    _tag(article, new)
    return Stored(_counts(new, claims, changed), new, changed)


def anchored(
    finding: Mapping[str, Any], key: str, moved: Mapping[str, Any] | None = None
) -> Anchored:
    """Return a finding as far as knowing it again goes; `moved` is where an editor put it."""
    keys = (key, moved["key"]) if moved else (key,)
    place = moved or finding
    return Anchored(keys, family(finding["kind"]), Span(place["start"], place["end"]))


def _voices(finding: Mapping[str, Any]) -> Sequence[int]:
    """Return the numbers of the attributions a finding stands in, nearest voice first."""
    if finding["voices"] or finding["attribution"] is None:
        return list(finding["voices"])
    return [finding["attribution"]]


def _offer(
    claims: Sequence[Claim],
    pairs: Sequence[tuple[Claim, Finding]],
    ruled: Mapping[int, Mapping[str, Any]],
) -> None:
    """Put findings under the claims they are, and save what that changed.

    A claim that an editor moved keeps its first key beside that of its new place; no key is
    taken from another claim.
    """
    held = {claim.anchor_key: claim.pk for claim in claims}
    changed = []
    for claim, finding in pairs:
        before = [getattr(claim, name) for name in _MACHINE]
        columns.offer(claim, finding.data, finding.chain, ruled=claim.pk in ruled)
        moved = (ruled.get(claim.pk, {}).get("span") or {}).get("key")
        if finding.key != moved and held.get(finding.key, claim.pk) == claim.pk:
            claim.anchor_key = finding.key
        if before != [getattr(claim, name) for name in _MACHINE]:
            changed.append(claim)
    Claim.objects.bulk_update(changed, _MACHINE, batch_size=200)


def _mark(run: Run, claims: Sequence[Claim], found: Collection[int]) -> None:
    """Note which claims the reading has, in the rows and in the objects."""
    for claim in claims:
        claim.missing = claim.pk not in found
    Claim.objects.filter(pk__in=found).update(last_run=run, missing=False)
    missing = [claim.pk for claim in claims if claim.missing]
    Claim.objects.filter(pk__in=missing).update(missing=True)


def new_claim(run: Run, article: Article, text: str, finding: Finding) -> Claim:
    """Return the claim of a finding in `text`, not stored yet."""
    data = finding.data
    start, end = data["sentence"]
    values = {name: data[name] for name in ("kind", "start", "end", "surface")}
    values |= {"sentence_start": start, "sentence_end": end, "passage": text[start:end]}
    values |= {"anchor_key": finding.key, "machine": data, "machine_chain": finding.chain}
    values |= {"article_id": article.pk, "first_run_id": run.pk, "last_run_id": run.pk}
    claim = batch.new(Claim, values)
    claim.article = article
    return claim


def _key_apart(claims: Sequence[Claim], new: Sequence[Claim]) -> None:
    """Give new claims other keys where a claim holds theirs that an editor moved away."""
    held = {claim.anchor_key for claim in claims}
    for claim in new:
        if claim.anchor_key in held:
            claim.anchor_key = digest(claim.anchor_key, claim.uid)


def _tag(article: Article, claims: Sequence[Claim]) -> None:
    """Put new claims under the topics whose saved query fits sentence, concept or headline."""
    queries = [(topic, search.parse(topic.query)) for topic in Topic.objects.exclude(query="")]
    headline = search.words_of(article.headline)
    fields = [
        (claim, (search.words_of(claim.passage), search.words_of(claim.concept), headline))
        for claim in claims
    ]
    batch.insert(
        [
            ClaimTopic(claim=claim, topic=topic, origin=ClaimTopic.Origin.RULE)
            for claim, words in fields
            for topic, query in queries
            if query.fits(words)
        ]
    )


def outcome(row: columns.Changed) -> str:
    """Return what became of a changed claim: a name of `Counts`."""
    found = ("gone", "orphaned", "to_confirm")
    return next((name for name in found if row.after.get(name)), "changed")


def _counts(
    new: Sequence[Claim], claims: Sequence[Claim], changed: Sequence[columns.Changed]
) -> Counts:
    found = Counter(map(outcome, changed))
    other = {row.claim.pk for row in changed}
    same = sum(1 for claim in claims if claim.pk not in other and not claim.missing)
    return Counts(new=len(new), same=same, **found)
