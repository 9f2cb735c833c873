"""Shares: "a third of the crews", "one in three", "84 of the 140" (a share and its two counts)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, zip_longest

from corpus.numbers import Figure, exact
from corpus.patterns import APOSTROPHE, GAP, HYPHEN, ending, starting
from corpus.quantities.base import Quantity
from corpus.quantities.nouns import concept_after, concept_of, counting, noun_follows
from corpus.quantities.page import Page
from corpus.quantities.ranges import scale_of
from corpus.spans import Span

_NOT_A_SHARE = starting(
    rf"(?:{GAP}|{HYPHEN})(?:time|way|measures?|brother|sister|hearted|past|dozen|million|an?)"
    rf"(?!\w)|{HYPHEN}"
)
_FIRST_HALF = ("first", "second", "other", "latter", "better", "last", "this", "each")
_IN = starting(rf"{GAP}(?:in(?:{GAP}every)?|out{GAP}of(?:{GAP}every)?){GAP}(?:the{GAP})?\Z")
_OF_A_SCORE = ending(rf"[0-9]{GAP}for{GAP}")
_PART_OF = starting(
    rf"{GAP}(?:out{GAP})?of{GAP}(?:every{GAP}|about{GAP}|nearly{GAP}|(?:all|(?:the|its|their|his|her|our"
    rf"|those|these)(?:{GAP}[a-z]{{2,14}}{APOSTROPHE}s?)?(?:{GAP}(?:last|first|past|top|other|remaining))?"
    rf"){GAP})?\Z"
)


def find_shares(page: Page) -> Iterator[Quantity]:
    """Yield written fractions as shares; the value stays a rational ("1/3", "1/2")."""
    for figure in page.figures():
        if figure.form != "fraction" or figure.prefix:
            continue
        if _NOT_A_SHARE.match(page.text, figure.span.end) or _names_a_half(page, figure):
            continue
        value = f"{figure.value.numerator}/{figure.value.denominator}"
        share = Quantity(figure.span, "share", "share", value)
        yield counting(concept_of(page, figure.span.end), share)


def _names_a_half(page: Page, figure: Figure) -> bool:
    """Tell "the second half", a time of a game or a year, from a share."""
    words = page.before(figure.span.start, 16).lower().split()
    return bool(words) and words[-1].strip("-") in _FIRST_HALF


def find_ratios(page: Page) -> Iterator[Quantity]:
    """Yield "one in three", "9 out of 10": both numbers make one share, and no count."""
    for first, second in pairwise(page.figures()):
        between = page.text[first.span.end : second.span.start]
        if not (
            len(between) < 20 and first.form == second.form == "cardinal" and _IN.match(between)
        ):
            continue
        if _OF_A_SCORE.search(page.before(first.span.start, 12)):
            continue
        if 0 < first.value < second.value and not second.suffix:
            value = f"{exact(first.value)}/{exact(second.value)}"
            if "." not in value and "/" not in exact(first.value) + exact(second.value):
                span = Span(first.span.start, second.span.end)
                share = Quantity(span, "share", "ratio", value)
                yield counting(concept_after(page, span.end), share)


def join(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Add a share for two counts of which one is part of the other.

    "84 of the 140" keeps its counts: each of them is checkable by itself, and counts the same.
    The 35 of "35 of the 90 million euros" are millions of euros.
    """
    joined: list[Quantity] = []
    for part, whole in zip_longest(found, found[1:]):
        if whole is not None and _is_part(page, part, whole):
            part = _in_the_unit(page, part, whole)
            joined += (_share_of(part, whole), part)
        else:
            joined.append(part)
    return joined


def _is_part(page: Page, part: Quantity, whole: Quantity) -> bool:
    if part.kind != "count" or not part.value or not whole.value:
        return False
    between = page.text[part.span.end : whole.span.start]
    if len(between) > 40 or not _PART_OF.match(between):
        return False
    if whole.kind == "count":
        return bool(whole.concept) and _is_below(part.value, whole.value)
    if whole.kind not in ("money", "measure") or part.concept:
        return False
    return not noun_follows(page, whole.span.end) and _is_below(
        _in_the_unit(page, part, whole).value, whole.value
    )


def _in_the_unit(page: Page, part: Quantity, whole: Quantity) -> Quantity:
    """Return the part as so many of what the whole counts, or in its unit and scale."""
    if whole.kind == "count":
        return replace(
            part,
            concept=whole.concept,
            concept_head=whole.concept_head,
            concept_span=whole.concept_span,
        )
    own, scale = scale_of(page, part), scale_of(page, whole)
    value = Fraction(part.value or 0) * (scale if own == 1 else 1)
    return replace(part, kind=whole.kind, value=exact(value), unit=whole.unit, score=0.6)


def _share_of(part: Quantity, whole: Quantity) -> Quantity:
    return Quantity(
        Span(part.span.start, whole.span.end), "share", "part of", f"{part.value}/{whole.value}",
        concept=whole.concept, concept_head=whole.concept_head, concept_span=whole.concept_span,
        hedge_span=part.hedge_span, comparator=part.comparator,
    )  # fmt: skip


def _is_below(part: str | None, whole: str) -> bool:
    return part is not None and part.isdigit() and whole.isdigit() and 0 < int(part) < int(whole)
