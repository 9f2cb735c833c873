"""Word pieces: how the main tier cuts a text, each piece with its place in the untouched text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.spans import Span

CHUNK_RE = re.compile(r"[^ \t\n\r]+")
LONGEST_WORD = 100
"""Number of characters beyond which a word is unknown as a whole."""
LONGEST_KEPT = 24
MOST_KEPT = 100_000
"""How long and how many the chunks may be whose pieces are remembered."""
SMALL, CAPITAL, CAPITALS = range(3)
"""How a word is written: the vocabulary itself knows small letters only."""

Piece = tuple[int, int, int, int]
"""Number in the vocabulary, start, end, and how the word it belongs to is written."""
Letter = tuple[str, int, int]
"""A folded character and the stretch of the text it stands for."""


@dataclass(slots=True)
class WordPieces:
    """A vocabulary of word pieces, one a line, those inside a word with `##` before them.

    Words are cut as the base model's training did it: folded to small letters without accents,
    every mark and every Chinese character alone, then always the longest piece of the vocabulary.
    """

    numbers: dict[str, int]
    kept: dict[str, tuple[Piece, ...]] = field(default_factory=dict)
    longest: int = field(init=False)
    unknown: int = field(init=False)
    inside: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        """Note the longest piece there is, the unknown one, and those that begin no word."""
        self.longest = max(map(len, self.numbers))
        self.unknown = self.numbers["[UNK]"]
        self.inside = frozenset(self.numbers[name] for name in self.numbers if name[:2] == "##")

    @classmethod
    def of(cls, vocabulary: str) -> WordPieces:
        """Return the word pieces of a vocabulary given as the text of its file."""
        lines = vocabulary.removesuffix("\n").split("\n")
        return cls({piece: number for number, piece in enumerate(lines)})

    def read(self, text: str, span: Span) -> list[Piece]:
        """Return the pieces of `text` inside `span`, with offsets into `text`."""
        found: list[Piece] = []
        for match in CHUNK_RE.finditer(text, span.start, span.end):
            begin = match.start()
            for number, start, end, case in self._chunk(match[0]):
                found.append((number, begin + start, begin + end, case))
        return found

    def _chunk(self, chunk: str) -> tuple[Piece, ...]:
        """Return the pieces of a stretch without blanks, with offsets into it."""
        if (found := self.kept.get(chunk)) is not None:
            return found
        found = tuple(piece for word in words(chunk) for piece in self._word(chunk, word))
        if len(chunk) <= LONGEST_KEPT and len(self.kept) < MOST_KEPT:
            self.kept[chunk] = found
        return found

    def _word(self, chunk: str, word: list[Letter]) -> Iterator[Piece]:
        """Yield the longest pieces that make up a word, or the unknown one for all of it."""
        case = _case(chunk[word[0][1] : word[-1][2]])
        cuts = self._cuts("".join(letter for letter, _, _ in word))
        for number, first, last in cuts or [(self.unknown, 0, len(word))]:
            yield number, word[first][1], word[last - 1][2], case

    def _cuts(self, word: str) -> list[tuple[int, int, int]]:
        """Return number, start and end of each piece of a folded word; empty if it has none."""
        found = []
        start = 0
        while start < len(word) <= LONGEST_WORD:
            before = "##" if start else ""
            for end in range(min(len(word), start + self.longest), start, -1):
                if (number := self.numbers.get(before + word[start:end])) is not None:
                    found.append((number, start, end))
                    start = end
                    break
            else:
                return []
        return found


def words(chunk: str) -> Iterator[list[Letter]]:
    """Yield the words of a stretch without plain blanks, as folded letters with their places."""
    word: list[Letter] = []
    for letter, start, end in _letters(chunk):
        if not letter.isspace() and not _alone(letter):
            word.append((letter, start, end))
            continue
        if word:
            yield word
        word = []
        if not letter.isspace():
            yield [(letter, start, end)]
    if word:
        yield word


def _letters(chunk: str) -> Iterator[Letter]:
    """Yield small letters without accents; an accent belongs to the letter before it."""
    folded: list[Letter] = []
    for at, character in enumerate(chunk):
        if character.isascii() and character.isprintable():
            folded.append((character.lower(), at, at + 1))
            continue
        kept = _folded(character)
        if not kept and folded and unicodedata.category(character) == "Mn":
            letter, start, _ = folded[-1]
            folded[-1] = (letter, start, at + 1)
        folded.extend((letter, at, at + 1) for letter in kept)
    return iter(folded)


def _folded(character: str) -> str:
    """Return what the vocabulary knows of a character: nothing of an accent or a control."""
    if character == "\ufffd" or unicodedata.category(character) in ("Cc", "Cf", "Co"):
        return ""
    apart = unicodedata.normalize("NFD", character)
    return "".join(one.lower() for one in apart if unicodedata.category(one) != "Mn")


def _alone(letter: str) -> bool:
    """Tell whether a character is a word of its own: a mark or a Chinese character."""
    if letter.isascii():
        return not letter.isalnum()
    return unicodedata.category(letter)[0] == "P" or _chinese(ord(letter))


CHINESE = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


def _chinese(code: int) -> bool:
    return any(first <= code <= last for first, last in CHINESE)


def _case(word: str) -> int:
    """Tell how a word is written in the text."""
    if not word[0].isupper():
        return SMALL
    return CAPITALS if len(word) > 1 and word.isupper() else CAPITAL
