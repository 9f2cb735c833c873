"""An article as attributions are read from it: lines, sentences, tokens, quotations, names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from itertools import accumulate

from corpus.quotes import Quotation
from corpus.sentences import paragraphs
from corpus.spans import Span
from corpus.speakers.names import Name
from corpus.speakers.people import People
from corpus.speakers.tokens import Token

STOPS = frozenset(".!?;")
CLOSING = frozenset("”»\"'’")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as tokens, and for each token the outermost quotation it stands in, if any.

    `folded` are the tokens' words in small letters, `starts` and `ends` where they stand; `number`
    is its place in the article, `line` the place of its paragraph. `before` keeps the phrases that
    were found before tokens, by token.
    """

    number: int
    line: int
    span: Span
    words: Sequence[Token]
    folded: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    quoted: Sequence[Quotation | None]
    people: People
    before: dict[int, tuple[int, int] | None] = field(default_factory=dict)

    def lower(self, at: int) -> str:
        """Return the folded word at `at`, or an empty text beyond either end."""
        return self.folded[at] if 0 <= at < len(self.folded) else ""

    def where(self, wanted: Set[str], start: int = 0) -> list[int]:
        """Return the tokens from `start` on whose folded words are `wanted`."""
        if wanted.isdisjoint(self.folded):
            return []
        return [at for at, word in enumerate(self.folded[start:], start) if word in wanted]

    def free(self, at: int) -> bool:
        """Tell whether there is a token at `at` and it stands in no quotation."""
        return 0 <= at < len(self.words) and self.quoted[at] is None

    def beside(self, at: int, other: int) -> bool:
        """Tell whether there is a token at `at`, in the same quotation as `other` or in none."""
        return 0 <= at < len(self.words) and self.quoted[at] is self.quoted[other]

    def name(self, at: int) -> Name | None:
        """Return the name that begins with the token at `at`."""
        return self.people.starting.get(self.words[at].start) if at < len(self.words) else None

    def past(self, at: int, end: int) -> int:
        """Return the first token from `at` on that begins at the code point `end` or after it."""
        return bisect_left(self.starts, end, at)

    def index(self, place: int) -> int:
        """Return the token at the code point `place`, or the first one after it."""
        return bisect_left(self.ends, place + 1)

    def stretch(self, start: int, end: int) -> Span | None:
        """Return tokens `[start, end)` without the marks at their edges; None without a word."""
        words = self.words
        while start < end and not words[start].is_word and self.quoted[start] is None:
            start += 1
        while end > start and not words[end - 1].is_word and self.quoted[end - 1] is None:
            end -= 1
        worded = any(token.is_word for token in words[start:end])
        return Span(words[start].start, words[end - 1].end) if worded else None


class Row:
    """Quotations in order, none in another, to be asked about places."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self.quotations = quotations
        self.starts = [one.span.start for one in quotations]
        self.ends = [one.span.end for one in quotations]
        lengths = accumulate((len(one.span) for one in quotations), initial=0)
        self.before = dict(zip(self.starts, lengths, strict=False))

    def overlapping(self, span: Span) -> Sequence[Quotation]:
        """Return the quotations that overlap `span`."""
        first, last = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
        return self.quotations[first:last]

    def at(self, place: int) -> Quotation | None:
        """Return the quotation that the code point `place` stands in."""
        at = bisect_right(self.ends, place)
        inside = at < len(self.starts) and self.starts[at] <= place
        return self.quotations[at] if inside else None


@dataclass(slots=True)
class Page:
    """All that is known of an article before anybody in it speaks.

    `quotations` are the outermost ones, `nested` those inside another one.
    """

    text: str
    people: People
    spans: Sequence[Span]
    quotations: Row
    nested: Row
    lines: Sequence[Span]
    starts: Sequence[int]
    sentences: list[Sentence] = field(default_factory=list)
    line_starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Note where the lines start."""
        self.line_starts = [line.start for line in self.lines]

    def number_at(self, place: int) -> int:
        """Return the number of the sentence at or before the code point `place`."""
        return max(0, bisect_right(self.starts, place) - 1)

    def line_at(self, place: int) -> int:
        """Return the number of the line at or before the code point `place`."""
        return max(0, bisect_right(self.line_starts, place) - 1)

    def quotes_in(self, span: Span) -> Sequence[Quotation]:
        """Return the outermost quotations that overlap `span`."""
        return self.quotations.overlapping(span)

    def nested_in(self, span: Span) -> Sequence[Quotation]:
        """Return the quotations within others that overlap `span`."""
        return self.nested.overlapping(span)

    def quote_at(self, place: int) -> Quotation | None:
        """Return the outermost quotation that the code point `place` stands in."""
        return self.quotations.at(place)

    def quoted_length(self, span: Span) -> int:
        """Return how many code points of `span` stand in quotation marks."""
        inside = self.quotes_in(span)
        if not inside:
            return 0
        first, last = inside[0].span, inside[-1].span
        before = self.quotations.before
        whole = before[last.start] + len(last) - before[first.start]
        return whole - max(0, span.start - first.start) - max(0, last.end - span.end)

    def same_line(self, number: int) -> range:
        """Return the numbers of the sentences in the line of sentence `number`."""
        line = self.lines[self.line_at(self.spans[number].start)]
        return range(bisect_left(self.starts, line.start), bisect_left(self.starts, line.end))


def page(
    text: str, sentences: Sequence[Span], quotations: Sequence[Quotation], people: People
) -> Page:
    """Return the article's page; `sentences` and `quotations` are sorted."""
    outer = [quotation for quotation in quotations if quotation.depth == 0]
    nested = [quotation for quotation in quotations if quotation.depth == 1]
    starts = [sentence.start for sentence in sentences]
    made = Page(text, people, sentences, Row(outer), Row(nested), paragraphs(text), starts)
    at = 0
    for number, (span, words) in enumerate(zip(sentences, people.words, strict=True)):
        quoted: list[Quotation | None] = []
        for token in words:
            while at < len(outer) and outer[at].span.end <= token.start:
                at += 1
            inside = at < len(outer) and outer[at].span.start <= token.start
            quoted.append(outer[at] if inside else None)
        line = made.line_at(span.start)
        places = [token.start for token in words], [token.end for token in words]
        folded = [token.lower for token in words]
        made.sentences.append(Sentence(number, line, span, words, folded, *places, quoted, people))
    return made
