"""Frames: each cue of one sentence with its source phrase and the stretches it covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.attribution.content import (
    FAR_THAT,
    content_start,
    merely_attached,
    past_adjunct,
    without_place,
)
from corpus.attribution.cues import (
    BETWEEN,
    CLOSING,
    GIVEN,
    GIVERS,
    JOINERS,
    SAY,
    SHOW,
    THAT_ONLY,
    THINK,
    URGE,
    Marked,
    is_verb,
    source_words,
    view_words,
)
from corpus.attribution.subjects import (
    RELATIVE,
    Subject,
    after_verb,
    before_verb,
    opening,
    past_apposition,
    phrase_end,
)
from corpus.speakers.names import DOCUMENTS

TELL = frozenset(("tell", "tells", "told"))
ANNOUNCED = frozenset(
    ("announcement", "claim", "statement", "warning", "remark", "promise", "admission", "report",
     "assertion", "prediction", "forecast", "estimate", "pledge", "insistence", "argument")
)  # fmt: skip
FOUND = frozenset(("find", "finds", "found"))
ASK = frozenset(("ask", "asks", "asked"))


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue at tokens `cue`, its source phrase, and the token stretches of its content.

    `citing` marks "A, citing B": what it covers
    is what the frame around it covers. `gives` marks figures announced by a colon.
    """

    cue: tuple[int, int]
    subject: Subject
    before: tuple[int, int] | None
    after: tuple[int, int] | None
    written: bool = False
    citing: bool = False
    gives: bool = False

    @property
    def first(self) -> int:
        """Where the cue's own clause begins."""
        return min(self.cue[0], self.subject.first)


def frames(sentence: Marked) -> list[Frame]:
    """Return the frames of a sentence by where their cues stand."""
    found: list[Frame] = []
    for at in range(len(sentence.words)):
        if not sentence.free(at):
            continue
        if size := source_words(sentence, at):
            frame = _according(sentence, at, size)
        elif size := view_words(sentence, at):
            frame = _in_view(sentence, at, size)
        elif sentence.lower(at) == "citing":
            frame = _citing(sentence, at)
        elif sentence.lower(at) in ANNOUNCED and sentence.lower(at + 1) == "that":
            frame = _announced(sentence, at)
        elif sentence.lower(at) in GIVERS and (given := _giving(sentence, at)):
            frame = given
        elif is_verb(sentence, at):
            frame = _said(sentence, at, found)
        else:
            continue
        if frame:
            found.append(frame)
    return _limited(sentence, found)


def _according(sentence: Marked, at: int, size: int) -> Frame | None:
    """Read "according to N, content" and "content, according to N"."""
    end = phrase_end(sentence, at + size)
    if end is None:
        return None
    last = past_apposition(sentence, end)
    subject = Subject(at + size, end, first=at, last=last)
    opening = at
    while opening > 0 and sentence.lower(opening - 1) in JOINERS | BETWEEN | {","}:
        opening -= 1
    follows = last + 1 if sentence.lower(last) in (",", ":") else None
    if follows and sentence.lower(follows) == "citing":
        last = past_apposition(sentence, phrase_end(sentence, follows + 1) or follows)
        follows = last + 1 if sentence.lower(last) == "," else None
    if follows and sentence.lower(follows) in RELATIVE:
        follows = None
    end_of_sentence = len(sentence.words)
    before = (0, opening) if opening else None
    after = (follows, end_of_sentence) if follows and follows < end_of_sentence else None
    if before and after and sentence.lower(follows or 0) in JOINERS:
        after = None
    return Frame((at, at + size), subject, before, after) if before or after else None


def _in_view(sentence: Marked, at: int, size: int) -> Frame | None:
    """Read "in N's view, content" and "content, by his count, content"."""
    end = at + size
    owned = 2 if sentence.lower(end - 2)[0] in "'’" else 1
    subject = Subject(at + 1, end - owned, first=at, last=end)
    before = (0, at) if at else None
    after = (end, len(sentence.words)) if end < len(sentence.words) else None
    return Frame((at, end), subject, before, after)


def _citing(sentence: Marked, at: int) -> Frame | None:
    start = at + 2 if sentence.lower(at + 1) == "what" else at + 1
    end = phrase_end(sentence, start)
    if end is None:
        return None
    subject = Subject(start, end, first=at, last=past_apposition(sentence, end))
    return Frame((at, at + 1), subject, None, None, citing=True)


def _announced(sentence: Marked, at: int) -> Frame | None:
    """Read "N's announcement that content"."""
    if at < 2 or sentence.lower(at - 1) not in ("'s", "’s"):
        return None
    subject = before_verb(sentence, at - 1)
    after = (at + 2, len(sentence.words))
    return Frame((at, at + 1), subject, None, after) if subject and after[0] < after[1] else None


def _giving(sentence: Marked, at: int) -> Frame | None:
    """Read "A presented some figures at the meeting: content"."""
    subject = before_verb(sentence, at)
    if subject is None:
        return None
    seen = False
    for n in range(at + 1, min(at + FAR_THAT, len(sentence.words))):
        if sentence.words[n].word == ",":
            return None
        if sentence.words[n].word == ":" and seen:
            after = (n + 1, len(sentence.words))
            return Frame((at, at + 1), subject, None, after, gives=True)
        seen = seen or (n < at + 5 and sentence.lower(n) in GIVEN)
    return Frame((at, at + 1), subject, None, None, gives=True) if seen else None


