"""The one door: an article's text in, the reading of it out; and the same reading, redated."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from corpus.attribution.base import Attribution
from corpus.attribution.forms.labels import labels
from corpus.attribution.page import Page, page
from corpus.attribution.read import attributions
from corpus.attribution.records import doubted
from corpus.attribution.said_when import with_dates
from corpus.attribution.tiers import heard
from corpus.attribution.voices import Vouched, voices
from corpus.dating import Published, events, from_given
from corpus.dating import published as date_of
from corpus.edtf import bounds
from corpus.findings import Claim, Reading, Scope, text_digest
from corpus.patterns import plain_blanks
from corpus.quantities import read
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression, Interval, Resolved, resolve
from corpus.quotes import quotations
from corpus.readers import Record
from corpus.sentences import sentences
from corpus.spans import Span
from corpus.speakers.people import people
from corpus.split import FoundArticle, Part
from corpus.tagging import best_tier
from corpus.tagging.base import Heard

ENGINE = "1.3"
READ_ROLES = frozenset(("headline", "body"))
WORD_RE = re.compile(r"[^\W\d_]+")
LANGUAGE_WORDS = 40
"""From this many words on, a text without English function words counts as another language."""
ENGLISH_SHARE = 0.12
FUNCTION_WORDS = frozenset(
    ("the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "was", "on", "with", "as",
     "are", "by", "be", "at", "from", "he", "she", "said", "has", "have", "not", "this", "its",
     "they", "which", "were", "will", "or", "an", "but", "had")
)  # fmt: skip
PREVIOUS, REPORTED = "previous", "reported"
"""The anchors of what counts from a period named before: "a year earlier", "a year ago"."""
PERIODS = ("month", "quarter", "half", "year", "season", "fiscal")
CLOCK_RE = re.compile(r"T[0-9:]+")
LOOK_BACK, REPORT = 600, 1500
"""Numbers of code points after which a day, and a period that is reported on, are forgotten."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A resolved expression, and what it was resolved against if not the publication date."""

    resolved: Resolved
    anchor: str | None
    expression: Expression | None = None


NOT_DATED: dict[str, Any] = dict.fromkeys(field.name for field in fields(Resolved))


def extract(
    text: str,
    published: str | None = None,
    *,
    headline: str | None = None,
    byline: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    language: str | None = None,
    parts: Sequence[Part] = (),
    id: str | None = None,
    tier: str | None = None,
    figures_only: bool = False,
) -> Reading:
    """Return everything found in `text`, whose parts (headline, dateline ...) are `parts`.

    `published` is an EDTF date that wins over the text's. What is not English is not read, says
    `unread`. `tier` reads voices, by default the best there is, as the reading says; with
    `figures_only` where figures need them, and where dates alone do, the light tier reads.

    Raises:
        ValueError: if `published` is no EDTF date, or there is no such tier.
    """
    given = from_given(published) if published is not None else Published()
    if not _is_english(text, language):
        tier, digest = best_tier(tier), text_digest(text)
        return Reading(id, ENGINE, tier, digest, given, (), (), (), "language")
    words = plain_blanks(text)
    lines = sentences(words, parts)
    found = read(text, lines)
    when = date_of(words, parts, found, published, url)
    around = page(words, lines, quotations(words), people(words, lines))
    tagged, said = _said(around, found.quantities if figures_only else None, tier)
    dates = _resolve(_expressions(found.quantities), when, events(words, found, when))
    quantities = [q for q in found.quantities if _is_read(q.span, parts)]
    vouched = _vouched(around, [q.span for q in quantities], said, dates)
    return Reading(
        id=id,
        engine=ENGINE,
        tier=tagged.tier,
        text_sha256=text_digest(text),
        published=when,
        attributions=tuple(with_dates(around, said, _days(found.quantities, dates))),
        claims=tuple(
            _claim(text, quantity, voice, dates, _sentence(quantity.span, lines, around.starts))
            for quantity, voice in zip(quantities, vouched, strict=True)
        ),
        designators=tuple((d, d.span.cut(text)) for d in found.designators),
        fallbacks=tuple(tagged.fallbacks),
    )


def extract_record(
    record: Record,
    article: FoundArticle,
    *,
    tier: str | None = None,
    figures_only: bool = False,
) -> Reading:
    """Return the reading of an article of a record, with what the record says of it.

    Raises:
        ValueError: as `extract`.
    """
    known = {key: record.meta.get(key) for key in ("id", "byline", "outlet", "url", "language")}
    headline, published = article.headline or None, record.meta.get("published")
    return extract(
        article.text, published, headline=headline, parts=article.parts,
        tier=tier, figures_only=figures_only, **known,
    )  # fmt: skip


