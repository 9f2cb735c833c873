"""What took the place of rows that are gone: one answer for pages, the API and the changes feed.

An article that was superseded goes on in its heirs, and they may have heirs of their own; its
claims go on in theirs, and a merged speaker in the one that stands for it. Only what the reader
may see is named.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from django.db.models import QuerySet

from claims.filters.readers import Reader, articles_for, claims_for, speakers_for
from claims.models import Claim, Succession

Found = dict[int, list[str]]
"""Id of a row: uids of those that stand for it now, in the order they were stored in."""

Pair = tuple[int, int]


def of_articles(ids: Collection[int], reader: Reader) -> Found:
    """Return the articles that hold the words of superseded ones now."""

    def heirs(old: Collection[int]) -> Iterable[tuple[int, int]]:
        links = Succession.objects.filter(old__in=old, old__superseded=True)
        return links.values_list("old", "new")

    followed = _followed(ids, heirs)
    now = articles_for(reader).filter(pk__in=_ends(followed), superseded=False)
    return _named(followed, now.order_by("pk").values_list("pk", "uid"))


def of_claims(ids: Collection[int], reader: Reader) -> Found:
    """Return the claims that took the place of those of superseded articles."""

    def heirs(old: Collection[int]) -> Iterable[tuple[int, int]]:
        claims = Claim.objects.filter(forebears__in=old, forebears__article__superseded=True)
        return claims.values_list("forebears", "pk")

    followed = _followed(ids, heirs)
    now = claims_for(reader).filter(pk__in=_ends(followed))
    return _named(followed, now.order_by("pk").values_list("pk", "uid"))


def of_speakers(ids: Collection[int] | QuerySet, reader: Reader) -> Found:
    """Return the speakers that others were merged into; one statement."""
    heads = speakers_for(reader).filter(members__in=ids)
    return {pk: [uid] for pk, uid in heads.values_list("members", "uid")}


def _followed(ids: Iterable[int], heirs: Callable[[Collection[int]], Iterable[Pair]]) -> set[Pair]:
    """Return each id with every one that follows it, by one statement for each generation."""
    followed = set[Pair]()
    edge = {(one, one) for one in ids}
    while edge:
        following = defaultdict[int, list[int]](list)
        for old, new in heirs({last for _, last in edge}):
            following[old].append(new)
        edge = {(first, new) for first, last in edge for new in following[last]} - followed
        followed |= edge
    return {(first, last) for first, last in followed if first != last}


def _ends(followed: Iterable[Pair]) -> set[int]:
    return {last for _, last in followed}


def _named(followed: Iterable[Pair], now: Iterable[tuple[int, str]]) -> Found:
    """Return the ids with the uids of those that follow them and are there now."""
    before = defaultdict[int, list[int]](list)
    for first, last in followed:
        before[last].append(first)
    found = defaultdict[int, list[str]](list)
    for pk, uid in now:
        for first in before[pk]:
            found[first].append(uid)
    return dict(found)
