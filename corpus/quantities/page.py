"""The text as the rules see it: sentences, figures, and which places are already taken."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.numbers import CROWD, CROWDED, CROWDED_WHY, Figure, figures
from corpus.patterns import places_of, plain_blanks
from corpus.spans import Span

WINDOW = 80
"""Code points a rule may look to either side."""

_DIGITS = re.compile("[0-9]+")
_LONG_LOWER = re.compile(r"\b[a-z]{4,}")


class Page:
    """One article under reading. Rules look at it; only `take` changes it."""

    def __init__(self, text: str, sentences: Sequence[Span]) -> None:
        self.text = plain_blanks(text)
        self.sentences = sorted(sentences)
        self._starts = [sentence.start for sentence in self.sentences]
        self.digits = [run.start() for run in _DIGITS.finditer(self.text)]
        self._taken = bytearray(len(text))
        self._places = places_of(self.text)
        self._merged: dict[frozenset[str], list[int]] = {}
        self._figures = _without_crowds(figures(self.text, self._places))

    def places(self, words: Iterable[str]) -> list[int]:
        """Return where any of `words` (runs of a-z in small letters) begins, in text order."""
        found = [place for word in words for place in self._places.get(word, ())]
        found.sort()
        return found

    def first(self, words: frozenset[str], start: int, end: int) -> int | None:
        """Return where the first of `words` stands that begins in `[start, end)`, or None.

        Tells cheaply, before any pattern is tried, whether there is something to find.
        """
        places = self._merged.get(words)
        if places is None:
            places = self._merged[words] = self.places(words)
        index = bisect_left(places, start)
        return places[index] if index < len(places) and places[index] < end else None

    def scan(
        self, pattern: re.Pattern[str], words: Iterable[str], reach: int = 0
    ) -> Iterator[re.Match[str]]:
        """Yield what `pattern.finditer` would, looking only around `words` that no rule has taken.

        Right where every match holds one of `words`, `reach` code points after its start at most,
        and is no longer than `WINDOW`. No part of the text is looked at more than twice.
        """
        done = 0  # whatever begins before this was yielded, is no match or holds what is taken
        for place in self.places(words):
            start = max(done, place - reach)
            if start > place:
                continue
            if self._taken[place]:
                done = place + 1
                continue
            if reach:
                match = pattern.search(self.text, start, place + 2 * WINDOW)
            else:
                match = pattern.match(self.text, place)
            if match is None:
                done = place + WINDOW if reach else place + 1
            elif match.start() > place:
                done = match.start()
            else:
                yield match
                done = match.end()

    def at_digits(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield what `pattern.finditer` would, where every match begins with a run of digits.

        Those whose beginning a rule has taken are left out.
        """
        done = 0
        for place in self.digits:
            if place < done or self._taken[place]:
                continue
            if match := pattern.match(self.text, place):
                yield match
                done = match.end()

    def figures(self) -> Iterator[Figure]:
        """Yield the well-formed figures that no rule has taken yet, left to right."""
        for figure in self._figures:
            if figure.refused is None and self.is_free(figure.span):
                yield figure

    def written(self) -> Iterator[Figure]:
        """Yield what is written in digits, well-formed or not, taken or not."""
        for figure in self._figures:
            if not figure.spelled:
                yield figure

    def refused(self) -> Iterator[Figure]:
        """Yield the runs of digits that are no number, where no rule has taken them yet."""
        for figure in self._figures:
            if figure.refused and self.is_free(figure.span):
                yield figure

    def is_free(self, span: Span) -> bool:
        """Tell whether no rule has taken any of `span`."""
        return self._taken.find(1, span.start, span.end) < 0

    def take(self, span: Span) -> bool:
        """Mark `span` as taken; False, and nothing changes, if a part of it was."""
        if not self.is_free(span):
            return False
        self._taken[span.start : span.end] = b"\x01" * len(span)
        return True

    def sentence(self, place: int) -> Span:
        """Return the sentence that holds `place`; the whole text where there is none."""
        index = bisect_right(self._starts, place) - 1
        if index >= 0 and self.sentences[index].end > place:
            return self.sentences[index]
        return Span(0, max(1, len(self.text)))

    def before(self, place: int, width: int = WINDOW) -> str:
        """Return what stands before `place` in its sentence, at most `width` code points."""
        return self.text[max(self.sentence(place).start, place - width, 0) : place]

    def after(self, place: int, width: int = WINDOW) -> str:
        """Return what stands from `place` on in its sentence, at most `width` code points."""
        end = self.sentence(max(0, place - 1)).end
        return self.text[place : max(place, min(end, place + width))]

    def opens_sentence(self, place: int) -> bool:
        """Tell whether only quotation marks and blanks stand before `place` in its sentence."""
        return not self.before(place, 12).strip(" \t\r\n\"'“”‘’«»([—–-")

    def is_title(self, place: int) -> bool:
        """Tell whether the sentence is set Like a Headline, so that capitals mean nothing."""
        sentence = self.sentence(place)
        stop = min(sentence.end, sentence.start + 300)
        return not _LONG_LOWER.search(self.text, sentence.start, stop)


def _without_crowds(found: list[Figure]) -> list[Figure]:
    """Return the figures with those that stand too close together refused."""
    crowded_to = -1
    kept: list[Figure] = []
    for number, figure in enumerate(found):
        last = number + CROWD
        if last < len(found) and found[last].span.start - figure.span.start < CROWDED:
            crowded_to = last
        if number <= crowded_to and not figure.refused:
            figure = replace(figure, refused=CROWDED_WHY)
        kept.append(figure)
    return kept
