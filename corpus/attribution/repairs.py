"""What the tagger found, made whole: sources cut off, contents that run past their quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.attribution.drafts import Draft
from corpus.attribution.page import Page, Sentence
from corpus.attribution.phrases import (
    AUXILIARIES,
    BETWEEN,
    CLAUSE,
    PEOPLE,
    PREPOSITIONS,
    RELATIVE,
    finite,
    names_a_voice,
    phrase_after,
    phrase_before,
    somebody,
)
from corpus.lexicon import load
from corpus.quotes import Quotation
from corpus.spans import Span
from corpus.speakers.names import DETERMINERS, DOCUMENTS, ROLES, singular
from corpus.speakers.pronouns import PRONOUNS
from corpus.tagging.base import Heard

NO_CUES = frozenset(("seen", "shown", "signed", "presented"))
"""Nobody's saying, though much is said about it."""
SAY = frozenset(form for verb in load("cues")["say"] for form in verb.split())
DATELINE_RE = re.compile(
    r"[A-Z][A-Z .'’-]{2,40}(?:,[^,\n—–]{2,30}){0,2}(?:\([^()\n]{1,30}\) ?)?(?:--|[—–-])\s"
)
MOST_CUES = 40
"""Number of cues of one sentence that are set against one another."""
JOINED_RE = re.compile(r"(?:,|,? (?:and|but))\s+(?:\w{2,12} )?\Z")
NO_SOURCES = frozenset(("the", "a", "an", "and", "but"))
_CALENDAR = load("calendar")
MONTHS = frozenset(_CALENDAR["months"])
TIMES = frozenset(
    word for part in ("weekdays", "days", "directions", "units") for word in _CALENDAR[part]
)
NO_DATES = (TIMES | MONTHS | CLAUSE | PREPOSITIONS | BETWEEN) - PEOPLE - PRONOUNS - DOCUMENTS
"""Words that are no source beside figures, nor alone, unlike "No. 10"."""
NO_VOICES = NO_DATES - MONTHS | {"no"}
"""Words that are no source alone, unlike "May"."""
OCCASION = frozenset(("when", "while"))
TELLING = frozenset(("tell", "tells", "told", "telling", "ask", "asks", "asked", "asking"))
HEARERS = [["him"], ["her"], ["it"], ["them"], ["me"], ["us"], ["you"]]
GAP = 8
"""Number of code points that may be missing in the middle of a content."""
TRIMMED = " \t,;:—–-"


def repaired(page: Page, heard: Heard) -> Iterator[Draft]:
    """Yield each tagged attribution as a draft, its spans repaired."""
    for tagged in heard.tagged:
        cue = _whole_words(page, Span(tagged.cue[0].start, tagged.cue[-1].end), tagged.source)
        spoken = {span.cut(page.text).lower() for span in tagged.source} & SAY
        if cue.cut(page.text).lower() in NO_CUES or spoken:
            continue
        here = page.sentences[page.number_at(cue.start)]
        content = _content(page, here, cue, tagged.content)
        if content:
            tier = heard.tier_of(here.line)
            source = _source(page, here, cue, tagged.source)
            if source is None and tier == "light":
                source = _beside(here, cue)
            if source and not _may_speak(page, source):
                source = None
            yield Draft(source, cue, content, tagged.score, tier)


def _whole_words(page: Page, span: Span, sources: Sequence[Span]) -> Span:
    """Return `span` widened to the words it cuts into, but not over a source: "you're sure"."""
    here = page.sentences[page.number_at(span.start)]
    last = here.index(min(span.end, here.span.end) - 1)
    whole = Span(here.words[here.index(span.start)].start, max(here.words[last].end, span.end))
    return span if any(whole.overlaps(source) for source in sources) else whole


def _source(page: Page, here: Sentence, cue: Span, spans: Sequence[Span]) -> Span | None:
    """Return the longest stretch, kept within its sentence, with the whole of its names."""
    spans = [span for span in spans if not span.overlaps(cue)]
    if not spans:
        return None
    if all(span.cut(page.text).lower() in NO_SOURCES for span in spans):
        return _beside(here, cue)
    longest = _within_sentence(page, _without_dateline(page, max(spans, key=len)))
    whole = phrase_before(here, here.index(cue.start))
    if whole and (named := _named_aside(here, whole, longest)):
        return named
    home = page.sentences[page.number_at(longest.start)]
    if longest.end > home.span.end:  # the "sentence" ended in a name: "Rep. B.C. Dee"
        return longest
    first, last = home.index(longest.start), home.index(longest.end - 1)
    for at in range(first + 1, last):
        if home.lower(at) == "," and home.lower(at + 1) == "to":
            last = at
    called = singular(home.lower(first)) in ROLES and home.lower(first + 1) == ","
    if called and home.lower(first + 2) in DETERMINERS and first + 2 < last:
        first += 2  # "Minister, the union says": the minister is spoken to
    if home.lower(first) in PEOPLE and home.lower(first + 1) in BETWEEN:
        last = first
    while last > first and (not home.words[last].is_word or home.lower(last) in RELATIVE):
        last -= 1
    while first < last and not home.words[first].is_word:
        first += 1
    if home is here and whole and _hung_on(here, whole, first, last):
        return here.stretch(*whole)
    return _with_names(home, cue, first, last)


