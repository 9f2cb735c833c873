"""Attributions of short texts, read with a tagger that knows "N said" and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.attribution.base import Attribution
from corpus.attribution.drafts import Draft
from corpus.attribution.forms.labels import labels
from corpus.attribution.page import Page, Sentence, page
from corpus.attribution.read import attributions
from corpus.quotes import quotations
from corpus.sentences import sentences
from corpus.spans import Span
from corpus.speakers.people import people
from corpus.tagging.base import Heard, Tagged

CUES = r"(?P<cue>said|says|showed|told reporters|denied|did not say|claims|added)"
AFTER = re.compile(rf"(?:.*, )?(?P<source>[^,]+(?:, [^,]+,)?) {CUES} (?P<content>.+)\Z", re.DOTALL)
CLOSING = re.compile(rf"(?P<content>.+),\"? (?P<source>[^,]+) {CUES}(?: .*)?\.\Z", re.DOTALL)
NONE = re.compile(r"(?P<cue>Told) (?P<content>.+)\Z")


def page_of(text: str) -> Page:
    lines = sentences(text)
    return page(text, lines, quotations(text), people(text, lines))


def first(text: str) -> Sentence:
    return page_of(text).sentences[0]


def tagged(text: str) -> list[Tagged]:
    """Return one attribution for each sentence that has the form "N said content"."""
    found = []
    for span in sentences(text):
        words = span.cut(text)
        match = CLOSING.match(words) or AFTER.match(words) or NONE.match(words)
        if match:
            parts = {
                name: (Span(*match.span(name)).shift(span.start),) for name in match.groupdict()
            }
            found.append(Tagged(parts.get("source", ()), parts["cue"], parts["content"], 0.9))
    return found


def read(text: str, given: Sequence[Tagged] | None = None, tier: str = "main") -> list[Attribution]:
    """Return the attributions of `text`, by default with the plain tagger's."""
    around = page_of(text)
    heard = Heard(tagged(text) if given is None else given, (), tier)
    return attributions(around, labels(text, around.lines), heard)


def shown(text: str, found: Sequence[Attribution | Draft]) -> list[tuple[str, str, str]]:
    """Return source, cue and content of each as words, with " | " between stretches."""
    rows = []
    for one in found:
        source = one.source if isinstance(one.source, tuple) else [one.source]
        cue = one.cue if isinstance(one.cue, tuple) else [one.cue]
        parts = ([span.cut(text) for span in spans if span] for spans in (source, cue, one.content))
        rows.append(tuple(map(" | ".join, parts)))
    return rows


def marked(text: str, source: str, cue: str, *content: str) -> Tagged:
    """Return what a tagger that finds these words would."""

    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    return Tagged((at(source),) if source else (), (at(cue),), tuple(map(at, content)), 0.9)
