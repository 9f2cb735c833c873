"""Words blacked out, letter for letter, and the digest that is left of them."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.conf import settings

BLANK: Final = "█"

_MARK: Final = "\u0300-\u036f"  # accents that stand as letters of their own


def pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds names as whole words: any capitals, any blanks, accents either way."""
    longest = sorted(names, key=len, reverse=True)
    either = "|".join(r"\s+".join(map(_spelled, name.split())) for name in longest)
    return re.compile(rf"(?<![\w{_MARK}])(?:{either})(?![\w{_MARK}])", re.IGNORECASE)


def _spelled(word: str) -> str:
    """Return a pattern for a word whose accented letters are one code point or several."""
    letters = unicodedata.normalize("NFC", word)
    both = ((letter, unicodedata.normalize("NFD", letter)) for letter in letters)
    return "".join(
        re.escape(one) if one == other else f"(?:{re.escape(one)}|{re.escape(other)})"
        for one, other in both
    )


def blackener(pattern: re.Pattern[str]) -> Callable[[str], str]:
    """Return a function that blacks out what the pattern finds; lengths stay."""

    def black(text: str) -> str:
        return pattern.sub(lambda match: all_black(match[0]), text)

    return black


def all_black(text: str) -> str:
    """Black out every letter, accent and digit of a text; its length stays."""
    return "".join(
        BLANK if letter == "_" or unicodedata.category(letter)[0] in "LMN" else letter
        for letter in text
    )


def blacked(value: Any, black: Callable[[str], str]) -> Any:
    """Return JSON with its texts blacked out; the names of its keys stay."""
    if isinstance(value, str):
        return black(value)
    if isinstance(value, list):
        return [blacked(one, black) for one in value]
    if isinstance(value, dict):
        return {name: blacked(one, black) for name, one in value.items()}
    return value


def digest_of(words: str) -> str:
    """Return the HMAC-SHA-256 of words under the site's key: without it nobody can try names."""
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, words.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