def _may_speak(page: Page, source: Span) -> bool:
    """Tell whether a source has a name, a noun or a pronoun, and is no date or figure: "2033"."""
    home = page.sentences[page.number_at(source.start)]
    inside = home.words[home.index(source.start) : home.index(source.end - 1) + 1]
    words = [token.lower for token in inside if token.is_word]
    figures = [word for word in words if word[0].isdigit()]
    names_nothing = NO_DATES if figures else NO_VOICES
    return any(word not in names_nothing for word in words if word not in figures)


def _without_dateline(page: Page, source: Span) -> Span:
    """Return a source without the place and date that its line begins with."""
    line = page.lines[page.line_at(source.start)]
    printed = DATELINE_RE.match(page.text, line.start, source.end)
    if printed and source.start < printed.end() < source.end:
        return Span(printed.end(), source.end)
    return source


def _within_sentence(page: Page, source: Span) -> Span:
    """Return a source up to the end of its sentence, or to a quotation that opens in it.

    A sentence does not end after a capital: "Rep. B.C. Dee".
    """
    start, end = source.start, source.end
    home = page.sentences[page.number_at(start)]
    last = next((token.word for token in reversed(home.words) if token.is_word), "")
    if home.span.end < end and last.islower():
        end = home.span.end
    quotation = page.quote_at(end - 1)
    if quotation and start < quotation.span.start and end < quotation.span.end:
        end = quotation.span.start
    return trimmed(page.text, start, end) or source


def _named_aside(here: Sentence, whole: tuple[int, int], source: Span) -> Span | None:
    """Return the whole phrase if the name after its first comma was left out: "The mayor, N"."""
    first, last = here.index(source.start), here.index(source.end - 1) + 1
    if not here.span.holds(source) or whole[0] not in (first, last + 1) or last + 1 >= whole[1]:
        return None
    name = here.name(last + 1) if here.lower(last) == "," else None
    return here.stretch(first, whole[1]) if name and name.kind == "person" else None


def _hung_on(here: Sentence, whole: tuple[int, int], first: int, last: int) -> bool:
    """Tell whether a source is only what hangs on the phrase that speaks.

    "N, head of the school at M", "the clerk whom M had hired": M does not speak. There is no verb
    in what a preposition hangs on, and it begins with a voice: of "a lesson from N" or "it was
    lost after N", N is all that speaks.
    """
    if not whole[0] < first <= last < whole[1]:
        return False
    if here.lower(first - 1) in RELATIVE:
        return finite(here, first, last)
    if here.lower(first - 1) not in PREPOSITIONS:
        return False
    head_end = next(n for n in range(*whole) if here.lower(n) in PREPOSITIONS)
    verbs = any(here.lower(n) in AUXILIARIES for n in range(*whole))
    return names_a_voice(here, whole[0], head_end) and not verbs


def _beside(here: Sentence, cue: Span) -> Span | None:
    """Return the name, role or pronoun that stands right before or after the cue."""
    first, last = here.index(cue.start), here.index(cue.end - 1)
    subject = phrase_before(here, first)
    if subject and somebody(here, *subject):
        return here.stretch(*subject)
    end = phrase_after(here, last + 1)
    after_content = first > 0 and not (here.words[first - 1].is_word and here.free(first - 1))
    if end and after_content and somebody(here, last + 1, end):
        return here.stretch(last + 1, end)
    return None


def _with_names(home: Sentence, cue: Span, first: int, last: int) -> Span:
    start, end = home.words[first].start, home.words[last].end
    if start < cue.start < end:  # "you're", of which "'re" is in the cue
        end = cue.start
    name = home.people.around(start)
    if name and name.span.start < start:
        start = name.span.start
    name = home.people.around(end - 1)
    if name and end < name.span.end and not name.span.overlaps(cue):
        end = name.span.end
    after = home.name(last + 1)
    if "(" in home.people.text[start:end] and home.people.text[end : end + 1] == ")":
        end += 1
    noun = singular(home.lower(last)) in ROLES
    if noun and after and after.kind == "person" and not after.span.overlaps(cue):
        end = after.span.end
    return Span(start, end)


