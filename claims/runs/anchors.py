"""Anchors: how a finding of one reading is known again in the next, whatever moved around it.

An anchor key is made of the words a finding stands in, not of offsets or values, so that a
ruling survives a new version of the engine.
"""

import hashlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from corpus.spans import Span

CALENDAR_KINDS: Final = frozenset({"date", "duration"})
CLOSE_ENOUGH: Final = 0.5
"""Intersection over union from which two spans of one family are the same finding."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """A finding or a stored row, as far as knowing it again goes: keys, family and place."""

    keys: tuple[str, ...]
    family: str
    span: Span


def family(kind: str) -> str:
    """Return `calendar` for dates and durations, `amount` for all other kinds."""
    return "calendar" if kind in CALENDAR_KINDS else "amount"


def fold(words: str) -> str:
    """Return words with white space folded; digits and punctuation stay."""
    return " ".join(words.split())


class Places:
    """Tells how often words stood before a place of `text` in a sentence of the same words.

    Counted in the text itself, not among findings: what else was found changes nothing.
    `sentences` are the sentences of the text, in order.
    """

    def __init__(self, text: str, sentences: Iterable[Span]) -> None:
        self._text = text
        self._starts: dict[str, list[int]] = defaultdict(list)
        for sentence in sentences:
            self._starts[fold(sentence.cut(text))].append(sentence.start)

    def key(self, family: str, sentence: Span, words: str, start: int) -> str:
        """Return the anchor key of `words` that begin at `start` of the text."""
        folded, surface = fold(sentence.cut(self._text)), fold(words)
        before = fold(self._text[sentence.start : start])
        earlier = bisect_left(self._starts.get(folded, []), sentence.start)
        place = before.count(surface) if surface else 0
        return digest(family, folded, surface, str(earlier), str(place))


def digest(*parts: str) -> str:
    """Return a hash of `parts` that keeps them apart."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def claim_keys(places: Places, findings: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the key of each finding; two on one place of one family differ by their order."""
    return _apart(
        places.key(
            family(finding["kind"]),
            Span(*finding["sentence"]),
            finding["surface"],
            finding["start"],
        )
        for finding in findings
    )


def attribution_keys(
    places: Places, sentences: Sequence[Span], text: str, found: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Return the key of each attribution: its sentence, its cue words, which of such."""
    keys = []
    for attribution in found:
        place = attribution_place(attribution)
        sentence = sentence_at(sentences, place)
        cue = " ".join(text[start:end] for start, end in attribution["cue"])
        keys.append(places.key("attribution", sentence, cue, place.start))
    return _apart(keys)


def attribution_place(attribution: Mapping[str, Any]) -> Span:
    """Return where an attribution stands: its cue, else its source, else its content."""
    spans = attribution["cue"] or attribution["source"] or attribution["content"] or [[0, 1]]
    return Span(spans[0][0], spans[-1][1])


def match(stored: Sequence[Anchored], found: Sequence[Anchored]) -> dict[int, int]:
    """Return for places in `found` the place in `stored` of the same finding, one to one.

    By key, those behind a row's first one before all first ones: an editor gave them. Else the
    pair of one family whose spans overlap best, from `CLOSE_ENOUGH` on; the very same span is the
    same finding in another family too.
    """
    given = {key: place for place, row in enumerate(stored) for key in row.keys[1:]}
    first = {row.keys[0]: place for place, row in enumerate(stored)}
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for by_key in (given, first):
        for place, row in enumerate(found):
            same = by_key.get(row.keys[0])
            if place not in pairs and same is not None and same not in taken:
                pairs[place] = same
                taken.add(same)
    close = [
        (-overlap, here, there)
        for here, row in enumerate(found)
        if here not in pairs
        for there, other in enumerate(stored)
        if there not in taken and (overlap := _likeness(row, other)) >= CLOSE_ENOUGH
    ]
    for _, here, there in sorted(close):
        if here not in pairs and there not in taken:
            pairs[here] = there
            taken.add(there)
    return pairs


def _likeness(one: Anchored, other: Anchored) -> float:
    if one.family == other.family or one.span == other.span:
        return one.span.iou(other.span)
    return 0.0


def _apart(keys: Iterable[str]) -> list[str]:
    seen: dict[str, int] = defaultdict(int)
    apart = []
    for key in keys:
        apart.append(digest(key, str(seen[key])) if seen[key] else key)
        seen[key] += 1
    return apart


def sentence_at(sentences: Sequence[Span], place: Span) -> Span:
    """Return the sentence that a place begins in; between sentences, the place itself."""
    at = bisect_left(sentences, place.start + 1, key=_start) - 1
    if at >= 0 and sentences[at].end > place.start:
        return sentences[at]
    return place


def _start(span: Span) -> int:
    return span.start
