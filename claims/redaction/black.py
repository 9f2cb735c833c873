"""Words blacked out, letter for letter, and the digest that is left of them."""

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.conf import settings

BLANK: Final = "█"


def pattern_of(names: Iterable[str]) -> re.Pattern[str]:
    either = "|".join(
        r"\s+".join(map(re.escape, name.split())) for name in sorted(names, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def blackener(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def black(text: str) -> str:
        return pattern.sub(lambda match: all_black(match[0]), text)

    return black


def all_black(text: str) -> str:
    return re.sub(r"\w", BLANK, text)


def blacked(value: Any, black: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return black(value)
    if isinstance(value, list):
        return [blacked(one, black) for one in value]
    if isinstance(value, dict):
        return {name: blacked(one, black) for name, one in value.items()}
    return value


def digest_of(words: str) -> str:
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, words.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
