"""From a file's text to its articles: what each holds, and why every other line was left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.readers import BOM, LayoutRange, Record
from corpus.spans import Span
from corpus.split.articles import Placed, place
from corpus.split.lines import BYLINE, METADATA, MONTH, Line, lines_of

DATELINE = re.compile(
    # HARBOUR CITY, Kestria, May 6 (Wire) —
    r"(?P<place>[A-ZÀ-Þ][^\W\d_]*(?:[ .'’/-]{1,2}[A-ZÀ-Þ][^\W\d_]*){0,4})"
    r"(?:, [A-ZÀ-Þ][\w.]{0,20}(?: [A-ZÀ-Þ][\w.]{0,20})?(?=, | \(|\s?[—–-]))?"
    rf"(?P<date>, (?:{MONTH} [0-9]{{1,2}}|[0-9]{{1,2}} {MONTH})(?:,? [0-9]{{4}})?)?"
    r"(?P<wire> ?\([A-Z][^()]{1,40}\))?\s?(?:—|–|--|-|_)\s+"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an article's text with one role; the parts of an article do not overlap.

    Roles: headline, section, metadata, byline, dateline, body.
    """

    role: str
    span: Span


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """One article: `slices` of the file's text, in file order, whose concatenation is `text`.

    `parts` are places in `text`; `headline` is "" if there is none.
    """

    slices: tuple[Span, ...]
    text: str
    parts: tuple[Part, ...]
    headline: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file holds: every line that is not blank is in one slice or in one range."""

    articles: tuple[FoundArticle, ...]
    ranges: tuple[LayoutRange, ...]


def split(text: str) -> Layout:
    """Find the articles of a plain text file, in file order; nothing is cut silently."""
    start = len(BOM) if text.startswith(BOM) else 0
    lines = lines_of(text, start)
    ranges = [LayoutRange(Span(0, start), "byte order mark")] if start else []
    layout = gathered(text, lines, place(lines))
    return Layout(layout.articles, (*ranges, *layout.ranges))


def gathered(text: str, lines: Sequence[Line], placed: Sequence[Placed | str]) -> Layout:
    """Return the articles that the lines of a file make where each has a place, or a reason."""
    ranges = [
        LayoutRange(line.span, where)
        for line, where in zip(lines, placed, strict=True)
        if isinstance(where, str)
    ]
    articles: dict[int, list[int]] = {}
    for at, where in enumerate(placed):
        if isinstance(where, Placed):
            articles.setdefault(where.article, []).append(at)
    found = [_article(text, lines, placed, members) for members in articles.values()]
    return Layout(tuple(sorted(found, key=lambda one: one.slices)), tuple(ranges))


def as_article(record: Record) -> FoundArticle:
    """Return a record as one article, whole; a headline part only if the text begins with it."""
    given = record.meta.get("headline", "")
    lines = lines_of(record.text, 0)
    titled = bool(lines) and lines[0].key == " ".join(given.casefold().split())
    kept = {METADATA: "metadata", BYLINE: "byline"}
    roles = [
        "headline" if titled and at == 0 else kept.get(line.kind, "body")
        for at, line in enumerate(lines)
    ]
    spans = [line.span for line in lines]
    slices = (Span(0, len(record.text)),) if record.text else ()
    return FoundArticle(slices, record.text, tuple(_parts(record.text, spans, roles)), given)


def _article(
    text: str, lines: Sequence[Line], placed: Sequence[Placed | str], members: Sequence[int]
) -> FoundArticle:
    """Build the article whose lines are `members`, cutting around the lines in between."""
    slices: list[Span] = []
    moved: list[Span] = []
    roles: list[str] = []
    length = 0
    for at, following in zip(members, [*members[1:], None], strict=True):
        # A slice runs to the next line, so that the lines of an article never run together.
        span = lines[at].span
        end = span.end if following is None else lines[at + 1].span.start
        moved.append(Span(length, length + len(span)))
        length += end - span.start
        if slices and slices[-1].end == span.start:
            slices[-1] = Span(slices[-1].start, end)
        else:
            slices.append(Span(span.start, end))
        where = placed[at]
        roles.append(where.role if isinstance(where, Placed) else "")
    joined = "".join(one.cut(text) for one in slices)
    parts = tuple(_parts(joined, moved, roles))
    headline = next((part.span.cut(joined) for part in parts if part.role == "headline"), "")
    return FoundArticle(tuple(slices), joined, parts, headline)


def _parts(text: str, spans: Sequence[Span], roles: Sequence[str]) -> Iterator[Part]:
    """Yield the parts of an article; neighbouring lines of body are one part."""
    body: Span | None = None
    begun = False
    for span, role in zip(spans, roles, strict=True):
        if role == "body":
            if not begun and (length := _dateline(span.cut(text))):
                yield Part(
                    "dateline", Span(span.start, span.start + len(_kept(span, text, length)))
                )
                span = Span(span.start + length, span.end)
            begun = True
            body = Span(body.start, span.end) if body else span
            continue
        if body:
            yield Part("body", body)
            body = None
        yield Part(role, span)
    if body:
        yield Part("body", body)


def _kept(span: Span, text: str, length: int) -> str:
    return text[span.start : span.start + length].rstrip()


def _dateline(words: str) -> int:
    """Return the length of the dateline that opens a body, with the blank after it; 0 for none.

    A place in capitals is enough; any other needs the date or the agency beside it.
    """
    found = DATELINE.match(words)
    if not found:
        return 0
    place = found["place"]
    told = bool(found["date"] or found["wire"])
    return found.end() if told or (place.isupper() and len(place) >= 4) else 0
