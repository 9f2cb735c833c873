"""Names with a number in them: "Unit 731", "162nd Coastal Unit", "July 7 Incident", the wars."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus import lexicon
from corpus.numbers import CARDINALS, ORDINALS
from corpus.patterns import GAP, HYPHEN, any_of, ending, starting
from corpus.quantities.base import Designator
from corpus.quantities.dates.words import MONTH
from corpus.quantities.nouns import plural_follows
from corpus.quantities.page import Page
from corpus.spans import Span

BEFORE = lexicon.mapping("designators", "before")
AFTER_ORDINAL = lexicon.mapping("designators", "after_ordinal")
_LISTS = lexicon.load("designators")

_NUMBER = (
    rf"(?:[0-9]{{1,6}}(?:\.[0-9]{{1,3}}){{0,3}}[A-Za-z]?|[IVX]{{1,4}}|(?i:{any_of(CARDINALS)}))"
    rf"(?!\w|,[0-9]|\.[0-9]|%)"
)
_NAMED = re.compile(
    rf"(?<![\w&])(?P<word>{any_of(BEFORE)})(?:{GAP}(?:No\.?|Number|number){GAP}?|{GAP}?"
    rf"|{HYPHEN})(?P<number>{_NUMBER})"
    rf"(?P<more>(?:,{GAP}|{GAP}?(?:and|or|to|&|{HYPHEN}){GAP}?){_NUMBER}){{0,3}}"
)
_MEANS_A_FIGURE = starting(
    rf"{GAP}?(?:%|percent\b|per{GAP}cent\b|million|billion|thousand|trillion|crore|lakh|dollars"
    rf"|euros|(?:years?|months?|days?|weeks?|hours?|minutes?|km|tonnes?|metres?|meters?|kg)\b)"
    rf"|:[0-9]"
)
_CAPITAL = r"[A-Z][^\W\d_]{0,20}"
_ORDINAL = rf"(?:[0-9]{{1,4}}(?:st|nd|rd|th)|(?i:{any_of(ORDINALS)}))"
_ORDINAL_NAME = re.compile(
    rf"(?<!\w)(?P<nth>{_ORDINAL}){GAP}(?:{_CAPITAL}{GAP}){{0,3}}"
    rf"(?P<word>{any_of(AFTER_ORDINAL)})(?!\w)"
)
_WAR = re.compile(
    rf"(?<!\w)(?:World{GAP}War{GAP}(?:II?|1|2|One|Two|Three|III)|WW(?:II?|1|2)|(?:First|Second"
    rf"|Third){GAP}World{GAP}War)(?!\w)"
)
_EVENT = re.compile(
    rf"(?<!\w)(?:(?i:{MONTH}){GAP}[0-3]?[0-9](?:th|st|nd|rd)?|[0-9]{{1,2}}/[0-9]{{1,2}}){GAP}"
    rf"(?:{_CAPITAL}{GAP}){{0,2}}{any_of(_LISTS['events']['words'])}(?!\w)"
    rf"|(?<![\w/])(?:9/11|7/7|24/7)(?![\w/])"
)
_POINT = re.compile(
    rf"(?<!\w)(?:[0-9]{{1,3}}|{any_of(CARDINALS)}){HYPHEN}(?:point|step|pillar|pronged"
    rf"|part){GAP}(?:[a-z]{{2,14}}{GAP}){{0,2}}{any_of(_LISTS['points']['words'])}(?!\w)",
    re.IGNORECASE,
)
_STREET = re.compile(
    rf"(?<![\w.,-])[0-9]{{1,5}}[A-Za-z]?{GAP}(?:{_CAPITAL}{GAP}"
    rf"){{1,3}}{any_of(_LISTS['streets']['words'])}(?!\w)"
    rf"|(?<![\w.,-])[0-9]{{1,5}}{GAP}(?:[NSEW]\.?{GAP})?(?:[0-9]{{1,3}}(?:st|nd|rd|th){GAP}"
    rf"(?:St|Street|Ave|Avenue)|(?:Ave|Avenue|Rue|Via|Calle|Rua){GAP}{_CAPITAL})(?!\w)"
)
_SERVICE = re.compile(
    rf"(?<!\w)[Tt][Hh][Ee]{GAP}(?P<time>(?:[01]?[0-9]|2[0-3])\.[0-5][0-9])"
    rf"(?=[!?,;:\n]|\.(?:\s|\Z)|\Z"
    rf"|{GAP}(?:(?:to|from){GAP}[A-Z]|train\b|ferry\b|bus\b|flight\b))"
)
_LETTERS = r"[\w\u0300-\u036f]"
_CAPITAL_BEFORE = ending(
    rf"(?P<word>(?<!\w)[a-z]?[A-Z]{_LETTERS}*(?:[-&]{_LETTERS}+)?){GAP}", flags=0
)
_NOT_NAMES = frozenset(_LISTS["not_names"]["words"])


def find_wars(page: Page) -> Iterator[Designator]:
    """Yield the world wars, by number or ordinal."""
    for match in _WAR.finditer(page.text):
        yield Designator(Span(*match.span()), "name of a war")


def find_services(page: Page) -> Iterator[Designator]:
    """Yield trains and ferries named by their clock time: "on the 8.15", "the 18.40 to Oss"."""
    for match in _SERVICE.finditer(page.text):
        yield Designator(Span(*match.span("time")), "name of a service by its time")


def find_events(page: Page) -> Iterator[Designator]:
    """Yield events named by their day ("July 7 Incident", "9/11")."""
    for match in _EVENT.finditer(page.text):
        yield Designator(Span(*match.span()), "name of an event")


def find_points(page: Page) -> Iterator[Designator]:
    """Yield plans named by the number of their points ("eight-point decision")."""
    for match in _POINT.finditer(page.text):
        yield Designator(Span(*match.span()), "name of a plan")


def find_ordinal_names(page: Page) -> Iterator[Designator]:
    """Yield names that open with an ordinal: army units, streets, amendments."""
    for match in _ORDINAL_NAME.finditer(page.text):
        if match["nth"][0].isdigit() or match["nth"][0].isupper():
            yield Designator(Span(*match.span()), AFTER_ORDINAL[_plain(match["word"])])


def find_named(page: Page) -> Iterator[Designator]:
    """Yield a listed word with its number: "Unit 731", "Article 14", "page 12", "Version 3.0"."""
    for match in _NAMED.finditer(page.text):
        word, number = _plain(match["word"]), match["number"]
        if _MEANS_A_FIGURE.match(page.text, match.end()) or (
            number.islower() and word[0].isupper()
        ):
            continue
        yield Designator(Span(*match.span()), BEFORE[word])


def _plain(word: str) -> str:
    return " ".join(word.split()).replace("’", "'")


def find_streets(page: Page) -> Iterator[Designator]:
    """Yield house numbers with their street."""
    for match in _STREET.finditer(page.text):
        yield Designator(Span(*match.span()), "address")


def find_capitalised(page: Page) -> Iterator[Designator]:
    """Yield a capitalised word with a plain whole number after it: "Boeing 737", "Channel 4".

    Not in headlines set in capitals, not after a word that merely opens the sentence, and not
    where the number counts a plural ("Harbin 40 trucks").
    """
    for figure in page.figures():
        if figure.spelled or figure.form != "cardinal" or figure.prefix or figure.scale != 1:
            continue
        written = figure.span.cut(page.text)
        match = _CAPITAL_BEFORE.search(page.before(figure.span.start, 24))
        if (
            match is None
            or not written.isdigit()
            or len(written) > 4
            or match["word"] in _NOT_NAMES
        ):
            continue
        place = figure.span.start - len(match[0])
        if page.opens_sentence(place) and not match["word"].isupper():
            continue
        if plural_follows(page, figure.span.end) or page.is_title(place) or figure.suffix:
            continue
        span = Span(place, figure.span.end)
        yield Designator(span if page.is_free(span) else figure.span, "name with a number")
