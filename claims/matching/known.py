"""What the stored rows tell of speakers, as comparing needs it; a few statements for many."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Max, Min, Q
from django.db.models.functions import Coalesce

from claims.models import Role, Speaker
from corpus.speakers.compare import Known
from corpus.speakers.offices import features, gender

_HEAD = Coalesce("canonical", "pk")


def known(heads: Collection[int], *, among: Collection[int]) -> dict[int, Known]:
    """Return what is known of the voices whose canonical rows are `heads`.

    `among` are the articles that matter for who is named beside whom.
    """
    rows = {row.pk: row for row in Speaker.objects.filter(pk__in=heads).only("name", "kind")}
    titles = _titles(heads)
    articles = _articles(heads, among)
    years = _years(heads)
    return {
        pk: Known(
            name=row.name,
            kind=row.kind,
            features=frozenset().union(*(features(*office) for office in titles[pk])),
            gender=gender(title for title, _ in titles[pk]),
            years=years.get(pk),
            articles=frozenset(articles[pk]),
        )
        for pk, row in rows.items()
    }


def joined(one: Known, other: Known) -> Known:
    """Return what is known of one voice that two rows give together."""
    years = [year for known in (one, other) if known.years for year in known.years]
    return Known(
        name=one.name,
        kind=one.kind,
        features=one.features | other.features,
        gender=one.gender or other.gender,
        years=(min(years), max(years)) if years else None,
        articles=one.articles | other.articles,
    )


def _titles(heads: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    rows = Role.objects.order_by().filter(Q(speaker__in=heads) | Q(speaker__canonical__in=heads))
    head = Coalesce("speaker__canonical", "speaker")
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for pk, title, body in rows.values_list(head, "title", "organisation").distinct():
        found[pk].append((title, body))
    return found


def _articles(heads: Collection[int], among: Collection[int]) -> dict[int, set[int]]:
    rows = Speaker.objects.order_by().under(heads).filter(article__in=among)
    found: dict[int, set[int]] = defaultdict(set)
    for head, article in rows.values_list(_HEAD, "article"):
        found[head].add(article)
    return found


def _years(heads: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return the first and last year in which each voice was read, where dates are known."""
    rows = Speaker.objects.order_by().under(heads).values(head=_HEAD)
    spans = rows.annotate(
        first=Min("article__published_earliest"), last=Max("article__published_latest")
    )
    return {
        row["head"]: (row["first"] // 10_000, row["last"] // 10_000)
        for row in spans
        if row["first"] is not None and row["last"] is not None
    }
