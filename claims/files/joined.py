"""Claims as tables of Arrow: read without a join, and put together here.

Ten claims share an article. A statement that joins it to each of them, and writes voices and
topics of each as JSON, takes longer than to read every table once and to join them here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from itertools import accumulate
from typing import Any, Final

from django.db.models import F, QuerySet

from claims import export
from claims.export import Column
from claims.files import flat
from claims.files.reading import Rows
from claims.files.tables import schema, tables, whole
from claims.filters.readers import Reader, topics
from claims.models import Article, ClaimTopic, ClaimVoice, Speaker
from claims.models.claim import ClaimQuerySet
from claims.statements import Among, Written

_ARTICLE: Final = "article__"
_VOICES: Final = ("speaker", "ultimate")
_OF_ARTICLE: Final = tuple(one for one in export.COLUMNS if one.source.startswith(_ARTICLE))
_BESIDE: Final = {"chain", "topics", *(one.name for one in _OF_ARTICLE)}.union(
    *({name, f"{name}_uid"} for name in _VOICES)
)
_OWN: Final = tuple(one for one in export.COLUMNS if one.name not in _BESIDE)


def _ids(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "integer", "") for name in names)


_KEYS: Final = _ids("id", "article_id", "heard_id", *(f"{name}_id" for name in _VOICES))
_SPEAKER: Final = tuple(Column(name, "text", "") for name in ("uid", "name", "kind", "written"))


def asked(claims: ClaimQuerySet, reader: Reader) -> QuerySet:
    """Return claims with their own columns and the ids of what the reader may see beside them."""
    found = flat.expressions(reader)
    own = [found[column.name] for column in _OWN]
    heard = [flat.heard(F(name), reader) for name in ("id", *(f"{name}_id" for name in _VOICES))]
    rows: QuerySet = claims.order_by("id").values_list(*own, "id", "article_id", *heard)
    return rows


def joined(found: Iterable[Rows], reader: Reader) -> Iterator[Any]:
    """Yield rows of `asked` as tables with the columns of `export.COLUMNS`, as `flat` has them.

    Call it inside `snapshot`, within which the rows are read.
    """
    return map(_Beside(reader).joined, tables(schema((*_OWN, *_KEYS)), found))


class _Beside:
    """Articles, topics and voices of claims, as a reader is told them."""

    def __init__(self, reader: Reader) -> None:
        self._arrow = import_module("pyarrow")
        self._compute = import_module("pyarrow.compute")
        self._told = _SPEAKERS[reader]
        known = sorted(topics().values_list("key", "pk"))
        self._shape = schema(export.COLUMNS)
        self._topics = self._arrow.array([pk for _, pk in known], self._arrow.int64())
        self._keys = self._arrow.array([key for key, _ in known], self._arrow.string())

    def joined(self, claims: Any) -> Any:
        """Return a table of all columns, given that of the claims' own."""
        columns = _by_name(claims) | self._beside(claims)
        arrays = [columns[name] for name in self._shape.names]
        return self._arrow.Table.from_arrays(arrays, schema=self._shape)

    def _beside(self, claims: Any) -> dict[str, Any]:
        keys = {column.name: claims[column.name].combine_chunks() for column in _KEYS}
        return {
            **self._articles(keys["article_id"]),
            "topics": self._listed_topics(keys["id"].to_pylist()),
            **self._voices(keys["heard_id"].to_pylist(), {n: keys[f"{n}_id"] for n in _VOICES}),
        }

    def _articles(self, ids: Any) -> dict[str, Any]:
        found = _ARTICLES.batches(500, ids=ids.unique().to_pylist())
        return _by_name(self._of(whole(schema((*_ids("id"), *_OF_ARTICLE)), found), ids))

    def _listed_topics(self, claims: Sequence[int]) -> Any:
        found = whole(schema(_ids("claim", "topic")), _TOPICS.batches(500, claims=claims))
        place = self._compute.index_in(found["topic"], value_set=self._topics)
        links = self._arrow.table({"claim": found["claim"], "place": place})
        sort = [("claim", "ascending"), ("place", "ascending")]
        order = self._compute.sort_indices(links, sort_keys=sort)
        keys = self._keys.take(place.take(order))
        return self._lists(claims, found["claim"].to_pylist(), keys)

    def _voices(
        self, heard: Sequence[int | None], named: Mapping[str, Any]
    ) -> dict[str, Any]:
        claims = [pk for pk in heard if pk is not None]
        voices = whole(schema(_ids("claim", "speaker")), _HEARD.batches(500, claims=claims))
        ids = set(voices["speaker"].to_pylist()).union(*(one.to_pylist() for one in named.values()))
        speakers = whole(schema((*_ids("id"), *_SPEAKER)), self._told.batches(500, ids=ids - {None}))
        chain = self._of(speakers, voices["speaker"]).select([one.name for one in _SPEAKER])
        told = {
            "chain": self._lists(heard, voices["claim"].to_pylist(), chain.to_struct_array())
        }
        for name, pks in named.items():
            one = self._of(speakers.select(["id", "name", "uid"]), pks)
            told |= {name: one["name"], f"{name}_uid": one["uid"]}
        return told

    def _of(self, found: Any, ids: Any) -> Any:
        """Return the rows with these ids, in their order; nothing but nulls where there is none."""
        return found.take(self._compute.index_in(ids, value_set=found["id"]))

    def _lists(self, claims: Sequence[int | None], of: Sequence[int], items: Any) -> Any:
        """Return the items of each claim; `of` tells whose each one is, in the claims' order."""
        numbers = map(Counter(of).__getitem__, claims)
        offsets = self._arrow.array(list(accumulate(numbers, initial=0)), self._arrow.int32())
        return self._arrow.ListArray.from_arrays(offsets, items)


def _by_name(found: Any) -> dict[str, Any]:
    return dict(zip(found.schema.names, found.columns, strict=True))


def _articles() -> QuerySet[Article, Any]:
    told = (flat.Filled(column.source.removeprefix(_ARTICLE)) for column in _OF_ARTICLE)
    return Article.objects.filter(pk__in=Among("ids")).order_by().values_list("pk", *told)


def _topics() -> QuerySet[ClaimTopic, Any]:
    links = ClaimTopic.objects.filter(claim__in=Among("claims"), removed=False)
    return links.order_by("claim_id").values_list("claim_id", "topic_id")


def _heard() -> QuerySet[ClaimVoice, Any]:
    found = ClaimVoice.objects.filter(claim__in=Among("claims"))
    return found.order_by("claim_id", "position").values_list("claim_id", "speaker_id")


def _speakers(reader: Reader) -> QuerySet[Speaker, Any]:
    known = flat.known("", reader)
    told = (known[column.name] for column in _SPEAKER)
    return Speaker.objects.filter(pk__in=Among("ids")).order_by().values_list("pk", *told)


_ARTICLES: Final = Written(_articles)
_TOPICS: Final = Written(_topics)
_HEARD: Final = Written(_heard)
_SPEAKERS: Final = {reader: Written(partial(_speakers, reader)) for reader in Reader}
