"""Quotations as spans: curly, straight and single marks, nested, unclosed, run over paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from corpus.sentences import paragraphs, sentences
from corpus.spans import Span

DOUBLE = re.compile(r"``|''|[\"“”«»]")
SINGLE = re.compile(r"['‘’]")
OPENS_ONLY, CLOSES_ONLY = ("“", "«", "``"), ("”", "»", "''")
ELISION = re.compile(r"['‘’](?:[0-9]0s|tis|twas|em|n|til|cause|bout)\b", re.IGNORECASE)
BEFORE_OPENING = frozenset("([{-–—/|“‘\"'«`:,;")
PLURAL = re.compile(r"(?<=s)['’]\s+[a-z]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks.

    `span` holds the marks, `inner` only what is between them. `open`: no closing mark was found,
    the span ends where the paragraph or the sentence does. `continues`: the speech of the open
    quotation before goes on here. `depth` is 0 for the outermost, 1 for a quotation inside it.
    """

    span: Span
    inner: Span
    open: bool = False
    continues: bool = False
    depth: int = 0


def quotations(text: str) -> list[Quotation]:
    """Return the quotations of `text` by start, outer before inner; none crosses a line's end."""
    found: list[Quotation] = []
    lines = paragraphs(text)
    ends = [sentence.end for sentence in sentences(text)]
    running = False
    for line, after in zip_longest(lines, lines[1:]):
        goes_on = after is not None and DOUBLE.match(text, after.start) is not None
        doubles = list(_doubles(text, line, ends, goes_on))
        if running and doubles and doubles[0].span.start == line.start:
            doubles[0] = replace(doubles[0], continues=True)
        running = bool(doubles) and doubles[-1].open and doubles[-1].span.end == line.end
        found.extend(_nested([*doubles, *_singles(text, line)]))
    return found


def _doubles(text: str, line: Span, ends: list[int], goes_on: bool) -> Iterator[Quotation]:
    """Yield the quotations in double marks of one paragraph."""
    opened: re.Match[str] | None = None
    for mark in DOUBLE.finditer(text, line.start, line.end):
        if opened is None:
            opened = mark if _opens(text, line, mark) else None
        elif _closes(text, line, mark):
            yield from _closed(opened.span(), mark.span())
            opened = None
        else:
            yield from _unclosed(
                opened.span(), min(_sentence_end(ends, opened), mark.start()), text
            )
            opened = mark
    if opened is not None:
        whole = goes_on or opened.start() == line.start
        end = line.end if whole else min(_sentence_end(ends, opened), line.end)
        yield from _unclosed(opened.span(), end, text)


def _opens(text: str, line: Span, mark: re.Match[str]) -> bool:
    """Tell whether a mark met outside a quotation begins one."""
    if mark[0] in OPENS_ONLY:
        return True
    before = text[mark.start() - 1] if mark.start() > line.start else " "
    after = text[mark.end()] if mark.end() < line.end else " "
    return (before.isspace() or before in BEFORE_OPENING) and not after.isspace()


def _closes(text: str, line: Span, mark: re.Match[str]) -> bool:
    """Tell whether a mark met inside a quotation ends it; if not, it begins another one."""
    if mark[0] in OPENS_ONLY:
        return False
    if mark[0] in CLOSES_ONLY or mark.end() == line.end:
        return True
    return not (text[mark.start() - 1].isspace() and text[mark.end()].isalnum())


def _closed(opening: tuple[int, int], closing: tuple[int, int]) -> Iterator[Quotation]:
    if opening[1] < closing[0]:
        yield Quotation(Span(opening[0], closing[1]), Span(opening[1], closing[0]))


def _unclosed(opening: tuple[int, int], end: int, text: str) -> Iterator[Quotation]:
    end = opening[1] + len(text[opening[1] : end].rstrip())
    if opening[1] < end:
        yield Quotation(Span(opening[0], end), Span(opening[1], end), open=True)


def _sentence_end(ends: list[int], opened: re.Match[str]) -> int:
    return ends[bisect_right(ends, opened.start())]


def _singles(text: str, line: Span) -> Iterator[Quotation]:
    """Yield the quotations in single marks of one paragraph; apostrophes are none."""
    opening: int | None = None
    plural: int | None = None
    for mark in SINGLE.finditer(text, line.start, line.end):
        at = mark.start()
        if _opens_single(text, line, at):
            if opening is not None and plural is not None:
                yield from _closed((opening, opening + 1), (plural, plural + 1))
            opening, plural = at, None
        elif opening is not None and _may_close_single(text, line, at):
            if PLURAL.match(text, at, line.end):
                plural = plural or at
                continue
            yield from _closed((opening, opening + 1), (at, at + 1))
            opening = None
    if opening is not None and plural is not None:
        yield from _closed((opening, opening + 1), (plural, plural + 1))


def _opens_single(text: str, line: Span, at: int) -> bool:
    before = text[at - 1] if at > line.start else " "
    after = text[at + 1] if at + 1 < line.end else " "
    if after.isspace() or after in "'’" or not (before.isspace() or before in BEFORE_OPENING):
        return False
    return text[at] != "’" and ELISION.match(text, at, line.end) is None


def _may_close_single(text: str, line: Span, at: int) -> bool:
    after = text[at + 1] if at + 1 < line.end else " "
    return text[at] != "‘" and not text[at - 1].isspace() and not after.isalnum()


def _nested(found: Iterable[Quotation]) -> Iterator[Quotation]:
    """Yield `found` by start with their depths, less those that cross the end of another."""
    around: list[Quotation] = []
    for quotation in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        while around and around[-1].span.end <= quotation.span.start:
            around.pop()
        if not around or around[-1].span.holds(quotation.span):
            quotation = replace(quotation, depth=len(around))
            around.append(quotation)
            yield quotation
