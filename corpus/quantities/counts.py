"""Counts: every other figure, with the noun phrase it counts: "3.74 million Chinese tourists"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus import lexicon
from corpus.numbers import CARDINALS, LETTERS, Figure, exact
from corpus.patterns import APOSTROPHE, GAP, HYPHEN, any_of, ending, starting
from corpus.quantities.base import Quantity
from corpus.quantities.nouns import Concept, concept_after, counting, plural_follows
from corpus.quantities.page import Page
from corpus.spans import Span

_DEFINITE = ending(
    rf"(?:\b(?:the|these|those|both|our|my|your|other){GAP}"
    rf"|\bthe{GAP}(?:top|bottom|big|other|same|remaining|final){GAP}|{APOSTROPHE}s{GAP})"
)
_PARTITIVE = ending(
    rf"(?:\A\W*|\b(?:any|some|none|most|[a-z]{{3,10}}est|[0-9]{{1,3}}|{any_of(CARDINALS)}){GAP})"
    rf"of{GAP}(?:the|these|those)(?:{GAP}[a-z]{{2,12}}{APOSTROPHE}s?)?{GAP}"
)
_BARE_ONE = ending(
    rf"\b(?:if|when|where|how|what|no|any|every|some|each|this|that|the|another|which|only"
    rf"|other|last|next|first|good|big|new|"
    rf"single|an?|number|day|to|by|as|of){GAP}"
)
_PRONOUN = starting(
    rf"{GAP}(?:of|another|by|day|can|could|may|might|who|that|which|is|was|has|in|on|at|to"
    rf"(?!{GAP}(?:[0-9]|two|three|four|five|six))"
    rf"|thing|side|hand|way|or(?!{GAP}two)|and|more|such|with|where|must|should|will|would)\b"
    rf"|{GAP}[0-9]|[,.;:!?)\"”’'-]|\s*\Z"
)
_COMPOUND = starting(rf"{HYPHEN}{any_of(lexicon.words('nouns', 'compounds'))}(?!\w)")
_ALL_IN_ONE = ending(rf"[a-z]{HYPHEN}")
_CROWD_OF = ending(
    rf"(?<!\w){any_of(lexicon.words('nouns', 'collectives'))}(?P<of>{GAP}of"
    rf"(?:{GAP}(?:about|around|some|over|up{GAP}to|nearly|almost|roughly|more{GAP}than|fewer{GAP}than"
    rf"|less{GAP}than|at{GAP}least|only|just|approximately))?{GAP})"
)
_MAGNITUDE = ending(rf"\b(?P<what>magnitude)(?:{GAP}|{HYPHEN})")
_LOWER = starting(rf"(?<=M){GAP}[a-z]{{3}}", flags=0)
_OR_TWO = starting(rf"(?:{GAP}(?:or|to|in|and){GAP}|{HYPHEN})(?:[0-9]|two|three|four|five|six)")
_PARTS = starting(rf"{GAP}(?:out{GAP})?of\b")
_SMALL = 12


def find_counts(page: Page) -> Iterator[Quantity]:
    """Yield the figures no other rule took, except pronouns ("no one") and definite "the two".

    A number within what another counts is part of its name ("300 Kestrel 4 vans").
    """
    counted = 0
    for figure in page.figures():
        if figure.form != "cardinal" or figure.prefix or figure.span.start < counted:
            continue
        figure = _scaled(page, figure)
        if figure.suffix or (figure.spelled and _is_no_claim(page, figure)):
            continue
        count = _count(page, figure)
        if (
            figure.spelled
            and figure.value == 1
            and not (count.concept or _OR_TWO.match(page.text, figure.span.end))
        ):
            continue
        if count.concept_span and not _PARTS.match(page.text, figure.span.end):
            counted = count.concept_span.end
        yield count


def _scaled(page: Page, figure: Figure) -> Figure:
    """Return "2.5m" and "30k" as scaled figures where a plural noun follows, never "100m" alone."""
    letters = figure.suffix.lower()
    if letters in LETTERS:
        end = figure.span.end + len(letters)
        if letters == "k" or plural_follows(page, end) or _LOWER.match(page.text, end):
            return replace(
                figure,
                span=Span(figure.span.start, end),
                value=figure.value * LETTERS[letters],
                suffix="",
            )
    return figure


def _is_no_claim(page: Page, figure: Figure) -> bool:
    before = page.before(figure.span.start, 20)
    if _COMPOUND.match(page.text, figure.span.end):
        return True
    if figure.value == 1:
        return bool(
            _ALL_IN_ONE.search(before)
            or _BARE_ONE.search(before)
            or _PRONOUN.match(page.after(figure.span.end))
        )
    return figure.value <= _SMALL and bool(
        _DEFINITE.search(before) and not _PARTITIVE.search(before)
    )


def _count(page: Page, figure: Figure) -> Quantity:
    concept = concept_after(page, figure.span.end, single=figure.value == 1)
    concept = concept or _crowd_of(page, figure.span.start)
    if magnitude := _MAGNITUDE.search(page.before(figure.span.start, 24)):
        start = figure.span.start - len(magnitude[0])
        span = Span(start, start + len(magnitude["what"]))
        concept = Concept(magnitude["what"], "magnitude", span)
    score = 0.85 if concept else 0.7
    return counting(
        concept, Quantity(figure.span, "count", "count", exact(figure.value), score=score)
    )


def _crowd_of(page: Page, place: int) -> Concept | None:
    """Return the "crowd" of "a crowd of 1,300"."""
    match = _CROWD_OF.search(page.before(place, 48))
    if match is None:
        return None
    start = place - len(match[0])
    span = Span(start, start + len(match[0]) - len(match["of"]))
    return Concept(span.cut(page.text), span.cut(page.text).lower(), span)
