"""Which paragraphs of an article the tagger of a tier is given."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.attribution.forms.labels import Label
from corpus.attribution.page import Page
from corpus.spans import Span
from corpus.tagging import tagger
from corpus.tagging.base import Heard

OPENING = frozenset("\"“‘«'")


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
    lines = [labels[n].said if n in labels else line for n, line in enumerate(page.lines)]
    if figures is None:
        return tagger(tier).read(page.text, lines)
    needed = _needed(page, figures)
    wanted = [line if n in needed else None for n, line in enumerate(lines)]
    return tagger(tier).read(page.text, wanted)


def _needed(page: Page, figures: Sequence[Span]) -> set[int]:
    """Return the lines that hold a figure, and those before them whose speech goes on there."""
    needed = {page.line_at(figure.start) for figure in figures}
    for number in sorted(needed, reverse=True):
        at = number
        while at > 0 and page.text[page.lines[at].start] in OPENING:
            at -= 1
            needed.add(at)
    return needed
