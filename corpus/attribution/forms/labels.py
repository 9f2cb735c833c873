"""Transcripts: turns that begin with a label, "RENNER:", "Q:", "CHAIR (Agathe Morrow):"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.spans import Span

LABEL_RE = re.compile(
    r"(?:(?P<label>Q|A|[A-Z][\w'’-]{0,30}(?:\.? (?:of |for |and |the )?[A-Z][\w'’.-]{0,30}){0,3})"
    r"(?: \((?P<aside>[^()\n]{2,60})\))?:|(?P<dotted>[QA])\.)\s{1,9}"
)


GOES_ON_RE = re.compile(r"(?:[^\"“‘].{0,200})?\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|us|me)\b")
"""A line without a label whose first words are somebody's own."""


@dataclass(frozen=True, slots=True)
class Label:
    """Who a turn says is speaking: `words` in the text at `span`; the turn's words at `said`.

    `name` is given in brackets after the words; `more` are further lines of the turn.
    """

    span: Span
    words: str
    name: str | None
    said: Span
    more: tuple[Span, ...] = ()


def labels(text: str, lines: Sequence[Span]) -> dict[int, Label]:
    """Return the labels of a transcript by the number of their line; none if it is no transcript.

    One label in capitals proves little, nor does one name before a colon: there must be two
    turns, and each label in mixed case must come again. "A." may be an initial if there is no
    "Q.".
    """
    found = dict(_labelled(text, lines))
    times = Counter(label.words for label in found.values())
    lasts = Counter(label.words.split()[-1] for label in found.values())
    spoken = {
        number: label
        for number, label in found.items()
        if label.words.isupper() or times[label.words] > 1 or lasts[label.words.split()[-1]] > 1
    }
    if len(spoken) < 2:
        return {}
    turns = sorted(spoken)
    for number, after in pairwise(turns):
        more = _more(text, lines[number + 1 : after])
        spoken[number] = replace(spoken[number], more=tuple(more))
    return spoken


def _labelled(text: str, lines: Sequence[Span]) -> Iterator[tuple[int, Label]]:
    """Yield each line that begins with a label."""
    starts = {text[line.start : line.start + 2] for line in lines}
    for number, line in enumerate(lines):
        match = LABEL_RE.match(text, line.start, line.end)
        if not match or match.end() >= line.end:
            continue
        if match["dotted"] and not {"Q.", "A."} <= starts:
            continue
        words = "label" if match["label"] else "dotted"
        name = match["aside"] if match["aside"] and match["aside"][0].isupper() else None
        end = match.end("aside") + 1 if name else match.end(words)
        said = Span(match.end(), line.end)
        yield number, Label(Span(line.start, end), match[words], name, said)


def _more(text: str, between: Sequence[Span]) -> Iterator[Span]:
    """Yield the lines after a turn in which its speaker plainly goes on."""
    for line in between:
        if text[line.start] in "[(":
            continue  # "[Applause]"
        if not GOES_ON_RE.match(text, line.start, line.end):
            return
        yield line
