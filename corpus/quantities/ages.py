"""Ages: "Lena Ortiz, 44,", "a 44-year-old", "aged 12", "at the age of 30"."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.numbers import Figure, exact
from corpus.patterns import GAP, HYPHEN, ending, starting
from corpus.quantities.base import Quantity
from corpus.quantities.nouns import plural_follows
from corpus.quantities.page import Page
from corpus.spans import Span

_JOIN = rf"(?:{GAP}|{HYPHEN})"
_OLD = starting(
    rf"{_JOIN}(?P<unit>years?|months?|weeks?|days?){_JOIN}(?:old|olds|of{GAP}age)(?!\w)|{GAP}"
    rf"(?P<yo>y/?o)(?!\w)"
)
_AGED = ending(
    rf"\b(?:aged|ages?|age{GAP}of|turned|turning){GAP}(?:of{GAP}|between{GAP}|over{GAP}"
    rf"|under{GAP}|about{GAP}|from{GAP})?",
)
_NAMED = ending(r"[A-Z][^\W\d_]{1,30}(?:['’]s)?(?:,? (?:Jr|Sr)\.?)?,[^\S\n]", flags=0)

_TO_AGE = ending(
    rf"\bage[sd]?{GAP}(?:of{GAP}|between{GAP}|from{GAP})?[0-9]{{1,3}}(?:{GAP}(?:to|and|or){GAP}|{HYPHEN})"
)
_WAS = ending(
    rf"\b(?:he|she|who){GAP}(?:was|is){GAP}(?:just{GAP}|only{GAP}|about{GAP}|nearly{GAP}|still{GAP})?"
)
_IN_LIFE = starting(
    rf"{GAP}(?:when|and{GAP}(?:had|has|was)|at{GAP}the{GAP}time)\b|[.;]?\s*\Z|,(?![0-9])"
)
_AT = ending(rf"(?:^|[\s,;“\"]){GAP}?at{GAP}(?:just{GAP}|only{GAP})?")
_SOMEONE = starting(rf",?{GAP}(?:he|she){GAP}[a-z]{{2}}")
_ROLE = ending(
    rf"\b(?:the|an?|his|her|their){GAP}(?:[a-z-]{{3,14}}{GAP}){{0,2}}[a-z-]{{3,14}},{GAP}"
)
_ASIDE = starting(
    rf",{GAP}(?:who|has|had|is|was|will|said|says|told|died|faces|faced|pleaded|denies|denied|from|of"
    rf"|won|left|joined|became)\b"
)
_PEOPLE = ending(
    rf"\b(?:people|women|men|those|adults|patients|voters|residents|workers|anyone|everyone|pupils"
    rf"|children){GAP}(?:aged{GAP})?(?:under|over|younger{GAP}than|older{GAP}than){GAP}"
)
_OVER_AGE = ending(
    rf"\b(?:people|women|men|those|adults|patients|voters|residents|workers|anyone|everyone"
    rf"|pupils|pilots|aged|[a-z]{{3,12}}s|are|were|is|was|of{GAP}them){GAP}"
    rf"(?:are{GAP}|were{GAP})?(?:well{GAP}|just{GAP})?(?:under|over|past|older{GAP}than"
    rf"|younger{GAP}than|below|above){GAP}"
)
_NO_NOUN = starting(rf"[.,;:)]|\s*\Z|{GAP}(?:and|or|who|were|are|in|at|have|had|to|on){GAP}")


def find_ages(page: Page) -> Iterator[Quantity]:
    """Yield ages, in years unless the text says months or weeks; the concept is "age"."""
    for figure in page.figures():
        if figure.form != "cardinal" or figure.prefix:
            continue
        start, end = figure.span.start, figure.span.end
        if match := _OLD.match(page.text, end):
            unit = (match["unit"] or "year").lower().removesuffix("s")
            yield _age(start, match.end(), exact(figure.value), unit)
        elif figure.suffix or not 1 <= figure.value <= 119:
            continue
        elif (
            _AGED.search(page.before(start, 20))
            or _is_told_of_someone(page, figure)
            or (
                not figure.spelled
                and figure.value.denominator == 1
                and _NAMED.search(page.before(start, 40))
                and (page.text.startswith((",", ")", ";"), end) or _ends_sentence(page, end))
            )
            or (
                figure.value >= 10
                and _OVER_AGE.search(page.before(start, 40))
                and _NO_NOUN.match(page.after(end))
            )
        ):
            yield _age(start, end, exact(figure.value), "year")


def _is_told_of_someone(page: Page, figure: Figure) -> bool:
    """Read "she was 17 when", "at 62 she left", "the premier, 61, has", "those under 30 left"."""
    before, end = page.before(figure.span.start, 48), figure.span.end
    if _WAS.search(before[-24:]):
        return bool(_IN_LIFE.match(page.after(end, 16)))
    if _AT.search(before[-10:]):
        return figure.value >= 10 and bool(_SOMEONE.match(page.text, end))
    if _PEOPLE.search(before):
        return not plural_follows(page, end)
    if figure.spelled or figure.value < 16:
        return False
    if _ROLE.search(before):
        return bool(_ASIDE.match(page.text, end))
    return bool(_TO_AGE.search(before[-24:]))


def _ends_sentence(page: Page, end: int) -> bool:
    return (
        page.text.startswith((".", ".”", '."'), end) and not page.text[end + 1 : end + 2].isdigit()
    )


def _age(start: int, end: int, value: str, unit: str) -> Quantity:
    return Quantity(
        Span(start, end), "duration", "age", value, unit=unit, concept="age", concept_head="age"
    )
