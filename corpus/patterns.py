"""From word lists to regular expressions that run in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

GAP = r"(?:(?!\s?\n\s?\n)\s{1,3})"
"""White space inside a phrase: blanks of any width, at most one line break, no paragraph break."""

HYPHEN = "[-\u2010\u2011\u2013]"
"""What joins "90-minute": hyphen-minus, hyphen, no-break hyphen, en dash."""

APOSTROPHE = "['\u2019]"

BLANKS = "\u00a0\u2007\u2009\u202f"
"""No-break, figure, thin and narrow blanks: white space inside a line, like the plain blank."""

_WORD = re.compile("[a-z]+")
_LETTERS = re.compile(r"\w+")
_WORDS = re.compile(rf"\w+(?:(?:\.?{GAP}|{HYPHEN}|{APOSTROPHE}|\.)\w+){{0,4}}")
_PLAIN = str.maketrans("\u2010\u2011\u2013\u2019", "---'")
_PLAIN_BLANK = re.compile(rf"(?<![0-9])[{BLANKS}]|[{BLANKS}](?![0-9]{{3}}(?![0-9]))")


def any_of(words: Iterable[str]) -> str:
    """Return a group that matches any of `words`, the longest first.

    A blank in a word stands for any short gap, an apostrophe for straight and curly, a hyphen
    for every hyphen. The group has no word boundaries of its own.
    """
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(phrase, longest_first))})"


def phrase(words: str) -> str:
    """Return the pattern of one word or phrase, as `any_of` reads it."""
    pieces = (re.escape(piece) for piece in words.split(" "))
    return GAP.join(pieces).replace("\\-", HYPHEN).replace("'", APOSTROPHE)


def longest(phrases: Mapping[str, str], text: str, place: int) -> tuple[str, int] | None:
    """Return what the longest of `phrases` at `place` stands for, and where it ends.

    Their keys are in small letters; blanks, hyphens and apostrophes match as in `any_of`. For
    long lists: a look-up takes no time to compile.
    """
    match = _WORDS.match(text, place)
    if match is None:
        return None
    for words, length in _openings(match[0]):
        if words in phrases:
            return phrases[words], place + length
    return None


@lru_cache(maxsize=4096)
def _openings(words: str) -> tuple[tuple[str, int], ...]:
    """Return what `words` open with, the longest first, and how long each is as written."""
    said = small(words).translate(_PLAIN)
    ends = [word.end() for word in _LETTERS.finditer(said)]
    return tuple((" ".join(said[:end].split()), end) for end in reversed(ends))


def places_of(text: str) -> dict[str, list[int]]:
    """Return where each word of `text` (a run of a-z in small letters) begins: one look at it."""
    places: dict[str, list[int]] = {}
    for match in _WORD.finditer(small(text)):
        places.setdefault(match[0], []).append(match.start())
    return places


def small(text: str) -> str:
    """Return `text` in small letters; everything stays in its place."""
    return text.replace("\u0130", "I").lower()  # the one letter that grows when small


def plain_blanks(text: str) -> str:
    """Return `text` with a plain blank for each of `BLANKS`; everything stays in its place.

    Those between groups of digits stay too: they make one number of "12 500".
    """
    return _PLAIN_BLANK.sub(" ", text) if any(blank in text for blank in BLANKS) else text


def starting(pattern: str, *, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Compile a pattern for `.match(text, position)`: what comes next."""
    return re.compile(pattern, flags)


def ending(pattern: str, *, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Compile a pattern that must end where the text does: for a short window before a place."""
    return re.compile(rf"(?:{pattern})\Z", flags)
