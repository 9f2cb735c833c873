"""Ages: "Lena Ortiz, 44,", "a 44-year-old", "aged 12", "at the age of 30"."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.numbers import exact
from corpus.patterns import GAP, HYPHEN, ending, starting
from corpus.quantities.base import Quantity
from corpus.quantities.page import Page
from corpus.spans import Span

_JOIN = rf"(?:{GAP}|{HYPHEN})"
_OLD = starting(
    rf"{_JOIN}(?P<unit>years?|months?|weeks?|days?){_JOIN}(?:old|olds|of{GAP}age)(?!\w)|{GAP}"
    rf"(?P<yo>y/?o)(?!\w)"
)
_AGED = ending(
    rf"\b(?:aged|ages?|age{GAP}of|turned|turning){GAP}(?:of{GAP}|between{GAP}|over{GAP}"
    rf"|under{GAP}|about{GAP})?",
)
_NAMED = ending(r"[A-Z][^\W\d_]{1,30}(?:['’]s)?(?:,? (?:Jr|Sr)\.?)?,[^\S\n]", flags=0)

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
            or (
                not figure.spelled
                and figure.value.denominator == 1
                and _NAMED.search(page.before(start, 40))
                and (page.text.startswith((",", ")", ";"), end) or _ends_sentence(page, end))
            )
            or (
                _OVER_AGE.search(page.before(start, 40))
                and _NO_NOUN.match(page.after(end))
                and figure.value >= 10
            )
        ):
            yield _age(start, end, exact(figure.value), "year")


def _ends_sentence(page: Page, end: int) -> bool:
    return (
        page.text.startswith((".", ".”", '."'), end) and not page.text[end + 1 : end + 2].isdigit()
    )


def _age(start: int, end: int, value: str, unit: str) -> Quantity:
    return Quantity(
        Span(start, end), "duration", "age", value, unit=unit, concept="age", concept_head="age"
    )