def _said(sentence: Marked, verb: int, earlier: Sequence[Frame]) -> Frame | None:
    """Read a verb with its subject before or after it."""
    word = sentence.lower(verb)
    if word.endswith("ing"):
        return _shared(sentence, verb, earlier)
    if word in (SAY | ASK) - TELL and (subject := after_verb(sentence, verb)):
        return _around(sentence, verb, subject)
    subject = before_verb(sentence, verb)
    if subject is None:
        return _shared(sentence, verb, earlier)
    written = _written(sentence, subject)
    pronoun = sentence.lower(subject.start) in ("it", "they")
    if word not in SAY | THINK | URGE | THAT_ONLY | FOUND and not written and not pronoun:
        return None
    if sentence.lower(subject.first - 1) == "as":
        return _aside(sentence, verb, subject)
    start = content_start(sentence, verb, subject)
    if start is None:
        return _around(sentence, verb, subject) if word in SAY | SHOW | ASK else None
    stop = len(sentence.words)
    if start >= stop:
        return None
    lead = None
    if _quote_before(sentence, subject.first) or (
        sentence.lower(subject.first - 1) == "," and sentence.lower(verb + 1) == ","
    ):
        lead = (0, subject.first)
    if subject.end < verb and sentence.lower(_before_adverbs(sentence, verb)) in RELATIVE:
        commas = [n for n in range(start, stop) if sentence.words[n].word == ","]
        stop = commas[0] if commas else stop
    elif word in URGE and word not in SAY:
        stop = without_place(sentence, start)
    return Frame((verb, verb + 1), subject, lead, (start, stop), written=written)


def _aside(sentence: Marked, verb: int, subject: Subject) -> Frame | None:
    """Read "A, as N reported, content": the aside covers the whole sentence around it."""
    start = subject.first - 1
    end = verb + 2 if sentence.lower(verb + 1) == "it" else verb + 1
    if sentence.lower(end) != "," or (start and sentence.lower(start - 1) != ","):
        return None
    aside = replace(subject, first=start, last=end)
    before = (0, start) if start else None
    return Frame((verb, verb + 1), aside, before, (end, len(sentence.words)))


def _written(sentence: Marked, subject: Subject) -> bool:
    return any(token.lower in DOCUMENTS for token in subject.phrase(sentence)) or any(
        name.kind == "document"
        for token in subject.phrase(sentence)
        if (name := sentence.people.starting.get(token.start))
    )


def _around(sentence: Marked, verb: int, subject: Subject) -> Frame | None:
    """Read a cue that stands after its content, or in the middle of it."""
    first = min(subject.first, verb)
    if first == 0:
        return None
    mark = sentence.words[first - 1].word
    if mark not in ",:—–-" and sentence.free(first - 1) and mark not in CLOSING:
        return None
    last = past_adjunct(sentence, max(verb + 1, subject.last))
    after = None
    if (
        last < len(sentence.words)
        and sentence.words[last].word in ",:;.!?"
        and last + 1 < len(sentence.words)
    ):
        after = (last + 1, len(sentence.words))
    elif last < len(sentence.words) and not sentence.free(last):
        after = (last, len(sentence.words))
    if after and merely_attached(sentence, after[0]):
        after = None
    return Frame((verb, verb + 1), subject, (0, first), after)


def _quote_before(sentence: Marked, first: int) -> bool:
    return first > 0 and not sentence.free(first - 1)


def _before_adverbs(sentence: Marked, verb: int) -> int:
    """Return the place of the last word before the verb that is no adverb or auxiliary."""
    at = verb - 1
    while at > 0 and (sentence.lower(at) in BETWEEN or sentence.lower(at).endswith("ly")):
        at -= 1
    return at


def _shared(sentence: Marked, verb: int, earlier: Sequence[Frame]) -> Frame | None:
    """Read a cue without a subject of its own: ", adding that", "but added that"."""
    word, at = sentence.lower(verb), _before_adverbs(sentence, verb)
    joined = sentence.lower(at) in JOINERS or (sentence.lower(at) == "," and word.endswith("ing"))
    if not joined or word not in SAY | URGE | THINK:
        return None
    subject = next((f.subject for f in reversed(earlier) if not f.citing), None)
    if subject is None:
        begins = opening(sentence)
        if begins is None or begins[1] >= verb:
            return None
        subject = Subject(*begins, first=verb, last=verb)
    shared = Subject(subject.start, subject.end, first=verb, last=verb)
    start = content_start(sentence, verb, replace(shared, first=0))
    if start is None or start >= len(sentence.words):
        return None
    return Frame((verb, verb + 1), shared, None, (start, len(sentence.words)))


def _limited(sentence: Marked, found: Sequence[Frame]) -> list[Frame]:
    """End each content where a later cue's clause takes over."""
    limited = []
    for n, frame in enumerate(found):
        if frame.after and not frame.citing:
            end = frame.after[1]
            for later in found[n + 1 : n + 9]:
                cut = _takeover(sentence, frame, later)
                if cut is not None and frame.after[0] < cut < end:
                    end = cut
                    break
            frame = replace(frame, after=(frame.after[0], end))
        limited.append(frame)
    return limited


def _takeover(sentence: Marked, frame: Frame, later: Frame) -> int | None:
    """Return where `later` ends the content of `frame`: ", while B said", ", B reported"."""
    assert frame.after is not None
    first = later.first
    if first <= frame.after[0]:
        return None
    at = first - 1
    if sentence.lower(at) in JOINERS:
        return at - 1 if sentence.lower(at - 1) in (",", ";") else at
    if sentence.lower(at) in (",", ";"):
        return at
    return None
