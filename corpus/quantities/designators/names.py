"""Names with a number in them: "Unit 731", "162nd Coastal Unit", "July 7 Incident", the wars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus import lexicon
from corpus.numbers import CARDINALS
from corpus.patterns import GAP, HYPHEN, any_of, ending, starting
from corpus.quantities.base import Designator
from corpus.quantities.dates.words import MONTH
from corpus.quantities.designators.scores import is_vote
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
_DIGITS = r"(?:[0-9]{1,6}(?:\.[0-9]{1,3}){0,3}[A-Za-z]?|(?!I\b)[IVX]{1,4})(?!\w|,[0-9]|\.[0-9]|%)"
_CLAUSES = r"(?:\([0-9a-z]{1,4}\)){0,3}"
_NAMED = re.compile(
    rf"(?<![\w&])(?P<word>{any_of(BEFORE)})(?:{GAP}(?:No\.?|Number|number){GAP}?|{GAP}?"
    rf"|{HYPHEN})(?P<number>{_NUMBER}){_CLAUSES}"
    rf"(?P<more>(?:(?:,{GAP}|{GAP}?(?:and|or|to|&|{HYPHEN}){GAP}?){_DIGITS}{_CLAUSES}){{0,3}})"
)
_SIGNED = re.compile(rf"[#№](?<![\w&][#№]){GAP}?{_NUMBER}")
_MEANS_A_FIGURE = starting(
    rf"{GAP}?(?:%|percent\b|per{GAP}cent\b|million|billion|thousand|trillion|crore|lakh|dollars"
    rf"|euros|(?:years?|months?|days?|weeks?|hours?|minutes?|km|tonnes?|metres?|meters?|kg)\b)"
    rf"|:[0-9]"
)
_CAPITAL = r"[A-Z][^\W\d_]{0,20}"
_AFTER_ORDINAL = starting(
    rf"{GAP}(?:{_CAPITAL}{GAP}){{0,3}}(?P<word>{any_of(AFTER_ORDINAL)})(?!\w)", flags=0
)
_ROUND_THE_CLOCK = re.compile(r"24/7(?<![\w/]24/7)(?![\w/])")
_LAW_WORDS = ("act", "bill", "ordinance", "code", "rules", "regulations", "order")
_LAW = starting(
    rf"(?:Act|Bill|Ordinance|Code|Rules|Regulations|Order),?{GAP}(?:1[6-9]|20)[0-9]{{2}}(?![\w-]|[,.][0-9])",
    flags=0,
)
_LAW_TITLE = ending(
    rf"(?:\b(?!(?:The|Under|In|By)\b)[A-Z][\w’'-]{{1,20}}{GAP}(?:(?:and|of|for|the|to|in|on|&){GAP}){{0,2}}"
    rf"(?:\([A-Z][\w ]{{2,30}}\){GAP})?){{1,5}}",
    flags=0,
)
_LONG_WAR = re.compile(
    rf"(?<!\w)(?:[0-9]{{1,3}}|(?i:{any_of(CARDINALS)}))(?:{GAP}|{HYPHEN})"
    rf"(?:Day|Month|Year)(?:s|['’]s|s['’])?{GAP}War(?!\w)"
)
_VERSE = re.compile(
    rf"(?<!\w)(?:[1-3]{GAP})?{any_of(_LISTS['verses']['words'])}{GAP}[0-9]{{1,3}}:[0-9]{{1,3}}"
    rf"(?:{HYPHEN}[0-9]{{1,3}})?(?![\w:]|{GAP}?[ap]\.?m\b)"
)
_VERSE_WORDS = frozenset(word.lower() for word in _LISTS["verses"]["words"])
_MODEL_BEFORE = ending(rf"(?<!\w)(?:the|an?|own|new|its|his|her|their){GAP}")
_MODEL_AFTER = starting(
    rf"{GAP}[A-Z][a-z]{{1,14}}(?<!s)(?!\w)"
    rf"(?!{GAP}(?!(?:was|is|has|as|its)\b)(?:[a-z]{{2,14}}{GAP})?[a-z]{{2,14}}s\b)",
    flags=0,
)
_AIRLINER = starting(
    rf"7[0-8]7(?:{HYPHEN}(?:10|[1-9](?:00)?)(?:ER|LR|F|SP)?(?![\w%]|[.,][0-9])"
    rf"|{GAP}(?:MAX|Max|NG|Dreamliner)(?!\w))",
    flags=0,
)
_WAR = re.compile(
    rf"(?<!\w)(?:World{GAP}War{GAP}(?:II?|1|2|One|Two|Three|III)|WW(?:II?|1|2)|(?:First|Second"
    rf"|Third){GAP}World{GAP}War)(?!\w)"
)
_EVENT = re.compile(
    rf"(?<!\w)(?:(?i:{MONTH}){GAP}[0-3]?[0-9](?:th|st|nd|rd)?|[0-9]{{1,2}}/[0-9]{{1,2}}){GAP}"
    rf"(?:{_CAPITAL}{GAP}){{0,2}}{any_of(_LISTS['events']['words'])}(?!\w)"
)
_DAY = re.compile(r"(?:9/11|7/7)(?<![\w/]9/11)(?<![\w/]7/7)(?![\w/])")
_POINT = starting(
    rf"{HYPHEN}(?:point|step|pillar|pronged|part){GAP}(?:[a-z]{{2,14}}{GAP}){{0,2}}"
    rf"{any_of(_LISTS['points']['words'])}(?!\w)"
)
_STREET = starting(
    rf"[A-Za-z]?{GAP}(?:{_CAPITAL}{GAP}){{1,3}}{any_of(_LISTS['streets']['words'])}(?!\w)"
    rf"|{GAP}(?:[NSEW]\.?{GAP})?(?:[0-9]{{1,3}}(?:st|nd|rd|th){GAP}"
    rf"(?:St|Street|Ave|Avenue)|(?:Ave|Avenue|Rue|Via|Calle|Rua){GAP}{_CAPITAL})(?!\w)",
    flags=0,
)
_CLOCK = re.compile(r"(?:[01]?[0-9]|2[0-3])\.[0-5][0-9]")
_THE = ending(rf"(?<!\w)the{GAP}")
_SERVED = starting(
    rf"[!?,;:\n]|\.(?:\s|\Z)|\Z|{GAP}(?:(?:to|from){GAP}(?-i:[A-Z])|(?:train|ferry|bus|flight)\b)"
)
_LETTERS = r"[\w\u0300-\u036f]"
_CAPITAL_BEFORE = ending(
    rf"(?P<word>(?<!\w)[a-z]?[A-Z]{_LETTERS}*(?:[-&]{_LETTERS}+)?){GAP}", flags=0
)
_NOT_NAMES = frozenset(_LISTS["not_names"]["words"])


def _words(phrases: Iterable[str], which: int) -> frozenset[str]:
    """Return the first or the last word of each phrase, in small letters, for `Page.places`."""
    found = (re.findall("[a-z]+", phrase.lower()) for phrase in phrases)
    return frozenset(words[which] for words in found if words)


_NAMED_WORDS = _words(BEFORE, 0)
_EVENT_WORDS = _words(_LISTS["events"]["words"], -1)


def find_wars(page: Page) -> Iterator[Designator]:
    """Yield the world wars, by number or ordinal."""
    for match in page.scan(_WAR, ("world", "ww", "wwi", "wwii"), reach=9):
        yield Designator(Span(*match.span()), "name of a war")
    for match in page.scan(_LONG_WAR, ("war",), reach=24):
        yield Designator(Span(*match.span()), "name of a war")


def find_laws(page: Page) -> Iterator[Designator]:
    """Yield laws named with their year: "the Ports Act 1998", "Rivers (Amendment) Bill, 2023"."""
    for place in page.places(_LAW_WORDS):
        match = _LAW.match(page.text, place)
        if match is None:
            continue
        title = _LAW_TITLE.search(page.before(place, 64))
        start = place - len(title[0]) if title else place
        yield Designator(Span(start, match.end()), "name of a law")


def find_verses(page: Page) -> Iterator[Designator]:
    """Yield places in holy books, which look like clock times: "John 3:16"."""
    for match in page.scan(_VERSE, _VERSE_WORDS, reach=3):
        yield Designator(Span(*match.span()), "page or place in a text")


def find_services(page: Page) -> Iterator[Designator]:
    """Yield trains and ferries named by their clock time: "on the 8.15", "the 18.40 to Oss"."""
    for figure in page.figures():
        start, end = figure.span.start, figure.span.end
        if (
            not figure.spelled
            and _CLOCK.fullmatch(figure.span.cut(page.text))
            and _THE.search(page.text[max(0, start - 7) : start])
            and _SERVED.match(page.text, end)
        ):
            yield Designator(figure.span, "name of a service by its time")


def find_events(page: Page) -> Iterator[Designator]:
    """Yield events named by their day ("July 7 Incident", "9/11")."""
    for match in page.scan(_EVENT, _EVENT_WORDS, reach=40):
        yield Designator(Span(*match.span()), "name of an event")
    for match in _DAY.finditer(page.text):
        yield Designator(Span(*match.span()), "name of an event")
    for match in _ROUND_THE_CLOCK.finditer(page.text):
        yield Designator(Span(*match.span()), "idiom")


def find_points(page: Page) -> Iterator[Designator]:
    """Yield plans named by the number of their points ("eight-point decision")."""
    for figure in page.figures():
        if match := _POINT.match(page.text, figure.span.end):
            yield Designator(Span(figure.span.start, match.end()), "name of a plan")


def find_ordinal_names(page: Page) -> Iterator[Designator]:
    """Yield names that open with an ordinal: army units, streets, amendments."""
    for figure in page.figures():
        start = figure.span.start
        if figure.form != "ordinal" or page.text[start].islower():
            continue
        if match := _AFTER_ORDINAL.match(page.text, figure.span.end):
            yield Designator(Span(start, match.end()), AFTER_ORDINAL[_plain(match["word"])])


def find_named(page: Page) -> Iterator[Designator]:
    """Yield a listed word with its number: "Unit 731", "Article 14", "page 12", "Version 3.0"."""
    for place in page.places(_NAMED_WORDS):
        match = _NAMED.match(page.text, place)
        if match is None or _MEANS_A_FIGURE.match(page.text, match.end()):
            continue
        word = _plain(match["word"])
        if match["number"].islower() and word[0].isupper():
            continue
        counts = match["more"] and plural_follows(page, match.end())  # "Unit 7 and 40 soldiers"
        yield Designator(Span(place, match.start("more") if counts else match.end()), BEFORE[word])
    for match in _SIGNED.finditer(page.text):
        if not _MEANS_A_FIGURE.match(page.text, match.end()):
            yield Designator(Span(*match.span()), "number in a series")


def _plain(word: str) -> str:
    return " ".join(word.split()).replace("’", "'")


def find_streets(page: Page) -> Iterator[Designator]:
    """Yield house numbers with their street."""
    for figure in page.figures():
        written = figure.span.cut(page.text)
        if figure.prefix or not written.isdigit() or len(written) > 5:
            continue
        if match := _STREET.match(page.text, figure.span.end):
            yield Designator(Span(figure.span.start, match.end()), "address")


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
        if is_vote(page, figure.span.start):
            continue
        span = Span(place, figure.span.end)
        yield Designator(span if page.is_free(span) else figure.span, "name with a number")


def find_airliners(page: Page) -> Iterator[Designator]:
    """Yield aircraft named by a number alone: "a 787-9", "the 737 MAX"."""
    for figure in page.figures():
        match = _AIRLINER.match(page.text, figure.span.start)
        if match and not page.is_title(match.start()):
            yield Designator(Span(*match.span()), "name with a number")


def find_models(page: Page) -> Iterator[Designator]:
    """Yield a number of three or four digits that opens a name: "the 208 Turbo"."""
    for figure in page.figures():
        written = figure.span.cut(page.text)
        if not (written.isdigit() and 3 <= len(written) <= 4) or figure.prefix or figure.suffix:
            continue
        if not _MODEL_BEFORE.search(page.before(figure.span.start, 8)):
            continue
        model = _MODEL_AFTER.match(page.text, figure.span.end)
        if model and not plural_follows(page, figure.span.end) and not page.is_title(model.start()):
            yield Designator(Span(figure.span.start, model.end()), "name with a number")
