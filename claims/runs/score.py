"""The engine against people: what its findings are worth where editors have ruled."""

from collections.abc import Iterator
from typing import Any

from claims.models import Article, ArticleText, Claim, ClaimVoice
from claims.runs.readings import extracted
from corpus.findings import Claim as Found
from corpus.score import Mark, Score, agrees, pair, same_voice
from corpus.spans import Span


def score_rulings() -> Score:
    """Compare the engine with what editors ruled, without storing anything.

    An accepted claim is to be found as it stands. A finding that an editor rejected, or one on
    the place of an accepted claim that says something else, is wrong. What nobody ruled on does
    not count. Voices count where they are confirmed.
    """
    result = Score()
    ruled = Claim.objects.exclude(status=Claim.Status.PROPOSED)
    for article in Article.objects.filter(pk__in=ruled.values("article")).order_by("pk"):
        _score_article(result, article, list(ruled.filter(article=article).order_by("pk")))
    return result


def _score_article(result: Score, article: Article, ruled: list[Claim]) -> None:
    text = ArticleText.objects.get(pk=article.pk).text
    accepted = [claim for claim in ruled if claim.status == Claim.Status.ACCEPTED]
    rejected = [_mark(claim) for claim in ruled if claim.status == Claim.Status.REJECTED]
    marks = [_mark(claim) for claim in accepted]
    found = extracted(article, text).claims
    pairs = {id(mark): claim for mark, claim in pair(marks, found)}
    right = {id(claim) for claim in pairs.values()}
    for claim, mark in zip(accepted, marks, strict=True):
        tally = result.kinds[claim.kind]
        tally.gold += 1
        if mine := pairs.get(id(mark)):
            tally.right += 1
            tally.found += 1
            if claim.voice_status == Claim.VoiceStatus.CONFIRMED:
                result.matched += 1
                result.voices_right += same_voice(mark, mine)
        else:
            result.errors.append(f"{article.uid}: missed {claim.surface!r}")
    for finding in _wrong([one for one in found if id(one) not in right], marks, rejected):
        result.kinds[finding.kind].found += 1
        result.errors.append(f"{article.uid}: wrong {finding.surface!r} ({finding.rule})")


def _wrong(found: list[Found], marks: list[Mark], rejected: list[Mark]) -> Iterator[Found]:
    for one in found:
        again = any(one.span == mark.span and agrees(mark, one) for mark in rejected)
        if again or any(one.span == mark.span for mark in marks):
            yield one


def _mark(claim: Claim) -> Mark:
    """Return a ruled claim as a gold mark."""
    names = ClaimVoice.objects.filter(claim=claim).values_list("speaker__name", flat=True)
    given: dict[str, Any] = {
        "kind": claim.kind,
        "value": claim.value or None,
        "low": claim.low or None,
        "high": claim.high or None,
        "edtf": claim.edtf or None,
        "voice": claim.voice,
        "chain": list(names.order_by("position")),
    }
    return Mark(Span(claim.start, claim.end), claim.surface, given)
