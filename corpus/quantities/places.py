"""The place a figure is about: "40 schools in Saltmere", "the city's 40 schools", "nationwide".

A place is read where it stands with the figure, or opens the sentence. A capitalised word may as
well be a person or a company, so that it must follow "in", "across" or "throughout" and be
followed by the end of its phrase; rather no place than a wrong one.
"""

from __future__ import annotations

from corpus import lexicon
from corpus.patterns import APOSTROPHE, GAP, any_of, ending, starting
from corpus.quantities.base import Quantity
from corpus.quantities.page import Page
from corpus.spans import Span

_NONE = frozenset(lexicon.words("places", "none"))
_REGION = any_of(lexicon.words("places", "regions"))
_CAPITAL = r"[A-Z][^\W\d_]+(?:[-'’][^\W\d_]+)*"
_NAME = rf"{_CAPITAL}(?:[ \u00a0](?:{_CAPITAL}|of[ \u00a0]{_CAPITAL})){{0,3}}"
_NAMES = rf"{_NAME}(?:(?:,{GAP}{_NAME}){{0,3}},?{GAP}and{GAP}{_NAME})?"
_WIDE = any_of(lexicon.words("places", "wide"))
_WHERE = (
    rf"(?P<place>(?i:the{GAP}(?:whole{GAP}|entire{GAP})?{_REGION}(?:{GAP}of{GAP}{_NAME})?"
    rf"|this{GAP}{_REGION})"
    rf"|the{GAP}{any_of(lexicon.words('places', 'named'))}|(?P<name>{_NAMES}"
    rf"|U\.?S\.?|U\.?K\.?|EU|UAE))"
)
_STOP = (
    rf"(?=[,.;:)!?\"”—]|\s*\Z|{GAP}(?:[-–]|in|on|at|by|(?:and|or)(?!{GAP}[A-Z])|but|were|was|is|are|have|has|had|will"
    rf"|would|could|to|from|since|during|after|before|last|this|next|for|with|who|that|which|as|while"
    rf"|when|where|said|over|between|rose|fell|grew|left|died|came|each|every|per|alone|[a-z]{{3,}}ed)\b)"
)
_DONE = (
    rf"(?:{GAP}(?:were|was|are|is|have|has|had|been|being|still|also|who|that|live|lives|living"
    rf"|died|work|working|now|alone|(?!need|want)[a-z]{{3,}}ed|left|based|born|held|kept|built|sold|dead"
    rf"|homeless|missing|jobless)){{0,4}}"
)
_AFTER = starting(
    rf"{_DONE}{GAP}(?:(?:in|across|throughout|around|inside|within){GAP}{_WHERE}|(?P<wide>{_WIDE}))"
    rf"{_STOP}",
    flags=0,
)
_OF = starting(rf"{GAP}of{GAP}{_WHERE}{_STOP}", flags=0)
_OPENS = starting(
    rf"[\s\"“]*(?:(?:In|Across|Throughout){GAP}{_WHERE}(?:,{GAP}{_NAME})?|(?P<wide>(?i:{_WIDE}))),?{GAP}"
    rf"(?!(?:and|or){GAP}[A-Z])",
    flags=0,
)
_OWNER = ending(
    rf"(?P<place>\b(?i:the|this){GAP}(?i:{_REGION})|(?<![^\s\"“(]){_NAME}){APOSTROPHE}s"
    rf"(?:{GAP}(?:total|some|estimated|nearly|about|roughly|more{GAP}than|over|almost))*{GAP}",
    flags=0,
)
_PEOPLED = frozenset(
    ("people", "residents", "inhabitants", "citizens", "homes", "households", "schools", "voters")
)
_FAR = 160


def place_of(page: Page, item: Quantity) -> Span | None:
    """Return where the place that `item` is about is named in its sentence; None if it is not."""
    if page.is_title(item.span.start):
        return None
    return _after(page, item) or _owner(page, item) or _opening(page, item)


def _after(page: Page, item: Quantity) -> Span | None:
    end = max(item.span.end, item.concept_span.end if item.concept_span else 0)
    match = _AFTER.match(page.text, end)
    if match is None and item.concept and item.concept.split()[-1] in _PEOPLED:
        match = _OF.match(page.text, end)
    if match is None or match.end() > page.sentence(item.span.start).end:
        return None
    if match.groupdict().get("wide"):
        return Span(*match.span("wide"))
    if not _is_place(match["name"]) or (item.kind == "money" and match["name"]):
        return None
    return Span(*match.span("place"))


def _owner(page: Page, item: Quantity) -> Span | None:
    """Read "the city's 40 schools"; a name only if the article says that something is in it."""
    start = item.hedge_span.start if item.hedge_span else item.span.start
    match = _OWNER.search(page.before(min(start, item.span.start), 48))
    if match is None:
        return None
    place = match["place"]
    if (
        place[0].isupper()
        and not place.startswith(("The ", "This "))
        and f" in {place}" not in page.text
    ):
        return None
    begin = min(start, item.span.start) - len(match[0])
    return Span(begin, begin + len(place))


def _opening(page: Page, item: Quantity) -> Span | None:
    """Read "In Saltmere, 40 schools shut"."""
    sentence = page.sentence(item.span.start)
    if item.span.start - sentence.start > _FAR:
        return None
    match = _OPENS.match(page.text, sentence.start)
    if match is None or match.end() > item.span.start:
        return None
    if match["wide"]:
        return Span(*match.span("wide"))
    if not _is_place(match["name"]) or (match["name"] and "," not in match[0]):
        return None
    return Span(*match.span("place"))


def _is_place(name: str | None) -> bool:
    return name is None or _NONE.isdisjoint(name.split())
