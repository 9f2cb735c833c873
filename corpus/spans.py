"""Span: a stretch of text, the one way this package says where something stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of text, `[start, end)`, in Unicode code points.

    Offsets count from the start of the text the span was found in, which is never rewritten:
    `text[span.start:span.end]` is what an editor sees marked.

    Raises:
        ValueError: if the span is empty or starts before the text does.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def cut(self, text: str) -> str:
        """Return the words of `text` that stand at this span."""
        return text[self.start : self.end]

    def shift(self, by: int) -> Span:
        """Return the same span `by` code points further on."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span; equal spans hold each other."""
        return self.start <= other.start and other.end <= self.end

    def iou(self, other: Span) -> float:
        """Return intersection over union, from 0.0 (apart) to 1.0 (the same span)."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        if shared <= 0:
            return 0.0
        return shared / (max(self.end, other.end) - min(self.start, other.start))


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return the stretches that `spans` cover, by start; those that overlap become one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and found[-1].overlaps(span):
            last = found.pop()
            span = Span(last.start, max(last.end, span.end))
        found.append(span)
    return found