def _days(quantities: Sequence[Quantity], dates: Mapping[Span, Dated]) -> dict[Span, str | None]:
    """Return the EDTF value of each date, by its place and in the order of the text."""
    named = (q.span for q in quantities if q.kind == "date" and q.span in dates)
    return {span: dates[span].resolved.edtf for span in named}


def _said(
    around: Page, figures: Sequence[Quantity] | None, tier: str | None
) -> tuple[Heard, list[Attribution]]:
    """Return what the tagger of a tier heard, and the attributions read with its help."""
    turns = labels(around.text, around.lines)
    tagged = heard(around, turns, tier, figures)
    return tagged, attributions(around, turns, tagged)


def _vouched(
    around: Page,
    places: Sequence[Span],
    said: Sequence[Attribution],
    dates: Mapping[Span, Dated],
) -> list[Vouched]:
    """Return the voice of the figure at each place."""
    first = voices(around.text, places, said, around.spans, around.quotations)
    return doubted(around.text, places, first, said, _years(dates))


def redate(reading: Reading, published: str | None) -> Reading:
    """Return the same reading with this publication date and every relative date re-resolved.

    Nothing but dates changes; the text is not needed.

    Raises:
        ValueError: if `published` is no EDTF date.
    """
    known = from_given(published) if published is not None else Published()
    places = [(claim.span, claim.calendar) for claim in reading.claims if claim.calendar]
    bound = {
        claim.span: _interval(claim.anchor)
        for claim in reading.claims
        if claim.anchor and claim.calendar and claim.calendar.anchor not in (PREVIOUS, REPORTED)
    }
    dates = _resolve(places, known, bound)
    return replace(
        reading,
        published=known,
        attributions=tuple(
            replace(one, said_when=dates[one.said_when_span].resolved.edtf)
            if one.said_when_span in dates
            else one
            for one in reading.attributions
        ),
        claims=tuple(_redated(claim, dates.get(claim.span), known) for claim in reading.claims),
    )


def redate_claim(machine: Mapping[str, Any], published: Published) -> dict[str, Any]:
    """Return one claim's JSON with its dates resolved anew for this publication date.

    "The year before" keeps the period it was read against, as the claim's `anchor` names it.

    Raises:
        ValueError: if the claim's `calendar` or `anchor` is none.
    """
    redated = dict(machine)
    if machine.get("calendar") is not None:
        expression = Expression.from_json(machine["calendar"])
        anchor = _interval(machine["anchor"]) if machine.get("anchor") else None
        redated |= asdict(_dated(expression, published, anchor).resolved)
    scope = machine.get("scope")
    if scope and scope.get("calendar") is not None:
        found = _dated(Expression.from_json(scope["calendar"]), published, None).resolved
        when = {"edtf": found.edtf, "earliest": found.earliest, "latest": found.latest}
        redated["scope"] = scope | when
    return redated


def _redated(claim: Claim, date: Dated | None, known: Published) -> Claim:
    if date and claim.calendar:
        claim = replace(claim, anchor=date.anchor, **asdict(date.resolved))
    if claim.scope and claim.scope.calendar:
        claim = replace(claim, scope=_scope(claim.scope, known))
    return claim


def _scope(scope: Scope, known: Published) -> Scope:
    assert scope.calendar is not None
    found = resolve(scope.calendar, known.interval)
    return replace(scope, edtf=found.edtf, earliest=found.earliest, latest=found.latest)


def _resolve(
    places: Iterable[tuple[Span, Expression]], known: Published, bound: Mapping[Span, Interval]
) -> dict[Span, Dated]:
    """Resolve calendar expressions in text order; "the year before" looks back to what it can."""
    dates: dict[Span, Dated] = {}
    named: dict[str, tuple[int, Interval]] = {}
    for span, expression in places:
        anchor = bound.get(span) or _named_before(expression, span.start, named)
        dates[span] = date = _dated(expression, known, anchor)
        found = date.resolved
        if not found.edtf or expression.form == "duration":
            continue
        days = CLOCK_RE.sub("", found.edtf)
        place = span.end, Interval(found.earliest, found.latest, days)
        named["any"] = place
        if expression.anchor == "publication":
            if (expression.unit or expression.form) in PERIODS:
                named["period"] = place
            told = expression.direction != "future"  # a report is of a quarter that has ended
            if told and (expression.unit or expression.form) in ("quarter", "half"):
                named[REPORTED] = place
    return dates


