"""Foreign JSON read with suspicion: each value by its path, checked before it is believed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from corpus.edtf import bounds
from corpus.spans import Span

EXACT_RE = re.compile(r"-?[0-9]{1,200}(?:\.[0-9]{1,200}|/0{0,9}[1-9][0-9]{0,190})?")
UNSTORABLE_RE = re.compile("[\x00\ud800-\udfff]")
LARGEST_DAY = 10**13

T = TypeVar("T")


class FindingsError(ValueError):
    """A reading made elsewhere breaks the rules; the message begins with the place, `claims[3]`."""


@dataclass(frozen=True, slots=True)
class Node:
    """A foreign JSON value, the path that leads to it, and the text its spans are in."""

    value: Any
    path: str
    article: str | None

    def wrong(self, wanted: str) -> FindingsError:
        shown = repr(self.value)
        shown = shown if len(shown) <= 60 else shown[:57] + "..."
        return FindingsError(f"{self.path or 'reading'}: {shown} is not {wanted}")

    def get(self, key: str) -> Node:
        if not isinstance(self.value, dict):
            raise self.wrong("an object")
        path = f"{self.path}.{key}" if self.path else key
        return Node(self.value.get(key), path, self.article)

    def each(self, read: Callable[[Node], T]) -> tuple[T, ...]:
        if not isinstance(self.value, list):
            raise self.wrong("a list")
        items = enumerate(self.value)
        return tuple(read(Node(item, f"{self.path}[{n}]", self.article)) for n, item in items)

    def maybe(self, read: Callable[[Node], T]) -> T | None:
        return None if self.value is None else read(self)

    def optional(self, read: Callable[[Node], object], *keys: str) -> dict[str, Any]:
        return {key: self.get(key).maybe(read) for key in keys}

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.wrong("a text")
        if UNSTORABLE_RE.search(self.value):
            raise self.wrong("free of NUL and lone surrogates")
        return self.value

    def one_of(self, words: Iterable[str]) -> str:
        if self.value not in (allowed := tuple(words)):
            raise self.wrong(f"one of {', '.join(allowed)}")
        return self.text()

    def exact(self) -> str:
        if not EXACT_RE.fullmatch(self.text()):
            raise self.wrong("an exact number such as 12, -0.5 or 1/3")
        return self.text()

    def made(self, make: Callable[[Any], T]) -> T:
        try:
            return make(self.value)
        except ValueError as error:
            raise FindingsError(f"{self.path}: {error}") from None

    def days(self) -> str:
        text = self.text()
        self.made(bounds)
        return text

    def whole(self) -> int:
        if type(self.value) is not int or abs(self.value) > LARGEST_DAY:
            raise self.wrong("a whole number within bounds")
        return self.value

    def truth(self) -> bool:
        if type(self.value) is not bool:
            raise self.wrong("true or false")
        return self.value

    def portion(self) -> float:
        if type(self.value) not in (int, float) or not 0 <= self.value <= 1:
            raise self.wrong("a number from 0 to 1")
        return float(self.value)

    def span(self) -> Span:
        ends = self.each(Node.whole)
        if len(ends) != 2 or not 0 <= ends[0] < ends[1]:
            raise self.wrong("a span [start, end] with 0 <= start < end")
        if self.article is not None and ends[1] > len(self.article):
            raise self.wrong(f"a span inside the text of {len(self.article)} code points")
        return Span(*ends)

    def marked(self) -> tuple[Span, str]:
        """Read `start`, `end` and the `surface` that must stand there."""
        start, end, surface = self.get("start"), self.get("end"), self.get("surface")
        if not 0 <= start.whole() < end.whole():
            raise start.wrong("before its end")
        if self.article is not None and end.whole() > len(self.article):
            raise end.wrong(f"inside the text of {len(self.article)} code points")
        span = Span(start.whole(), end.whole())
        if len(surface.text()) != len(span) or (
            self.article is not None and span.cut(self.article) != surface.value
        ):
            raise surface.wrong("what stands at its span")
        return span, surface.text()
