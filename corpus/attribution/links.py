"""From drafts to attributions: numbers, manner, and which voice is cited in which."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.attribution.base import Attribution
from corpus.attribution.drafts import Draft
from corpus.attribution.forms.documents import THINGS
from corpus.attribution.page import Page
from corpus.spans import Span, joined

DEEPEST = 8
"""Number of attributions embedded in one another beyond which a link is cut."""
NEAREST = 8
"""Number of neighbours looked at for the attribution that holds another one."""
UNQUOTED = 3
"""Number of code points of a quotation that may stand outside its marks."""


def numbered(page: Page, drafts: Sequence[Draft]) -> list[Attribution]:
    """Return `drafts`, sorted by place, as attributions numbered from 0."""
    numbers = {id(draft): n for n, draft in enumerate(drafts)}
    parents = _without_circles(
        [None if draft.parent is None else numbers[id(draft.parent)] for draft in drafts]
    )
    found = []
    for n, draft in enumerate(drafts):
        voice = draft.voice
        content = _run_together(page, draft.content)
        found.append(
            Attribution(
                n=n,
                manner=_manner(page, draft, content),
                source=(draft.source,) if draft.source else (),
                cue=(draft.cue,) if draft.cue else (),
                content=tuple(content),
                mention=voice.mention if voice else draft.source,
                speaker=voice.speaker if voice else None,
                speaker_kind=voice.kind if voice else None,
                resolved_by=voice.by if voice else "unresolved",
                candidates=voice.candidates if voice else (),
                parent=parents[n],
                stance=draft.stance,
                score=round(draft.score, 4),
                tier=draft.tier,
            )
        )
    return found


def _run_together(page: Page, content: Sequence[Span]) -> list[Span]:
    """Return content by start; sentences that follow one another in a line are one stretch."""
    found: list[Span] = []
    for span in joined(content):
        gap = page.text[found[-1].end : span.start] if found else "none"
        if not gap.strip(" .") and "\n" not in gap:
            span = Span(found.pop().start, span.end)
        found.append(span)
    return found


def embed(drafts: Sequence[Draft]) -> None:
    """Set the parent of each draft that stands in the content of another one."""
    for n, draft in enumerate(drafts):
        if draft.parent is None:
            draft.parent = _holder(drafts, n)


def _holder(drafts: Sequence[Draft], n: int) -> Draft | None:
    """Return the nearest attribution whose content holds this one's cue and source."""
    draft = drafts[n]
    place = draft.place
    best: tuple[int, Draft] | None = None
    for other in drafts[max(0, n - NEAREST) : n + NEAREST + 1]:
        if other is draft or other.parent is draft:
            continue
        for span in other.content:
            if span.holds(place) and (best is None or len(span) < best[0]):
                best = (len(span), other)
    return best[1] if best else None


def _without_circles(parents: list[int | None]) -> list[int | None]:
    """Cut each link that leads back to its start, or deeper than any real chain."""
    for n, parent in enumerate(parents):
        at, depth = parent, 0
        while at is not None and at != n and depth < DEEPEST:
            at, depth = parents[at], depth + 1
        if at is not None:
            parents[n] = None
    return parents


def _manner(page: Page, draft: Draft, content: Sequence[Span]) -> str:
    if draft.turn:
        return "direct"
    document = draft.voice is not None and draft.voice.kind == "document"
    if document or (draft.written and not _pronoun(page, draft)):
        return "document"
    inside = sum(page.quoted_length(span) for span in content)
    outside = sum(map(len, content)) - inside
    if inside and outside <= UNQUOTED:
        return "direct"
    return "mixed" if inside else "indirect"


def _pronoun(page: Page, draft: Draft) -> bool:
    """Tell whether a source is a pronoun, for people and things: "It added", "They show"."""
    return draft.source is not None and draft.source.cut(page.text).lower() in THINGS
