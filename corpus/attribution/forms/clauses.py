"""Plain clauses of saying: "N, a clerk, told reporters that content", "content, N said"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.attribution.drafts import Draft
from corpus.attribution.page import STOPS, Sentence
from corpus.attribution.phrases import (
    JOINERS,
    PREPOSITIONS,
    RELATIVE,
    phrase_after,
    phrase_before,
    somebody,
)
from corpus.lexicon import load
from corpus.spans import Span
from corpus.speakers.names import DETERMINERS

SAY = frozenset(form for verb in load("cues")["say"] for form in verb.split())
PLAIN = frozenset(
    ("said", "says", "told", "tells", "claimed", "reckons", "insists", "insisted",
     "warns", "warned", "reported", "admits", "admitted", "concedes", "conceded", "argues",
     "argued")
)  # fmt: skip
"""Verbs that need no "that" before their content."""
INNER_MARKS = frozenset("‘“'\"")
ADDRESSED = frozenset(("tell", "tells", "told", "inform", "informed", "remind", "reminded",
                       "assure", "assured", "warn", "warned", "warns"))  # fmt: skip
CITING = frozenset(("citing", "quoting"))
PASSING_ON = frozenset(("report", "reports", "reported", "according"))
"""Cues of those who pass on what somebody else says."""
ASKED = frozenset(("asked", "questioned", "pressed", "quizzed"))
CONTRASTS = frozenset(("while", "whereas", "though"))
SCORE = 0.5
MOST_LEFT = 4
"""Number of tokens of "on Monday." after a hearer."""
LONGEST_ADDRESS = 6
"""Number of tokens of whoever is told something."""


def find(here: Sentence) -> Iterator[Draft]:
    """Yield what somebody says by a plain verb of saying, in quotations as well."""
    for at in here.where(SAY):
        if here.words[at].capital or _no_verb(here, at):
            continue
        if not here.free(at) and here.lower(at + 1) not in (":", ",") and not _quotes(here, at):
            continue
        subject = phrase_before(here, at)
        if subject and somebody(here, *subject):
            after = _after(here, at)
            before = _before(here, subject[0]) if after is None else None
            content = after or before
            if content and (source := here.stretch(*subject)):
                yield Draft(source, here.stretch(at, at + 1), [content], score=SCORE)
        elif here.lower(at - 1) in JOINERS and at > 3 and (content := _after(here, at)):
            yield Draft(None, here.stretch(at, at + 1), [content], score=SCORE, tentative=True)
        elif after_subject := _inverted(here, at):
            content = _before(here, at)
            if content and (source := here.stretch(*after_subject)):
                yield Draft(source, here.stretch(at, at + 1), [content], score=SCORE)


def _quotes(here: Sentence, verb: int) -> bool:
    """Tell whether the next words after a quoted verb and its hearer are in marks of their own."""
    region = here.quoted[verb]
    near = range(verb + 1, min(verb + LONGEST_ADDRESS, len(here.words)))
    inner = region.inner.end if region else 0
    return any(here.words[at].word in INNER_MARKS and here.words[at].end < inner for at in near)


def retold(here: Sentence) -> Iterator[Draft]:
    """Yield what words quoted in single marks give to others: ‘N said, “Content.”’."""
    text = here.people.text
    if any(one and text[one.span.start] in "'‘" for one in here.quoted):
        for draft in find(here):
            at = here.index(draft.place.start)
            if not here.free(at) and _quotes(here, at):
                yield draft


def within(here: Sentence, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the clauses that another voice of the sentence passes on: "N said content, M reported".

    A tagger often hears only the outer one.
    """
    reports = [one for one in drafts if one.cue and _passes_on(here, one.cue)]
    reports += [one for one in drafts if asks(here, one)]
    for draft in find(here) if reports else ():
        if any(span.holds(draft.place) for one in reports for span in one.content):
            yield draft


def _passes_on(here: Sentence, cue: Span) -> bool:
    return here.lower(here.index(cue.start)) in PASSING_ON


