"""Which paragraphs the tagger of a tier is given, and where it read with less care."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.attribution.forms.labels import Label
from corpus.attribution.page import Page
from corpus.spans import Span
from corpus.tagging import tagger
from corpus.tagging.base import Fallback, Tagged
from corpus.tagging.transformer import TransformerTagger

OPENING = frozenset("\"“‘«'")


@dataclass(frozen=True, slots=True)
class Heard:
    """What a tagger found in an article: `tier` names the one that ran."""

    tagged: Sequence[Tagged]
    fallbacks: tuple[Fallback, ...]
    tier: str


def heard(
    page: Page,
    labels: dict[int, Label],
    tier: str | None = None,
    figures: Sequence[Span] | None = None,
) -> Heard:
    """Let the tagger of `tier` read the article, or only the paragraphs that `figures` need.

    The label of a transcript's turn is not read. Where the tier cannot run here, the one below
    does; None stands for the best there is.

    Raises:
        ValueError: if there is no such tier.
    """
    reader = tagger(tier)
    wanted = range(len(page.lines)) if figures is None else _needed(page, figures)
    lines = [labels[n].said if n in labels else page.lines[n] for n in wanted]
    if isinstance(reader, TransformerTagger):
        reading = reader.read(page.text, lines)
        return Heard(reading.tagged, tuple(reading.fallbacks), reader.tier)
    return Heard(reader.tag(page.text, lines), (), reader.tier)


def _needed(page: Page, figures: Sequence[Span]) -> list[int]:
    """Return the lines that hold a figure, and those before them whose speech goes on there."""
    needed = {page.line_at(figure.start) for figure in figures}
    for number in sorted(needed, reverse=True):
        at = number
        while at > 0 and page.text[page.lines[at].start] in OPENING:
            at -= 1
            needed.add(at)
    return sorted(needed)
