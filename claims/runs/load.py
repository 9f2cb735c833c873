"""Readings made elsewhere, from JSON Lines: each stored and applied as if made here."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, BinaryIO

from claims.models import Article, Run
from claims.runs.apply import take
from claims.runs.proposals import Counts
from claims.runs.readings import finish, match_speakers, start_load, store_reading
from claims.runs.staged import weigh
from corpus.readers import LineError, json_objects


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file of readings: what it changed, or why it was left out."""

    number: int
    counts: Counts = field(default_factory=Counts)
    error: str = ""


def load(stream: BinaryIO, digest: str, *, staging: bool = False) -> Iterator[Line]:
    """Load the readings of `stream`, a file with this SHA-256; yield each line after its commit.

    A reading belongs to every article with its text, whatever the outlet. A line that cannot be
    used changes nothing, and the others go on. There is one run for each engine version and tier
    in the file; stopped before the end they stay open, and loading the file again resumes them.
    """

    @cache
    def run(engine: str, tier: str) -> Run:
        return start_load(engine, tier, digest, staging=staging)

    runs: dict[int, Run] = {}
    for line in json_objects(stream):
        if isinstance(line, LineError):
            yield Line(line.line, error=line.message)
            continue
        number, data = line
        try:
            articles = _articles(data)
            made = run(_word(data, "engine"), _word(data, "tier"))
            runs[made.pk] = made
            counts = [take(store_reading(made, article, data)) for article in articles]
            yield Line(number, sum(counts, Counts()))
        except ValueError as error:
            yield Line(number, error=str(error))
    for made in runs.values():
        if staging:
            deque(weigh(made, again=False), maxlen=0)
        else:
            match_speakers(made)
        finish(made)


def _articles(data: dict[str, Any]) -> list[Article]:
    """Return the articles a reading is about; a ValueError says that there is none."""
    digest = _word(data, "text_sha256")
    articles = list(Article.objects.filter(text_sha256=digest).order_by("pk"))
    if not articles:
        raise ValueError(f"no article with text_sha256 {digest[:64]}; import its text first")
    return articles


def _word(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value or len(value) > 100 or "\0" in value:
        raise ValueError(f"{key}: missing, or no short text")
    return value
