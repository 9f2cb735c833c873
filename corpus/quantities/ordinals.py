"""Ordinals of an event or a rank: "the fifth visit", "its 16th session", "fourth-largest partner".

"First, ... Second, ..." that only number a list are designators.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.numbers import Figure, exact
from corpus.patterns import APOSTROPHE, GAP, HYPHEN, ending, starting
from corpus.quantities.base import Designator, Quantity
from corpus.quantities.nouns import concept_after, counting
from corpus.quantities.page import Page
from corpus.spans import Span

_LARGEST = starting(
    rf"{HYPHEN}(?:most(?:{HYPHEN}|{GAP})[a-z]{{3,14}}|[a-z]{{3,12}}est|best|worst|ranked"
    rf"|placed)(?!\w)"
)
_IDIOM = starting(
    rf"{HYPHEN}(?:hand|class|rate|party|degree|person|world|guess|time)(?!\w)|{GAP}(?:later|ago"
    rf"|earlier|before|after|or{GAP}two|lady|minister|secretary|aid|name|names|responders?|hand"
    rf"|foremost|of{GAP}all|world|parties|party|thing|glance|instance|countr(?:y|ies)|markets?)"
    rf"(?!\w)"
)
_ENUMERATES = starting(rf"(?:ly)?,|:|{GAP}of{GAP}all,|{GAP}and{GAP}foremost")
_DETERMINER = ending(
    rf"(?:\b(?:the|an?|its|his|her|their|our|my|your|this|that|every|each|only|for|in|very"
    rf"|about|record|and|or|to|was|is|were|are|finished|came|ranked|placed|ranks|finish|rank|go"
    rf"|goes|went|come|comes|runs?|placing|on){GAP}|{APOSTROPHE}s?{GAP})"
)
_BE = ending(rf"\b(?:was|is|were|are|been|be|being){GAP}")
_DONE = starting(rf"{GAP}(?:[a-z]{{2,12}}(?:ed|en|wn|ught|ld)|set|put|seen|made|held)(?!\w)")
_AND_BEFORE = ending(rf"(?:^|[\"“.;]){GAP}?(?:And|and|But){GAP}?", flags=0)


def find_ordinals(page: Page) -> Iterator[Quantity | Designator]:
    """Yield ordinals with what they order as concept; a spelled one needs a word that leans on
    it.
    """
    for figure in page.figures():
        if figure.form != "ordinal":
            continue
        end = figure.span.end
        opens = page.opens_sentence(figure.span.start)
        before = page.before(figure.span.start, 20)
        if _ENUMERATES.match(page.text, end) and (
            opens or _AND_BEFORE.search(before) or before.rstrip().endswith((";", ":", ",", "and"))
        ):
            yield Designator(figure.span, "enumerator")
        elif figure.spelled and (_IDIOM.match(page.text, end) or _is_adverb(page, figure, before)):
            continue
        else:
            yield _ordinal(page, figure)


def _is_adverb(page: Page, figure: Figure, before: str) -> bool:
    """Tell "who first came" from "the first visit"."""
    if _LARGEST.match(page.text, figure.span.end) or figure.value > 3:
        return False
    if _BE.search(before):
        return bool(_DONE.match(page.text, figure.span.end))
    return not _DETERMINER.search(before)


def _ordinal(page: Page, figure: Figure) -> Quantity:
    end = figure.span.end
    if rank := _LARGEST.match(page.text, end):
        end = rank.end()
    span = Span(figure.span.start, end)
    ordinal = Quantity(span, "ordinal", "ordinal", exact(figure.value))
    return counting(concept_after(page, end, single=True), ordinal)
