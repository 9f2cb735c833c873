"""Results of games: "won 3-1", "a 2-2 draw"; "a 5-4 vote" is two counts and stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.patterns import HYPHEN
from corpus.quantities.base import Designator
from corpus.quantities.page import Page
from corpus.spans import Span

_PAIR = re.compile(
    rf"(?<![\w.,$€£/+-])([0-9]{{1,3}}){HYPHEN}([0-9]{{1,3}})(?:{HYPHEN}[0-9]{{1,2}})?(?![\w%/]"
    rf"|[.,][0-9]|{HYPHEN})"
)
_LAP = re.compile(r"(?<![\w.,:])[0-9]{1,2}:[0-5][0-9]\.[0-9]{1,3}(?![\w:]|\.[0-9])")
_VOTE = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|ruling|ruled|majority|court|senate|council|committee"
    r"|against|passed|approved)\b",
    re.IGNORECASE,
)
_GAME = re.compile(
    r"\b(?:w[oi]ns?|lost|lose|loses|beat|beats|beating|drew|draws?|leads?|led|trail(?:s|ed)?"
    r"|victory|defeats?|defeated|"
    r"scor(?:e|es|ed)|game|match|tie|tied|aggregate|season|set|record|half-?time|penalt(?:y"
    r"|ies)|goals?|final|semi-?finals?|shoot-?out|thrash(?:ed)?)\b",
    re.IGNORECASE,
)  # fmt: skip


def find_scores(page: Page) -> Iterator[Designator]:
    """Yield pairs of numbers that are a score; a rising pair ("3-5 people") needs a game nearby.

    A time to the tenth of a second ("1:36.6") is a result too.
    """
    for match in _LAP.finditer(page.text):
        yield Designator(Span(*match.span()), "score")
    for match in _PAIR.finditer(page.text):
        around = page.before(match.start(), 60) + " " + page.after(match.end(), 40)
        if _VOTE.search(around):
            continue
        rising = int(match[1]) < int(match[2])
        if _GAME.search(around) or (not rising and int(match[1]) < 20):
            yield Designator(Span(*match.span()), "score")
