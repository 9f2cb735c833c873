"""Quotations without a cue of their own: whose they are, by the voice around or before them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from corpus.attribution.drafts import Draft
from corpus.attribution.openings import opening
from corpus.attribution.page import Page, Sentence
from corpus.attribution.phrases import (
    names_a_voice,
    phrase_after,
    phrase_before,
    somebody,
    speaks,
)
from corpus.quotes import Quotation
from corpus.spans import Span, joined

SHORT_QUOTE = 4
"""Number of words up to which a quotation is a turn of phrase and needs no speaker."""
SCORE = 0.6
MOST_REOPENED = 20
"""Number of paragraphs that a quotation may be opened again in."""
BEFORE_QUOTE = frozenset(":,")


def spoken(page: Page, line: Span, here: Sequence[Draft]) -> Iterator[Draft]:
    """Yield quotations that end a clause of their own: "content," joked N; N hit back: "content".

    Whatever the verb is: name and quotation stand side by side, with a comma or colon between.
    """
    covered = Covered(here)
    for quotation in page.quotes_in(line):
        if covered.touches(quotation.span):
            continue
        sentence = page.sentences[page.number_at(quotation.span.start)]
        if (draft := _said_before(page, sentence, quotation)) or (
            draft := _said_after(page, quotation)
        ):
            yield draft


def _said_before(page: Page, here: Sentence, quotation: Quotation) -> Draft | None:
    """Read `N hit back: "content"`."""
    return _leads(here, here.index(quotation.span.start) - 1, quotation)


def _leads(here: Sentence, at: int, quotation: Quotation) -> Draft | None:
    """Read "N hit back:", of which the mark stands at token `at`, before a quotation."""
    if at < 1 or here.words[at].word not in BEFORE_QUOTE or not here.free(at):
        return None
    verb = next((n for n in range(at - 1, max(0, at - 9), -1) if _past_name(here, n)), None)
    if verb is None or (here.words[at].word == "," and verb != at - 1):
        return None
    subject = phrase_before(here, verb)
    source = here.stretch(*subject) if subject else None
    if subject is None or source is None or not somebody(here, *subject):
        return None
    return Draft(source, here.stretch(verb, at), [quotation.span], score=SCORE)


def _past_name(here: Sentence, at: int) -> bool:
    """Tell whether the token at `at` is a small word right after a name or noun of a speaker."""
    token = here.words[at]
    if not token.is_word or token.capital or not here.free(at):
        return False
    ended = here.people.ending.get(here.words[at - 1].end)
    return _verb(token.word) and (
        ended is not None or speaks(here, at - 1) or here.lower(at - 1) in HE
    )


IRREGULAR = frozenset(
    (
        "said",
        "made",
        "gave",
        "hit",
        "told",
        "wrote",
        "swore",
        "began",
        "put",
        "sang",
        "read",
        "went",
        "rang",
        "spoke",
    )
)
HE = frozenset(("he", "she", "they", ",", "who"))


def _said_after(page: Page, quotation: Quotation) -> Draft | None:
    """Read `"content," joked N` and `"content," N joked`."""
    inner = quotation.inner.cut(page.text).rstrip()
    if quotation.open or inner[-1:] not in (",", "?", "!"):
        return None
    here = page.sentences[page.number_at(quotation.span.end - 1)]
    at = here.past(0, quotation.span.end)
    if not here.free(at) or not here.words[at].is_word:
        return None
    end = phrase_after(here, at + 1) if _verb(here.words[at].word) else None
    if end is None or not somebody(here, at + 1, end):
        return None
    source = here.stretch(at + 1, end)
    return Draft(source, here.stretch(at, at + 1), [quotation.span], score=SCORE)


def _verb(word: str) -> bool:
    """Tell whether a small word may be a verb in the past, or of a third person."""
    return word.islower() and (word.endswith(("ed", "s")) or word in IRREGULAR)


def give_free(page: Page, lines: Sequence[list[Draft]], number: int) -> None:
    """Give each quotation of a line that nobody claims to whoever speaks around it."""
    here = lines[number]
    line = page.lines[number]
    covered = Covered(here)
    outside = [draft for draft in here if _outside(page, draft)]
    told: list[Draft] = []
    for quotation in page.quotes_in(line):
        short = len(quotation.inner.cut(page.text).split()) <= SHORT_QUOTE
        if short and quotation.span != line:
            continue
        if covered.touches(quotation.span):
            continue
        if number and _from_above(page, lines[number - 1], number, quotation):
            continue
        if draft := _introduced(page, outside, quotation):
            told.append(draft)
        elif source := _speaker(page, lines, number, outside, quotation):
            source.content.append(quotation.span)
    here.extend(told)
    here.sort(key=lambda draft: draft.place)


def _from_above(page: Page, above: list[Draft], number: int, quotation: Quotation) -> bool:
    """Give a quotation that begins its line to whom the line above introduces: "N added:"."""
    line = page.lines[number - 1]
    if quotation.span.start != page.lines[number].start or page.text[line.end - 1] != ":":
        return False
    here = page.sentences[page.number_at(line.end - 1)]
    led = _leads(here, len(here.words) - 1, quotation)
    spoken = [draft for draft in above if _outside(page, draft) and here.span.holds(draft.place)]
    same = [one for one in spoken if led is None or (one.cue and led.place.overlaps(one.cue))]
    if same:
        same[-1].content.append(quotation.span)
    elif led:
        above.append(led)
        above.sort(key=lambda draft: draft.place)
    return bool(same or led)


class Covered:
    """What some drafts cover, to be asked about places."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.spans = joined(span for draft in drafts for span in draft.content)

    def touches(self, span: Span) -> bool:
        """Tell whether some content overlaps `span`."""
        at = bisect_right(self.spans, span.start, key=lambda one: one.end)
        return at < len(self.spans) and self.spans[at].start < span.end


