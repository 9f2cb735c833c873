"""Quotations without a cue of their own: whose they are, by the voice around or before them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from corpus.attribution.drafts import Draft
from corpus.attribution.page import Page, Sentence
from corpus.attribution.phrases import opening, phrase_after, phrase_before, somebody, speaks
from corpus.quotes import Quotation
from corpus.spans import Span

SHORT_QUOTE = 4
"""Number of words up to which a quotation is a turn of phrase and needs no speaker."""
BEFORE_QUOTE = frozenset(":,")


def spoken(page: Page, line: Span, here: Sequence[Draft]) -> Iterator[Draft]:
    """Yield quotations that end a clause of their own: "content," joked N; N hit back: "content".

    Whatever the verb is: name and quotation stand side by side, with a comma or colon between.
    """
    for quotation in page.quotes_in(line):
        if any(draft.covers(quotation.span) for draft in here):
            continue
        sentence = page.sentences[page.number_at(quotation.span.start)]
        if (draft := _said_before(page, sentence, quotation)) or (
            draft := _said_after(page, quotation)
        ):
            yield draft


def _said_before(page: Page, here: Sentence, quotation: Quotation) -> Draft | None:
    """Read `N hit back: "content"`."""
    at = here.index(quotation.span.start) - 1
    if at < 1 or here.words[at].word not in BEFORE_QUOTE or not here.free(at):
        return None
    verb = next((n for n in range(at - 1, max(0, at - 9), -1) if _past_name(here, n)), None)
    if verb is None or (here.words[at].word == "," and verb != at - 1):
        return None
    subject = phrase_before(here, verb)
    source = here.stretch(*subject) if subject else None
    if subject is None or source is None or not somebody(here, *subject):
        return None
    return Draft(source, here.stretch(verb, at), [quotation.span], score=0.6)


def _past_name(here: Sentence, at: int) -> bool:
    """Tell whether the token at `at` is a small word right after a name or noun of a speaker."""
    token = here.words[at]
    if not token.is_word or token.capital or not here.free(at):
        return False
    verbal = token.lower.endswith(("ed", "s")) or token.lower in IRREGULAR
    ended = here.people.ending.get(here.words[at - 1].end) if at else None
    return verbal and (ended is not None or speaks(here, at - 1) or here.lower(at - 1) in HE)


IRREGULAR = frozenset(
    ("hit", "told", "wrote", "swore", "began", "put", "sang", "read", "went", "rang", "spoke")
)
HE = frozenset(("he", "she", "they", ",", "who"))


def _said_after(page: Page, quotation: Quotation) -> Draft | None:
    """Read `"content," joked N` and `"content," N joked`."""
    inner = quotation.inner.cut(page.text).rstrip()
    if quotation.open or not inner or inner[-1] not in ",?!" or len(inner.split()) < 1:
        return None
    here = page.sentences[page.number_at(quotation.span.end - 1)]
    at = here.past(0, quotation.span.end)
    if not here.free(at) or not here.words[at].is_word:
        return None
    if not here.words[at].capital and _verb(here.lower(at)):
        end = phrase_after(here, at + 1)
        if end and somebody(here, at + 1, end):
            source = here.stretch(at + 1, end)
            return Draft(source, here.stretch(at, at + 1), [quotation.span], score=0.6)
    return None


def _verb(word: str) -> bool:
    return word.endswith(("ed", "s")) or word in IRREGULAR or word in ("said", "says")


def give_free(page: Page, lines: Sequence[list[Draft]], number: int) -> None:
    """Give each quotation of a line that nobody claims to whoever speaks around it."""
    here = lines[number]
    line = page.lines[number]
    for quotation in page.quotes_in(line):
        if len(quotation.inner.cut(page.text).split()) <= SHORT_QUOTE:
            continue
        if any(draft.covers(quotation.span) for draft in here):
            continue
        if told := _introduced(page, here, quotation):
            here.append(told)
            here.sort(key=lambda draft: draft.place)
        elif source := _speaker(page, lines, number, quotation):
            source.content.append(quotation.span)


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
    if any(page.number_at(draft.place.start) == number - 1 for draft in here):
        return None
    about = opening(before)
    if about is None or not somebody(before, *about):
        return None
    source = before.stretch(about[0], phrase_after(before, about[0]) or about[1])
    return Draft(source, None, [quotation.span], score=0.5) if source else None


def _speaker(
    page: Page, lines: Sequence[Sequence[Draft]], number: int, quotation: Quotation
) -> Draft | None:
    """Return who speaks: whose quotation goes on, who spoke before in the line, or after."""
    here = [draft for draft in lines[number] if _outside(page, draft)]
    line = page.lines[number]
    before = [draft for draft in here if draft.place.start < quotation.span.start]
    if before:
        return before[-1]
    if number and (quotation.continues or quotation.span == line):
        earlier = [d for d in lines[number - 1] if _outside(page, d)]
        return earlier[-1] if earlier else None
    return here[0] if here else None


def _outside(page: Page, draft: Draft) -> bool:
    """Tell whether a draft speaks for the text and not inside somebody's quotation."""
    return page.quote_at(draft.place.start) is None and not draft.turn


def starting(drafts: Sequence[Draft], place: int) -> int:
    """Return the number of drafts that stand before `place`; they are sorted."""
    return bisect_left(drafts, place, key=lambda draft: draft.place.start)
