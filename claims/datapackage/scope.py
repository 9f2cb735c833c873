"""What is in a package: for which reader, in answer to which question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from claims.filters.base import Answer
from claims.filters.claims import ClaimFilter
from claims.filters.readers import VISIBILITIES, Reader, articles_for, claims_for
from claims.filters.records import ArticleFilter
from claims.models import Article
from claims.models.article import ArticleQuerySet
from claims.models.claim import ClaimQuerySet

OF_ARTICLES = ("outlet", "published_from", "published_to", "visibility")
"""Questions about claims that are also about their articles."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows of a package: claims that fit, and articles, with claims or without."""

    reader: Reader
    asked: Mapping[str, list[str]]
    answer: Answer
    articles: ArticleQuerySet

    @property
    def claims(self) -> ClaimQuerySet:
        """The claims, in no order."""
        found: ClaimQuerySet = self.answer.rows.order_by()
        return found

    @property
    def claim_ids(self) -> QuerySet:
        """The ids of the claims, as a subquery."""
        return self.claims.values("pk")

    @property
    def article_ids(self) -> QuerySet:
        """The ids of the articles, as a subquery."""
        return self.articles.order_by().values("pk")


def scope_of(params: QueryDict, reader: Reader, *, everything: bool = False) -> Scope:
    """Return what answers `params`, the questions of the list of claims.

    Articles are all that the reader may see, so that shares have a denominator; questions about
    outlet, date and visibility, and `article`, narrow them as they narrow the claims. Articles
    whose words went on in others are not among them.

    Raises:
        BadQuestion: as `ClaimFilter.ask`.
    """
    questions = ClaimFilter(params, claims_for(reader), reader, everything=everything)
    answer = questions.ask()
    return Scope(reader, dict(params.lists()), answer, _articles(params, reader, everything))


def _articles(params: QueryDict, reader: Reader, everything: bool) -> ArticleQuerySet:
    narrowed = QueryDict(mutable=True)
    for name in OF_ARTICLES:
        if name in params:
            narrowed.setlist(name, params.getlist(name))
    if everything and "visibility" not in params:
        narrowed.setlist("visibility", sorted(VISIBILITIES[reader]))
    start = articles_for(reader).filter(superseded=False)
    found: Any = ArticleFilter(narrowed, start, reader).ask().rows
    if uids := params.getlist("article"):
        found = found.filter(Q(uid__in=uids))
    # By id alone: joins and annotations of the questions stay out of what is read of the rows.
    return Article.objects.filter(pk__in=found.order_by().values("pk"))
