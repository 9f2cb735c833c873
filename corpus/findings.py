"""Findings: all that one reading of an article returns, to JSON and, checked, back from it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from corpus.attribution.base import MANNERS, STANCES, Attribution
from corpus.attribution.drafts import FORM
from corpus.dating import Published
from corpus.nodes import FindingsError as FindingsError
from corpus.nodes import Node
from corpus.quantities.base import COMPARATORS, KINDS, MODALITIES, Change, Designator
from corpus.quantities.calendar import Expression
from corpus.spans import Span
from corpus.tagging.base import Fallback

SCHEMA = 1
VOICES = ("attributed", "own", "undetermined")
SPEAKER_KINDS = ("person", "group", "organisation", "document", "role")
BASES = ("given", "metadata", "dateline", "url", "inferred", "none")
TEXTS = (
    "unit", "per", "concept", "concept_head", "edtf", "timex_type", "timex_value", "unresolved",
    "speaker",
)  # fmt: skip
DEEPEST = 16
"""Number of attributions that may be embedded in one another."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The period and place a figure is about; `span` is the date's, or without one the place's."""

    edtf: str | None
    place: str | None
    span: Span
    earliest: int | None
    latest: int | None
    calendar: Expression | None
    place_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure or date at `[start, end)` of the text, with its voice.

    `voices` are the numbers of its attributions, nearest first, and `chain` their speakers;
    `attribution` is the first, `speaker` the first that does more than report another one.
    An undetermined claim has `candidates` instead.
    `anchor` is the EDTF date a relative expression was resolved against where that is not the
    publication date; `calendar` keeps the expression itself, so that a reading can be redated.
    """

    kind: str
    start: int
    end: int
    surface: str
    value: str | None
    low: str | None
    high: str | None
    comparator: str
    vague: bool
    unit: str | None
    per: str | None
    change: Change | None
    concept: str | None
    concept_head: str | None
    concept_span: Span | None
    hedge_span: Span | None
    scope: Scope | None
    edtf: str | None
    earliest: int | None
    latest: int | None
    anchor: str | None
    timex_type: str | None
    timex_value: str | None
    unresolved: str | None
    modality: str
    voice: str
    attribution: int | None
    speaker: str | None
    chain: tuple[str, ...]
    voices: tuple[int, ...]
    candidates: tuple[str, ...]
    sentence: Span
    rule: str
    score: float
    calendar: Expression | None

    @property
    def span(self) -> Span:
        """Where the figure stands in the article's text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one engine version says of one article; `unread` is a reason if it was not read.

    `tier` is the reader of voices that ran, `fallbacks` tell where it read with less care.
    """

    id: str | None
    engine: str
    tier: str
    text_sha256: str
    published: Published
    attributions: tuple[Attribution, ...]
    claims: tuple[Claim, ...]
    designators: tuple[tuple[Designator, str], ...]
    unread: str | None = None
    fallbacks: tuple[Fallback, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the reading as JSON values in the published shape, keys in a fixed order."""
        return {
            "id": self.id,
            "schema": SCHEMA,
            "engine": self.engine,
            "tier": self.tier,
            "text_sha256": self.text_sha256,
            "published": _plain(self.published),
            "attributions": _plain(self.attributions),
            "claims": _plain(self.claims),
            "designators": [
                {"start": d.span.start, "end": d.span.end, "surface": surface, "reason": d.reason}
                for d, surface in self.designators
            ],
            "flags": [],
            "unread": self.unread,
            "fallbacks": [
                {"start": one.span.start, "end": one.span.end, "reason": one.reason}
                for one in self.fallbacks
            ],
        }


def from_json(data: object, text: str | None = None) -> Reading:
    """Read back what `Reading.to_json` wrote, trusting nothing; unknown keys are ignored.

    With `text`, the digest is compared and every span must lie in the text and give back its
    surface.

    Raises:
        FindingsError: naming the place, such as `claims[3].start`.
    """
    node = Node(data, "", text)
    if node.get("schema").whole() != SCHEMA:
        raise FindingsError(f"schema: this version reads schema {SCHEMA} only")
    digest = node.get("text_sha256")
    if not re.fullmatch("[0-9a-f]{64}", digest.text()):
        raise digest.wrong("64 hexadecimal digits")
    if text is not None and digest.value != text_digest(text):
        raise digest.wrong("the digest of the article's text")
    reading = Reading(
        id=node.get("id").maybe(Node.text),
        engine=node.get("engine").text(),
        tier=node.get("tier").text(),
        text_sha256=digest.text(),
        published=_published(node.get("published")),
        attributions=node.get("attributions").each(_attribution),
        claims=node.get("claims").each(_claim),
        designators=node.get("designators").each(_designator),
        unread=node.get("unread").maybe(Node.text),
        fallbacks=node.get("fallbacks").maybe(lambda given: given.each(_fallback)) or (),
    )
    _check_links(reading)
    return reading


