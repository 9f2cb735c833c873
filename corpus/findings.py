"""Findings: all that one reading of an article returns, to JSON and, checked, back from it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeVar

from corpus.attribution.base import MANNERS, Attribution
from corpus.dating import Published
from corpus.edtf import bounds
from corpus.quantities.base import COMPARATORS, KINDS, MODALITIES, Change, Designator
from corpus.quantities.calendar import Expression
from corpus.spans import Span

SCHEMA = 1
VOICES = ("attributed", "own", "undetermined")
SPEAKER_KINDS = ("person", "group", "organisation", "document", "role")
BASES = ("given", "metadata", "dateline", "url", "inferred", "none")
EXACT_RE = re.compile(r"-?[0-9]{1,200}(?:\.[0-9]{1,200}|/0{0,9}[1-9][0-9]{0,190})?")
TEXTS = ("unit", "per", "concept", "concept_head", "edtf", "timex_type", "timex_value",
         "unresolved", "speaker")  # fmt: skip
UNSTORABLE_RE = re.compile("[\x00\ud800-\udfff]")
LARGEST_DAY = 10**13
DEEPEST = 16  # attributions embedded in one another

T = TypeVar("T")


class FindingsError(ValueError):
    """A reading made elsewhere breaks the rules; the message begins with the place, `claims[3]`."""


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
    """What one engine version says of one article; `unread` is a reason if it was not read."""

    id: str | None
    engine: str
    tier: str
    text_sha256: str
    published: Published
    attributions: tuple[Attribution, ...]
    claims: tuple[Claim, ...]
    designators: tuple[tuple[Designator, str], ...]
    unread: str | None = None

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
        }


def from_json(data: object, text: str | None = None) -> Reading:
    """Read back what `Reading.to_json` wrote, trusting nothing; unknown keys are ignored.

    With `text`, the digest is compared and every span must lie in the text and give back its
    surface.

    Raises:
        FindingsError: naming the place, such as `claims[3].start`.
    """
    node = _Node(data, "", text)
    if node.get("schema").whole() != SCHEMA:
        raise FindingsError(f"schema: this version reads schema {SCHEMA} only")
    digest = node.get("text_sha256")
    if not re.fullmatch("[0-9a-f]{64}", digest.text()):
        raise digest.wrong("64 hexadecimal digits")
    if text is not None and digest.value != text_digest(text):
        raise digest.wrong("the digest of the article's text")
    reading = Reading(
        id=node.get("id").maybe(_Node.text),
        engine=node.get("engine").text(),
        tier=node.get("tier").text(),
        text_sha256=digest.text(),
        published=_published(node.get("published")),
        attributions=node.get("attributions").each(_attribution),
        claims=node.get("claims").each(_claim),
        designators=node.get("designators").each(_designator),
        unread=node.get("unread").maybe(_Node.text),
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


@dataclass(frozen=True, slots=True)
class _Node:
    """A foreign JSON value, the path that leads to it, and the text its spans are in."""

    value: Any
    path: str
    article: str | None

    def wrong(self, wanted: str) -> FindingsError:
        shown = repr(self.value)
        shown = shown if len(shown) <= 60 else shown[:57] + "..."
        return FindingsError(f"{self.path or 'reading'}: {shown} is not {wanted}")

    def get(self, key: str) -> _Node:
        if not isinstance(self.value, dict):
            raise self.wrong("an object")
        path = f"{self.path}.{key}" if self.path else key
        return _Node(self.value.get(key), path, self.article)

    def each(self, read: Callable[[_Node], T]) -> tuple[T, ...]:
        if not isinstance(self.value, list):
            raise self.wrong("a list")
        items = enumerate(self.value)
        return tuple(read(_Node(item, f"{self.path}[{n}]", self.article)) for n, item in items)

    def maybe(self, read: Callable[[_Node], T]) -> T | None:
        return None if self.value is None else read(self)

    def optional(self, read: Callable[[_Node], object], *keys: str) -> dict[str, Any]:
        return {key: self.get(key).maybe(read) for key in keys}

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.wrong("a text")
        if UNSTORABLE_RE.search(self.value):
            raise self.wrong("free of NUL and lone surrogates")
        return self.value

    def one_of(self, words: Iterable[str]) -> str:
        if self.value not in (allowed := tuple(words)):
            raise self.wrong(f"one of {', '.join(allowed)}")
        return self.text()

    def exact(self) -> str:
        if not EXACT_RE.fullmatch(self.text()):
            raise self.wrong("an exact number such as 12, -0.5 or 1/3")
        return self.text()

    def made(self, make: Callable[[Any], T]) -> T:
        try:
            return make(self.value)
        except ValueError as error:
            raise FindingsError(f"{self.path}: {error}") from None

    def days(self) -> str:
        text = self.text()
        self.made(bounds)
        return text

    def whole(self) -> int:
        if type(self.value) is not int or abs(self.value) > LARGEST_DAY:
            raise self.wrong("a whole number within bounds")
        return self.value

    def truth(self) -> bool:
        if type(self.value) is not bool:
            raise self.wrong("true or false")
        return self.value

    def portion(self) -> float:
        if type(self.value) not in (int, float) or not 0 <= self.value <= 1:
            raise self.wrong("a number from 0 to 1")
        return float(self.value)

    def span(self) -> Span:
        ends = self.each(_Node.whole)
        if len(ends) != 2 or not 0 <= ends[0] < ends[1]:
            raise self.wrong("a span [start, end] with 0 <= start < end")
        if self.article is not None and ends[1] > len(self.article):
            raise self.wrong(f"a span inside the text of {len(self.article)} code points")
        return Span(*ends)

    def marked(self) -> tuple[Span, str]:
        """Read `start`, `end` and the `surface` that must stand there."""
        start, end, surface = self.get("start"), self.get("end"), self.get("surface")
        if not 0 <= start.whole() < end.whole():
            raise start.wrong("before its end")
        if self.article is not None and end.whole() > len(self.article):
            raise end.wrong(f"inside the text of {len(self.article)} code points")
        span = Span(start.whole(), end.whole())
        if len(surface.text()) != len(span) or (
            self.article is not None and span.cut(self.article) != surface.value
        ):
            raise surface.wrong("what stands at its span")
        return span, surface.text()


def _published(node: _Node) -> Published:
    return Published(
        edtf=node.get("edtf").maybe(_Node.days),
        basis=node.get("basis").one_of(BASES),
        evidence=node.get("evidence").maybe(_Node.span),
        confidence=node.get("confidence").portion(),
        conflicts=node.get("conflicts").maybe(lambda dates: dates.each(_Node.days)) or (),
        **node.optional(_Node.whole, "earliest", "latest"),
    )


def _attribution(node: _Node) -> Attribution:
    return Attribution(
        n=node.get("n").whole(),
        manner=node.get("manner").one_of(MANNERS),
        source=node.get("source").each(_Node.span),
        cue=node.get("cue").each(_Node.span),
        content=node.get("content").each(_Node.span),
        speaker_kind=node.get("speaker_kind").maybe(lambda kind: kind.one_of(SPEAKER_KINDS)),
        candidates=node.get("candidates").each(_Node.text),
        parent=node.get("parent").maybe(_Node.whole),
        score=node.get("score").portion(),
        **node.optional(_Node.span, "mention", "said_when_span"),
        **node.optional(_Node.text, "speaker", "resolved_by", "said_when"),
    )


def _change(node: _Node) -> Change:
    return Change(
        direction=node.get("direction").one_of(("increase", "decrease")),
        start=node.get("start").maybe(_Node.exact),
        baseline=node.get("baseline").maybe(_Node.text),
        span=node.get("span").maybe(_Node.span),
        ambiguous=node.get("ambiguous").truth(),
    )


def _scope(node: _Node) -> Scope:
    return Scope(
        **node.optional(_Node.text, "edtf", "place"),
        span=node.get("span").span(),
        calendar=node.get("calendar").maybe(_calendar),
        **node.optional(_Node.whole, "earliest", "latest"),
        **node.optional(_Node.span, "place_span"),
    )


def _designator(node: _Node) -> tuple[Designator, str]:
    span, surface = node.marked()
    return Designator(span, node.get("reason").text()), surface


def _calendar(node: _Node) -> Expression:
    return node.made(Expression.from_json)


def _voices(node: _Node) -> tuple[int, ...]:
    """Read `voices`; where it is left out, a chain of one name has the claim's attribution."""
    if node.get("voices").value is not None:
        return node.get("voices").each(_Node.whole)
    only = node.get("attribution").maybe(_Node.whole)
    return () if only is None or len(node.get("chain").each(_Node.text)) != 1 else (only,)


def _claim(node: _Node) -> Claim:
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
        anchor=node.get("anchor").maybe(_Node.days),
        modality=node.get("modality").one_of(MODALITIES),
        voice=node.get("voice").one_of(VOICES),
        attribution=node.get("attribution").maybe(_Node.whole),
        chain=node.get("chain").each(_Node.text),
        voices=_voices(node),
        candidates=node.get("candidates").each(_Node.text),
        sentence=node.get("sentence").span(),
        rule=node.get("rule").text(),
        score=node.get("score").portion(),
        calendar=node.get("calendar").maybe(_calendar),
        **node.optional(_Node.exact, "value", "low", "high"),
        **node.optional(_Node.whole, "earliest", "latest"),
        **node.optional(_Node.span, "concept_span", "hedge_span"),
        **node.optional(_Node.text, *TEXTS),
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
