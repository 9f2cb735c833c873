"""The attributions of an article: what the tagger and the forms find, resolved and linked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from corpus.attribution.base import Attribution
from corpus.attribution.carry import carry_on
from corpus.attribution.drafts import Draft
from corpus.attribution.forms import (
    according,
    announced,
    citing,
    clauses,
    dialogue,
    documents,
    framed,
    headlines,
    hearsay,
    nouns,
    values,
)
from corpus.attribution.forms.labels import Label
from corpus.attribution.links import embed, numbered
from corpus.attribution.page import Page, Sentence
from corpus.attribution.phrases import PREPOSITIONS, names_a_voice
from corpus.attribution.quoting import give_free, spoken
from corpus.attribution.repairs import one_each, repaired
from corpus.attribution.stances import stance
from corpus.attribution.who import Company
from corpus.spans import Span
from corpus.tagging.base import Heard

LONGEST = 400
"""Number of tokens of a sentence beyond which only the tagger reads it."""
Form = Callable[[Sentence], Iterable[Draft]]
SURE: tuple[Form, ...] = (
    dialogue.find,
    citing.find,
    announced.find,
    hearsay.find,
    values.lists,
)
OVER: Mapping[str, tuple[Form, ...]] = {
    "main": SURE,
    "light": (*SURE, according.find, documents.find),
}
"""Forms that know better than the tagger of a tier."""
UNDER: Mapping[str, tuple[Form, ...]] = {
    "main": (
        according.find,
        documents.find,
        values.find,
        values.outlooks,
        nouns.find,
        documents.by_pronoun_plainly,
        clauses.retold,
    ),
    "light": (values.find, values.outlooks, nouns.find, documents.by_pronoun, clauses.find),
}
"""Forms that only add to it."""


def attributions(page: Page, labels: dict[int, Label], heard: Heard) -> list[Attribution]:
    """Return the attributions of an article in the order of their cues, numbered from 0."""
    tagged: list[list[Draft]] = [[] for _ in page.lines]
    for draft in repaired(page, heard):
        tagged[page.line_at(draft.place.start)].append(draft)
    sentences: list[list[Sentence]] = [[] for _ in page.lines]
    for sentence in page.sentences:
        sentences[sentence.line].append(sentence)
    lines = [
        _line(page, heard.tier_of(number), labels.get(number), tagged[number], sentences[number])
        for number in range(len(page.lines))
    ]
    for number in range(len(lines)):
        if number not in labels:
            give_free(page, lines, number)
    drafts = [draft for line in lines for draft in line]
    embed(drafts)
    Company(page).resolve(drafts, labels)
    carry_on(page, lines)
    drafts = [draft for draft in drafts if draft.content and _found(draft)]
    kept = {id(draft) for draft in drafts}
    for draft in drafts:
        if draft.parent and id(draft.parent) not in kept:
            draft.parent = None
    embed(drafts)
    return numbered(page, drafts)


def _found(draft: Draft) -> bool:
    """Tell whether a draft stands: a tentative one needs a voice, known or among candidates."""
    voice = draft.voice
    return not draft.tentative or (voice is not None and bool(voice.speaker or voice.candidates))


def _line(
    page: Page, tier: str, label: Label | None, tagged: Sequence[Draft], here: Sequence[Sentence]
) -> list[Draft]:
    """Return what is found in one line, in order."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in tagged:
        by_sentence.setdefault(page.number_at(draft.place.start), []).append(draft)
    drafts: list[Draft] = []
    for sentence in here:
        drafts.extend(_sentence(tier, sentence, by_sentence.get(sentence.number, [])))
    one_each(page, drafts)
    number = here[0].line
    if label:
        drafts.append(Draft(label.span, None, [label.said, *label.more], turn=True))
    else:
        if number == 0 or len(here) == 1:
            drafts = _with_headline(page, page.lines[number], drafts)
        drafts.extend(spoken(page, page.lines[number], drafts))
    return sorted(drafts, key=lambda draft: draft.place)


def _with_headline(page: Page, line: Span, drafts: list[Draft]) -> list[Draft]:
    """Return what a headline gives to somebody, if its form tells, in place of all else."""
    headline = headlines.read(page, line)
    if headline is None:
        return drafts
    return [*(one for one in drafts if not one.covers(headline.content[0])), headline]


def _sentence(tier: str, here: Sentence, tagged: Sequence[Draft]) -> list[Draft]:
    """Return the tagger's drafts of a sentence and those of the forms, one for each cue."""
    if len(here.words) > LONGEST:
        return list(tagged)
    over: list[Draft] = []
    for form in OVER[tier]:
        over.extend(d for d in form(here) if not _same_cue(d, over) and _stands(here, d))
    drafts = [*over, *(draft for draft in tagged if not _same_cue(draft, over))]
    for form in UNDER[tier]:
        for draft in form(here):
            if same := _same_cue(draft, drafts):
                _as_written(same, draft)
            else:
                drafts.append(draft)
    for draft in over:
        if not draft.content and not draft.gives:
            _cite(draft, drafts)
    drafts = [draft for draft in drafts if draft.content or draft.gives]
    framed.widen(here, drafts)
    framed.part(here, drafts)
    drafts.extend(d for d in clauses.within(here, drafts) if not _same_cue(d, drafts))
    drafts = [draft for draft in drafts if not clauses.asks(here, draft)]
    for draft in drafts:
        if draft.stance == "asserted":
            draft.stance = stance(here, draft)
    return drafts


def _as_written(tagged: Draft, form: Draft) -> None:
    """Let a thing speak and not the person its name ends with: "the file of Sergeant N shows"."""
    tagged.written |= form.written
    sources = tagged.source, form.source
    if form.written and sources[0] and sources[1] and _misses(sources[0], sources[1]):
        tagged.source, tagged.content = form.source, form.content


def _misses(tagged: Span, form: Span) -> bool:
    """Tell whether a source begins too late or, at a colon, ends too late."""
    return form.start < tagged.start or (form.start == tagged.start and form.end < tagged.end)


def _cite(citing: Draft, drafts: Sequence[Draft]) -> None:
    """Give a cited voice the content of the nearest voice of its sentence, which cites it."""
    near = [one for one in drafts if one is not citing and one.content and one.parent is None]
    host = min(near, key=lambda one: abs(one.place.start - citing.place.start), default=None)
    if host:
        citing.parent = host
        host.content = [span for span in host.content if span != citing.cue] or host.content
        citing.content = list(host.content)


def _same_cue(draft: Draft, others: Iterable[Draft]) -> Draft | None:
    """Return the first of the others with the same cue."""
    cue = draft.cue
    return next((one for one in others if cue and one.cue and one.cue.overlaps(cue)), None)


def _stands(here: Sentence, draft: Draft) -> bool:
    """Tell whether a form's draft says something or is a voice, unlike "citing a lack of wind"."""
    if draft.content or draft.gives or draft.source is None:
        return True
    first, last = here.index(draft.source.start), here.index(draft.source.end - 1)
    hung = (n for n in range(first + 1, last + 1) if here.lower(n) in PREPOSITIONS)
    return names_a_voice(here, first, next(hung, last + 1))
