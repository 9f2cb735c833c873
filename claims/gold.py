"""Editors' rulings on voices as training data: the passages in which everything was ruled on.

An attribution is right where an editor confirmed the voice of a claim that rests on it, or said
who is speaking in it; a corrected speaker changes no span. It is wrong, or not known to be right,
where the claim was given to somebody else or nobody looked: then its paragraphs are left out,
because what a reader of attributions is taught by a paragraph is also what is none in it.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from claims.models import Article, ArticleText, Attribution, Claim, ClaimVoice, Ruling
from claims.models.article import ArticleQuerySet
from claims.models.claim import ClaimQuerySet
from corpus.sentences import paragraphs
from corpus.spans import Span

PARTS = ("source", "cue", "content")

Document = dict[str, Any]
"""`id`, `text` and `attributions`, each with the spans of its `PARTS`: one line of a file."""


def articles_ruled_on() -> ArticleQuerySet:
    """Return the articles in which somebody ruled on a voice, the first imported first."""
    confirmed = _claims().filter(article=OuterRef("pk"))
    confirmed = confirmed.filter(voice_status=Claim.VoiceStatus.CONFIRMED)
    told = Ruling.objects.standing().filter(attribution__article=OuterRef("pk"), field="speaker")
    return Article.objects.filter(Exists(confirmed) | Exists(told)).order_by("pk")


def documents(article: Article, *, whole: bool = False) -> list[Document]:
    """Return the passages of an article in which every attribution and every claim is right.

    Neighbouring paragraphs make one passage. With `whole` it is the article or nothing, and
    paragraphs in which the engine found nothing count as looked at.
    """
    text = ArticleText.objects.get(pk=article.pk).text
    lines = paragraphs(text)
    found = list(Attribution.objects.filter(article=article, gone=False).order_by("pk"))
    claims = list(_claims().filter(article=article))
    confirmed = _confirmed(claims, found)
    right = _right(found, confirmed)
    doubtful = set[int]().union(
        *(_within(lines, one) for one in found if one.pk not in right),
        {_line(lines, one.start) for one in claims if one not in confirmed},
    )
    marked = [one for one in found if one.pk in right]
    if whole:
        return [] if doubtful else [_document(article.uid, text, Span(0, len(text)), marked)]
    groups = [_within(lines, one) for one in marked]
    kept = {_line(lines, one.start) for one in confirmed}.union(*groups) - doubtful
    while torn := [group for group in groups if group & kept and not group <= kept]:
        kept = kept.difference(*torn)
    passages = (Span(lines[first].start, lines[last].end) for first, last in _runs(kept))
    return [
        _document(f"{article.uid}:{passage.start}", text, passage, marked) for passage in passages
    ]


def _claims() -> ClaimQuerySet:
    """Return the claims whose voice matters: what is no figure stands in nobody's words."""
    return Claim.objects.current().exclude(status=Claim.Status.REJECTED).order_by("pk")


def _confirmed(claims: Sequence[Claim], found: Sequence[Attribution]) -> list[Claim]:
    """Return the claims whose voice an editor confirmed as the engine read it.

    Speakers set in their attributions are as good as read.
    """
    heads = dict(
        Attribution.objects.filter(pk__in=[one.pk for one in found])
        .annotate(head=Coalesce("speaker__canonical", "speaker"))
        .values_list("pk", "head")
    )
    rows = ClaimVoice.objects.filter(claim__in=claims).order_by("claim", "position")
    heard = rows.annotate(head=Coalesce("speaker__canonical", "speaker"))
    voices: dict[int, list[int]] = {claim.pk: [] for claim in claims}
    for pk, head in heard.values_list("claim", "head"):
        voices[pk].append(head)
    return [
        claim
        for claim in claims
        if claim.voice_status == Claim.VoiceStatus.CONFIRMED
        and claim.voice == claim.machine["voice"] != Claim.Voice.UNDETERMINED
        and voices[claim.pk] == [heads.get(pk) for pk in claim.machine_chain]
    ]


def _right(found: Sequence[Attribution], confirmed: Sequence[Claim]) -> set[int]:
    """Return the ids of attributions that a confirmed claim rests on, or whose speaker was set."""
    told = Ruling.objects.standing().filter(attribution__in=found, field="speaker")
    set_by_hand = set(told.values_list("attribution", flat=True))
    spoken = {one.pk for one in found if one.pk in set_by_hand and one.speaker_id}
    silenced = set_by_hand - spoken
    return (spoken | {pk for claim in confirmed for pk in claim.machine_chain}) - silenced


def _within(lines: Sequence[Span], one: Attribution) -> set[int]:
    """Return the numbers of the paragraphs from an attribution's first word to its last."""
    spans = [span for part in PARTS for span in getattr(one, part)]
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    return set(range(_line(lines, first), _line(lines, last - 1) + 1))


def _line(lines: Sequence[Span], at: int) -> int:
    """Return the number of the paragraph that a character stands in."""
    return bisect_right(lines, at, key=lambda line: line.start) - 1


def _runs(kept: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of numbers that follow each other."""
    for first in sorted(number for number in kept if number - 1 not in kept):
        last = first
        while last + 1 in kept:
            last += 1
        yield first, last


def _document(name: str, text: str, passage: Span, marked: Sequence[Attribution]) -> Document:
    """Return a passage with the attributions in it, in the order of their cues."""
    inside = [
        {
            part: [
                [start - passage.start, end - passage.start] for start, end in getattr(one, part)
            ]
            for part in PARTS
        }
        for one in marked
        if all(passage.holds(Span(*span)) for part in PARTS for span in getattr(one, part))
    ]
    inside.sort(key=lambda one: (one["cue"] or one["content"], one["content"]))
    return {"id": name, "text": passage.cut(text), "attributions": inside}
