"""The attributions of an article: what the tagger and the forms find, resolved and linked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus.attribution.base import Attribution
from corpus.attribution.carry import carry_on
from corpus.attribution.drafts import Draft
from corpus.attribution.forms import according, announced, citing, clauses, documents, headlines, hearsay, nouns, values
from corpus.attribution.forms.labels import Label
from corpus.attribution.links import embed, numbered
from corpus.attribution.page import Page, Sentence
from corpus.attribution.quoting import give_free, spoken
from corpus.attribution.repairs import one_each, repaired
from corpus.attribution.stances import stance
from corpus.attribution.tiers import Heard
from corpus.attribution.who import Company

# Forms that know better than a tagger, and forms that only add to it.
OVER = (citing.find, announced.find, hearsay.find, according.find, documents.find)
UNDER = (values.find, nouns.find, clauses.find)


def attributions(page: Page, labels: dict[int, Label], heard: Heard) -> list[Attribution]:
    """Return the attributions of an article in the order of their cues, numbered from 0."""
    tagged: list[list[Draft]] = [[] for _ in page.lines]
    for draft in repaired(page, heard.tagged, heard.tier):
        tagged[page.line_at(draft.place.start)].append(draft)
    sentences: list[list[Sentence]] = [[] for _ in page.lines]
    for sentence in page.sentences:
        sentences[sentence.line].append(sentence)
    lines = [
        _line(page, number, labels.get(number), tagged[number], sentences[number])
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
    for draft in drafts:
        if draft.parent and draft.parent not in drafts:
            draft.parent = None
    embed(drafts)
    return numbered(page, drafts)


def _found(draft: Draft) -> bool:
    """Tell whether a draft stands: a tentative one needs a voice."""
    return not draft.tentative or (draft.voice is not None and draft.voice.speaker is not None)


def _line(
    page: Page, number: int, label: Label | None, tagged: list[Draft], sentences: Sequence[Sentence]
) -> list[Draft]:
    """Return what is found in one line, in order."""
    drafts = _merged(page, tagged, sentences)
    one_each(page, drafts)
    for draft in drafts:
        if draft.stance == "asserted" and draft.cue:
            draft.stance = stance(page.sentences[page.number_at(draft.cue.start)], draft)
    line = page.lines[number]
    if label:
        turn = Draft(label.span, None, [label.said], turn=True)
        return [turn, *sorted(drafts, key=lambda draft: draft.place)]
    if number == 0 or len(sentences) == 1:
        if headline := headlines.read(page, sentences[0]):
            drafts = [draft for draft in drafts if not draft.covers(headline.content[0])]
            drafts.append(headline)
    drafts.extend(spoken(page, line, drafts))
    return sorted(drafts, key=lambda draft: draft.place)


def _merged(page: Page, tagged: Sequence[Draft], sentences: Iterable[Sentence]) -> list[Draft]:
    """Return the tagger's drafts and those of the forms, one for each cue."""
    over: list[Draft] = []
    for form in OVER:
        over.extend(d for here in sentences for d in form(here) if not _meets(d, over))
    kept = [draft for draft in tagged if not _meets(draft, over)]
    under = [draft for here in sentences for form in UNDER for draft in form(here)]
    added: list[Draft] = []
    for draft in under:
        if not _meets(draft, [*over, *kept, *added]):
            added.append(draft)
    drafts = [*over, *kept, *added]
    for draft in over:
        if not draft.content and not draft.gives:
            _cite(page, draft, drafts)
    return [draft for draft in drafts if draft.content or draft.gives]


def _cite(page: Page, citing: Draft, drafts: Sequence[Draft]) -> None:
    """Give a cited voice the content of the nearest voice of its sentence, which cites it."""
    number = page.number_at(citing.place.start)
    near = [
        one
        for one in drafts
        if one is not citing and one.content and one.parent is None and page.number_at(one.place.start) == number
    ]
    host = min(near, key=lambda one: abs(one.place.start - citing.place.start), default=None)
    if host:
        citing.parent, citing.content = host, list(host.content)


def _meets(draft: Draft, others: Iterable[Draft]) -> bool:
    return any(
        draft.cue and other.cue and draft.cue.overlaps(other.cue) for other in others
    )
