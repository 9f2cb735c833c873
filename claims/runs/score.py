"""The engine against people, and against its own stored readings: nothing is stored."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q

from claims.models import Article, ArticleText, Claim, ClaimVoice, Reading, Run
from claims.models.article import ArticleQuerySet
from claims.models.claim import ClaimQuerySet
from claims.runs.readings import extracted
from corpus.findings import Claim as Found
from corpus.findings import from_json
from corpus.score import Mark, Mention, Score, agrees, compare, pair, same_chain, same_voice
from corpus.spans import Span
from corpus.tagging import TIERS

FIGURE = ("kind", "value", "low", "high", "edtf")
"""The fields that make a figure right or wrong; a ruling on one of them is a review."""
SAME_PLACE = 0.5
"""Share of their words, taken together, that two figures on the same place have in common."""


def score_rulings() -> Score:
    """Compare the engine with what editors ruled.

    A claim that was accepted, corrected or added is to be found as it stands: if not, it is a
    miss. A finding that an editor rejected, or one on the place of a missed claim that says
    something else, is wrong. What nobody ruled on does not count. Voices count where they are
    confirmed.
    """
    result = Score()
    for article, ruled in _ruled_articles():
        _score_article(result, article, ruled, extracted(article, _text(article)).claims)
    return result


def score_readings(run: Run) -> tuple[Score, Score]:
    """Compare stored readings with what editors ruled, in articles that `run` has staged.

    Returns the score of the readings that are applied last, and that of the run's own.
    """
    old, new = Score(), Score()
    for article, ruled in _ruled_articles(run.readings.staged().values("article")):
        readings = Reading.objects.filter(article=article)
        applied = readings.exclude(applied=None).order_by("-applied").first()
        _score_article(old, article, ruled, _found(applied))
        _score_article(new, article, ruled, _found(readings.get(run=run)))
    return old, new


def _found(reading: Reading | None) -> Sequence[Found]:
    if reading is None:
        return []
    return from_json(reading.data, _text(reading.article)).claims


def compare_readings() -> tuple[list[Mention], list[Mention]]:
    """Return what the engine finds beyond the latest stored readings, and what no more.

    Each article is read with the care of its latest reading.
    """
    gained: list[Mention] = []
    lost: list[Mention] = []
    for article in _articles():
        readings = Reading.objects.filter(article=article).select_related("run")
        stored = readings.order_by("-pk").first()
        if stored is not None:
            text = _text(article)
            run = stored.run
            tier = run.tier if run.tier in TIERS else None
            found = extracted(article, text, tier, figures_only=run.figures_only)
            now = found.to_json() | {"text": text}
            more, fewer = compare([stored.data | {"text": text}], [now])
            gained += more
            lost += fewer
    return gained, lost


def _articles() -> ArticleQuerySet:
    return Article.objects.select_related("outlet").order_by("pk")


def _ruled_articles(within: Any = None) -> Iterator[tuple[Article, list[Claim]]]:
    """Yield articles with the claims whose figure an editor ruled on."""
    ruled = _ruled()
    articles = _articles().filter(pk__in=ruled.values("article"))
    for article in articles if within is None else articles.filter(pk__in=within):
        yield article, list(ruled.filter(article=article).order_by("pk"))


def _text(article: Article) -> str:
    return ArticleText.objects.get(pk=article.pk).text


def _ruled() -> ClaimQuerySet:
    """Return claims whose figure an editor accepted, rejected or corrected."""
    corrected = Claim.objects.filter(rulings__standing=True, rulings__field__in=FIGURE)
    return Claim.objects.filter(~Q(status=Claim.Status.PROPOSED) | Q(pk__in=corrected.values("pk")))


def _score_article(
    result: Score, article: Article, ruled: list[Claim], found: Sequence[Found]
) -> None:
    right = [claim for claim in ruled if claim.status != Claim.Status.REJECTED]
    rejected = [_mark(claim) for claim in ruled if claim.status == Claim.Status.REJECTED]
    marks = [_mark(claim) for claim in right]
    pairs = {id(mark): claim for mark, claim in pair(marks, found)}
    for claim, mark in zip(right, marks, strict=True):
        tally = result.kinds[claim.kind]
        tally.gold += 1
        if mine := pairs.get(id(mark)):
            tally.right += 1
            tally.found += 1
            if claim.voice_status == Claim.VoiceStatus.CONFIRMED:
                result.matched += 1
                result.voices_right += same_voice(mark, mine)
                result.chains_right += same_chain(mark, mine)
        else:
            result.errors.append(f"{article.uid}: missed {claim.surface!r}")
    met = {id(claim) for claim in pairs.values()}
    missed = [mark for mark in marks if id(mark) not in pairs]
    for finding in _wrong([one for one in found if id(one) not in met], missed, rejected):
        result.kinds[finding.kind].found += 1
        result.errors.append(f"{article.uid}: wrong {finding.surface!r} ({finding.rule})")


def _wrong(found: list[Found], missed: list[Mark], rejected: list[Mark]) -> Iterator[Found]:
    """Yield findings that were rejected, or that stand where another figure is the right one."""
    for one in found:
        again = any(_same_place(one, mark) and agrees(mark, one) for mark in rejected)
        if again or any(_same_place(one, mark) for mark in missed):
            yield one


def _same_place(found: Found, mark: Mark) -> bool:
    return found.span.iou(mark.span) >= SAME_PLACE


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
