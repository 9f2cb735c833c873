"""Every quantity and calendar expression of a text: `read`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.quantities.base import Designator, Quantity
from corpus.quantities.page import Page
from corpus.quantities.rules import PASSES, RULES
from corpus.spans import Span


@dataclass(frozen=True, slots=True)
class Found:
    """What `read` returns, both lists by place in the text."""

    quantities: list[Quantity]
    designators: list[Designator]


def read(text: str, sentences: Sequence[Span]) -> Found:
    """Return the quantities and designators of `text`, whose sentences are `sentences`.

    Calendar expressions come unresolved (`Quantity.calendar`). Two quantities overlap only where
    a share holds the counts it is made of.
    """
    page = Page(text, sentences)
    quantities: list[Quantity] = []
    designators: list[Designator] = []
    for rule in RULES:
        for item in rule(page):
            if not page.take(item.span):
                continue
            if isinstance(item, Quantity):
                quantities.append(item)
            else:
                designators.append(item)
    quantities.sort(key=lambda quantity: quantity.span)
    for add in PASSES:
        quantities = add(page, quantities)
    return Found(
        sorted(quantities, key=lambda quantity: quantity.span),
        sorted(designators, key=lambda designator: designator.span),
    )
