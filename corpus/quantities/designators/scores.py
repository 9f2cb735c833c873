"""Results of games: "won 3-1", "a 2-2 draw"; "a 5-4 vote" is two counts and stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.patterns import GAP, HYPHEN, ending, starting
from corpus.quantities.base import Designator
from corpus.quantities.page import Page
from corpus.spans import Span

_PAIR = starting(
    rf"(?<![\w.,$€£/+-])([0-9]{{1,3}}){HYPHEN}([0-9]{{1,3}})(?:{HYPHEN}[0-9]{{1,2}})?(?![\w%/]"
    rf"|[.,][0-9]|{HYPHEN})"
)
_LAP = starting(r"(?<![\w.,:])[0-9]{1,2}:[0-5][0-9]\.[0-9]{1,3}(?![\w:]|\.[0-9])")
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


_VOTED = ending(
    rf"\b(?:vot(?:e|es|ed|ing)|rul(?:ed|ing)|passed|failed|approved|rejected|senate|house|court|council"
    rf"|committee|parliament|assembly)(?:{GAP}(?:it|her|him|them|by|was|of))?{GAP}"
)
_A_VOTE = starting(rf"(?:{GAP}|{HYPHEN})(?:vote|ruling|decision|verdict)\b")


def is_vote(page: Page, place: int) -> bool:
    """Tell whether the pair of numbers at `place` is a vote, two counts: "the Senate 51-49"."""
    pair = _PAIR.match(page.text, place)
    return pair is not None and bool(
        _VOTED.search(page.before(place, 24)) or _A_VOTE.match(page.text, pair.end())
    )


def find_scores(page: Page) -> Iterator[Designator]:
    """Yield pairs of numbers that are a score; a rising pair ("3-5 people") needs a game nearby.

    A time to the tenth of a second ("1:36.6") is a result too.
    """
    for figure in page.figures():
        start = figure.span.start
        if figure.spelled or figure.prefix:
            continue
        if lap := _LAP.match(page.text, start):
            yield Designator(Span(*lap.span()), "score")
        elif (pair := _PAIR.match(page.text, start)) and _is_score(page, pair):
            yield Designator(Span(*pair.span()), "score")


def _is_score(page: Page, pair: re.Match[str]) -> bool:
    around = page.before(pair.start(), 60) + " " + page.after(pair.end(), 40)
    if _VOTE.search(around):
        return False
    rising = int(pair[1]) < int(pair[2])
    return bool(_GAME.search(around)) or (not rising and int(pair[1]) < 20)