def _named_before(
    expression: Expression, start: int, named: Mapping[str, tuple[int, Interval]]
) -> Interval | None:
    """Return what the expression counts from, if it was named near enough before.

    "A year earlier" means the quarter or year the text is about, not the Monday of the news; what
    is itself counted from a period is passed over, so that two of them mean the same year.
    """
    if expression.anchor == REPORTED:
        order = [(REPORTED, REPORT)]
    elif expression.anchor == PREVIOUS and expression.unit == "year":
        order = [("period", REPORT), ("any", LOOK_BACK)]
    elif expression.anchor == PREVIOUS:
        order = [("any", LOOK_BACK)]
    else:
        return None
    for kind, far in order:
        if kind in named and start - named[kind][0] <= far:
            return named[kind][1]
    return None


def _dated(expression: Expression, known: Published, anchor: Interval | None) -> Dated:
    """Resolve one expression; an anchor is the day of an event, or the period named before."""
    if expression.anchor in (PREVIOUS, REPORTED):
        found = resolve(expression, known.interval, anchor)
        return Dated(found, anchor.edtf if anchor else None, expression)
    if anchor is None:
        return Dated(resolve(expression, known.interval), None, expression)
    day = Resolved(anchor.edtf, anchor.earliest, anchor.latest, timex_value=anchor.edtf)
    return Dated(day, anchor.edtf, expression)


def _interval(edtf: str) -> Interval:
    return Interval(*bounds(edtf), edtf)


def _is_english(text: str, language: str | None) -> bool:
    """Tell by the language given, by the script, or by function words in a text long enough."""
    if language:
        return language.lower().split("-")[0] in ("en", "eng", "english")
    words = [match[0].lower() for match in WORD_RE.finditer(text)]
    if 2 * sum(word.isascii() for word in words) < len(words):
        return False
    common = sum(word in FUNCTION_WORDS for word in words)
    return len(words) < LANGUAGE_WORDS or common >= ENGLISH_SHARE * len(words)


def _is_read(span: Span, parts: Sequence[Part]) -> bool:
    """Tell whether a place is in a headline or the body, not in a byline or a printed date."""
    return not any(part.span.overlaps(span) for part in parts if part.role not in READ_ROLES)


def _claim(
    text: str,
    quantity: Quantity,
    voice: Vouched,
    dates: Mapping[Span, Dated],
    sentence: Span,
) -> Claim:
    date = dates.get(quantity.span)
    return Claim(
        kind=quantity.kind,
        start=quantity.span.start,
        end=quantity.span.end,
        surface=quantity.span.cut(text),
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        comparator=quantity.comparator,
        vague=quantity.vague,
        unit=quantity.unit,
        per=quantity.per,
        change=quantity.change,
        concept=quantity.concept,
        concept_head=quantity.concept_head,
        concept_span=quantity.concept_span,
        hedge_span=quantity.hedge_span,
        scope=_scope_of(text, quantity, dates),
        anchor=date.anchor if date else None,
        **(asdict(date.resolved) if date else NOT_DATED),
        modality=quantity.modality,
        voice=voice.state,
        attribution=voice.attribution,
        speaker=voice.speaker,
        chain=voice.chain,
        voices=voice.voices,
        candidates=voice.candidates,
        sentence=sentence,
        rule=quantity.rule,
        score=quantity.score,
        calendar=_expression(quantity),
    )


def _years(dates: Mapping[Span, Dated]) -> dict[Span, int]:
    """Return the first year of each date that is resolved."""
    return {
        span: date.resolved.earliest // 10_000
        for span, date in dates.items()
        if date.resolved.earliest is not None
    }


def _expressions(found: Iterable[Quantity]) -> list[tuple[Span, Expression]]:
    return [(q.span, calendar) for q in found if (calendar := _expression(q))]


def _expression(quantity: Quantity) -> Expression | None:
    return quantity.calendar if isinstance(quantity.calendar, Expression) else None


def _scope_of(text: str, quantity: Quantity, dates: Mapping[Span, Dated]) -> Scope | None:
    where = quantity.place_span
    place = where.cut(text) if where else None
    date = dates.get(quantity.scope_span) if quantity.scope_span else None
    if date is None or quantity.scope_span is None:
        return Scope(None, place, where, None, None, None, where) if where else None
    found = date.resolved
    calendar = None if date.anchor else date.expression
    days = (found.earliest, found.latest)
    return Scope(found.edtf, place, quantity.scope_span, *days, calendar, where)


def _sentence(span: Span, lines: Sequence[Span], starts: Sequence[int]) -> Span:
    """Return the sentence a claim stands in, widened if the claim crosses its end."""
    first = max(0, bisect_right(starts, span.start) - 1)
    return Span(min(lines[first].start, span.start), max(lines[first].end, span.end))