def asks(here: Sentence, draft: Draft) -> bool:
    """Tell whether a draft is a question put to whoever speaks: "asked by N whether content".

    A question in quotation marks has the voice of whoever asks.
    """
    if not draft.cue or not draft.content or draft.content[0].start < draft.cue.end:
        return False
    if not all(here.free(here.index(one.start)) for one in (draft.cue, draft.content[0])):
        return False
    last = here.index(draft.cue.end - 1)
    last -= here.lower(last) == "by"
    return here.lower(last) in ASKED and here.lower(last + 1) == "by"


def _no_verb(here: Sentence, at: int) -> bool:
    before, after = here.lower(at - 1), here.lower(at + 1)
    if before in ("to", "the", "a", "an", "of", "'s", "’s", "is", "are", "was", "were", "be"):
        return True
    closing = here.lower(at).endswith(("s", "ed")) and after in (".", ",", "")
    plain = here.lower(at) in PLAIN or closing or after in ("that", ":")
    return after in ("by", "to") or not plain


def _inverted(here: Sentence, verb: int) -> tuple[int, int] | None:
    """Return the subject after the verb in "content, said N"."""
    if verb == 0 or here.words[verb - 1].word not in ",?!—–-”’\"'":
        return None
    end = phrase_after(here, verb + 1)
    return (verb + 1, end) if end and somebody(here, verb + 1, end) else None


def _after(here: Sentence, verb: int) -> Span | None:
    """Return the content after the verb: after its hearer and "that", up to the clause's end."""
    at = verb + 1
    if here.lower(verb) in ADDRESSED:
        if _only_hearer(here, at):
            return None
        at = _past_hearer(here, at)
    if here.lower(at) in ("on", "in", "at") and (that := _that(here, at)):
        at = that
    word = here.lower(at)
    if word == "," and here.lower(at + 1) in CITING:
        at = (phrase_after(here, at + 2) or at) + 1
        word = here.lower(at)
    if word == "," and not here.free(verb):
        at, word = at + 1, here.lower(at + 1)
    if not word or word in STOPS | {",", "–", "—"} | PREPOSITIONS:
        return None
    region = here.quoted[verb]
    end = at
    while end < len(here.words) and here.quoted[end] is region and not _over(here, end):
        end += 1
    if region is None and end < len(here.words) and here.quoted[end] is not None:
        end = next((n for n in range(end, len(here.words)) if _over(here, n)), len(here.words))
    return here.stretch(at + (word == ":"), end)


def _over(here: Sentence, at: int) -> bool:
    """Tell whether what is said ends at `at`: before "; ", ", while" or ", the Gazette said"."""
    if not here.free(at) or here.words[at].word not in ",;":
        return False
    last = len(here.words) - (2 if here.words[-1].word == "." else 1)
    closing = phrase_before(here, last) if here.lower(last) in SAY else None
    around = closing is not None and closing[0] == at + 1
    return around or here.words[at].word == ";" or here.lower(at + 1) in CONTRASTS


def _that(here: Sentence, at: int) -> int | None:
    near = range(at, min(at + 12, len(here.words)))
    return next((n for n in near if here.lower(n) == "that"), None)


def _only_hearer(here: Sentence, at: int) -> bool:
    """Tell whether nothing but "the Oss Gazette on Monday" follows at `at`."""
    at += here.lower(at) in DETERMINERS
    name = here.name(at)
    after = here.past(at, name.span.end) if name else at
    left = len(here.words) - after
    return name is not None and left <= MOST_LEFT and here.lower(after) in PREPOSITIONS | STOPS


def _past_hearer(here: Sentence, at: int) -> int:
    """Return where "reporters", "the inquiry", "our paper" is over."""
    if (end := phrase_after(here, at)) and here.name(at):
        return min(end, at + LONGEST_ADDRESS)
    if here.lower(at) in ("me", "us", "him", "her", "them", "reporters", "journalists"):
        return at + 1
    for n in range(at, min(at + LONGEST_ADDRESS, len(here.words))):
        if here.lower(n) in JOINERS | RELATIVE | {"that", "there", "it", "he", "she", ",", ":"}:
            return n
    return at


def _before(here: Sentence, start: int) -> Span | None:
    """Return the content before a cue that closes its sentence, or its part of a quotation."""
    if start == 0 or (here.words[start - 1].word not in ",?!—–-" and here.free(start - 1)):
        return None
    first = start
    while not here.free(start) and here.beside(first - 1, start):
        first -= 1
    return here.stretch(first if first < start else 0, start)
