"""Which paragraphs of an article the taggers are given."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from corpus.attribution.forms.labels import Label
from corpus.attribution.page import Page
from corpus.quantities.base import Quantity
from corpus.spans import Span
from corpus.tagging import tagger
from corpus.tagging.base import Heard, Paragraphs

OPENING = frozenset("\"“‘«'")


def heard(
    page: Page,
    labels: Mapping[int, Label],
    tier: str | None = None,
    figures: Sequence[Quantity] | None = None,
) -> Heard:
    """Let the tagger of `tier` read the article, or only the paragraphs that `figures` need.

    Of these the light tier reads the ones that are needed for dates alone. The label of a
    transcript's turn is not read. Where the tier cannot run here, the one below does; None stands
    for the best there is.

    Raises:
        ValueError: if there is no such tier.
    """
    lines = [labels[n].said if n in labels else line for n, line in enumerate(page.lines)]
    if figures is None:
        return tagger(tier).read(page.text, lines)
    needed = _needed(page, (one.span for one in figures if one.kind != "date"))
    dated = _needed(page, (one.span for one in figures if one.kind == "date")) - needed
    most = tagger(tier).read(page.text, _only(lines, needed))
    rest = tagger("light").read(page.text, _only(lines, dated))
    return Heard(
        sorted([*most.tagged, *rest.tagged], key=lambda one: one.cue),
        [*most.fallbacks, *rest.fallbacks],
        most.tier,
        {**most.others, **dict.fromkeys(dated, rest.tier)},
    )


def _needed(page: Page, figures: Iterable[Span]) -> set[int]:
    """Return the lines that hold a figure, and those before them whose speech goes on there."""
    needed = {page.line_at(figure.start) for figure in figures}
    for number in sorted(needed):
        at = number
        while at > 0 and at - 1 not in needed and page.text[page.lines[at].start] in OPENING:
            at -= 1
            needed.add(at)
    return needed


def _only(lines: Paragraphs, needed: Collection[int]) -> Paragraphs:
    """Return `lines` with None in the place of those that are not needed."""
    return [line if n in needed else None for n, line in enumerate(lines)]
