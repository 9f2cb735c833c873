"""The words of a search, where they stand in a sentence."""

import re
from collections.abc import Sequence

from claims.search import Phrase, parse, words_of

_WORD = re.compile(r"[^\W_]+")

Place = tuple[int, int]


def places(query: str, text: str) -> list[Place]:
    """Return where the words and phrases of `query` stand in `text`, as [start, end) spans.

    Raises:
        gate.Refused: as `claims.search.parse`.

    >>> places('ferr* "two boats"', "Two boats met a ferry.")
    [(16, 21), (0, 9)]
    """
    found = [match.span() for match in _WORD.finditer(text)]
    words = ["".join(words_of(text[start:end])) for start, end in found]
    phrases = [phrase for clause in parse(query).clauses for phrase in clause]
    return [place for phrase in phrases for place in _places(phrase, words, found)]


def _places(phrase: Phrase, words: Sequence[str], found: Sequence[Place]) -> list[Place]:
    last = len(phrase.words) - 1
    return [
        (found[first][0], found[first + last][1])
        for first in range(len(words) - last)
        if phrase.stands_in(words[first : first + last + 1])
    ]
