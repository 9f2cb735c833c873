"""Claims as tables of Arrow: every table is read once, and they are joined here.

Ten claims share an article. A statement that joins it to each of them, and writes voices and
topics of each as JSON, takes longer than to read them by themselves and to join them here.
"""

from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from functools import partial
from importlib import import_module
from itertools import accumulate
from operator import itemgetter
from typing import Any, Final

from django.db.models import F, QuerySet

from claims import export
from claims.export import Column
from claims.files import flat
from claims.files.reading import Rows
from claims.files.tables import IN_ARRAYS, schema, tables, whole
from claims.filters.readers import Reader, topics
from claims.models import Article, ClaimTopic, ClaimVoice, Speaker
from claims.models.claim import ClaimQuerySet
from claims.statements import Among, Written


def _ids(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "integer", "") for name in names)


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "text", "") for name in names)


_ARTICLE: Final = "article__"
_NAMED: Final = ("speaker", "ultimate")
_OF_ARTICLE: Final = tuple(one for one in export.COLUMNS if one.source.startswith(_ARTICLE))
_BESIDE: Final = {"chain", "topics", *(one.name for one in _OF_ARTICLE)}.union(
    *({name, f"{name}_uid"} for name in _NAMED)
)
_OWN: Final = tuple(one for one in export.COLUMNS if one.name not in _BESIDE)
_HEARD: Final = ("id", *(f"{name}_id" for name in _NAMED))
_KEYS: Final = _ids("id", "article_id", *(f"heard_{name}" for name in _HEARD))

_ARTICLE_READ: Final = (*_ids("id"), *_OF_ARTICLE)
_SPEAKER_READ: Final = (*_ids("id"), *_texts("uid", "name", "kind", "written"))
_TOPIC_READ: Final = (*_ids("id"), *_texts("key"))
_LINK_READ: Final = _ids("claim", "other")


def claims_read(claims: ClaimQuerySet, reader: Reader) -> QuerySet:
    """Return claims with their own columns and the ids of what the reader may see beside them."""
    found = flat.expressions(reader)
    own = [found[column.name] for column in _OWN]
    heard = [flat.heard(F(name), reader) for name in _HEARD]
    rows: QuerySet = claims.order_by("id").values_list(*own, "id", "article_id", *heard)
    return rows


def tables_of(found: Iterable[Rows], reader: Reader) -> Generator[Any, None, None]:
    """Yield rows of `claims_read` as tables with the columns and values of `flat`, lists as lists.

    Take them inside `snapshot`: what stands beside the claims is read for each table.
    """
    yield from map(_Join(reader).table, tables(schema((*_OWN, *_KEYS)), found))


class _Join:
    """Puts articles, topics and voices beside claims, as a reader is told them."""

    def __init__(self, reader: Reader) -> None:
        self._arrow = import_module("pyarrow")
        self._compute = import_module("pyarrow.compute")
        self._shape = schema(export.COLUMNS)
        self._speakers = _SPEAKERS[reader]
        keyed: Any = topics()
        by_key = sorted(keyed.values_list("pk", "key"), key=itemgetter(1))
        self._topics = whole(schema(_TOPIC_READ), [by_key])

    def table(self, claims: Any) -> Any:
        """Return a table of all columns, given one of the claims' own."""
        keys = {column.name: claims[column.name].combine_chunks() for column in _KEYS}
        columns = {
            **_by_name(claims),
            **_by_name(self._articles(keys["article_id"])),
            "topics": self._topics_of(keys["id"].to_pylist()),
            **self._voices_of(*(keys[f"heard_{name}"] for name in _HEARD)),
        }
        arrays = [columns[name] for name in self._shape.names]
        return self._arrow.Table.from_arrays(arrays, schema=self._shape)

    def _articles(self, ids: Any) -> Any:
        return self._taken(_read(_ARTICLE_READ, _ARTICLES, ids=ids.unique().to_pylist()), ids)

    def _topics_of(self, claims: Sequence[int]) -> Any:
        """Return the keys of each claim's topics, in their order."""
        links = _read(_LINK_READ, _TOPICS, claims=claims)
        place = self._compute.index_in(links["other"], value_set=self._topics["id"])
        order = self._compute.sort_indices(
            self._arrow.table({"claim": links["claim"], "place": place}),
            sort_keys=[("claim", "ascending"), ("place", "ascending")],
        )
        return self._lists(claims, links["claim"], self._topics["key"].take(place.take(order)))

    def _voices_of(self, claims: Any, *named: Any) -> dict[str, Any]:
        """Return the chain of each claim, and the names and uids of its speakers; ids are given."""
        heard = claims.to_pylist()
        links = _read(_LINK_READ, _VOICES, claims=[pk for pk in heard if pk is not None])
        ids = set().union(*(some.to_pylist() for some in (links["other"], *named)))
        speakers = _read(_SPEAKER_READ, self._speakers, ids=ids - {None})
        chain = self._taken(speakers, links["other"]).to_struct_array()
        told = {"chain": self._lists(heard, links["claim"], chain)}
        for name, pks in zip(_NAMED, named, strict=True):
            one = self._taken(speakers, pks)
            told |= {name: one["name"], f"{name}_uid": one["uid"]}
        return told

    def _taken(self, found: Any, ids: Any) -> Any:
        """Return the rows with these ids, in their order; nulls where there is none."""
        place = self._compute.index_in(ids, value_set=found["id"])
        return found.drop_columns(["id"]).take(place)

    def _lists(self, claims: Sequence[int | None], of: Any, items: Any) -> Any:
        """Return the items of each claim; `of` has whose each one is, in the claims' order."""
        numbers = map(Counter(of.to_pylist()).__getitem__, claims)
        offsets = self._arrow.array(list(accumulate(numbers, initial=0)), self._arrow.int32())
        return self._arrow.ListArray.from_arrays(offsets, items)


def _read(columns: Sequence[Column], statement: Written, **told: Any) -> Any:
    return whole(schema(columns), statement.batches(IN_ARRAYS, **told))


def _by_name(found: Any) -> dict[str, Any]:
    return dict(zip(found.schema.names, found.columns, strict=True))


def _articles() -> QuerySet[Article, Any]:
    told = (flat.Filled(column.source.removeprefix(_ARTICLE)) for column in _OF_ARTICLE)
    return Article.objects.filter(pk__in=Among("ids")).order_by().values_list("pk", *told)


def _topics() -> QuerySet[ClaimTopic, Any]:
    links = ClaimTopic.objects.filter(claim__in=Among("claims"), removed=False)
    return links.order_by("claim_id").values_list("claim_id", "topic_id")


def _voices() -> QuerySet[ClaimVoice, Any]:
    links = ClaimVoice.objects.filter(claim__in=Among("claims"))
    return links.order_by("claim_id", "position").values_list("claim_id", "speaker_id")


def _speakers(reader: Reader) -> QuerySet[Speaker, Any]:
    known = flat.known("", reader)
    told = (known[column.name] for column in _SPEAKER_READ[1:])
    return Speaker.objects.filter(pk__in=Among("ids")).order_by().values_list("pk", *told)


_ARTICLES: Final = Written(_articles)
_TOPICS: Final = Written(_topics)
_VOICES: Final = Written(_voices)
_SPEAKERS: Final = {reader: Written(partial(_speakers, reader)) for reader in Reader}