def _content(page: Page, here: Sentence, cue: Span, spans: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for span in spans:
        if inner := _inner(page, cue, span):
            found.append(inner)
            continue
        for part in _by_sentence(page, here, span):
            piece = _to_marks(page, cue, _past_aside(here, cue, part))
            if piece and not piece.overlaps(cue):
                found.append(piece)
    contents = _closed_up(page, cue, found)
    told = here.lower(here.index(cue.end - 1)) in TELLING
    heard = told and [span.cut(page.text).lower() for span in contents] in HEARERS
    return [] if heard else contents


def _past_aside(here: Sentence, cue: Span, piece: Span) -> Span:
    """Return what follows ", that" of a piece that begins with the occasion: "said when asked"."""
    first = here.index(piece.start)
    if piece.start < cue.end or not here.span.holds(piece) or here.lower(first) not in OCCASION:
        return piece
    for at in range(first + 1, here.index(piece.end - 1)):
        if here.lower(at) == "that" and here.lower(at - 1) == "," and here.free(at):
            return Span(here.words[at].start, piece.end)
    return piece


def _closed_up(page: Page, cue: Span, pieces: Sequence[Span]) -> list[Span]:
    """Return `pieces` with those of one sentence joined that a few letters part."""
    found: list[Span] = []
    for piece in sorted(pieces):
        gap = Span(found[-1].end, piece.start) if found and found[-1].end < piece.start else None
        near = gap is not None and len(gap) <= GAP and not gap.overlaps(cue)
        if near and page.number_at(found[-1].start) == page.number_at(piece.start):
            piece = Span(found.pop().start, piece.end)
        found.append(piece)
    return found


def _by_sentence(page: Page, here: Sentence, span: Span) -> Iterator[Span]:
    """Yield the pieces of a content by sentence: beyond the cue's own only what is quoted."""
    number = page.number_at(span.start)
    while number < len(page.spans) and page.spans[number].start < span.end:
        sentence = page.spans[number]
        start, end = max(span.start, sentence.start), min(span.end, sentence.end)
        if start < end and (number == here.number or page.quote_at(start) is not None):
            yield Span(start, end)
        number += 1


def _to_marks(page: Page, cue: Span, piece: Span) -> Span | None:
    """Return a piece of content fitted to the quotation it begins or ends in."""
    start, end = piece.start, piece.end
    first, last = page.quote_at(start), page.quote_at(end - 1)
    if first and not first.span.holds(cue) and first.span.start < start:
        start = max(first.span.start, page.spans[page.number_at(start)].start)
    if last and not last.span.holds(cue) and end < last.span.end:
        end = min(last.span.end, page.spans[page.number_at(end - 1)].end)
    return trimmed(page.text, start, end)


def _inner(page: Page, cue: Span, piece: Span) -> Span | None:
    """Return the words quoted within another's quotation, which end with their own mark."""
    outer = page.quote_at(cue.start)
    if outer is None:
        return None
    nested: Quotation
    for nested in page.nested_in(piece):
        at_start = nested.span.start - 2 <= piece.start <= nested.inner.start
        if at_start and nested.span.end < piece.end and cue.end <= nested.span.start:
            return nested.span
    return None


def trimmed(text: str, start: int, end: int) -> Span | None:
    """Return `[start, end)` without commas, dashes and blanks at its ends; None if all is."""
    while start < end and text[start] in TRIMMED:
        start += 1
    while end > start and text[end - 1] in TRIMMED:
        end -= 1
    worded = any(letter.isalnum() for letter in text[start:end])
    return Span(start, end) if worded else None


def one_each(page: Page, drafts: Sequence[Draft]) -> None:
    """Let no two drafts of one line have the same words, unless one cites the other.

    A quotation goes to the cue of its own sentence. What is said ends before a second cue of the
    same source, "and said"; before a clause without quotation marks, no quotation is taken in.
    """
    cues: dict[int, list[tuple[Draft, Span]]] = {}
    for draft in drafts:
        cues.setdefault(page.number_at(draft.place.start), []).append((draft, draft.place))
    spoken_in = {n for n, here in cues.items() if any(_outside(page, cue) for _, cue in here)}
    for own, here in cues.items():
        for draft, cue in here[:MOST_CUES]:
            _own_words(page, draft, cue, own, spoken_in, here[:MOST_CUES])


def _own_words(
    page: Page,
    draft: Draft,
    cue: Span,
    own: int,
    spoken_in: set[int],
    cues: Sequence[tuple[Draft, Span]],
) -> None:
    kept: list[Span] = []
    for span in draft.content:
        number = page.number_at(span.start)
        if number == own or number not in spoken_in or not _outside(page, cue):
            kept.append(_before_second(page, draft, span, cues))
    home = [span for span in kept if page.number_at(span.start) == own]
    if home and _outside(page, home[0]):
        kept = [span for span in kept if page.number_at(span.start) >= own]
    draft.content = kept or draft.content


def _outside(page: Page, span: Span) -> bool:
    """Tell whether a stretch begins outside all quotations."""
    return page.quote_at(span.start) is None


def _before_second(
    page: Page, draft: Draft, span: Span, cues: Sequence[tuple[Draft, Span]]
) -> Span:
    """Return the part of `span` before the next cue that shares the draft's source."""
    for other, cue in cues:
        shared = other.source is None or other.source == draft.source
        if other is draft or not shared or not span.holds(cue) or cue.start <= draft.place.start:
            continue
        ends = JOINED_RE.search(page.text, span.start, cue.start)
        if ends and (cut := trimmed(page.text, span.start, ends.start())):
            return cut
    return span
