"""What can be asked of articles, speakers, attributions, topics, outlets and runs."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from claims import search
from claims.filters.base import (
    Choice,
    Dates,
    FirstDay,
    LastDay,
    Several,
    StrictFilterSet,
    Words,
    allow,
)
from claims.filters.readers import (
    VISIBILITIES,
    Reader,
    articles_for,
    members_for,
    outlets_for,
)
from claims.filters.reviewed import STATES, in_review
from claims.models import Alias, Article, Attribution, Outlet, Run, Speaker
from claims.models.article import ArticleQuerySet

_DAYS = "Year, month or day (2025, 2025-04, 2025-04-28), included. Intervals fit by overlap."


class ArticleFilter(StrictFilterSet):
    """Questions about articles; without `visibility`, about the public ones."""

    dates = {"published": Dates("published_earliest", "published_latest")}

    outlet = Several(method="by_outlet", help_text="Name of an outlet, in full.")
    language = Several(lookup_expr="in", help_text="BCP 47, for example en.")
    published_from = FirstDay(help_text=f"When the article was published. {_DAYS}")
    published_to = LastDay(help_text=f"When the article was published. {_DAYS}")
    visibility = Choice(
        choices=Article.Visibility.choices,
        method="asked_elsewhere",
        help_text="Default public. Others are for editors.",
    )
    review = Choice(choices=STATES, method="by_review", help_text="How far it is reviewed.")
    text = Words(
        method="by_text",
        help_text="Words of the headline or, where the outlet allows its full text to be shown, "
        "of the text; “exact phrases”, OR, -minus, beginnings*.",
    )

    def check(self, asked: Mapping[str, Any]) -> None:
        super().check(asked)
        allow(asked, "visibility", VISIBILITIES[self.reader])

    def filter_queryset(self, queryset: Any) -> Any:
        asked = self.asked["visibility"] or [Article.Visibility.PUBLIC]
        return super().filter_queryset(queryset.filter(visibility__in=asked))

    def by_review(self, rows: ArticleQuerySet, name: str, states: list[str]) -> ArticleQuerySet:
        """Keep articles in any of the states."""
        return in_review(rows, states)

    def by_outlet(self, rows: ArticleQuerySet, name: str, names: list[str]) -> ArticleQuerySet:
        """Keep articles of any of the outlets."""
        return rows.filter(outlet__in=self.found(name, names, outlets_for(self.reader), "name"))

    def by_text(self, rows: ArticleQuerySet, name: str, words: str) -> ArticleQuerySet:
        """Keep articles with these words, in their texts only where the reader may see them."""
        if self.reader == Reader.EDITOR:
            return search.articles_matching(words, rows)
        open_texts = Article.objects.filter(outlet__text_policy=Outlet.TextPolicy.FULL)
        texts = search.articles_matching(words, open_texts)
        headlines = search.articles_matching(words, Article.objects.all(), headline_only=True)
        return rows.filter(Q(pk__in=texts.values("pk")) | Q(pk__in=headlines.values("pk")))

    def asked_elsewhere(self, rows: ArticleQuerySet, name: str, value: Any) -> ArticleQuerySet:
        """Leave the rows alone: `filter_queryset` reads the visibility."""
        return rows


class SpeakerFilter(StrictFilterSet):
    """Questions about speakers."""

    name = django_filters.CharFilter(
        method="by_name", help_text="The beginning of a name or of another way to write it."
    )
    kind = Choice(choices=Speaker.Kind.choices, help_text="Kind of voice.")

    def by_name(self, rows: QuerySet[Speaker], name: str, value: str) -> QuerySet[Speaker]:
        """Keep speakers one of whose names begins so; case does not count.

        Names of rows merged into one count where the reader may know of the row.
        """
        aliases = Alias.objects.filter(form__istartswith=value)
        merged = members_for(self.reader).filter(name__istartswith=value)
        return rows.filter(
            Q(name__istartswith=value)
            | Q(pk__in=aliases.values(head=Coalesce("speaker__canonical", "speaker")))
            | Q(pk__in=merged.values("canonical"))
        )


class AttributionFilter(StrictFilterSet):
    """Questions about attributions."""

    article = Several(method="by_article", help_text="uid of an article.")
    speaker = Several(method="by_speaker", help_text="uid of a speaker.")
    manner = Choice(choices=Attribution.Manner.choices, help_text="How the words are given.")
    tier = Several(lookup_expr="in", help_text="What read it: main, light, or rules.")

    def by_article(self, rows: QuerySet, name: str, uids: list[str]) -> QuerySet:
        """Keep attributions in any of the articles."""
        return rows.filter(article__in=self.found(name, uids, articles_for(self.reader), "uid"))

    def by_speaker(self, rows: QuerySet, name: str, uids: list[str]) -> QuerySet:
        """Keep attributions to any of the speakers."""
        return rows.filter(speaker__in=self.voices(name, uids))


class OutletFilter(StrictFilterSet):
    """Questions about outlets."""

    kind = Choice(choices=Outlet.Kind.choices, help_text="Kind of outlet.")
    country = Several(lookup_expr="in", help_text="ISO 3166, two letters.")


class TopicFilter(StrictFilterSet):
    """Questions about topics."""

    scheme = Several(lookup_expr="in", help_text="For example iptc or on-record.")


class RunFilter(StrictFilterSet):
    """Questions about runs of the engine."""

    engine = Several(lookup_expr="in", help_text="The engine's version.")
    origin = Choice(choices=Run.Origin.choices, help_text="Where the engine ran.")
    tier = Several(lookup_expr="in", help_text="The reader of voices: main or light.")
