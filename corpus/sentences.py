"""Paragraphs and sentences of a text, as spans; nothing is cut or changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.lexicon import load
from corpus.spans import Span
from corpus.split import Part

LINE = re.compile(r"[^\r\n]+")
# Every place where a sentence might end: its marks, what closes after them, and white space;
# then the word that follows.
END = re.compile(r"""[.!?…]{1,8}[\])}"'”’»]{0,4}(?=\s+[\[({"'“‘«–—-]{0,4}(?P<word>\w{0,24}))""")
# The last word before a full stop; bounded, since a hostile text may hold no blank at all.
LAST_WORD = re.compile(r"(?<![\w.])[A-Za-z](?:[A-Za-z]|\.(?=[A-Za-z])){0,11}\Z")
CARRIED_ON = re.compile(r"(?:[A-Z]\S{0,30} ){0,4}(?P<cue>[a-z]{2,12})\b")

WORDS = {name: frozenset(words) for name, words in load("abbreviations").items()}


def paragraphs(text: str) -> list[Span]:
    """Return every line of `text` that is not blank, without the white space at its ends."""
    return [span for line in LINE.finditer(text) if (span := trimmed(text, *line.span()))]


def sentences(text: str, parts: Sequence[Part] = ()) -> list[Span]:
    """Return the sentences of `text`, left to right, none of them crossing a line or a part.

    Together they hold every character that is not white space.
    """
    edges = sorted({edge for part in parts for edge in (part.span.start, part.span.end)})
    found: list[Span] = []
    upcoming = 0
    for paragraph in paragraphs(text):
        start = paragraph.start
        while upcoming < len(edges) and edges[upcoming] < paragraph.end:
            found.extend(_in_stretch(text, start, edges[upcoming]))
            start = max(start, edges[upcoming])
            upcoming += 1
        found.extend(_in_stretch(text, start, paragraph.end))
    return found


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return `[start, end)` less the white space at its ends, or None if nothing is left."""
    words = text[start:end]
    if not (stripped := words.strip()):
        return None
    start += len(words) - len(words.lstrip())
    return Span(start, start + len(stripped))


def _in_stretch(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences of one paragraph, or of the piece of it between two edges."""
    ends = []
    begin = start
    for mark in END.finditer(text, start, end):
        if _ends_sentence(text, begin, mark, end):
            begin = mark.end()
            ends.append(begin)
    for stop in [*ends, end]:
        if span := trimmed(text, start, stop):
            yield span
        start = stop


def _ends_sentence(text: str, start: int, mark: re.Match[str], end: int) -> bool:
    """Tell whether the sentence that begins at `start` ends with `mark`."""
    if mark["word"][:1].islower():
        return False
    if mark[0] == ".":
        return _stop_ends(text, start, mark.start(), mark["word"])
    if mark[0][0] in "?!" and len(mark[0]) > 1:
        carried = CARRIED_ON.match(text, mark.start("word"), end)
        return not (carried and carried["cue"] in WORDS["after_questions"])
    return True


def _stop_ends(text: str, start: int, stop: int, following: str) -> bool:
    """Tell whether the plain full stop at `stop`, before the word `following`, ends a sentence."""
    before = text[max(start, stop - 14) : stop]
    if before.strip().isdigit() and stop - start <= 3:
        return False  # "1. The first item of a list"
    found = LAST_WORD.search(before)
    if found is None:
        return True
    word = found[0]
    if word in WORDS["titles"]:
        return False
    if word in WORDS["before_numbers"]:
        return not following[:1].isdigit()
    if word in WORDS["before_openers"] or (len(word) == 1 and word.isupper()):
        return following in WORDS["openers"]
    return True
