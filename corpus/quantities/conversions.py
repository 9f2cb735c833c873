"""The same amount in another unit: "more than 100 km (60 miles)" is more than 60 miles too."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.patterns import GAP
from corpus.quantities.base import Quantity
from corpus.quantities.page import Page

_OPEN = re.compile(rf"{GAP}?[(\[](?:or{GAP}|about{GAP})?")
_KINDS = ("measure", "money")


def apply(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with comparator and change handed on to an amount in brackets.

    The hedge keeps its one span, with the first amount.
    """
    told: list[Quantity] = []
    for item in found:
        if told and _converts(page, told[-1], item):
            first = told[-1]
            item = replace(item, comparator=first.comparator, change=item.change or first.change)
        told.append(item)
    return told


def _converts(page: Page, first: Quantity, item: Quantity) -> bool:
    if first.kind != item.kind or item.kind not in _KINDS or first.unit == item.unit:
        return False
    if item.comparator != "=" or not page.text.startswith((")", "]"), item.span.end):
        return False
    return bool(_OPEN.fullmatch(page.text[first.span.end : item.span.start][:12]))
