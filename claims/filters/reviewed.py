"""How far articles are reviewed: untouched, partly, complete."""

from collections.abc import Collection
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from claims.models import Claim, Ruling
from claims.models.article import ArticleQuerySet

UNTOUCHED, PARTLY, COMPLETE = "untouched", "partly", "complete"
STATES = (
    (UNTOUCHED, "nobody ruled on a claim of it"),
    (PARTLY, "some claims were ruled on, or new ones wait"),
    (COMPLETE, "every claim was ruled on, and an editor looked for what was missed"),
)


def in_review(articles: ArticleQuerySet, states: Collection[str]) -> ArticleQuerySet:
    """Keep articles in one of the states."""
    kept: Any = with_review(articles)
    found: ArticleQuerySet = kept.filter(review__in=states)
    return found


def with_review(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Return articles with `review`, one of the states.

    Complete is what an editor said is complete, until a later run proposes something new; who
    says that it is not has looked at it in part.
    """
    waiting = Exists(Claim.objects.queue().filter(article=OuterRef("pk")))
    standing = Ruling.objects.standing()
    ruled = Exists(standing.filter(claim__article=OuterRef("pk")))
    begun = Exists(standing.filter(article=OuterRef("pk"), field="complete"))
    return articles.annotate(
        review=Case(
            When(Q(complete=True) & ~waiting, then=Value(COMPLETE)),
            When(Q(complete=True) | ruled | begun, then=Value(PARTLY)),
            default=Value(UNTOUCHED),
        )
    )