def text_digest(text: str) -> str:
    """Return the SHA-256 of the text in UTF-8, which is how a reading names its article."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, Expression):
        return value.to_json()
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _published(node: Node) -> Published:
    return Published(
        edtf=node.get("edtf").maybe(Node.days),
        basis=node.get("basis").one_of(BASES),
        evidence=node.get("evidence").maybe(Node.span),
        confidence=node.get("confidence").portion(),
        conflicts=node.get("conflicts").maybe(lambda dates: dates.each(Node.days)) or (),
        **node.optional(Node.whole, "earliest", "latest"),
    )


def _attribution(node: Node) -> Attribution:
    return Attribution(
        n=node.get("n").whole(),
        manner=node.get("manner").one_of(MANNERS),
        source=node.get("source").each(Node.span),
        cue=node.get("cue").each(Node.span),
        content=node.get("content").each(Node.span),
        speaker_kind=node.get("speaker_kind").maybe(lambda kind: kind.one_of(SPEAKER_KINDS)),
        candidates=node.get("candidates").each(Node.text),
        parent=node.get("parent").maybe(Node.whole),
        stance=node.get("stance").maybe(lambda stance: stance.one_of(STANCES)) or STANCES[0],
        tier=node.get("tier").maybe(Node.text) or FORM,
        score=node.get("score").portion(),
        **node.optional(Node.span, "mention", "said_when_span"),
        **node.optional(Node.text, "speaker", "resolved_by", "said_when"),
    )


def _change(node: Node) -> Change:
    return Change(
        direction=node.get("direction").one_of(("increase", "decrease")),
        start=node.get("start").maybe(Node.exact),
        baseline=node.get("baseline").maybe(Node.text),
        span=node.get("span").maybe(Node.span),
        ambiguous=node.get("ambiguous").truth(),
    )


def _scope(node: Node) -> Scope:
    return Scope(
        **node.optional(Node.text, "edtf", "place"),
        span=node.get("span").span(),
        calendar=node.get("calendar").maybe(_calendar),
        **node.optional(Node.whole, "earliest", "latest"),
        **node.optional(Node.span, "place_span"),
    )


def _designator(node: Node) -> tuple[Designator, str]:
    span, surface = node.marked()
    return Designator(span, node.get("reason").text()), surface


def _fallback(node: Node) -> Fallback:
    start, end = node.get("start"), node.get("end")
    if not 0 <= start.whole() < end.whole():
        raise start.wrong("before its end")
    return Fallback(Span(start.whole(), end.whole()), node.get("reason").text())


def _calendar(node: Node) -> Expression:
    return node.made(Expression.from_json)


def _voices(node: Node) -> tuple[int, ...]:
    """Read `voices`; where it is left out, a chain of one name has the claim's attribution."""
    if node.get("voices").value is not None:
        return node.get("voices").each(Node.whole)
    only = node.get("attribution").maybe(Node.whole)
    return () if only is None or len(node.get("chain").each(Node.text)) != 1 else (only,)


def _claim(node: Node) -> Claim:
    span, surface = node.marked()
    claim = Claim(
        kind=node.get("kind").one_of(KINDS),
        start=span.start,
        end=span.end,
        surface=surface,
        comparator=node.get("comparator").one_of(COMPARATORS),
        vague=node.get("vague").truth(),
        change=node.get("change").maybe(_change),
        scope=node.get("scope").maybe(_scope),
        anchor=node.get("anchor").maybe(Node.days),
        modality=node.get("modality").one_of(MODALITIES),
        voice=node.get("voice").one_of(VOICES),
        attribution=node.get("attribution").maybe(Node.whole),
        chain=node.get("chain").each(Node.text),
        voices=_voices(node),
        candidates=node.get("candidates").each(Node.text),
        sentence=node.get("sentence").span(),
        rule=node.get("rule").text(),
        score=node.get("score").portion(),
        calendar=node.get("calendar").maybe(_calendar),
        **node.optional(Node.exact, "value", "low", "high"),
        **node.optional(Node.whole, "earliest", "latest"),
        **node.optional(Node.span, "concept_span", "hedge_span"),
        **node.optional(Node.text, *TEXTS),
    )
    if not claim.sentence.holds(span):
        raise node.get("sentence").wrong("a stretch that holds the claim")
    return claim


def _check_links(reading: Reading) -> None:
    """Refuse numbers that lead nowhere or round in a circle, and voices without their speaker."""
    count = len(reading.attributions)
    for n, attribution in enumerate(reading.attributions):
        if attribution.n != n:
            raise FindingsError(f"attributions[{n}].n: {attribution.n} is not its place")
        parent, depth = attribution.parent, 0
        while parent is not None:
            depth += 1
            if not 0 <= parent < count or depth > DEEPEST:
                raise FindingsError(f"attributions[{n}].parent: leads nowhere or in a circle")
            parent = reading.attributions[parent].parent
    for n, claim in enumerate(reading.claims):
        for voice in (*claim.voices, *([] if claim.attribution is None else [claim.attribution])):
            if not 0 <= voice < count:
                raise FindingsError(f"claims[{n}].voices: there is no attribution {voice}")
        attributed = claim.voice == "attributed"
        if attributed != bool(claim.chain) or len(claim.voices) != len(claim.chain):
            raise FindingsError(f"claims[{n}].voices: {claim.voice!r} needs as many as the chain")
        if attributed and (
            claim.attribution != claim.voices[0] or claim.speaker not in claim.chain
        ):
            raise FindingsError(f"claims[{n}].speaker: is not in the chain of voices")
