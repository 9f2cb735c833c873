"""Modality: whether a figure is asserted, planned, forecast, conditional, presupposed or denied."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus import lexicon
from corpus.patterns import any_of
from corpus.quantities.base import Quantity
from corpus.quantities.page import Page

WORDS = lexicon.mapping("modality", "words")
_MODAL = re.compile(rf"(?<![\w])(?P<word>{any_of(WORDS)})(?!\w)")
_CLAUSE = re.compile(
    r"[;:()—]|,\s(?:which|who|and|but|while|with|whereas|as|after|where)\b|\b(?:because"
    r"|although|after|since|which|who|said|says|told|that)\b",
    re.IGNORECASE,
)
_FACT = re.compile(
    r"\b(?:was|were|had|has|have|is|are|did|rose|fell|grew|took|held|made|came|went|won|lost"
    r"|paid|sent|said|became|began|cost|[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
_SAID = re.compile(r"\b(?:said|announced|told|pledged|promised|stated|confirmed|that)\b")
_WILL = re.compile(r"\b(?:will|plans? to|aims? to|pledged to|intends? to)\b", re.IGNORECASE)


def mark(page: Page, found: list[Quantity]) -> list[Quantity]:
    """Return the quantities with their modality, read from the words of their own clause."""
    return [
        replace(item, modality=how) if (how := _modality(page, item)) else item for item in found
    ]


def _modality(page: Page, item: Quantity) -> str | None:
    sentence = page.sentence(item.span.start)
    if (
        page.text[max(sentence.start, sentence.end - 12) : sentence.end]
        .rstrip("\"'”’) \t\r\n")
        .endswith("?")
    ):
        return "presupposed"
    before = _CLAUSE.split(page.before(item.span.start, 120))[-1]
    modals = list(_MODAL.finditer(before))
    facts = list(_FACT.finditer(before))
    if modals:
        last = modals[-1]
        kind = WORDS[" ".join(last["word"].lower().split()).replace("’", "'")]
        if last["word"] == "would" and _SAID.search(page.before(item.span.start, 120)):
            kind = "planned"
        later = [fact for fact in facts if fact.start() >= last.end()]
        if kind == "denied" and len(before) - last.end() > 30:
            return None
        if not later or kind in ("forecast", "conditional"):
            return kind
        return None
    if facts or item.kind in ("ordinal",):
        return None
    after = re.split(r"[;:.]", page.after(item.span.end, 50))[0]
    starts_clause = len(before.strip()) < 24
    return "planned" if starts_clause and _WILL.search(after) and item.kind == "duration" else None
