"""From a file's text to its articles: what each holds, and why every other line was left out."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.spans import Span

ROLES = ("headline", "section", "metadata", "byline", "dateline", "body")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an article's text with one role; the parts of an article do not overlap."""

    role: str
    span: Span
