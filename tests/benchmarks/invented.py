"""Invented articles, and how the engine would have read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from corpus.edtf import bounds
from corpus.findings import text_digest
from corpus.spans import Span

KINDS = {"quantity": "measure", "age": "duration"}
UNITS = {"percentage point": "pp", "percent": "%", "people": "", "date": "", "rank": ""}
SIGNS = {"approx": "~", "ge": ">=", "le": "<=", "gt": ">", "lt": "<"}


@dataclass(slots=True)
class News:
    """One invented article: its row, and those of its attributions and claims with their topics."""

    row: Sequence[Any]
    names: Sequence[str]
    attributions: list[Sequence[Any]] = field(default_factory=list)
    claims: list[Sequence[Any]] = field(default_factory=list)
    topics: dict[int, list[int]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The article's words."""
        return str(self.row[5])

    @property
    def day(self) -> str:
        """When it was published."""
        return str(self.row[2])[:10]

    def sentences(self) -> list[Span]:
        """Return the sentences in which somebody states something."""
        return [Span(start, end) for _, _, _, start, end, _ in self.attributions]

    def reading(self) -> dict[str, Any]:
        """Return the article as the engine would have read it."""
        published = {"edtf": None, "earliest": None, "latest": None, "basis": "none"}
        return {
            "id": None,
            "schema": 1,
            "engine": "1.0",
            "tier": "light",
            "text_sha256": text_digest(self.text),
            "published": published | {"evidence": None, "confidence": 0.0},
            "attributions": [self.said(n) for n in range(len(self.attributions))],
            "claims": self.findings(),
            "designators": [],
            "flags": [],
            "unread": None,
        }

    def findings(self) -> list[dict[str, Any]]:
        """Return the claims as the engine would have found them."""
        numbers = {row[0]: n for n, row in enumerate(self.attributions)}
        return [self._finding(row, numbers[row[2]]) for row in self.claims]

    def said(self, n: int) -> dict[str, Any]:
        """Return an attribution as the engine would have found it."""
        _, _, speaker, start, end, verb = self.attributions[n]
        name = self.names[speaker - 1]
        who = [end - 1 - len(name), end - 1]
        cue = [who[0] - 1 - len(verb), who[0] - 1]
        return {
            "n": n,
            "manner": "direct",
            "source": [who],
            "cue": [cue],
            "content": [[start, cue[0] - 1]],
            "speaker": name,
            "speaker_kind": "person",
            "mention": who,
            "resolved_by": "name",
            "candidates": [],
            "parent": None,
            "said_when": None,
            "said_when_span": None,
            "score": 0.9,
        }

    def _finding(self, row: Sequence[Any], n: int) -> dict[str, Any]:
        pk, _, _, _, kind, value, low, high, unit, sign, subject, first, last, start, end = row[:15]
        spread = sign == "between"
        unit = UNITS.get(unit, unit) if kind != "count" else ""
        given = self.attributions[n]
        return {
            "kind": KINDS.get(kind, kind),
            "start": start,
            "end": end,
            "surface": self.text[start:end],
            "value": None if spread or kind == "date" else _exact(value),
            "low": _exact(low) if spread and kind != "date" else None,
            "high": _exact(high) if spread and kind != "date" else None,
            "comparator": SIGNS.get(sign, "="),
            "vague": False,
            "unit": unit or None,
            "per": None,
            "change": None,
            "concept": subject,
            "concept_head": subject.rpartition(" ")[2],
            "concept_span": None,
            "hedge_span": None,
            "scope": self._scope(given[3]) if pk % 3 == 0 else None,
            "anchor": None,
            "timex_type": "DATE" if kind == "date" else None,
            "timex_value": None,
            "unresolved": None,
            "modality": "asserted",
            "sentence": [given[3], given[4]],
            "rule": kind,
            "score": 0.5 + pk % 50 / 100,
            "calendar": None,
            **_dated(first, last),
            **self._voiced(pk, n),
        }

    def _scope(self, start: int) -> dict[str, Any]:
        return {"edtf": self.day[:4], "place": None, "span": [start, start + 1]}

    def _voiced(self, pk: int, n: int) -> dict[str, Any]:
        """Return whose words they are: of ten claims eight are attributed to somebody."""
        told = {"candidates": [], "attribution": None, "speaker": None, "chain": [], "voices": []}
        if pk % 10 > 7:
            return told | {"voice": "own" if pk % 10 == 8 else "undetermined"}
        name = self.names[self.attributions[n][2] - 1]
        voices = {"attribution": n, "speaker": name, "chain": [name], "voices": [n]}
        return told | {"voice": "attributed"} | voices


def _exact(value: float) -> str:
    written = format(Decimal(repr(value)), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _dated(first: str | None, last: str | None) -> dict[str, Any]:
    if first is None:
        return {"edtf": None, "earliest": None, "latest": None}
    edtf = first if first == last else f"{first}/{last}"
    earliest, latest = bounds(edtf)
    return {"edtf": edtf, "earliest": earliest, "latest": latest}
