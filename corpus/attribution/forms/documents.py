"""Written things that speak: "the roster lists 71 dead", "content, the figures show"."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.attribution.drafts import Draft
from corpus.attribution.page import Sentence
from corpus.attribution.phrases import (
    AUXILIARIES,
    JOINERS,
    RELATIVE,
    antecedent,
    head_of,
    passive,
    phrase_before,
    written_head,
)
from corpus.lexicon import load
from corpus.spans import Span

SHOWS = frozenset(
    form for verb in load("cues")["show"] for form in verb.split() if not form.endswith("ing")
)
PLURAL = frozenset(verb.split()[0] for verb in load("cues")["show"]) - {"put", "read", "forecast"}
SINGULAR = frozenset(verb.split()[1] for verb in load("cues")["show"])
"""Forms of verbs that never have a subject of one thing, and of several."""
THINGS = frozenset(("it", "they"))
NOUN_AFTER = frozenset(
    ("to", "the", "a", "an", "of", "for", "in", "on", "this", "that", "more", "most", "'s", "’s")
)
ONES_OWN = frozenset(("find", "finds", "found", "confirm", "confirms", "confirmed"))
"""What people do as much as things: of "they confirm it", "they" may be anybody."""
NEVER_AFTER = frozenset(
    ("by", "with", "to", "up", "was", "were", "is", "are", "had", "has", "that's", "and", "into")
)


def find(here: Sentence) -> Iterator[Draft]:
    """Yield what written things say, list or show."""
    found: Draft | None = None
    for at in here.where(SHOWS, 1):
        if not _shows(here, at):
            continue
        if found and here.lower(at - 1) in JOINERS:
            source: Span | None = found.source
            first = at
        else:
            phrase = phrase_before(here, at)
            if phrase and here.lower(phrase[0]) in RELATIVE:
                phrase = antecedent(here, phrase[0])
            if phrase is None or not written_head(here, *phrase):
                continue
            if not _agree(here, phrase, at):
                continue
            if any(here.lower(n) in ("said", "says") for n in range(*phrase)):
                continue
            source, first = here.stretch(*phrase), phrase[0]
        content = _content(here, first, at)
        if source and content:
            found = Draft(source, here.stretch(at, at + 1), [content], written=True)
            yield found


def by_pronoun(here: Sentence) -> Iterator[Draft]:
    """Yield "content, they show, content", which needs a written thing named before."""
    for at in here.where(SHOWS, 1):
        phrase = phrase_before(here, at) if _shows(here, at) else None
        if phrase is None or phrase[1] != phrase[0] + 1 or here.lower(at) in ONES_OWN:
            continue
        if here.lower(phrase[0]) in THINGS and _agree(here, phrase, at):
            yield from _around(here, phrase, at)


def by_pronoun_plainly(here: Sentence) -> Iterator[Draft]:
    """Yield those of `by_pronoun` with a comma or "that" after the verb: "It adds that ..."."""
    for draft in by_pronoun(here):
        assert draft.cue is not None
        if here.lower(here.past(0, draft.cue.end)) in (",", "that"):
            yield draft


def _agree(here: Sentence, subject: tuple[int, int], at: int) -> bool:
    """Tell whether a verb fits its subject in number: "the files state", not "the file state"."""
    verb, head = here.lower(at), here.lower(head_of(here, *subject))
    one = head != "they" and (head[-1:] != "s" or head.endswith(("is", "us", "ss")))
    several = here.lower(subject[0] - 1) in JOINERS
    return several or verb not in (PLURAL if one else SINGULAR)


def _shows(here: Sentence, at: int) -> bool:
    """Tell whether the word of showing at `at` is an active verb, and not "the report shows"."""
    if not here.free(at) or here.words[at].capital:
        return False
    before, after = here.lower(at - 1), here.lower(at + 1)
    noun = before in NOUN_AFTER or before[:1].isdigit() or after in SHOWS | AUXILIARIES
    return not noun and after not in NEVER_AFTER and not passive(here, at)


def _around(here: Sentence, phrase: tuple[int, int], verb: int) -> Iterator[Draft]:
    closes = here.lower(verb + 1) in (",", ".", "")
    spans = [
        here.stretch(0, phrase[0]) if closes else None,
        here.stretch(verb + 1, len(here.words)),
    ]
    if content := [span for span in spans if span]:
        source, cue = here.stretch(*phrase), here.stretch(verb, verb + 1)
        yield Draft(source, cue, content, written=True, tentative=True)


def _content(here: Sentence, first: int, verb: int) -> Span | None:
    """Return what is said: after the verb or, if that ends the sentence, before its subject."""
    after = verb + 1 + (here.lower(verb + 1) == ":")
    end = next((n for n in range(after, len(here.words)) if _over(here, n)), len(here.words))
    if content := here.stretch(after, end):
        return content
    return here.stretch(0, first) if first and here.lower(first - 1) == "," else None


def _over(here: Sentence, at: int) -> bool:
    """Tell whether the next clause begins at `at`: ", and describes", "; the report"."""
    if not here.free(at):
        return False
    second = here.lower(at) in JOINERS and here.lower(at + 1) in SHOWS
    return here.words[at].word == ";" or second