def _introduced(page: Page, here: Sequence[Draft], quotation: Quotation) -> Draft | None:
    """Read 'Its owner, N, put a brave face on it. "Content."': whom the sentence before is about.

    The quotation is a sentence of its own, and nobody says anything in the one before it.
    """
    number = page.number_at(quotation.span.start)
    if page.starts[number] != quotation.span.start or number == 0:
        return None
    before = page.sentences[number - 1]
    if before.line != page.sentences[number].line:
        return None
    last = _latest(here, before.span.end)
    if last and last.place.start >= before.span.start:
        return None
    about = opening(before)
    if about is None or not (before.lower(0) in HE or names_a_voice(before, *about)):
        return None
    source = before.stretch(about[0], phrase_after(before, about[0]) or about[1])
    return Draft(source, None, [quotation.span], score=SCORE) if source else None


def _latest(here: Sequence[Draft], place: int) -> Draft | None:
    """Return the last draft before `place`; `here` is sorted."""
    at = bisect_left(here, place, key=lambda draft: draft.place.start)
    return here[at - 1] if at else None


def _speaker(
    page: Page,
    lines: Sequence[Sequence[Draft]],
    number: int,
    here: Sequence[Draft],
    quotation: Quotation,
) -> Draft | None:
    """Return who spoke before in the line, whose quotation goes on, or who speaks after."""
    if before := _latest(here, quotation.span.start):
        return before
    if below := _below(page, lines, number, quotation):
        return below
    if number and (quotation.continues or quotation.span == page.lines[number]):
        above = lines[number - 1] or _running_on(page, lines, number - 1)
        earlier = [draft for draft in above if _outside(page, draft)]
        return earlier[-1] if earlier else None
    return here[0] if here else None


def _below(
    page: Page, lines: Sequence[Sequence[Draft]], number: int, quotation: Quotation
) -> Draft | None:
    """Return who speaks where a quotation ends that is opened again in each paragraph below."""
    for at in range(number + 1, min(number + MOST_REOPENED, len(lines))):
        runs_on = quotation.open and quotation.span.end == page.lines[at - 1].end
        again = next(iter(page.quotes_in(page.lines[at])), quotation)
        if not runs_on or not again.continues:
            return None
        quotation = again
        told = (one for one in lines[at] if _outside(page, one) and one.covers(quotation.span))
        if speaker := next(told, None):
            return speaker
    return None


def _running_on(page: Page, lines: Sequence[Sequence[Draft]], number: int) -> list[Draft]:
    """Return the drafts of a line above whose quotation ran on to the one at `number`."""
    for at in range(number - 1, max(-1, number - MOST_REOPENED), -1):
        if lines[at]:
            line = page.lines[number]
            return [one for one in lines[at] if one.content and one.content[-1].overlaps(line)]
    return []


def _outside(page: Page, draft: Draft) -> bool:
    """Tell whether a draft speaks for the text and not inside somebody's quotation."""
    return page.quote_at(draft.place.start) is None and not draft.turn
