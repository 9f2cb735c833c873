"""Days by their number alone: "on the 18th", "by the 21st of this month".

The month is the nearest before or after the article's date, as the tense tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.patterns import GAP, ending
from corpus.quantities.base import Quantity
from corpus.quantities.calendar import Expression
from corpus.quantities.dates.words import DIRECTIONS, date_at, direction
from corpus.quantities.page import Page
from corpus.spans import Span

_DAY = re.compile(
    rf"(?P<day>[0-9](?<!\w.)(?:(?<=[0-3])[0-9])?)(?:st|nd|rd|th)"
    rf"(?:{GAP}(?:of{GAP})?(?P<which>this|last|next){GAP}month(?!\w)"
    rf"|(?=[.,;:!?)\n]|\Z|{GAP}(?:at|to|when|if|he|she|they|it|with)\b))"
)
_ON = ending(
    rf"\b(?:on|by|until|till|since|from|before|after|around)(?:{GAP}about)?{GAP}(?P<the>the{GAP})"
)
_GOLF = re.compile(
    r"\b(?:birdie|bogey|par|eagle|hole|holes|putt|green|tee|fairway|round|floor|street|avenue"
    r"|inning|place|lap)",
    re.IGNORECASE,
)
"""What says that "on the 18th" is a hole, a floor or a street."""


def find_month_days(page: Page) -> Iterator[Quantity]:
    """Yield "the 18th" after a preposition of time, where nothing follows that it could number."""
    for match in page.at_digits(_DAY):
        day = int(match["day"])
        led = _ON.search(page.before(match.start(), 24))
        if led is None or not 1 <= day <= 31:
            continue
        start = match.start() - len(led["the"])
        if match["which"]:
            count = str(DIRECTIONS[match["which"].lower()])
            yield date_at(page, start, match.end(), "day", Expression("day", day=day, count=count))
        elif not _is_of_another_kind(page, start):
            way = direction(page, Span(*match.span()))
            yield date_at(
                page, start, match.end(), "day", Expression("day", day=day, direction=way)
            )


def _is_of_another_kind(page: Page, place: int) -> bool:
    return bool(_GOLF.search(page.before(place)) or _GOLF.search(page.after(place)))
