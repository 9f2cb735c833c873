"""Names as written, folded to what writers agree on: case, accents, marks, transliteration."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_PLAIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"}
)
_INSIDE: Final = frozenset("'’‘ʼ`´ʹ")
"""Marks that part no words: "O'Dell" is one word."""
_SOUNDS: Final = (
    *(("tsch", "c"), ("tch", "c"), ("dzh", "z"), ("sch", "s"), ("shch", "s"), ("ch", "c")),
    *(("sh", "s"), ("zh", "z"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dj", "z")),
    *(("ck", "k"), ("cz", "c"), ("ts", "c"), ("tz", "c"), ("x", "ks"), ("q", "k"), ("w", "v")),
    *(("oe", "o"), ("ue", "u"), ("ae", "a"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i")),
    *(("ey", "i"), ("iy", "i"), ("yi", "i"), ("y", "i"), ("j", "i"), ("e", "i"), ("o", "u")),
)
"""Letters that transliterations and old spellings use for one another, longest first."""
_SOUNDS_RE: Final = re.compile("|".join(spelling for spelling, _ in _SOUNDS))
_SOUND_OF: Final = dict(_SOUNDS)
_VOWELS: Final = str.maketrans("", "", "aiu")
LONGEST: Final = 40
"""Letters of a word that are compared; bounds the work on a word without end."""
_CLEAR: Final = 3
"""Consonants from which a word can be known by its consonants alone."""


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """Return the words of a name without case, accents and marks, one blank apart.

    >>> fold("José-María O’Dell")
    'jose maria odell'
    """
    kept = []
    for letter in unicodedata.normalize("NFKD", name.casefold()).translate(_PLAIN):
        if letter.isalnum():
            kept.append(letter)
        elif not unicodedata.combining(letter) and letter not in _INSIDE:
            kept.append(" ")
    return " ".join("".join(kept).split())


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """Return what spellings of one folded word share: "Yusuf" and "Youssef" sound the same.

    A word of few consonants keeps its vowels: "Li" and "Lei" are two names.
    """
    heard = _once(_SOUNDS_RE.sub(lambda match: _SOUND_OF[match[0]], word[:LONGEST]))
    bones = _once(heard[:1] + heard[1:].translate(_VOWELS))
    return bones if len(bones) >= _CLEAR else _once(word[:LONGEST])


@lru_cache(maxsize=20_000)
def sounds(word: str) -> tuple[str, str]:
    """Return the two ways a folded word may sound: its j as in "Jakarta", or as in "Jan"."""
    return sound(word), sound(word.replace("j", "dzh"))


def _once(word: str) -> str:
    """Return a word with each doubled letter once."""
    return "".join(
        letter for letter, before in zip(word, f" {word}", strict=False) if letter != before
    )


def likeness(one: str, other: str) -> float:
    """Return how alike two folded words are spelled, 0 to 1: letters kept over the longer's."""
    one, other = one[:LONGEST], other[:LONGEST]
    longer = max(len(one), len(other))
    return 1 - _changes(one, other) / longer if longer else 1.0


def _changes(one: str, other: str) -> int:
    """Return how many letters must be added, dropped or changed (Levenshtein)."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        corner, row[0] = row[0], place
        for at, against in enumerate(other, start=1):
            kept = corner + (letter != against)
            corner, row[at] = row[at], min(kept, row[at] + 1, row[at - 1] + 1)
    return row[-1]
