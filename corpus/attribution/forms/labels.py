"""Transcripts: turns that begin with a label, "RENNER:", "Q:", "CHAIR (Agathe Morrow):"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.spans import Span

LABEL_RE = re.compile(
    r"(?P<label>Q|A|[A-Z][\w'’-]{0,30}(?:\.? [A-Z][\w'’.-]{0,30}){0,3})"
    r"(?: \((?P<name>[^()\n]{2,60})\))?:\s{1,9}"
)


@dataclass(frozen=True, slots=True)
class Label:
    """Who a turn says is speaking: `words` in the text at `span`; the turn's words at `said`.

    `name` is given in brackets after the words.
    """

    span: Span
    words: str
    name: str | None
    said: Span


def labels(text: str, lines: Sequence[Span]) -> dict[int, Label]:
    """Return the labels of a transcript by the number of their line; none if it is no transcript.

    One label in capitals proves little, nor does one name before a colon: there must be two
    turns, and each label in mixed case must come again.
    """
    found: dict[int, Label] = {}
    for number, line in enumerate(lines):
        match = LABEL_RE.match(text, line.start, line.end)
        if match and match.end() < line.end:
            end = match.end("name") + 1 if match["name"] else match.end("label")
            said = Span(match.end(), line.end)
            found[number] = Label(Span(line.start, end), match["label"], match["name"], said)
    times = Counter(label.words for label in found.values())
    lasts = Counter(label.words.split()[-1] for label in found.values())
    spoken = {
        number: label
        for number, label in found.items()
        if label.words.isupper() or times[label.words] > 1 or lasts[label.words.split()[-1]] > 1
    }
    return spoken if len(spoken) > 1 else {}
