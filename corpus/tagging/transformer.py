"""The main reader of attributions: a small transformer that finds cues and then asks about each.

The lower half of the network reads a window once. The upper half reads the window's state as it
is to find cues, and once more for each cue, its pieces marked, to find source and content.
Windows are read one by one: what is found in one does not depend on what else is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np

from corpus.spans import Span
from corpus.tagging.base import Fallback, Heard, Paragraphs, Tagged, Tagger
from corpus.tagging.lexical import lexical_tagger
from corpus.tagging.roles import Cue, attribution, candidates, likeliest, shares
from corpus.tagging.runtime import Floats, Session, session
from corpus.tagging.windows import Window, windows
from corpus.tagging.wordpiece import WordPieces

MOST_CUES = 8
"""Number of cues asked about in one window; the likeliest are."""
MOST_PIECES = 20_000
"""Number of word pieces in an article beyond which the tier below reads on."""
MOST_WINDOWS = 1_000
"""Number of windows in an article beyond which the tier below reads on: each has its own cost."""
MOST_ASKED = 60_000
"""Number of word pieces read again for cues beyond which the tier below reads on."""
CUE_LABELS = 3
EDGES = " \t,;:–—"
"""What may stand at an edge of a content without belonging to it."""


@dataclass(frozen=True, slots=True)
class TransformerTagger:
    """A reader of attributions from the two halves of a network."""

    pieces: WordPieces
    lower: Session
    upper: Session
    below: Tagger
    tier: str = "main"

    def read(self, text: str, paragraphs: Paragraphs) -> Heard:
        """Return the attributions in `paragraphs` of `text`, and where a bound was hit."""
        found: list[Tagged] = []
        fallbacks: list[Fallback] = []
        others: dict[int, str] = {}
        read = asked = 0
        for number, window in enumerate(windows(self.pieces, text, paragraphs)):
            long = read + len(window) > MOST_PIECES or number >= MOST_WINDOWS
            if long or asked > MOST_ASKED:
                rest = _rest(paragraphs, window)
                below = self.below.read(text, rest)
                found.extend(below.tagged)
                others = {at: self.below.tier for at, span in enumerate(rest) if span}
                left = [span for span in rest if span]
                whole = Span(left[0].start, left[-1].end)
                fallbacks += [Fallback(whole, "long article"), *below.fallbacks]
                break
            state = self.state(window)
            cues = candidates(window, shares(self.scores(state, [None])[0, :, :CUE_LABELS]))
            if len(cues) > MOST_CUES:
                fallbacks.append(Fallback(window.span, "many cues"))
                cues = likeliest(cues, MOST_CUES)
            read += len(window)
            asked += len(window) * len(cues)
            found.extend(
                replace(tagged, content=content)
                for tagged in self._attributions(window, state, cues)
                if (content := trimmed(text, tagged.content))
            )
        return Heard(found, fallbacks, self.tier, others)

    def state(self, window: Window) -> Floats:
        """Return the lower half's state of a window, its start and its end."""
        start, end = self.pieces.numbers["[CLS]"], self.pieces.numbers["[SEP]"]
        numbers = np.array([(start, *window.numbers, end)], np.int64)
        looks = np.array([(0, *window.looks, 0)], np.int64)
        return self.lower.run(None, {"numbers": numbers, "looks": looks})[0]

    def scores(self, state: Floats, cues: Sequence[Cue | None]) -> Floats:
        """Return the scores of each piece of the window for each cue; None asks for cues."""
        asked = np.zeros((len(cues), state.shape[1]), np.float32)
        for row, cue in enumerate(cues):
            if cue:
                asked[row, cue.start + 1 : cue.end + 1] = 1
        return self.upper.run(None, {"state": state, "asked": asked})[0][:, 1:-1]

    def _attributions(self, window: Window, state: Floats, cues: Sequence[Cue]) -> Iterator[Tagged]:
        if not cues:
            return
        chances = shares(self.scores(state, cues)[:, :, CUE_LABELS:])
        for cue, roles in zip(cues, chances, strict=True):
            if tagged := attribution(window, cue, roles):
                yield tagged


def trimmed(text: str, content: Sequence[Span]) -> tuple[Span, ...]:
    """Return the stretches of a content that hold a word, without what only parts them."""
    found = []
    for span in content:
        words = span.cut(text)
        start = span.start + len(words) - len(words.lstrip(EDGES))
        end = span.end - len(words) + len(words.rstrip(EDGES))
        if any(character.isalnum() for character in words):
            found.append(Span(start, end))
    return tuple(found)


def _rest(paragraphs: Paragraphs, window: Window) -> Paragraphs:
    """Return what is left of `paragraphs` from the first piece on that is the window's own."""
    number = window.paragraph
    first = paragraphs[number]
    assert first is not None
    left = Span(window.places[window.own[0]][0], first.end)
    return [*[None] * number, left, *paragraphs[number + 1 :]]


@cache
def transformer_tagger() -> TransformerTagger:
    """Return the reader with the network that comes with this package.

    Raises:
        ModuleNotFoundError: if onnxruntime is not installed.
    """
    weights = files("corpus.weights")
    return TransformerTagger(
        WordPieces.of(weights.joinpath("main-vocabulary.txt").read_text(encoding="utf-8")),
        session(weights.joinpath("main-window.onnx").read_bytes()),
        session(weights.joinpath("main-cue.onnx").read_bytes()),
        lexical_tagger(),
    )
