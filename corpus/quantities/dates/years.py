"""Years: "in 2019", "the 1985 treaty", "1939-1945", "since 2016", "2024/25", "44 BC"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.patterns import GAP, HYPHEN, ending
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.dates.words import YEAR, date_at
from corpus.quantities.nouns import plural_follows
from corpus.quantities.page import Page

_YEAR = re.compile(
    rf"(?P<year>[12](?:(?<![\w.,$£€/+-].)|(?i:(?<=(?:mid|pre)-.)|(?<=(?:post|late)-.)|(?<=early-.)))"
    rf"(?:(?<=1)[0-9]|(?<=2)[01])[0-9]{{2}}(?!\w|[,.][0-9]))"
    rf"(?:(?P<to>{GAP}?{HYPHEN}{GAP}?|/|{GAP}(?i:to|and|through|till|until){GAP})(?P<last>{YEAR}|[0-9]{{2}}"
    rf"(?!\w|[,.][0-9])))?"
    rf"(?!\w|{HYPHEN}[0-9]|%|[,.][0-9])"
)
_BC = re.compile(
    rf"(?<![\w.,])(?:AD{GAP}(?P<ad>[0-9]{{1,4}})|(?P<year>[0-9]{{1,4}}){GAP}(?P<era>BCE?|CE|AD))"
    rf"(?!\w)"
)
_ASKS = ending(
    rf"(?:\b(?:in|since|until|till|by|during|from|of|before|after|late|early|mid|year|between"
    rf"|around|circa|through|for|and|to|the|this|that|its|his|their){GAP}|['’]s{GAP}|mid{HYPHEN}|"
    rf"pre{HYPHEN}|post{HYPHEN}|\(|,{GAP}?|late{HYPHEN}|early{HYPHEN})"
)
_COUNTING = ending(
    rf"\b(?:about|nearly|some|almost|over|least|most|than|only|exactly|total of|average of|employed"
    rf"|killed){GAP}"
)
_BOUND = ending(rf"\b(?:above|below|under|exceed(?:s|ed|ing)?){GAP}")
_PLURAL = re.compile(rf"{GAP}[a-z]{{2,20}}s\b")
_BETWEEN = ending(rf"\b(?:between|from){GAP}")
_SCALE = re.compile(
    rf"{GAP}(?:million|billion|trillion|thousand|hundred|percent|per|%|dollars|euros)\b"
)


def find_years(page: Page) -> Iterator[Quantity]:
    """Yield years and ranges of years. "2019 workers" after a hedge is a count, not a year."""
    for match in page.scan(_BC, ("ad", "ce", "bc", "bce"), reach=7):
        year = int(match["ad"] or match["year"])
        if year == 0:
            continue  # no calendar of eras has one
        if (match["era"] or "AD").startswith("B"):
            year = 1 - year
        yield date_at(page, *match.span(), "year", Expression("year", year))
    for match in page.at_digits(_YEAR):
        if _is_year(page, match):
            yield _year(page, match)
            if len(match["last"] or "") == 4:  # "in 2012 and 1999": dropped if it was a range
                other = Expression("year", int(match["last"]))
                yield date_at(page, *match.span("last"), "year", other)


def _is_year(page: Page, match: re.Match[str]) -> bool:
    before = page.before(match.start(), 20)
    if match["last"] and _BETWEEN.search(before):
        counted = plural_follows(page, match.end()) and not _opens_with_years(page, match)
        return not (_is_round(match) and counted)
    if _COUNTING.search(before) or _SCALE.match(page.text, match.end()):
        return False
    year = int(match["year"])
    if year < 1900 and _BOUND.search(before):
        return False
    if _ASKS.search(before):
        return year >= 1000 and not (year < 1800 and plural_follows(page, match.end()))
    if plural_follows(page, match.end()):
        return page.opens_sentence(match.start()) and 1900 <= year <= 2100
    return 1500 <= year <= 2100


def _opens_with_years(page: Page, match: re.Match[str]) -> bool:
    """Tell "Between 1600 and 1900 world prices rose" from "Between 1600 and 1900 boats"."""
    opens = page.opens_sentence(match.start() - len("Between "))
    return opens and not _PLURAL.match(page.text, match.end())


def _is_round(match: re.Match[str]) -> bool:
    """Tell "from 1000 to 2000 workers" from "from 2012 to 2016 sales rose"."""
    return all(match[end].endswith("00") for end in ("year", "last"))


def _year(page: Page, match: re.Match[str]) -> Quantity:
    first = int(match["year"])
    start, end = match.span()
    last = _last_year(page, match, first)
    if match["last"] and last is None:
        end = match.end("year")
    if last is None:
        return date_at(page, start, end, "year", Expression("year", first))
    if between := _BETWEEN.search(page.before(start, 10)):
        start -= len(between[0])
    return date_at(
        page, start, end, "year", Expression("year", first, last=Expression("year", last))
    )


def _last_year(page: Page, match: re.Match[str], first: int) -> int | None:
    """Return the other end of "1939-45" or "between 1939 and 1945"; None if there is none."""
    if not match["last"]:
        return None
    last = int(match["last"])
    words = match["to"].strip().lower()
    if last < 100:
        if words.isalpha():
            return None
        last += first // 100 * 100
    if words in ("to", "and", "till", "until") and not _BETWEEN.search(
        page.before(match.start(), 10)
    ):
        return None
    return last if last > first else None
