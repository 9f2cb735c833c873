"""Which voice a figure has: somebody's, through whom, the article's own, or not to be told."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from corpus.attribution.base import Attribution
from corpus.attribution.carry import NEXT_POINT_RE
from corpus.attribution.forms.announced import GIVEN
from corpus.attribution.page import Row
from corpus.attribution.quoting import SHORT_QUOTE
from corpus.spans import Span
from corpus.speakers.names import ORGANISATIONS, OUTLETS

BRACKET_RE = re.compile(r"\[[^\[\]\n]{1,400}\]")
LEANING_RE = re.compile(
    r"(?:[^\W_][\w\u0300-\u036f]*[ ,]+){0,14}(?:it|its|they|their|these|this|such)\b", re.IGNORECASE
)
MORE = r"Another|None of|The (?:majority|rest|others)|Most of them|\w{1,12} (?:more|others)"
MORE_RE = re.compile(rf"(?:{MORE})\b")
"""What begins a sentence that says nothing without the one before."""
FOLLOWING_RE = re.compile(
    rf"(?:(?:[A-Z][a-z]{{1,12}}, )?(?:they|it|these|those)|{MORE})\b", re.IGNORECASE
)
"""What begins a sentence that leans on the one before."""
ANY_RE = re.compile("")
"""What begins a sentence after figures that somebody announced: anything."""
UNSAID = 2
"""Number of code points after the last words of a sentence."""
REPORTING = frozenset(("news", "press", "broadcasting", "television", "radio"))
REPORTERS = frozenset(("agency", "association", "corporation", "network", "service"))
"""What stands last in "Oss News Agency", and what stands before it."""
AIRED = frozenset(("radio", "television", "tv", "channel"))
"""Outlet words that stand before a name: "Radio Oss"."""
HANGING = frozenset(("of", "on", "for"))
OPEN_AT_ONCE = 16
"""Number of contents around one place that are looked at; hostile texts nest deeper."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """The voice of one figure: `state` is attributed, own or undetermined.

    `voices` are the numbers of the attributions, nearest first, and `chain` their speakers;
    `speaker` is the first of them that does more than pass on what another one says. An
    undetermined figure has `candidates`; `attribution` is the nearest one, if there is any.
    """

    state: str
    attribution: int | None = None
    speaker: str | None = None
    chain: tuple[str, ...] = ()
    voices: tuple[int, ...] = ()
    candidates: tuple[str, ...] = ()


OWN = Vouched("own")
UNCLAIMED = Vouched("undetermined")


def voices(
    text: str,
    places: Sequence[Span],
    found: Sequence[Attribution],
    sentences: Sequence[Span],
    quoted: Row,
) -> list[Vouched]:
    """Return the voice for each of `places`, which are sorted.

    What stands in one of the `quoted` words and is nobody's is not the article's either, unless
    they are a turn of phrase.
    """
    brackets = [Span(*match.span()) for match in BRACKET_RE.finditer(text)]
    doubtful = _doubtful(text, found, sentences)
    answers = []
    for place, around in zip(places, _holding(places, found), strict=True):
        if _in_brackets(place, brackets):
            answers.append(OWN)
        elif around:
            answers.append(_voice(around, found))
        else:
            at = bisect_right(sentences, place.start, key=lambda one: one.start) - 1
            answers.append(doubtful.get(at, UNCLAIMED if _spoken(text, place, quoted) else OWN))
    return answers


def _spoken(text: str, place: Span, quoted: Row) -> bool:
    """Tell whether a place stands in a quotation that is more than a turn of phrase."""
    around = quoted.at(place.start)
    return around is not None and len(around.inner.cut(text).split()) > SHORT_QUOTE


def _doubtful(
    text: str, found: Sequence[Attribution], sentences: Sequence[Span]
) -> dict[int, Vouched]:
    """Return the sentences, by number, next to an attribution that may cover them or may not.

    A cue at the end of the next sentence, if that one leans on this ("It has also cut ..., N
    reported"); what leans on somebody's words before it; what stands between two sayings of one
    voice; what follows words that rest on a cited source, or figures that somebody announced.
    """
    starts = [sentence.start for sentence in sentences]
    line = list(
        accumulate((int("\n" in text[a.end : b.start]) for a, b in pairwise(sentences)), initial=0)
    )
    at_cue = {one.n: bisect_right(starts, one.cue[0].start) - 1 for one in found if one.cue}
    voiced = set(at_cue.values())
    doubtful: dict[int, Vouched] = {}
    before: Attribution | None = None
    for one in found:
        if not one.cue or not one.content or not one.speaker:
            continue
        at = at_cue[one.n]
        maybe = Vouched("undetermined", one.n, candidates=(one.speaker,))
        cited = one.parent is not None and found[one.parent].content == one.content
        leads = [at - 1] if at and _trails(text, one, starts[at]) else []
        if before and before.speaker == one.speaker and line[at_cue[before.n]] == line[at]:
            leads += [at - 1] if at - at_cue[before.n] == 2 else []
        if one.parent is not None and cited:
            names = (found[one.parent].speaker or "", one.speaker)
            maybe = Vouched("undetermined", one.parent, candidates=tuple(filter(None, names)))
        final = one.manner != "direct" and one.content[-1].end >= sentences[at].end - UNSAID
        leaning = FOLLOWING_RE if final else MORE_RE
        after = at + 1
        if text[one.cue[0].start : one.cue[-1].end].lower().split()[-1] in GIVEN:
            after = bisect_right(starts, one.content[-1].end - 1)
            ended = NEXT_POINT_RE.match(text, starts[after - 1]) is not None
            leaning = leaning if ended else ANY_RE
        while after < len(starts) and after not in voiced and line[after] == line[at]:
            if not cited and not leaning.match(text, starts[after]):
                break
            leads.append(after)
            after += 1
        for number in leads:
            if number not in voiced and line[number] == line[at]:
                doubtful.setdefault(number, maybe)
        before = one
    return doubtful


def _trails(text: str, one: Attribution, start: int) -> bool:
    """Tell whether the cue closes a sentence that begins at `start` and leans on the one before."""
    trailing = one.content[0].start == start and one.content[-1].end <= one.cue[0].start
    return trailing and LEANING_RE.match(text, start) is not None


def _holding(
    places: Sequence[Span], found: Sequence[Attribution]
) -> Iterator[list[tuple[Span, Attribution]]]:
    """Yield, for each place, the contents that hold it, smallest first."""
    contents = sorted(
        ((span, a.n) for a in found for span in a.content), key=lambda one: (one[0].start, one[1])
    )
    around: list[tuple[Span, int]] = []
    at = 0
    for place in places:
        while at < len(contents) and contents[at][0].start <= place.start:
            around.append(contents[at])
            at += 1
        around = [one for one in around if one[0].end > place.start][-OPEN_AT_ONCE:]
        here = [(span, found[n]) for span, n in around if span.end >= place.end]
        yield sorted(here, key=lambda one: (len(one[0]), -_depth(found, one[1].n), one[1].n))


def _depth(found: Sequence[Attribution], n: int) -> int:
    return sum(1 for _ in chain(found, n))


def _in_brackets(place: Span, brackets: Sequence[Span]) -> bool:
    """Tell whether an editor's hand put the words in: square brackets are the outlet's own."""
    at = bisect_right(brackets, place.start, key=lambda one: one.start) - 1
    return at >= 0 and brackets[at].holds(place)


def _voice(around: Sequence[tuple[Span, Attribution]], found: Sequence[Attribution]) -> Vouched:
    path = list(chain(found, around[0][1].n))[::-1]
    if len(path) > 1 and path[0].speaker is None and path[0].resolved_by == "label":
        path = path[1:]  # whoever asks, in "Q: N's announcement that ..."
    nearest = path[0]
    if nearest.speaker is None:
        return Vouched("undetermined", nearest.n, candidates=nearest.candidates)
    named = [attribution for attribution in path if attribution.speaker]
    distinct = [
        one for n, one in enumerate(named) if one.speaker not in {o.speaker for o in named[:n]}
    ]
    telling = [one for one in distinct if not merely_reports(one)]
    return Vouched(
        state="attributed",
        attribution=nearest.n,
        speaker=(telling or distinct)[0].speaker,
        chain=tuple(one.speaker or "" for one in distinct),
        voices=tuple(one.n for one in distinct),
    )


def merely_reports(attribution: Attribution) -> bool:
    """Tell whether the voice is an outlet, which only passes on what another one says."""
    body = attribution.speaker if attribution.speaker_kind == "organisation" else None
    return body is not None and _outlet(body)


def _outlet(name: str) -> bool:
    """Tell an outlet ("Oss Gazette", "Mail on Sunday") from a body with such a word in its name."""
    words = name.lower().removeprefix("the ").split()
    hung = next((n for n, word in enumerate(words) if n and word in HANGING), len(words))
    words = words[:hung]
    if words[-2:-1] and words[-2] in REPORTING and words[-1] in REPORTERS:
        words = words[:-1]
    known = " ".join(words) in OUTLETS
    ends = words[-1] in OUTLETS or words[0] in AIRED
    return known or (ends and not ORGANISATIONS.difference(OUTLETS).intersection(words))


def chain(found: Sequence[Attribution], n: int) -> Iterator[Attribution]:
    """Yield the attribution `n` and those it is embedded in, innermost first."""
    at: int | None = n
    while at is not None:
        yield found[at]
        at = found[at].parent
