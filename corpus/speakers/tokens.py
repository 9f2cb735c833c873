"""Words and marks of a stretch of text, each with its place."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.spans import Span

_WORD = r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*"
TOKEN_RE = re.compile(
    rf"[0-9]+(?:[.,][0-9]+)*(?:-[^\W\d_]+)*|{_WORD}(?:(?:[-.&]|['’](?!s\b)){_WORD})*|['’]s\b|[^\w\s]|_"
)

PARTICLE_RE = re.compile(r"(?:al|el|ad|ar|as|ibn|bin|ben|abu|de|d|l|o)[-'’][A-Z]")


class Token(NamedTuple):
    """A word, number or mark at `[start, end)`; `lower` is its folded form."""

    start: int
    end: int
    word: str
    lower: str

    @property
    def capital(self) -> bool:
        """Whether it is a word in upper case, or a name such as "al-Hamidi"; "Ⓐ" is a mark."""
        if not self.is_word:
            return False
        return self.word[0].isupper() or PARTICLE_RE.match(self.word) is not None

    @property
    def is_word(self) -> bool:
        """Whether it is a word or number and not a mark or a possessive ending."""
        return self.word[0].isalnum()


def tokens(text: str, span: Span) -> list[Token]:
    """Return the words and marks inside `span`; a possessive `'s` is a token of its own."""
    return [
        Token(match.start(), match.end(), match[0], match[0].lower())
        for match in TOKEN_RE.finditer(text, span.start, span.end)
    ]
